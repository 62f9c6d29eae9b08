/** The functions of the language, all from numbers to a number. None is transcendental: results must not differ between machines. */
export interface Fn {
  readonly least: number;
  readonly most: number;
  readonly doc: string;
  readonly run: (...args: number[]) => number;
}

export const FUNCTIONS: Readonly<Record<string, Fn>> = {
  abs: { least: 1, most: 1, doc: 'the size without the sign', run: Math.abs },
  ceil: { least: 1, most: 1, doc: 'rounded up', run: Math.ceil },
  clamp: {
    least: 3,
    most: 3,
    doc: 'clamp(x, lo, hi): x held between lo and hi; hi where lo > hi',
    run: (x, lo, hi) => Math.min(Math.max(x, lo), hi),
  },
  floor: { least: 1, most: 1, doc: 'rounded down', run: Math.floor },
  max: { least: 2, most: Infinity, doc: 'the largest; NaN if any is', run: Math.max },
  min: { least: 2, most: Infinity, doc: 'the smallest; NaN if any is', run: Math.min },
  round: { least: 1, most: 1, doc: 'to the nearest integer, halves up (-2.5 gives -2)', run: Math.round },
  sqrt: { least: 1, most: 1, doc: 'the square root; NaN below 0', run: Math.sqrt },
};
