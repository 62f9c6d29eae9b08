import { counted } from '../domain/counted.ts';
/** Sentences about a comparison that the terminal and the page share; figures are written by whoever prints them. */
import { NO_CHANCE } from './doubts.ts';
import type { BestReport, ComparisonReport, ContrastReport, ScoreReport } from './report.ts';
import { isSeparate } from './separation.ts';

type Figure = (x: number) => string;

const name = (strategy: string): string => strategy.replaceAll('_', ' ');
const listed = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;

/** How many of some differences are more than luck. */
export function clarity({ evidence }: ComparisonReport, contrasts: readonly ContrastReport[]): string {
  if (contrasts.length === 0) return '';
  if (evidence.exact) return `${NO_CHANCE[0].toUpperCase()}${NO_CHANCE.slice(1)}.`;
  const judged = contrasts.filter(({ verdict }) => verdict !== 'untested');
  if (judged.length === 0)
    return evidence.units < 2
      ? 'Nothing is tested: a single repetition does not tell luck from skill.'
      : `Nothing is tested: chance changed no difference in ${evidence.units} ${evidence.unit}s.`;
  const clear = judged.filter(isSeparate).length;
  const few =
    judged.length === 1
      ? `The difference ${clear === 1 ? 'is' : 'is not'} clear of chance`
      : `${clear === 0 ? 'None' : clear} of ${judged.length} differences ${clear > 1 ? 'are' : 'is'} clear of chance`;
  const rest = contrasts.length - judged.length;
  const scatter = rest === 0 ? '' : `; ${counted(rest, 'more does', 'more do')} not vary and cannot be tested`;
  return `${few} (sign-flip test over ${counted(evidence.units, evidence.unit)}, Holm, 5 %; no p below ${pText(judged[0].smallestP)} is possible)${scatter}.`;
}

export const pText = (p: number): string => String(Number(p.toPrecision(2)));

/** Largest first; the better strategy is named first. */
export const bySize = (contrasts: readonly ContrastReport[]): { better: string; worse: string; of: ContrastReport }[] =>
  contrasts
    .toSorted((x, y) => Math.abs(y.difference) - Math.abs(x.difference))
    .map((of) => {
      const [better, worse] = of.difference < 0 ? [of.b, of.a] : [of.a, of.b];
      return { better: name(better), worse: name(worse), of };
    });

/** Rank, a mark where others share it, and the ranks that tests leave open. */
export function rankText({ player, rank, rankLow, rankHigh }: ScoreReport, scores: readonly ScoreReport[]): string {
  const shared = scores.filter((other) => other.player === player && other.rank === rank).length > 1;
  return `${rank}${shared ? '=' : ''}${rankLow === rankHigh ? '' : ` (${rankLow}–${rankHigh})`}`;
}

/** The best way of playing for a player, or what cannot be told apart. */
export function bestText(
  { player, strategies, separated, margin, runnerUp, verdict }: BestReport,
  { players }: Pick<ComparisonReport, 'players'>,
  figure: Figure,
): string {
  const names = players[player].strategies.map(name);
  if (separated && margin !== null && runnerUp !== null)
    return `${names[strategies[0]]} by ${figure(margin)} over ${names[runnerUp]}`;
  if (names.length < 2) return names[0];
  const open =
    strategies.length > 3
      ? `${strategies.length} of ${names.length}`
      : listed(
          strategies.map((s) => names[s]),
          'or',
        );
  return `${open}: ${verdict === 'exact' ? 'alike' : verdict === 'untested' ? 'untested' : 'not separated'}`;
}

/** Whether the answers depend on what was varied. */
export function dependenceText({ dependence, players, schedule }: ComparisonReport): string {
  if (dependence === null) return '';
  const asked = dependence.best.filter(({ player }) => players[player].strategies.length > 1);
  const who = (player: number) => (schedule.symmetric ? 'whoever plays' : players[player].label);
  const told = [true, false].flatMap((changes) => {
    const own = asked.filter((one) => one.changes === changes).map(({ player }) => who(player));
    if (own.length === 0) return [];
    return [
      changes
        ? `The best strategy changes for ${listed(own, 'and')}.`
        : `For ${listed(own, 'and')} nothing shows that the best strategy changes.`,
    ];
  });
  return [
    ...told,
    `The pure equilibria of the mean payoffs ${dependence.equilibriaChange ? 'change' : 'are the same in every case'}.`,
  ].join(' ');
}

