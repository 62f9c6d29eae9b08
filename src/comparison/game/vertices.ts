import { copyTableau, leavingRow, pivot, type Tableau, valuesOf } from './tableau.ts';

/** A vertex of a best-response polytope. */
export type Vertex = {
  /** Bit k is set when label k is tight: strategy unused, or a best reply. */
  readonly tight: number;
  /** The strategies' weights, not normalised. */
  readonly weights: readonly bigint[];
};

/** Labels fit into the bits of a 32-bit integer. */
export const MAX_LABELS = 31;

/**
 * All vertices of a best-response polytope but the origin, by walking the graph of lexicographically feasible bases, which is connected
 * and covers every vertex even where bases are many to a vertex. `simple` is false when some vertex has more tight labels than the
 * dimension, that is, when some mixture has more best replies than strategies: the game is degenerate (von Stengel 2007, 2.10).
 *
 * @param from first label of the strategies mixed; @param to one past the last.
 */
export const verticesOf = (
  start: Tableau,
  from: number,
  to: number,
  maxBases: number,
): { readonly vertices: Vertex[]; readonly simple: boolean; readonly cut: boolean } => {
  const labels = start.rows[0].length - 1;
  const all = 0x7fffffff >>> (MAX_LABELS - labels);
  const vertices = new Map<number, Vertex>();
  const seen = new Set([maskOf(start.basis)]);
  const stack = [start];
  let simple = true;
  for (let t = stack.pop(); t; t = stack.pop()) {
    const mask = maskOf(t.basis);
    let tight = ~mask & all;
    t.basis.forEach((label, r) => {
      if (t.rows[r][labels] === 0n) tight |= 1 << label;
    });
    if (bitCount(tight) > to - from) simple = false;
    if (!vertices.has(tight)) vertices.set(tight, { tight, weights: valuesOf(t, from, to) });
    for (let entering = 0; entering < labels; entering++) {
      if (mask & (1 << entering)) continue;
      const { row } = leavingRow(t, entering);
      const next = (mask & ~(1 << t.basis[row])) | (1 << entering);
      if (seen.has(next)) continue;
      if (seen.size >= maxBases) return { vertices: withoutOrigin(vertices), simple, cut: true };
      seen.add(next);
      const neighbour = copyTableau(t);
      pivot(neighbour, row, entering);
      stack.push(neighbour);
    }
  }
  return { vertices: withoutOrigin(vertices), simple, cut: false };
};

const withoutOrigin = (vertices: Map<number, Vertex>): Vertex[] =>
  [...vertices.values()].filter(({ weights }) => weights.some((w) => w !== 0n));

const maskOf = (labels: readonly number[]): number => labels.reduce((mask, label) => mask | (1 << label), 0);

const bitCount = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};
