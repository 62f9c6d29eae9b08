import type { Frontier, FrontierPoint } from './pareto.ts';
import { paretoFrontier, pointOutcomes } from './pareto.ts';
import { rationalSet } from './rational.ts';
import type { Found, UtilitySpace } from './utility_space.ts';

/** Scores this close to the best are ties: rounding must not choose between equally good outcomes. */
export const TIE_TOLERANCE = 1e-12;

/** A bargaining solution as the set of its maximisers. */
export interface Solution extends Found {
  /** Every maximising outcome, ascending. */
  readonly outcomes: readonly number[];
  /** Their distinct utility vectors. */
  readonly utilities: readonly (readonly number[])[];
  /** Each distinct vector with all of its outcomes. */
  readonly points: readonly FrontierPoint[];
  /** The optimum of what was maximised (NaN when there is none). */
  readonly value: number;
}

/** The frontier of the individually rational set: where every solution on a finite set is looked for. */
export function rationalFrontier(space: UtilitySpace): Frontier {
  return paretoFrontier(space, rationalSet(space).outcomes);
}

/** Frontier points whose score is within `tolerance` of the largest. */
export function maximisers(score: Float64Array, tolerance: number = TIE_TOLERANCE): { best: number; points: number[] } {
  let best = Number.NEGATIVE_INFINITY;
  for (const s of score) if (s > best) best = s;
  const points: number[] = [];
  for (let p = 0; p < score.length; p++) if (best - score[p] <= tolerance) points.push(p);
  return { best, points };
}

/**
 * Leximin: among the points, those whose ascending score vector is lexicographically largest, coordinates closer than
 * the tolerance counting as equal.
 * @param scores per seat, per point
 */
export function leximin(scores: readonly Float64Array[], among: readonly number[]): number[] {
  let left = among.map((p) => ({ p, sorted: scores.map((s) => s[p]).sort((a, b) => a - b) }));
  for (let rank = 0; rank < scores.length && left.length > 1; rank++) {
    const best = left.reduce((most, { sorted }) => Math.max(most, sorted[rank]), Number.NEGATIVE_INFINITY);
    left = left.filter(({ sorted }) => best - sorted[rank] <= TIE_TOLERANCE);
  }
  return left.map(({ p }) => p);
}

/** A solution from the frontier points that achieve it. */
export function solutionAt(
  frontier: Frontier,
  points: readonly number[],
  value: number,
  method: string,
  warnings: readonly string[],
): Solution {
  const found = points
    .map((p) => ({ outcomes: pointOutcomes(frontier, p), utilities: frontier.utilities.map((u) => u[p]) }))
    .sort((a, b) => a.outcomes[0] - b.outcomes[0]);
  return {
    outcomes: Array.from(Int32Array.from(found.flatMap((point) => point.outcomes)).sort()),
    utilities: found.map((point) => point.utilities),
    points: found,
    value,
    method,
    ties: Math.max(0, found.length - 1),
    warnings: found.length === 0 ? [...warnings, 'no individually rational outcome: no solution'] : warnings,
    completeness: `exhaustive over the individually rational frontier, ties within ${TIE_TOLERANCE}`,
  };
}

/** u_i - d_i per seat, per frontier point. */
export function gainsOver(frontier: Frontier, d: readonly number[]): Float64Array[] {
  return frontier.utilities.map((u, i) => u.map((x) => x - d[i]));
}
