import { PASS } from '../session/contracts/tactic.ts';
import type { Candidate } from '../session/note.ts';
import type { View } from '../session/view.ts';

/** The outcome worth least at or above a level, and never below the reservation value; PASS when none reaches the reservation value. */
export function lowestAtLeast(view: View, level: number): number {
  const { order } = view;
  if (order.length === 0 || view.best < view.reservation) return PASS;
  const at = view.firstAtLeast(Math.max(level, view.reservation));
  return order[Math.min(at, order.length - 1)];
}

/** The best outcome (of several equally good, the one of highest index, as the order has it); PASS when even that is below the reservation value. */
export function best(view: View): number {
  const { order } = view;
  return order.length === 0 || view.best < view.reservation ? PASS : order[order.length - 1];
}

/** A level held between floor and best. */
export function within(view: View, level: number): number {
  const floor = Math.max(view.worst, view.reservation);
  return Math.max(floor, Math.min(view.best, level));
}

/** What a note says was considered when one outcome was. */
export function just(view: View, outcome: number): readonly Candidate[] {
  return outcome === PASS ? [] : [{ outcome, utility: view.utility(outcome) }];
}

/** The reason given where there is nothing to offer. */
export const NOTHING = 'no outcome reaches the reservation value';

const OPEN = -2;

/**
 * A choice that follows from the clock and the party's own worths alone: worked out once a round, and shared by all negotiations in which these are the same.
 */
export function perRound(choose: (view: View) => number): (view: View) => number {
  let known: number[] = [];
  let order: Int32Array | undefined;
  let reservation = Number.NaN;
  let deadline = Number.NaN;
  return (view) => {
    if (view.order !== order || view.reservation !== reservation || view.rounds !== deadline) {
      known = [];
      ({ order, reservation, rounds: deadline } = view);
    }
    const { round } = view;
    while (known.length <= round) known.push(OPEN);
    let outcome = known[round];
    if (outcome === OPEN) {
      outcome = choose(view);
      known[round] = outcome;
    }
    return outcome;
  };
}
