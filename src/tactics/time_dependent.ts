import { z } from 'zod';
import { expm1, pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';

const E_MINUS_1 = expm1(1);

/** Parameters that every tactic with a time-dependent aspiration shares. */
export const aspiration = {
  /** Above 1 concedes late (boulware), 1 evenly, below 1 early (conceder). */
  exponent: figureIn(0.001, 1000).default(1),
  curve: z.enum(['polynomial', 'exponential']).default('polynomial'),
  /** The share of the way from the floor to the best that the first offers aim at. */
  start: figureIn(0, 1).default(1),
  /** The share of that way at which conceding stops: 0 concedes down to the reservation value. */
  end: figureIn(0, 1).default(0),
};

const spec = z.strictObject({ type: z.literal('time_dependent'), ...aspiration });

/** What of an aspiration is left at time t: 1 at the start, 0 at the deadline. */
export function remaining(time: number, exponent: number, curve: 'polynomial' | 'exponential'): number {
  const t = Math.min(1, Math.max(0, time));
  if (curve === 'polynomial') return 1 - pow(t, exponent);
  return expm1(pow(1 - t, exponent)) / E_MINUS_1;
}

export type Aspiration = { exponent: number; curve: 'polynomial' | 'exponential'; start: number; end: number };

/** The utility aimed at: from `start` of the way between floor and best, down to `end` of it, never below the reservation value. */
export function aim(view: View, given: Aspiration): number {
  const floor = Math.max(view.worst, view.reservation);
  const share = given.end + (given.start - given.end) * remaining(view.time, given.exponent, given.curve);
  return floor + share * (view.best - floor);
}

/**
 * The time-dependent tactic of Faratin, Sierra and Jennings (1998): aspire to a utility that falls with time, and offer the outcome that is worth least above
 * it. Exponent 4 is boulware, 1 linear, 0.25 conceder.
 */
export const timeDependent: TacticKind<z.infer<typeof spec>> = {
  type: 'time_dependent',
  summary: 'offers the outcome worth least above a target that falls with time',
  source: 'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998',
  spec,
  example: { type: 'time_dependent', exponent: 4 },
  make: (given) =>
    made({
      target: (view) => aim(view, given),
      propose(view, _memory, note) {
        const target = aim(view, given);
        const outcome = lowestAtLeast(view, target);
        note?.({
          because:
            outcome === PASS ? 'no outcome reaches the reservation value' : 'the outcome worth least above the target',
          considered: outcome === PASS ? [] : [{ outcome, utility: view.utility(outcome) }],
          numbers: { exponent: given.exponent, reservation: view.reservation },
        });
        return outcome;
      },
    }),
};

/** The outcome worth least at or above a level, and never below the reservation value; PASS when there is none. */
export function lowestAtLeast(view: View, level: number): number {
  const { order } = view;
  if (order.length === 0 || view.best < view.reservation) return PASS;
  const at = view.firstAtLeast(Math.max(level, view.reservation));
  return order[Math.min(at, order.length - 1)];
}
