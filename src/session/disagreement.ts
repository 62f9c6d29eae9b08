import type { Seat } from '../domain/id.ts';
import type { World } from '../value/world.ts';
import type { Game } from './game.ts';

/** A party's reservation value in the scenario's unit, as it was stated or moved; -Infinity where it would sign anything. */
export function reservationValue(game: Game, seat: Seat, world: World): number {
  const party = game.parts.appraiser.parties[seat];
  return world.reservations[party.id] ?? party.reservation;
}

/** What no agreement leaves a party: its reservation value. One that would sign anything has none: it is given the worst outcome's. */
export function disagreement(
  game: Game,
  seat: Seat,
  world: World,
): { readonly utility: number; readonly value: number } {
  const value = reservationValue(game, seat, world);
  if (value !== Number.NEGATIVE_INFINITY) return { utility: game.parts.appraiser.reservation(seat, world), value };
  const valuation = game.valuation(world);
  const [worst] = valuation.order(seat);
  return { utility: valuation.utilities[seat][worst], value: valuation.value(seat, worst) };
}
