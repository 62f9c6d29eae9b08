import type { ZodType } from 'zod';
import type { Json, PartyId, Seat } from '../../domain/id.ts';
import type { Made } from '../../domain/issue.ts';
import type { Fact } from '../fact.ts';
import type { Move } from '../move.ts';
import type { Draft, State } from '../state.ts';

/** What a mover is asked: an outcome to answer (or NONE), and whether it may put one forward itself. */
export interface Question {
  readonly answer: number;
  readonly mayOffer: boolean;
}

/** Whose consent makes an agreement. `agreed` takes the seats that consent and the seats still present, one bit each. */
export interface AgreementRule {
  readonly text: string;
  agreed(consent: number, present: number): boolean;
  /** Whether the parties still present could agree at all. */
  possible(present: number): boolean;
}

/** Who moves when, and what makes an agreement. A protocol reads the state and answers with facts. */
export interface Protocol {
  readonly kind: string;
  readonly initial: Json;
  /** Whether making an offer counts as consenting to it. */
  readonly offeringConsents: boolean;
  readonly rule: AgreementRule;
  /** The last turn of a round. */
  turns(state: State): number;
  /** The seats that decide in this turn, all on the same view; none when the turn's party has left. */
  movers(state: State): readonly Seat[];
  question(state: State, seat: Seat): Question;
  /** Why a move is not allowed now, or undefined when it is. */
  illegal(state: State, seat: Seat, move: Move): string | undefined;
  /** What the moves of this turn amount to, in order. The engine ends the talks itself on time-outs and walk-outs. */
  resolve(
    state: State,
    moves: readonly { readonly seat: Seat; readonly move: Move }[],
    parties: readonly PartyId[],
  ): Fact[];
  /** Folds what the protocol keeps beside the table. */
  fold?(draft: Draft, fact: Fact): void;
}

export interface ProtocolContext {
  readonly parties: readonly PartyId[];
  readonly rule: AgreementRule;
}

export interface ProtocolKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: string;
  readonly summary: string;
  readonly source: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  make(spec: Spec, context: ProtocolContext): Made<Protocol>;
}
