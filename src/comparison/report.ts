import type { DeviationGraph } from './game/deviation_graph.ts';
import type { Finding } from './statistics/finding.ts';
import type { Interval } from './statistics/interval.ts';

/**
 * What a comparison or a sweep found, as plain data: `JSON.stringify` of it is what `--json` prints, and a page is drawn from nothing else. Arrays are plain
 * arrays, missing numbers are null, and every result carries how it was found.
 *
 * Strategies are numbered per player in the order of `players[i].strategies`; profiles are numbered with the LAST player's strategy varying fastest.
 */
export const REPORT_FORMAT = 'hashpact-report/1';

/** What reproduces a report: the versions, hashes and seed behind its numbers. */
export interface Provenance {
  readonly format: typeof REPORT_FORMAT;
  readonly version: string;
  readonly seed: number;
  readonly scenarios: readonly ScenarioLabel[];
  readonly warnings: readonly string[];
}

export interface ScenarioLabel {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  /** SHA-256 of the resolved scenario before any variation. */
  readonly hash: string;
  readonly unit: string;
  readonly asOf: string | null;
}

/** What the claims of a comparison rest on. */
export interface EvidenceReport {
  /** Whether any negotiation drew a number. */
  readonly chance: boolean;
  /** One scenario in which nothing is left to chance: figures and differences are exact, and nothing is tested. */
  readonly exact: boolean;
  /** What is independent of each other: repetitions of a single scenario, or scenarios. Profiles and variations share their luck. */
  readonly unit: 'repetition' | 'scenario';
  readonly units: number;
}

/**
 * What may be said of a difference: `exact`: nothing is left to chance; `clear` of chance, or `unclear`; `untested`: no two independent units differ, so that there
 * is nothing to tell luck from skill by.
 */
export type Verdict = 'exact' | 'clear' | 'unclear' | 'untested';

/** Which way of playing is best for a player, as far as can be told. */
export interface BestReport {
  readonly player: number;
  /** The strategy with the highest mean, then those that nothing separates from it. */
  readonly strategies: readonly number[];
  /** Whether the first is better than every other. */
  readonly separated: boolean;
  /** By how much it leads the next one; null where there is no other. */
  readonly margin: number | null;
  readonly runnerUp: number | null;
  /** Of the difference to the next one. */
  readonly verdict: Verdict;
}

/** One scenario under one setting of the varied parameters. */
export interface CaseReport {
  readonly index: number;
  readonly scenario: number;
  /** `path=value` of what was varied; empty for the scenario as written. */
  readonly set: readonly string[];
  readonly label: string;
  readonly hash: string;
  /** What was possible in the world before the talks. */
  readonly zone: { readonly outcomes: number; readonly rational: number; readonly paretoSize: number };
  readonly agreement: Interval;
  readonly meanRounds: number;
  /** Mean payoff per player over the whole schedule. */
  readonly payoffs: readonly number[];
  /** Per player, in this case alone; tests are corrected within the case. */
  readonly best: readonly BestReport[];
  /** Pure equilibria of this case's mean payoffs. */
  readonly pure: readonly number[];
}

/** Whether the answers are the same in every case; null where there is only one. */
export interface DependenceReport {
  /** What the cases differ in: the paths that are varied, and `scenario` where there are several. */
  readonly on: readonly string[];
  /** Per player: `changes` where no strategy may be the best in every case. */
  readonly best: readonly { readonly player: number; readonly changes: boolean }[];
  /** Whether the pure equilibria of the mean payoffs differ between cases. */
  readonly equilibriaChange: boolean;
}

/** Who plays: a party of the scenario, or an entrant that took every seat in turn where roles are symmetric. */
export interface PlayerReport {
  readonly id: string;
  readonly label: string;
  readonly strategies: readonly string[];
}