/** How often a profile is an equilibrium when luck is drawn anew; nothing where there is no luck or only one draw of it. */
export const steadiness = ({ evidence }: ComparisonReport, probability: number, percent: Figure): string =>
  evidence.exact || evidence.units < 2 ? '' : ` (in ${percent(probability)} of resamples)`;

/** The profiles where alpha-rank stays longest. */
export function alphaRankText({ game, cells }: ComparisonReport, percent: Figure, figure: Figure): string | null {
  if (game.alphaRank === null || game.alphaRank.order.length === 0) return null;
  const { order, alpha, population } = game.alphaRank;
  const most = cells[order[0]].alphaRank ?? 0;
  const ties = order.filter((p) => (cells[p].alphaRank ?? 0) > most - 1e-6);
  const names = ties.slice(0, 3).map((p) => name(cells[p].name));
  const more = ties.length > 3 ? ` and ${ties.length - 3} more` : '';
  const each = ties.length > 1 ? ' each' : '';
  return `Alpha-rank (alpha ${alpha === null ? 'without bound' : figure(alpha)}, population ${population}) stays longest with ${names.join('; ')}${more} (${percent(most)} of the time${each}).`;
}

/** Where replicator dynamics goes, one sentence each. */
export function replicatorTexts({ game, players }: ComparisonReport, percent: Figure): string[] {
  const { basins, cycling, moving } = game.replicator;
  const shown = basins.slice(0, 3);
  const rest = basins.slice(3).reduce((sum, { share }) => sum + share, 0);
  return [
    ...shown.map(({ mixture, share, points }) => {
      const where = mixtureNames(mixture, players, percent);
      return `Replicator dynamics comes to rest from ${percent(share)} of starts at ${points > 1 ? `a continuum of equilibria, such as ${where}` : where}.`;
    }),
    ...(rest > 0 ? [`From ${percent(rest)} it comes to rest elsewhere.`] : []),
    ...(cycling > 0 ? [`From ${percent(cycling)} of starts it goes round and comes to rest nowhere.`] : []),
    ...(moving > 0 ? [`From ${percent(moving)} of starts it was still moving when time was up.`] : []),
  ];
}

/** Who plays what how often. */
export const mixtureNames = (
  mixture: readonly (readonly number[])[],
  players: ComparisonReport['players'],
  percent: Figure,
): string =>
  mixture
    .map((row, i) => {
      const used = row.flatMap((p, s) =>
        p > 1e-3 ? [`${p > 1 - 1e-3 ? '' : `${percent(p)} `}${name(players[i].strategies[s])}`] : [],
      );
      return `${players[i].label} ${used.join(' + ')}`;
    })
    .join('; ');

/** What was played again. */
export function auditText({ audit }: ComparisonReport): string {
  const { audited, oneIn, fallbacks } = audit;
  const again =
    oneIn === 0
      ? 'No negotiation was played again by the recorded executor (--audit 0): nothing checks the batch here'
      : `${counted(audited, 'negotiation was', 'negotiations were')} played again by the recorded executor (1 in ${oneIn}) and had the same facts`;
  return `${again}.${fallbacks.length > 0 ? ` Run by XState, since the table cannot express them: ${fallbacks.join(', ')}.` : ''}`;
}

/** Titles, each with its file where two are the same. */
export const titlesOf = ({ scenarios }: Pick<ComparisonReport, 'scenarios'>): string =>
  scenarios
    .map(({ title, file }) =>
      scenarios.filter((other) => other.title === title).length > 1 ? `${title} (${file})` : title,
    )
    .join(', ');
