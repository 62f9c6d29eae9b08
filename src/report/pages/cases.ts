import type { ComparisonReport } from '../../comparison/report.ts';
import { bestText, dependenceText } from '../../comparison/told.ts';
import { whiskersChart } from '../charts/whiskers.ts';
import { dataTable, exact, figure } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { caseNames } from '../labels.ts';
import { figureText, percent, words } from '../numbers.ts';

/** Case by case: whether the answers depend on what was varied, and how talks end. */
export const casesSection = (report: ComparisonReport, provenance: string): Markup =>
  html`${dependence(report)}${caseFigure(report, provenance)}`;

/** Per case the best strategy of each player and the pure equilibria. */
function dependence(report: ComparisonReport): Piece {
  const { cases, cells, players, schedule } = report;
  if (report.dependence === null) return null;
  const asked = cases[0].best.filter(({ player }) => players[player].strategies.length > 1);
  return html`<h3>Does it depend on ${report.dependence.on.join(' and ')}?</h3><p>${dependenceText(report)}</p><div class="scroll" tabindex="0" role="region" aria-label="Best strategies by case">${dataTable(
    'Best strategy of each player and pure equilibria, case by case; tests are corrected within a case',
    [
      { title: 'case' },
      ...asked.map(({ player }) => ({
        title: schedule.symmetric ? 'best strategy' : `best for ${players[player].label}`,
      })),
      { title: 'pure equilibria' },
    ],
    cases.map(({ label, best, pure }) => [
      label,
      ...asked.map(({ player }) =>
        best
          .filter((one) => one.player === player)
          .map((one) => bestText(one, report, (x) => figureText(x)))
          .join(),
      ),
      pure.length === 0
        ? 'none'
        : `${pure.length}: ${pure
            .slice(0, 4)
            .map((p) => words(cells[p].name))
            .join('; ')}${pure.length > 4 ? ' …' : ''}`,
    ]),
  )}</div>`;
}

function caseFigure({ cases, players, schedule, scenarios }: ComparisonReport, provenance: string): Markup {
  const names = caseNames(
    cases,
    scenarios.map(({ file }) => file),
  );
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
      rows: cases.map(({ agreement, zone }, i) => ({
        label: names[i],
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
