import { z } from 'zod';
import { pow } from '../domain/arith.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { nearestAbove } from './negmas_inverse.ts';
import { just, NOTHING } from './pick.ts';

const spec = z.strictObject({
  type: z.literal('negmas_aspiration'),
  /** 4: its boulware, 1: linear, 0.25: conceder. */
  exponent: z.number().positive(),
  epsilon: z.number().min(0).default(1e-4),
});

/**
 * The aspiration tactic of NegMAS, for `--compat negmas`: a target of 1 - t^k of the way from the rational floor to the best, less a small tolerance; offers the
 * lowest rational outcome at that level, or one within 1e-6 below it that is nearer. The textbook member is `time_dependent`.
 */
export const negmasAspiration: TacticKind<z.infer<typeof spec>> = {
  type: 'negmas_aspiration',
  summary: 'NegMAS’s time-based tactic, tolerances included',
  source: 'NegMAS, commit 5e5c71fd: BoulwareTBNegotiator, LinearTBNegotiator, ConcederTBNegotiator',
  spec,
  example: { type: 'negmas_aspiration', exponent: 4 },
  make({ exponent, epsilon }) {
    const aim = (view: View) => {
      const floor = Math.max(view.worst, view.reservation);
      const target = floor + (1 - pow(view.time, exponent)) * (view.best - floor);
      return Math.max(floor, Math.min(view.best, target - epsilon));
    };
    return made({
      target: aim,
      propose(view, _memory, note) {
        const level = aim(view);
        const outcome = nearestAbove(view, level, view.firstAtLeast(view.reservation));
        note?.({
          because: outcome === PASS ? NOTHING : 'the rational outcome nearest to the level, from above',
          considered: just(view, outcome),
          numbers: { exponent, level },
        });
        return outcome;
      },
    });
  },
};
