import type { ComparisonReport } from '../../comparison/report.ts';
import { whiskersChart } from '../charts/whiskers.ts';
import { dataTable, exact, figure } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { badge } from '../marks.ts';
import { count, figureText, percent, words } from '../numbers.ts';
import { document } from '../shell.ts';
import { cellTable, gameSection, matrixFigures } from './game.ts';
import { doubts, foot, provenanceOf } from './parts.ts';

/** The page of a comparison: who wins and how surely, every pairing, and what the payoffs mean as a game. */
export function comparisonPage(report: ComparisonReport): string {
  const { scenarios, schedule, version, seed, cases, payoff } = report;
  const hashes = scenarios.map(({ hash }) => hash);
  const provenance = `${provenanceOf(version, hashes, seed)} · ${count(schedule.negotiations, 'negotiation')}`;
  const how = schedule.mode === 'cross' ? 'every combination of strategies' : 'round robin';
  return document({
    title: scenarios.map(({ title }) => title).join(', '),
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
      { id: 'cases', title: 'Cases', content: cases.length > 1 ? caseFigure(report, provenance) : null },
      { id: 'method', title: 'How it was measured, and what to doubt', content: method(report) },
    ],
    foot: foot(version, hashes, html`Seed ${seed}.`),
  });
}

function verdict({ scores, players, schedule, overall, contrasts }: ComparisonReport): Piece {
  const clear = contrasts.filter(({ adjustedP }) => adjustedP < 0.05).length;
  const firsts = (schedule.symmetric ? [0] : players.map((_, player) => player)).flatMap((player) => {
    const best = scores.filter((score) => score.player === player && score.rank === 1);
    if (best.length === 0) return [];
    const names =
      best.length > 3 ? `${best.length} strategies tie for first` : best.map(({ name }) => words(name)).join(' and ');
    if (schedule.symmetric) return [html`<strong>${names}</strong> did best`];
    return [html`<strong>${players[player].label}</strong> did best with <strong>${names}</strong>`];
  });
  return html`${firsts.map((first, i) => html`${i > 0 ? '; ' : ''}${first}`)}. ${percent(overall.agreement.estimate)} of ${count(schedule.negotiations, 'negotiation')} ended in agreement; ${clear} of ${count(contrasts.length, 'difference')} between strategies ${clear === 1 ? 'is' : 'are'} clear of chance.`;
}

function ranking(report: ComparisonReport, provenance: string): Markup {
  const { schedule, players, scores, payoff } = report;
  const seats = schedule.symmetric ? [0] : players.map((_, player) => player);
  return html`${seats.map((player) => {
    const own = scores
      .filter((score) => score.player === player)
      .toSorted((a, b) => a.rank - b.rank || b.mean.estimate - a.mean.estimate);
    const who = schedule.symmetric ? 'Strategies, whoever plays them' : players[player].label;
    const ranks = (one: (typeof own)[number]) =>
      `${one.rank}${one.rankLow === one.rankHigh ? '' : ` (${one.rankLow}–${one.rankHigh})`}`;
    return figure({
      id: `ranking-${players[player].id}`,
      title: html`${schedule.symmetric ? null : badge(player)}${who}`,
      lead: `Mean ${payoff.unit} against everything the strategy met, with ${intervalName(own[0]?.mean.confidence)}; beside it the rank, and the ranks that chance leaves open.`,
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
          ...['rank', `mean ${payoff.unit}`, 'low', 'high', 'agreement', 'n', 'chance of coming first'].map(
            (title) => ({ title, figure: true }),
          ),
        ],
        own.map((score) => [
          words(score.name),
          ranks(score),
          exact(score.mean.estimate, figureText(score.mean.estimate)),
          figureText(score.mean.low),
          figureText(score.mean.high),
          percent(score.agreement.estimate),
          score.negotiations,
          percent(score.rankShare[0]),
        ]),
      ),
      provenance,
    });
  })}${contrastTable(report)}`;
}

const intervalName = (confidence = 0.95): string => `a ${figureText(100 * confidence, 0)} % interval`;

