import { z } from 'zod';
import { expm1, pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import type { View } from './view.ts';

const E_MINUS_1 = expm1(1);

/** Parameters of an aspiration that falls with time, for tactics and acceptance rules alike. */
export const aspiration = {
  /** Above 1 concedes late (boulware), 1 evenly, below 1 early (conceder). */
  exponent: figureIn(0.001, 1000).default(1),
  curve: z.enum(['polynomial', 'exponential']).default('polynomial'),
  /** The share of the way from the floor to the best that the first offers aim at. */
  start: figureIn(0, 1).default(1),
  /** The share of that way at which conceding stops: 0 concedes down to the reservation value. */
  end: figureIn(0, 1).default(0),
};

export type Aspiration = { exponent: number; curve: 'polynomial' | 'exponential'; start: number; end: number };

/** What of an aspiration is left at time t: 1 at the start, 0 at the deadline. */
export function remaining(time: number, exponent: number, curve: 'polynomial' | 'exponential'): number {
  const t = Math.min(1, Math.max(0, time));
  if (curve === 'polynomial') return 1 - pow(t, exponent);
  return expm1(pow(1 - t, exponent)) / E_MINUS_1;
}

/**
 * The utility aimed at, as a function of the view: from `start` of the way between floor and best, down to `end` of it, never below the reservation value.
 * Keeps the curve's value per round for the deadline it last saw; that saves a power a turn and changes nothing else.
 */
export function aspirer({ exponent, curve, start, end }: Aspiration): (view: View) => number {
  let shares: number[] = [];
  let deadline = Number.NaN;
  return (view) => {
    const { round, rounds } = view;
    if (rounds !== deadline) {
      deadline = rounds;
      shares = [];
    }
    while (shares.length <= round) shares.push(Number.NaN);
    let share = shares[round];
    if (Number.isNaN(share)) {
      share = end + (start - end) * remaining(view.time, exponent, curve);
      shares[round] = share;
    }
    const floor = floorOf(view);
    return floor + share * (view.best - floor);
  };
}

/** The least a party aims at: its reservation value, or its worst outcome where that is better. */
export function floorOf(view: View): number {
  const { order } = view;
  return order.length === 0 ? view.reservation : Math.max(view.worst, view.reservation);
}
