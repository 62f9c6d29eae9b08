import { html, Markup, type Piece } from './html.ts';

export interface Figure {
  readonly id: string;
  readonly title: Piece;
  /** What to see in it, in a sentence or two. */
  readonly lead?: Piece;
  readonly chart: Markup;
  /** The same as text, for those who cannot or would rather not see it. */
  readonly table: Markup;
  readonly tableTitle?: string;
  /** What reproduces it: version, scenario hash, seed. */
  readonly provenance: string;
}

/** A chart with its sentence, its text table, its export button and its provenance. */
export function figure({ id, title, lead, chart, table, tableTitle = 'As a table', provenance }: Figure): Markup {
  return html`<figure class="figure" id="${id}">
<figcaption><h3>${title}</h3>${lead ? html`<p>${lead}</p>` : null}</figcaption>
<p class="hint">The drawing goes on to the right: move it sideways, or read the table beneath.</p>
<div class="canvas" tabindex="0" role="region" aria-label="Chart, scrolls sideways where it is wider than the page">${chart}</div>
<div class="below"><details class="behind"><summary>${tableTitle}</summary><div class="scroll" tabindex="0" role="region" aria-label="${tableTitle}">${table}</div></details><button type="button" class="needs-script export" data-export="${id}">Save as SVG</button></div>
<p class="provenance">${provenance}</p>
</figure>`;
}

export interface Column {
  readonly title: Piece;
  /** Figures stand at the right. */
  readonly figure?: boolean;
}

/** A text table. The first column heads its row. A cell may be a figure with its exact value (see `exact`). */
export function dataTable(caption: string, columns: readonly Column[], rows: readonly (readonly Piece[])[]): Markup {
  const kind = (i: number) => (columns[i]?.figure ? new Markup(' class="n"') : null);
  return html`<table><caption>${caption}</caption><thead><tr>${columns.map(({ title }, i) => html`<th scope="col"${kind(i)}>${title}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row"${kind(i)}>${cell}</th>` : html`<td${kind(i)}>${cell}</td>`))}</tr>
`,
  )}</tbody></table>`;
}

/** A rounded figure that carries the exact one. */
export const exact = (x: number | null, text: string): Markup =>
  x === null ? html`${text}` : html`<data value="${x}">${text}</data>`;

export interface Panel {
  readonly label: string;
  readonly content: Markup;
}

/** Alternatives of which one is shown; without a script all are, one after the other. */
export function choice(id: string, label: string, panels: readonly Panel[]): Markup {
  if (panels.length === 1) return panels[0].content;
  return html`<div class="choice" data-choice="${id}"><div class="choose needs-script"><label for="${id}-select">${label}</label> <select id="${id}-select">${panels.map(
    ({ label: name }, i) => html`<option value="${i}">${name}</option>`,
  )}</select></div>${panels.map(({ content, label: name }) => html`<div class="panel" data-panel aria-label="${name}" role="group">${content}</div>`)}</div>`;
}
