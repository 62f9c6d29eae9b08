import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';

const spec = z.strictObject({
  type: z.literal('ac_time'),
  /** The time, in [0, 1], from which on anything rational will do. */
  after: figureIn(0, 1),
});

/** AC-time(T): accept nothing before a time, and whatever reaches the reservation value from then on. */
export const acTime: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_time',
  summary: 'accepts whatever reaches the reservation value once it is late',
  source: 'Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013',
  spec,
  example: { type: 'ac_time', after: 0.95 },
  make: ({ after }) =>
    made({
      accepts(view, offer, _plan, _memory, note) {
        const late = view.time >= after;
        const accepted = late && view.utility(offer) >= view.reservation;
        note?.({
          because: !late
            ? 'it is too early'
            : accepted
              ? 'it is late, and the offer is rational'
              : 'the offer is below the reservation value',
          numbers: { time: view.time, after },
        });
        return accepted;
      },
    }),
};
