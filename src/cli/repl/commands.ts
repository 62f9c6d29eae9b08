import { type Debugger, refusalText, type Stop } from '../../debugger/debugger.ts';
import { factText, offerText } from '../../debugger/fact_text.ts';
import { valueText } from '../../debugger/logpoint.ts';
import type { Direction, Granularity } from '../../debugger/travel.ts';
import { why, whyLines } from '../../debugger/why.ts';
import { compareBranches } from '../../history/compare_branches.ts';
import type { Refused } from '../../history/refused.ts';
import { scriptedRun } from '../../history/scripted_run.ts';
import { sessionHeader, sessionText } from '../../history/session_file.ts';
import { VERSION } from '../../version.ts';
import type { Console } from '../console.ts';
import { figureText, table } from '../render/table.ts';
import { machineText } from './machine.ts';
import { statusText, stopText } from './status.ts';
import { readBreak, readChange, readMove } from './syntax.ts';

/** What commands act on. `write` puts a file on disk or throws a sentence; nothing else here touches the world outside. */
export interface Desk {
  readonly debug: Debugger;
  readonly console: Pick<Console, 'paint' | 'width'>;
  write(path: string, text: string): void;
  /** How long a search over the market may go on: asked again and again. */
  patience(): () => boolean;
}

/** What a command answers: text to show; `quit` leaves; `failed` makes the exit code 1. */
export interface Said {
  readonly text: string;
  readonly quit?: boolean;
  readonly failed?: boolean;
}

export interface ReplCommand {
  readonly names: readonly string[];
  readonly usage: string;
  readonly help: string;
  readonly example: string;
  readonly group: 'go' | 'stop' | 'look' | 'sideways' | 'keep';
  run(desk: Desk, rest: string): Said | string;
}

const refused = (desk: Desk, answer: Refused): string => desk.console.paint.red(refusalText(answer));
const stopped = (desk: Desk, stop: Stop | Refused): string =>
  stop.ok ? stopText(desk.debug, stop, desk.console.paint) : refused(desk, stop);

function stepping(names: readonly string[], granularity: Granularity, direction: Direction, help: string): ReplCommand {
  return {
    names,
    usage: `${names[0]} [N]`,
    help,
    example: `${names[0]} 3`,
    group: 'go',
    run(desk, rest) {
      if (rest !== '' && !/^\d{1,7}$/.test(rest))
        return desk.console.paint.red(`"${rest}" is no number of steps: ${names[0]} 3 takes three`);
      const from = desk.debug.position;
      let stop = desk.debug.step(granularity, direction);
      const logs = [...stop.logs];
      for (let n = 1; n < Number(rest || '1') && stop.reason === 'step'; n++) {
        stop = desk.debug.step(granularity, direction);
        logs.push(...stop.logs);
      }
      return stopText(desk.debug, { ...stop, from, logs }, desk.console.paint);
    },
  };
}

const byId = (desk: Desk, rest: string, act: (id: number) => { ok: true } | Refused, done: string): string => {
  if (!/^\d{1,9}$/.test(rest)) return desk.console.paint.red(`"${rest}" is no number; info lists them`);
  const answer = act(Number(rest));
  return answer.ok ? done : refused(desk, answer);
};

const setBreak = (temporary: boolean) => (desk: Desk, rest: string) => {
  const { debug } = desk;
  const read = readBreak(rest, debug.frame.game.ids, temporary);
  if (!read.ok) return refused(desk, read);
  const set = debug.setBreakpoint(read.spec);
  return set.ok ? `breakpoint ${set.breakpoint.id}: ${set.breakpoint.text}` : refused(desk, set);
};

const byHand =
  (verb: string) =>
  (desk: Desk, rest: string): string => {
    const { debug } = desk;
    const { recording } = debug.branch;
    const { game } = recording;
    if (recording.awaited === undefined && recording.hands.size > 0) recording.grow();
    if (recording.awaited === undefined)
      return desk.console.paint.red('the talks wait for nobody: play PARTY takes a party over');
    const { state } = recording.awaited;
    const read = readMove(verb, rest, game, state);
    if (!read.ok) return refused(desk, read);
    const from = recording.size;
    const moved = debug.move(read.move);
    if (!moved.ok) return refused(desk, moved);
    // The others go on until it is this party's turn again.
    const stop = debug.proceed(1);
    return stopText(debug, { ...stop, from }, desk.console.paint);
  };

