import { disagreementPoint, nameOfRule, rulesFor, type SolutionOptions } from './modes.ts';
import type { Frontier } from './pareto.ts';
import { rationalSet } from './rational.ts';
import { gainsOver, leximin, maximisers, rationalFrontier, type Solution, solutionAt } from './solution.ts';
import { type UtilitySpace, utilityRange } from './utility_space.ts';

export interface KalaiSmorodinskyOptions extends SolutionOptions {
  readonly frontier?: Frontier;
}

/** Kalai-Smorodinsky with, for three and more parties, the plain maximin set beside the lexicographic one. */
export interface KalaiSmorodinskySolution extends Solution {
  readonly maximin: Solution;
}

/**
 * Kalai-Smorodinsky solution on a finite set.
 * - 'textbook': maximises the smallest ratio (u_i - d_i) / (a_i - d_i), a_i the party's ideal (Kalai and Smorodinsky 1975,
 *   Econometrica 43:513-518); with three and more parties lexicographically (Imai 1983, Econometrica 51:389-401),
 *   because the plain one can be only weakly Pareto there (Roth 1979).
 * - 'negmas': minimises the spread (largest minus smallest) of those ratios on the frontier.
 * - 'genius': minimises the sum over pairs of |u_i - u_j| on raw utilities. GENIUS starts its search at 2, so where no
 *   outcome is below that (three and more parties) it finds nothing; so does this mode, and says so.
 * A party that can gain nothing (a_i = d_i) is left out, with a warning.
 */
export function kalaiSmorodinsky(space: UtilitySpace, options: KalaiSmorodinskyOptions = {}): KalaiSmorodinskySolution {
  const frontier = options.frontier ?? rationalFrontier(space);
  if (options.mode === 'genius') return genius(frontier);
  const rules = rulesFor('kalaiSmorodinsky', options);
  const { d, warnings: said } = disagreementPoint(space, rules.disagreement);
  const warnings = [...said];
  const ideal = utilityRange(space, rules.ideal === 'all' ? space.outcomes : rationalSet(space).outcomes).max;
  const terms = `${nameOfRule(rules.disagreement)}, a = best over ${rules.ideal === 'all' ? 'all allowed' : 'rational'} outcomes`;
  const ratios = gainsOver(frontier, d).flatMap((g, i) => {
    const span = ideal[i] - d[i];
    if (span > 0) return [g.map((x) => x / span)];
    if (frontier.size > 0) warnings.push(`${space.parties[i]} can gain nothing (ideal = disagreement): left out`);
    return [];
  });
  const least = Float64Array.from({ length: frontier.size }, (_, p) => extreme(ratios, p, Math.min, 1));
  if (options.mode === 'negmas') {
    const spread = least.map((low, p) => low - extreme(ratios, p, Math.max, 1));
    const { best, points } = maximisers(spread);
    const method = `Kalai-Smorodinsky as NegMAS defines it: least spread of (u - d) / (a - d), ${terms}`;
    return alone(solutionAt(frontier, points, -best, method, warnings));
  }
  const { best, points } = maximisers(least);
  const value = frontier.size === 0 ? Number.NaN : best;
  const name = `Kalai-Smorodinsky: largest smallest (u - d) / (a - d), ${terms}`;
  const maximin = solutionAt(frontier, points, value, name, warnings);
  if (space.parties.length < 3) return { ...maximin, maximin };
  const chosen = leximin(ratios, points);
  return { ...solutionAt(frontier, chosen, value, `${name}; lexicographic (Imai 1983)`, warnings), maximin };
}

function genius(frontier: Frontier): KalaiSmorodinskySolution {
  const { utilities } = frontier;
  const apart = Float64Array.from({ length: frontier.size }, (_, p) => {
    let sum = 0;
    for (let i = 0; i < utilities.length; i++) {
      for (let j = i + 1; j < utilities.length; j++) sum += Math.abs(utilities[i][p] - utilities[j][p]);
    }
    return -sum;
  });
  const { best, points } = maximisers(apart);
  const method = 'Kalai-Smorodinsky as GENIUS defines it: least sum of |u_i - u_j| on raw utilities, if below 2';
  if (-best < 2) return alone(solutionAt(frontier, points, -best, method, []));
  const none = `no outcome has a sum of differences below 2 (the least is ${-best}): GENIUS reports none`;
  return alone(solutionAt(frontier, [], Number.NaN, method, frontier.size > 0 ? [none] : []));
}

function alone(solution: Solution): KalaiSmorodinskySolution {
  return { ...solution, maximin: solution };
}

function extreme(
  rows: readonly Float64Array[],
  p: number,
  pick: (a: number, b: number) => number,
  none: number,
): number {
  return rows.length === 0 ? none : rows.reduce((x, row) => pick(x, row[p]), rows[0][p]);
}
