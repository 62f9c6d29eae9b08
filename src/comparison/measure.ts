import { measured } from '../scenario/settlement.ts';
import type { End } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { World } from '../value/world.ts';

/** The numbers kept of one negotiation, in this order, then those of `SEAT` per seat. */
export const HEAD = ['end', 'round', 'agreement', 'pareto_distance', 'nash_distance'] as const;
export const SEAT = ['utility', 'value', 'discounted', 'delay_cost', 'left', 'left_value'] as const;

export const ENDS: readonly End[] = ['agreement', 'timedout', 'broken'];

/** Numbers kept of a negotiation among so many parties. */
export const widthOf = (parties: number): number => HEAD.length + SEAT.length * parties;

export const at = (seat: number, what: (typeof SEAT)[number]): number =>
  HEAD.length + seat * SEAT.length + SEAT.indexOf(what);

/**
 * Writes what a negotiation came to. Distances are NaN without an agreement, and where the set they are measured to is empty.
 */
export function measure(
  game: Game,
  played: { readonly end: End; readonly round: number; readonly agreement: number; readonly state: { world: World } },
  into: Float64Array,
  offset: number,
): void {
  const { world } = played.state;
  const found = measured(game, world, played.agreement);
  into[offset] = ENDS.indexOf(played.end);
  into[offset + 1] = played.round;
  into[offset + 2] = played.agreement;
  into[offset + 3] = found.paretoDistance ?? Number.NaN;
  into[offset + 4] = found.nashDistance ?? Number.NaN;
  const time = game.time(played.round, world);
  for (const [seat, party] of game.parties.entries()) {
    const first = offset + HEAD.length + seat * SEAT.length;
    const utility = found.utilities[seat];
    into[first] = utility;
    into[first + 1] = found.values[seat];
    into[first + 2] = party.discount === 1 ? utility : utility * game.discounted(seat, time);
    into[first + 3] = party.delayCost * played.round;
    into[first + 4] = found.left[seat];
    into[first + 5] = found.leftValues[seat];
  }
  // Minus zero does not survive a text file.
  for (let i = offset; i < offset + widthOf(game.parties.length); i++) if (into[i] === 0) into[i] = 0;
}
