import { type Analysis, type AnalyzeOptions, analyze } from './analyze.ts';
import { rationalSet } from './rational.ts';
import { type Found, type UtilitySpace, utilitiesOf, utilityRange } from './utility_space.ts';

export interface MeasureOptions extends AnalyzeOptions {
  /** The analysis of the space, when the caller has it already. */
  readonly analysis?: Analysis;
}

/** Euclidean distance in utility space from a vector to the nearest of a set; Infinity to an empty set. */
export function distanceTo(utilities: readonly number[], set: Iterable<readonly number[]>): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const point of set) {
    let square = 0;
    for (let i = 0; i < point.length; i++) square += (utilities[i] - point[i]) * (utilities[i] - point[i]);
    if (square < nearest) nearest = square;
  }
  return Math.sqrt(nearest);
}

/** How far an outcome is from each solution: distances in utility space, optimality in [0, 1]. */
export interface OutcomeMeasures extends Found {
  readonly utilities: readonly number[];
  /** Nobody below its reservation value. */
  readonly rational: boolean;
  readonly distance: Readonly<Record<Target, number>>;
  /** max(0, 1 - distance / diagonal), the diagonal being the length of (max_i - min_i). */
  readonly optimality: Readonly<Record<Target, number>>;
  /** Sum of utilities over the largest sum on the rational frontier; NaN when no outcome is rational. */
  readonly welfareOptimality: number;
}

export type Target = 'pareto' | 'nash' | 'kalaiSmorodinsky' | 'egalitarian' | 'utilitarian';

/** Measures of one outcome (an agreement, say) against the solution sets, as NegMAS defines distance and optimality. */
export function outcomeMeasures(space: UtilitySpace, outcome: number, options: MeasureOptions = {}): OutcomeMeasures {
  const found = options.analysis ?? analyze(space, options);
  const utilities = utilitiesOf(space, outcome);
  const { min, max } = utilityRange(space);
  const diagonal = Math.sqrt(max.reduce((sum, m, i) => sum + (m - min[i]) * (m - min[i]), 0));
  const distance: Record<Target, number> = {
    pareto: distanceTo(
      utilities,
      found.pareto.points.map((p) => p.utilities),
    ),
    nash: distanceTo(utilities, found.nash.utilities),
    kalaiSmorodinsky: distanceTo(utilities, found.kalaiSmorodinsky.utilities),
    egalitarian: distanceTo(utilities, found.egalitarian.utilities),
    utilitarian: distanceTo(utilities, found.utilitarian.utilities),
  };
  const near = (d: number) => (d === 0 ? 1 : Math.max(0, 1 - d / diagonal));
  const optimality: Record<Target, number> = {
    pareto: near(distance.pareto),
    nash: near(distance.nash),
    kalaiSmorodinsky: near(distance.kalaiSmorodinsky),
    egalitarian: near(distance.egalitarian),
    utilitarian: near(distance.utilitarian),
  };
  return {
    utilities,
    rational: utilities.every((u, i) => u >= space.reservation[i]),
    distance,
    optimality,
    welfareOptimality: utilities.reduce((a, b) => a + b, 0) / found.utilitarian.value,
    method:
      'Euclidean distance to the nearest point of each set; optimality relative to the diagonal of the utility ranges',
    ties: 0,
    warnings: found.warnings,
    completeness: 'exhaustive',
  };
}

/** Figures that describe the scenario itself. */
export interface ScenarioMeasures extends Found {
  readonly outcomes: number;
  readonly rational: number;
  /** Share of outcomes with u_i >= r_i for all. */
  readonly rationalFraction: number;
  /** Share with u_i > r_i for all (NegMAS's figure). */
  readonly strictRationalFraction: number;
  readonly paretoPoints: number;
  /** Frontier outcomes, equal vectors counted separately. */
  readonly paretoOutcomes: number;
  /** Share of rational outcomes that are Pareto-optimal. */
  readonly paretoFraction: number;
  /** Distance from the point where everybody has its best to the nearest rational outcome, each seat over its maximum. */
  readonly opposition: number;
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
}

/**
 * Opposition = min over rational outcomes of || 1 - u / u_max || (Baarslag et al. 2013; NegMAS): 0 = everybody can have
 * everything, Infinity = no rational outcome. Meaningless for a party whose maximum is not positive: warned.
 */
export function scenarioMeasures(space: UtilitySpace, options: MeasureOptions = {}): ScenarioMeasures {
  const rational = rationalSet(space);
  const { min, max } = utilityRange(space);
  const warnings = [...rational.warnings];
  for (let i = 0; i < max.length; i++) {
    if (!(max[i] > 0)) warnings.push(`${space.parties[i]} has no positive utility: opposition is not defined for it`);
  }
  let least = Number.POSITIVE_INFINITY;
  for (const o of rational.outcomes) {
    let square = 0;
    for (let i = 0; i < max.length; i++) {
      const short = 1 - space.utilities[i][o] / max[i];
      square += short * short;
    }
    if (square < least) least = square;
  }
  const { pareto } = options.analysis ?? analyze(space, options);
  return {
    outcomes: space.outcomes.length,
    rational: rational.outcomes.length,
    rationalFraction: rational.fraction,
    strictRationalFraction: rational.strictFraction,
    paretoPoints: pareto.size,
    paretoOutcomes: pareto.size + pareto.ties,
    paretoFraction: rational.zone ? (pareto.size + pareto.ties) / rational.outcomes.length : 0,
    opposition: Math.sqrt(least),
    ranges: min.map((m, i) => ({ min: m, max: max[i] })),
    method: 'opposition: distance of the rational outcomes from the ideal point, utilities over their maxima',
    ties: 0,
    warnings,
    completeness: 'exhaustive',
  };
}
