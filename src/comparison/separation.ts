import type { BestReport, Verdict } from './report.ts';
import { TIE } from './statistics/ranking.ts';

/** A paired difference, as far as a verdict needs it. */
interface Difference {
  readonly a: string;
  readonly b: string;
  readonly difference: number;
  readonly verdict: Verdict;
}

/** What may be said of a difference. */
export function verdictOf(adjustedP: number | null, exact: boolean): Verdict {
  if (exact) return 'exact';
  if (adjustedP === null) return 'untested';
  return adjustedP < 0.05 ? 'clear' : 'unclear';
}

/** Whether the first strategy is better, and not by luck alone. */
export const isSeparate = ({ difference, verdict }: Pick<Difference, 'difference' | 'verdict'>): boolean =>
  verdict === 'clear' || (verdict === 'exact' && Math.abs(difference) > TIE);

/**
 * The ranks that tests leave open to a strategy: below all that are clearly better, above all that are clearly worse (M. Mogstad, J. Romano, A. Shaikh &
 * D. Wilhelm, Review of Economic Studies 91, 2024). With Holm's correction the ranges hold for all strategies of a player at once. Exact scores have one rank.
 */
export function rankRange(name: string, rank: number, among: number, differences: readonly Difference[]) {
  const own = differences.filter(({ a, b }) => a === name || b === name);
  if (own.some(({ verdict }) => verdict === 'exact')) return { low: rank, high: rank };
  const separate = own.filter(isSeparate);
  const better = separate.filter(({ a, difference }) => difference > 0 === (a === name)).length;
  return { low: 1 + separate.length - better, high: among - better };
}

/** The strategy with the highest mean and those that nothing separates from it, best first; means in the order of the strategies. */
export function bestOf(
  player: number,
  strategies: readonly string[],
  means: readonly number[],
  differences: readonly Difference[],
): BestReport {
  const order = strategies.map((_, s) => s).sort((s, t) => means[t] - means[s] || s - t);
  const [top, ...others] = order;
  const between = (s: number) =>
    differences.find(({ a, b }) => [a, b].includes(strategies[top]) && [a, b].includes(strategies[s]));
  const open = others.filter((s) => {
    const found = between(s);
    return found === undefined || !isSeparate(found);
  });
  const [next] = others;
  return {
    player,
    strategies: [top, ...open],
    separated: others.length > 0 && open.length === 0,
    margin: next === undefined ? null : means[top] - means[next],
    runnerUp: next ?? null,
    verdict: (next === undefined ? undefined : between(next)?.verdict) ?? 'exact',
  };
}
