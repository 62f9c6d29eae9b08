import { factText } from '../../debugger/fact_text.ts';
import { valueText } from '../../debugger/logpoint.ts';
import { why, whyLines } from '../../debugger/why.ts';
import { figureText, table } from '../render/table.ts';
import { byId, type ReplCommand, refused, stopped, wrong } from './desk.ts';
import { machineText } from './machine.ts';
import { statusText } from './status.ts';

/** Looking: values, reasons, machines. */
export const LOOK: readonly ReplCommand[] = [
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
        return wrong(desk, `there is no party "${party}": parties: ${frame.game.ids.join(', ')}`);
      const parties = party === undefined ? frame.game.ids : [party];
      return parties.map((id) => machineText(frame, id, desk.console.paint, as)).join('\n');
    },
  },
];

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
