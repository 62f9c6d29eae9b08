import type { IntegerGame } from './two_player.ts';

/**
 * A simplex tableau in integers (fraction-free pivoting: J. Edmonds 1967; in games, von Stengel 2007, "Equilibrium computation for
 * two-player games", in Algorithmic Game Theory). Every basic column holds `scale` in its row and 0 elsewhere; the value of the basic
 * variable of row r is `rows[r].at(-1) / scale`.
 *
 * Columns are labels: 0..m-1 the row player's strategies, m..m+n-1 the column player's, and the right-hand side last. The ratio test is
 * lexicographic, which is the same as nudging the right-hand sides apart: no cycling, whatever the ties.
 */
export type Tableau = {
  readonly rows: bigint[][];
  readonly basis: number[];
  /** Labels of the starting basis, in the order in which ties are broken. */
  readonly start: readonly number[];
  scale: bigint;
};

/**
 * The two best-response polytopes at the origin: `[{x >= 0: x column <= 1}, {y >= 0: row y <= 1}]`. Label k is tight in the first when
 * row strategy k is unused or column strategy k - m is a best reply, and the other way round in the second.
 */
export const polytopes = ({ row, column }: IntegerGame): [Tableau, Tableau] => {
  const m = row.length;
  const n = row[0].length;
  const first = Array.from({ length: n }, (_, j) =>
    Array.from({ length: m + n + 1 }, (_, k) => (k < m ? column[k][j] : unit(k === m + j || k === m + n))),
  );
  const second = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m + n + 1 }, (_, k) => (k >= m && k < m + n ? row[i][k - m] : unit(k === i || k === m + n))),
  );
  const labels = Array.from({ length: m + n }, (_, k) => k);
  return [makeTableau(first, labels.slice(m)), makeTableau(second, labels.slice(0, m))];
};

/** The row that leaves when a label enters, and whether others tied with it; the polytope is bounded, so there is one. */
export const leavingRow = (t: Tableau, entering: number): { readonly row: number; readonly tied: boolean } => {
  const last = t.rows[0].length - 1;
  let best = -1;
  let tied = false;
  for (let r = 0; r < t.rows.length; r++) {
    if (t.rows[r][entering] <= 0n) continue;
    if (best < 0) {
      best = r;
      continue;
    }
    let order = compare(t, r, best, entering, last);
    if (order === 0) tied = true;
    else if (order < 0) tied = false;
    for (let k = 0; order === 0 && k < t.start.length; k++) order = compare(t, r, best, entering, t.start[k]);
    if (order < 0) best = r;
  }
  if (best < 0) throw new Error('tableau: unbounded polytope');
  return { row: best, tied };
};

/** Brings a label into the basis in a row, in place. */
export const pivot = (t: Tableau, row: number, entering: number): void => {
  const source = t.rows[row];
  const by = source[entering];
  for (let r = 0; r < t.rows.length; r++) {
    if (r === row) continue;
    const target = t.rows[r];
    const factor = target[entering];
    if (factor === 0n) {
      if (by !== t.scale) for (let k = 0; k < target.length; k++) target[k] = (target[k] * by) / t.scale;
    } else {
      for (let k = 0; k < target.length; k++) target[k] = (target[k] * by - factor * source[k]) / t.scale;
    }
  }
  t.basis[row] = entering;
  t.scale = by;
};

export const copyTableau = (t: Tableau): Tableau => ({
  rows: t.rows.map((r) => r.slice()),
  basis: t.basis.slice(),
  start: t.start,
  scale: t.scale,
});

/** Values of labels `from..to-1`, all times `scale`. */
export const valuesOf = (t: Tableau, from: number, to: number): bigint[] => {
  const out = Array.from({ length: to - from }, () => 0n);
  t.basis.forEach((label, r) => {
    if (label >= from && label < to) out[label - from] = t.rows[r][t.rows[r].length - 1];
  });
  return out;
};

const makeTableau = (rows: bigint[][], start: number[]): Tableau => ({ rows, basis: start.slice(), start, scale: 1n });

const unit = (yes: boolean): bigint => (yes ? 1n : 0n);

/** Sign of the ratio in row a minus the ratio in row b, for one right-hand column. */
const compare = (t: Tableau, a: number, b: number, entering: number, column: number): number => {
  const left = t.rows[a][column] * t.rows[b][entering];
  const right = t.rows[b][column] * t.rows[a][entering];
  return left < right ? -1 : left > right ? 1 : 0;
};
