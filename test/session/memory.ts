import { z } from 'zod';
import { made } from '../../src/domain/issue.ts';
import { PASS, type TacticKind } from '../../src/session/contracts/tactic.ts';

/** A tactic for tests: it counts the offers it hears, asks for a little less with each, and leaves part of it to chance. */
export const counting: TacticKind = {
  type: 'counting',
  summary: 'asks for less with every offer heard',
  source: 'made for these tests',
  spec: z.strictObject({ type: z.literal('counting') }),
  example: { type: 'counting' },
  make: () =>
    made({
      memory: { heard: 0 },
      hear: (memory, fact) => (fact.type === 'offered' ? { heard: (memory as { heard: number }).heard + 1 } : memory),
      target: (view) => view.best,
      propose(view, memory, note) {
        const level = view.best - 0.02 * (memory as { heard: number }).heard * view.chance(0);
        note?.({ because: 'what was heard, and luck' });
        if (view.best < view.reservation) return PASS;
        return view.order[view.firstAtLeast(Math.max(level, view.reservation))];
      },
    }),
};
