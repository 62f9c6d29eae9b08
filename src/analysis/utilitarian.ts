import { disagreementPoint } from './modes.ts';
import type { Frontier } from './pareto.ts';
import { maximisers, rationalFrontier, type Solution, solutionAt } from './solution.ts';
import { type UtilitySpace, utilityRange } from './utility_space.ts';

export interface UtilitarianOptions {
  readonly frontier?: Frontier;
}

const COMPARABLE = 'adds utilities across parties: meaningful only if their units are comparable';

/** Utilitarian solution, or maximum welfare: largest sum of utilities on the individually rational frontier. */
export function utilitarian(space: UtilitySpace, options: UtilitarianOptions = {}): Solution {
  const frontier = options.frontier ?? rationalFrontier(space);
  return largestSum(frontier, frontier.utilities, 'utilitarian: largest sum of utilities', [COMPARABLE]);
}

/**
 * Relative utilitarian: largest sum of (u_i - d_i) / (max_i - d_i), with d_i the reservation value or the worst outcome where
 * that is higher (NegMAS's "maximum relative welfare"; compare Dhillon and Mertens 1999, Econometrica 67:471-498).
 */
export function relativeUtilitarian(space: UtilitySpace, options: UtilitarianOptions = {}): Solution {
  const frontier = options.frontier ?? rationalFrontier(space);
  const { d, warnings } = disagreementPoint(space, 'attainable');
  const { max } = utilityRange(space);
  const relative = frontier.utilities.map((u, i) => {
    const span = max[i] - d[i];
    return u.map((x) => (span > 0 ? (x - d[i]) / span : 0));
  });
  return largestSum(frontier, relative, 'relative utilitarian: largest sum of (u - d) / (max - d)', warnings);
}

function largestSum(
  frontier: Frontier,
  terms: readonly Float64Array[],
  method: string,
  warnings: readonly string[],
): Solution {
  const sum = new Float64Array(frontier.size);
  for (const term of terms) for (let p = 0; p < sum.length; p++) sum[p] += term[p];
  const { best, points } = maximisers(sum);
  return solutionAt(frontier, points, frontier.size === 0 ? Number.NaN : best, method, warnings);
}
