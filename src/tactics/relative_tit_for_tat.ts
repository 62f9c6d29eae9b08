import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers } from './received.ts';
import { mirrored } from './tit_for_tat.ts';

const spec = z.strictObject({ type: z.literal('relative_tit_for_tat'), of: mirrored });

/**
 * Relative tit-for-tat: concede in the same proportion as the others. The step-by-step ratios of Faratin's formula multiply up to the ratio of what the first and
 * the latest offer received are worth to oneself, so the target is the best outcome times that ratio.
 */
export const relativeTitForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'relative_tit_for_tat',
  summary: 'concedes in the same proportion as the others',
  source:
    'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998 (relative tit-for-tat)',
  spec,
  example: { type: 'relative_tit_for_tat', of: 'mean' },
  make({ of }) {
    const ratio = (view: View) => acrossOthers(view, of, 1, (seat) => fall(view, seat));
    const aim = (view: View) => within(view, view.best * ratio(view));
    return made({
      target: aim,
      propose(view, _memory, note) {
        const outcome = lowestAtLeast(view, aim(view));
        note?.({
          because: outcome === PASS ? NOTHING : 'concedes in the proportion in which the others came towards it',
          considered: just(view, outcome),
          numbers: { ratio: ratio(view) },
        });
        return outcome;
      },
    });
  },
};

/** What a party's first offer was worth over what its latest is; 1 where nothing was conceded or the ratio has no meaning. */
function fall(view: View, seat: number): number {
  const last = view.lastOffer(seat);
  if (last === NONE) return Number.NaN;
  const now = view.utility(last);
  const first = view.utility(view.firstOffer(seat));
  return now <= 0 || first < 0 ? 1 : first / now;
}
