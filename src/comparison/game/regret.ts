import { type Game, type Mixture, profileCount, profileOf, stridesOf } from './game.ts';

/**
 * What each player could still gain in each profile by changing only its own strategy: `[profile * players + player]`, in payoff units,
 * never negative. A profile is an epsilon-equilibrium exactly when its largest regret is at most epsilon.
 */
export const regrets = (game: Game, out = new Float64Array(game.payoff.length)): Float64Array => {
  const n = game.players.length;
  const strides = stridesOf(game);
  const count = profileCount(game);
  for (let i = 0; i < n; i++) {
    const size = game.strategies[i].length;
    const step = strides[i] * n;
    for (let p = 0; p < count; p++) {
      if (Math.floor(p / strides[i]) % size !== 0) continue;
      const first = p * n + i;
      let best = -Infinity;
      for (let s = 0; s < size; s++) best = Math.max(best, game.payoff[first + s * step]);
      for (let s = 0; s < size; s++) out[first + s * step] = best - game.payoff[first + s * step];
    }
  }
  return out;
};

/** The largest regret of any player in each profile. */
export const profileRegrets = (game: Game): Float64Array => {
  const n = game.players.length;
  const all = regrets(game);
  return Float64Array.from({ length: profileCount(game) }, (_, p) => {
    let worst = 0;
    for (let i = 0; i < n; i++) worst = Math.max(worst, all[p * n + i]);
    return worst;
  });
};

/** What each pure strategy of each player earns on average against the others' mixtures. */
export const deviationPayoffs = (game: Game, mixture: Mixture): Float64Array[] => {
  const n = game.players.length;
  const count = profileCount(game);
  const out = game.strategies.map((list) => new Float64Array(list.length));
  for (let p = 0; p < count; p++) {
    const profile = profileOf(game, p);
    for (let i = 0; i < n; i++) {
      let weight = 1;
      for (let j = 0; j < n && weight !== 0; j++) if (j !== i) weight *= mixture[j][profile[j]];
      if (weight !== 0) out[i][profile[i]] += weight * game.payoff[p * n + i];
    }
  }
  return out;
};

/** Expected payoff of every player. */
export const expectedPayoffs = (game: Game, mixture: Mixture): number[] =>
  deviationPayoffs(game, mixture).map((row, i) => row.reduce((total, u, s) => total + u * mixture[i][s], 0));

/** Every player's best pure deviation from a mixture, minus what it gets. */
export const mixtureRegrets = (game: Game, mixture: Mixture): number[] =>
  deviationPayoffs(game, mixture).map((row, i) =>
    Math.max(0, Math.max(...row) - row.reduce((total, u, s) => total + u * mixture[i][s], 0)),
  );

export const maxRegret = (game: Game, mixture: Mixture): number => Math.max(...mixtureRegrets(game, mixture));
