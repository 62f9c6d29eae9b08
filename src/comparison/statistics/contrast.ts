import { type Bootstrap, type BootstrapOptions, bca, bootstrap, percentile, replicatesOf } from './bootstrap.ts';
import type { Finding } from './finding.ts';
import { holm } from './holm.ts';
import type { Interval } from './interval.ts';
import { derivePanel, type Panel } from './panel.ts';

/** "A beats B": the mean of A minus B over the same scenarios, repetitions and random numbers. */
export type Contrast = Finding & {
  readonly a: string;
  readonly b: string;
  readonly difference: number;
  readonly percentile: Interval;
  readonly bca: Interval;
  /** Two-sided, of the hypothesis that the difference is zero. */
  readonly p: number;
  /** The same, corrected for all contrasts asked in this call (Holm 1979). */
  readonly adjustedP: number;
};

/**
 * Paired differences of columns under common random numbers. Differences are formed row by row before resampling, so the noise that
 * both sides share cancels.
 *
 * @param pairs columns (a, b); every pair of columns when absent.
 */
export const contrasts = (
  panel: Panel,
  options: BootstrapOptions & { readonly confidence?: number } = {},
  pairs: readonly (readonly [number, number])[] = allPairs(panel.columns.length),
): Contrast[] => {
  const names = pairs.map(([a, b]) => `${panel.columns[a]} - ${panel.columns[b]}`);
  const differences = derivePanel(panel, names, (row, out) => {
    for (let i = 0; i < pairs.length; i++) out[i] = row[pairs[i][0]] - row[pairs[i][1]];
  });
  const replicated = bootstrap(differences, options);
  const ps = pairs.map((_, i) => pValue(replicated, i));
  const adjusted = holm(ps);
  return pairs.map(([a, b], i) => ({
    a: panel.columns[a],
    b: panel.columns[b],
    difference: replicated.estimates[i],
    percentile: percentile(replicated, i, options.confidence),
    bca: bca(replicated, i, options.confidence),
    p: ps[i],
    adjustedP: adjusted[i],
    method: `paired differences under common random numbers; centred bootstrap test, ${replicated.resamples} resamples; Holm over ${pairs.length}`,
    completeness: 'estimate',
    warnings: replicated.warnings,
  }));
};

/**
 * Two-sided bootstrap p-value of "the mean is zero": how often the centred replicates stray as far as the estimate did, with the +1 of
 * Davison & Hinkley 1997, 4.2, so that it is never 0 but at least 1 / (resamples + 1).
 */
export const pValue = (b: Bootstrap, column: number): number => {
  const estimate = b.estimates[column];
  const reach = Math.abs(estimate) * (1 - 1e-12);
  let asFar = 0;
  for (const x of replicatesOf(b, column)) if (Math.abs(x - estimate) >= reach) asFar++;
  return (asFar + 1) / (b.resamples + 1);
};

const allPairs = (n: number): [number, number][] => {
  const pairs: [number, number][] = [];
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) pairs.push([a, b]);
  return pairs;
};
