import { z } from 'zod';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { PASS } from '../session/contracts/tactic.ts';

const spec = z.strictObject({ type: z.literal('ac_target') });

/**
 * Accept what reaches the target of the party's own tactic at this moment, whether or not an outcome lies exactly there; for tactics that aim at none, what is worth
 * at least the next own offer.
 */
export const acTarget: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_target',
  summary: 'accepts what reaches its own tactic’s target',
  source:
    'Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013 (utility-based conditions)',
  spec,
  example: { type: 'ac_target' },
  make: () =>
    made({
      accepts(view, offer, plan, _memory, note) {
        let level = plan.target();
        if (Number.isNaN(level)) {
          const next = plan.offer();
          level = next === PASS ? view.best : view.utility(next);
        }
        const offered = view.utility(offer);
        const accepted = offered >= level && offered >= view.reservation;
        note?.({
          because: accepted ? 'the offer reaches the own target' : 'the offer falls short of the own target',
          numbers: { target: level },
        });
        return accepted;
      },
    }),
};
