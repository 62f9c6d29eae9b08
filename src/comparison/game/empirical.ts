import type { Bootstrap } from '../statistics/bootstrap.ts';
import type { Finding } from '../statistics/finding.ts';
import { type SimultaneousIntervals, simultaneous } from '../statistics/simultaneous.ts';
import { type Game, profileCount } from './game.ts';
import { profileRegrets } from './regret.ts';

/** How sure the measurements make us that a profile is an equilibrium. Arrays by profile number. */
export type EmpiricalEquilibria = Finding & {
  readonly epsilon: number;
  /** The game of the mean payoffs. */
  readonly game: Game;
  /** Largest regret of each profile in that game, with intervals that hold for all profiles at once. */
  readonly regret: SimultaneousIntervals;
  /** Share of resamples in which the profile is an epsilon-equilibrium. */
  readonly probability: Float64Array;
};

/**
 * The measured payoffs as an empirical game (Wellman 2006; Wiedenbeck, Cassell & Wellman, AAMAS 2014, for bootstrapped regrets): for each
 * profile its regret with simultaneous intervals, and how often it is an epsilon-equilibrium when scenarios and repetitions are drawn
 * anew. Regret is a maximum, so its estimate is biased upwards near equilibria: read the probability with it.
 *
 * @param measured a bootstrap whose columns are the payoff tensor's cells in the order of `Game.payoff`.
 */
export const empiricalEquilibria = (
  players: readonly string[],
  strategies: readonly (readonly string[])[],
  measured: Bootstrap,
  { epsilon = 0, confidence = 0.95 }: { readonly epsilon?: number; readonly confidence?: number } = {},
): EmpiricalEquilibria => {
  const cells = strategies.reduce((count, list) => count * list.length, players.length);
  const width = measured.columns.length;
  if (width !== cells) throw new RangeError(`empirical game: ${cells} cells expected, ${width} columns measured`);
  const game = { players, strategies, payoff: measured.estimates };
  const count = profileCount(game);
  const replicates = new Float64Array(measured.resamples * count);
  const probability = new Float64Array(count);
  for (let b = 0; b < measured.resamples; b++) {
    const drawn = profileRegrets({
      players,
      strategies,
      payoff: measured.replicates.subarray(b * width, (b + 1) * width),
    });
    replicates.set(drawn, b * count);
    for (let p = 0; p < count; p++) if (drawn[p] <= epsilon) probability[p] += 1 / measured.resamples;
  }
  const regret = simultaneous(profileRegrets(game), replicates, { confidence, atLeast: 0 });
  return {
    epsilon,
    game,
    regret,
    probability,
    method: `regrets of the mean-payoff game and of ${measured.resamples} bootstrap games, epsilon ${epsilon}`,
    completeness: 'estimate',
    warnings: measured.warnings,
  };
};
