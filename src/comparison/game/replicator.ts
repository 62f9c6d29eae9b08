import { exp, log } from '../../domain/arith.ts';
import type { Finding } from '../statistics/finding.ts';
import type { Game, Mixture } from './game.ts';
import { deviationPayoffs } from './regret.ts';

/** What each strategy of each population earns when the populations are mixed so. */
export type Fitness = (mixture: Mixture) => ArrayLike<number>[];

/** One population per player of a game. */
export const fitnessOf =
  (game: Game): Fitness =>
  (mixture) =>
    deviationPayoffs(game, mixture);

/** One population playing a symmetric two-player game against itself. */
export const fitnessWithin =
  (payoff: readonly (readonly number[])[]): Fitness =>
  ([x]) => [payoff.map((row) => row.reduce((total, u, s) => total + u * x[s], 0))];

/** dx/dt = x (fitness - mean fitness) of every strategy (P. D. Taylor & L. B. Jonker, Mathematical Biosciences 40, 1978). */
export const replicatorDerivative = (fitness: Fitness, mixture: Mixture): number[][] => {
  const f = fitness(mixture);
  return mixture.map((x, i) => {
    const average = x.reduce((total, share, s) => total + share * f[i][s], 0);
    return x.map((share, s) => share * (f[i][s] - average));
  });
};

export type Trajectory = Finding & { readonly times: readonly number[]; readonly mixtures: readonly Mixture[] };

/**
 * Replicator dynamics from a mixture, reported at given times (ascending, the first at the start). Integrates the logarithms of the
 * shares, whose differences move by differences of fitness, and takes their softmax: shares stay positive and sum to one by
 * construction. Dormand-Prince 5(4) steps (J. Comput. Appl. Math. 6, 1980) with the error of log-shares below `tolerance` a step.
 *
 * A strategy that starts at zero stays there: a pure start never moves, even out of a bad profile.
 */
export const replicator = (
  fitness: Fitness,
  start: Mixture,
  times: readonly number[],
  { tolerance = 1e-10, maxSteps = 200_000 }: { readonly tolerance?: number; readonly maxSteps?: number } = {},
): Trajectory => {
  const shape = start.map((x) => x.length);
  let state: Float64Array = Float64Array.from(start.flat(), (x) => (x > 0 ? log(x) : -Infinity));
  const slope = (logs: Float64Array): Float64Array => {
    const out = new Float64Array(logs.length);
    const shares = softmax(logs, shape);
    let at = 0;
    // Only differences matter; measuring from the mean keeps the logarithms of survivors near zero, and has no kink where the fittest changes.
    for (const [i, row] of fitness(shares).entries()) {
      let average = 0;
      for (let s = 0; s < row.length; s++) average += shares[i][s] * row[s];
      for (let s = 0; s < row.length; s++) out[at++] = row[s] - average;
    }
    return out;
  };
  const mixtures: Mixture[] = [];
  let t = times[0] ?? 0;
  let h = 0.01;
  let steps = 0;
  for (const time of times) {
    while (t < time && steps < maxSteps) {
      const step = Math.min(h, time - t);
      const { next, error } = dormandPrince(slope, state, step);
      steps++;
      if (error <= tolerance || step < 1e-12) {
        state = next;
        t = time - t <= step ? time : t + step;
      }
      const ratio = Math.sqrt(Math.sqrt(tolerance / Math.max(error, 1e-300)));
      // A last short step to a reporting time must not shorten the ones after it.
      if (error > tolerance || step === h) h = step * Math.min(4, Math.max(0.2, 0.9 * ratio));
    }
    mixtures.push(softmax(state, shape));
  }
  const pure = start.some((x) => x.some((share) => share === 0));
  return {
    times,
    mixtures,
    method: `replicator dynamics in log shares, Dormand-Prince 5(4), tolerance ${tolerance}`,
    completeness: 'exact',
    warnings: [
      ...(pure ? ['a strategy that starts at zero stays there'] : []),
      ...(t < (times[times.length - 1] ?? 0) ? [`stopped at time ${t} after ${maxSteps} steps`] : []),
    ],
  };
};

// ---- helpers

const softmax = (logs: Float64Array, shape: readonly number[]): number[][] => {
  let at = 0;
  return shape.map((size) => {
    const part = logs.subarray(at, at + size);
    at += size;
    const top = Math.max(...part);
    const weights = Array.from(part, (x) => exp(x - top));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  });
};

const STAGES = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

const dormandPrince = (slope: (y: Float64Array) => Float64Array, y: Float64Array, h: number) => {
  const slopes = [slope(y)];
  let next = y;
  for (const stage of STAGES) {
    next = y.map((value, q) => value + h * stage.reduce((total, a, k) => total + a * slopes[k][q], 0));
    slopes.push(slope(next));
  }
  let error = 0;
  for (let q = 0; q < y.length; q++) {
    if (y[q] === -Infinity) continue;
    error = Math.max(error, Math.abs(h * ERROR.reduce((total, e, k) => total + e * slopes[k][q], 0)));
  }
  return { next, error };
};