/** A strategy of a player, over everything it met. */
export interface ScoreReport {
  readonly player: number;
  readonly strategy: number;
  readonly name: string;
  readonly negotiations: number;
  /** Mean payoff: every profile of the others counts the same. */
  readonly mean: Interval;
  readonly agreement: Interval;
  readonly rank: number;
  /** The ranks that tests leave open, for all strategies of a player at once. */
  readonly rankLow: number;
  readonly rankHigh: number;
  /** `rankShare[r - 1]`: share of resamples in which it came r-th. */
  readonly rankShare: readonly number[];
}

/** "A beats B" for one player: a difference of means over the same opponents and the same luck. */
export interface ContrastReport extends Finding {
  readonly player: number;
  readonly a: string;
  readonly b: string;
  readonly difference: number;
  readonly interval: Interval;
  /** Null where nothing can be tested. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** No difference tested over as many units could have had a smaller p: with n units 2^-(n-1). */
  readonly smallestP: number;
  readonly verdict: Verdict;
}

/** One profile of strategies: a cell of the payoff matrix. */
export interface CellReport {
  readonly profile: number;
  /** Strategy index per player. */
  readonly strategies: readonly number[];
  readonly name: string;
  readonly n: number;
  /** Mean payoff with its interval, per player. */
  readonly payoffs: readonly Interval[];
  readonly agreement: Interval;
  readonly rounds: number;
  readonly welfare: number;
  /** Means over the negotiations where the distance is defined; null where it never is. */
  readonly paretoDistance: number | null;
  readonly nashDistance: number | null;
  /** Mean utility left on the table, per player. */
  readonly left: readonly number[];
  /** Largest gain of any player from deviating alone, with an interval that holds for all cells at once. */
  readonly regret: { readonly estimate: number; readonly low: number; readonly high: number };
  /** Share of resamples in which nobody gains by deviating from it. */
  readonly equilibriumProbability: number;
  /** Per player, the strategies that do best against the others' choices in this cell. */
  readonly bestReplies: readonly (readonly number[])[];
  /** Long-run share of time under alpha-rank; null where there are too many profiles for it. */
  readonly alphaRank: number | null;
}

export interface MixtureReport {
  /** Probability per player and strategy. */
  readonly mixture: readonly (readonly number[])[];
  readonly payoffs: readonly number[];
  readonly maxRegret: number;
  readonly isolated: boolean;
}

/** The measured payoffs as a game among strategies. */
export interface EmpiricalGameReport {
  /** `payoff[profile * players + player]`. */
  readonly payoff: readonly number[];
  readonly pure: Finding & { readonly profiles: readonly number[] };
  readonly mixed: Finding & { readonly equilibria: readonly MixtureReport[] };
  readonly regret: Finding & { readonly critical: number };
  readonly alphaRank:
    | (Finding & {
        /** Strength of selection per payoff unit; null: without bound. */
        readonly alpha: number | null;
        readonly population: number;
        readonly order: readonly number[];
      })
    | null;
  readonly replicator: Finding & {
    readonly basins: readonly {
      readonly mixture: readonly (readonly number[])[];
      readonly share: number;
      readonly maxRegret: number;
      /** Above 1: different points of one continuum were reached, of which `mixture` is one. */
      readonly points: number;
    }[];
    /** Shares of starts whose path goes round, or had not come to rest when time was up. */
    readonly cycling: number;
    readonly moving: number;
  };
  readonly deviations: DeviationGraph;
}

export interface ComparisonReport extends Provenance {
  readonly kind: 'comparison';
  readonly payoff: {
    readonly measure: PayoffMeasure;
    readonly unit: string;
    /** What a negotiation without an agreement counts as. */
    readonly disagreement: string;
  };
  readonly evidence: EvidenceReport;
  readonly schedule: {
    readonly mode: 'cross' | 'round_robin';
    readonly rotated: boolean;
    readonly symmetric: boolean;
    readonly repetitions: number;
    readonly negotiations: number;
    readonly finished: number;
  };
  readonly cases: readonly CaseReport[];
  readonly dependence: DependenceReport | null;
  readonly players: readonly PlayerReport[];
  readonly overall: {
    readonly agreement: Interval;
    readonly ends: { readonly agreement: number; readonly timedout: number; readonly broken: number };
    readonly meanRounds: number;
    readonly meanWelfare: number;
  };
  readonly best: readonly BestReport[];
  readonly scores: readonly ScoreReport[];
  readonly ranking: readonly (Finding & { readonly player: number })[];
  readonly contrasts: readonly ContrastReport[];
  readonly cells: readonly CellReport[];
  readonly game: EmpiricalGameReport;
  readonly audit: AuditReport;
}

