import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { just, NOTHING } from './pick.ts';

const spec = z.strictObject({
  type: z.literal('random_walk'),
  /** The least utility of an offer; never below the reservation value either way. */
  least: figureIn(-10, 10).default(0),
});

/** The random walker: any outcome worth at least its floor, each as likely as the other, by seeded chance. The yardstick that every strategy should beat. */
export const randomWalk: TacticKind<z.infer<typeof spec>> = {
  type: 'random_walk',
  summary: 'offers any rational outcome, by seeded chance',
  source: 'the random walker of Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker, GENIUS, 2014',
  spec,
  example: { type: 'random_walk', least: 0.5 },
  make: ({ least }) =>
    made({
      target: () => Number.NaN,
      propose(view, _memory, note) {
        const { order } = view;
        const from = view.firstAtLeast(Math.max(least, view.reservation));
        const many = order.length - from;
        const outcome = many === 0 ? PASS : order[from + Math.floor(view.chance(0) * many)];
        note?.({
          because: outcome === PASS ? NOTHING : `one of ${many} outcomes, by chance`,
          considered: just(view, outcome),
        });
        return outcome;
      },
    }),
};
