import { factText, offerText } from '../../debugger/fact_text.ts';
import { compareBranches } from '../../history/compare_branches.ts';
import { figureText, table } from '../render/table.ts';
import { type Desk, type ReplCommand, refused, type Said, stopped, wrong } from './desk.ts';
import { stopText } from './status.ts';
import { readChange, readMove } from './syntax.ts';

/** Sideways: forks, branches, playing by hand. */
export const SIDEWAYS: readonly ReplCommand[] = [
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
        : wrong(desk, 'branch which? tree lists them'),
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
        return wrong({ console }, 'compare which branches? tree lists them: compare 0 1');
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
];

function byHand(verb: string) {
  return (desk: Desk, rest: string): Said | string => {
    const { debug } = desk;
    const { recording } = debug.branch;
    const { game } = recording;
    if (recording.awaited === undefined && recording.hands.size > 0) recording.grow();
    if (recording.awaited === undefined) return wrong(desk, 'the talks wait for nobody: play PARTY takes a party over');
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
}
