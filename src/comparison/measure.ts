import { distanceTo } from '../analysis/measures.ts';
import { analysisOf, deciding, leftBySeat, utilitySpace } from '../scenario/settlement.ts';
import type { End } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { NONE } from '../session/state.ts';
import type { World } from '../value/world.ts';

/** The numbers kept of one negotiation, in this order, then those of `SEAT` per seat. */
export const HEAD = ['end', 'round', 'agreement', 'pareto_distance', 'nash_distance'] as const;
export const SEAT = ['utility', 'value', 'discounted', 'delay_cost', 'left', 'left_value'] as const;

export const ENDS: readonly End[] = ['agreement', 'timedout', 'broken'];

/** Numbers kept of a negotiation among so many parties. */
export const widthOf = (parties: number): number => HEAD.length + SEAT.length * parties;

export const at = (seat: number, what: (typeof SEAT)[number]): number =>
  HEAD.length + seat * SEAT.length + SEAT.indexOf(what);

/** What an outcome measures in a world; the same for every negotiation that ends there. */
interface Measured {
  readonly paretoDistance: number;
  readonly nashDistance: number;
  readonly utilities: readonly number[];
  readonly values: readonly number[];
  readonly left: readonly number[];
  readonly leftValues: readonly number[];
}

const known = new WeakMap<Float64Array, Map<string, Measured>>();

/**
 * Writes what a negotiation came to. Frontier, distances and what was left on the table take a pass over the whole space, so they are worked out once per
 * world and outcome. Distances are NaN where the set they are measured to is empty.
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
  into[offset + 3] = found.paretoDistance;
  into[offset + 4] = found.nashDistance;
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

function measured(game: Game, world: World, outcome: number): Measured {
  const { utilities } = game.valuation(world);
  const space = utilitySpace(game, world);
  const key = `${outcome}|${space.reservation.join('|')}`;
  const ofWorld = known.get(utilities[0]) ?? new Map<string, Measured>();
  known.set(utilities[0], ofWorld);
  const before = ofWorld.get(key);
  if (before) return before;
  const { appraiser } = game.parts;
  const got = game.parties.map((_, seat) =>
    outcome === NONE ? disagreement(game, world, seat) : utilities[seat][outcome],
  );
  const analysis = analysisOf(game, world);
  const left = leftBySeat(game, world, got);
  const decided = deciding(game, got);
  const values = got.map((utility, seat) => appraiser.valueOf(seat, utility));
  const made: Measured = {
    paretoDistance: finite(
      distanceTo(
        decided,
        analysis.pareto.points.map((point) => point.utilities),
      ),
    ),
    nashDistance: finite(distanceTo(decided, analysis.nash.utilities)),
    utilities: got,
    values,
    left,
    leftValues: left.map((more, seat) => appraiser.valueOf(seat, got[seat] + more) - values[seat]),
  };
  ofWorld.set(key, made);
  return made;
}

/** What no deal is worth. A party that would sign anything has no such value: it is given that of the worst outcome. */
function disagreement(game: Game, world: World, seat: number): number {
  const reservation = game.parts.appraiser.reservation(seat, world);
  if (reservation !== Number.NEGATIVE_INFINITY) return reservation;
  const valuation = game.valuation(world);
  return valuation.utilities[seat][valuation.order(seat)[0]];
}

const finite = (x: number) => (Number.isFinite(x) ? x : Number.NaN);
