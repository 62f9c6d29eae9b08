/**
 * A game in strategic form: who plays, what each may choose, and what everybody gets.
 *
 * Payoffs are profile-major with the player fastest: `payoff[profile * players + player]`. A profile is one strategy index per player;
 * its number is the mixed radix in which the LAST player's strategy varies fastest (as outcomes are numbered).
 */
export type Game = {
  readonly players: readonly string[];
  readonly strategies: readonly (readonly string[])[];
  readonly payoff: Float64Array;
};

/** One probability vector per player. */
export type Mixture = readonly (readonly number[])[];

/** A game whose payoffs are computed profile by profile, one per player. Throws on a payoff that is not finite. */
export const makeGame = (
  players: readonly string[],
  strategies: readonly (readonly string[])[],
  payoffs: (profile: readonly number[]) => ArrayLike<number>,
): Game => {
  if (players.length === 0 || players.length !== strategies.length)
    throw new RangeError('game: no list for each player');
  for (const [i, list] of strategies.entries()) {
    if (list.length === 0) throw new RangeError(`game: ${players[i]} has no strategy`);
  }
  const count = strategies.reduce((n, list) => n * list.length, 1);
  const game = { players, strategies, payoff: new Float64Array(count * players.length) };
  for (let p = 0; p < count; p++) {
    const row = payoffs(profileOf(game, p));
    for (let i = 0; i < players.length; i++) {
      const value = row[i];
      if (!Number.isFinite(value)) throw new RangeError(`game: payoff of ${players[i]} in profile ${p} is ${value}`);
      game.payoff[p * players.length + i] = value;
    }
  }
  return game;
};

/** The two-player game of a payoff matrix each, `rows[i][j]` and `columns[i][j]`, row strategy i against column strategy j. */
export const bimatrix = (rows: readonly (readonly number[])[], columns: readonly (readonly number[])[]): Game =>
  makeGame(['row', 'column'], [rows.map((_, i) => `r${i + 1}`), rows[0].map((_, j) => `c${j + 1}`)], ([i, j]) => [
    rows[i][j],
    columns[i][j],
  ]);

export const profileCount = (game: Game): number => game.payoff.length / game.players.length;

/** How far a profile's number moves when a player's strategy index grows by one. */
export const stridesOf = (game: Pick<Game, 'strategies'>): number[] => {
  const strides = game.strategies.map(() => 1);
  for (let i = strides.length - 2; i >= 0; i--) strides[i] = strides[i + 1] * game.strategies[i + 1].length;
  return strides;
};

/** Strategy indices of a profile's number. */
export const profileOf = (game: Pick<Game, 'strategies'>, index: number): number[] => {
  const profile = game.strategies.map(() => 0);
  let rest = index;
  for (let i = profile.length - 1; i >= 0; i--) {
    const size = game.strategies[i].length;
    profile[i] = rest % size;
    rest = Math.floor(rest / size);
  }
  return profile;
};

export const profileIndex = (game: Pick<Game, 'strategies'>, profile: readonly number[]): number => {
  const strides = stridesOf(game);
  return profile.reduce((n, s, i) => n + s * strides[i], 0);
};

/** A profile in words: `us=boulware, russia=micro`. */
export const profileName = (game: Game, index: number): string =>
  profileOf(game, index)
    .map((s, i) => `${game.players[i]}=${game.strategies[i][s]}`)
    .join(', ');

/** Largest minus smallest payoff of any one player: the scale against which a regret is small. */
export const payoffRange = (game: Game): number => {
  const n = game.players.length;
  let range = 0;
  for (let i = 0; i < n; i++) {
    let low = Infinity;
    let high = -Infinity;
    for (let at = i; at < game.payoff.length; at += n) {
      low = Math.min(low, game.payoff[at]);
      high = Math.max(high, game.payoff[at]);
    }
    range = Math.max(range, high - low);
  }
  return range;
};
