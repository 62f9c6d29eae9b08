import { z } from 'zod';
import { made } from '../domain/issue.ts';
import type { ProtocolKind, Referee } from '../session/contracts/protocol.ts';
import type { Fact } from '../session/fact.ts';
import { spoken } from '../session/move.ts';
import { presentIn, seatsIn } from '../session/present.ts';
import { NONE, type State } from '../session/state.ts';

const spec = z.strictObject({
  kind: z.literal('simultaneous_offers'),
  /** When offers agree: `an_offer` of those made is worth enough to everybody; or `any_outcome` at all is (Nash's demand game). */
  compatible: z.enum(['an_offer', 'any_outcome']).default('an_offer'),
  /** Whether an offer may not be worth less to any other party than the same party's offer before. */
  monotonic: z.boolean().default(false),
  /** Whether a round in which nobody moves breaks the talks, as in Rosenschein and Zlotkin; otherwise they go on to the deadline. */
  standstill_breaks: z.boolean().default(false),
});

/**
 * All parties put forward an offer at once, seeing only earlier rounds. An offer is also a demand: what it is worth to the one who makes it.
 *
 * Offers are compatible when an outcome gives the parties whose consent is needed at least their demands. Under `an_offer` (the monotonic concession
 * protocol; for more than two parties Endriss 2006) only the offers made count; of several, seeded chance takes one, as a coin does for two. Under
 * `any_outcome` (Nash's demand game on the actual outcomes) every outcome counts; taken is the one whose smallest excess over a demand is greatest, of
 * equals the first. A party that passes keeps the offer it last made.
 */
export const simultaneousOffers: ProtocolKind<z.infer<typeof spec>> = {
  kind: 'simultaneous_offers',
  summary: 'all parties put forward an offer at once; compatible offers make an agreement',
  source: 'Rosenschein & Zlotkin, Rules of encounter, 1994; Nash, Two-person cooperative games, 1953; Endriss, 2006',
  spec,
  example: { kind: 'simultaneous_offers', compatible: 'an_offer' },
  make({ compatible, monotonic, standstill_breaks }, { rule, deciding }) {
    const consenting = (
      outcome: number,
      demands: readonly number[],
      { utilities }: Pick<Referee, 'utilities'>,
      present: number,
    ) =>
      seatsIn(present).reduce((set, seat) => (utilities[seat][outcome] >= demands[seat] ? set | (1 << seat) : set), 0);

    /** What every party's standing offer is worth to it. */
    const demandsOf = (standing: readonly number[], utilities: Referee['utilities']) =>
      standing.map((outcome, seat) => (outcome === NONE ? Number.POSITIVE_INFINITY : utilities[seat][outcome]));

    /** The outcome the offers agree on, or NONE. `standing` holds every party's offer. */
    const agreement = (standing: readonly number[], present: number, referee: Referee): number => {
      const { utilities, space } = referee;
      const demands = demandsOf(standing, utilities);
      const carries = (outcome: number) =>
        rule.agreed(consenting(outcome, demands, referee, present), present, outcome);
      if (compatible === 'an_offer') {
        const found = [...new Set(seatsIn(present).map((seat) => standing[seat]))].filter(
          (outcome) => outcome !== NONE && carries(outcome),
        );
        return found.length === 0 ? NONE : found[Math.floor(referee.chance(0) * found.length)];
      }
      let best = NONE;
      let most = Number.NEGATIVE_INFINITY;
      for (const outcome of space.allowed) {
        if (!carries(outcome)) continue;
        const excess = Math.min(...seatsIn(present).map((seat) => utilities[seat][outcome] - demands[seat]));
        if (best !== NONE && excess <= most) continue;
        best = outcome;
        most = excess;
      }
      return best;
    };

    return made({
      kind: 'simultaneous_offers',
      initial: null,
      offeringConsents: true,
      consentBinds: false,
      rule,
      turns: () => 1,
      signers(state, utilities) {
        const standing = state.seats.map(({ lastOffer }) => lastOffer);
        return consenting(state.agreement, demandsOf(standing, utilities), { utilities }, presentIn(state));
      },
      movers: (state) => seatsIn(presentIn(state)),
      question: () => ({ answer: NONE, mayOffer: true }),
      illegal(state, seat, move, { utilities }) {
        if (move.type === 'accept' || move.type === 'reject')
          return 'all offers are made at once; there is nothing to answer';
        const last = state.seats[seat].lastOffer;
        if (!monotonic || move.type !== 'offer' || last === NONE) return undefined;
        const hurt = deciding.some(
          (other) => other !== seat && utilities[other][move.outcome] < utilities[other][last],
        );
        return hurt ? 'an offer may not be worth less to another party than the one before' : undefined;
      },
      resolve(state, moves, ids, referee) {
        const facts: Fact[] = [];
        const standing = state.seats.map(({ lastOffer }) => lastOffer);
        let present = presentIn(state);
        let moved = false;
        for (const { seat, move } of moves) {
          const by = ids[seat];
          if (move.type === 'walk') {
            facts.push({ type: 'walked', by, why: move.why });
            present &= ~(1 << seat);
          } else if (move.type === 'offer') {
            facts.push({ type: 'offered', by, outcome: move.outcome, ...spoken(move) });
            moved ||= move.outcome !== standing[seat];
            standing[seat] = move.outcome;
          } else facts.push({ type: 'passed', by, ...spoken(move) });
        }
        if (!rule.possible(present)) return facts;
        const outcome = agreement(standing, present, referee);
        if (outcome !== NONE) facts.push({ type: 'ended', end: 'agreement', outcome });
        else if (!moved && standstill_breaks && isLater(state))
          facts.push({ type: 'ended', end: 'broken', outcome: null });
        return facts;
      },
    });
  },
};

/** Whether there is an earlier round to have moved from. */
const isLater = ({ round }: State) => round > 1;
