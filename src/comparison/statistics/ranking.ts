import type { Bootstrap } from './bootstrap.ts';
import type { Finding } from './finding.ts';

export type Ranked = {
  readonly name: string;
  readonly score: number;
  /** 1 is best; equal scores share the better rank (1, 2, 2, 4). */
  readonly rank: number;
  /** The ranks that hold the middle `confidence` of the resamples. */
  readonly low: number;
  readonly high: number;
  /** `share[r - 1]`: the share of resamples in which it came r-th. */
  readonly share: Float64Array;
};

export type Ranking = Finding & { readonly confidence: number; readonly ranked: readonly Ranked[] };

/**
 * Ranking of a bootstrap's columns, highest mean first, with the ranks they take when scenarios and repetitions are drawn anew
 * (Hall & Miller, Annals of Statistics 37, 2009, on what such intervals can and cannot say near ties). Listed by rank, then in the
 * order given. Scores closer than `tie` are equal.
 */
export const ranking = (
  b: Bootstrap,
  { confidence = 0.95, tie = 1e-12 }: { readonly confidence?: number; readonly tie?: number } = {},
): Ranking => {
  const width = b.columns.length;
  const shares = b.columns.map(() => new Float64Array(width));
  for (let i = 0; i < b.resamples; i++) {
    const ranks = ranksOf(b.replicates.subarray(i * width, (i + 1) * width), tie);
    for (let c = 0; c < width; c++) shares[c][ranks[c] - 1] += 1 / b.resamples;
  }
  const ranks = ranksOf(b.estimates, tie);
  const tail = (1 - confidence) / 2;
  const ranked = b.columns.map((name, c) => ({
    name,
    score: b.estimates[c],
    rank: ranks[c],
    low: Math.min(ranks[c], rankAt(shares[c], tail)),
    high: Math.max(ranks[c], rankAt(shares[c], 1 - tail)),
    share: shares[c],
  }));
  const ties = new Set(ranks).size < width;
  return {
    confidence,
    // stable: ties keep the order given
    ranked: ranked.sort((x, y) => x.rank - y.rank),
    method: `bootstrap distribution of ranks, ${b.resamples} resamples`,
    completeness: 'estimate',
    warnings: [...b.warnings, ...(ties ? ['equal scores share a rank'] : [])],
  };
};

/** Competition ranks, 1 for the highest. */
export const ranksOf = (scores: ArrayLike<number>, tie = 0): number[] =>
  Array.from(scores, (score) => {
    let rank = 1;
    for (let i = 0; i < scores.length; i++) if (scores[i] > score + tie) rank++;
    return rank;
  });

const rankAt = (share: Float64Array, p: number): number => {
  let reached = 0;
  for (let r = 0; r < share.length; r++) {
    reached += share[r];
    if (reached > p + 1e-9 || (reached >= p - 1e-9 && p > 0.5)) return r + 1;
  }
  return share.length;
};