/** Negotiations that were played again by the recorded executor and had the same facts. */
export interface AuditReport {
  readonly oneIn: number;
  readonly audited: number;
  /** Strategies whose machine the compiled table cannot express and XState ran instead: `party=strategy`. */
  readonly fallbacks: readonly string[];
}

/** What a payoff is: utility; utility after discounting; value in the scenario's unit; value after the cost of delay. */
export type PayoffMeasure = 'utility' | 'discounted' | 'value' | 'net';

/** What is possible at one point of a sweep, whoever plays. Values are in the scenario's unit. */
export interface ZoneReport {
  readonly outcomes: number;
  readonly rational: number;
  readonly share: number;
  readonly exists: boolean;
  /** The outcome with the largest sum of values over all allowed outcomes, and by how much that sum exceeds the reservation values; null: no reservation. */
  readonly joint: {
    readonly outcome: number;
    readonly values: Readonly<Record<string, string | number>>;
    readonly gain: number | null;
    readonly worth: readonly number[];
  };
  /** By how much, at best, the worst-off party clears its reservation value; the zone exists where this is at least 0. */
  readonly slack: number | null;
  /** Per party: its best outcome and its value. */
  readonly preferred: readonly {
    readonly outcome: number;
    readonly values: Readonly<Record<string, string | number>>;
    readonly value: number;
  }[];
}

/** How talks come out at one point of a sweep. */
export interface TalksReport {
  readonly negotiations: number;
  readonly agreement: Interval;
  readonly rounds: number;
  readonly payoffs: readonly Interval[];
  /** The most frequent agreement and how often it came. */
  readonly commonest: {
    readonly outcome: number;
    readonly values: Readonly<Record<string, string | number>>;
    readonly share: number;
  } | null;
}

export interface SweepPoint {
  /** One value per varied parameter, in the order of `parameters`. */
  readonly at: readonly (number | string)[];
  readonly zone: ZoneReport;
  readonly talks: TalksReport | null;
}

/** Where along a parameter the zone of agreement appears or vanishes, found by bisection between two points of the sweep. */
export interface ThresholdReport extends Finding {
  readonly parameter: string;
  /** The other parameters' values, where two are varied. */
  readonly where: readonly string[];
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** As the parameter rises. */
  readonly change: 'appears' | 'vanishes';
}

/** One figure of the scenario moved to either end of its range, everything else as written. */
export interface TornadoBar {
  readonly path: string;
  readonly value: number;
  readonly standing: 'sourced' | 'assumed' | 'bare';
  readonly text: string | null;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  /** Largest minus smallest joint gain over low, base and high; null where a point was refused. */
  readonly swing: number | null;
}

export interface TornadoEnd {
  readonly at: number;
  readonly jointGain: number | null;
  readonly rational: number | null;
  readonly slack: number | null;
  /** Why this end could not be computed. */
  readonly refused: string | null;
}

export interface SweepReport extends Provenance {
  readonly kind: 'sweep';
  readonly parties: readonly { readonly id: string; readonly label: string }[];
  readonly unit: string;
  readonly payoff: { readonly measure: PayoffMeasure; readonly unit: string };
  readonly repetitions: number;
  readonly parameters: readonly { readonly path: string; readonly values: readonly (number | string)[] }[];
  /** The scenario as written. */
  readonly base: ZoneReport;
  /** The last parameter varies fastest. */
  readonly points: readonly SweepPoint[];
  readonly thresholds: readonly ThresholdReport[];
  /** Widest swing first; null where no tornado was asked for. */
  readonly tornado: readonly TornadoBar[] | null;
}
