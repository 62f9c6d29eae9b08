import type { Finding } from '../statistics/finding.ts';
import { type Game, profileCount, profileOf, stridesOf } from './game.ts';
import { sinkComponents, strongComponents } from './strong_components.ts';

/** One player changes its strategy and gains. */
export type Deviation = { readonly player: number; readonly from: number; readonly to: number; readonly gain: number };

export type DeviationGraph = Finding & {
  /** By `from`, then player, then `to`. */
  readonly arrows: readonly Deviation[];
  /** Profiles that no arrow leaves: the pure (epsilon-)equilibria. */
  readonly sinks: readonly number[];
  /** Sets of two or more profiles that lead around in circles. */
  readonly cycles: readonly (readonly number[])[];
  /** Where play ends up: components that no arrow leaves, sinks among them. */
  readonly traps: readonly (readonly number[])[];
};

/**
 * Who would leave which profile for which: an arrow for every best reply that gains more than epsilon (all of them when tied), or with
 * `replies: 'better'` for every improvement. Profiles are numbered as in `Game`. ANAC 2011 reported its tournament so (Baarslag et al.,
 * Artificial Intelligence 198, 2013).
 */
export const deviationGraph = (
  game: Game,
  { epsilon = 0, replies = 'best' }: { readonly epsilon?: number; readonly replies?: 'best' | 'better' } = {},
): DeviationGraph => {
  const n = game.players.length;
  const strides = stridesOf(game);
  const count = profileCount(game);
  const arrows: Deviation[] = [];
  const successors: number[][] = [];
  for (let from = 0; from < count; from++) {
    const profile = profileOf(game, from);
    const next: number[] = [];
    for (let player = 0; player < n; player++) {
      const first = from - profile[player] * strides[player];
      const gains = game.strategies[player].map(
        (_, s) => game.payoff[(first + s * strides[player]) * n + player] - game.payoff[from * n + player],
      );
      const threshold = replies === 'best' ? Math.max(...gains) : -Infinity;
      gains.forEach((gain, s) => {
        if (gain <= epsilon || gain < threshold) return;
        const to = first + s * strides[player];
        arrows.push({ player, from, to, gain });
        next.push(to);
      });
    }
    successors.push(next);
  }
  return {
    arrows,
    sinks: successors.flatMap((next, p) => (next.length === 0 ? [p] : [])),
    cycles: strongComponents(successors).filter((members) => members.length > 1),
    traps: sinkComponents(successors),
    method: `${replies}-reply graph over all pure profiles, epsilon ${epsilon}`,
    completeness: 'exact',
    warnings: [],
  };
};
