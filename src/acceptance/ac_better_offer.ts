import { z } from 'zod';
import { normalCdf, pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import type { View } from '../session/view.ts';
import { type Heard, hearOffers } from './heard.ts';

const spec = z.strictObject({
  type: z.literal('ac_better_offer'),
  /** Accept when the probability of a better offer is below this. */
  below: figureIn(0, 1).default(0.2),
  /** By how much, in utility, an offer must be better to count. */
  margin: figureIn(0, 1).default(0),
  /** The spread, in utility, assumed before there are offers to estimate it from; it counts as two offers at the mean. */
  spread: figureIn(0.001, 1).default(0.1),
});

/**
 * Probability of a better offer: accept when it is unlikely that anything better comes before the deadline. Offers to come are taken as independent draws from a normal
 * distribution with the mean and spread of those received, so with k still to come the probability is 1 - Φ((u + margin - mean) / spread)^k.
 */
export const acBetterOffer: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_better_offer',
  summary: 'accepts when a better offer is unlikely to come',
  source: 'Baarslag & Hindriks, Accepting optimally in automated negotiation with incomplete information, 2013',
  spec,
  example: { type: 'ac_better_offer', below: 0.2, margin: 0.01 },
  make: ({ below, margin, spread }) =>
    made({
      memory: [],
      hear: hearOffers,
      accepts(view, offer, _plan, memory, note) {
        const offered = view.utility(offer);
        const probability = better(view, memory as Heard, offered + margin, spread);
        const rational = offered >= view.reservation;
        const accepted = rational && probability < below;
        note?.({
          because: !rational
            ? 'the offer is below the reservation value'
            : accepted
              ? 'a better offer is unlikely to come'
              : 'a better offer may well come',
          numbers: { probability, below },
        });
        return accepted;
      },
    }),
};

function better(view: View, heard: Heard, level: number, spread: number): number {
  const count = heard.length / 2;
  if (count === 0) return 1;
  let sum = 0;
  for (let i = 1; i < heard.length; i += 2) sum += view.utility(heard[i]);
  const mean = sum / count;
  let squares = 2 * spread * spread;
  for (let i = 1; i < heard.length; i += 2) {
    const off = view.utility(heard[i]) - mean;
    squares += off * off;
  }
  const deviation = Math.sqrt(squares / (count + 2));
  const coming = (view.rounds - view.round) * view.others.length;
  return 1 - pow(normalCdf((level - mean) / deviation), coming);
}
