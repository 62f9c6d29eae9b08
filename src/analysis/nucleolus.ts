import { type CoalitionGame, excess, grandCoalition, indicator, properCoalitions } from './coalition_game.ts';
import { type Constraint, solveLinearProgram } from './linear_program.ts';
import {
  compare,
  equal,
  MINUS_ONE,
  negate,
  ONE,
  type Rational,
  subtract,
  toNumber,
  total,
  ZERO,
} from './rational_number.ts';
import type { Found } from './utility_space.ts';

export interface Nucleolus extends Found {
  readonly exact: readonly Rational[];
  readonly shares: readonly number[];
  /** Whether Kohlberg's balancedness criterion confirms the answer. */
  readonly verified: boolean;
}

/** No division gives every player its own worth: v(N) < sum of v(i), so there is no nucleolus (the prenucleolus exists). */
export class NoImputation extends Error {}

/**
 * Nucleolus: the imputation that makes the largest complaint as small as possible, then the second largest, and so on
 * (Schmeidler 1969, SIAM J. Appl. Math. 17). Lexicographic linear programs in exact fractions (Maschler, Peleg and Shapley
 * 1979): minimise the largest excess of the coalitions not yet settled, settle those whose excess cannot be lower, repeat;
 * checked by Kohlberg's criterion (1971, SIAM J. Appl. Math. 20). Fit for up to five players or so.
 * @throws NoImputation
 */
export function nucleolus(game: CoalitionGame): Nucleolus {
  const singles = total(Array.from({ length: game.players }, (_, i) => game.worth[1 << i]));
  if (compare(singles, game.worth[grandCoalition(game)]) > 0) {
    throw new NoImputation('the players are worth more alone than together: no imputation, no nucleolus');
  }
  return lexicographic(game, true);
}

/** Prenucleolus: the same over all divisions of v(N), individually rational or not. */
export function prenucleolus(game: CoalitionGame): Nucleolus {
  return lexicographic(game, false);
}

function lexicographic(game: CoalitionGame, imputations: boolean): Nucleolus {
  const { players: n, worth } = game;
  const all = grandCoalition(game);
  const settled = new Map<number, Rational>();
  let open = properCoalitions(game);
  let x: readonly Rational[] = n === 1 ? [worth[all]] : [];
  while (open.length > 0) {
    const level = leastLargestExcess(game, imputations, settled, open);
    x = level.x;
    const tight = open.filter((s) => compare(excess(game, x, s), level.epsilon) === 0);
    const fixed = tight.filter((s) =>
      equal(leastExcess(game, imputations, settled, open, level.epsilon, s), level.epsilon),
    );
    if (fixed.length === 0) throw new Error('no coalition settled: the linear program is wrong');
    for (const s of fixed) settled.set(s, level.epsilon);
    open = open.filter((s) => !settled.has(s));
  }
  return {
    exact: x,
    shares: x.map(toNumber),
    verified: kohlbergConfirms(game, x, imputations),
    method: `${imputations ? 'nucleolus' : 'prenucleolus'}: lexicographic linear programs in exact fractions`,
    ties: 0,
    warnings: [],
    completeness: 'exact',
  };
}

type Settled = ReadonlyMap<number, Rational>;

/** Constraints on (x, epsilon) common to a round: efficiency, individual rationality, what earlier rounds settled. */
function common(game: CoalitionGame, imputations: boolean, settled: Settled): Constraint[] {
  const { players: n, worth } = game;
  const all = grandCoalition(game);
  const rows: Constraint[] = [{ coefficients: [...indicator(n, all), ZERO], relation: '=', bound: worth[all] }];
  if (imputations) {
    for (let i = 0; i < n; i++) {
      rows.push({ coefficients: [...indicator(n, 1 << i), ZERO], relation: '>=', bound: worth[1 << i] });
    }
  }
  for (const [s, e] of settled) {
    rows.push({ coefficients: [...indicator(n, s), ZERO], relation: '=', bound: subtract(worth[s], e) });
  }
  return rows;
}

function leastLargestExcess(game: CoalitionGame, imputations: boolean, settled: Settled, open: readonly number[]) {
  const { players: n, worth } = game;
  const found = solveLinearProgram({
    maximise: [...Array<Rational>(n).fill(ZERO), MINUS_ONE],
    free: Array.from({ length: n + 1 }, (_, i) => i),
    constraints: [
      ...common(game, imputations, settled),
      ...open.map((s): Constraint => ({ coefficients: [...indicator(n, s), ONE], relation: '>=', bound: worth[s] })),
    ],
  });
  if (found.status !== 'optimal') throw new Error(`a nucleolus program is ${found.status}`);
  return { epsilon: negate(found.value), x: found.solution.slice(0, n) };
}

/** The smallest excess coalition s can have while nobody open exceeds epsilon. */
function leastExcess(
  game: CoalitionGame,
  imputations: boolean,
  settled: Settled,
  open: readonly number[],
  epsilon: Rational,
  s: number,
): Rational {
  const { players: n, worth } = game;
  const found = solveLinearProgram({
    maximise: [...indicator(n, s), ZERO],
    free: Array.from({ length: n }, (_, i) => i),
    constraints: [
      ...common(game, imputations, settled),
      ...open.map((c): Constraint => {
        return { coefficients: [...indicator(n, c), ZERO], relation: '>=', bound: subtract(worth[c], epsilon) };
      }),
    ],
  });
  if (found.status !== 'optimal') throw new Error(`a nucleolus program is ${found.status}`);
  return subtract(worth[s], found.value);
}

/**
 * Kohlberg's criterion: x is the nucleolus when, for every level e, the coalitions with excess >= e (together with the
 * players held at their own worth, for imputations) are balanced: positive weights on the former, non-negative on the
 * latter, add up to 1 for every player.
 */
export function kohlbergConfirms(game: CoalitionGame, x: readonly Rational[], imputations: boolean): boolean {
  const { players: n } = game;
  const proper = properCoalitions(game);
  const excesses = proper.map((s) => excess(game, x, s));
  const atWorth = imputations
    ? Array.from({ length: n }, (_, i) => 1 << i).filter((s) => equal(excess(game, x, s), ZERO))
    : [];
  return excesses.every((level) => {
    const loud = proper.filter((_, k) => compare(excesses[k], level) >= 0);
    const collection = [...loud, ...atWorth.filter((s) => !loud.includes(s))];
    return loud.every((_, target) => {
      const best = solveLinearProgram({
        maximise: collection.map((_, k) => (k === target ? ONE : ZERO)),
        constraints: Array.from({ length: n }, (_, i) => ({
          coefficients: collection.map((s) => ((s & (1 << i)) !== 0 ? ONE : ZERO)),
          relation: '=' as const,
          bound: ONE,
        })),
      });
      return best.status === 'optimal' && compare(best.value, ZERO) > 0;
    });
  });
}
