import { z } from 'zod';
import type { PartyId, Seat } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import { listOf } from '../domain/list.ts';
import type { AgreementRule, Protocol, ProtocolKind, Question } from '../session/contracts/protocol.ts';
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
  make: ({ offering_consents }, { rule, deciding }) => made(new AlternatingOffers(rule, deciding, offering_consents)),
};

/** A class, not an object of closures: its methods are asked at every turn, and a compiler sees which ones they are. */
class AlternatingOffers implements Protocol {
  readonly kind = 'alternating_offers';
  readonly initial = null;
  readonly rule: AgreementRule;
  readonly offeringConsents: boolean;
  readonly #deciding: readonly Seat[];
  /** By turn, from 1: the list of its one mover. */
  readonly #movers: readonly (readonly Seat[])[];

  constructor(rule: AgreementRule, deciding: readonly Seat[], offeringConsents: boolean) {
    this.rule = rule;
    this.offeringConsents = offeringConsents;
    this.#deciding = deciding;
    this.#movers = listOf(deciding.length + 1, (turn) => [deciding[Math.max(0, turn - 1)]]);
  }

  turns(): number {
    return this.#deciding.length;
  }

  movers(state: State): readonly Seat[] {
    const movers = this.#movers[state.turn];
    return state.seats[movers[0]].here === true ? movers : NOBODY_MOVES;
  }

  question(state: State, seat: Seat): Question {
    return { answer: standing(state, seat), mayOffer: true };
  }

  illegal(state: State, seat: Seat, move: Move): string | undefined {
    if (move.type === 'offer') return undefined;
    if (move.type === 'accept' && standing(state, seat) === NONE) return 'there is nothing to accept';
    if (move.type === 'reject') return 'a rejection must come with an offer';
    return undefined;
  }

  /** An offer that its maker's own consent does not turn into an agreement. */
  counters(present: number, seat: Seat, outcome: number): boolean {
    return !this.rule.agreed(this.offeringConsents === true ? 1 << seat : 0, present, outcome);
  }

  resolve(state: State, [one]: readonly { readonly seat: Seat; readonly move: Move }[], ids: readonly PartyId[]) {
    if (one === undefined) return [];
    const { seat, move } = one;
    const by = ids[seat];
    const answer = standing(state, seat);
    switch (move.type) {
      case 'accept': {
        const accepted: Fact = { type: 'accepted', by, outcome: answer, ...spoken(move) };
        const consent = state.table.consent | (1 << seat);
        return this.rule.agreed(consent, presentIn(state), answer) ? [accepted, agreement(answer)] : [accepted];
      }
      case 'walk':
        return [{ type: 'walked', by, why: move.why } satisfies Fact];
      case 'offer': {
        const { outcome, says } = move;
        const offered = offeredBy(by, outcome, says);
        const facts = this.counters(presentIn(state), seat, outcome) ? [offered] : [offered, agreement(outcome)];
        return answer === NONE ? facts : [{ type: 'rejected', by, outcome: answer } satisfies Fact, ...facts];
      }
      default: {
        const passed: Fact = { type: 'passed', by, ...spoken(move) };
        if (answer === NONE) return [passed];
        const broken: Fact = { type: 'ended', end: 'broken', outcome: null };
        return [{ type: 'rejected', by, outcome: answer } satisfies Fact, passed, broken];
      }
    }
  }
}

/** What a seat is asked about: nobody answers its own offer. */
const standing = ({ table }: State, seat: Seat) => (table.by === seat ? NONE : table.outcome);

const agreement = (outcome: number): Fact => ({ type: 'ended', end: 'agreement', outcome });

const NOBODY_MOVES: readonly Seat[] = [];
