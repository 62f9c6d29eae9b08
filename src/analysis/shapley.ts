import type { CoalitionGame } from './coalition_game.ts';
import { add, multiply, type Rational, rational, subtract, toNumber, ZERO } from './rational_number.ts';
import type { Found } from './utility_space.ts';

export interface ShapleyValue extends Found {
  /** Per seat, exact. */
  readonly exact: readonly Rational[];
  readonly shares: readonly number[];
}

/**
 * Shapley value: each player's average marginal contribution over all orders of arrival (Shapley 1953), summed exactly over
 * all coalitions: sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)). O(n 2^n).
 */
export function shapley(game: CoalitionGame): ShapleyValue {
  const { players: n, worth } = game;
  const factorial = [1n];
  for (let k = 1; k <= n; k++) factorial.push(factorial[k - 1] * BigInt(k));
  const exact = Array.from({ length: n }, (_, i) => {
    const bySize = Array<Rational>(n).fill(ZERO);
    for (let s = 0; s < 1 << n; s++) {
      if ((s & (1 << i)) !== 0) continue;
      let size = 0;
      for (let rest = s; rest > 0; rest &= rest - 1) size++;
      bySize[size] = add(bySize[size], subtract(worth[s | (1 << i)], worth[s]));
    }
    return bySize.reduce((sum, marginal, size) => {
      const weight = rational(factorial[size] * factorial[n - size - 1], factorial[n]);
      return add(sum, multiply(weight, marginal));
    }, ZERO);
  });
  return {
    exact,
    shares: exact.map(toNumber),
    method: 'Shapley value, exact sum over all coalitions',
    ties: 0,
    warnings: [],
    completeness: 'exhaustive',
  };
}
