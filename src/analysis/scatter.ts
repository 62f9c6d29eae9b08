import { analyze } from './analyze.ts';
import type { MeasureOptions } from './measures.ts';
import type { UtilitySpace } from './utility_space.ts';

/** What a cell of the picture contains besides outcomes. */
export type Mark = 'nash' | 'kalaiSmorodinsky' | 'egalitarian' | 'utilitarian';

/** A density grid of two parties' utilities: numbers only, drawn elsewhere. */
export interface Scatter {
  readonly columns: number;
  readonly rows: number;
  /** Seat along the columns (left = its worst) and along the rows (row 0 = its best, as on a page). */
  readonly seats: readonly [number, number];
  readonly x: { readonly min: number; readonly max: number };
  readonly y: { readonly min: number; readonly max: number };
  /** Allowed outcomes per cell, row-major. */
  readonly counts: Uint32Array;
  /** Individually rational outcomes per cell. */
  readonly rational: Uint32Array;
  /** 1 where a frontier point (of the whole game, not of these two seats) falls. */
  readonly frontier: Uint8Array;
  readonly marks: readonly { readonly mark: Mark; readonly cell: number; readonly outcomes: readonly number[] }[];
  /** Cell of the disagreement point, or -1 when it lies outside the picture. */
  readonly disagreement: number;
}

/** Grid of the utilities of seats i and j over all allowed outcomes, with frontier and solutions marked. */
export function scatter(
  space: UtilitySpace,
  i: number,
  j: number,
  columns: number,
  rows: number,
  options: MeasureOptions = {},
): Scatter {
  if (!(i in space.parties && j in space.parties)) throw new RangeError(`no seats ${i} and ${j}`);
  if (!(columns >= 1 && rows >= 1)) throw new RangeError('a picture needs at least one cell');
  const [ux, uy] = [space.utilities[i], space.utilities[j]];
  const x = extent(ux, space.outcomes);
  const y = extent(uy, space.outcomes);
  const cellOf = (a: number, b: number): number => {
    const column = Math.min(columns - 1, Math.floor(place(a, x) * columns));
    const row = rows - 1 - Math.min(rows - 1, Math.floor(place(b, y) * rows));
    return row * columns + column;
  };
  const counts = new Uint32Array(columns * rows);
  const rational = new Uint32Array(columns * rows);
  for (const o of space.outcomes) {
    const cell = cellOf(ux[o], uy[o]);
    counts[cell]++;
    if (space.utilities.every((u, k) => u[o] >= space.reservation[k])) rational[cell]++;
  }
  const found = options.analysis ?? analyze(space, options);
  const frontier = new Uint8Array(columns * rows);
  for (const { utilities } of found.pareto.points) frontier[cellOf(utilities[i], utilities[j])] = 1;
  const names: readonly Mark[] = ['nash', 'kalaiSmorodinsky', 'egalitarian', 'utilitarian'];
  const marks = names.flatMap((mark) =>
    found[mark].points.map(({ outcomes, utilities }) => ({ mark, cell: cellOf(utilities[i], utilities[j]), outcomes })),
  );
  const [a, b] = [space.reservation[i], space.reservation[j]];
  const inside = a >= x.min && a <= x.max && b >= y.min && b <= y.max;
  return {
    columns,
    rows,
    seats: [i, j],
    x,
    y,
    counts,
    rational,
    frontier,
    marks,
    disagreement: inside ? cellOf(a, b) : -1,
  };
}

function extent(u: Float64Array, outcomes: Int32Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const o of outcomes) {
    if (u[o] < min) min = u[o];
    if (u[o] > max) max = u[o];
  }
  return { min, max };
}

const place = (u: number, { min, max }: { min: number; max: number }): number =>
  max > min ? (u - min) / (max - min) : 0.5;
