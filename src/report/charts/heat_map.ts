import { html, type Markup } from '../html.ts';
import { clip, wrapped } from '../labels.ts';
import { digitsTogether, figureText } from '../numbers.ts';
import { drawing, extent, px, say, stack, widthOf } from '../svg.ts';
import { shadeOf } from './matrix.ts';

/** A result over two varied parameters: one value a cell, null where there is none. */
export interface HeatMap {
  readonly title: string;
  readonly measure: string;
  readonly rows: { readonly label: string; readonly values: readonly string[] };
  readonly columns: { readonly label: string; readonly values: readonly string[] };
  /** Row-major. */
  readonly cells: readonly (number | null)[];
  /** How a figure is written in its cell. */
  text?(x: number): string;
}

const CELL = 40;

/** Two parameters against each other, the first upwards as on a map, shaded and with the figure in each cell. */
export function heatMapChart(id: string, { title, measure, rows, columns, cells, text }: HeatMap): Markup {
  const figures = cells.filter((x): x is number => x !== null);
  const span = extent(figures);
  const digits = digitsTogether(figures);
  const write = text ?? ((x: number) => figureText(x, digits));
  const names = rows.values.map((value) => wrapped(value, 24));
  const left = 30 + Math.max(66, ...names.flat().map((line) => widthOf(line)));
  const width = Math.max(44, Math.min(150, (1000 - left - 10) / columns.values.length));
  const top = 28;
  const bottom = top + CELL * rows.values.length;
  const right = left + width * columns.values.length;
  return drawing(
    {
      id,
      width: Math.max(1000, right + 10),
      height: bottom + 98,
      title,
      summary: `${measure} for ${rows.values.length} values of ${rows.label} and ${columns.values.length} of ${columns.label}.`,
    },
    say(14, 16, `rows ↑ ${clip(rows.label, 110)}`, 'axis'),
    names.map((lines, r) => stack(left - 10, rowAt(r) + CELL / 2, lines, 'tick', 'end')),
    columns.values.map((value, c) =>
      say(left + (c + 0.5) * width, bottom + 18, clip(value, Math.floor(width / 6.2)), 'tick', 'middle'),
    ),
    cells.map((x, k) => {
      const a = left + (k % columns.values.length) * width;
      const b = rowAt(Math.floor(k / columns.values.length));
      const name = `${rows.label} ${rows.values[Math.floor(k / columns.values.length)]}, ${columns.label} ${columns.values[k % columns.values.length]}`;
      return html`<g class="cell ${x === null ? 'none' : `q${shadeOf(x, span)}`}"><title>${name}: ${x === null ? 'none' : figureText(x)}</title><rect x="${px(a + 0.75)}" y="${px(b + 0.75)}" width="${px(width - 1.5)}" height="${CELL - 1.5}" rx="2"/>${say(a + width / 2, b + CELL / 2 + 4, x === null ? '–' : clip(write(x), Math.floor(width / 6)), 'small', 'middle')}</g>`;
    }),
    say((left + right) / 2, bottom + 40, `columns → ${clip(columns.label, 100)}`, 'axis', 'middle'),
    Array.from(
      { length: 7 },
      (_, q) =>
        html`<g class="cell q${q}"><rect x="${px(left + q * 26)}" y="${bottom + 58}" width="25" height="13"/></g>`,
    ),
    say(left, bottom + 88, write(span[0]), 'tick'),
    say(left + 182, bottom + 88, write(span[1]), 'tick', 'end'),
    say(left + 194, bottom + 69, measure),
  );

  function rowAt(r: number): number {
    return top + (rows.values.length - 1 - r) * CELL;
  }
}
