import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { BeliefTable } from './belief_table.ts';
import { just, lowestAtLeast, NOTHING, within } from './pick.ts';
import { acrossOthers } from './received.ts';
import { mirrored } from './tit_for_tat.ts';
import { upTo } from './trade_off.ts';

const spec = z.strictObject({
  type: z.literal('nice_tit_for_tat'),
  of: mirrored,
  /** How far above the target, in own utility, the outcome the others like best is looked for. */
  band: figureIn(0, 1).default(0.03),
  /** The share of the rounds after which it goes part of the rest of the way unasked, and how much of that way by the last round. */
  late: figureIn(0, 1).default(0.75),
  gift: figureIn(0, 1).default(1),
});

/**
 * Nice tit-for-tat: aim at the Nash bargaining solution as one believes it to be. Measure how much of the way to it the others have come since their first
 * offers, in own utility, and come as far oneself; near the deadline add a gift. At the target, offer what the others are believed to like best; if the best
 * ever offered reaches the target, offer that. Without an opponent model the point aimed at lies half way between floor and best.
 */
export const niceTitForTat: TacticKind<z.infer<typeof spec>> = {
  type: 'nice_tit_for_tat',
  summary: 'comes as far towards the believed Nash solution as the others have come',
  source: 'Baarslag, Hindriks & Jonker, A tit for tat negotiation strategy for real-time bilateral negotiations, 2013',
  spec,
  example: { type: 'nice_tit_for_tat', band: 0.03, late: 0.75, gift: 1 },
  make({ of, band, late, gift }, context) {
    const sizes = context.issues.map((issue) => issue.size);
    const beliefs = new BeliefTable(sizes, 'product');
    const nash = nashFinder(beliefs);
    const aim = (view: View) => {
      const goal = nash(view);
      const share = acrossOthers(view, of, 0, (seat) => comeTowards(view, seat, goal));
      const target = view.best - share * (view.best - goal);
      const gone = view.round / view.rounds;
      const bonus = gone <= late || late >= 1 ? 0 : (gift * (gone - late)) / (1 - late);
      return within(view, target - bonus * (target - goal));
    };
    return made({
      target: aim,
      propose(view, _memory, note) {
        const target = aim(view);
        const goal = nash(view);
        const { bestOffered } = view;
        let outcome = lowestAtLeast(view, target);
        let because = outcome === PASS ? NOTHING : 'the outcome worth least above the target, for want of beliefs';
        if (outcome !== PASS && bestOffered !== NONE && view.utility(bestOffered) >= target) {
          outcome = bestOffered;
          because = 'the best ever offered reaches the target';
        } else if (outcome !== PASS && beliefs.read(view)) {
          const from = Math.min(view.firstAtLeast(Math.max(target, view.reservation)), view.order.length - 1);
          const to = Math.max(from + 1, upTo(view, target + band));
          outcome = beliefs.pick(view.order, from, to, view.utilities);
          because = 'what the others are believed to like best, as far from the best as they have come';
        }
        note?.({
          because,
          considered: just(view, outcome),
          numbers: {
            nash: goal,
            come: acrossOthers(view, of, 0, (seat) => comeTowards(view, seat, goal)),
          },
        });
        return outcome;
      },
    });
  },
};

/** The share of the way from a party's first offer to the goal that its latest has come, in own utility. */
function comeTowards(view: View, seat: number, goal: number): number {
  const last = view.lastOffer(seat);
  if (last === NONE) return Number.NaN;
  const first = view.utility(view.firstOffer(seat));
  const way = goal - first;
  if (way <= 0) return 1;
  return Math.max(0, Math.min(1, (view.utility(last) - first) / way));
}

/** Own utility at the believed Nash solution: the largest product of own gain and what each of the others is believed to like. Kept while nothing it rests on moves. */
function nashFinder(beliefs: BeliefTable): (view: View) => number {
  let version = -1;
  let utilities: Float64Array | undefined;
  let reservation = Number.NaN;
  let found = 0;
  return (view) => {
    if (!beliefs.read(view)) return (Math.max(view.worst, view.reservation) + view.best) / 2;
    if (version === beliefs.version && utilities === view.utilities && reservation === view.reservation) return found;
    version = beliefs.version;
    utilities = view.utilities;
    reservation = view.reservation;
    const { order } = view;
    const floor = Math.max(view.worst, view.reservation);
    let top = Number.NEGATIVE_INFINITY;
    found = view.best;
    for (let k = view.firstAtLeast(reservation); k < order.length; k++) {
      const utility = utilities[order[k]];
      const product = (utility - floor) * beliefs.score(order[k]);
      if (product > top) {
        top = product;
        found = utility;
      }
    }
    return found;
  };
}
