import { z } from 'zod';
import { type Flaw, flawed, made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { just } from './pick.ts';

const spec = z.strictObject({
  type: z.literal('scripted'),
  /** Offers in order, each a value for every issue. The first one is for the first offer this party makes in the talks. */
  offers: z
    .array(z.record(z.string(), z.union([z.string(), z.number()])))
    .min(1)
    .max(1000),
  /** What comes after the last: that one again, the list from the start, or nothing. */
  afterwards: z.enum(['repeat_last', 'start_again', 'pass']).default('repeat_last'),
});

/** A list of offers, made in order whatever the others do: a historical record, or a foil for another strategy. May go below the reservation value. */
export const scripted: TacticKind<z.infer<typeof spec>> = {
  type: 'scripted',
  summary: 'makes the offers of a list, in order',
  source: 'none: the scenario says where the offers come from',
  spec,
  example: { type: 'scripted', offers: [{ issue_0: 'v0', issue_1: 'v1', issue_2: 'v0' }], afterwards: 'repeat_last' },
  mayOfferBelowReservation: true,
  make({ offers, afterwards }, context) {
    const flaws: Flaw[] = [];
    const outcomes = offers.map((values, i) => {
      const found = context.find(values);
      const path = ['offers', i];
      if (typeof found !== 'number') {
        const message = `an offer needs one value of every issue: ${found.wrong.join(', ')}`;
        flaws.push({ path, code: 'bad-offer', message, hint: 'each issue once, with a value it can have' });
        return PASS;
      }
      if (!context.isAllowed(found)) {
        flaws.push({ path, code: 'forbidden-offer', message: 'a constraint of the scenario forbids this offer' });
      }
      return found;
    });
    if (flaws.length > 0) return flawed(...flaws);
    const next = (view: View) => {
      const made = view.offers(view.seat);
      if (made < outcomes.length) return outcomes[made];
      if (afterwards === 'pass') return PASS;
      return afterwards === 'repeat_last' ? outcomes[outcomes.length - 1] : outcomes[made % outcomes.length];
    };
    return made({
      target: () => Number.NaN,
      propose(view, _memory, note) {
        const outcome = next(view);
        const nth = view.offers(view.seat) + 1;
        note?.({
          because: outcome === PASS ? 'the list of offers is at its end' : `offer ${nth} of the script`,
          considered: just(view, outcome),
          numbers: { offer: nth, listed: outcomes.length },
        });
        return outcome;
      },
    });
  },
};
