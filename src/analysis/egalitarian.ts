import { disagreementPoint, nameOfRule, rulesFor, type SolutionOptions } from './modes.ts';
import type { Frontier } from './pareto.ts';
import { gainsOver, leximin, maximisers, rationalFrontier, type Solution, solutionAt } from './solution.ts';
import type { UtilitySpace } from './utility_space.ts';

export interface EgalitarianOptions extends SolutionOptions {
  readonly frontier?: Frontier;
}

export interface EgalitarianSolution extends Solution {
  /** Ties of the smallest gain broken by the second smallest, and so on (Imai 1983). */
  readonly leximin: Solution;
}

const COMPARABLE = 'compares gains across parties: meaningful only if their units are comparable';

/**
 * Egalitarian solution: largest smallest gain u_i - d_i (Kalai 1977, Econometrica 45:1623-1630; NegMAS's "Kalai" point),
 * as the set of maximin points of the frontier, and its leximin refinement. Adds a claim that theory does not supply: that one
 * party's unit of gain weighs as much as another's.
 */
export function egalitarian(space: UtilitySpace, options: EgalitarianOptions = {}): EgalitarianSolution {
  const frontier = options.frontier ?? rationalFrontier(space);
  const { disagreement } = rulesFor('egalitarian', options);
  const { d, warnings: said } = disagreementPoint(space, disagreement);
  const warnings = [...said, COMPARABLE];
  const gains = gainsOver(frontier, d);
  const least = Float64Array.from({ length: frontier.size }, (_, p) =>
    gains.reduce((a, g) => Math.min(a, g[p]), Infinity),
  );
  const { best, points } = maximisers(least);
  const value = frontier.size === 0 ? Number.NaN : best;
  const method = `egalitarian: largest smallest gain, ${nameOfRule(disagreement)}`;
  return {
    ...solutionAt(frontier, points, value, method, warnings),
    leximin: solutionAt(frontier, leximin(gains, points), value, `${method}; leximin`, warnings),
  };
}
