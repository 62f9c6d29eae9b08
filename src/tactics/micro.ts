import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { type Exchanged, exchange, nothingExchanged } from './exchanged.ts';
import { just, NOTHING } from './pick.ts';

const spec = z.strictObject({ type: z.literal('micro') });

/**
 * MiCRO, the minimal concession strategy: walk down one's own outcomes from best to worst, one new outcome for every new one received; while the others
 * repeat themselves, repeat an earlier offer by chance. With several others, all of them must have matched it (the paper is bilateral).
 *
 * Its target is what the next outcome of the walk is worth if it is ready to concede, else the least it has offered: with `ac_target` it accepts as published.
 */
export const micro: TacticKind<z.infer<typeof spec>> = {
  type: 'micro',
  summary: 'one new outcome down for every new one received',
  source: 'de Jonge, An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy, 2022',
  spec,
  example: { type: 'micro' },
  make: (_given, { parties }) =>
    made({
      memory: nothingExchanged(parties.length) as unknown as Json,
      hear: exchange,
      target(view, memory) {
        const exchanged = memory as unknown as Exchanged;
        const next = upcoming(view, exchanged);
        if (next !== PASS) return view.utility(next);
        let least = view.best;
        for (const outcome of exchanged[view.seat]) least = Math.min(least, view.utility(outcome));
        return Math.max(least, view.reservation);
      },
      propose(view, memory, note) {
        const exchanged = memory as unknown as Exchanged;
        const next = upcoming(view, exchanged);
        const outcome = next !== PASS ? next : again(view, exchanged);
        note?.({
          because:
            outcome === PASS
              ? NOTHING
              : next === PASS
                ? 'the others have not matched it: an earlier offer again'
                : 'the others have matched it: the next best outcome',
          considered: just(view, outcome),
          numbers: { sent: exchanged[view.seat].length, matched: matched(view, exchanged) },
        });
        return outcome;
      },
    }),
};

/** How many distinct outcomes the slowest of the others has offered. */
function matched(view: View, exchanged: Exchanged): number {
  let least = Number.POSITIVE_INFINITY;
  for (let seat = 0; seat < exchanged.length; seat++) {
    if (seat !== view.seat && view.isHere(seat)) least = Math.min(least, exchanged[seat].length);
  }
  return least;
}

/** The best rational outcome not sent yet, of equals that of lowest index; PASS while it is not ready, or when there is none left. */
function upcoming(view: View, exchanged: Exchanged): number {
  const sent = exchanged[view.seat];
  if (sent.length > matched(view, exchanged)) return PASS;
  const { order, utilities } = view;
  // The walk is stored nowhere: a shock may re-order it, and what was sent before stays sent.
  let end = order.length;
  while (end > 0) {
    const level = utilities[order[end - 1]];
    if (level < view.reservation) return PASS;
    const from = view.firstAtLeast(level);
    for (let at = from; at < end; at++) if (!sent.includes(order[at])) return order[at];
    end = from;
  }
  return PASS;
}

/** One of the earlier own offers that are still rational, by chance. */
function again(view: View, exchanged: Exchanged): number {
  const rational = exchanged[view.seat].filter((outcome) => view.utility(outcome) >= view.reservation);
  return rational.length === 0 ? PASS : rational[Math.floor(view.chance(0) * rational.length)];
}
