import { agreementOf, meanOf } from './evidence.ts';
import { jobsOf } from './jobs.ts';
import { marginalOf, profilesWith, type Tensor } from './payoffs.ts';
import type { BestReport, ComparisonReport, ContrastReport, ScoreReport } from './report.ts';
import type { Results } from './results.ts';
import { bestOf, rankRange, verdictOf } from './separation.ts';
import { bootstrap } from './statistics/bootstrap.ts';
import { contrasts } from './statistics/contrast.ts';
import { exactly } from './statistics/interval.ts';
import type { Panel } from './statistics/panel.ts';
import { ranking } from './statistics/ranking.ts';

const EXACT = {
  method: 'differences under the same seatings; exact: no chance in these talks',
  completeness: 'exact',
  warnings: [],
} as const;

/** Every strategy of a player over all it met. */
export function judgeStrategies(
  results: Results,
  tensor: Tensor,
  panel: Panel,
  exact: boolean,
  luck: { readonly resamples: number; readonly seed: number },
): Pick<ComparisonReport, 'best' | 'scores' | 'ranking' | 'contrasts'> {
  const best: BestReport[] = [];
  const scores: ScoreReport[] = [];
  const rankings: ComparisonReport['ranking'][number][] = [];
  const differences: ContrastReport[] = [];
  for (const player of judgedPlayers(results.schedule, tensor)) {
    const strategies = tensor.strategies[player];
    const marginal = marginalOf(panel, tensor, player);
    const drawn = bootstrap(marginal, luck);
    const { ranked, method, completeness, warnings } = ranking(drawn);
    rankings.push({ player, method, completeness, warnings });
    const own = contrasts(marginal, luck).map(
      (one): ContrastReport => ({
        player,
        ...one,
        ...(exact && { ...EXACT, interval: exactly(one.difference) }),
        verdict: verdictOf(one.adjustedP, exact),
      }),
    );
    differences.push(...own);
    best.push(bestOf(player, strategies, [...drawn.estimates], own));
    for (const { name, rank, share } of ranked) {
      const strategy = strategies.indexOf(name);
      const seatings = [...new Set(profilesWith(tensor, player, strategy).flatMap((p) => tensor.seatings[p]))];
      const jobs = jobsOf(results, seatings);
      const { low, high } = rankRange(name, rank, strategies.length, own);
      scores.push({
        player,
        strategy,
        name,
        negotiations: jobs.length,
        mean: meanOf(drawn, strategy, exact),
        agreement: agreementOf(results, jobs),
        rank,
        rankLow: low,
        rankHigh: high,
        rankShare: [...share],
      });
    }
  }
  return { best, scores, ranking: rankings, contrasts: differences };
}

/** Entrants are interchangeable, so only the first of them is judged. */
export const judgedPlayers = (schedule: Results['schedule'], tensor: Tensor): number[] =>
  schedule.symmetric ? [0] : tensor.strategies.map((_, player) => player);
