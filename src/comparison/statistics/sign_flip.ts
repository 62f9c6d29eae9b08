import type { Panel } from './panel.ts';
import { unitsOf } from './panel.ts';
import { bits } from './uniform.ts';

/** Up to so many sign patterns are gone through one by one; of more, so many are drawn. */
const PATTERNS = 16_384;
/** Fewer patterns are drawn where units and columns are many, but never fewer than this. */
const FEWEST = 1999;
const WORK = 4e8;

export type SignFlips = {
  /** Two-sided, per pair of columns; null where fewer than two units differ from each other, so that there is no scatter to judge by. */
  readonly ps: readonly (number | null)[];
  readonly units: number;
  /** No pair could have got a smaller p than this. */
  readonly smallest: number;
  readonly method: string;
};

/**
 * Sign-flip tests of "the mean difference of two columns is zero" (R. A. Fisher, The Design of Experiments, 1935, 21; E. J. G. Pitman, JRSS Suppl. 4, 1937):
 * where two strategies are alike, a unit's difference is as likely to have either sign, so the observed total is set against the totals under every choice of
 * signs. Exact at any number of units as long as differences are symmetric around their mean, and blind to how they scatter otherwise. With n units the smallest
 * p is 2^-(n-1): few units can never be sure. Beyond 2^14 patterns a seeded sample of them is drawn, with the +1 of Davison & Hinkley 1997, 4.2.
 */
export const signFlips = (panel: Panel, pairs: readonly (readonly [number, number])[], seed = 1): SignFlips => {
  const width = panel.columns.length;
  const rows = unitsOf(panel);
  const n = rows.length;
  const exact = n <= 15;
  const patterns = exact ? 2 ** (n - 1) : Math.max(FEWEST, Math.min(PATTERNS - 1, Math.floor(WORK / (n * width))));
  const observed = totals(rows, width, () => 1);
  const spans = pairs.map(([a, b]) => spanOf(rows, a, b));
  const asFar = pairs.map(() => 0);
  for (let pattern = 0; pattern < patterns; pattern++) {
    // The first sign is kept: a pattern and its mirror image stray equally far.
    const signs = exact
      ? (i: number) => ((pattern >> (i - 1)) & 1 && i > 0 ? -1 : 1)
      : (i: number) => ((bits(seed, pattern, i >> 5) >>> (i & 31)) & 1 ? -1 : 1);
    const flipped = totals(rows, width, signs);
    for (const [k, [a, b]] of pairs.entries())
      if (Math.abs(flipped[a] - flipped[b]) >= Math.abs(observed[a] - observed[b]) - spans[k].slack) asFar[k]++;
  }
  const added = exact ? 0 : 1;
  return {
    ps: pairs.map((_, k) => (spans[k].varies ? (asFar[k] + added) / (patterns + added) : null)),
    units: n,
    smallest: 1 / (patterns + added),
    method: `${exact ? 'exact sign-flip test' : `sign-flip test, ${patterns} patterns drawn,`} over ${n} ${panel.clusters.length > 1 ? 'scenarios' : 'repetitions'}`,
  };
};

const totals = (rows: readonly Float64Array[], width: number, sign: (unit: number) => number): Float64Array => {
  const out = new Float64Array(width);
  for (const [i, row] of rows.entries()) {
    const s = sign(i);
    for (let c = 0; c < width; c++) out[c] += s * row[c];
  }
  return out;
};

/** Whether the units' differences differ, and what rounding may have added to a total. */
const spanOf = (rows: readonly Float64Array[], a: number, b: number): { varies: boolean; slack: number } => {
  let low = Infinity;
  let high = -Infinity;
  let size = 0;
  for (const row of rows) {
    const d = row[a] - row[b];
    low = Math.min(low, d);
    high = Math.max(high, d);
    size += Math.abs(row[a]) + Math.abs(row[b]);
  }
  return { varies: high - low > (1e-12 * size) / rows.length, slack: 1e-12 * size };
};
