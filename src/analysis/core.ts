import { type CoalitionGame, excess, grandCoalition, indicator, properCoalitions } from './coalition_game.ts';
import { solveLinearProgram } from './linear_program.ts';
import {
  compare,
  divide,
  equal,
  MINUS_ONE,
  multiply,
  negate,
  ONE,
  type Rational,
  signOf,
  subtract,
  toNumber,
  ZERO,
} from './rational_number.ts';
import type { Found } from './utility_space.ts';

export interface Core extends Found {
  /** Whether no division of v(N) satisfies every coalition. */
  readonly empty: boolean;
  /** Least epsilon with a division where no coalition complains by more: negative or 0 = the core is not empty. */
  readonly leastExcess: Rational;
  /** A division that achieves it. */
  readonly member: readonly Rational[];
  /** Corners of the core, for three players (undefined for other numbers). */
  readonly vertices: readonly (readonly Rational[])[] | undefined;
}

/**
 * The core: divisions x of v(N) with x(S) >= v(S) for every coalition (Gillies 1959), decided exactly by the least core's
 * linear program (Maschler, Peleg and Shapley 1979): minimise epsilon subject to x(S) + epsilon >= v(S).
 */
export function core(game: CoalitionGame): Core {
  const { players: n, worth } = game;
  const all = grandCoalition(game);
  const found = solveLinearProgram({
    maximise: [...Array<Rational>(n).fill(ZERO), MINUS_ONE],
    free: Array.from({ length: n + 1 }, (_, i) => i),
    constraints: [
      { coefficients: [...indicator(n, all), ZERO], relation: '=', bound: worth[all] },
      ...properCoalitions(game).map((s) => ({
        coefficients: [...indicator(n, s), ONE],
        relation: '>=' as const,
        bound: worth[s],
      })),
    ],
  });
  const single = n === 1;
  if (!single && found.status !== 'optimal') throw new Error(`the least core's program is ${found.status}`);
  const leastExcess = single || found.status !== 'optimal' ? ZERO : negate(found.value);
  const member = single || found.status !== 'optimal' ? [worth[all]] : found.solution.slice(0, n);
  const empty = signOf(leastExcess) > 0;
  return {
    empty,
    leastExcess,
    member,
    vertices: n === 3 ? (empty ? [] : corners(game)) : undefined,
    method: 'least core by exact simplex; corners by intersecting pairs of coalition constraints',
    ties: 0,
    warnings: empty ? [`the core is empty: some coalition can always complain by ${toNumber(leastExcess)}`] : [],
    completeness: 'exact',
  };
}

/** Corners for three players: in the plane x1 + x2 + x3 = v(N), every coalition is a half-plane. */
function corners(game: CoalitionGame): Rational[][] {
  const proper = properCoalitions(game);
  const all = game.worth[grandCoalition(game)];
  // Coordinates (x1, x2), with x3 = v(N) - x1 - x2: a x1 + b x2 >= c.
  const lines = proper.map((s) => {
    const [a, b, c] = indicator(3, s);
    return { a: subtract(a, c), b: subtract(b, c), c: subtract(game.worth[s], multiply(c, all)) };
  });
  const found: Rational[][] = [];
  for (let p = 0; p < lines.length; p++) {
    for (let q = p + 1; q < lines.length; q++) {
      const [l, m] = [lines[p], lines[q]];
      const determinant = subtract(multiply(l.a, m.b), multiply(m.a, l.b));
      if (signOf(determinant) === 0) continue;
      const x1 = divide(subtract(multiply(l.c, m.b), multiply(m.c, l.b)), determinant);
      const x2 = divide(subtract(multiply(l.a, m.c), multiply(m.a, l.c)), determinant);
      const x = [x1, x2, subtract(subtract(all, x1), x2)];
      if (proper.some((s) => signOf(excess(game, x, s)) > 0)) continue;
      if (!found.some((y) => y.every((coordinate, i) => equal(coordinate, x[i])))) found.push(x);
    }
  }
  return found.sort((x, y) => compare(x[0], y[0]) || compare(x[1], y[1]));
}
