import { exactly, ONE, type Rational, subtract, total, ZERO } from './rational_number.ts';

/**
 * A game with transferable utility: what each coalition can secure for itself.
 *
 * Coalitions are bit masks over seats: seat i belongs to S when `S & (1 << i)`. `worth[S]` is exact; `worth[0]` is 0. Whether
 * a worth is a security level or the value of a sub-negotiation is the caller's to choose and to say.
 */
export interface CoalitionGame {
  readonly players: number;
  readonly worth: readonly Rational[];
}

/** A game from doubles, indexed by mask (2^n entries), or from a table {'12': 90, '123': 220} with seats counted from 1. */
export function coalitionGame(
  players: number,
  worth: readonly number[] | Readonly<Record<string, number>>,
): CoalitionGame {
  if (!Number.isInteger(players) || players < 1 || players > 20) throw new RangeError('1 to 20 players');
  const size = 1 << players;
  const exact = Array<Rational>(size).fill(ZERO);
  if (Array.isArray(worth)) {
    if (worth.length !== size) throw new RangeError(`${size} worths expected, one per mask, got ${worth.length}`);
    worth.forEach((v: number, mask) => {
      exact[mask] = exactly(v);
    });
  } else {
    for (const [members, v] of Object.entries(worth)) exact[maskOf(members, players)] = exactly(v);
  }
  if (exact[0].numerator !== 0n) throw new RangeError('the empty coalition is worth 0');
  return { players, worth: exact };
}

function maskOf(members: string, players: number): number {
  let mask = 0;
  for (const digit of members) {
    const seat = Number(digit) - 1;
    if (!Number.isInteger(seat) || seat < 0 || seat >= players)
      throw new RangeError(`no player ${digit} in "${members}"`);
    mask |= 1 << seat;
  }
  return mask;
}

export const grandCoalition = (game: CoalitionGame): number => (1 << game.players) - 1;

/** x(S): what the members of S get together. */
export const share = (x: readonly Rational[], coalition: number): Rational =>
  total(x.filter((_, i) => (coalition & (1 << i)) !== 0));

/** e(S, x) = v(S) - x(S): how much S could complain. */
export const excess = (game: CoalitionGame, x: readonly Rational[], coalition: number): Rational =>
  subtract(game.worth[coalition], share(x, coalition));

/** The 0/1 row of a coalition. */
export const indicator = (players: number, coalition: number): Rational[] =>
  Array.from({ length: players }, (_, i) => ((coalition & (1 << i)) !== 0 ? ONE : ZERO));

/** Coalitions other than the empty and the grand one. */
export const properCoalitions = (game: CoalitionGame): number[] =>
  Array.from({ length: grandCoalition(game) - 1 }, (_, k) => k + 1);
