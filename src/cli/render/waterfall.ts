import type { PartySettlement } from '../../scenario/settlement.ts';
import type { Paint } from '../console.ts';
import { clip, counted, figureText, pad, signed } from './table.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A party's value bar by bar: each bar starts where the one before ended, and the last total is the value itself. */
export function waterfall(party: PartySettlement, unit: string, paint: Paint, width: number): string {
  const { waterfall: bars } = party;
  if (bars.length === 0) return '';
  const shown = bars.filter(({ amount }) => amount !== 0);
  let low = 0;
  let high = 0;
  let sum = 0;
  for (const { amount } of bars) {
    sum += amount;
    low = Math.min(low, sum);
    high = Math.max(high, sum);
  }
  const labels = Math.min(44, Math.max(...shown.map(({ bar }) => bar.label.length), 14));
  const room = Math.max(12, Math.min(40, width - labels - 16));
  const at = (x: number) => (high === low ? 0 : ((x - low) / (high - low)) * room);
  const digits = Math.max(Math.abs(high), Math.abs(low)) < 20 ? 2 : 0;
  const rows: string[] = [];
  let from = 0;
  for (const { bar, amount } of shown) {
    const to = from + amount;
    const drawn = block(at(Math.min(from, to)), at(Math.max(from, to)), room);
    rows.push(
      `    ${pad(clip(bar.label, labels), labels)} ${pad(signed(amount, digits), 9, true)} ${amount < 0 ? paint.red(drawn) : paint.green(drawn)}`,
    );
    from = to;
  }
  const zero = bars.length - shown.length;
  if (zero > 0) rows.push(paint.dim(`    (${counted(zero, 'term')} worth 0 here)`));
  const error =
    party.standardError > 0 ? paint.dim(` ± ${figureText(party.standardError, digits)} (standard error)`) : '';
  rows.push(`    ${pad('value', labels)} ${pad(paint.bold(figureText(party.value, digits)), 9, true)} ${unit}${error}`);
  return [`  ${paint.bold(party.label)}`, ...rows.map((row) => row.trimEnd())].join('\n');
}

/** A bar from one position to another, in eighths of a cell where the font allows. */
function block(from: number, to: number, room: number): string {
  const start = Math.min(room - 1, Math.floor(from));
  const whole = Math.floor(to) - start;
  const rest = EIGHTHS[Math.floor((to - Math.floor(to)) * 8)];
  return ' '.repeat(start) + ('█'.repeat(Math.max(0, whole)) + rest || '▏');
}
