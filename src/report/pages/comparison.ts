import type { ComparisonReport } from '../../comparison/report.ts';
import type { Interval } from '../../comparison/statistics/interval.ts';
import { auditText, bestText, bySize, clarity, pText, rankText, titlesOf } from '../../comparison/told.ts';
import { whiskersChart } from '../charts/whiskers.ts';
import { dataTable, exact, figure } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { badge } from '../marks.ts';
import { count, figureText, percent, words } from '../numbers.ts';
import { document } from '../shell.ts';
import { casesSection } from './cases.ts';
import { shareWithInterval } from './estimates.ts';
import { cellTable, gameSection, matrixFigures } from './game.ts';
import { doubts, foot, provenanceOf } from './parts.ts';

/** The page of a comparison: who wins and how surely, every pairing, and what the payoffs mean as a game. */
export function comparisonPage(report: ComparisonReport): string {
  const { scenarios, schedule, version, seed, cases, payoff } = report;
  const hashes = scenarios.map(({ hash }) => hash);
  const provenance = `${provenanceOf(version, hashes, seed)} · ${count(schedule.negotiations, 'negotiation')}`;
  const how = schedule.mode === 'cross' ? 'every combination of strategies' : 'round robin';
  return document({
    title: titlesOf(report),
    kind: 'Which way of playing wins',
    verdict: verdict(report),
    meta: [
      how,
      schedule.rotated ? 'every strategy in every seat' : '',
      count(schedule.repetitions, 'repetition'),
      `payoff: mean ${payoff.unit}`,
      `seed ${seed}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    sections: [
      { id: 'ranking', title: 'Ranking', content: ranking(report, provenance) },
      {
        id: 'pairings',
        title: 'Strategy against strategy',
        content: html`${matrixFigures(report, provenance)}${cellTable(report)}`,
      },
      { id: 'game', title: 'The payoffs as a game', content: gameSection(report, provenance) },
      {
        id: 'cases',
        title: 'Cases',
        content: cases.length > 1 ? casesSection(report, provenance) : null,
      },
      { id: 'method', title: 'How it was measured, and what to doubt', content: method(report) },
    ],
    foot: foot(version, hashes, html`Seed ${seed}.`),
  });
}

function verdict(report: ComparisonReport): Piece {
  const { players, schedule, overall, contrasts, best } = report;
  const told = best
    .filter(({ player }) => players[player].strategies.length > 1)
    .map((one, i) => {
      const who = schedule.symmetric ? 'Whoever plays' : players[one.player].label;
      if (one.separated)
        return html`<strong>${who}</strong> did best with <strong>${words(players[one.player].strategies[one.strategies[0]])}</strong>`;
      if (one.strategies.length === players[one.player].strategies.length)
        return html`${i === 0 ? 'Nothing' : 'nothing'} separates the strategies of <strong>${schedule.symmetric ? 'the entrants' : who}</strong>`;
      return html`<strong>${who}</strong> did best with ${bestText(one, report, (x) => figureText(x))}`;
    });
  return html`${told.map((one, i) => html`${i > 0 ? '; ' : ''}${one}`)}${told.length > 0 ? '. ' : ''}${percent(overall.agreement.estimate)} of ${count(schedule.negotiations, 'negotiation')} ended in agreement. ${clarity(report, contrasts)}`;
}

function ranking(report: ComparisonReport, provenance: string): Markup {
  const { schedule, players, scores, payoff } = report;
  const seats = schedule.symmetric ? [0] : players.map((_, player) => player);
  return html`${seats.map((player) => {
    const own = scores
      .filter((score) => score.player === player)
      .toSorted((a, b) => a.rank - b.rank || b.mean.estimate - a.mean.estimate);
    const who = schedule.symmetric ? 'Strategies, whoever plays them' : players[player].label;
    const ranks = (one: (typeof own)[number]) => rankText(one, scores);
    return figure({
      id: `ranking-${players[player].id}`,
      title: html`${schedule.symmetric ? null : badge(player)}${who}`,
      lead: `Mean ${payoff.unit} against everything the strategy met${report.evidence.exact ? '' : ', with a 95 % interval'}; beside it the rank (= where it is shared)${report.evidence.exact ? '' : ', and the ranks that tests leave open'}. ${clarity(
        report,
        report.contrasts.filter((one) => one.player === player),
      )}`,
      chart: whiskersChart(`ranking-${players[player].id}-svg`, {
        title: `Ranking: ${who}`,
        axis: `mean ${payoff.unit}`,
        beside: 'rank',
        seat: schedule.symmetric ? 0 : player,
        rows: own.map((score) => ({
          label: words(score.name),
          estimate: score.mean.estimate,
          low: score.mean.low,
          high: score.mean.high,
          beside: ranks(score),
        })),
      }),
      table: dataTable(
        `Ranking: ${who}`,
        [
          { title: 'strategy' },
          ...['rank', `mean ${payoff.unit}`, 'low', 'high', 'agreement', 'n', 'first in resamples'].map((title) => ({
            title,
            figure: true,
          })),
        ],
        own.map((score) => [
          words(score.name),
          ranks(score),
          exact(score.mean.estimate, figureText(score.mean.estimate)),
          end(score.mean, 'low'),
          end(score.mean, 'high'),
          shareWithInterval(score.agreement),
          score.negotiations,
          report.evidence.exact || report.evidence.units < 2 ? '–' : percent(score.rankShare[0]),
        ]),
      ),
      provenance,
    });
  })}${contrastTable(report)}`;
}

/** An end of an interval, where there is one. */
const end = (interval: Interval, which: 'low' | 'high'): string =>
  interval.low < interval.high ? figureText(interval[which]) : '–';

function contrastTable({ contrasts, players, schedule }: ComparisonReport): Piece {
  if (contrasts.length === 0) return null;
  const shown = bySize(contrasts).slice(0, 80);
  return html`<details><summary>${count(contrasts.length, 'difference')} between strategies</summary><div class="scroll" tabindex="0" role="region" aria-label="Differences between strategies">${dataTable(
    `Paired differences of means, largest first${shown.length < contrasts.length ? `; ${shown.length} of ${contrasts.length}` : ''}`,
    [
      { title: 'player' },
      { title: 'strategy' },
      { title: 'over' },
      ...['difference', 'low', 'high', 'p (Holm)'].map((title) => ({ title, figure: true })),
      { title: 'verdict' },
    ],
    shown.map(({ better, worse, of: { player, difference, interval, adjustedP, verdict } }) => [
      schedule.symmetric ? 'any' : players[player].label,
      better,
      worse,
      figureText(Math.abs(difference)),
      interval.low < interval.high ? figureText(difference < 0 ? -interval.high : interval.low) : '–',
      interval.low < interval.high ? figureText(difference < 0 ? -interval.low : interval.high) : '–',
      adjustedP === null ? '–' : pText(adjustedP),
      verdict,
    ]),
  )}</div><p class="soft">${contrasts[0].method}</p></details>`;
}

function method(report: ComparisonReport): Markup {
  const { warnings, scores, cells, overall, scenarios, game, contrasts, payoff } = report;
  const methods = [
    ...new Set([
      ...scores.map(({ mean }) => mean.method),
      ...cells.flatMap(({ payoffs }) => payoffs.map((one) => one.method)),
      ...contrasts.map((one) => one.method),
      overall.agreement.method,
      game.pure.method,
      `${game.mixed.method} (${game.mixed.completeness})`,
      game.regret.method,
      ...(game.alphaRank ? [game.alphaRank.method] : []),
      game.replicator.method,
      game.deviations.method,
    ]),
  ];
  const { agreement, timedout, broken } = overall.ends;
  return html`<p>${count(agreement, 'agreement')}, ${figureText(timedout, 0)} timed out, ${figureText(broken, 0)} broken off; ${figureText(overall.meanRounds, 1)} rounds on average. In the means, ${payoff.disagreement}.</p>
<p>${auditText(report)}</p>
${doubts([...warnings, ...scores.flatMap(({ mean }) => mean.warnings), ...game.mixed.warnings, ...game.pure.warnings])}
<details><summary>Methods</summary><ul>${methods.map((one) => html`<li>${one}</li>`)}</ul></details>
<h3>Scenarios</h3><dl class="facts">${scenarios.map(({ file, title, hash, asOf }) => html`<dt>${title}</dt><dd>${file}${asOf ? `, as of ${asOf}` : ''}<br><code>${hash}</code></dd>`)}</dl>`;
}
