import type { Finding } from '../statistics/finding.ts';
import { componentsOf, type EquilibriumComponent } from './equilibrium_components.ts';
import type { Game } from './game.ts';
import { polytopes } from './tableau.ts';
import { type ExactEquilibrium, integerGame } from './two_player.ts';
import { MAX_LABELS, type Vertex, verticesOf } from './vertices.ts';

export type ExtremeEquilibria = Finding & {
  /** Sorted: the row player's weight on its first strategy first, highest first, and so on. */
  readonly equilibria: readonly ExactEquilibrium[];
  /** Some mixture has more pure best replies than strategies in use. */
  readonly degenerate: boolean;
  /** Connected pieces of the equilibrium set; a piece of one equilibrium is an isolated point. */
  readonly components: readonly EquilibriumComponent[];
};

/**
 * All extreme equilibria of a two-player game, exact (vertex enumeration of both best-response polytopes and matching of labels: Avis,
 * Rosenberg, Savani & von Stengel, Economic Theory 42, 2010). Every equilibrium is a convex combination within a Nash subset of a
 * component. Practical to about 12 x 12; `undefined` when the game has more than 31 strategies in all or needs more than `maxBases`
 * bases: then use Lemke-Howson.
 */
export const extremeEquilibria = (game: Game, maxBases = 50_000): ExtremeEquilibria | undefined => {
  const [m, n] = game.strategies.map((list) => list.length);
  if (m + n > MAX_LABELS) return undefined;
  const integers = integerGame(game);
  const [first, second] = polytopes(integers);
  const xs = verticesOf(first, 0, m, maxBases);
  const ys = verticesOf(second, m, m + n, maxBases);
  if (xs.cut || ys.cut) return undefined;
  const pairs = matched(xs.vertices, ys.vertices, 0x7fffffff >>> (MAX_LABELS - m - n))
    .map(([x, y]) => ({ x, y, equilibrium: integers.equilibrium(x.weights, y.weights) }))
    .sort((a, b) => order(a.equilibrium, b.equilibrium));
  const degenerate = !(xs.simple && ys.simple);
  const components = componentsOf(pairs);
  const continua = components.filter((c) => c.equilibria.length > 1).length;
  return {
    equilibria: pairs.map((p) => p.equilibrium),
    degenerate,
    components,
    method: 'vertex enumeration of both best-response polytopes, exact integers',
    completeness: 'all extreme points',
    warnings: [
      ...(degenerate ? ['degenerate game'] : []),
      ...(continua > 0 ? [`${continua} of ${components.length} components are continua, given by their corners`] : []),
      ...(components.some((c) => c.cut) ? ['a component has too many Nash subsets to list them all'] : []),
    ],
  };
};

const matched = (xs: readonly Vertex[], ys: readonly Vertex[], all: number): [Vertex, Vertex][] => {
  const pairs: [Vertex, Vertex][] = [];
  for (const x of xs) for (const y of ys) if ((x.tight | y.tight) === all) pairs.push([x, y]);
  return pairs;
};

const order = (a: ExactEquilibrium, b: ExactEquilibrium): number => {
  for (let side = 0; side < 2; side++) {
    for (let s = 0; s < a.exact[side].length; s++) {
      const left = a.exact[side][s].over * b.exact[side][s].under;
      const right = b.exact[side][s].over * a.exact[side][s].under;
      if (left !== right) return left > right ? -1 : 1;
    }
  }
  return 0;
};
