import type { CellReport, ComparisonReport, MixtureReport } from '../../comparison/report.ts';
import { alphaRankText, mixtureNames, replicatorTexts, steadiness } from '../../comparison/told.ts';
import { DRAWABLE, deviationsChart, drawnArrows } from '../charts/deviations.ts';
import { type MatrixCell, matrixChart } from '../charts/matrix.ts';
import { choice, dataTable, exact, figure, type Panel } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { count, figureText, percent, words } from '../numbers.ts';
import { extent } from '../svg.ts';
import { shareWithInterval, withInterval } from './estimates.ts';

/** Beyond this many cells in all drawings together, a page tells only of the profiles nearest to equilibrium. */
const MOST_CELLS = 1200;
const MOST_LINES = 300;

/**
 * The first two players' strategies against each other: a drawing for each choice of the others and for each player whose payoff it shows, all in the same
 * shades.
 */
export function matrixFigures(report: ComparisonReport, provenance: string): Piece {
  const { players, cells, payoff } = report;
  if (players.length < 2) return null;
  if (cells.length * players.length > MOST_CELLS)
    return html`<p>${count(cells.length, 'profile')} are too many to draw; the table has those nearest to equilibrium.</p>`;
  const panels = players.map((player, seat): Panel => {
    const slices = slicesOf(report).map(({ label, first }): Panel => ({ label, content: matrix(seat, label, first) }));
    return { label: player.label, content: choice(`others-${player.id}`, 'While the others play', slices) };
  });
  return choice('payoff', 'Payoff of', panels);

  function matrix(seat: number, others: string, first: number): Markup {
    const [down, across] = players;
    const rest = players.slice(2).reduce((n, { strategies }) => n * strategies.length, 1);
    const span = extent(cells.flatMap(({ payoffs }) => (payoffs[seat] ? [payoffs[seat].estimate] : [])));
    const shown = down.strategies.flatMap((_, r) =>
      across.strategies.map((__, c) => cells[(r * across.strategies.length + c) * rest + first]),
    );
    const id = `matrix-${players[seat].id}-${first}`;
    const own = `${players[seat].label}, mean ${payoff.unit}`;
    return figure({
      id,
      title: `What ${players[seat].label} gets${others === '' ? '' : `, while ${others}`}`,
      lead: html`Mean ${payoff.unit} with its interval and the number of negotiations. A cell leads to its line in the table of profiles; arrow keys move between cells.`,
      chart: matrixChart(`${id}-svg`, {
        title: `${down.label} against ${across.label}: payoff of ${players[seat].label}`,
        measure: `mean ${payoff.unit}`,
        rows: { label: down.label, names: down.strategies },
        columns: { label: across.label, names: across.strategies },
        cells: shown.map((cell) => cellOf(report, cell, seat)),
        span,
      }),
      table: dataTable(
        `${own}, with its interval and the number of negotiations`,
        [
          { title: `${down.label} \\ ${across.label}` },
          ...across.strategies.map((name) => ({ title: words(name), figure: true })),
        ],
        down.strategies.map((name, r) => [
          words(name),
          ...across.strategies.map((_, c) => {
            const { payoffs, n } = shown[r * across.strategies.length + c];
            return withInterval(payoffs[seat], n);
          }),
        ]),
      ),
      provenance,
    });
  }
}

/** Every choice of strategies of the third and further players; one nameless slice where there are two. */
function slicesOf({ players }: ComparisonReport): { label: string; first: number }[] {
  let slices: { label: string; first: number }[] = [{ label: '', first: 0 }];
  for (const { label, strategies } of players.slice(2))
    slices = slices.flatMap((slice) =>
      strategies.map((name, s) => ({
        label: `${slice.label}${slice.label === '' ? '' : ' and '}${label} plays ${words(name)}`,
        first: slice.first * strategies.length + s,
      })),
    );
  return slices;
}

function cellOf({ game }: ComparisonReport, cell: CellReport, seat: number): MatrixCell {
  const { estimate, low, high } = cell.payoffs[seat];
  const [down, across] = cell.strategies;
  return {
    href: `profile-${cell.profile}`,
    name: cell.name,
    mean: estimate,
    low,
    high,
    n: cell.n,
    equilibrium: game.pure.profiles.includes(cell.profile),
    rowBest: cell.bestReplies[0]?.includes(down) ?? false,
    columnBest: cell.bestReplies[1]?.includes(across) ?? false,
  };
}

