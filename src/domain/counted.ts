import { decimalText } from './decimal_text.ts';

/** A whole number of things: `1 term`, `3 parties`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${decimalText(n, 0, 0)} ${n === 1 ? one : many}`;