function contrastTable({ contrasts, players, schedule }: ComparisonReport): Piece {
  if (contrasts.length === 0) return null;
  const shown = contrasts
    .toSorted((a, b) => a.adjustedP - b.adjustedP || Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, 80);
  return html`<details><summary>${count(contrasts.length, 'difference')} between strategies</summary><div class="scroll" tabindex="0" role="region" aria-label="Differences between strategies">${dataTable(
    `Paired differences of means, surest first${shown.length < contrasts.length ? `; ${shown.length} of ${contrasts.length}` : ''}`,
    [
      { title: 'player' },
      { title: 'strategy' },
      { title: 'against' },
      ...['difference', 'low', 'high', 'p (Holm)'].map((title) => ({ title, figure: true })),
    ],
    shown.map(({ player, a, b, difference, interval, adjustedP }) => [
      schedule.symmetric ? 'any' : players[player].label,
      words(a),
      words(b),
      figureText(difference),
      figureText(interval.low),
      figureText(interval.high),
      figureText(adjustedP, 4),
    ]),
  )}</div><p class="soft">${contrasts[0].method}</p></details>`;
}

function caseFigure({ cases, players, schedule }: ComparisonReport, provenance: string): Markup {
  return figure({
    id: 'case-rates',
    title: 'Agreement rate by case',
    lead: 'A case is a scenario under one setting of what was varied; beside its rate stands how many outcomes every party could sign.',
    chart: whiskersChart('case-rates-svg', {
      title: 'Agreement rate by case',
      axis: 'share of negotiations that ended in agreement',
      beside: 'acceptable to all',
      seat: 2,
      include: [0, 1],
      rows: cases.map(({ label, agreement, zone }) => ({
        label,
        estimate: agreement.estimate,
        low: agreement.low,
        high: agreement.high,
        beside: figureText(zone.rational, 0),
      })),
    }),
    table: dataTable(
      'Cases, with mean payoffs over the whole schedule',
      [
        { title: 'case' },
        ...['acceptable to all', 'of outcomes', 'agreement', 'low', 'high', 'rounds'].map((title) => ({
          title,
          figure: true,
        })),
        ...players.map(({ label }) => ({
          title: schedule.symmetric ? label.replace('entrant', 'seat') : label,
          figure: true,
        })),
      ],
      cases.map(({ label, zone, agreement, meanRounds, payoffs }) => [
        label,
        figureText(zone.rational, 0),
        figureText(zone.outcomes, 0),
        percent(agreement.estimate),
        percent(agreement.low),
        percent(agreement.high),
        figureText(meanRounds, 1),
        ...payoffs.map((x) => exact(x, figureText(x))),
      ]),
    ),
    provenance,
  });
}

function method({ warnings, scores, cells, audit, overall, scenarios, game }: ComparisonReport): Markup {
  const methods = [
    ...new Set([
      ...scores.map(({ mean }) => mean.method),
      ...cells.flatMap(({ payoffs }) => payoffs.map((one) => one.method)),
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
  return html`<p>${count(agreement, 'agreement')}, ${figureText(timedout, 0)} timed out, ${figureText(broken, 0)} broken off; ${figureText(overall.meanRounds, 1)} rounds on average.</p>
<p>${count(audit.audited, 'negotiation was', 'negotiations were')} played again by the recorded executor${audit.oneIn > 0 ? ` (1 in ${figureText(audit.oneIn, 0)})` : ''} and had the same facts.${audit.fallbacks.length > 0 ? ` Run by XState, since the table cannot express them: ${audit.fallbacks.join(', ')}.` : ''}</p>
${doubts([...warnings, ...scores.flatMap(({ mean }) => mean.warnings), ...game.mixed.warnings, ...game.pure.warnings])}
<details><summary>Methods</summary><ul>${methods.map((one) => html`<li>${one}</li>`)}</ul></details>
<h3>Scenarios</h3><dl class="facts">${scenarios.map(({ file, title, hash, asOf }) => html`<dt>${title}</dt><dd>${file}${asOf ? `, as of ${asOf}` : ''}<br><code>${hash}</code></dd>`)}</dl>`;
}
