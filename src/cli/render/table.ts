import { decimalText } from '../../domain/decimal_text.ts';
import type { Paint } from '../console.ts';
import { pad, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/**
 * A plain table: a header and rows, columns as wide as their widest cell. Where that is wider than `width`, titles break between words and the widest columns of
 * text go on in the line below.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  indent = '  ',
  width = Number.POSITIVE_INFINITY,
): string {
  const widths = columnWidths(columns, rows, width - indent.length);
  const lines = (cells: readonly string[]) => {
    const parts = columns.map((_, c) => wrap(cells[c] ?? '', widths[c]));
    const height = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, i) =>
      (indent + columns.map((column, c) => pad(parts[c][i] ?? '', widths[c], column.right)).join(BETWEEN)).trimEnd(),
    );
  };
  return [...lines(columns.map(({ title }) => title)).map(paint.dim), ...rows.flatMap(lines)].join('\n');
}

const BETWEEN = '  ';
/** Columns of text are made no narrower than this. */
const NARROW = 12;

function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const cells = (c: number) => Math.max(0, ...rows.map((row) => widthOf(row[c] ?? '')));
  const widths = columns.map(({ title }, c) => Math.max(widthOf(title), cells(c)));
  const least = columns.map(({ title, right }, c) =>
    Math.max(longestWord(title), right ? cells(c) : Math.min(cells(c), NARROW)),
  );
  let over = widths.reduce((sum, w) => sum + w, 0) + BETWEEN.length * (columns.length - 1) - width;
  while (over > 0) {
    let widest = -1;
    for (const [c, w] of widths.entries()) if (w > least[c] && (widest < 0 || w > widths[widest])) widest = c;
    if (widest < 0) break;
    widths[widest]--;
    over--;
  }
  return widths.map((w) => Math.max(1, w));
}

const longestWord = (text: string) => Math.max(0, ...text.split(' ').map(widthOf));

/**
 * A number for people: at most `digits` decimals, thousands set apart, a real minus sign; beyond 10^15 as a power of ten, since so many digits say nothing and
 * burst every table.
 */
export function figureText(x: number, digits = 0): string {
  if (!Number.isFinite(x)) return x > 0 ? '∞' : x < 0 ? '−∞' : '–';
  const text =
    Math.abs(x) < 1e15 ? decimalText(Math.abs(x), digits, digits) : Math.abs(x).toExponential(3).replace('e+', 'e');
  return x < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A measure such as a distance, to so many decimals; one that would read as nothing and is not keeps two of its digits. */
export function measureText(x: number, digits = 3): string {
  const text = figureText(x, digits);
  return x === 0 || /[1-9∞–]/.test(text) ? text : String(Number(x.toPrecision(2))).replace('-', '−');
}

export const signed = (x: number, digits = 0): string => (x > 0 ? `+${figureText(x, digits)}` : figureText(x, digits));
