import type { Finding } from '../statistics/finding.ts';
import { uniform } from '../statistics/uniform.ts';
import { extremeEquilibria } from './extreme_equilibria.ts';
import { type Game, type Mixture, payoffRange } from './game.ts';
import { IndifferenceSystem } from './indifference.ts';
import { lemkeHowsonNetwork } from './lemke_howson.ts';
import { expectedPayoffs, maxRegret } from './regret.ts';
import { type Support, supportProfiles } from './supports.ts';

export type MixedEquilibrium = {
  readonly mixture: Mixture;
  readonly payoffs: readonly number[];
  /** Largest gain of any player from any deviation, over all its strategies, in payoff units. */
  readonly maxRegret: number;
  /** False when the equations around it are singular: it may be one point of a continuum. */
  readonly isolated: boolean;
};

export type MixedEquilibria = Finding & {
  readonly equilibria: readonly MixedEquilibrium[];
  /** Largest regret among them. */
  readonly maxRegret: number;
};

export type SupportSearchOptions = {
  /** Strategies a player may mix. */
  readonly maxSupport?: number;
  /** Newton starts for each support. */
  readonly starts?: number;
  readonly maxProfiles?: number;
  readonly seed?: number;
};

/**
 * Equilibria of a game with any number of players. Two players: all extreme equilibria, exact, or Lemke-Howson paths where the game is too
 * large. More: search over supports.
 */
export const mixedEquilibria = (game: Game, options: SupportSearchOptions = {}): MixedEquilibria => {
  if (game.players.length !== 2) return supportSearch(game, options);
  const all = extremeEquilibria(game);
  const continuous = new Set(all?.components.filter((c) => c.equilibria.length > 1).flatMap((c) => c.equilibria));
  const { equilibria, ...finding } = all ?? lemkeHowsonNetwork(game, { restart: false, maxPivots: 10_000 });
  const found = equilibria.map(({ mixture, payoffs }, k) => ({
    mixture,
    payoffs,
    maxRegret: maxRegret(game, mixture),
    isolated: !continuous.has(k),
  }));
  return { equilibria: found, maxRegret: worst(found), ...finding };
};

/**
 * Equilibria by supports: small and balanced ones first (Porter, Nudelman & Shoham, Games and Economic Behavior 63, 2008), those with a
 * conditionally dominated strategy skipped, and for the rest the indifference equations solved by damped Newton steps from several
 * starts. Every answer is checked against all deviations in the full game. Finding is numerical: what was found is an equilibrium to the
 * regret stated, what was not found may still exist.
 */
export const supportSearch = (game: Game, options: SupportSearchOptions = {}): MixedEquilibria => {
  const { maxSupport = 3, starts = 8, maxProfiles = 5000, seed = 1 } = options;
  const range = payoffRange(game) || 1;
  const found: MixedEquilibrium[] = [];
  let searched = 0;
  let cut = false;
  for (const support of supportProfiles(game, maxSupport)) {
    if (searched >= maxProfiles) {
      cut = true;
      break;
    }
    searched++;
    const system = new IndifferenceSystem(game, support, range);
    for (let k = 0; k < (system.linear ? 1 : starts); k++) {
      const root = system.solve(startOf(support, seed, searched, k));
      if (!root || found.some((known) => close(known.mixture, root.mixture))) continue;
      const regret = maxRegret(game, root.mixture);
      if (regret > 1e-9 * range) continue;
      found.push({
        mixture: root.mixture,
        payoffs: expectedPayoffs(game, root.mixture),
        maxRegret: regret,
        isolated: !root.singular,
      });
    }
  }
  const larger = game.strategies.some((list) => list.length > maxSupport);
  const singular = found.filter((e) => !e.isolated).length;
  return {
    equilibria: found,
    maxRegret: worst(found),
    method: `search over supports of up to ${maxSupport} strategies, ${starts} Newton starts each`,
    completeness: 'sample',
    warnings: [
      ...(larger ? ['larger supports were not searched'] : []),
      ...(cut ? [`supports beyond the first ${maxProfiles} were not searched`] : []),
      ...(singular > 0 ? [`${singular} may lie on a continuum of equilibria`] : []),
      ...(found.length === 0 ? ['none found, which does not mean that there is none'] : []),
    ],
  };
};

// ---- helpers

const worst = (found: readonly MixedEquilibrium[]): number => found.reduce((w, e) => Math.max(w, e.maxRegret), 0);

const close = (a: Mixture, b: Mixture): boolean =>
  a.every((row, i) => row.every((p, s) => Math.abs(p - b[i][s]) < 1e-6));

/** The centre of the support's simplices first, then random points. */
const startOf = (support: Support, seed: number, profile: number, k: number): number[][] =>
  support.map((strategies, i) => {
    const weights = strategies.map((_, s) => (k === 0 ? 1 : 0.02 + uniform(seed, profile, k, i * 64 + s)));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  });
