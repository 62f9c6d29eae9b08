import { z } from 'zod';
import { pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { PASS } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';
import { type Heard, hearOffers, soFar } from './heard.ts';

const spec = z.strictObject({
  type: z.literal('ac_combi'),
  /** The time, in [0, 1], from which on the window counts. */
  after: figureIn(0, 1).default(0.98),
  /** What an offer is measured against once it is late; `none`: only against the reservation value. */
  against: z.enum(['none', 'max', 'average', 'expected']).default('max'),
  /** Offers received in as much time as is left, or ever since the start. */
  window: z.enum(['remaining', 'whole']).default('remaining'),
});

/**
 * AC-combi(T, α): AC-next, or, from time T on, at least α, where α says what waiting may still bring, judged by the offers received in a window:
 * their best (`max`), their mean (`average`), or the worth of waiting (`expected`: the mean of those that beat this offer, times the chance that
 * one of that kind comes again, 1 - (1 - n/m)^k with n of m in the window better and k offers still to come). At time t the window of
 * remaining time is [2t - 1, t]. An empty window asks for no more than the reservation value.
 */
export const acCombi: AcceptanceKind<z.infer<typeof spec>> = {
  type: 'ac_combi',
  summary: 'AC-next, but late on takes what beats the offers of a window',
  source: 'Baarslag, Hindriks & Jonker, Effective acceptance conditions in real-time automated negotiation, 2014',
  spec,
  example: { type: 'ac_combi', after: 0.9, against: 'average', window: 'remaining' },
  make: ({ after, against, window }) =>
    made({
      ...(against !== 'none' && { memory: [], hear: hearOffers }),
      accepts(view, offer, plan, memory, note) {
        const offered = view.utility(offer);
        if (offered < view.reservation) {
          note?.({ because: 'the offer is below the reservation value' });
          return false;
        }
        const own = plan.offer();
        const next = own === PASS ? view.best : view.utility(own);
        if (offered >= next) {
          note?.({ because: 'the offer is worth at least the next own offer', numbers: { next } });
          return true;
        }
        if (view.time < after) {
          note?.({ because: 'the next own offer is worth more, and it is early', numbers: { next, after } });
          return false;
        }
        const since = window === 'whole' ? 0 : 2 * view.round - (view.rounds + 1);
        const level = against === 'none' ? view.reservation : hoped(view, memory as Heard, offer, since, against);
        const accepted = offered >= level;
        note?.({
          because: accepted ? 'it is late, and waiting promises no more' : 'it is late, but waiting promises more',
          numbers: { next, after, level },
        });
        return accepted;
      },
    }),
};

/** What waiting may bring, in own utility at the present market. The offer being judged, if it is the last one heard, does not count. */
function hoped(view: View, heard: Heard, offer: number, since: number, against: 'max' | 'average' | 'expected') {
  const offered = view.utility(offer);
  const end = soFar(heard, offer);
  let count = 0;
  let sum = 0;
  let max = view.reservation;
  let better = 0;
  let sumBetter = 0;
  for (let i = 0; i < end; i += 2) {
    if (heard[i] < since) continue;
    const utility = view.utility(heard[i + 1]);
    count++;
    sum += utility;
    if (utility > max) max = utility;
    if (utility <= offered) continue;
    better++;
    sumBetter += utility;
  }
  if (against === 'max') return max;
  if (count === 0) return view.reservation;
  if (against === 'average') return sum / count;
  if (better === 0) return view.reservation;
  const coming = (view.rounds - view.round) * view.others.length;
  return (1 - pow(1 - better / count, coming)) * (sumBetter / better);
}
