import type { ZodType } from 'zod';
import type { PartyId } from './id.ts';

/** One value of an issue as it stands in scenarios, facts and traces: an option's id, a level, or a division such as `2/2/2`. */
export type IssueValue = string | number;

/** Something an expression can read of an issue's value: the option, the level, or one party's share. */
export interface Reading {
  /** Empty for the value itself; otherwise what follows the issue's id after a dot (`stakes.russia`). */
  readonly suffix: string;
  readonly kind: 'number' | 'string';
  readonly doc: string;
  readonly unit?: string;
  /** For strings: every value it may take. */
  readonly options?: readonly string[];
  /** For numbers: every value it may take, where they are written down rather than worked out. */
  readonly levels?: readonly number[];
  read(level: number): string | number;
}

/**
 * One thing to settle, with a finite ordered set of values. A `level` is a position in that order, from 0 to `size - 1`.
 * Shared code asks an issue; it never looks at its kind.
 */
export interface Issue {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  readonly size: number;
  readonly unit?: string;
  value(level: number): IssueValue;
  /** The value in words, for people. */
  text(level: number): string;
  /** The level of a value as a person or a file may write it, or undefined when it names none. */
  level(value: unknown): number | undefined;
  readonly readings: readonly Reading[];
  /** What a value can be, in words, for a refusal's hint. */
  readonly expects: string;
  /** For a division: the share of the whole, in [0, 1], that a party has at a level. */
  share?(level: number, party: PartyId): number;
}

/** A problem found while making something from a well-formed block: `path` is relative to that block. */
export interface Flaw {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Whether it is the key at the path that is at fault, not what stands behind it. */
  readonly ofKey?: true;
  /** For a mistake inside a string (an expression): where in it, and how long. */
  readonly at?: number;
  readonly length?: number;
}

export type Made<T> = { readonly ok: true; readonly made: T } | { readonly ok: false; readonly flaws: readonly Flaw[] };

/** A kind of issue: one file on the shelf, one line in the catalogue. */
export interface IssueKind<Spec extends { kind: string; id: string } = { kind: string; id: string }> {
  readonly kind: string;
  readonly summary: string;
  readonly spec: ZodType<Spec>;
  /** Documentation and test sample in one. */
  readonly example: unknown;
  make(spec: Spec, parties: readonly PartyId[]): Made<Issue>;
}

export const made = <T>(thing: T): Made<T> => ({ ok: true, made: thing });
export const flawed = (...flaws: Flaw[]): { ok: false; flaws: readonly Flaw[] } => ({ ok: false, flaws });
