import type { Game } from './game.ts';
import { type Rational, rational, tenTo, toIntegers, toNumber } from './rational.ts';

/** An equilibrium of a two-player game in exact fractions; `mixture` and `payoffs` are the same as doubles. */
export type ExactEquilibrium = {
  readonly exact: readonly (readonly Rational[])[];
  readonly exactPayoffs: readonly Rational[];
  readonly mixture: readonly (readonly number[])[];
  readonly payoffs: readonly number[];
};

/**
 * A two-player game in integers. `row[i][j]` and `column[i][j]` are the payoffs scaled by a power of ten and shifted to be at least 1,
 * which changes no equilibrium and makes both best-response polytopes bounded.
 */
export type IntegerGame = {
  readonly row: readonly (readonly bigint[])[];
  readonly column: readonly (readonly bigint[])[];
  /** Turns mixtures, as integer weights, into an equilibrium. */
  readonly equilibrium: (x: readonly bigint[], y: readonly bigint[]) => ExactEquilibrium;
};

export const integerGame = (game: Game): IntegerGame => {
  if (game.players.length !== 2) throw new RangeError(`two players expected, ${game.players.length} given`);
  const [m, n] = game.strategies.map((list) => list.length);
  const tables = [0, 1].map((player) => {
    const { integers, exponent } = toIntegers(game.payoff.filter((_, at) => at % 2 === player));
    const low = integers.reduce((a, b) => (b < a ? b : a));
    return { integers, exponent, shift: 1n - low };
  });
  const shifted = tables.map(({ integers, shift }) =>
    rows(
      integers.map((a) => a + shift),
      m,
      n,
    ),
  );
  return {
    row: shifted[0],
    column: shifted[1],
    equilibrium: (x, y) => {
      const exact = [x, y].map((weights) => {
        const total = weights.reduce((a, b) => a + b, 0n);
        return weights.map((w) => rational(w, total));
      });
      const mass = x.reduce((a, b) => a + b, 0n) * y.reduce((a, b) => a + b, 0n);
      const exactPayoffs = tables.map(({ integers, exponent }) => {
        let total = 0n;
        for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) total += x[i] * y[j] * integers[i * n + j];
        return rational(total, mass * tenTo(-exponent));
      });
      return {
        exact,
        exactPayoffs,
        mixture: exact.map((weights) => weights.map(toNumber)),
        payoffs: exactPayoffs.map(toNumber),
      };
    },
  };
};

const rows = (flat: readonly bigint[], m: number, n: number): bigint[][] =>
  Array.from({ length: m }, (_, i) => flat.slice(i * n, (i + 1) * n));
