import type { Bootstrap } from './bootstrap.ts';
import type { Finding } from './finding.ts';

export type Ranked = {
  readonly name: string;
  readonly score: number;
  /** 1 is best; equal scores share the better rank (1, 2, 2, 4). */
  readonly rank: number;
  /** `share[r - 1]`: the share of resamples in which it came r-th. */
  readonly share: Float64Array;
};

export type Ranking = Finding & { readonly ranked: readonly Ranked[] };

/** Scores closer than this are equal: far above rounding, far below what a utility or an amount of money means. */
export const TIE = 1e-9;

/**
 * Ranking of a bootstrap's columns, highest mean first, with the ranks they take when scenarios and repetitions are drawn anew
 * (Hall & Miller, Annals of Statistics 37, 2009, on what such intervals can and cannot say near ties). Listed by rank, then in the
 * order given. These shares describe; which ranks chance leaves open is told by tests (`rankRange`).
 */
export const ranking = (b: Bootstrap, { tie = TIE }: { readonly tie?: number } = {}): Ranking => {
  const width = b.columns.length;
  const shares = b.columns.map(() => new Float64Array(width));
  for (let i = 0; i < b.resamples; i++) {
    const ranks = ranksOf(b.replicates.subarray(i * width, (i + 1) * width), tie);
    for (let c = 0; c < width; c++) shares[c][ranks[c] - 1] += 1 / b.resamples;
  }
  const ranks = ranksOf(b.estimates, tie);
  const ranked = b.columns.map((name, c) => ({
    name,
    score: b.estimates[c],
    rank: ranks[c],
    share: shares[c],
  }));
  const ties = new Set(ranks).size < width;
  return {
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
