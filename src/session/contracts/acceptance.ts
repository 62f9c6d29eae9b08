import type { ZodType } from 'zod';
import type { Json } from '../../domain/id.ts';
import type { Made } from '../../domain/issue.ts';
import type { Fact } from '../fact.ts';
import type { View } from '../view.ts';
import type { HearContext, KitContext } from './tactic.ts';

/** What a party would do next itself, worked out only when a rule asks. */
export interface Plan {
  /** The utility the tactic aims at now; NaN when it aims at none. */
  target(): number;
  /** The outcome it would offer, or PASS. */
  offer(): number;
}

export type AnswerNote = (why: { because: string; numbers?: Readonly<Record<string, number>> }) => void;

/** How a stance judges an offer: a pure function of the view, the party's own plan, and its own memory, which is a fold of the facts it heard. */
export interface Acceptance {
  /** What it remembers before anything happened; absent for rules that need no memory. */
  readonly memory?: Json;
  /** Folds a fact into the memory; returns the same object when nothing changed. */
  hear?(memory: Json, fact: Fact, context: HearContext): Json;
  accepts(view: View, offer: number, plan: Plan, memory: Json, note?: AnswerNote): boolean;
}

export interface AcceptanceKind<Spec extends { type: string } = { type: string }> {
  readonly type: string;
  readonly summary: string;
  readonly source: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  /** Whether it may accept below the party's own reservation value; laws hold the others to it. */
  readonly mayAcceptBelowReservation?: boolean;
  make(spec: Spec, context: KitContext): Made<Acceptance>;
}
