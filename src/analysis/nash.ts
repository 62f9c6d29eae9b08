import { log } from '../domain/arith.ts';
import { disagreementPoint, nameOfRule, rulesFor, type SolutionOptions } from './modes.ts';
import type { Frontier } from './pareto.ts';
import { gainsOver, maximisers, rationalFrontier, type Solution, solutionAt, TIE_TOLERANCE } from './solution.ts';
import type { UtilitySpace } from './utility_space.ts';

export interface NashOptions extends SolutionOptions {
  /** Bargaining power per seat, >= 0 (default 1 each): maximises the product of gains to these powers. */
  readonly weights?: readonly number[];
  /** The individually rational frontier, when the caller has it already. */
  readonly frontier?: Frontier;
}

/**
 * Nash bargaining solution on a finite set: argmax of the product of gains u_i - d_i over the individually rational
 * frontier (Nash 1950, Econometrica 18:155-162; weighted: Kalai 1977, Int. J. Game Theory 6:129-133).
 *
 * Each gain is first divided by the party's largest gain. That changes no maximiser (the solution is scale invariant),
 * keeps the product in [0, 1] whatever the unit, and makes the tie tolerance relative. `value` is the product of the raw
 * gains, powers included. When no outcome gives everybody a positive gain the product is zero or negative everywhere;
 * textbook mode then maximises the number of parties that gain, and the product of their gains second; NegMAS returns
 * all maximisers of the plain product.
 */
export function nash(space: UtilitySpace, options: NashOptions = {}): Solution {
  const frontier = options.frontier ?? rationalFrontier(space);
  const { disagreement } = rulesFor('nash', options);
  const { d, warnings: said } = disagreementPoint(space, disagreement);
  const warnings = [...said];
  const weights = options.weights ?? space.parties.map(() => 1);
  const weighted = weights.some((w) => w !== 1);
  if (weights.length !== space.parties.length || weights.some((w) => !(w >= 0) || !Number.isFinite(w))) {
    throw new RangeError('Nash weights: one finite number >= 0 per party');
  }
  const method = `${weighted ? `weighted (${weights.join(', ')}) ` : ''}Nash: largest product of gains, ${nameOfRule(disagreement)}`;
  if (frontier.size === 0) return solutionAt(frontier, [], Number.NaN, method, warnings);

  const gains = gainsOver(frontier, d);
  const scale = gains.map((g) => g.reduce((most, x) => Math.max(most, x), 0));
  const seats = weights.flatMap((w, i) => (w > 0 ? [i] : []));
  let candidates = Int32Array.from({ length: frontier.size }, (_, p) => p);
  let counted: readonly number[] = seats;
  let partial = false;
  if (options.mode !== 'negmas') {
    const positive = Int32Array.from(candidates, (p) => seats.reduce((n, i) => n + (gains[i][p] > 0 ? 1 : 0), 0));
    const most = positive.reduce((a, b) => Math.max(a, b), 0);
    candidates = candidates.filter((p) => positive[p] === most);
    if (most < seats.length) {
      warnings.push(`no outcome gives everybody a gain: first the number of parties that gain (${most}) is maximised`);
      counted = seats.filter((i) => scale[i] > 0);
      partial = true;
    }
  }
  const product = (p: number, by: readonly number[] | undefined): number => {
    let value = 1;
    for (const i of counted) {
      const g = gains[i][p];
      if (partial && g <= 0) continue; // the count of gaining parties is settled; those that gain nothing drop out
      value *= by !== undefined && by[i] > 0 ? g / by[i] : g;
    }
    return value;
  };
  const score = Float64Array.from(candidates, (p) => product(p, scale));
  let { best, points } = maximisers(score, relative(score));
  if (weighted || (best >= 0 && best < 1e-290)) {
    const logs = Float64Array.from(candidates, (p) => logProduct(p, counted, gains, scale, weights, partial));
    ({ best, points } = maximisers(logs));
    if (best === Number.NEGATIVE_INFINITY) points = Array.from(candidates, (_, k) => k);
  }
  const chosen = points.map((k) => candidates[k]);
  const value = weighted ? best : product(chosen[0], undefined);
  return solutionAt(
    frontier,
    chosen,
    value,
    weighted ? `${method}; value is the log of the scaled product` : method,
    warnings,
  );
}

function relative(score: Float64Array): number {
  const best = score.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  return Math.min(1, best) * TIE_TOLERANCE;
}

function logProduct(
  p: number,
  seats: readonly number[],
  gains: readonly Float64Array[],
  scale: readonly number[],
  weights: readonly number[],
  skipLosers: boolean,
): number {
  let total = 0;
  for (const i of seats) {
    if (scale[i] <= 0) continue;
    const g = gains[i][p];
    if (g <= 0 && skipLosers) continue;
    if (g <= 0) return Number.NEGATIVE_INFINITY;
    total += weights[i] * log(g / scale[i]);
  }
  return total;
}
