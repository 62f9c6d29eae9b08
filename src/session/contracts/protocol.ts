import type { ZodType } from 'zod';
import type { Json, PartyId, Seat } from '../../domain/id.ts';
import type { Made } from '../../domain/issue.ts';
import type { OutcomeSpace } from '../../domain/outcome_space.ts';
import type { Fact } from '../fact.ts';
import type { Move } from '../move.ts';
import type { Draft, State } from '../state.ts';

/** What a mover is asked: an outcome to answer (or NONE), and whether it may put one forward itself. */
export interface Question {
  readonly answer: number;
  readonly mayOffer: boolean;
  /** In a vote between two texts: the other one (or NONE). A party then prefers the one that is worth more to it; its acceptance rule is not asked. */
  readonly against?: number;
}

/** What only the one who runs the talks knows or draws: a mediator's eye, for protocols that compare demands or mutate a text. */
export interface Referee {
  readonly space: OutcomeSpace;
  /** Utilities by seat and raw outcome, in the present world. */
  readonly utilities: readonly Float64Array[];
  /** A uniform number in [0, 1) of the mediator's own stream; `draw` tells several in one turn apart. */
  chance(draw: number): number;
}

/**
 * Whose consent makes an agreement. `agreed` takes the seats that consent and the seats still present, one bit each, and the outcome they consent to: some
 * outcomes may need fewer (side deals).
 */
export interface AgreementRule {
  readonly text: string;
  agreed(consent: number, present: number, outcome: number): boolean;
  /** Whether the parties still present could agree at all. */
  possible(present: number): boolean;
}

/** Who moves when, and what makes an agreement. A protocol reads the state and answers with facts. */
export interface Protocol {
  readonly kind: string;
  readonly initial: Json;
  /** Whether making an offer counts as consenting to it. */
  readonly offeringConsents: boolean;
  /** Whether enough consent to what stands on the table makes an agreement whenever it comes about; false where only the protocol's own turns may. */
  readonly consentBinds?: boolean;
  readonly rule: AgreementRule;
  /** The last turn of a round. */
  turns(state: State): number;
  /** The seats that decide in this turn, all on the same view; none when the turn's party has left. */
  movers(state: State): readonly Seat[];
  question(state: State, seat: Seat): Question;
  /** Why a move is not allowed now, or undefined when it is. */
  illegal(state: State, seat: Seat, move: Move, referee: Referee): string | undefined;
  /** What the moves of this turn amount to, in order. The engine ends the talks itself on time-outs and walk-outs. */
  resolve(
    state: State,
    moves: readonly { readonly seat: Seat; readonly move: Move }[],
    parties: readonly PartyId[],
    referee: Referee,
  ): Fact[];
  /**
   * Whether the one mover of this turn, putting an outcome forward, thereby refuses what it was asked about, if anything, and offers the outcome, and that is all:
   * the commonest turn by far, for which `resolve` need not be asked, though it would say the same. `present`: the seats still in the talks, one bit each.
   */
  counters?(present: number, seat: Seat, outcome: number): boolean;
  /** Where all talk is about one text: the text so far, which what stands on the table would replace; NONE before there is one. */
  text?(state: State): number;
  /**
   * The seats that consented to what was agreed, one bit each, in the state the talks ended in; those that consent to what stands on the table, where absent.
   */
  signers?(state: State, utilities: readonly Float64Array[]): number;
  /** Folds what the protocol keeps beside the table. */
  fold?(draft: Draft, fact: Fact): void;
}

export interface ProtocolContext {
  readonly parties: readonly PartyId[];
  /** The seats that take turns and are asked, in seat order: all but observers'. */
  readonly deciding: readonly Seat[];
  readonly rule: AgreementRule;
  readonly space: OutcomeSpace;
}

export interface ProtocolKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: string;
  readonly summary: string;
  readonly source: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  make(spec: Spec, context: ProtocolContext): Made<Protocol>;
}
