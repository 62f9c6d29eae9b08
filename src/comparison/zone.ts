import { rationalSet } from '../analysis/rational.ts';
import { utilitySpace } from '../scenario/settlement.ts';
import type { Game } from '../session/game.ts';
import type { World } from '../value/world.ts';
import type { ZoneReport } from './report.ts';

/** Values of every outcome to one party, in the scenario's unit, by raw index. */
export interface Worth {
  readonly utilities: Float64Array;
  readonly low: number;
  readonly width: number;
  /** -Infinity for a party that would sign anything. */
  readonly reservation: number;
}

export function worthOf(game: Game, world: World): Worth[] {
  const { appraiser } = game.parts;
  const { utilities } = game.valuation(world);
  return utilities.map((of, seat) => {
    const { low, high } = appraiser.scales[seat];
    return {
      utilities: of,
      low,
      width: high - low,
      reservation: world.reservations[game.ids[seat]] ?? appraiser.parties[seat].reservation,
    };
  });
}

export const valueAt = ({ utilities, low, width }: Worth, outcome: number): number => low + utilities[outcome] * width;

/** What is possible in a world, whoever plays. Ties go to the outcome with the lowest index. */
export function zoneOf(game: Game, world: World): ZoneReport {
  const worth = worthOf(game, world);
  const { allowed } = game.space;
  const rational = rationalSet(utilitySpace(game, world));
  let joint = allowed[0];
  let most = Number.NEGATIVE_INFINITY;
  let slack = Number.NEGATIVE_INFINITY;
  const best = worth.map(() => allowed[0]);
  for (const o of allowed) {
    let sum = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (let seat = 0; seat < worth.length; seat++) {
      const { utilities, low, width, reservation } = worth[seat];
      const value = low + utilities[o] * width;
      sum += value;
      if (value - reservation < worst) worst = value - reservation;
      if (utilities[o] > utilities[best[seat]]) best[seat] = o;
    }
    if (sum > most) {
      most = sum;
      joint = o;
    }
    if (worst > slack) slack = worst;
  }
  const reservations = worth.reduce((sum, { reservation }) => sum + reservation, 0);
  return {
    outcomes: allowed.length,
    rational: rational.outcomes.length,
    share: rational.fraction,
    exists: rational.zone,
    joint: {
      outcome: joint,
      values: game.space.values(joint),
      gain: finite(most - reservations),
      worth: worth.map((one) => valueAt(one, joint)),
    },
    slack: finite(slack),
    preferred: best.map((outcome, seat) => ({
      outcome,
      values: game.space.values(outcome),
      value: valueAt(worth[seat], outcome),
    })),
  };
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
