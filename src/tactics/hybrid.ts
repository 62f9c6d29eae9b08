import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers, asReceived, nothingReceived, receive } from './received.ts';
import { mirrored } from './tit_for_tat.ts';

const spec = z.strictObject({
  type: z.literal('hybrid'),
  ...aspiration,
  of: mirrored,
  /** How strongly the others' recent steps move it; at the end of time half as much again. */
  empathy: figureIn(0, 5).default(0.5),
});

/** The weights of the others' last one to four steps, oldest first. */
const WEIGHTS = [[1], [0.25, 0.75], [0.11, 0.22, 0.67], [0.05, 0.15, 0.3, 0.5]];

/**
 * Time and behaviour together: early on it follows what the others do, later the clock. The target is (1 - t²) times the behaviour part plus t² times the
 * aspiration of `time_dependent`. The behaviour part is the own last offer's utility, less the weighted mean of the others' last four steps towards it.
 */
export const hybrid: TacticKind<z.infer<typeof spec>> = {
  type: 'hybrid',
  summary: 'follows the others early on, and the clock later',
  source: 'Keskin, Çakan & Aydoğan, Solver agent: towards emotional and opponent-aware agent, 2021',
  spec,
  example: { type: 'hybrid', exponent: 1, empathy: 0.5 },
  make({ of, empathy, ...given }, { parties }) {
    const clock = aspirer(given);
    const behaviour = (view: View, memory: Json) => {
      const own = view.lastOffer(view.seat);
      if (own === NONE) return view.best;
      const steps = acrossOthers(view, of, 0, (seat) => recent(view, asReceived(memory)[seat]));
      return view.utility(own) - empathy * (1 + view.time / 2) * steps;
    };
    const aim = (view: View, memory: Json) => {
      const late = view.time * view.time;
      return within(view, (1 - late) * behaviour(view, memory) + late * clock(view));
    };
    return made({
      memory: nothingReceived(parties.length) as unknown as Json,
      hear: (memory, fact, context) => receive(asReceived(memory), fact, context, 5) as unknown as Json,
      target: aim,
      propose(view, memory, note) {
        const outcome = lowestAtLeast(view, aim(view, memory));
        note?.({
          because: outcome === PASS ? NOTHING : 'the outcome worth least above what time and the others’ steps leave',
          considered: just(view, outcome),
          numbers: { behaviour: behaviour(view, memory), clock: clock(view), weight_of_time: view.time * view.time },
        });
        return outcome;
      },
    });
  },
};

/** The weighted mean of a party's latest steps, in own utility; NaN before two offers. */
function recent(view: View, offers: readonly number[]): number {
  if (offers.length < 2) return Number.NaN;
  const weights = WEIGHTS[offers.length - 2];
  let sum = 0;
  for (let k = 1; k < offers.length; k++) {
    sum += weights[k - 1] * (view.utility(offers[k]) - view.utility(offers[k - 1]));
  }
  return sum;
}
