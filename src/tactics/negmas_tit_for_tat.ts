import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { type HearContext, PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';
import type { View } from '../session/view.ts';
import { nearestAbove } from './negmas_inverse.ts';
import { just } from './pick.ts';

const spec = z.strictObject({ type: z.literal('negmas_tit_for_tat') });

/** `[times its concession was asked for, last offer received or -1]`. */
type Memory = readonly [number, number];

/**
 * Naive tit-for-tat as NegMAS has it, for `--compat negmas`: nothing is conceded in the first round; in the next two, the gap between two neighbouring
 * outcomes on a private walk from best to worst; then what the last offer received is worth on one's own scale. Asking for the concession moves
 * the walk two ranks on, and it is asked when answering as well as when offering (a quirk). May offer below the reservation value.
 */
export const negmasTitForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'negmas_tit_for_tat',
  summary: 'NegMAS’s naive tit-for-tat, its private walk included',
  source: 'NegMAS, commit 5e5c71fd: NaiveTitForTatNegotiator',
  spec,
  example: { type: 'negmas_tit_for_tat' },
  mayOfferBelowReservation: true,
  make: () =>
    made({
      memory: [0, -1],
      hear: asked,
      target: (view, memory) => level(view, memory as unknown as Memory),
      propose(view, memory, note) {
        if (view.order.length === 0) return PASS;
        const least = level(view, memory as unknown as Memory);
        const outcome = nearestAbove(view, least, 0);
        note?.({ because: 'the outcome worth least after the concession', considered: just(view, outcome) });
        return outcome;
      },
    }),
};

/** The answer to a standing offer asks once; so does an offer of one's own. In the first round nothing is asked. */
function asked(memory: Json, fact: Fact, context: HearContext): Json {
  const [times, last] = memory as unknown as Memory;
  const own = 'by' in fact && context.seatOf(fact.by) === context.seat;
  if (fact.type === 'offered' && !own) return [times, fact.outcome];
  const asks = fact.type === 'offered' || fact.type === 'accepted' || fact.type === 'rejected';
  return own && asks && context.round > 1 ? [times + 1, last] : memory;
}

function level(view: View, [times, last]: Memory): number {
  // An offer that is still to be answered in this turn will have asked once before this tactic proposes.
  const pending = view.standing >= 0 && view.standingBy !== view.seat ? 1 : 0;
  const concession = conceded(view, times + pending, last);
  return view.worst + (1 - concession) * (view.best - view.worst);
}

/** The share of the way from best to worst that is given up. */
function conceded(view: View, times: number, last: number): number {
  if (view.round <= 1) return 0;
  const { order, utilities } = view;
  if (view.round <= 3) {
    const at = order.length - 1 - 2 * times;
    const gap = at >= 1 ? utilities[order[at]] - utilities[order[at - 1]] : 0;
    return (gap + 1e-12) / (view.best - view.worst);
  }
  const floor = Math.max(view.worst, view.reservation);
  return (utilities[last] - floor) / (view.best - floor);
}
