import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { just, lowestAtLeast, NOTHING, perRound } from './pick.ts';

const spec = z.strictObject({ type: z.literal('time_dependent'), ...aspiration });

/**
 * The time-dependent tactic of Faratin, Sierra and Jennings (1998): aspire to a utility that falls with time, and offer the outcome that is worth least above
 * it. Exponent 4 is boulware, 1 linear, 0.25 conceder. To accept along another curve than one offers, pair it with the rule `ac_aspiration`.
 */
export const timeDependent: TacticKind<z.infer<typeof spec>> = {
  type: 'time_dependent',
  summary: 'offers the outcome worth least above a target that falls with time',
  source: 'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998',
  spec,
  example: { type: 'time_dependent', exponent: 4 },
  make(given) {
    const aim = aspirer(given);
    const choice = perRound((view) => lowestAtLeast(view, aim(view)));
    return made({
      target: aim,
      propose(view, _memory, note) {
        const outcome = choice(view);
        if (note !== undefined)
          note({
            because: outcome === PASS ? NOTHING : 'the outcome worth least above the target',
            considered: just(view, outcome),
            numbers: { exponent: given.exponent, reservation: view.reservation },
          });
        return outcome;
      },
    });
  },
};
