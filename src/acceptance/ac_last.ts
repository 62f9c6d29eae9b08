import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { type Heard, hearOffers, soFar } from './heard.ts';

const spec = z.strictObject({
  type: z.literal('ac_last'),
  /** How many of the offers received before this one are looked at, whoever made them. */
  last: z.number().int().min(1).max(1000).default(1),
  alpha: figureIn(0, 10).default(1),
  beta: figureIn(-10, 10).default(0),
});

/**
 * AC-last(k, α, β): accept when α · u(offer) + β is at least the best of the last k offers received before it. The first offer ever received is never accepted.
 * Not to be confused with AC-prev, which looks at one's own previous offer.
 */
export const acLast: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_last',
  summary: 'accepts what is worth at least the offers received just before',
  source: 'NegMAS: acceptance by the last k offers received',
  spec,
  example: { type: 'ac_last', last: 5, alpha: 1, beta: -0.01 },
  make: ({ last, alpha, beta }) =>
    made({
      memory: [],
      hear: hearOffers,
      accepts(view, offer, _plan, memory, note) {
        const heard = memory as Heard;
        const end = soFar(heard, offer);
        let level = Number.NEGATIVE_INFINITY;
        for (let i = Math.max(0, end - 2 * last); i < end; i += 2) level = Math.max(level, view.utility(heard[i + 1]));
        const offered = view.utility(offer);
        const accepted = end > 0 && offered >= view.reservation && alpha * offered + beta >= level;
        note?.({
          because:
            end === 0
              ? 'there is nothing yet to compare the offer with'
              : accepted
                ? 'the offer is worth at least those just before'
                : 'an offer just before was worth more',
          numbers: end === 0 ? { alpha, beta } : { alpha, beta, received: level },
        });
        return accepted;
      },
    }),
};
