import type { Finding } from '../statistics/finding.ts';
import type { Game } from './game.ts';
import { choose } from './subsets.ts';
import { type ExactEquilibrium, integerGame } from './two_player.ts';

/**
 * Equilibria of a two-player game on supports of equal size, exact: for each pair of supports the indifference equations are solved in
 * integers and checked (Dickhaut & Kaplan 1991; algorithm 3.4 of von Stengel 2007). Finds all equilibria of a nondegenerate game;
 * slower than vertex enumeration beyond 8 x 8 and blind to continua. An independent check on the other solvers.
 */
export const supportEnumeration = (
  game: Game,
  maxSupport = Infinity,
): Finding & { readonly equilibria: readonly ExactEquilibrium[]; readonly degenerate: boolean } => {
  const { row, column, equilibrium } = integerGame(game);
  const [m, n] = game.strategies.map((list) => list.length);
  const transposed = Array.from({ length: n }, (_, j) => column.map((payoffs) => payoffs[j]));
  const equilibria: ExactEquilibrium[] = [];
  let degenerate = false;
  const largest = Math.min(m, n, maxSupport);
  for (let size = 1; size <= largest; size++) {
    for (const rows of choose(m, size)) {
      for (const columns of choose(n, size)) {
        const y = indifferent(row, rows, columns);
        const x = y && indifferent(transposed, columns, rows);
        if (!x || !y) continue;
        const replies = [bestAgainst(row, y), bestAgainst(transposed, x)];
        if (!rows.every((i) => replies[0].has(i)) || !columns.every((j) => replies[1].has(j))) continue;
        if (replies[0].size > size || replies[1].size > size) degenerate = true;
        equilibria.push(equilibrium(x, y));
      }
    }
  }
  const cut = largest < Math.min(m, n);
  return {
    equilibria,
    degenerate,
    method: `enumeration of equal-size supports${cut ? ` of up to ${largest} strategies` : ''}, exact integers`,
    completeness: cut ? 'sample' : 'all, if nondegenerate',
    warnings: degenerate ? ['degenerate game: equilibria are missing here, use vertex enumeration'] : [],
  };
};

/** Positive weights on `columns` that make all of `rows` earn the same; undefined unless there is exactly one such mixture. */
const indifferent = (
  payoff: readonly (readonly bigint[])[],
  rows: readonly number[],
  columns: readonly number[],
): bigint[] | undefined => {
  const k = columns.length;
  const system = rows.map((i) => [...columns.map((j) => payoff[i][j]), -1n, 0n]);
  system.push([...columns.map(() => 1n), 0n, 1n]);
  // Bareiss elimination to a diagonal: every division is exact.
  let previous = 1n;
  for (let c = 0; c <= k; c++) {
    const found = system.findIndex((r, i) => i >= c && r[c] !== 0n);
    if (found < 0) return undefined;
    [system[c], system[found]] = [system[found], system[c]];
    for (let r = 0; r <= k; r++) {
      if (r === c) continue;
      const factor = system[r][c];
      for (let q = 0; q < k + 2; q++) system[r][q] = (system[r][q] * system[c][c] - factor * system[c][q]) / previous;
    }
    previous = system[c][c];
  }
  const sign = previous < 0n ? -1n : 1n;
  const weights = payoff[0].map(() => 0n);
  for (const [c, j] of columns.entries()) {
    weights[j] = system[c][k + 1] * sign;
    if (weights[j] <= 0n) return undefined;
  }
  return weights;
};

const bestAgainst = (payoff: readonly (readonly bigint[])[], weights: readonly bigint[]): Set<number> => {
  const earned = payoff.map((r) => r.reduce((total, a, j) => total + a * weights[j], 0n));
  const best = earned.reduce((a, b) => (b > a ? b : a));
  return new Set(earned.flatMap((e, i) => (e === best ? [i] : [])));
};
