import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import type { ProtocolKind, Referee } from '../session/contracts/protocol.ts';
import type { Fact } from '../session/fact.ts';
import { spoken } from '../session/move.ts';
import { presentIn, seatsIn } from '../session/present.ts';
import { NONE, type State } from '../session/state.ts';

const spec = z.strictObject({
  kind: z.literal('single_text'),
  /** How a new text is judged: `hill_climbing` asks whether it is worth at least as much as the text so far, `veto` asks every party's acceptance rule. */
  vote: z.enum(['hill_climbing', 'veto']).default('hill_climbing'),
  /** The text the mediator begins with, by issue; drawn at random when not given. */
  start: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** Stands in the facts of the mediator's own texts where those of the script name their event. */
const MEDIATOR = 'mediator';

/** How often the mediator tries to find an allowed change before it keeps the text as it is. */
const TRIES = 50;

/**
 * The mediated single negotiating text. The mediator begins with a text, whatever the parties make of it. In every later round it changes one issue of the
 * text at random and all parties vote on the change at once; with the consent the agreement rule asks for, the changed text is the text from then on. At the
 * deadline the text is put to the parties once more, and their own acceptance rules ratify it or not.
 */
export const singleText: ProtocolKind<z.infer<typeof spec>> = {
  kind: 'single_text',
  summary: 'a mediator changes one text step by step; the parties vote on each change and ratify at the end',
  source:
    'Klein, Faratin, Sayama & Bar-Yam, Negotiating complex contracts, 2003; Raiffa, The art and science of negotiation, 1982',
  spec,
  example: { kind: 'single_text', vote: 'hill_climbing' },
  make({ vote, start }, { rule, space }) {
    const given = start === undefined ? NONE : space.find(start);
    if (typeof given !== 'number') {
      const message = `the text is wrong or silent on: ${given.wrong.join(', ')}`;
      return flawed({ path: ['start'], code: 'incomplete-offer', message });
    }
    if (given !== NONE && !space.isAllowed(given)) {
      const message = "the text breaks the scenario's constraints";
      return flawed({ path: ['start'], code: 'forbidden-outcome', message });
    }
    const textOf = (state: State) => state.protocol as number;
    const isVote = ({ turn }: State) => turn === 2 || turn === 4;
    const isLast = ({ round, world }: State) => round >= world.rounds;
    return made({
      kind: 'single_text',
      initial: NONE,
      text: textOf,
      offeringConsents: false,
      rule,
      // 1 the mediator's change, 2 the vote; in the last round 3 the text as it came out, 4 its ratification
      turns: (state) => (isLast(state) ? 4 : 2),
      movers: (state) => (isVote(state) && state.table.outcome !== NONE ? seatsIn(presentIn(state)) : []),
      question(state) {
        const question = { answer: state.table.outcome, mayOffer: false };
        if (vote === 'veto' || state.turn !== 2) return question;
        return { ...question, against: textOf(state) === question.answer ? NONE : textOf(state) };
      },
      illegal: (_state, _seat, move) => (move.type === 'offer' ? 'only the mediator puts texts forward' : undefined),
      resolve(state, moves, ids, referee) {
        if (!isVote(state)) return mediate(state, textOf(state), given, referee);
        const facts: Fact[] = [];
        const { outcome } = state.table;
        let { consent } = state.table;
        let present = presentIn(state);
        for (const { seat, move } of moves) {
          const by = ids[seat];
          if (move.type === 'walk') {
            facts.push({ type: 'walked', by, why: move.why });
            present &= ~(1 << seat);
          } else if (move.type === 'accept') {
            consent |= 1 << seat;
            facts.push({ type: 'accepted', by, outcome, ...spoken(move) });
          } else facts.push({ type: 'rejected', by, outcome });
        }
        const ratified = state.turn === 4 && rule.agreed(consent & present, present, outcome);
        if (ratified && rule.possible(present)) facts.push({ type: 'ended', end: 'agreement', outcome });
        return facts;
      },
      consentBinds: false,
      fold(draft, fact) {
        // the mediator's first text is where the changes start, and so is one that the script puts on the table
        if (fact.type === 'tabled' && (fact.event !== MEDIATOR || draft.protocol === NONE))
          draft.protocol = fact.outcome;
        if (fact.type !== 'accepted' || draft.turn !== 2) return;
        const { consent, outcome } = draft.table;
        if (rule.agreed(consent, presentIn(draft), outcome)) draft.protocol = outcome;
      },
    });
  },
};

/** The mediator's turn: a change of the text to vote on, or, at the end, the text as it came out. */
function mediate(state: State, text: number, start: number, referee: Referee): Fact[] {
  const first = start === NONE ? drawn(referee) : start;
  const outcome = state.turn === 3 ? text : text === NONE ? first : changed(text, referee);
  return outcome === NONE ? [] : [{ type: 'tabled', event: MEDIATOR, outcome }];
}

const drawn = (referee: Referee) => referee.space.allowed[Math.floor(referee.chance(0) * referee.space.allowed.length)];

/** The text with one issue at another value, both drawn evenly; only allowed outcomes. */
function changed(text: number, referee: Referee): number {
  const { space } = referee;
  const open = issuesToChange(space);
  for (let attempt = 0; attempt < TRIES && open.length > 0; attempt++) {
    const issue = open[Math.floor(referee.chance(2 * attempt + 1) * open.length)];
    const others = space.issues[issue].size - 1;
    const step = 1 + Math.floor(referee.chance(2 * attempt + 2) * others);
    const level = (space.levelOf(text, issue) + step) % (others + 1);
    const outcome = space.withLevel(text, issue, level);
    if (space.isAllowed(outcome)) return outcome;
  }
  return text;
}

const issuesToChange = (space: OutcomeSpace) =>
  [...space.issues.keys()].filter((issue) => space.issues[issue].size > 1);
