import { VERSION } from '../version.ts';
import { empiricalEquilibria } from './game/empirical.ts';
import { profileName } from './game/game.ts';
import { bestReplies } from './game/pure.ts';
import { ENDS } from './measure.ts';
import { panelOf, payoff, type Tensor, tensorOf } from './payoffs.ts';
import {
  type CaseReport,
  type CellReport,
  type ComparisonReport,
  type ContrastReport,
  type PayoffMeasure,
  type PlayerReport,
  REPORT_FORMAT,
  type ScenarioLabel,
  type ScoreReport,
} from './report.ts';
import type { Results } from './results.ts';
import { solveGame } from './solved.ts';
import { bca, bootstrap, percentile } from './statistics/bootstrap.ts';
import { contrasts } from './statistics/contrast.ts';
import { derivePanel, type Panel } from './statistics/panel.ts';
import { ranking } from './statistics/ranking.ts';
import { wilson } from './statistics/wilson.ts';

export interface StandingsOptions {
  readonly scenarios: readonly ScenarioLabel[];
  readonly parties: readonly { readonly id: string; readonly label: string }[];
  readonly payoff?: PayoffMeasure;
  readonly resamples?: number;
  readonly auditOneIn: number;
  readonly warnings?: readonly string[];
}

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
      payoffs: strategies.map((_, player) => percentile(measured, profile * tensor.players + player)),
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
  const judged = judgeStrategies(results, tensor, panel, players, luck);
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
    payoff: { measure, unit: unitOf(measure, options.scenarios) },
    schedule: {
      mode: request.mode,
      rotated: request.rotate,
      symmetric: schedule.symmetric,
      repetitions: request.repetitions,
      negotiations: schedule.size,
      finished: results.finished,
    },
    cases: schedule.cases.map(({ index }) => caseReport(results, index, measure)),
    players,
    overall: {
      agreement: wilson(ends.agreement, schedule.size),
      ends,
      meanRounds: mean(jobs.map((job) => results.round(job))),
      meanWelfare: mean(jobs.map((job) => results.welfare(job))),
    },
    ...judged,
    cells,
    game: { ...solved.report, regret: { critical: finite(empirical.regret.critical), method, completeness, warnings } },
    audit: { oneIn: options.auditOneIn, audited: results.audited, fallbacks: results.fallbacks },
    warnings: [...(options.warnings ?? []), ...doubts(results, panel, measure, options.scenarios)],
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

/** Every strategy of a player over all it met. Entrants are interchangeable, so only the first of them is scored. */
function judgeStrategies(
  results: Results,
  tensor: Tensor,
  panel: Panel,
  players: readonly PlayerReport[],
  luck: { readonly resamples: number; readonly seed: number },
): Pick<ComparisonReport, 'scores' | 'ranking' | 'contrasts'> {
  const scores: ScoreReport[] = [];
  const rankings: ComparisonReport['ranking'][number][] = [];
  const differences: ContrastReport[] = [];
  const scored = results.schedule.symmetric ? players.slice(0, 1) : players;
  for (const [player, { strategies }] of scored.entries()) {
    const profilesOf = strategies.map((_, s) =>
      tensor.profile.flatMap((chosen, p) => (chosen[player] === s ? [p] : [])),
    );
    const marginal = derivePanel(panel, strategies, (row, out) => {
      for (const [s, profiles] of profilesOf.entries()) {
        let sum = 0;
        for (const p of profiles) sum += row[p * tensor.players + player];
        out[s] = sum / profiles.length;
      }
    });
    const drawn = bootstrap(marginal, luck);
    const { ranked, method, completeness, warnings } = ranking(drawn);
    rankings.push({ player, method, completeness, warnings });
    for (const { name, rank, low, high, share } of ranked) {
      const strategy = strategies.indexOf(name);
      const seatings = [...new Set(profilesOf[strategy].flatMap((p) => tensor.seatings[p]))];
      const jobs = jobsOf(results, seatings);
      scores.push({
        player,
        strategy,
        name,
        negotiations: jobs.length,
        mean: bca(drawn, strategy),
        agreement: agreementOf(results, jobs),
        rank,
        rankLow: low,
        rankHigh: high,
        rankShare: [...share],
      });
    }
    if (strategies.length < 2) continue;
    for (const { a, b, difference, percentile: interval, p, adjustedP, ...finding } of contrasts(marginal, luck)) {
      const { method: how, completeness: whole, warnings: doubt } = finding;
      differences.push({
        player,
        a,
        b,
        difference,
        interval,
        p,
        adjustedP,
        method: how,
        completeness: whole,
        warnings: doubt,
      });
    }
  }
  return { scores, ranking: rankings, contrasts: differences };
}

function caseReport(results: Results, index: number, measure: PayoffMeasure): CaseReport {
  const { schedule } = results;
  const { scenario, vary } = schedule.cases[index];
  const facts = results.cases[index];
  const jobs = Array.from({ length: schedule.perCase }, (_, k) => index * schedule.perCase + k);
  const name = schedule.request.scenarios[scenario].name;
  return {
    index,
    scenario,
    set: vary,
    label: [schedule.request.scenarios.length > 1 ? name : '', ...vary].filter(Boolean).join(', ') || name,
    hash: facts?.hash ?? '',
    zone: {
      outcomes: facts?.zone.outcomes ?? 0,
      rational: facts?.zone.rational ?? 0,
      paretoSize: facts?.paretoSize ?? 0,
    },
    agreement: agreementOf(results, jobs),
    meanRounds: mean(jobs.map((job) => results.round(job))),
    payoffs: Array.from({ length: results.parties }, (_, seat) =>
      mean(jobs.map((job) => payoff(results, job, seat, measure))),
    ),
  };
}

function jobsOf({ schedule }: Results, seatings: readonly number[]): number[] {
  return schedule.cases.flatMap(({ index }) =>
    seatings.flatMap((seating) =>
      Array.from({ length: schedule.request.repetitions }, (_, r) => schedule.numberOf(index, seating, r)),
    ),
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

const agreementOf = (results: Results, jobs: readonly number[]) =>
  wilson(
    jobs.reduce((n, job) => n + (results.end(job) === ENDS[0] ? 1 : 0), 0),
    jobs.length,
  );

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

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

/** What a reader must know before trusting these numbers. */
function doubts(results: Results, panel: Panel, measure: PayoffMeasure, scenarios: readonly ScenarioLabel[]): string[] {
  const { schedule } = results;
  const { repetitions, mode, rotate } = schedule.request;
  const out: string[] = [];
  const still = panel.clusters.every(({ values }) => values.every((x, i) => x === values[i - (i % repetitions)]));
  if (repetitions > 1 && still)
    out.push('repetitions are all alike: nothing in these talks was left to chance, so more of them add nothing');
  if (repetitions > 1 && repetitions < 10 && !still)
    out.push(`only ${repetitions} repetitions: intervals and tests from fewer than 10 tend to be too sure`);
  if (repetitions === 1) out.push('one repetition: intervals do not cover the luck of the draw');
  if (mode === 'round_robin' && !rotate)
    out.push('each pairing was seated one way only: payoffs assume that it does not matter who sits where');
  if ((measure === 'value' || measure === 'net') && new Set(scenarios.map(({ unit }) => unit)).size > 1)
    out.push('the scenarios have different units: their values are averaged all the same');
  out.push(
    'welfare adds utilities of different parties: comparable between lines of one scenario, no judgement between adversaries',
  );
  return out;
}
