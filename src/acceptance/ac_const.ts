import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';

const spec = z.strictObject({
  type: z.literal('ac_const'),
  /** The utility that is enough. */
  utility: figureIn(-10, 10),
});

/** AC-const(α): accept what is worth at least a fixed utility, and the reservation value. */
export const acConst: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_const',
  summary: 'accepts what is worth at least a fixed utility',
  source: 'Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013',
  spec,
  example: { type: 'ac_const', utility: 0.8 },
  make: ({ utility }) =>
    made({
      accepts(view, offer, _plan, _memory, note) {
        const accepted = view.utility(offer) >= Math.max(utility, view.reservation);
        note?.({
          because: accepted ? 'the offer reaches the fixed level' : 'the offer is below the fixed level',
          numbers: { level: utility },
        });
        return accepted;
      },
    }),
};
