import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';
import type { ProtocolKind } from '../session/contracts/protocol.ts';
import type { Fact } from '../session/fact.ts';
import { spoken } from '../session/move.ts';
import { presentIn } from '../session/present.ts';
import { NONE, type State } from '../session/state.ts';

const spec = z.strictObject({
  kind: z.literal('ultimatum'),
  /** Who makes the one offer; the first party when not given. */
  proposer: z.string().optional(),
});

/**
 * The ultimatum game: one party makes one offer, the others take it or leave it, in seat order, and the talks are over. They break as soon as the consent
 * still possible is not enough.
 */
export const ultimatum: ProtocolKind<z.infer<typeof spec>> = {
  kind: 'ultimatum',
  summary: 'one party makes one offer; the others take it or leave it',
  source: 'Güth, Schmittberger & Schwarze, An experimental analysis of ultimatum bargaining, 1982',
  spec,
  example: { kind: 'ultimatum' },
  make({ proposer = '' }, { parties, deciding, rule }) {
    const first = proposer === '' ? deciding[0] : parties.indexOf(proposer);
    const asked = deciding.map((seat) => parties[seat]);
    if (!deciding.includes(first)) {
      if (first >= 0) {
        const message = `"${proposer}" is an observer: it makes no offer`;
        return flawed({ path: ['proposer'], code: 'observer-proposes', message, hint: `parties: ${asked.join(', ')}` });
      }
      const near = suggest(proposer, asked);
      const hint = near ? `did you mean "${near}"?` : `parties: ${asked.join(', ')}`;
      return flawed({
        path: ['proposer'],
        code: 'unknown-party',
        message: `there is no party "${proposer}"`,
        hint,
      });
    }
    const order = [first, ...deciding.filter((seat) => seat !== first)];
    const moverOf = ({ turn }: State) => order[Math.max(0, turn - 1)];
    const proposes = ({ turn }: State) => turn <= 1;
    return made({
      kind: 'ultimatum',
      initial: null,
      offeringConsents: true,
      rule,
      turns: () => order.length,
      movers: (state) => (state.seats[moverOf(state)].here ? [moverOf(state)] : []),
      question: (state) =>
        proposes(state) ? { answer: NONE, mayOffer: true } : { answer: state.table.outcome, mayOffer: false },
      illegal(state, _seat, move) {
        if (proposes(state)) {
          return move.type === 'accept' || move.type === 'reject' ? 'there is nothing to answer yet' : undefined;
        }
        return move.type === 'offer' ? 'the one offer has been made' : undefined;
      },
      resolve(state, moves, ids) {
        const facts: Fact[] = [];
        const { outcome } = state.table;
        const present = presentIn(state);
        let { consent } = state.table;
        let stands = outcome;
        let offered = !proposes(state);
        for (const { seat, move } of moves) {
          const by = ids[seat];
          if (move.type === 'walk') facts.push({ type: 'walked', by, why: move.why });
          else if (move.type === 'offer') {
            facts.push({ type: 'offered', by, outcome: move.outcome, ...spoken(move) });
            consent = 1 << seat;
            stands = move.outcome;
            offered = true;
          } else if (move.type === 'accept') {
            facts.push({ type: 'accepted', by, outcome, ...spoken(move) });
            consent |= 1 << seat;
          } else if (offered) facts.push({ type: 'rejected', by, outcome });
          else facts.push({ type: 'passed', by, ...spoken(move) });
        }
        const toCome = order.slice(state.turn).reduce((set, seat) => set | (1 << seat), 0) & present;
        if (offered && rule.agreed(consent, present, stands))
          facts.push({ type: 'ended', end: 'agreement', outcome: stands });
        else if (!offered || !rule.agreed(consent | toCome, present, stands))
          facts.push({ type: 'ended', end: 'broken', outcome: null });
        return facts;
      },
    });
  },
};
