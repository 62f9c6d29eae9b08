import type { ZodType } from 'zod';
import type { Json } from '../../domain/id.ts';
import type { Made } from '../../domain/issue.ts';
import type { KitContext } from './tactic.ts';

export interface Observation {
  readonly outcome: number;
  readonly round: number;
  readonly time: number;
}

/** What another party is believed to make of outcomes, in [0, 1]. */
export interface Liking {
  of(outcome: number): number;
  /** Where the belief is additive over issues: the score of each level of the first issue, then of the second ..., already weighted. */
  readonly scores?: readonly number[];
}

/**
 * A running belief about another's preferences, learnt from its offers alone. `observe` is a pure fold: it returns a new belief, or the same object when
 * nothing was learnt. Beliefs are JSON.
 */
export interface OpponentModel {
  readonly initial: Json;
  observe(belief: Json, offer: Observation): Json;
  liking(belief: Json): Liking;
  /** Further estimates, by name (`reservation`, `deadline`, `concession_rate`), for models that make them. */
  estimates?(belief: Json): Readonly<Record<string, number>>;
}

export interface OpponentModelKind<Spec extends { type: string } = { type: string }> {
  readonly type: string;
  readonly summary: string;
  readonly source: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  make(spec: Spec, context: KitContext): Made<OpponentModel>;
}
