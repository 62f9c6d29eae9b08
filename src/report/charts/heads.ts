import { html, type Piece } from '../html.ts';
import { broken, clip } from '../labels.ts';
import { px, say, stack, widthOf } from '../svg.ts';

/** The names above a grid's columns, and above them what its columns and rows are. */
export interface Heads {
  /** Room that they need above the grid. */
  readonly height: number;
  /** How far slanted names reach beyond the right edge of the grid. */
  readonly beyond: number;
  readonly drawn: Piece;
}

/** Level where every name fits its column in two lines, slanted otherwise. */
export function columnHeads(
  names: readonly string[],
  left: number,
  column: number,
  columns: string,
  rows: string,
): Heads {
  const axes = [
    say(14, 16, `columns → ${clip(columns, 110)}`, 'axis'),
    say(14, 34, `rows ↓ ${clip(rows, 110)}`, 'axis'),
  ];
  const most = Math.max(4, Math.floor((column - 6) / 7));
  const level = names.flatMap((name) => [broken(name, most)].filter((lines) => lines !== null));
  const middle = (c: number) => left + (c + 0.5) * column;
  if (level.length === names.length) {
    const deepest = Math.max(...level.map(({ length }) => length));
    const height = 52 + 13 * deepest;
    const drawn = level.map((lines, c) => stack(middle(c), height - 4 - 6.5 * deepest, lines, '', 'middle'));
    return { height, beyond: 0, drawn: [axes, drawn] };
  }
  const slanted = names.map((name) => clip(name, 48));
  const longest = Math.max(...slanted.map((name) => widthOf(name)));
  const height = 56 + SINE * longest;
  const drawn = slanted.map(
    (name, c) => html`<text transform="translate(${px(middle(c))} ${px(height - 8)}) rotate(-38)">${name}</text>`,
  );
  return { height, beyond: Math.max(0, COSINE * longest - column / 2), drawn: [axes, drawn] };
}

/** Of 38 degrees. */
const SINE = 0.616;
const COSINE = 0.788;
