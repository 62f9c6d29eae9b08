import { type Talks, utilitySpaceChart } from '../charts/utility_space.ts';
import type { ScenarioCard } from '../data/run.ts';
import type { SpacePicture } from '../data/space.ts';
import { choice, dataTable, exact, figure } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { count, figureText, percent } from '../numbers.ts';

/** What reproduces a drawing, in one line beneath it. */
export const provenanceOf = (version: string, hashes: readonly string[], seed?: number): string =>
  `hashpact ${version} · scenario ${hashes.map((hash) => hash.slice(0, 16)).join(', ')}${seed === undefined ? '' : ` · seed ${seed}`}`;

/** The utility space of every pair of parties, with the landmarks as a table behind each. */
export function spaceFigures(space: SpacePicture, provenance: string, talks?: Talks): Markup {
  const { parties } = space;
  const several = space.pairs.length > 1;
  const panels = space.pairs.map((pair) => {
    const [i, j] = pair.seats;
    const id = `space-${parties[i].id}-${parties[j].id}`;
    const label = `${parties[i].label} and ${parties[j].label}`;
    return {
      label,
      content: figure({
        id,
        title: `Utility space: ${label}`,
        lead: html`Each place is what an outcome is worth to the two, from worst to best.${several ? ' The frontier and the zone are those of the whole table, seen from these two seats.' : ''}`,
        chart: utilitySpaceChart(`${id}-svg`, space, pair, talks),
        table: landmarkTable(space, talks),
        tableTitle: 'Landmarks as a table',
        provenance,
      }),
    };
  });
  return html`${choice('pair', 'Parties', panels)}${frontierTable(space)}`;
}

function landmarkTable(space: SpacePicture, talks: Talks | undefined): Markup {
  const row = (name: Piece, outcomes: Piece, utilities: readonly (number | null)[]) => [
    name,
    outcomes,
    ...utilities.map((u) => exact(u, figureText(u, 4))),
  ];
  const rows = [
    ...(talks?.agreement ? [row('agreement', '', talks.agreement)] : []),
    row('without a deal', '', space.reservation),
    ...space.solutions.flatMap(({ name, points }) =>
      points.length === 0
        ? [
            row(
              `${name}: none`,
              '',
              space.parties.map(() => null),
            ),
          ]
        : points.slice(0, 12).map(({ outcomes, utilities }) => row(name, outcomesText(outcomes), utilities)),
    ),
  ];
  return dataTable(
    'Utilities of what is marked',
    [
      { title: 'point' },
      { title: 'outcome', figure: true },
      ...space.parties.map(({ label }) => ({ title: label, figure: true })),
    ],
    rows,
  );
}

/** The frontier as a table, once for all pairs. */
export function frontierTable({ frontier, paretoSize, parties }: SpacePicture): Piece {
  if (frontier.length === 0) return null;
  const shown = frontier.slice(0, 100);
  const caption = `Pareto frontier of what is acceptable to all${shown.length < paretoSize ? `; the first ${shown.length} of ${count(paretoSize, 'point')}` : ''}`;
  const rows = shown.map((utilities, i) => [i + 1, ...utilities.map((u) => exact(u, figureText(u, 4)))]);
  return html`<details class="behind"><summary>The frontier as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="The frontier">${dataTable(caption, [{ title: 'point' }, ...parties.map(({ label }) => ({ title: label, figure: true }))], rows)}</div></details>`;
}

export const outcomesText = (outcomes: readonly number[]): string =>
  outcomes.length > 3 ? `${outcomes.slice(0, 3).join(', ')} and ${outcomes.length - 3} more` : outcomes.join(', ');

/** How much was possible, in a sentence. */
export const zoneSentence = (space: SpacePicture): string =>
  space.rational === 0
    ? `There is no zone of agreement: none of ${count(space.outcomes, 'outcome')} reaches every reservation value.`
    : `${figureText(space.rational, 0)} of ${count(space.outcomes, 'outcome')} (${percent(space.rational / space.outcomes)}) reach every reservation value; their Pareto frontier has ${count(space.paretoSize, 'point')}.`;

/** What a scenario rests on. */
export function groundsOf({ note, sources, figures }: ScenarioCard): Markup {
  return html`<p>Of the scenario’s figures ${count(figures.sourced, 'has a source', 'have a source')}, ${count(figures.assumed, 'is an assumption that says so', 'are assumptions that say so')} and ${count(figures.bare, 'is bare', 'are bare')}.</p>
${note ? html`<p>${note}</p>` : null}
${sources.length > 0 ? html`<details><summary>${count(sources.length, 'source')}</summary><ul class="plain">${sources.map(({ text, url, date }) => html`<li>${url !== null && /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer noopener">${text}</a>` : text}${date ? html` <span class="soft">(${date})</span>` : null}</li>`)}</ul></details>` : null}`;
}

/** Everything a reader should doubt, once each. */
export function doubts(warnings: readonly string[]): Piece {
  const once = [...new Set(warnings)];
  return once.length === 0 ? null : html`<ul>${once.map((warning) => html`<li>${warning}</li>`)}</ul>`;
}

export const foot = (version: string, hashes: readonly string[], extra: Piece): Piece =>
  html`<p>Made by hashpact ${version}. Scenario ${hashes.map((hash, i) => html`${i > 0 ? ', ' : ''}<code>${hash}</code>`)} (SHA-256). ${extra}</p><p>A model to argue with, no forecast. This page stands alone: it loads nothing and asks nobody.</p>`;
