import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';

const spec = z.strictObject({ type: z.literal('ac_aspiration'), ...aspiration });

/** Accept along a curve of its own: whatever reaches a utility that falls with time, however the tactic that makes the offers concedes. */
export const acAspiration: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_aspiration',
  summary: 'accepts what reaches a level that falls with time, on a curve of its own',
  source: 'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998',
  spec,
  example: { type: 'ac_aspiration', exponent: 2, end: 0.2 },
  make(given) {
    const aim = aspirer(given);
    return made({
      accepts(view, offer, _plan, _memory, note) {
        const level = aim(view);
        const offered = view.utility(offer);
        const accepted = offered >= level && offered >= view.reservation;
        note?.({
          because: accepted
            ? 'the offer reaches the level of this moment'
            : 'the offer is below the level of this moment',
          numbers: { level, exponent: given.exponent },
        });
        return accepted;
      },
    });
  },
};
