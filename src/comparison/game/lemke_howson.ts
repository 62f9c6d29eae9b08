import type { Finding } from '../statistics/finding.ts';
import type { Game } from './game.ts';
import { copyTableau, leavingRow, pivot, polytopes, type Tableau, valuesOf } from './tableau.ts';
import { type ExactEquilibrium, type IntegerGame, integerGame } from './two_player.ts';

export type LemkeHowsonPath = Finding & {
  /** The label dropped at the start: 0..m-1 the row player's strategies, then the column player's. */
  readonly label: number;
  readonly pivots: number;
  /** Absent when the pivots ran out. */
  readonly equilibrium?: ExactEquilibrium;
  /** Whether the path met a tie, which proves the game degenerate; not meeting one proves nothing. */
  readonly metDegeneracy: boolean;
};

/**
 * One equilibrium of a two-player game by complementary pivoting (C. E. Lemke & J. T. Howson, SIAM J. 12, 1964), exact in integers with
 * a lexicographic ratio test. Ends for every game, degenerate or not, but may need exponentially many pivots (Savani & von Stengel,
 * Econometrica 74, 2006), hence the limit. Zero-sum games are solved the same way.
 */
export const lemkeHowson = (game: Game, label = 0, maxPivots = 1_000_000): LemkeHowsonPath => {
  const integers = integerGame(game);
  const labels = game.strategies[0].length + game.strategies[1].length;
  if (!(label >= 0 && label < labels)) throw new RangeError(`label ${label} is not in 0..${labels - 1}`);
  return follow(polytopes(integers), integers, label, maxPivots);
};

/** One path per label, from the artificial equilibrium. Reaches only some of the equilibria in general (Shapley 1974). */
export const lemkeHowsonAll = (game: Game, maxPivots = 1_000_000): LemkeHowsonPath[] => {
  const integers = integerGame(game);
  const start = polytopes(integers);
  const labels = game.strategies[0].length + game.strategies[1].length;
  return Array.from({ length: labels }, (_, label) => follow(copyPair(start), integers, label, maxPivots));
};

/**
 * Every equilibrium that can be reached by paths from the artificial one and then, unless `restart` is false, from the ones found, over
 * all labels. In a nondegenerate game there is an odd number of equilibria, of which this may still miss some.
 */
export const lemkeHowsonNetwork = (
  game: Game,
  { restart = true, maxPivots = 1_000_000 }: { readonly restart?: boolean; readonly maxPivots?: number } = {},
): Finding & { readonly equilibria: readonly ExactEquilibrium[] } => {
  const integers = integerGame(game);
  const labels = game.strategies[0].length + game.strategies[1].length;
  const found = new Map<string, ExactEquilibrium>();
  const seen = new Set<string>();
  const queue = [polytopes(integers)];
  let cut = false;
  for (let pair = queue.pop(); pair; pair = queue.pop()) {
    for (let label = 0; label < labels; label++) {
      const end = copyPair(pair);
      const { equilibrium } = follow(end, integers, label, maxPivots);
      cut ||= !equilibrium;
      const state = end.map((t) => t.basis.toSorted((a, b) => a - b).join()).join('|');
      if (!equilibrium || seen.has(state)) continue;
      seen.add(state);
      if (restart) queue.push(end);
      found.set(keyOf(equilibrium), equilibrium);
    }
  }
  return {
    equilibria: [...found.values()],
    method: `Lemke-Howson paths from ${restart ? 'every equilibrium found' : 'the origin'}, every label, exact integers`,
    completeness: 'sample',
    warnings: cut ? [`a path was cut after ${maxPivots} pivots`] : [],
  };
};

// ---- helpers

const keyOf = (e: ExactEquilibrium): string => e.exact.map((side) => side.map((p) => `${p.over}/${p.under}`)).join();

const copyPair = ([a, b]: [Tableau, Tableau]): [Tableau, Tableau] => [copyTableau(a), copyTableau(b)];

/** Pivots the pair in place until the dropped label is back. */
const follow = (pair: [Tableau, Tableau], game: IntegerGame, label: number, maxPivots: number): LemkeHowsonPath => {
  const m = game.row.length;
  const n = game.row[0].length;
  let entering = label;
  // The label enters the polytope in which it is not basic: at an equilibrium it is basic in exactly one, if not tied.
  let side = pair[0].basis.includes(label) ? 1 : 0;
  let pivots = 0;
  let metDegeneracy = false;
  let done = false;
  while (!done && pivots < maxPivots) {
    const t = pair[side];
    const { row, tied } = leavingRow(t, entering);
    metDegeneracy ||= tied;
    const leaving = t.basis[row];
    pivot(t, row, entering);
    pivots++;
    done = leaving === label;
    entering = leaving;
    side = 1 - side;
  }
  const x = valuesOf(pair[0], 0, m);
  const y = valuesOf(pair[1], m, m + n);
  // A path that starts at an equilibrium may lead back to the artificial one, where nobody plays.
  const equilibrium = done && x.some((w) => w > 0n) ? game.equilibrium(x, y) : undefined;
  return {
    label,
    pivots,
    metDegeneracy,
    equilibrium,
    method: `Lemke-Howson, label ${label}, exact integers, lexicographic ratio test`,
    completeness: 'one',
    warnings: [
      ...(done ? [] : [`no equilibrium within ${maxPivots} pivots: there is one, it was not reached`]),
      ...(metDegeneracy ? ['degenerate game: this may be a point of a continuum'] : []),
    ],
  };
};
