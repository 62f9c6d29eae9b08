import { ANSI, pad, widthOf } from './width.ts';

/**
 * A text in lines of at most `width` columns, broken between words; a word longer than a line is broken where the line ends, so that nothing is ever left out.
 * Lines after the first begin with `hang`, which counts towards their width. Colour codes take no room.
 */
export function wrap(text: string, width: number, hang = ''): string[] {
  return text
    .split('\n')
    .flatMap((paragraph, p) => paragraphLines(paragraph, Math.max(hang.length + 1, width), p === 0 ? '' : hang, hang));
}

/** The same as one text. */
export const wrapped = (text: string, width: number, hang = ''): string => wrap(text, width, hang).join('\n');

/** Paragraphs, one a line, each wrapped; its later lines stand two further in than its first. */
export const paragraphs = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => wrapped(line, width, ' '.repeat(line.replace(ANSI, '').search(/\S|$/) + 2)))
    .join('\n');

/** A term and what it means: side by side where the term fits its column, else one under the other. */
export function entry(term: string, meaning: string, column: number, width: number): string {
  const hang = ' '.repeat(column);
  const fits = widthOf(term) < column;
  const lines = wrap(meaning, width - column).map((line) => hang + line);
  if (!fits || lines.length === 0) return [...wrap(term, width, '    '), ...lines].join('\n');
  return [pad(term, column) + lines[0].slice(column), ...lines.slice(1)].join('\n').trimEnd();
}

function paragraphLines(text: string, width: number, first: string, hang: string): string[] {
  if (widthOf(first + text) <= width) return [(first + text).trimEnd()];
  const lead = /^ */.exec(text)![0];
  const lines: string[] = [];
  let line = first + lead;
  let empty = true;
  // a per cent sign stays with its figure
  for (const word of text.trim().split(/ +(?!%)/)) {
    let rest = word;
    if (!empty && widthOf(line) + 1 + widthOf(rest) > width) {
      lines.push(line);
      line = hang;
      empty = true;
    }
    while (widthOf(rest) > width - widthOf(line) && empty) {
      const [head, tail] = cut(rest, Math.max(1, width - widthOf(line)));
      lines.push(line + head);
      line = hang;
      rest = tail;
    }
    line += (empty ? '' : ' ') + rest;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** The first columns of a word, and the rest; a colour code goes with the character before it. */
function cut(word: string, columns: number): [string, string] {
  const cells = word.match(CELL) ?? [word];
  return [cells.slice(0, columns).join(''), cells.slice(columns).join('')];
}

const CODE = `${String.fromCharCode(27)}\\[[0-9;]*m`;
const CELL = new RegExp(`(?:${CODE})*[^](?:${CODE})*`, 'gu');
