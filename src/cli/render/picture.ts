import type { Mark, Scatter } from '../../analysis/scatter.ts';
import type { Paint } from '../console.ts';
import { figureText } from './table.ts';
import { pad } from './width.ts';

const SIGN: Readonly<Record<Mark, string>> = { nash: 'N', kalaiSmorodinsky: 'K', egalitarian: 'E', utilitarian: 'U' };
const SHADES = [' ', '·', '░', '▒', '▓'];

/**
 * The utility space of two parties as text: darker where more outcomes lie, `+` in the zone of agreement, `●` on the frontier, letters at the solutions, `d` at
 * the disagreement point.
 */
export function picture(grid: Scatter, paint: Paint, width = Number.POSITIVE_INFINITY): string {
  const { columns, rows, counts, rational, frontier, marks, disagreement, x, y } = grid;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const letters = new Map<number, string>();
  for (const { mark, cell } of marks) letters.set(cell, (letters.has(cell) ? '*' : '') + SIGN[mark]);
  const sign = (cell: number): string => {
    const letter = letters.get(cell);
    if (letter !== undefined) return paint.bold(letter.length > 1 ? '*' : letter);
    if (cell === disagreement) return paint.bold('d');
    if (frontier[cell]) return paint.cyan('●');
    if (rational[cell] > 0) return paint.green('+');
    if (counts[cell] === 0) return ' ';
    return paint.dim(SHADES[Math.min(4, 1 + Math.floor((3.99 * Math.log1p(counts[cell])) / Math.log1p(most)))]);
  };
  const lines = Array.from({ length: rows }, (_, row) => {
    const axis = row === 0 ? figureText(y.max, 2) : row === rows - 1 ? figureText(y.min, 2) : '';
    const cells = Array.from({ length: columns }, (_, column) => sign(row * columns + column)).join('');
    return `  ${pad(axis, 6, true)} ┤${cells}`;
  });
  const low = figureText(x.min, 2);
  const high = figureText(x.max, 2);
  return [
    ...lines,
    `         └${'─'.repeat(columns)}`,
    `          ${low}${pad(high, columns - low.length, true)}`,
    ...legend(width).map(paint.dim),
  ].join('\n');
}

const LEGEND = [
  '● frontier',
  '+ zone of agreement',
  'N Nash',
  'K Kalai-Smorodinsky',
  'E egalitarian',
  'U utilitarian',
  '* several',
  'd disagreement',
  '· ░ ▒ ▓ outside the zone: few to many outcomes',
];

/** As many signs in a line as fit it. */
function legend(width: number): string[] {
  const lines = [' '];
  for (const sign of LEGEND) {
    const last = lines.length - 1;
    if (lines[last].length > 1 && lines[last].length + 2 + sign.length > width) lines.push(`  ${sign}`);
    else lines[last] += lines[last].length > 1 ? `  ${sign}` : ` ${sign}`;
  }
  return lines;
}
