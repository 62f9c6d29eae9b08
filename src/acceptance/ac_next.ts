import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { PASS } from '../session/contracts/tactic.ts';

const spec = z.strictObject({
  type: z.literal('ac_next'),
  alpha: figureIn(0, 10).default(1),
  beta: figureIn(-10, 10).default(0),
});

/** AC-next(α, β): accept when α · u(offer) + β is at least what one's own next offer is worth (Baarslag, Hindriks and Jonker, 2013). */
export const acNext: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_next',
  summary: 'accepts what is worth at least the own next offer',
  source: 'Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013',
  spec,
  example: { type: 'ac_next', alpha: 1, beta: 0 },
  make: ({ alpha, beta }) =>
    made({
      accepts(view, offer, plan, _memory, note) {
        const offered = view.utility(offer);
        const next = plan.offer();
        const level = next === PASS ? view.best : view.utility(next);
        const accepted = offered >= view.reservation && alpha * offered + beta >= level;
        if (note !== undefined)
          note({
            because: accepted ? 'the offer is worth at least the next own offer' : 'the next own offer is worth more',
            numbers: { alpha, beta, next: level },
          });
        return accepted;
      },
    }),
};
