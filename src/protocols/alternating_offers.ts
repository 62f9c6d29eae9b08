import { z } from 'zod';
import { made } from '../domain/issue.ts';
import type { ProtocolKind, Question } from '../session/contracts/protocol.ts';
import type { Fact } from '../session/fact.ts';
import type { Move } from '../session/move.ts';
import { NONE, type State } from '../session/state.ts';
import { presentIn } from './present.ts';

const spec = z.strictObject({
  kind: z.literal('alternating_offers'),
  /** Whether making an offer counts as consenting to it. */
  offering_consents: z.boolean().default(true),
});

/**
 * Stacked alternating offers for any number of parties (Aydoğan, Festen, Hindriks and Jonker, 2017): a round gives every party one turn, in seat order, the first
 * party opening every round. In its turn a party accepts what stands, or rejects it by putting forward something else, or leaves. Consents outlive a
 * round's end; a new offer clears them. A rejection without an offer breaks the talks, as in NegMAS.
 */
export const alternatingOffers: ProtocolKind<z.infer<typeof spec>> = {
  kind: 'alternating_offers',
  summary: 'each party in turn accepts what stands or puts forward something else',
  source: 'Aydoğan, Festen, Hindriks & Jonker, Alternating offers protocols for multilateral negotiation, 2017',
  spec,
  example: { kind: 'alternating_offers' },
  make(given, { rule, parties }) {
    const mover = (state: State) => Math.max(0, state.turn - 1);
    const alone = parties.map((_, seat) => [seat]);
    const standing = ({ table }: State, seat: number) => (table.by === seat ? NONE : table.outcome);
    return made({
      kind: 'alternating_offers',
      initial: null,
      offeringConsents: given.offering_consents,
      rule,
      turns: () => parties.length,
      movers: (state) => (state.seats[mover(state)].here ? alone[mover(state)] : NOBODY_MOVES),
      question: (state, seat): Question => ({ answer: standing(state, seat), mayOffer: true }),
      illegal(state, seat, move: Move) {
        if (move.type === 'accept' && standing(state, seat) === NONE) return 'there is nothing to accept';
        if (move.type === 'reject') return 'a rejection must come with an offer';
        return undefined;
      },
      resolve(state, moves, ids) {
        const facts: Fact[] = [];
        for (const { seat, move } of moves) {
          const by = ids[seat];
          const answer = standing(state, seat);
          if (move.type === 'accept') {
            facts.push({ type: 'accepted', by, outcome: answer, ...(move.says !== undefined && { says: move.says }) });
            const consent = state.table.consent | (1 << seat);
            if (rule.agreed(consent, presentIn(state), answer))
              facts.push({ type: 'ended', end: 'agreement', outcome: answer });
          } else if (move.type === 'walk') facts.push({ type: 'walked', by, why: move.why });
          else {
            if (answer !== NONE) facts.push({ type: 'rejected', by, outcome: answer });
            if (move.type === 'offer') {
              facts.push(
                move.says === undefined
                  ? { type: 'offered', by, outcome: move.outcome }
                  : { type: 'offered', by, outcome: move.outcome, says: move.says },
              );
              const alone = given.offering_consents ? 1 << seat : 0;
              if (rule.agreed(alone, presentIn(state), move.outcome))
                facts.push({ type: 'ended', end: 'agreement', outcome: move.outcome });
            } else {
              facts.push({ type: 'passed', by });
              if (answer !== NONE) facts.push({ type: 'ended', end: 'broken', outcome: null });
            }
          }
        }
        return facts;
      },
    });
  },
};

const NOBODY_MOVES: readonly number[] = [];
