import { counted } from '../../domain/counted.ts';
import type { PartySettlement } from '../../scenario/settlement.ts';
import type { Paint } from '../console.ts';
import type { Figures } from './values.ts';
import { pad, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A party's value bar by bar: each bar starts where the one before ended, and the printed figures add up to the printed value. */
export function waterfall(party: PartySettlement, figures: Figures, unit: string, paint: Paint, width: number): string {
  const { waterfall: bars } = party;
  if (bars.length === 0) return '';
  const shown = bars.filter(({ amount }) => amount !== 0);
  const printed = figures.sum(
    shown.map(({ amount }) => amount),
    party.value,
  );
  const column = Math.max(9, ...[...printed.parts, printed.total].map(widthOf));
  const labels = Math.max(
    14,
    Math.min(44, width - column - 20, Math.max(...shown.map(({ bar }) => widthOf(bar.label)))),
  );
  const room = Math.max(10, Math.min(40, width - labels - column - 6));
  const at = scale(
    shown.map(({ amount }) => amount),
    room,
  );
  const rows: string[] = [];
  let from = 0;
  for (const [i, { bar, amount }] of shown.entries()) {
    const to = from + amount;
    const drawn = block(at(Math.min(from, to)), at(Math.max(from, to)), room);
    const [label, ...more] = wrap(bar.label, labels);
    rows.push(
      `    ${pad(label, labels)} ${pad(printed.parts[i], column, true)} ${amount < 0 ? paint.red(drawn) : paint.green(drawn)}`,
      ...more.map((line) => `    ${line}`),
    );
    from = to;
  }
  const zero = bars.length - shown.length;
  if (zero > 0) rows.push(paint.dim(`    (${counted(zero, 'term')} worth 0 here)`));
  const error = party.standardError > 0 ? paint.dim(` ± ${figures.text(party.standardError)} (standard error)`) : '';
  rows.push(`    ${pad('value', labels)} ${pad(paint.bold(printed.total), column, true)} ${unit}${error}`);
  return [`  ${paint.bold(party.label)}`, ...rows.map((row) => row.trimEnd())].join('\n');
}

/** Where a running sum stands among `room` cells. Halves, since the whole span of the largest doubles is none. */
function scale(amounts: readonly number[], room: number): (x: number) => number {
  let low = 0;
  let high = 0;
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    low = Math.min(low, sum);
    high = Math.max(high, sum);
  }
  const span = high / 2 - low / 2;
  return (x) => (span > 0 ? ((x / 2 - low / 2) / span) * room : 0);
}

/** A bar from one position to another, in eighths of a cell where the font allows. */
function block(from: number, to: number, room: number): string {
  const start = Math.min(room - 1, Math.floor(from));
  const whole = Math.floor(to) - start;
  const rest = EIGHTHS[Math.floor((to - Math.floor(to)) * 8)];
  return ' '.repeat(start) + ('█'.repeat(Math.max(0, whole)) + rest || '▏');
}
