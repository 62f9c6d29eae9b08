import type { AnalysisReport } from '../data/analysis.ts';
import { dataTable, exact } from '../figure.ts';
import { html, type Markup } from '../html.ts';
import { count, figureText } from '../numbers.ts';
import { document } from '../shell.ts';
import { doubts, foot, groundsOf, outcomesText, provenanceOf, spaceFigures, zoneSentence } from './parts.ts';

/** The page of what was possible, whoever plays. */
export function analysisPage(report: AnalysisReport): string {
  const { scenario, space, version, hash, mode } = report;
  return document({
    title: scenario.title,
    kind: 'What is possible, whoever plays',
    verdict: zoneSentence(space),
    meta: [
      scenario.asOf ? `facts as of ${scenario.asOf}` : '',
      `values in ${scenario.unit}`,
      scenario.rule,
      `definitions: ${mode}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    sections: [
      { id: 'space', title: 'Utility space', content: spaceFigures(space, provenanceOf(version, [hash])) },
      { id: 'solutions', title: 'Bargaining solutions', content: solutions(report) },
      { id: 'grounds', title: 'What it rests on', content: html`${groundsOf(scenario)}${doubts(space.warnings)}` },
    ],
    foot: foot(version, [hash], null),
  });
}

function solutions({ space, named, issues }: AnalysisReport): Markup {
  const columns = [
    { title: 'solution' },
    { title: 'outcome', figure: true },
    ...space.parties.map(({ label }) => ({ title: label, figure: true })),
    { title: 'how it was found' },
  ];
  const rows = space.solutions.flatMap(({ name, points, method }) =>
    points.length === 0
      ? [[name, 'none', ...space.parties.map(() => '–'), method]]
      : points
          .slice(0, 8)
          .map(({ outcomes, utilities }) => [
            name,
            outcomesText(outcomes),
            ...utilities.map((u) => exact(u, figureText(u, 4))),
            method,
          ]),
  );
  const cut = space.solutions
    .filter(({ points }) => points.length > 8)
    .map(({ name, points }) => `${name}: the first 8 of ${count(points.length, 'point')}`);
  const inWords = named.map(({ outcome, values }) => [outcome, ...values]);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Bargaining solutions">${dataTable(`Solutions on the outcomes, as sets of maximisers${cut.length > 0 ? `; ${cut.join(', ')}` : ''}`, columns, rows)}</div>
<h3>In words</h3><div class="scroll" tabindex="0" role="region" aria-label="The outcomes in words">${dataTable('The first outcome of each solution', [{ title: 'outcome' }, ...issues.map((title) => ({ title }))], inWords)}</div>`;
}
