import { decimalText } from '../../domain/decimal_text.ts';
import type { Paint } from '../console.ts';

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The width of a text on a terminal: colour codes take none. */
export const widthOf = (text: string): number => [...text.replace(ANSI, '')].length;

export const pad = (text: string, width: number, right = false): string => {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? gap + text : text + gap;
};

/** Shortens a text to a width, with an ellipsis. */
export const clip = (text: string, width: number): string =>
  widthOf(text) <= width ? text : `${[...text].slice(0, Math.max(1, width - 1)).join('')}…`;

/** Paragraphs, one a line, in lines of at most `width`, broken at spaces, though not before a per cent sign; the lines after the first stand two further in than it. A word longer than that stays whole. */
export const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .map((paragraph) => wrapped(paragraph, width))
    .join('\n');

function wrapped(text: string, width: number): string {
  const margin = ' '.repeat(text.replace(ANSI, '').search(/\S|$/) + 2);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) (?!%)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = margin + word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** A plain table: a header, a rule, rows; columns as wide as their widest cell. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  indent = '  ',
): string {
  const widths = columns.map((column, c) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[c] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    (indent + columns.map((column, c) => pad(cells[c] ?? '', widths[c], column.right)).join('  ')).trimEnd();
  return [paint.dim(line(columns.map(({ title }) => title))), ...rows.map(line)].join('\n');
}

/** A number for people: at most `digits` decimals, thousands set apart, a real minus sign. */
export function figureText(x: number, digits = 0): string {
  if (!Number.isFinite(x)) return x > 0 ? '∞' : x < 0 ? '−∞' : '–';
  const text = decimalText(Math.abs(x), digits, digits);
  return x < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `1 term`, `3 parties`: a whole number of things. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${figureText(n)} ${n === 1 ? one : many}`;

export const signed = (x: number, digits = 0): string => (x > 0 ? `+${figureText(x, digits)}` : figureText(x, digits));