export const COMMANDS: readonly ReplCommand[] = [
  stepping(['s', 'step'], 'micro', 1, 'one micro-step: the next thing that happens'),
  stepping(['n', 'next'], 'turn', 1, 'to the end of the turn'),
  stepping(['r', 'round'], 'round', 1, 'to the end of the round'),
  stepping(['k', 'kind'], 'stance', 1, 'to the next change of anybody’s stance'),
  stepping(['rs'], 'micro', -1, 'one micro-step back'),
  stepping(['rn'], 'turn', -1, 'back to the beginning of the turn'),
  stepping(['rr'], 'round', -1, 'back to the beginning of the round'),
  stepping(['rk'], 'stance', -1, 'back to the last change of anybody’s stance'),
  {
    names: ['c', 'continue'],
    usage: 'c',
    help: 'on to the next breakpoint, or the end',
    example: 'c',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.proceed(1)),
  },
  {
    names: ['rc'],
    usage: 'rc',
    help: 'back to the last breakpoint, or the start',
    example: 'rc',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.proceed(-1)),
  },
  {
    names: ['until', 'u'],
    usage: 'until CONDITION',
    help: 'on to where a condition holds',
    example: 'until time > 0.5 && standing.exists',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.until(rest, 1)),
  },
  {
    names: ['runtil', 'ru'],
    usage: 'runtil CONDITION',
    help: 'back to where a condition held',
    example: 'runtil round == 2',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.until(rest, -1)),
  },
  {
    names: ['goto', 'g'],
    usage: 'goto MOMENT',
    help: 'to a moment: r7, r7.2, r7.2.3, start, end, 2:r7 (on branch 2)',
    example: 'goto r3.2',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.goto(rest)),
  },
  {
    names: ['end', 'finish'],
    usage: 'end',
    help: 'to the end of the talks, past every breakpoint',
    example: 'end',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.toEnd()),
  },
  {
    names: ['start', 'restart'],
    usage: 'start',
    help: 'back to before anything happened',
    example: 'start',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.restart()),
  },
  {
    names: ['break', 'b'],
    usage: 'break PLACE [if CONDITION] [hits N] [log TEXT]',
    help: 'stop at: r7, r7.2, PARTY, PARTY.STATE, enter STATE, left STATE [of PARTY], A->B, event [ID], stance, deal, walkout, refusal [PARTY], end, issue ID, on EXPR (it changes), if CONDITION (it becomes true); hits 3, >= 3 or % 2; log tells {EXPR} and goes on',
    example: 'break on upper.utility if upper.utility < 0.4',
    group: 'stop',
    run: setBreak(false),
  },
  {
    names: ['tbreak', 'tb'],
    usage: 'tbreak PLACE',
    help: 'the same, for one stop',
    example: 'tbreak deal',
    group: 'stop',
    run: setBreak(true),
  },
  {
    names: ['delete', 'd'],
    usage: 'delete N',
    help: 'take a breakpoint out',
    example: 'delete 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.removeBreakpoint(id), `breakpoint ${rest} is gone`),
  },
  {
    names: ['enable'],
    usage: 'enable N',
    help: 'let a breakpoint stop again',
    example: 'enable 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.enable(id), `breakpoint ${rest} stops`),
  },
  {
    names: ['disable'],
    usage: 'disable N',
    help: 'keep a breakpoint, but pass it by',
    example: 'disable 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.enable(id, false), `breakpoint ${rest} is passed by`),
  },
  {
    names: ['info', 'i'],
    usage: 'info',
    help: 'breakpoints and watches',
    example: 'info',
    group: 'stop',
    run({ debug }) {
      const lines = debug.breakpoints.map(
        ({ id, text, enabled }) => `breakpoint ${id}: ${text}${enabled ? '' : ' (disabled)'}`,
      );
      const watches = debug.watches.map(({ id, source, value }) => `watch ${id}: ${source} = ${valueText(value)}`);
      return [...lines, ...watches].join('\n') || 'no breakpoints, no watches';
    },
  },
  {
    names: ['status', 'where', 'w'],
    usage: 'status',
    help: 'how things stand',
    example: 'status',
    group: 'look',
    run: ({ debug, console }) => statusText(debug, console.paint),
  },
  {
    names: ['list', 'l'],
    usage: 'list',
    help: 'what happens in this round, the present marked',
    example: 'list',
    group: 'look',
    run({ debug, console }) {
      const { recording } = debug.branch;
      const { turn } = recording.locate(Math.max(1, debug.position));
      const here = recording.turns[turn];
      if (here === undefined) return 'nothing has happened yet: s takes a step';
      const lines: string[] = [];
      for (const [index, { state, facts, game }] of recording.turns.entries()) {
        if (state.round !== here.state.round) continue;
        for (const [i, fact] of facts.entries()) {
          const p = recording.startOf(index) + i + 1;
          const line = `${p === debug.position ? '>' : ' '} ${recording.addressText(p)}  ${factText(fact, game, recording.state(p - 1).table.outcome)}`;
          lines.push(p === debug.position ? console.paint.bold(line) : line);
        }
      }
      return lines.join('\n');
    },
  },
  {
    names: ['print', 'p'],
    usage: 'print EXPR',
    help: 'the value of an expression, with those of its parts; or what stands at a path such as parties.upper.context',
    example: 'print upper.gap > 0.1 && time < 0.5',
    group: 'look',
    run(desk, rest) {
      const { debug } = desk;
      const found = debug.evaluate(rest);
      if (!found.ok) return refused(desk, found);
      const lines = [
        `${rest.trim()} = ${typeof found.value === 'object' ? JSON.stringify(found.value, null, 2) : valueText(found.value)}`,
      ];
      if (found.kind === 'boolean') {
        const told = debug.explain(rest);
        if (told.ok)
          for (const part of told.explanation.parts)
            lines.push(`  ${part.member ? `${part.member}: ` : ''}${part.text} = ${valueText(part.value)}`);
      }
      return lines.join('\n');
    },
  },
  {
    names: ['watch'],
    usage: 'watch EXPR',
    help: 'show a value at every stop (break on EXPR stops when it changes)',
    example: 'watch lower.gap',
    group: 'look',
    run(desk, rest) {
      const made = desk.debug.watch(rest);
      if (!made.ok) return refused(desk, made);
      const { id, source } = made.watch;
      return `watch ${id}: ${source} = ${valueText(desk.debug.watches.find((one) => one.id === id)?.value)}`;
    },
  },
  {
    names: ['unwatch'],
    usage: 'unwatch N',
    help: 'stop showing a value',
    example: 'unwatch 1',
    group: 'look',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.unwatch(id), `watch ${rest} is gone`),
  },
  {
    names: ['why'],
    usage: 'why [PARTY] [market]',
    help: 'why this: the reasons, the values they rested on, and the smallest changes that would have turned it; market also searches the market (slow: everything is valued anew)',
    example: 'why',
    group: 'look',
    run(desk, rest) {
      const words = rest.split(/\s+/).filter(Boolean);
      const market = words.includes('market') ? desk.patience() : undefined;
      const party = words.find((word) => word !== 'market');
      const answer = why(desk.debug.frame, { ...(party !== undefined && { party }), ...(market && { market }) });
      return answer.ok ? answer.whys.map((one) => whyLines(one).join('\n')).join('\n') : refused(desk, answer);
    },
  },
  {
    names: ['origin'],
    usage: 'origin EXPR',
    help: 'to the moment that made a value what it is now',
    example: 'origin upper.reservation',
    group: 'look',
    run(desk, rest) {
      const found = desk.debug.origin(rest);
      return found.ok ? stopped(desk, desk.debug.goto(found.frame.at)) : refused(desk, found);
    },
  },
  {
    names: ['diff'],
    usage: 'diff A [B]',
    help: 'what differs between two moments; the second is the present when left out',
    example: 'diff r2 r3',
    group: 'look',
    run(desk, rest) {
      const [a = '', b = '.'] = rest.split(/\s+/);
      const found = desk.debug.diff(a, b);
      if (!found.ok) return refused(desk, found);
      const rows = found.differences.map(({ path, before, after }) => [path, short(before), short(after)]);
      if (rows.length === 0) return 'no difference';
      return table([{ title: 'what' }, { title: found.from.at }, { title: found.to.at }], rows, desk.console.paint);
    },
  },
  {
    names: ['table', 't'],
    usage: 'table EXPR [; EXPR ...] [per round|turn|micro]',
    help: 'expressions over the whole run, as if they had been printed from the start',
    example: 'table upper.utility; lower.gap per turn',
    group: 'look',
    run(desk, rest) {
      const match = /\s+per\s+(round|turn|micro)\s*$/.exec(rest);
      const every = (match?.[1] ?? 'round') as 'round' | 'turn' | 'micro';
      const sources = (match === null ? rest : rest.slice(0, match.index)).split(';').map((one) => one.trim());
      const found = desk.debug.table(sources, every);
      if (!found.ok) return refused(desk, found);
      const rows = found.rows.map(({ at, values }) => [
        at,
        ...values.map((value) =>
          typeof value === 'number' ? figureText(value, Number.isInteger(value) ? 0 : 3) : String(value),
        ),
      ]);
      const lines = [
        table([{ title: every }, ...sources.map((title) => ({ title, right: true }))], rows, desk.console.paint),
      ];
      for (const [i, source] of sources.entries()) {
        const values = found.rows.map((row) => row.values[i]);
        if (values.every((value) => typeof value === 'number'))
          lines.push(`  ${sparkline(values as number[])}  ${source}`);
      }
      return lines.join('\n');
    },
  },
  {
    names: ['stance'],
    usage: 'stance [PARTY] [mermaid]',
    help: 'stance machines, the active state marked and the transition just taken; mermaid draws one as Mermaid text',
    example: 'stance upper',
    group: 'look',
    run(desk, rest) {
      const words = rest.split(/\s+/).filter(Boolean);
      const as = words.includes('mermaid') ? 'mermaid' : 'text';
      const { frame } = desk.debug;
      const party = words.find((word) => word !== 'mermaid');
      if (party !== undefined && !frame.game.isSeat(party))
        return desk.console.paint.red(`there is no party "${party}": parties: ${frame.game.ids.join(', ')}`);
      const parties = party === undefined ? frame.game.ids : [party];
      return parties.map((id) => machineText(frame, id, desk.console.paint, as)).join('\n');
    },
  },
  {
    names: ['fork', 'f'],
    usage: 'fork CHANGE',
    help: 'change one thing here and go on from it, on a branch of its own: market NAME=X, term PARTY.TERM=TIMES, reservation PARTY=X, deadline N, stance PARTY=STATE, strategy PARTY=NAME, seed N, offer ISSUE=VALUE ..., accept, pass, walk WHY',
    example: 'fork strategy lower=boulware',
    group: 'sideways',
    run(desk, rest) {
      const { frame } = desk.debug;
      const began = frame.turn?.facts.findIndex(({ type }) => type === 'turnBegan') ?? -1;
      const mover = frame.turn?.facts.slice(began + 1).find((fact) => 'by' in fact);
      const read = readChange(
        rest,
        frame.game,
        frame.state,
        mover !== undefined && 'by' in mover ? mover.by : undefined,
      );
      return read.ok ? stopped(desk, desk.debug.fork(read.change)) : refused(desk, read);
    },
  },
  {
    names: ['tree'],
    usage: 'tree',
    help: 'the branches, and where they parted',
    example: 'tree',
    group: 'sideways',
    run({ debug, console }) {
      const draw = (id: number, depth: number): string[] => {
        const branch = debug.branches[id];
        const { recording } = branch;
        const from = branch.parent === undefined ? '' : ` from ${branch.parent.recording.addressText(branch.asked)}`;
        const reached = recording.ended
          ? `ends at ${recording.addressText(recording.size)}: ${recording.last.end}`
          : `played to ${recording.addressText(recording.size)}`;
        const line = `${branch === debug.branch ? '*' : ' '} ${'  '.repeat(depth)}${id}${from}: ${branch.label} (${reached})`;
        const below = debug.branches
          .filter(({ parent }) => parent === branch)
          .flatMap((one) => draw(one.id, depth + 1));
        return [branch === debug.branch ? console.paint.bold(line) : line, ...below];
      };
      return draw(0, 0).join('\n');
    },
  },
  {
    names: ['branch'],
    usage: 'branch N',
    help: 'over to another branch, at the same moment where it has it',
    example: 'branch 0',
    group: 'sideways',
    run: (desk, rest) =>
      /^\d{1,6}$/.test(rest)
        ? stopped(desk, desk.debug.switchTo(Number(rest)))
        : desk.console.paint.red('branch which? tree lists them'),
  },
  {
    names: ['compare'],
    usage: 'compare A [B]',
    help: 'two branches, played to their ends: where they part and what came of each',
    example: 'compare 0 1',
    group: 'sideways',
    run(desk, rest) {
      const { debug, console } = desk;
      const [a, b = String(debug.branch.id)] = rest.split(/\s+/);
      const [x, y] = [a, b].map((id) => debug.branches.find((branch) => String(branch.id) === id));
      if (x === undefined || y === undefined)
        return console.paint.red('compare which branches? tree lists them: compare 0 1');
      const found = compareBranches(x, y);
      if (found.same) return `branches ${a} and ${b} are the same throughout`;
      const gameOf = (branch: typeof x) => branch.recording.game;
      const lines = [`they part after ${found.part}:`];
      for (const [i, branch] of [x, y].entries()) {
        const fact = found.first[i];
        lines.push(`  ${branch.id}: ${fact === undefined ? 'the talks are over' : factText(fact, gameOf(branch))}`);
      }
      const rows = Array.from(
        { length: Math.min(12, Math.max(found.offers[0].length, found.offers[1].length)) },
        (_, n) =>
          [x, y].map((branch, i) => {
            const offer = found.offers[i][n];
            return offer === undefined ? '' : `${offer.at} ${offer.by}: ${offerText(gameOf(branch), offer.outcome)}`;
          }),
      );
      const more = Math.max(found.offers[0].length, found.offers[1].length) - rows.length;
      if (rows.length > 0)
        lines.push(table([{ title: `offers on ${a}` }, { title: `offers on ${b}` }], rows, console.paint));
      if (more > 0) lines.push(console.paint.dim(`  … ${more} more`));
      const outcome = found.settlements.map(({ end, rounds, agreement }) =>
        end === 'agreement'
          ? `agreement in round ${rounds}: ${
              agreement === null
                ? ''
                : Object.entries(agreement.values)
                    .map(([id, v]) => `${id}=${v}`)
                    .join(' ')
            }`
          : `${end ?? 'still open'} in round ${rounds}`,
      );
      lines.push(`  ${a}: ${outcome[0]}`, `  ${b}: ${outcome[1]}`);
      const settled = x.recording.game.ids.map((id, seat) => {
        const [p, q] = found.settlements.map((one) => one.parties[seat]);
        return [id, figureText(p.utility, 3), figureText(q.utility, 3), figureText(p.value, 2), figureText(q.value, 2)];
      });
      lines.push(
        table(
          [
            { title: 'party' },
            { title: `utility ${a}`, right: true },
            { title: `utility ${b}`, right: true },
            { title: `value ${a}`, right: true },
            { title: `value ${b}`, right: true },
          ],
          settled,
          console.paint,
        ),
      );
      return lines.join('\n');
    },
  },
  {
    names: ['play'],
    usage: 'play PARTY',
    help: 'take a party over from here, on a branch of its own; then offer, accept, pass or walk when it is its turn',
    example: 'play upper',
    group: 'sideways',
    run(desk, rest) {
      const taken = desk.debug.play(rest);
      if (!taken.ok) return refused(desk, taken);
      return stopped(desk, desk.debug.proceed(1));
    },
  },
  {
    names: ['offer', 'o'],
    usage: 'offer ISSUE=VALUE ...',
    help: 'make an offer for the party being played; issues left out stay as on the table',
    example: 'offer keeper=joint release=60',
    group: 'sideways',
    run: byHand('offer'),
  },
  {
    names: ['accept'],
    usage: 'accept',
    help: 'accept what is on the table',
    example: 'accept',
    group: 'sideways',
    run: byHand('accept'),
  },
  {
    names: ['pass'],
    usage: 'pass',
    help: 'let the turn pass',
    example: 'pass',
    group: 'sideways',
    run: byHand('pass'),
  },
  {
    names: ['walk'],
    usage: 'walk WHY',
    help: 'leave the talks',
    example: 'walk this leads nowhere',
    group: 'sideways',
    run: byHand('walk'),
  },
  {
    names: ['note'],
    usage: 'note TEXT',
    help: 'a sentence at this moment; it is kept in the session file',
    example: 'note here the price decides',
    group: 'keep',
    run({ debug, console }, rest) {
      if (rest === '') return console.paint.red('note what?');
      const { at } = debug.remark(rest);
      return `noted at ${at}`;
    },
  },
  {
    names: ['notes'],
    usage: 'notes',
    help: 'all the notes, with their moments',
    example: 'notes',
    group: 'keep',
    run: ({ debug }) =>
      debug.remarks.map(({ branch, at, text }) => `${branch === 0 ? '' : `${branch}:`}${at}  ${text}`).join('\n') ||
      'no notes',
  },
  {
    names: ['export', 'e'],
    usage: 'export FILE.jsonl | FILE.yaml',
    help: 'the whole session, branches and notes, to reopen (.jsonl); or this run up to here as a scenario that expects what came out (.yaml)',
    example: 'export here.yaml',
    group: 'keep',
    run(desk, rest) {
      const { debug } = desk;
      if (rest.endsWith('.jsonl')) {
        const [main] = debug.branches;
        const header = sessionHeader(main.recording.gameAt(0), main.scenario.resolved, VERSION);
        desk.write(rest, sessionText(header, debug.branches, debug.remarks));
        return `${rest}: ${debug.branches.length} ${debug.branches.length === 1 ? 'branch' : 'branches'}; reopen with hashpact debug ${rest}`;
      }
      if (!/\.ya?ml$/.test(rest))
        return desk.console.paint.red('export to what? a name ending in .jsonl (the session) or .yaml (a scenario)');
      const made = scriptedRun(debug.branch, debug.position);
      if (!made.ok) return refused(desk, made);
      desk.write(rest, made.yaml);
      return `${rest}: the run up to the end of round ${made.rounds}; hashpact check ${rest} passes`;
    },
  },
  {
    names: ['verify'],
    usage: 'verify',
    help: 'play this branch again and name the first fact that comes out otherwise',
    example: 'verify',
    group: 'keep',
    run({ debug, console }) {
      const found = debug.verify();
      if (found === undefined) return console.paint.green('played again, every fact comes out the same');
      const { game } = debug.frameOf(found.position);
      const tell = (fact: typeof found.recorded) => (fact === undefined ? 'nothing' : factText(fact, game));
      const at = debug.branch.recording.addressText(found.position);
      const text = `at ${at} it comes out otherwise:\n  recorded: ${tell(found.recorded)}\n  replayed: ${found.failure ?? tell(found.replayed)}`;
      return { text: console.paint.red(text), failed: true };
    },
  },
  {
    names: ['help', 'h', '?'],
    usage: 'help [COMMAND]',
    help: 'all commands, or one with an example',
    example: 'help break',
    group: 'keep',
    run: (desk, rest) => helpText(desk, rest),
  },
  {
    names: ['quit', 'q', 'exit'],
    usage: 'quit',
    help: 'leave',
    example: 'quit',
    group: 'keep',
    run: () => ({ text: '', quit: true }),
  },
];

