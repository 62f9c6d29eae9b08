import { VERSION } from '../version.ts';
import { caseReport, dependenceOf } from './by_case.ts';
import { doubts } from './doubts.ts';
import { agreementOf, evidenceOf, meanOf } from './evidence.ts';
import { empiricalEquilibria } from './game/empirical.ts';
import { profileName } from './game/game.ts';
import { bestReplies } from './game/pure.ts';
import { jobsOf, mean } from './jobs.ts';
import { judgeStrategies } from './judged.ts';
import { panelOf, type Tensor, tensorOf } from './payoffs.ts';
import {
  type CellReport,
  type ComparisonReport,
  type PayoffMeasure,
  type PlayerReport,
  REPORT_FORMAT,
  type ScenarioLabel,
} from './report.ts';
import type { Results } from './results.ts';
import { solveGame } from './solved.ts';
import { bootstrap } from './statistics/bootstrap.ts';

export interface StandingsOptions {
  readonly scenarios: readonly ScenarioLabel[];
  readonly parties: readonly { readonly id: string; readonly label: string }[];
  readonly payoff?: PayoffMeasure;
  readonly resamples?: number;
  readonly auditOneIn: number;
  readonly warnings?: readonly string[];
}

const DISAGREEMENT =
  'talks that time out or break off count at the reservation value of each party: what it gets without a deal';

/** Cells times resamples that are kept at most: 160 MB. */
const MOST_REPLICATES = 20_000_000;

/** What finished results say: means with intervals, rankings, and the payoffs as a game among strategies. Deterministic in the request. */
export function standings(results: Results, options: StandingsOptions): ComparisonReport {
  if (!results.complete)
    throw new RangeError(`standings: ${results.finished} of ${results.schedule.size} are finished`);
  const { schedule } = results;
  const { request } = schedule;
  const measure = options.payoff ?? 'utility';
  const tensor = tensorOf(schedule);
  const panel = panelOf(results, tensor, measure);
  const resamples = Math.min(
    options.resamples ?? 2000,
    Math.max(200, Math.floor(MOST_REPLICATES / panel.columns.length)),
  );
  const evidence = evidenceOf(results);
  const luck = { resamples, seed: request.seed >>> 0 };
  const players = playersOf(schedule.symmetric, options.parties, tensor);
  const measured = bootstrap(panel, luck);
  const names = players.map(({ id }) => id);
  const empirical = empiricalEquilibria(names, tensor.strategies, measured);
  const solved = solveGame(empirical.game);
  const cells = tensor.profile.map((strategies, profile): CellReport => {
    const jobs = jobsOf(results, tensor.seatings[profile]);
    return {
      profile,
      strategies,
      name: profileName(empirical.game, profile),
      n: jobs.length,
      payoffs: strategies.map((_, player) => meanOf(measured, profile * tensor.players + player, evidence.exact)),
      ...outcomesOf(results, jobs),
      left: strategies.map((_, player) => {
        const sample = tensor.samples[profile * tensor.players + player];
        return mean(
          sample.flatMap(({ seating, seat }) => jobsOf(results, [seating]).map((job) => results.of(job, seat, 'left'))),
        );
      }),
      regret: {
        estimate: empirical.regret.estimate[profile],
        low: empirical.regret.low[profile],
        high: empirical.regret.high[profile],
      },
      equilibriumProbability: Math.min(1, empirical.probability[profile]),
      bestReplies: strategies.map((_, player) => bestReplies(empirical.game, player, strategies)),
      alphaRank: solved.shares === null ? null : solved.shares[profile],
    };
  });
  const judged = judgeStrategies(results, tensor, panel, evidence.exact, luck);
  const cases = schedule.cases.map(({ index }) => caseReport(results, tensor, index, measure));
  const jobs = Array.from({ length: schedule.size }, (_, job) => job);
  const ends = { agreement: 0, timedout: 0, broken: 0 };
  for (const job of jobs) ends[results.end(job)]++;
  const { method, completeness, warnings } = empirical.regret;
  return {
    kind: 'comparison',
    format: REPORT_FORMAT,
    version: VERSION,
    seed: request.seed,
    scenarios: options.scenarios,
    payoff: { measure, unit: unitOf(measure, options.scenarios), disagreement: DISAGREEMENT },
    evidence,
    schedule: {
      mode: request.mode,
      rotated: request.rotate,
      symmetric: schedule.symmetric,
      repetitions: request.repetitions,
      negotiations: schedule.size,
      finished: results.finished,
    },
    cases,
    dependence: dependenceOf(cases),
    players,
    overall: {
      agreement: agreementOf(results, jobs),
      ends,
      meanRounds: mean(jobs.map((job) => results.round(job))),
      meanWelfare: mean(jobs.map((job) => results.welfare(job))),
    },
    ...judged,
    cells,
    game: { ...solved.report, regret: { critical: finite(empirical.regret.critical), method, completeness, warnings } },
    audit: { oneIn: options.auditOneIn, audited: results.audited, fallbacks: results.fallbacks },
    warnings: [...(options.warnings ?? []), ...doubts(request, evidence, judged.contrasts, measure, options.scenarios)],
  };
}

function playersOf(
  symmetric: boolean,
  parties: readonly { readonly id: string; readonly label: string }[],
  { strategies }: Tensor,
): PlayerReport[] {
  return strategies.map((list, i) =>
    symmetric
      ? { id: `entrant_${i + 1}`, label: `entrant ${i + 1}`, strategies: list }
      : { id: parties[i].id, label: parties[i].label, strategies: list },
  );
}

function outcomesOf(results: Results, jobs: readonly number[]) {
  return {
    agreement: agreementOf(results, jobs),
    rounds: mean(jobs.map((job) => results.round(job))),
    welfare: mean(jobs.map((job) => results.welfare(job))),
    paretoDistance: meanOrNull(jobs.map((job) => results.paretoDistance(job))),
    nashDistance: meanOrNull(jobs.map((job) => results.nashDistance(job))),
  };
}

function meanOrNull(values: readonly number[]): number | null {
  const known = values.filter((x) => !Number.isNaN(x));
  return known.length === 0 ? null : mean(known);
}

const finite = (x: number): number => (Number.isFinite(x) ? x : 0);

export function unitOf(measure: PayoffMeasure, scenarios: readonly ScenarioLabel[]): string {
  if (measure === 'utility') return 'utility';
  if (measure === 'discounted') return 'discounted utility';
  const units = [...new Set(scenarios.map(({ unit }) => unit))];
  return `${units.join(' and ')}${measure === 'net' ? ', less the cost of delay' : ''}`;
}
