import { solveLinearProgram } from './linear_program.ts';
import { disagreementPoint } from './modes.ts';
import { paretoFrontier } from './pareto.ts';
import { exactly, negate, ONE, type Rational, toNumber, ZERO } from './rational_number.ts';
import type { Found, UtilitySpace } from './utility_space.ts';

/**
 * Bargaining where lotteries over outcomes are allowed: the set is the convex hull of the utility vectors, and every
 * party may throw utility away (comprehensive hull). Expected utilities only; the finite solution stays the main answer.
 */
export interface HullSolution extends Found {
  /** Expected utility per seat; empty when there is no solution. */
  readonly utilities: readonly number[];
  /** A lottery that reaches it: outcomes with positive probabilities. */
  readonly lottery: readonly { readonly outcome: number; readonly probability: number }[];
  /** What was maximised, at the solution. */
  readonly value: number;
  /** Proven bound on how far `value` is from the optimum. */
  readonly gap: number;
}

/** The hull's corner candidates: frontier points of all allowed outcomes, as columns. A lottery may mix irrational ones. */
export interface HullPoints {
  readonly size: number;
  readonly coordinates: readonly Float64Array[];
  readonly outcomes: Int32Array;
}

export function hullPoints(space: UtilitySpace): HullPoints {
  const frontier = paretoFrontier(space);
  return { size: frontier.size, coordinates: frontier.utilities, outcomes: frontier.representatives };
}

/** Largest weighted sum over the points, and where. */
export function bestPoint(points: HullPoints, weights: readonly number[]): { at: number; value: number } {
  let at = -1;
  let value = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < points.size; k++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * points.coordinates[i][k];
    if (sum > value) [at, value] = [k, sum];
  }
  return { at, value };
}

export interface RayResult {
  readonly t: number;
  readonly gap: number;
  /** Points with positive probability. */
  readonly lottery: readonly { readonly at: number; readonly probability: number }[];
}

/**
 * Largest t with d + t * direction inside the comprehensive hull; directions >= 0, a zero direction means that the party must
 * only not fall below d. Solved over a few corners at a time, each program in exact fractions; the dual prices of the
 * parties then name the corner that could help most, until none helps by more than 1e-13. Where a direction is zero the few
 * corners must already hold a lottery that leaves everybody at d: `seeds` supplies it.
 */
export function farthestOnRay(
  points: HullPoints,
  d: readonly number[],
  direction: readonly number[],
  seeds: RayResult['lottery'] = [],
): RayResult | undefined {
  const n = d.length;
  const working = new Set<number>(seeds.map(({ at }) => at));
  for (let i = 0; i < n; i++) working.add(bestPoint(points, unit(n, i)).at);
  working.add(bestPoint(points, Array<number>(n).fill(1)).at);
  for (;;) {
    const corners = [...working];
    const prices = dualPrices(points, corners, d, direction);
    if (prices === undefined) return undefined;
    const { at, value } = bestPoint(points, prices.weights);
    const base = prices.weights.reduce((sum, w, i) => sum + w * d[i], 0);
    const gap = value - base - prices.t;
    if (gap > 1e-13 * Math.max(1, Math.abs(prices.t)) && !working.has(at)) {
      working.add(at);
      continue;
    }
    return primal(points, corners, d, direction, Math.max(0, gap));
  }
}

/** min over prices p >= 0 with p . direction = 1 of the most expensive corner's p . (u - d). */
function dualPrices(
  points: HullPoints,
  corners: readonly number[],
  d: readonly number[],
  direction: readonly number[],
) {
  const n = d.length;
  const found = solveLinearProgram({
    maximise: [...Array<Rational>(n).fill(ZERO), negate(ONE)],
    free: [n],
    constraints: [
      { coefficients: [...direction.map(exactly), ZERO], relation: '=', bound: ONE },
      ...corners.map((k) => ({
        coefficients: [...d.map((x, i) => exactly(points.coordinates[i][k] - x)), negate(ONE)],
        relation: '<=' as const,
        bound: ZERO,
      })),
    ],
  });
  if (found.status !== 'optimal') return undefined;
  return { weights: found.solution.slice(0, n).map(toNumber), t: -toNumber(found.value) };
}

function primal(
  points: HullPoints,
  corners: readonly number[],
  d: readonly number[],
  direction: readonly number[],
  gap: number,
): RayResult | undefined {
  const m = corners.length;
  const found = solveLinearProgram({
    maximise: [...Array<Rational>(m).fill(ZERO), ONE],
    free: [m],
    constraints: [
      { coefficients: [...Array<Rational>(m).fill(ONE), ZERO], relation: '=', bound: ONE },
      ...d.map((x, i) => ({
        coefficients: [...corners.map((k) => exactly(points.coordinates[i][k] - x)), negate(exactly(direction[i]))],
        relation: '>=' as const,
        bound: ZERO,
      })),
    ],
  });
  if (found.status !== 'optimal') return undefined;
  const lottery = corners.flatMap((at, k) => {
    const probability = toNumber(found.solution[k]);
    return probability > 0 ? [{ at, probability }] : [];
  });
  return { t: toNumber(found.value), gap, lottery };
}

