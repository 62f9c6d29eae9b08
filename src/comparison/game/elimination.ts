import type { Finding } from '../statistics/finding.ts';

/** Mean of every row, with or without the diagonal (a strategy against itself). */
export const rowMeans = (payoff: readonly (readonly number[])[], selfPlay = true): number[] =>
  payoff.map((row, i) => {
    const kept = row.filter((_, j) => selfPlay || j !== i);
    return kept.reduce((a, b) => a + b, 0) / kept.length;
  });

export type Elimination = Finding & {
  /** Strategies in the order of leaving; the last is the winner. */
  readonly order: readonly number[];
  /** The row mean with which each of them left. */
  readonly scores: readonly number[];
};

/**
 * Sequential elimination of a tournament's symmetric payoff matrix (row strategy against column strategy): the strategy with the lowest
 * row mean against those that remain, itself included, leaves each round. Among equals the one listed last leaves.
 */
export const sequentialElimination = (payoff: readonly (readonly number[])[]): Elimination => {
  let left = payoff.map((_, i) => i);
  const order: number[] = [];
  const scores: number[] = [];
  let ties = 0;
  while (left.length > 0) {
    const means = rowMeans(left.map((i) => left.map((j) => payoff[i][j])));
    const lowest = Math.min(...means);
    const slack = 1e-12 * Math.max(1, Math.abs(lowest));
    const worst = means.flatMap((x, k) => (x <= lowest + slack ? [k] : []));
    if (worst.length > 1) ties++;
    const out = worst[worst.length - 1];
    order.push(left[out]);
    scores.push(means[out]);
    left = left.filter((_, k) => k !== out);
  }
  return {
    order,
    scores,
    method: 'sequential elimination by row mean, self-play included',
    completeness: 'exact',
    warnings: ties > 0 ? [`${ties} rounds were tied: the strategy listed last left`] : [],
  };
};

/**
 * The empirical-game equilibrium of tournaments: among the symmetric pure equilibria (no strategy earns more against s than s itself does)
 * those with the highest payoff to s. Empty when there is none; several when tied.
 */
export const bestSymmetricEquilibrium = (
  payoff: readonly (readonly number[])[],
  epsilon = 0,
): Finding & { readonly strategies: readonly number[] } => {
  const equilibria = payoff.flatMap((row, s) => (payoff.every((other) => other[s] <= row[s] + epsilon) ? [s] : []));
  const best = Math.max(...equilibria.map((s) => payoff[s][s]));
  const strategies = equilibria.filter((s) => payoff[s][s] === best);
  return {
    strategies,
    method: `pure symmetric equilibria with the best diagonal, epsilon ${epsilon}`,
    completeness: 'exact',
    warnings: equilibria.length === 0 ? ['there is no pure symmetric equilibrium'] : [],
  };
};
