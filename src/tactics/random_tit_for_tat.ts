import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers } from './received.ts';
import { mirrored } from './tit_for_tat.ts';

const spec = z.strictObject({
  type: z.literal('random_tit_for_tat'),
  of: mirrored,
  /** The largest random step either way, in utility. */
  jitter: figureIn(0, 1).default(0.05),
});

/**
 * Random absolute tit-for-tat: mirrors concessions as `tit_for_tat` does, and adds a seeded random step of at most `jitter` either way, which can break out of a
 * local deadlock. The step is drawn afresh each turn and does not add up.
 */
export const randomTitForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'random_tit_for_tat',
  summary: 'mirrors the others’ concessions, with a seeded random step',
  source:
    'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998 (random absolute tit-for-tat)',
  spec,
  example: { type: 'random_tit_for_tat', jitter: 0.05 },
  make({ of, jitter }) {
    const received = (view: View) =>
      acrossOthers(view, of, 0, (seat) => (view.lastOffer(seat) === NONE ? Number.NaN : view.concession(seat)));
    const step = (view: View) => jitter * (2 * view.chance(0) - 1);
    const aim = (view: View) => within(view, view.best - received(view) + step(view));
    return made({
      target: aim,
      propose(view, _memory, note) {
        const outcome = lowestAtLeast(view, aim(view));
        note?.({
          because: outcome === PASS ? NOTHING : 'gives up what the others came towards it, give or take chance',
          considered: just(view, outcome),
          numbers: { received: received(view), step: step(view) },
        });
        return outcome;
      },
    });
  },
};
