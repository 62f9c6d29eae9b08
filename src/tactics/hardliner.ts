import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { best, just, NOTHING } from './pick.ts';

const spec = z.strictObject({ type: z.literal('hardliner') });

/** Take it or leave it: the best outcome, in every turn. Unlike `hold` it follows its values when they move. */
export const hardliner: TacticKind<z.infer<typeof spec>> = {
  type: 'hardliner',
  summary: 'offers its best outcome, always',
  source: 'the hardliner of Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker, GENIUS, 2014',
  spec,
  example: { type: 'hardliner' },
  make: () =>
    made({
      target: (view) => (best(view) === PASS ? Number.NaN : view.best),
      propose(view, _memory, note) {
        const outcome = best(view);
        note?.({
          because: outcome === PASS ? NOTHING : 'the best outcome, as always',
          considered: just(view, outcome),
        });
        return outcome;
      },
    }),
};
