import { type Bootstrap, type BootstrapOptions, bootstrap, meanInterval } from './bootstrap.ts';
import type { Finding } from './finding.ts';
import { holm } from './holm.ts';
import type { Interval } from './interval.ts';
import { columnMeans, derivePanel, type Panel } from './panel.ts';
import { signFlips } from './sign_flip.ts';

/** "A beats B": the mean of A minus B over the same scenarios, repetitions and random numbers. */
export type Contrast = Finding & {
  readonly a: string;
  readonly b: string;
  readonly difference: number;
  /** Two-sided, of the hypothesis that the difference is zero; null where no two units differ, so that nothing can be tested. */
  readonly p: number | null;
  /** The same, corrected for all contrasts tested in this call (Holm 1979). */
  readonly adjustedP: number | null;
  /** No difference tested over as many units could have had a smaller p. */
  readonly smallestP: number;
};

/** Columns (a, b) to be set against each other; every pair where absent. */
type Pairs = readonly (readonly [number, number])[];

/** Paired differences of columns under common random numbers, tested by flipping signs: the noise that both sides share cancels unit by unit. */
export const tested = (
  panel: Panel,
  { seed }: { readonly seed?: number } = {},
  pairs: Pairs = allPairs(panel.columns.length),
): Contrast[] => {
  const means = columnMeans(panel);
  const { ps, smallest, method } = signFlips(panel, pairs, seed);
  const family = ps.filter((p) => p !== null);
  const adjusted = holm(family);
  let next = 0;
  return pairs.map(([a, b], i) => ({
    a: panel.columns[a],
    b: panel.columns[b],
    difference: means[a] - means[b],
    p: ps[i],
    adjustedP: ps[i] === null ? null : adjusted[next++],
    smallestP: smallest,
    method: `paired differences under common random numbers; ${method}; Holm over ${family.length}`,
    completeness: 'estimate',
    warnings: [],
  }));
};

/** Paired differences with their tests and intervals. Differences are formed row by row before resampling. */
export const contrasts = (
  panel: Panel,
  options: BootstrapOptions & { readonly confidence?: number } = {},
  pairs: Pairs = allPairs(panel.columns.length),
): (Contrast & { readonly interval: Interval })[] => {
  const found = tested(panel, options, pairs);
  const differences = derivePanel(
    panel,
    found.map(({ a, b }) => `${a} - ${b}`),
    (row, out) => {
      for (let i = 0; i < pairs.length; i++) out[i] = row[pairs[i][0]] - row[pairs[i][1]];
    },
  );
  const drawn: Bootstrap = bootstrap(differences, options);
  return found.map((one, i) => {
    const interval = meanInterval(drawn, i, options.confidence);
    return { ...one, difference: interval.estimate, interval, warnings: interval.warnings };
  });
};

export const allPairs = (n: number): [number, number][] => {
  const pairs: [number, number][] = [];
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) pairs.push([a, b]);
  return pairs;
};
