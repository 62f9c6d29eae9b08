import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { type Exchanged, exchange, nothingExchanged } from './exchanged.ts';
import { just, NOTHING } from './pick.ts';

const spec = z.strictObject({ type: z.literal('negmas_micro') });

/**
 * MiCRO as NegMAS has it, for `--compat negmas`: with several others, distinct offers received are counted over all of them together. Of equally good outcomes
 * the one of highest index comes first. Its target is the next outcome of its walk if it is ready to concede, else its last offer.
 */
export const negmasMicro: TacticKind<z.infer<typeof spec>> = {
  type: 'negmas_micro',
  summary: 'NegMAS’s MiCRO: one outcome down for every new one received from anybody',
  source: 'NegMAS, commit 5e5c71fd: MiCRONegotiator',
  spec,
  example: { type: 'negmas_micro' },
  make: (_given, { parties }) =>
    made({
      memory: nothingExchanged(parties.length) as unknown as Json,
      hear: exchange,
      target(view, memory) {
        const next = upcoming(view, memory as unknown as Exchanged);
        if (next !== PASS) return view.utility(next);
        const last = view.lastOffer(view.seat);
        return last < 0 ? view.best : view.utility(last);
      },
      propose(view, memory, note) {
        const exchanged = memory as unknown as Exchanged;
        const next = upcoming(view, exchanged);
        const outcome = next !== PASS ? next : again(view, exchanged);
        note?.({
          because:
            outcome === PASS
              ? NOTHING
              : next !== PASS
                ? 'as many new offers came as went: the next best'
                : 'fewer new offers came than went: an earlier one again',
          considered: just(view, outcome),
          numbers: { sent: exchanged[view.seat].length, received: received(view, exchanged) },
        });
        return outcome;
      },
    }),
};

/** Distinct outcomes received, whoever made them. */
function received(view: View, exchanged: Exchanged): number {
  const distinct = new Set<number>();
  for (let seat = 0; seat < exchanged.length; seat++) {
    if (seat !== view.seat) for (const outcome of exchanged[seat]) distinct.add(outcome);
  }
  return distinct.size;
}

/** The next outcome of the walk from best to worst, or PASS when it is not ready for it or the rational ones are used up. */
function upcoming(view: View, exchanged: Exchanged): number {
  const sent = exchanged[view.seat];
  if (sent.length > received(view, exchanged)) return PASS;
  const { order } = view;
  const at = order.length - 1 - sent.length;
  return at >= 0 && view.utility(order[at]) >= view.reservation ? order[at] : PASS;
}

/** One of the earlier own offers that are still rational, by chance. */
function again(view: View, exchanged: Exchanged): number {
  const rational = exchanged[view.seat].filter((outcome) => view.utility(outcome) >= view.reservation);
  return rational.length === 0 ? PASS : rational[Math.floor(view.chance(0) * rational.length)];
}
