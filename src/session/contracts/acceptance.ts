import type { ZodType } from 'zod';
import type { Made } from '../../domain/issue.ts';
import type { View } from '../view.ts';
import type { KitContext } from './tactic.ts';

/** What a party would do next itself, worked out only when a rule asks. */
export interface Plan {
  /** The utility the tactic aims at now; NaN when it aims at none. */
  target(): number;
  /** The outcome it would offer, or PASS. */
  offer(): number;
}

export type AnswerNote = (why: { because: string; numbers?: Readonly<Record<string, number>> }) => void;

/** How a stance judges an offer. */
export interface Acceptance {
  accepts(view: View, offer: number, plan: Plan, note?: AnswerNote): boolean;
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
