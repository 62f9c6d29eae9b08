import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import type { HearContext } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';
import type { View } from '../session/view.ts';

const spec = z.strictObject({ type: z.literal('negmas_tit_for_tat') });

/**
 * How NegMAS's naive tit-for-tat judges an offer, for `--compat negmas`: accept when, on its own scale from floor (0) to best (1), the offer reaches one minus
 * the concession of the moment. From the fourth round on that concession is the offer itself, so that half of the way is enough.
 */
export const negmasTitForTatAnswer: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'negmas_tit_for_tat',
  summary: 'NegMAS’s naive tit-for-tat: accepts half of its own scale from the fourth round on',
  source: 'NegMAS, commit 5e5c71fd: NaiveTitForTatNegotiator',
  spec,
  example: { type: 'negmas_tit_for_tat' },
  mayAcceptBelowReservation: true,
  make: () =>
    made({
      memory: 0,
      hear: asked,
      accepts(view, offer, _plan, memory, note) {
        const floor = Math.max(view.worst, view.reservation);
        const share = (view.utility(offer) - floor) / (view.best - floor);
        const concession = conceded(view, memory as number, share);
        const accepted = share >= 1 - concession;
        note?.({
          because: accepted ? 'the offer reaches what is left after the concession' : 'the offer concedes less',
          numbers: { share, concession },
        });
        return accepted;
      },
    }),
};

/** How often the concession was asked for: once per answer, once per own offer; never in the first round. */
function asked(memory: Json, fact: Fact, context: HearContext): Json {
  const asks = fact.type === 'offered' || fact.type === 'accepted' || fact.type === 'rejected';
  return asks && context.round > 1 && context.seatOf(fact.by) === context.seat ? (memory as number) + 1 : memory;
}

function conceded(view: View, times: number, share: number): number {
  if (view.round <= 1) return 0;
  if (view.round > 3) return share;
  const { order, utilities } = view;
  const at = order.length - 1 - 2 * times;
  const gap = at >= 1 ? utilities[order[at]] - utilities[order[at - 1]] : 0;
  return (gap + 1e-12) / (view.best - view.worst);
}
