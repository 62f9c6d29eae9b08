import { agreementOf } from './evidence.ts';
import { pureEquilibria } from './game/pure.ts';
import { mean } from './jobs.ts';
import { judgedPlayers } from './judged.ts';
import { marginalOf, panelOf, payoff, type Tensor } from './payoffs.ts';
import type { BestReport, CaseReport, DependenceReport, PayoffMeasure } from './report.ts';
import type { Results } from './results.ts';
import { bestOf, verdictOf } from './separation.ts';
import { tested } from './statistics/contrast.ts';
import { columnMeans } from './statistics/panel.ts';

/** One case by itself: how its talks end, which strategy is best for whom, and where nobody would change. */
export function caseReport(results: Results, tensor: Tensor, index: number, measure: PayoffMeasure): CaseReport {
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
    ...judged(results, tensor, index, measure),
  };
}

function judged(
  results: Results,
  tensor: Tensor,
  index: number,
  measure: PayoffMeasure,
): Pick<CaseReport, 'best' | 'pure'> {
  const { schedule } = results;
  const panel = panelOf(results, tensor, measure, [schedule.cases[index]]);
  const exact = results.chanceIn[index] === 0;
  const best = judgedPlayers(schedule, tensor).map((player): BestReport => {
    const marginal = marginalOf(panel, tensor, player);
    const differences = tested(marginal, { seed: schedule.request.seed >>> 0 }).map((one) => ({
      ...one,
      verdict: verdictOf(one.adjustedP, exact),
    }));
    return bestOf(player, tensor.strategies[player], [...columnMeans(marginal)], differences);
  });
  const players = tensor.strategies.map((_, player) => String(player));
  const { profiles } = pureEquilibria({ players, strategies: tensor.strategies, payoff: columnMeans(panel) });
  return { best, pure: [...profiles] };
}

/** Whether the best strategies and the equilibria are the same in every case. A change is one that luck alone does not make. */
export function dependenceOf(cases: readonly CaseReport[]): DependenceReport | null {
  if (cases.length < 2) return null;
  const paths = new Set(cases.flatMap(({ set }) => set.map((one) => one.slice(0, one.indexOf('=')))));
  const [first] = cases;
  return {
    on: [...(cases.some(({ scenario }) => scenario !== first.scenario) ? ['scenario'] : []), ...paths],
    best: first.best.map(({ player, strategies }, k) => ({
      player,
      changes: !strategies.some((s) => cases.every(({ best }) => best[k].strategies.includes(s))),
    })),
    equilibriaChange: cases.some(({ pure }) => pure.join() !== first.pure.join()),
  };
}
