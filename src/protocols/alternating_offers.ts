import { z } from 'zod';
import { made } from '../domain/issue.ts';
import type { ProtocolKind, Question } from '../session/contracts/protocol.ts';
import { type Fact, offeredBy } from '../session/fact.ts';
import { type Move, spoken } from '../session/move.ts';
import { presentIn } from '../session/present.ts';
import { NONE, type State } from '../session/state.ts';

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
  make(given, { rule, deciding }) {
    const mover = (state: State) => deciding[Math.max(0, state.turn - 1)];
    const alone = Array.from({ length: 1 + Math.max(...deciding) }, (_, seat) => [seat]);
    const standing = ({ table }: State, seat: number) => (table.by === seat ? NONE : table.outcome);
    /** An offer that its maker's own consent does not turn into an agreement. */
    const counters = (present: number, seat: number, outcome: number) =>
      !rule.agreed(given.offering_consents ? 1 << seat : 0, present, outcome);
    return made({
      kind: 'alternating_offers',
      counters,
      initial: null,
      offeringConsents: given.offering_consents,
      rule,
      turns: () => deciding.length,
      movers: (state) => (state.seats[mover(state)].here ? alone[mover(state)] : NOBODY_MOVES),
      question: (state, seat): Question => ({ answer: standing(state, seat), mayOffer: true }),
      illegal(state, seat, move: Move) {
        if (move.type === 'accept' && standing(state, seat) === NONE) return 'there is nothing to accept';
        if (move.type === 'reject') return 'a rejection must come with an offer';
        return undefined;
      },
      resolve(state, [one], ids) {
        if (one === undefined) return [];
        const { seat, move } = one;
        const by = ids[seat];
        const answer = standing(state, seat);
        switch (move.type) {
          case 'accept': {
            const accepted: Fact = { type: 'accepted', by, outcome: answer, ...spoken(move) };
            const consent = state.table.consent | (1 << seat);
            return rule.agreed(consent, presentIn(state), answer) ? [accepted, agreement(answer)] : [accepted];
          }
          case 'walk':
            return [{ type: 'walked', by, why: move.why }];
          case 'offer': {
            const { outcome, says } = move;
            const offered = offeredBy(by, outcome, says);
            const facts = counters(presentIn(state), seat, outcome) ? [offered] : [offered, agreement(outcome)];
            return answer === NONE ? facts : [{ type: 'rejected', by, outcome: answer }, ...facts];
          }
          default: {
            const passed: Fact = { type: 'passed', by, ...spoken(move) };
            if (answer === NONE) return [passed];
            const broken: Fact = { type: 'ended', end: 'broken', outcome: null };
            return [{ type: 'rejected', by, outcome: answer }, passed, broken];
          }
        }
      },
    });
  },
};

const agreement = (outcome: number): Fact => ({ type: 'ended', end: 'agreement', outcome });

const NOBODY_MOVES: readonly number[] = [];
