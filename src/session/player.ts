import type { Json, Seat } from '../domain/id.ts';
import type { Acceptance, Plan } from './contracts/acceptance.ts';
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
}

/** A move a scenario scripts in a party's place. */
export interface ScriptedMove {
  readonly round: number;
  readonly move: Move;
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
export function choose(posture: Posture, view: View, question: Question, sink?: NoteSink): Move {
  const by = view.partyId(view.seat);
  if (posture.leaves !== undefined) return { type: 'walk', why: posture.leaves };
  const plan = new LazyPlan(posture, view);
  if (question.answer !== NONE && posture.acceptance !== undefined) {
    const { name, rule, slot } = posture.acceptance;
    let because = { because: '', numbers: undefined as Readonly<Record<string, number>> | undefined };
    const note =
      sink &&
      ((why: { because: string; numbers?: Readonly<Record<string, number>> }) => {
        because = { because: why.because, numbers: why.numbers };
      });
    const accepted = rule.accepts(view, question.answer, plan, recall(view, slot), note);
    sink?.({
      about: 'answer',
      by,
      stance: posture.path,
      rule: name,
      outcome: question.answer,
      accepted,
      because: because.because,
      numbers: { offered: view.utility(question.answer), reservation: view.reservation, ...because.numbers },
    });
    if (accepted) return posture.says === undefined ? ACCEPT : { type: 'accept', says: posture.says };
  }
  if (!question.mayOffer) return question.answer === NONE ? PASSING : REJECT;
  if (sink) plan.listen();
  const outcome = plan.offer();
  if (outcome === PASS) return PASSING;
  if (sink) {
    const target = plan.target();
    sink({
      about: 'offer',
      by,
      stance: posture.path,
      tactic: posture.tactic?.name ?? 'none',
      ...(Number.isNaN(target) ? {} : { target }),
      outcome,
      considered: plan.why?.considered ?? [],
      because: plan.why?.because ?? '',
      numbers: { utility: view.utility(outcome), time: view.time, ...plan.why?.numbers },
    });
  }
  return posture.says === undefined ? { type: 'offer', outcome } : { type: 'offer', outcome, says: posture.says };
}

const recall = (view: View, slot: number): Json => (slot < 0 ? null : view.memory(slot));

const ACCEPT: Move = { type: 'accept' };
const REJECT: Move = { type: 'reject' };
const PASSING: Move = { type: 'pass' };

/** A party's own next offer and target, worked out at most once a turn. */
class LazyPlan implements Plan {
  readonly #posture: Posture;
  readonly #view: View;
  #offer: number | undefined;
  #listening = false;
  why: Parameters<OfferNote>[0] | undefined;

  constructor(posture: Posture, view: View) {
    this.#posture = posture;
    this.#view = view;
  }

  listen(): void {
    this.#listening = true;
    this.#offer = undefined;
  }

  target(): number {
    const { tactic } = this.#posture;
    return tactic === undefined ? Number.NaN : tactic.tactic.target(this.#view, recall(this.#view, tactic.slot));
  }

  offer(): number {
    if (this.#offer !== undefined) return this.#offer;
    const { tactic } = this.#posture;
    if (tactic === undefined) return PASS;
    const note: OfferNote | undefined = this.#listening
      ? (why) => {
          this.why = why;
        }
      : undefined;
    this.#offer = tactic.tactic.propose(this.#view, recall(this.#view, tactic.slot), note);
    return this.#offer;
  }
}
