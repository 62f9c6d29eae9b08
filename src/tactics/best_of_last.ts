import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING } from './pick.ts';
import { asReceived, nothingReceived, type Received, receive } from './received.ts';

const spec = z.strictObject({
  type: z.literal('best_of_last'),
  ...aspiration,
  /** How many of each party's latest offers are looked at. */
  last: z.number().int().min(1).max(1000).default(10),
});

/**
 * Gives the others back the best they offered: if, of the latest offers received, the one worth most to oneself reaches the time-dependent target, offer that
 * one, which its maker has shown it can live with; else the outcome worth least above the target. HardHeaded's last resort, made a tactic: there the whole
 * history counts, here the last `last` offers of each party.
 */
export const bestOfLast: TacticKind<z.infer<typeof spec>> = {
  type: 'best_of_last',
  summary: 'offers the best it was lately offered, once that reaches its target',
  source: 'van Krimpen, Looije & Hajizadeh, HardHeaded, 2013',
  spec,
  example: { type: 'best_of_last', exponent: 2, last: 10 },
  make({ last, ...given }, { parties }) {
    const aim = aspirer(given);
    return made({
      memory: nothingReceived(parties.length) as unknown as Json,
      hear: (memory, fact, context) => receive(asReceived(memory), fact, context, last) as unknown as Json,
      target: aim,
      propose(view, memory, note) {
        const target = aim(view);
        const returned = bestReceived(view, asReceived(memory));
        const back = returned !== PASS && view.utility(returned) >= Math.max(target, view.reservation);
        const outcome = back ? returned : lowestAtLeast(view, target);
        note?.({
          because:
            outcome === PASS
              ? NOTHING
              : back
                ? 'the best that was lately offered reaches the target'
                : 'nothing offered lately reaches the target: the outcome worth least above it',
          considered: [...just(view, returned), ...(back ? [] : just(view, outcome))],
        });
        return outcome;
      },
    });
  },
};

function bestReceived(view: View, received: Received): number {
  let best = PASS;
  for (const offers of received) {
    for (const outcome of offers) if (best === PASS || view.utility(outcome) > view.utility(best)) best = outcome;
  }
  return best;
}
