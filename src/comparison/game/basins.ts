import { log } from '../../domain/arith.ts';
import type { Finding } from '../statistics/finding.ts';
import { uniform } from '../statistics/uniform.ts';
import { type Game, type Mixture, payoffRange } from './game.ts';
import { maxRegret } from './regret.ts';
import { fitnessOf, replicator } from './replicator.ts';

/** Where trajectories come to rest: a point, or several points of one continuum of equilibria. */
export type Basin = {
  /** The point, or one of the continuum. */
  readonly mixture: Mixture;
  /** Share of starts that end here. */
  readonly share: number;
  readonly maxRegret: number;
  /** How many different points of a continuum were reached; 1 for a single point. */
  readonly points: number;
};

export type Basins = Finding & {
  readonly basins: readonly Basin[];
  /** Share of starts whose path keeps coming back to where it was: it goes round and rests nowhere. */
  readonly cycling: number;
  /** Share of starts whose path had neither come to rest nor come back when time was up. */
  readonly moving: number;
};

/** Distance of mixtures, as the largest difference of a probability, below which they are the same point. */
const SAME = 1e-3;
/** Points looked at on the way of a path that has not come to rest. */
const LOOKS = 100;

/** Where replicator dynamics goes from random mixtures (uniform on the simplex). A sample: other attractors may exist. */
export const replicatorBasins = (
  game: Game,
  {
    starts = 100,
    seed = 1,
    horizon = 1000,
  }: { readonly starts?: number; readonly seed?: number; readonly horizon?: number } = {},
): Basins => {
  const range = payoffRange(game) || 1;
  const ends: { mixture: Mixture; starts: number }[] = [];
  let cycling = 0;
  let moving = 0;
  for (let k = 0; k < starts; k++) {
    const time = horizon / range;
    const end = replicator(fitnessOf(game), randomMixture(game, seed, k), [0, time], { tolerance: 1e-6 }).mixtures[1];
    if (maxRegret(game, end) > 1e-6 * range) {
      if (comesBack(game, end, time / 10)) cycling++;
      else moving++;
      continue;
    }
    const known = ends.find(({ mixture }) => distance(mixture, end) < SAME);
    if (known) known.starts++;
    else ends.push({ mixture: end, starts: 1 });
  }
  const basins = continua(game, ends, 1e-3 * range)
    .map((group): Basin => {
      const [{ mixture }] = group;
      const share = group.reduce((sum, one) => sum + one.starts, 0) / starts;
      return { mixture, share, maxRegret: maxRegret(game, mixture), points: group.length };
    })
    .sort((a, b) => b.share - a.share);
  return {
    basins,
    cycling: cycling / starts,
    moving: moving / starts,
    method: `replicator dynamics from ${starts} random mixtures, horizon ${horizon} / payoff range; end points are one continuum where what lies between them is an equilibrium too`,
    completeness: 'sample',
    warnings: [
      ...(cycling > 0 ? [`${cycling} of ${starts} paths go round and come to rest nowhere`] : []),
      ...(moving > 0 ? [`${moving} of ${starts} paths were still moving`] : []),
    ],
  };
};

// ---- helpers

const randomMixture = (game: Game, seed: number, k: number): number[][] =>
  game.strategies.map((list, i) => {
    const weights = list.map((_, s) => -log(1 - uniform(seed, k, i, s)));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  });

const distance = (a: Mixture, b: Mixture): number =>
  Math.max(...a.flatMap((row, i) => row.map((p, s) => Math.abs(p - b[i][s]))));

/** Whether a path leaves a point and then comes near it again. */
function comesBack(game: Game, from: Mixture, time: number): boolean {
  const times = Array.from({ length: LOOKS + 1 }, (_, k) => (k * time) / LOOKS);
  const path = replicator(fitnessOf(game), from, times, { tolerance: 1e-6 }).mixtures.map((at) => distance(at, from));
  const furthest = Math.max(...path);
  const left = path.findIndex((d) => d > furthest / 2);
  return furthest > SAME && path.slice(left).some((d) => d < furthest / 5);
}

/** Rest points in groups: two lie on one continuum where the point halfway between them is (nearly) an equilibrium as well. */
function continua<T extends { readonly mixture: Mixture; readonly starts: number }>(
  game: Game,
  points: readonly T[],
  tolerance: number,
): T[][] {
  const groups: T[][] = [];
  for (const point of points) {
    const linked = groups.filter((group) =>
      group.some(({ mixture }) => maxRegret(game, halfway(mixture, point.mixture)) < tolerance),
    );
    const merged = [...linked.flat(), point].sort((a, b) => b.starts - a.starts);
    for (const group of linked) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups;
}

const halfway = (a: Mixture, b: Mixture): Mixture => a.map((row, i) => row.map((p, s) => (p + b[i][s]) / 2));