const GROUPS: Readonly<Record<ReplCommand['group'], string>> = {
  go: 'Going (N times; r… goes backwards)',
  stop: 'Stopping',
  look: 'Looking',
  sideways: 'Sideways',
  keep: 'Keeping',
};

export const commandOf = (name: string): ReplCommand | undefined => COMMANDS.find(({ names }) => names.includes(name));

function helpText({ console }: Desk, rest: string): string {
  const { paint } = console;
  if (rest !== '') {
    const command = commandOf(rest);
    if (command === undefined) return paint.red(`there is no command "${rest}"; help lists them all`);
    const { names, usage, help, example } = command;
    return [
      `${paint.bold(usage)}${names.length > 1 ? paint.dim(`  (also ${names.slice(1).join(', ')})`) : ''}`,
      `  ${help}`,
      `  example: ${example}`,
    ].join('\n');
  }
  const lines = Object.entries(GROUPS).flatMap(([group, title]) => [
    paint.bold(title),
    ...COMMANDS.filter((command) => command.group === group).map(
      ({ usage, help }) => `  ${usage.padEnd(34)} ${help.length > 90 ? `${help.slice(0, 89)}…` : help}`,
    ),
  ]);
  return [
    ...lines,
    'help COMMAND tells more, with an example. hashpact words SCENARIO lists the words of expressions.',
  ].join('\n');
}

const short = (value: unknown): string => {
  const text = valueText(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const BARS = '▁▂▃▄▅▆▇█';

function sparkline(values: readonly number[]): string {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return values
    .map((x) => (Number.isFinite(x) ? BARS[high === low ? 0 : Math.round(((x - low) / (high - low)) * 7)] : ' '))
    .join('');
}
