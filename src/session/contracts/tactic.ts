import type { ZodType } from 'zod';
import type { Json, Seat } from '../../domain/id.ts';
import type { Made } from '../../domain/issue.ts';
import type { Fact } from '../fact.ts';
import type { Candidate } from '../note.ts';
import type { View } from '../view.ts';

/** A tactic that has nothing to offer passes its turn. */
export const PASS = -1;

/** What a tactic can say of its choice, when somebody listens. */
export type OfferNote = (why: {
  considered?: readonly Candidate[];
  because: string;
  numbers?: Readonly<Record<string, number>>;
}) => void;

export interface HearContext {
  readonly seat: Seat;
  readonly utilities: Float64Array;
  readonly round: number;
  readonly seatOf: (party: string) => Seat;
}

/**
 * How a stance chooses offers. A pure function of the party's view and of its own memory; the memory is a fold of the facts it heard, so a debugger can
 * step back through it.
 */
export interface Tactic {
  /** What it remembers before anything happened; absent for tactics that need no memory. */
  readonly memory?: Json;
  /** Folds a fact into the memory; returns the same object when nothing changed. */
  hear?(memory: Json, fact: Fact, context: HearContext): Json;
  /** The utility it aims at now; NaN for tactics that aim at none. */
  target(view: View, memory: Json): number;
  /** The outcome to offer, or PASS. */
  propose(view: View, memory: Json, note?: OfferNote): number;
}

/** A kind of tactic: one file on the shelf, one line in the catalogue. `type` is its name in a scenario. */
export interface TacticKind<Spec extends { type: string } = { type: string }> {
  readonly type: string;
  readonly summary: string;
  readonly source: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  /** Whether it may offer outcomes below its own reservation value; laws hold the others to it. */
  readonly mayOfferBelowReservation?: boolean;
  make(spec: Spec, context: KitContext): Made<Tactic>;
}

/** What a shelf member may know when it is made: the public shape of the talks and its own seat. */
export interface KitContext {
  readonly seat: Seat;
  readonly parties: readonly string[];
  readonly issues: readonly import('../../domain/issue.ts').Issue[];
  readonly strides: readonly number[];
  readonly allowed: Int32Array;
  isAllowed(outcome: number): boolean;
  find(values: Readonly<Record<string, unknown>>): number | { wrong: string[] };
}
