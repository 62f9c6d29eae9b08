import type { ZodType } from 'zod';
import type { PartyId, Seat } from '../domain/id.ts';
import type { Issue, Made } from '../domain/issue.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import type { Venture } from './venture/venture.ts';
import type { World } from './world.ts';

/**
 * One thing a term's worth depends on, for one party: an issue, with its levels gathered into classes that this party cannot tell apart
 * (its own share, not the whole division). A million outcomes then need only as many evaluations as there are distinct points.
 */
export interface Coordinate {
  readonly issue: number;
  /** Level of the issue -> class. */
  readonly classOf: Int32Array;
  /** Class -> a level that stands for it. */
  readonly levelOf: Int32Array;
}

/** One bar of a party's waterfall. */
export interface Bar {
  readonly id: string;
  readonly label: string;
}

export interface BarAmount {
  readonly bar: Bar;
  readonly amount: number;
}

/**
 * What part of an outcome is worth to one party, in the scenario's unit of value. A party's value is the left-to-right sum of its terms.
 *
 * `levels` gives a level for every issue of the space; only the term's coordinates are read.
 */
export interface Term {
  readonly id: string;
  readonly label: string;
  readonly coordinates: readonly Coordinate[];
  /** What of the world the term reads, as a key: worlds with equal keys give equal appraisals. Absent: nothing. */
  key?(world: World): string;
  /** The term at a given world. Evaluations may be cached inside; they are asked for in ascending order of the first coordinates. */
  at(world: World): Appraisal;
}

/** The rows of a term's points that are needed: in a row only the last coordinate varies, and its points begin at `from[row]`. */
export interface Rows {
  readonly from: Int32Array;
  /** How many points there are, needed or not. */
  readonly points: number;
  /** The levels at a row's first class; valid until the next call. */
  levels(row: number): ArrayLike<number>;
}

export interface Appraisal {
  value(levels: ArrayLike<number>): number;
  /** The value at every point of the rows, by point. Optional, for terms that are quicker at many points than at one by one. */
  table?(rows: Rows): Float64Array;
  /** The waterfall; its amounts add up, left to right, to `value`. */
  bars(levels: ArrayLike<number>): readonly BarAmount[];
  /** The sampling error of `value`, where it is an estimate. */
  standardError?(levels: ArrayLike<number>): number;
}

/** What a kind of term is given to make a term for one party. */
export interface TermContext {
  readonly party: PartyId;
  readonly seat: Seat;
  readonly parties: readonly PartyId[];
  readonly space: Pick<OutcomeSpace, 'issues' | 'issue'>;
  /** The scenario's model of what the agreement does over time (`venture:`), shared by all parties, if it states one. */
  readonly venture?: Venture;
}

/** A kind of value term: one file on the shelf, one line in the catalogue. */
export interface TermKind<Spec extends { kind: string; id: string } = { kind: string; id: string }> {
  readonly kind: string;
  readonly summary: string;
  readonly spec: ZodType<Spec>;
  readonly example: unknown;
  /** Parts of such a term that events may scale on their own, as `term.part`. */
  parts?(spec: Spec): readonly string[];
  make(spec: Spec, context: TermContext): Made<Term>;
}

/** The coordinate that tells every level of an issue apart. */
export function wholeIssue(issues: readonly Issue[], issue: number): Coordinate {
  const all = Int32Array.from({ length: issues[issue].size }, (_, level) => level);
  return { issue, classOf: all, levelOf: all };
}

/** The coordinate that tells apart only a party's own share of a division. */
export function ownShare(issues: readonly Issue[], issue: number, party: PartyId): Coordinate {
  const seen = new Map<number, number>();
  const levelOf: number[] = [];
  const classOf = Int32Array.from({ length: issues[issue].size }, (_, level) => {
    const share = issues[issue].share?.(level, party) ?? 0;
    if (!seen.has(share)) {
      seen.set(share, levelOf.length);
      levelOf.push(level);
    }
    return seen.get(share)!;
  });
  return { issue, classOf, levelOf: Int32Array.from(levelOf) };
}

/** A term with one bar whose worth at a point does not depend on the market. */
export function plainTerm(
  given: { id: string; label?: string },
  coordinates: readonly Coordinate[],
  value: (levels: ArrayLike<number>) => number,
): Term {
  const label = given.label ?? given.id.replaceAll('_', ' ');
  const bar = { id: given.id, label };
  const appraisal: Appraisal = { value, bars: (levels) => [{ bar, amount: value(levels) }] };
  return { id: given.id, label, coordinates, at: () => appraisal };
}
