import type { Interval } from '../../comparison/statistics/interval.ts';
import { figureText } from './table.ts';

const SHADES = [' ', '░', '▒', '▓', '█'];

export const shade = (x: number, low: number, high: number): string =>
  SHADES[high > low ? Math.min(4, Math.floor((5 * (x - low)) / (high - low))) : 2];

/** As many digits as a utility or an amount of money needs. */
export const amount = (x: number): string => figureText(x, Math.abs(x) < 10 ? 3 : Math.abs(x) < 1000 ? 1 : 0);

/** An interval, or why there is none. */
export const range = ({ low, high, completeness }: Interval): string => {
  if (low < high) return `${amount(low)} to ${amount(high)}`;
  return completeness === 'exact' ? 'exact' : completeness === 'one' ? 'one draw' : 'no spread';
};

export const percent = (x: number): string => `${figureText(100 * x, x > 0 && x < 0.01 ? 1 : 0)} %`;

export const share = ({ estimate, low, high }: Interval): string =>
  low < high ? `${percent(estimate)} (${figureText(100 * low)}–${figureText(100 * high)})` : percent(estimate);
