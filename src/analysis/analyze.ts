import { type EgalitarianSolution, egalitarian } from './egalitarian.ts';
import { type KalaiSmorodinskySolution, kalaiSmorodinsky } from './kalai_smorodinsky.ts';
import type { AnalysisMode, DisagreementRule, IdealRule } from './modes.ts';
import { nash } from './nash.ts';
import { type FrontierPoint, frontierPoints, paretoFrontier } from './pareto.ts';
import { type RationalSet, rationalSet } from './rational.ts';
import type { Solution } from './solution.ts';
import { utilitarian } from './utilitarian.ts';
import { checkUtilitySpace, type Found, type UtilitySpace } from './utility_space.ts';

export interface AnalyzeOptions {
  readonly mode?: AnalysisMode;
  /** Bargaining power per seat for the Nash solution. */
  readonly weights?: readonly number[];
  readonly disagreement?: DisagreementRule;
  readonly ideal?: IdealRule;
}

/** The analysis of a space as `hashpact analyze --json` prints it: plain data. */
export interface Analysis {
  readonly mode: AnalysisMode;
  /** Allowed outcomes. */
  readonly outcomes: number;
  /** Individually rational outcomes. */
  readonly rational: number;
  readonly rationalFraction: number;
  /** The frontier of the rational set; `size` counts distinct utility vectors. */
  readonly pareto: Found & { readonly size: number; readonly points: readonly FrontierPoint[] };
  readonly nash: Solution;
  readonly kalaiSmorodinsky: KalaiSmorodinskySolution;
  readonly egalitarian: EgalitarianSolution;
  readonly utilitarian: Solution;
  readonly warnings: readonly string[];
}

/** Everything this room says about a space by default, computed once over one frontier. */
export function analyze(space: UtilitySpace, options: AnalyzeOptions = {}): Analysis {
  checkUtilitySpace(space);
  const mode = options.mode ?? 'textbook';
  const rational: RationalSet = rationalSet(space);
  const frontier = paretoFrontier(space, rational.outcomes);
  const shared = { ...options, mode, frontier };
  const { method, ties, warnings, completeness } = frontier;
  return {
    mode,
    outcomes: space.outcomes.length,
    rational: rational.outcomes.length,
    rationalFraction: rational.fraction,
    pareto: { size: frontier.size, points: frontierPoints(frontier), method, ties, warnings, completeness },
    nash: nash(space, shared),
    kalaiSmorodinsky: kalaiSmorodinsky(space, shared),
    egalitarian: egalitarian(space, shared),
    utilitarian: utilitarian(space, shared),
    warnings: rational.warnings,
  };
}
