import type { Finding } from '../statistics/finding.ts';
import { type Game, payoffRange, profileCount, profileIndex, stridesOf } from './game.ts';
import { profileRegrets } from './regret.ts';

/** `profiles` by number, ascending; `regret[k]` is the largest regret in `profiles[k]`. */
export type PureEquilibria = Finding & {
  readonly epsilon: number;
  readonly profiles: readonly number[];
  readonly regret: readonly number[];
};

/**
 * All pure profiles in which nobody gains more than epsilon (in payoff units) by deviating alone: Nash equilibria at epsilon 0, any
 * number of players, by scanning the tensor. Payoffs are compared as stored; ties count as best replies.
 */
export const pureEquilibria = (game: Game, epsilon = 0): PureEquilibria => {
  const worst = profileRegrets(game);
  const profiles: number[] = [];
  for (let p = 0; p < profileCount(game); p++) if (worst[p] <= epsilon) profiles.push(p);
  const near = worst.reduce((k, r) => k + (r > epsilon && r <= epsilon + 1e-9 * payoffRange(game) ? 1 : 0), 0);
  return {
    epsilon,
    profiles,
    regret: profiles.map((p) => worst[p]),
    method: epsilon === 0 ? 'scan of all pure profiles' : `scan of all pure profiles, epsilon ${epsilon}`,
    completeness: 'exact',
    warnings: near > 0 ? [`${near} more profiles miss by less than a billionth of the payoff range`] : [],
  };
};

/** The strategies of a player that do best against the others' choices in a profile (its own entry is ignored); ties all listed. */
export const bestReplies = (game: Game, player: number, profile: readonly number[], tie = 0): number[] => {
  const n = game.players.length;
  const stride = stridesOf(game)[player] * n;
  const first = profileIndex(game, profile) * n + player - profile[player] * stride;
  const payoffs = game.strategies[player].map((_, s) => game.payoff[first + s * stride]);
  const best = Math.max(...payoffs);
  return payoffs.flatMap((u, s) => (u >= best - tie ? [s] : []));
};
