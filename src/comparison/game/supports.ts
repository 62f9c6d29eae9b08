import { type Game, stridesOf } from './game.ts';
import { choose } from './subsets.ts';

/** The strategies each player mixes, ascending. */
export type Support = readonly (readonly number[])[];

/**
 * Supports to search, in the order of Porter, Nudelman & Shoham 2008 for many players (fewest strategies in all first, then most balanced),
 * without those in which a player's strategy is dominated by another of its strategies against everything the others' supports allow: no
 * equilibrium can use it. Dominated strictly, or weakly by a strategy of the same support, since there every combination has a chance.
 */
export function* supportProfiles(game: Game, maxSupport: number): Generator<Support> {
  for (const sizes of sizeProfiles(game, maxSupport)) {
    const lists = sizes.map((size, i) => choose(game.strategies[i].length, size));
    yield* product(lists, (support) => !hasDominated(game, support));
  }
}

const sizeProfiles = (game: Game, maxSupport: number): number[][] => {
  const profiles = game.strategies.reduce<number[][]>(
    (so, list) =>
      so.flatMap((sizes) => Array.from({ length: Math.min(maxSupport, list.length) }, (_, k) => [...sizes, k + 1])),
    [[]],
  );
  const total = (sizes: number[]) => sizes.reduce((a, b) => a + b, 0);
  const spread = (sizes: number[]) => Math.max(...sizes) - Math.min(...sizes);
  // A lone mixer, or one who outnumbers what the others can make it indifferent to, only occurs in degenerate games; kept for those.
  return profiles.sort((a, b) => total(a) - total(b) || spread(a) - spread(b));
};

function* product(
  lists: readonly (readonly (readonly number[])[])[],
  keep: (support: Support) => boolean,
): Generator<Support> {
  const at = lists.map(() => 0);
  for (;;) {
    const support = lists.map((list, i) => list[at[i]]);
    if (keep(support)) yield support;
    let i = lists.length - 1;
    while (i >= 0 && ++at[i] === lists[i].length) at[i--] = 0;
    if (i < 0) return;
  }
}

const hasDominated = (game: Game, support: Support): boolean => {
  const n = game.players.length;
  const strides = stridesOf(game);
  return support.some((mixed, i) => {
    let others = [0];
    support.forEach((list, j) => {
      if (j !== i) others = others.flatMap((at) => list.map((s) => at + s * strides[j]));
    });
    const step = strides[i] * n;
    return mixed.some((s) => game.strategies[i].some((_, t) => t !== s && dominates(t, s, mixed.includes(t))));

    function dominates(t: number, s: number, isMixed: boolean): boolean {
      let strict = false;
      for (const at of others) {
        const gain = game.payoff[at * n + i + t * step] - game.payoff[at * n + i + s * step];
        if (gain < 0 || (gain === 0 && !isMixed)) return false;
        strict ||= gain > 0;
      }
      return strict;
    }
  });
};
