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
  const compared =
    mode === 'textbook' && options.disagreement === undefined && options.ideal === undefined ? beside : only;
  const { method, ties, warnings, completeness } = frontier;
  return {
    mode,
    outcomes: space.outcomes.length,
    rational: rational.outcomes.length,
    rationalFraction: rational.fraction,
    pareto: { size: frontier.size, points: frontierPoints(frontier), method, ties, warnings, completeness },
    nash: compared(nash(space, shared), () => nash(space, { ...shared, disagreement: 'attainable' })),
    kalaiSmorodinsky: compared(kalaiSmorodinsky(space, shared), () =>
      kalaiSmorodinsky(space, { ...shared, disagreement: 'reservation', ideal: 'rational' }),
    ),
    egalitarian: compared(egalitarian(space, shared), () =>
      egalitarian(space, { ...shared, disagreement: 'reservation' }),
    ),
    utilitarian: utilitarian(space, shared),
    warnings: rational.warnings,
  };
}

const only = <S extends Solution>(solution: S): S => solution;

/** The field disagrees on d and a (see modes.ts): where the other reading gives another answer, the reader is told which. */
function beside<S extends Solution>(solution: S, other: () => S): S {
  const { outcomes, method } = other();
  if (outcomes.join() === solution.outcomes.join()) return solution;
  const few = outcomes.length > 5 ? `${outcomes.slice(0, 5).join(', ')} ...` : outcomes.join(', ');
  return { ...solution, warnings: [...solution.warnings, `another reading gives outcome ${few} (${method})`] };
}
