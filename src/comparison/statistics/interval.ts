import type { Finding } from './finding.ts';

/** An estimate with its two-sided interval, in the unit of the estimate; `confidence` is the nominal coverage, such as 0.95. */
export type Interval = Finding & {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
};

/** A figure that nothing was left to chance in. */
export const exactly = (estimate: number): Interval => ({
  estimate,
  low: estimate,
  high: estimate,
  confidence: 1,
  method: 'exact: no chance in these talks',
  completeness: 'exact',
  warnings: [],
});

/** Sorted ascending; a copy. */
export const sorted = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/** Quantile of sorted values at position p (n + 1), interpolated and kept inside the sample (Davison & Hinkley 1997, 5.2.1). */
export const quantile = (ascending: ArrayLike<number>, p: number): number => {
  const n = ascending.length;
  const at = p * (n + 1) - 1;
  if (at <= 0) return ascending[0];
  if (at >= n - 1) return ascending[n - 1];
  const i = Math.floor(at);
  const low = ascending[i];
  const high = ascending[i + 1];
  return low === high ? low : low + (at - i) * (high - low);
};