/** Every profile with all its figures; many are cut to those nearest to equilibrium. */
export function cellTable({ cells, players, payoff, scenarios, seed, evidence }: ComparisonReport): Markup {
  const again = html`<p class="soft">One negotiation of a profile, told round by round: <code>hashpact run ${scenarios[0]?.file ?? 'SCENARIO'} --seed ${seed}${players.map(({ id }) => ` --strategy ${id}=NAME`)}</code>. With <code>compare --out results.parquet</code> every row can be opened by its number: <code>hashpact debug results.parquet#1234</code>.</p>`;
  const cut = cells.length > MOST_LINES;
  const shown = cut
    ? cells.toSorted((a, b) => a.regret.estimate - b.regret.estimate || b.welfare - a.welfare).slice(0, MOST_LINES)
    : cells;
  const head = [
    'profile',
    ...players.map(({ label }) => `${label} (mean ${payoff.unit})`),
    'agreement',
    'n',
    'rounds',
    'regret',
    'equilibrium in',
    'to frontier',
    'to Nash',
  ];
  return html`<details><summary>Every profile with all its figures</summary><div class="scroll" tabindex="0" role="region" aria-label="Every profile"><table><caption>${cut ? `The ${shown.length} of ${cells.length} profiles nearest to equilibrium` : count(cells.length, 'profile')}; intervals beneath means and rates; regret: the largest gain from deviating alone</caption><thead><tr>${head.map((title, i) => html`<th scope="col"${i > 0 ? html` class="n"` : null}>${title}</th>`)}</tr></thead><tbody>
${shown.map(
  (
    cell,
  ) => html`<tr id="profile-${cell.profile}"><th scope="row">${words(cell.name)}${cell.payoffs.map(({ estimate, low, high }) => html`<td class="n">${exact(estimate, figureText(estimate))}${low < high ? html`<span class="why">${figureText(low)} – ${figureText(high)}</span>` : null}`)}<td class="n">${shareWithInterval(cell.agreement)}<td class="n">${cell.n}<td class="n">${figureText(cell.rounds, 1)}<td class="n">${figureText(cell.regret.estimate)}<td class="n">${evidence.exact || evidence.units < 2 ? '–' : percent(cell.equilibriumProbability)}<td class="n">${figureText(cell.paretoDistance)}<td class="n">${figureText(cell.nashDistance)}
`,
)}</tbody></table></div>${again}</details>`;
}

/** Equilibria in words, and the deviation graph. */
export function gameSection(report: ComparisonReport, provenance: string): Markup {
  const { game, cells, players } = report;
  const { profiles } = game.pure;
  const mixed = game.mixed.equilibria.filter(({ mixture }) => mixture.some((row) => row.every((p) => p < 1 - 1e-9)));
  const items: Piece[] = [
    profiles.length === 0
      ? 'No profile of pure strategies is an equilibrium: in each somebody gains by changing.'
      : html`${count(profiles.length, 'pure equilibrium', 'pure equilibria')}: ${profiles.slice(0, 6).map((p, i) => html`${i > 0 ? '; ' : ''}<a href="#profile-${p}">${words(cells[p].name)}</a>${steadiness(report, cells[p].equilibriumProbability, percent)}`)}${profiles.length > 6 ? ` and ${profiles.length - 6} more` : ''}.`,
    ...mixed.slice(0, 4).map((one) => `Mixed: ${mixtureText(one, report)}.`),
    mixed.length > 4 ? `${mixed.length - 4} more mixed equilibria.` : null,
    alphaRankText(report, percent, (x) => figureText(x)),
    ...replicatorTexts(report, percent),
  ];
  return html`<p>Measured payoffs, taken as a game in which each player picks a strategy once.</p><ul>${items.map((item) => (item === null ? null : html`<li>${item}</li>`))}</ul>${deviations()}`;

  function deviations(): Markup {
    const { arrows, sinks, cycles } = game.deviations;
    const drawn = drawnArrows(game.deviations).length;
    const surest = arrows.toSorted((a, b) => b.gain - a.gain).slice(0, MOST_LINES);
    const table = dataTable(
      `Best replies that gain, largest gain first${surest.length < arrows.length ? `; ${surest.length} of ${arrows.length}` : ''}`,
      [{ title: 'from' }, { title: 'player' }, { title: 'to' }, { title: 'gain', figure: true }],
      surest.map(({ from, player, to, gain }) => [
        words(cells[from].name),
        players[player].label,
        words(cells[to].name),
        exact(gain, figureText(gain)),
      ]),
    );
    const said = `${count(sinks.length, 'profile')} left by nobody, ${count(cycles.length, 'set')} of profiles that lead around in circles.`;
    if (cells.length > DRAWABLE)
      return html`<p>${said} ${count(cells.length, 'profile')} are too many for a graph.</p><details><summary>Best replies as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Best replies">${table}</div></details>`;
    return figure({
      id: 'deviations',
      title: 'Deviation graph',
      lead: `An arrow leads from a profile to the one a player would rather have, by a best reply that gains.${drawn < arrows.length ? ` Only that of whoever gains most is drawn at each profile: ${drawn} of ${arrows.length}.` : ''} ${said}`,
      chart: deviationsChart('deviations-svg', {
        players,
        arrows,
        sinks,
        cycles,
        weight: cells.map(({ alphaRank }) => alphaRank),
        names: cells.map(({ name }) => words(name)),
      }),
      table,
      tableTitle: 'Best replies as a table',
      provenance,
    });
  }
}

function mixtureText({ mixture, payoffs, maxRegret }: MixtureReport, report: ComparisonReport): string {
  return `${mixtureNames(mixture, report.players, percent)}, worth ${payoffs.map((x) => figureText(x)).join(' / ')}${maxRegret > 1e-9 ? `, regret at most ${figureText(maxRegret, 6)}` : ''}`;
}
