import { type UtilitySpace, utilityRange } from './utility_space.ts';

/**
 * Whose definition of a solution: the field's tools use the same names for different things.
 * 'textbook' is the default, 'negmas' and 'genius' reproduce those programs.
 */
export type AnalysisMode = 'textbook' | 'negmas' | 'genius';

/**
 * Which payoff counts as disagreement:
 * - 'reservation': d_i = r_i, the theory (Nash 1950);
 * - 'attainable': d_i = max(r_i, worst u_i over the allowed outcomes), NegMAS's rule;
 * - 'zero': d_i = 0, utilities as they stand;
 * - a list: d itself, per seat.
 */
export type DisagreementRule = 'reservation' | 'attainable' | 'zero' | readonly number[];

/** Over which outcomes a party's ideal a_i is its best: the individually rational ones, or all allowed ones. */
export type IdealRule = 'rational' | 'all';

export interface SolutionRules {
  readonly disagreement: DisagreementRule;
  readonly ideal: IdealRule;
}

type Ruled = 'nash' | 'kalaiSmorodinsky' | 'egalitarian';

/**
 * The one table of what each mode takes for d and a.
 *
 * Textbook Nash measures gains from the reservation value itself: a party that would lose much without a deal has a
 * weak hand, and must be shown to have one. Textbook Kalai-Smorodinsky and egalitarian compare parties, so they measure
 * from the worst outcome still on the table where the reservation value lies below it, and take the ideal over all
 * allowed outcomes: this is what the independent analysis of the conformance domains does. Pass `disagreement` and
 * `ideal` to choose otherwise; `analyze` warns where that changes the answer.
 */
const RULES: Readonly<Record<AnalysisMode, Readonly<Record<Ruled, SolutionRules>>>> = {
  textbook: {
    nash: { disagreement: 'reservation', ideal: 'all' },
    kalaiSmorodinsky: { disagreement: 'attainable', ideal: 'all' },
    egalitarian: { disagreement: 'attainable', ideal: 'all' },
  },
  negmas: {
    nash: { disagreement: 'attainable', ideal: 'all' },
    kalaiSmorodinsky: { disagreement: 'attainable', ideal: 'all' },
    egalitarian: { disagreement: 'attainable', ideal: 'all' },
  },
  genius: {
    nash: { disagreement: 'reservation', ideal: 'all' },
    kalaiSmorodinsky: { disagreement: 'zero', ideal: 'all' },
    egalitarian: { disagreement: 'attainable', ideal: 'all' },
  },
};

export interface SolutionOptions {
  readonly mode?: AnalysisMode;
  readonly disagreement?: DisagreementRule;
  readonly ideal?: IdealRule;
}

export function rulesFor(solution: Ruled, options: SolutionOptions): SolutionRules {
  const rules = RULES[options.mode ?? 'textbook'][solution];
  return { disagreement: options.disagreement ?? rules.disagreement, ideal: options.ideal ?? rules.ideal };
}

export interface DisagreementPoint {
  readonly d: readonly number[];
  readonly warnings: readonly string[];
}

/** The disagreement point under a rule. A reservation of -Infinity falls back to the worst allowed outcome, and says so. */
export function disagreementPoint(space: UtilitySpace, rule: DisagreementRule): DisagreementPoint {
  if (rule === 'zero') return { d: space.parties.map(() => 0), warnings: [] };
  if (typeof rule !== 'string') return { d: rule, warnings: [] };
  const { min } = utilityRange(space);
  const warnings: string[] = [];
  const d = space.reservation.map((r, i) => {
    if (r === Number.NEGATIVE_INFINITY) {
      warnings.push(`${space.parties[i]} has no finite reservation value: its worst outcome stands in for it`);
      return min[i];
    }
    return rule === 'attainable' && r < min[i] ? min[i] : r;
  });
  return { d, warnings };
}

/** What the disagreement rule is called in a method line. */
export function nameOfRule(rule: DisagreementRule): string {
  if (rule === 'reservation') return 'd = reservation value';
  if (rule === 'attainable') return 'd = reservation value, or the worst outcome where that is higher';
  return rule === 'zero' ? 'd = 0' : 'd as given';
}
