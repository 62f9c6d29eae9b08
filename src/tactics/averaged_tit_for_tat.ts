import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { type HearContext, PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers, nothingReceived, type Received, receive } from './received.ts';
import { mirrored } from './tit_for_tat.ts';

const spec = z.strictObject({
  type: z.literal('averaged_tit_for_tat'),
  of: mirrored,
  /** Over how many of the others' offers the concession is averaged. */
  window: z.number().int().min(1).max(100).default(3),
});

interface Memory {
  readonly received: Received;
  /** What is left of the best outcome's utility after the own offers made so far, as a share. */
  readonly left: number;
}

/**
 * Averaged tit-for-tat: with each own offer the target shrinks by the mean ratio, over the others’ last `window` steps, of what an offer was worth to oneself to
 * what the next one was. A window of 1 is relative tit-for-tat, step by step.
 */
export const averagedTitForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'averaged_tit_for_tat',
  summary: 'concedes as the others did on average over their latest offers',
  source:
    'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998 (averaged tit-for-tat)',
  spec,
  example: { type: 'averaged_tit_for_tat', window: 3 },
  make({ of, window }, { parties }) {
    const ratio = (received: Received, worth: (outcome: number) => number, who: Parameters<typeof acrossOthers>[0]) =>
      acrossOthers(who, of, 1, (seat) => perStep(received[seat], worth));
    const aim = (view: View, memory: Json) => {
      const { received, left } = memory as unknown as Memory;
      return within(view, view.best * left * ratio(received, (outcome) => view.utility(outcome), view));
    };
    const hear = (memory: Json, fact: Fact, context: HearContext): Json => {
      if (fact.type !== 'offered') return memory;
      const { received, left } = memory as unknown as Memory;
      const next = receive(received, fact, context, window + 1);
      if (next !== received) return { received: next, left } as unknown as Json;
      const everybody = { parties: parties.length, seat: context.seat, isHere: () => true };
      const now = left * ratio(received, (outcome) => context.utilities[outcome], everybody);
      return { received, left: Math.min(1, now) } as unknown as Json;
    };
    return made({
      memory: { received: nothingReceived(parties.length), left: 1 } as unknown as Json,
      hear,
      target: aim,
      propose(view, memory, note) {
        const outcome = lowestAtLeast(view, aim(view, memory));
        note?.({
          because: outcome === PASS ? NOTHING : `concedes as the others did over their last ${window} offers`,
          considered: just(view, outcome),
          numbers: { left: (memory as unknown as Memory).left, window },
        });
        return outcome;
      },
    });
  },
};

/** The mean ratio between neighbouring offers of a window; NaN before two of them. */
function perStep(offers: readonly number[], worth: (outcome: number) => number): number {
  if (offers.length < 2) return Number.NaN;
  let sum = 0;
  for (let k = 1; k < offers.length; k++) {
    const before = worth(offers[k - 1]);
    const after = worth(offers[k]);
    sum += after <= 0 || before < 0 ? 1 : before / after;
  }
  return sum / (offers.length - 1);
}
