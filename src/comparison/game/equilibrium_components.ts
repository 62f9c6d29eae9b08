/** A connected piece of the set of equilibria. Indices point into the list of extreme equilibria. */
export type EquilibriumComponent = {
  readonly equilibria: readonly number[];
  /**
   * Maximal Nash subsets: within one, any mixture of its row vertices is in equilibrium with any mixture of its column vertices. Given
   * as the extreme equilibria at its corners.
   */
  readonly subsets: readonly (readonly number[])[];
  /** Whether the list of subsets was cut short. */
  readonly cut: boolean;
};

/**
 * Groups extreme equilibria (pairs of vertices, compared by identity) into components and maximal Nash subsets. Vertices are the nodes of
 * a bipartite graph and extreme equilibria its edges; components are its connected pieces, Nash subsets its maximal complete bipartite
 * pieces (Avis et al. 2010, section 4; Winkels 1979).
 */
export const componentsOf = <V extends object>(
  pairs: readonly { readonly x: V; readonly y: V }[],
): EquilibriumComponent[] => {
  const byX = index(pairs.map((p) => p.x));
  const byY = index(pairs.map((p) => p.y));
  const seen = new Set<number>();
  const components: EquilibriumComponent[] = [];
  for (let first = 0; first < pairs.length; first++) {
    if (seen.has(first)) continue;
    const members: number[] = [];
    const queue = [first];
    seen.add(first);
    for (let k = queue.pop(); k !== undefined; k = queue.pop()) {
      members.push(k);
      for (const next of [...(byX.get(pairs[k].x) ?? []), ...(byY.get(pairs[k].y) ?? [])]) {
        if (!seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    members.sort((a, b) => a - b);
    components.push({ equilibria: members, ...bicliques(members, pairs) });
  }
  return components;
};

const MAX_SUBSETS = 5000;

/** Maximal bicliques: the distinct intersections of the row vertices' neighbourhoods. */
const bicliques = <V extends object>(
  members: readonly number[],
  pairs: readonly { readonly x: V; readonly y: V }[],
) => {
  const ys = [...new Set(members.map((k) => pairs[k].y))];
  const bit = new Map(ys.map((y, i) => [y, 1n << BigInt(i)]));
  const neighbours = new Map<V, bigint>();
  for (const k of members) neighbours.set(pairs[k].x, (neighbours.get(pairs[k].x) ?? 0n) | (bit.get(pairs[k].y) ?? 0n));
  const closed = new Set<bigint>();
  let cut = false;
  for (const own of neighbours.values()) {
    for (const set of [...closed]) {
      const both = set & own;
      if (both !== 0n && closed.size < MAX_SUBSETS) closed.add(both);
      else if (both !== 0n && !closed.has(both)) cut = true;
    }
    closed.add(own);
  }
  const subsets = [...closed].map((set) =>
    members.filter(
      (k) => (set & (bit.get(pairs[k].y) ?? 0n)) !== 0n && ((neighbours.get(pairs[k].x) ?? 0n) & set) === set,
    ),
  );
  return { subsets, cut };
};

const index = <V>(keys: readonly V[]): Map<V, number[]> => {
  const out = new Map<V, number[]>();
  keys.forEach((key, k) => {
    const list = out.get(key);
    if (list) list.push(k);
    else out.set(key, [k]);
  });
  return out;
};
