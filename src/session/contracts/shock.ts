import type { ZodType } from 'zod';
import type { Made } from '../../domain/issue.ts';
import type { Fact } from '../fact.ts';
import type { State } from '../state.ts';
import type { KitContext } from './tactic.ts';

/** Something a scripted event does, as facts worked out from the state it strikes. */
export interface Shock {
  facts(state: State): Fact[];
}

export interface ShockContext extends Omit<KitContext, 'seat'> {
  readonly event: string;
  /** The first round in which the event may happen. */
  readonly earliest: number;
  readonly market: readonly string[];
  /** Value terms by party, for shocks that scale one. */
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly reservations: Readonly<Record<string, number>>;
}

/** A kind of shock: its key in an event's `effects` list is its name. */
export interface ShockKind<Spec = unknown> {
  readonly kind: string;
  readonly summary: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  make(spec: Spec, context: ShockContext): Made<Shock>;
}
