import type { Finding } from './finding.ts';
import { quantile } from './interval.ts';

/** Intervals that hold all at once: the chance that even one misses is 1 - confidence. */
export type SimultaneousIntervals = Finding & {
  readonly confidence: number;
  /** The multiple of its standard error by which every interval reaches out; the quantile of the largest |t|. */
  readonly critical: number;
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
};

/**
 * Max-t bootstrap intervals (Romano & Wolf, Econometrica 73, 2005; Davison & Hinkley 1997, 4.2.4): estimate +- critical x standard
 * error, where `critical` is the quantile over resamples of the largest studentised deviation in any column. Uses how columns move
 * together, so it is narrower than Bonferroni. Standard errors are not redone within resamples: with fewer than about 50 scenarios the
 * joint coverage falls a few points short. Columns that never vary get an interval of no width.
 *
 * @param replicates `[resample * columns + column]`, as in `Bootstrap`; any statistic of the resampled means will do, such as regrets.
 */
export const simultaneous = (
  estimate: Float64Array,
  replicates: Float64Array,
  { confidence = 0.95, atLeast = -Infinity }: { readonly confidence?: number; readonly atLeast?: number } = {},
): SimultaneousIntervals => {
  const width = estimate.length;
  const resamples = replicates.length / width;
  const standardError = standardErrors(replicates, width);
  const largest = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    for (let c = 0; c < width; c++) {
      if (standardError[c] === 0) continue;
      const t = Math.abs(replicates[b * width + c] - estimate[c]) / standardError[c];
      if (t > largest[b]) largest[b] = t;
    }
  }
  const critical = quantile(largest.sort(), confidence);
  const still = standardError.reduce((n, se) => n + (se === 0 ? 1 : 0), 0);
  return {
    confidence,
    critical,
    estimate,
    standardError,
    low: estimate.map((x, c) => Math.max(atLeast, x - critical * standardError[c])),
    high: estimate.map((x, c) => x + critical * standardError[c]),
    method: `simultaneous max-t bootstrap intervals, ${resamples} resamples`,
    completeness: 'estimate',
    warnings: [
      ...(resamples < 1000 ? [`only ${resamples} resamples: intervals need 1000`] : []),
      ...(still > 0 ? [`${still} of ${width} columns have no variance`] : []),
    ],
  };
};

const standardErrors = (replicates: Float64Array, width: number): Float64Array => {
  const resamples = replicates.length / width;
  return Float64Array.from({ length: width }, (_, c) => {
    const first = replicates[c];
    let shift = 0;
    for (let b = 0; b < resamples; b++) shift += (replicates[b * width + c] - first) / resamples;
    let squares = 0;
    for (let b = 0; b < resamples; b++) {
      const d = replicates[b * width + c] - first - shift;
      squares += d * d;
    }
    const error = Math.sqrt(squares / Math.max(1, resamples - 1));
    return error > 1e-14 * Math.abs(first) ? error : 0;
  });
};
