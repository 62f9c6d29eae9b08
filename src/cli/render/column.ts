import { decimalText } from '../../domain/decimal_text.ts';
import { figureText } from './table.ts';

/** Amounts of one column, all with as many decimals as the largest of them needs. */
export function amountsTogether(column: readonly (number | null)[]): string[] {
  const most = Math.max(0, ...column.map((x) => Math.abs(x ?? 0)));
  const digits = most < 10 ? 3 : most < 1000 ? 1 : 0;
  return column.map((x) => (x === null ? '–' : figureText(x, digits)));
}

/** Values of a varied parameter, all with the fewest decimals that tell them apart to a thousandth of the distance between the nearest two. */
export function valuesTogether(column: readonly (number | string)[]): string[] {
  const figures = [...new Set(column)].filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const gaps = figures.slice(1).map((x, i) => x - figures[i]);
  const fine = 1e-3 * Math.min(...(gaps.length > 0 ? gaps : figures.map((x) => Math.abs(x) || 1)));
  let digits = 0;
  while (digits < 9 && figures.some((x) => Math.abs(x - Number(x.toFixed(digits))) > fine)) digits++;
  return column.map((value) => (typeof value === 'number' ? figureText(value, digits) : value));
}

/** Six significant digits and no idle zeros: for figures of different units under each other. */
export function precise(x: number): string {
  let whole = 1;
  for (let rest = Math.abs(x); rest >= 10 && whole < 6; rest /= 10) whole++;
  return decimalText(x, 0, 6 - whole).replace('-', '−');
}

/** A value found by bisection: the roundest figure in its bracket, and how wide the bracket is. `86 (to within 0.00002)`. */
export function withinBracket(low: number, high: number): string {
  const middle = low + (high - low) / 2;
  let digits = 0;
  while (digits < 9 && !between(Number(middle.toFixed(digits)))) digits++;
  const width = Math.max(1e-9, high - low);
  let fine = 0;
  while (fine < 9 && Number(width.toFixed(fine)) === 0) fine++;
  return `${figureText(middle, digits)} (to within ${figureText(width, fine)})`;

  function between(x: number): boolean {
    return x >= low && x <= high;
  }
}
