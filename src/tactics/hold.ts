import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { best, just, NOTHING } from './pick.ts';

const spec = z.strictObject({ type: z.literal('hold') });

/** Standing still: repeats the last own offer, or the best outcome where there is none or the last has fallen below the reservation value. */
export const hold: TacticKind<z.infer<typeof spec>> = {
  type: 'hold',
  summary: 'repeats its last offer; opens with its best outcome',
  source: 'the position commitment of Schelling, The Strategy of Conflict, 1960, chapter 2',
  spec,
  example: { type: 'hold' },
  make: () =>
    made({
      target(view) {
        const outcome = held(view);
        return outcome === PASS ? Number.NaN : view.utility(outcome);
      },
      propose(view, _memory, note) {
        const outcome = held(view);
        const again = outcome === view.lastOffer(view.seat);
        note?.({
          because: outcome === PASS ? NOTHING : again ? 'the last own offer, again' : 'the best outcome, to begin with',
          considered: just(view, outcome),
        });
        return outcome;
      },
    }),
};

function held(view: View): number {
  const last = view.lastOffer(view.seat);
  return last !== NONE && view.utility(last) >= view.reservation ? last : best(view);
}
