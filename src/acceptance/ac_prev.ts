import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { NONE } from '../session/state.ts';

const spec = z.strictObject({
  type: z.literal('ac_prev'),
  alpha: figureIn(0, 10).default(1),
  beta: figureIn(-10, 10).default(0),
});

/** AC-prev(α, β): accept when α · u(offer) + β is at least what one's own previous offer is worth. Before it has made an offer, its best outcome stands in for it. */
export const acPrev: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_prev',
  summary: 'accepts what is worth at least its own previous offer',
  source: 'Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013',
  spec,
  example: { type: 'ac_prev', alpha: 1, beta: 0.02 },
  make: ({ alpha, beta }) =>
    made({
      accepts(view, offer, _plan, _memory, note) {
        const own = view.lastOffer(view.seat);
        const level = own === NONE ? view.best : view.utility(own);
        const offered = view.utility(offer);
        const accepted = offered >= view.reservation && alpha * offered + beta >= level;
        note?.({
          because: accepted ? 'worth at least the previous own offer' : 'the previous own offer is worth more',
          numbers: { alpha, beta, previous: level },
        });
        return accepted;
      },
    }),
};
