import type { OutcomeSpace } from '../domain/outcome_space.ts';
import type { Appraisal, Coordinate, Term } from './term.ts';

/**
 * Where outcomes fall among the points of a term's coordinates. The raw index of an outcome is cut in two, `high * block + low`, and each half adds its
 * part: two look-ups an outcome, and tables of a few thousand entries instead of one per outcome.
 */
export interface Points {
  /** How many points there are, the last coordinate varying fastest. */
  readonly size: number;
  readonly block: number;
  readonly high: Int32Array;
  readonly low: Int32Array;
}

/** One term of a sum over outcomes: its figures by point, and how many times it counts. */
export interface Addend {
  readonly points: Points;
  readonly cells: Float64Array;
  readonly times: number;
}

export function pointsOf(space: OutcomeSpace, coordinates: readonly Coordinate[]): Points {
  const { issues, strides, size } = space;
  const steps = new Int32Array(coordinates.length);
  let points = 1;
  for (let c = coordinates.length - 1; c >= 0; c--) {
    steps[c] = points;
    points *= coordinates[c].levelOf.length;
  }
  // The stride nearest to the square root halves the tables best.
  const block = [size, ...strides].reduce((best, one) => (one + size / one < best + size / best ? one : best));
  const high = new Int32Array(size / block);
  const low = new Int32Array(block);
  for (const [c, { issue, classOf }] of coordinates.entries()) {
    const stride = strides[issue];
    const [table, unit] = stride >= block ? [high, stride / block] : [low, stride];
    for (let k = 0; k < table.length; k++) table[k] += steps[c] * classOf[Math.trunc(k / unit) % issues[issue].size];
  }
  return { size: points, block, high, low };
}

/** Which points an allowed outcome falls on. */
export function occurring({ allowed }: OutcomeSpace, { size, block, high, low }: Points): Uint8Array {
  const needed = new Uint8Array(size);
  let h = 0;
  let from = 0;
  let missing = size;
  for (let k = 0; k < allowed.length && missing > 0; k++) {
    while (allowed[k] - from >= block) {
      from += block;
      h++;
    }
    const point = high[h] + low[allowed[k] - from];
    missing -= 1 - needed[point];
    needed[point] = 1;
  }
  return needed;
}

/** How values become utilities: scaled to [0, 1], or taken as they are where there is none. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** A sum over outcomes: what is added, and how the total is scaled. */
export interface Sum {
  readonly addends: readonly Addend[];
  readonly scale: Scale | undefined;
}

/**
 * Writes one part of the left-to-right sum of the addends, scaled: to the allowed outcomes that fall to it, and NaN to those between them. Values do not depend
 * on how many parts there are. A thousand outcomes or so at a time, so that what one pair of addends wrote is near at hand when the next is added.
 */
export function addUp(
  allowed: Int32Array,
  { addends, scale }: Sum,
  values: Float64Array,
  part: number,
  parts: number,
): void {
  const from = Math.trunc((allowed.length * part) / parts);
  const to = Math.trunc((allowed.length * (part + 1)) / parts);
  const even = addends.length % 2 === 0 ? addends : [...addends, nothing(addends[0])];
  let reached = from === 0 ? 0 : allowed[from - 1] + 1;
  for (let at = from; at < to; at += STRETCH) {
    const end = Math.min(to, at + STRETCH);
    values.fill(Number.NaN, reached, allowed[end - 1] + 1);
    reached = allowed[end - 1] + 1;
    for (let k = at; k < end; k++) values[allowed[k]] = 0;
    for (let a = 0; a < even.length; a += 2) addTwo(allowed, at, end, even[a], even[a + 1], values);
    if (scale !== undefined) rescale(allowed, at, end, scale, values);
  }
  if (to === allowed.length) values.fill(Number.NaN, reached);
}

const STRETCH = 1024;

/** Values become utilities, in place. */
export function rescale(
  allowed: Int32Array,
  from: number,
  to: number,
  { low, high }: Scale,
  values: Float64Array,
): void {
  const width = high - low;
  for (let k = from; k < to; k++) {
    const o = allowed[k];
    values[o] = width === 0 ? (values[o] > low ? 1 : 0) : (values[o] - low) / width;
  }
}

/** An addend that adds nothing, for an odd number of them. */
const nothing = ({ points }: Addend): Addend => ({
  points: { ...points, high: new Int32Array(points.high.length), low: new Int32Array(points.low.length) },
  cells: new Float64Array(1),
  times: 0,
});

/** Adds two addends, which cut outcomes at the same places, as all of one space do. */
function addTwo(allowed: Int32Array, from: number, to: number, one: Addend, other: Addend, values: Float64Array): void {
  const { block, high, low } = one.points;
  const { cells, times } = one;
  const { high: otherHigh, low: otherLow } = other.points;
  const { cells: otherCells, times: otherTimes } = other;
  let start = 0;
  let end = 0;
  let base = 0;
  let otherBase = 0;
  for (let k = from; k < to; k++) {
    const outcome = allowed[k];
    if (outcome >= end) {
      const h = Math.trunc(outcome / block);
      start = h * block;
      end = start + block;
      base = high[h];
      otherBase = otherHigh[h];
    }
    const rest = outcome - start;
    values[outcome] =
      values[outcome] + times * cells[base + low[rest]] + otherTimes * otherCells[otherBase + otherLow[rest]];
  }
}

/** A term's figures at the points that are needed, whatever it may be elsewhere; all at once where the term knows how, else in ascending order. */
export function evaluate(term: Term, appraisal: Appraisal, needed: Uint8Array, issues: number): Float64Array {
  const { coordinates } = term;
  const levels = new Int32Array(issues);
  const last = coordinates.at(-1);
  const width = last?.levelOf.length ?? 1;
  const from = rowsOf(needed, width);
  const levelsAt = (row: number) => {
    let rest = from[row];
    for (let c = coordinates.length - 1; c >= 0; c--) {
      const { issue, levelOf } = coordinates[c];
      levels[issue] = levelOf[rest % levelOf.length];
      rest = Math.trunc(rest / levelOf.length);
    }
    return levels;
  };
  if (appraisal.table !== undefined) return appraisal.table({ from, points: needed.length, levels: levelsAt });
  const cells = new Float64Array(needed.length).fill(Number.NaN);
  for (let row = 0; row < from.length; row++) {
    levelsAt(row);
    for (let k = 0; k < width; k++) {
      if (needed[from[row] + k] === 0) continue;
      if (last !== undefined) levels[last.issue] = last.levelOf[k];
      cells[from[row] + k] = appraisal.value(levels);
    }
  }
  return cells;
}

/** Where the rows begin that have a needed point. */
function rowsOf(needed: Uint8Array, width: number): Int32Array {
  const rows: number[] = [];
  for (let from = 0; from < needed.length; from += width) {
    const next = needed.indexOf(1, from);
    if (next < 0) break;
    from = next - (next % width);
    rows.push(from);
  }
  return Int32Array.from(rows);
}