const unit = (n: number, i: number): number[] => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0));

const LOTTERIES = 'assumes that lotteries over outcomes are possible and valued at expected utility';

/** Egalitarian solution on the hull: the largest equal gain, d + t (1, ..., 1), and what the corners give beyond it is free. */
export function hullEgalitarian(space: UtilitySpace): HullSolution {
  const { d, warnings } = disagreementPoint(space, 'reservation');
  const points = hullPoints(space);
  const ray =
    points.size > 0
      ? farthestOnRay(
          points,
          d,
          d.map(() => 1),
        )
      : undefined;
  return onRay(
    points,
    d,
    d.map(() => 1),
    ray,
    'egalitarian on the comprehensive hull: largest equal gain',
    warnings,
  );
}

/**
 * Kalai-Smorodinsky on the hull: the last point of the comprehensive hull on the line from d to the ideal point a, a_i being the
 * largest expected utility that leaves nobody else below d (Kalai and Smorodinsky 1975).
 */
export function hullKalaiSmorodinsky(space: UtilitySpace): HullSolution {
  const { d, warnings: said } = disagreementPoint(space, 'reservation');
  const warnings = [...said];
  const points = hullPoints(space);
  const method = 'Kalai-Smorodinsky on the comprehensive hull: farthest point on the line from d to the ideal';
  const equal =
    points.size > 0
      ? farthestOnRay(
          points,
          d,
          d.map(() => 1),
        )
      : undefined;
  if (equal === undefined || equal.t < 0) return onRay(points, d, d, undefined, method, warnings);
  const ideals = d.map((_, i) => farthestOnRay(points, d, unit(d.length, i), equal.lottery));
  if (ideals.some((ideal) => ideal === undefined)) {
    return onRay(points, d, d, undefined, method, warnings);
  }
  const direction = ideals.map((ideal, i) => {
    if (ideal!.t === 0) warnings.push(`${space.parties[i]} can gain nothing (ideal = disagreement): left out`);
    return ideal!.t;
  });
  if (direction.every((x) => x === 0))
    return onRay(
      points,
      d,
      d.map(() => 0),
      ideals[0],
      method,
      warnings,
    );
  return onRay(points, d, direction, farthestOnRay(points, d, direction, equal.lottery), method, warnings);
}

/** Utilitarian solution on the hull: a corner, as the best sum always has one. Ties are counted, the first is given. */
export function hullUtilitarian(space: UtilitySpace): HullSolution {
  const { d, warnings } = disagreementPoint(space, 'reservation');
  const points = hullPoints(space);
  const method = 'utilitarian on the comprehensive hull: a corner with the largest sum';
  if (points.size === 0) return onRay(points, d, d, undefined, method, warnings);
  const { at, value } = bestPoint(
    points,
    d.map(() => 1),
  );
  const utilities = points.coordinates.map((u) => u[at]);
  const sums = Array.from({ length: points.size }, (_, k) => points.coordinates.reduce((s, u) => s + u[k], 0));
  const below = utilities.some((u, i) => u < d[i]) ? ['it leaves a party below its reservation value'] : [];
  return {
    utilities,
    lottery: [{ outcome: points.outcomes[at], probability: 1 }],
    value,
    gap: 0,
    method,
    ties: sums.filter((s) => value - s <= 1e-12).length - 1,
    warnings: [...warnings, ...below, LOTTERIES],
    completeness: 'exhaustive over the frontier',
  };
}

function onRay(
  points: HullPoints,
  d: readonly number[],
  direction: readonly number[],
  ray: RayResult | undefined,
  method: string,
  warnings: readonly string[],
): HullSolution {
  const none = ray === undefined || ray.t < 0;
  return {
    utilities: none ? [] : d.map((x, i) => x + ray.t * direction[i]),
    lottery: none ? [] : ray.lottery.map(({ at, probability }) => ({ outcome: points.outcomes[at], probability })),
    value: none ? Number.NaN : ray.t,
    gap: none ? Number.NaN : ray.gap,
    method,
    ties: 0,
    warnings: none ? [...warnings, 'no lottery leaves everybody at or above disagreement'] : [...warnings, LOTTERIES],
    completeness: none ? 'exact' : 'exact programs over the corners that matter; gap bounds what rounding left',
  };
}
