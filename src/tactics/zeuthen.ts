import { z } from 'zod';
import { made } from '../domain/issue.ts';
import { PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { BeliefTable } from './belief_table.ts';
import { best, just, NOTHING } from './pick.ts';

const spec = z.strictObject({ type: z.literal('zeuthen') });

/**
 * Monotonic concession by Zeuthen's rule: who would lose least by a breakdown concedes, and just enough that another is then more in need to. A party's
 * willingness to risk it is (what its own offer gains it - what it would get by giving in) / (what its own offer gains it). One's own is known; the others'
 * comes from the opponent model, with nothing liked at all taken as their breakdown.
 *
 * With several others the one least willing counts, after Endriss (2006). A concession must be liked better by the others; where none is enough, the smallest
 * one is made. Without a model it goes one level of own utility down each turn: the least that monotonic concession demands of a party that cannot compare.
 */
export const zeuthen: TacticKind<z.infer<typeof spec>> = {
  type: 'zeuthen',
  summary: 'concedes when it would lose least by a breakdown, and just enough',
  source:
    'Zeuthen, Problems of Monopoly and Economic Warfare, 1930; Rosenschein & Zlotkin, Rules of Encounter, 1994; Endriss, 2006',
  spec,
  example: { type: 'zeuthen' },
  make(_given, context) {
    const beliefs = new BeliefTable(
      context.issues.map((issue) => issue.size),
      'mean',
    );
    return made({
      target(view) {
        const { outcome } = step(view, beliefs);
        return outcome === PASS ? Number.NaN : view.utility(outcome);
      },
      propose(view, _memory, note) {
        const { outcome, because, own, others } = step(view, beliefs);
        note?.({
          because,
          considered: just(view, outcome),
          ...(own !== undefined &&
            others !== undefined && { numbers: { own_risk: own, least_risk_of_others: others } }),
        });
        return outcome;
      },
    });
  },
};

interface Step {
  readonly outcome: number;
  readonly because: string;
  readonly own?: number;
  readonly others?: number;
}

function step(view: View, beliefs: BeliefTable): Step {
  const last = view.lastOffer(view.seat);
  if (best(view) === PASS) return { outcome: PASS, because: NOTHING };
  if (last === NONE || view.utility(last) < view.reservation) {
    return { outcome: best(view), because: 'the best outcome, to begin with' };
  }
  const given = worstReceived(view);
  if (given === undefined) return { outcome: last, because: 'nobody else has offered anything yet' };
  const { order, utilities } = view;
  const from = view.firstAtLeast(utilities[last]) - 1;
  const floor = view.firstAtLeast(view.reservation);
  if (!beliefs.read(view)) {
    const outcome = from >= floor ? order[from] : last;
    return { outcome, because: 'one level down: there is no model of the others to compare risks by' };
  }
  const own = ownRisk(view, last, given);
  const others = leastRisk(view, beliefs, last);
  if (own > others) return { outcome: last, because: 'another has less to lose by giving in', own, others };
  const liked = beliefs.score(last);
  let smallest = last;
  for (let k = from; k >= floor; k--) {
    const outcome = order[k];
    if (beliefs.score(outcome) <= liked) continue;
    if (smallest === last) smallest = outcome;
    if (ownRisk(view, outcome, given) > leastRisk(view, beliefs, outcome)) {
      return { outcome, because: 'the smallest concession after which another has less to lose', own, others };
    }
  }
  const because =
    smallest === last ? 'nothing rational would please the others more' : 'no concession is enough: the smallest';
  return { outcome: smallest, because, own, others };
}

/** What the least welcome of the others' latest offers is worth to oneself; undefined before any. */
function worstReceived(view: View): number | undefined {
  let least: number | undefined;
  for (let seat = 0; seat < view.parties; seat++) {
    const offer = view.lastOffer(seat);
    if (seat === view.seat || !view.isHere(seat) || offer === NONE) continue;
    const utility = view.utility(offer);
    if (least === undefined || utility < least) least = utility;
  }
  return least;
}

function ownRisk(view: View, mine: number, given: number): number {
  const gain = view.utility(mine) - view.reservation;
  if (gain <= 0) return 1;
  return Math.max(0, Math.min(1, (view.utility(mine) - Math.max(given, view.reservation)) / gain));
}

/** The willingness to risk a breakdown of the other who has least of it, as believed, if this outcome is what we offer. */
function leastRisk(view: View, beliefs: BeliefTable, mine: number): number {
  let least = 1;
  for (let i = 0; i < beliefs.seats.length; i++) {
    const theirs = view.lastOffer(beliefs.seats[i]);
    if (theirs === NONE) continue;
    const gain = beliefs.liked(i, theirs);
    if (gain <= 0) continue;
    const risk = (gain - beliefs.liked(i, mine)) / gain;
    if (risk < least) least = risk;
  }
  return Math.max(0, least);
}
