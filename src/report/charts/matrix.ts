import { html, type Markup, type Piece } from '../html.ts';
import { wrapped } from '../labels.ts';
import { figureText, words } from '../numbers.ts';
import { drawing, px, say, stack, widthOf } from '../svg.ts';
import { columnHeads } from './heads.ts';

export interface MatrixCell {
  /** The address of the cell's line in the table behind the chart. */
  readonly href: string;
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Nobody gains by deviating alone. */
  readonly equilibrium: boolean;
  /** The row's player, or the column's, does no better with anything else here. */
  readonly rowBest: boolean;
  readonly columnBest: boolean;
}

export interface Matrix {
  readonly title: string;
  readonly measure: string;
  readonly rows: { readonly label: string; readonly names: readonly string[] };
  readonly columns: { readonly label: string; readonly names: readonly string[] };
  /** Row-major. */
  readonly cells: readonly MatrixCell[];
  /** The figures that get the lightest and the darkest shade: the same for every matrix that is to be compared with this one. */
  readonly span: readonly [number, number];
}

const CELL_HEIGHT = 56;
const SHADES = 7;

/** Which of the shades q0 to q6 a figure gets. */
export const shadeOf = (x: number, [low, high]: readonly [number, number]): number =>
  high > low ? Math.max(0, Math.min(SHADES - 1, Math.floor(((x - low) / (high - low)) * SHADES))) : 3;

/** Strategies against strategies: in each cell the mean, its interval and n; a ring where nobody gains by leaving, ticks at the best replies. */
export function matrixChart(id: string, { title, measure, rows, columns, cells, span }: Matrix): Markup {
  const names = rows.names.map((name) => wrapped(words(name), 24));
  const left = 30 + Math.max(60, ...names.flat().map((line) => widthOf(line)));
  const width = Math.max(62, Math.min(190, (1000 - left - 10) / columns.names.length));
  const heads = columnHeads(columns.names.map(words), left, width, columns.label, rows.label);
  const top = heads.height;
  const digits = Math.max(...span.map(Math.abs)) < 10 ? 2 : 0;
  const right = left + width * columns.names.length;
  const bottom = top + CELL_HEIGHT * rows.names.length;
  const total = Math.max(1000, right + 10, right + heads.beyond);
  return drawing(
    {
      id,
      width: total,
      height: bottom + 52,
      title,
      summary: `${rows.names.length} strategies of ${rows.label} against ${columns.names.length} of ${columns.label}; each cell has the mean ${measure}, its interval and the number of negotiations.`,
    },
    heads.drawn,
    names.map((lines, r) => stack(left - 10, top + (r + 0.5) * CELL_HEIGHT, lines, '', 'end')),
    html`<g data-roving="${columns.names.length}">${cells.map((cell, k) => cellOf(cell, k))}</g>`,
    scale(),
  );

  function cellOf(cell: MatrixCell, k: number): Piece {
    const x = left + (k % columns.names.length) * width;
    const y = top + Math.floor(k / columns.names.length) * CELL_HEIGHT;
    const middle = x + width / 2;
    const shade = shadeOf(cell.mean, span);
    return html`<a href="#${cell.href}" class="cell q${shade}" tabindex="${k === 0 ? 0 : -1}" aria-label="${cell.name}: ${figureText(cell.mean, digits + 1)}${cell.low < cell.high ? `, ${figureText(cell.low, digits + 1)} to ${figureText(cell.high, digits + 1)}` : ''}, n ${cell.n}${cell.equilibrium ? ', pure equilibrium' : ''}"><title>${cell.name}</title><rect x="${px(x + 1)}" y="${px(y + 1)}" width="${px(width - 2)}" height="${CELL_HEIGHT - 2}" rx="3"/>${cell.equilibrium ? html`<rect class="nash" x="${px(x + 4)}" y="${px(y + 4)}" width="${px(width - 8)}" height="${CELL_HEIGHT - 8}" rx="2"/>` : null}${say(middle, y + 23, figureText(cell.mean, digits), 'mean', 'middle')}${cell.low < cell.high ? say(middle, y + 36, `${figureText(cell.low, digits)} – ${figureText(cell.high, digits)}`, 'tiny', 'middle') : null}${say(middle, y + 48, `n ${cell.n}`, 'tiny', 'middle')}${cell.rowBest ? html`<path class="reply" d="M${px(x + 8)} ${y + 8}h7l-3.5 6z"/>` : null}${cell.columnBest ? html`<path class="reply" d="M${px(x + width - 14)} ${y + 8}v7l6 -3.5z"/>` : null}</a>`;
  }

  function scale(): Piece {
    const y = bottom + 20;
    const steps = Array.from(
      { length: SHADES },
      (_, q) => html`<g class="cell q${q}"><rect x="${px(left + q * 26)}" y="${y}" width="25" height="13"/></g>`,
    );
    const x = left + SHADES * 26 + 10;
    return [
      steps,
      say(left, y + 28, figureText(span[0], digits), 'tick'),
      say(left + SHADES * 26, y + 28, figureText(span[1], digits), 'tick', 'end'),
      say(x, y + 11, measure),
      html`<rect class="nash" x="${px(x + widthOf(measure) + 30)}" y="${y}" width="22" height="13" rx="2"/>`,
      say(x + widthOf(measure) + 60, y + 11, 'pure equilibrium'),
      html`<path class="reply alone" d="M${px(x + widthOf(measure) + 190)} ${y + 4}h7l-3.5 6z"/><path class="reply alone" d="M${px(x + widthOf(measure) + 204)} ${y + 3}v7l6 -3.5z"/>`,
      say(x + widthOf(measure) + 220, y + 11, 'best reply: of the row, of the column'),
    ];
  }
}
