import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers } from './received.ts';

/** Which of several others' concessions is mirrored; the mean by default. */
export const mirrored = z.enum(['least', 'mean', 'most']).default('mean');

const spec = z.strictObject({
  type: z.literal('tit_for_tat'),
  of: mirrored,
  /** What is conceded beyond what was received, in utility. */
  kindness: figureIn(0, 1).default(0),
});

/**
 * Naive tit-for-tat: give up as much of one's own utility, from the best outcome down, as the others have risen in it since their first offers. A concession
 * taken back is taken back. This is Faratin's absolute tit-for-tat with its steps added up since the first offer, so that what a coarse outcome space
 * rounds off is not lost for good.
 */
export const titForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'tit_for_tat',
  summary: 'gives up as much of its own utility as the others have come towards it',
  source: 'Axelrod, The Evolution of Cooperation, 1984; Faratin, Sierra & Jennings, 1998 (absolute tit-for-tat)',
  spec,
  example: { type: 'tit_for_tat', of: 'least', kindness: 0.01 },
  make({ of, kindness }) {
    const conceded = (view: View) =>
      acrossOthers(view, of, 0, (seat) => (view.lastOffer(seat) === NONE ? Number.NaN : view.concession(seat)));
    // The opening is not yet an answer to anybody, so it is not kind.
    const aim = (view: View) => within(view, view.best - conceded(view) - (view.offers(view.seat) > 0 ? kindness : 0));
    return made({
      target: aim,
      propose(view, _memory, note) {
        const outcome = lowestAtLeast(view, aim(view));
        note?.({
          because: outcome === PASS ? NOTHING : 'gives up what the others came towards it',
          considered: just(view, outcome),
          numbers: { received: conceded(view), kindness },
        });
        return outcome;
      },
    });
  },
};
