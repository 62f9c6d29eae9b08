import { log } from '../domain/arith.ts';
import { bestPoint, farthestOnRay, type HullPoints, type HullSolution, hullPoints } from './hull.ts';
import { disagreementPoint } from './modes.ts';
import type { UtilitySpace } from './utility_space.ts';

export interface HullNashOptions {
  /** Bargaining power per seat, > 0 (default 1 each). */
  readonly weights?: readonly number[];
  /** Stop when the objective is proven to be within this of its optimum. */
  readonly gap?: number;
  readonly iterations?: number;
}

/**
 * Nash bargaining solution on the convex hull: maximises sum w_i log(u_i - d_i) over lotteries by Frank-Wolfe with away
 * steps and exact line search (Guelat and Marcotte 1986, Math. Prog. 35; linear rate: Lacoste-Julien and Jaggi 2015). Each step's
 * duality gap bounds the distance to the optimum, and is returned as the certificate.
 */
export function hullNash(space: UtilitySpace, options: HullNashOptions = {}): HullSolution {
  const { d, warnings } = disagreementPoint(space, 'reservation');
  const weights = options.weights ?? d.map(() => 1);
  if (weights.some((w) => !(w > 0))) throw new RangeError('weights on the hull must be positive');
  const points = hullPoints(space);
  const method = 'Nash on the convex hull: away-step Frank-Wolfe on the sum of log gains';
  const start =
    points.size > 0
      ? farthestOnRay(
          points,
          d,
          d.map(() => 1),
        )
      : undefined;
  if (start === undefined || !(start.t > 0)) {
    const none = 'no lottery gives everybody a gain: the Nash solution on the hull is not defined here';
    return {
      utilities: [],
      lottery: [],
      value: Number.NaN,
      gap: Number.NaN,
      method,
      ties: 0,
      warnings: [...warnings, none],
      completeness: 'exact',
    };
  }
  const lottery = new Map(start.lottery.map(({ at, probability }) => [at, probability]));
  const found = climb(points, d, weights, lottery, options.gap ?? 1e-13, options.iterations ?? 20_000);
  const value = found.gains.reduce((sum, g, i) => sum + weights[i] * log(g), 0);
  const certified = found.gap <= (options.gap ?? 1e-10);
  return {
    utilities: found.gains.map((g, i) => g + d[i]),
    lottery: [...lottery]
      .map(([at, probability]) => ({ outcome: points.outcomes[at], probability }))
      .sort((a, b) => a.outcome - b.outcome),
    value,
    gap: found.gap,
    method: `${method}; value is the weighted sum of logs, ${found.steps} steps`,
    ties: 0,
    warnings: [
      ...warnings,
      'assumes that lotteries over outcomes are possible and valued at expected utility',
      ...(certified ? [] : [`stopped with a duality gap of ${found.gap}`]),
    ],
    completeness: `value within ${found.gap} of the optimum (duality gap)`,
  };
}

/** Improves the lottery in place until the gap is closed, progress stops, or the steps are used up. */
function climb(
  points: HullPoints,
  d: readonly number[],
  weights: readonly number[],
  lottery: Map<number, number>,
  target: number,
  limit: number,
) {
  const n = d.length;
  let gains = gainsOf(points, d, lottery);
  let gap = Number.POSITIVE_INFINITY;
  let steps = 0;
  for (; steps < limit; steps++) {
    const slope = gains.map((g, i) => weights[i] / g);
    const at = gains.reduce((sum, g, i) => sum + slope[i] * (g + d[i]), 0);
    const towards = bestPoint(points, slope);
    gap = Math.max(0, towards.value - at);
    if (gap <= target) break;
    let worst = -1;
    let lowest = Number.POSITIVE_INFINITY;
    for (const k of lottery.keys()) {
      const value = slope.reduce((sum, s, i) => sum + s * points.coordinates[i][k], 0);
      if (value < lowest) [worst, lowest] = [k, value];
    }
    const away = lottery.size > 1 && at - lowest > gap;
    const share = lottery.get(worst) ?? 0;
    const corner = away ? worst : towards.at;
    const sign = away ? -1 : 1;
    const step = Array.from({ length: n }, (_, i) => sign * (points.coordinates[i][corner] - d[i] - gains[i]));
    const length = lineSearch(gains, step, weights, away ? share / (1 - share) : 1);
    if (length === 0) break;
    const scale = 1 - sign * length;
    for (const [k, p] of lottery) lottery.set(k, p * scale);
    lottery.set(corner, (lottery.get(corner) ?? 0) + sign * length);
    for (const [k, p] of lottery) if (p <= 1e-16) lottery.delete(k);
    gains = gainsOf(points, d, lottery);
  }
  return { gains, gap, steps };
}

/** Gains of a lottery, recomputed from its normalised probabilities so that rounding does not pile up. */
function gainsOf(points: HullPoints, d: readonly number[], lottery: Map<number, number>): number[] {
  let mass = 0;
  for (const p of lottery.values()) mass += p;
  for (const [k, p] of lottery) lottery.set(k, p / mass);
  return d.map((x, i) => {
    let gain = 0;
    for (const [k, p] of lottery) gain += p * (points.coordinates[i][k] - x);
    return gain;
  });
}

/** Best step length in [0, limit]: the derivative of the concave objective along the step, bisected to the last bit. */
function lineSearch(
  gains: readonly number[],
  step: readonly number[],
  weights: readonly number[],
  limit: number,
): number {
  const derivative = (x: number) => {
    let sum = 0;
    for (let i = 0; i < gains.length; i++) {
      const gain = gains[i] + x * step[i];
      if (gain <= 0) return Number.NEGATIVE_INFINITY; // beyond the domain of the logarithm
      sum += (weights[i] * step[i]) / gain;
    }
    return sum;
  };
  if (derivative(limit) >= 0) return limit;
  let low = 0;
  let high = limit;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (derivative(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}
