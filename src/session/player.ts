import type { Json, Seat } from '../domain/id.ts';
import type { Acceptance, AnswerNote, Plan } from './contracts/acceptance.ts';
import type { OpponentModel } from './contracts/opponent_model.ts';
import type { Question } from './contracts/protocol.ts';
import { type CompiledChart, pathOf, type StanceRunner } from './contracts/stance.ts';
import { type HearContext, type OfferNote, PASS, type Tactic } from './contracts/tactic.ts';
import type { Fact, StanceState } from './fact.ts';
import type { Move } from './move.ts';
import type { NoteSink } from './note.ts';
import { NONE } from './state.ts';
import type { View } from './view.ts';

/** How a stance plays: the tactic and acceptance rule that the deepest active state with a `meta` names. */
export interface Posture {
  readonly path: string;
  readonly tactic: { readonly name: string; readonly tactic: Tactic; readonly slot: number } | undefined;
  readonly acceptance: { readonly name: string; readonly rule: Acceptance; readonly slot: number } | undefined;
  readonly says?: string;
  /** Set where the stance leaves the talks: why. */
  readonly leaves?: string;
  /** What the stance listens for, one bit per event; all other events leave it where it is. */
  readonly ears: number;
}

/** A strategy, compiled for one seat. */
export interface Player {
  readonly seat: Seat;
  /** The name of the strategy: from the library, or `own` for a machine written in the scenario. */
  readonly name: string;
  readonly compiled: CompiledChart;
  readonly runner: StanceRunner;
  readonly postures: ReadonlyMap<string, Posture>;
  readonly model: OpponentModel | undefined;
  readonly memory: readonly Json[];
  readonly listeners: readonly { readonly slot: number; hear(memory: Json, fact: Fact, context: HearContext): Json }[];
  readonly scripted: ReadonlyMap<number, Move>;
}

export function postureOf(player: Player, stance: StanceState): Posture {
  const path = typeof stance.value === 'string' ? stance.value : pathOf(stance.value);
  const posture = player.postures.get(path);
  if (posture === undefined) throw new Error(`the stance "${path}" of seat ${player.seat} has no posture`);
  return posture;
}

/** What a party decides, asked this question, seeing this view: its stance's acceptance rule judges, then its tactic proposes. */
export function choose(posture: Posture, view: View, plan: OwnPlan, question: Question, sink?: NoteSink): Move {
  if (posture.leaves !== undefined) return { type: 'walk', why: posture.leaves };
  const { answer } = question;
  if (question.against !== undefined) return vote(posture, view, answer, question.against, sink);
  plan.begin(posture, sink !== undefined);
  if (answer !== NONE && posture.acceptance !== undefined && accepts(posture, view, plan, answer, sink))
    return posture.says === undefined ? ACCEPT : { type: 'accept', says: posture.says };
  if (question.mayOffer === false) return answer === NONE ? PASSING : REJECT;
  const outcome = plan.offer();
  if (outcome === PASS) return PASSING;
  if (sink !== undefined) {
    const target = plan.target();
    const { why } = plan;
    sink({
      about: 'offer',
      by: view.partyId(view.seat),
      stance: posture.path,
      tactic: posture.tactic?.name ?? 'none',
      ...(Number.isNaN(target) ? {} : { target }),
      outcome,
      considered: why?.considered ?? [],
      because: why?.because ?? '',
      numbers: { utility: view.utility(outcome), time: view.time, ...why?.numbers },
    });
  }
  return posture.says === undefined ? plan.move(outcome) : { type: 'offer', outcome, says: posture.says };
}

const ACCEPT: Move = { type: 'accept' };
const REJECT: Move = { type: 'reject' };
const PASSING: Move = { type: 'pass' };

/** A vote between two texts goes to the one worth more; of two equals to the new one, so that texts can move along a plateau. */
function vote(posture: Posture, view: View, answer: number, against: number, sink?: NoteSink): Move {
  const accepted = against === NONE || view.utility(answer) >= view.utility(against);
  sink?.({
    about: 'answer',
    by: view.partyId(view.seat),
    stance: posture.path,
    rule: 'vote',
    outcome: answer,
    accepted,
    because: against === NONE ? 'there is no other text' : `the new text is worth ${accepted ? 'no less' : 'less'}`,
    numbers: { offered: view.utility(answer), ...(against !== NONE && { standing: view.utility(against) }) },
  });
  return accepted ? ACCEPT : REJECT;
}

function accepts(posture: Posture, view: View, plan: Plan, offer: number, sink?: NoteSink): boolean {
  const { name, rule, slot } = posture.acceptance!;
  const memory = recall(view, slot);
  if (sink === undefined) return rule.accepts(view, offer, plan, memory);
  let why: Parameters<AnswerNote>[0] = { because: '' };
  const accepted = rule.accepts(view, offer, plan, memory, (given) => {
    why = given;
  });
  sink({
    about: 'answer',
    by: view.partyId(view.seat),
    stance: posture.path,
    rule: name,
    outcome: offer,
    accepted,
    because: why.because,
    numbers: { offered: view.utility(offer), reservation: view.reservation, ...why.numbers },
  });
  return accepted;
}

const recall = (view: View, slot: number): Json => (slot < 0 ? null : view.memory(slot));

/** Not asked yet. */
const OPEN = -2;

/** A party's own next offer and target, worked out at most once a turn. One object serves a party for a whole sitting. */
export class OwnPlan implements Plan {
  readonly #view: View;
  #posture: Posture | undefined;
  #offer = OPEN;
  #listening = false;
  #move: Extract<Move, { type: 'offer' }> = { type: 'offer', outcome: OPEN };
  /** What the tactic said of its choice, when somebody listens. */
  why: Parameters<OfferNote>[0] | undefined;

  constructor(view: View) {
    this.#view = view;
  }

  /** A new turn: nothing has been worked out yet. */
  begin(posture: Posture, listening: boolean): void {
    this.#posture = posture;
    this.#offer = OPEN;
    this.#listening = listening;
    this.why = undefined;
  }

  /** The move that offers an outcome: most offers repeat the one before. */
  move(outcome: number): Move {
    if (this.#move.outcome !== outcome) this.#move = { type: 'offer', outcome };
    return this.#move;
  }

  target(): number {
    const tactic = this.#posture?.tactic;
    return tactic === undefined ? Number.NaN : tactic.tactic.target(this.#view, recall(this.#view, tactic.slot));
  }

  offer(): number {
    if (this.#offer === OPEN) this.#offer = this.#propose();
    return this.#offer;
  }

  #propose(): number {
    const tactic = this.#posture?.tactic;
    if (tactic === undefined) return PASS;
    const memory = recall(this.#view, tactic.slot);
    if (this.#listening === false) return tactic.tactic.propose(this.#view, memory);
    return tactic.tactic.propose(this.#view, memory, (why) => {
      this.why = why;
    });
  }
}
