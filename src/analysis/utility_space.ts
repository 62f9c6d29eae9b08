/**
 * What every analysis in this room reads: the utilities of every outcome, whoever plays.
 *
 * No sessions, no YAML, no names of issues: utilities per seat, the outcomes that the constraints allow, and what
 * each party gets without a deal. The unit is the caller's (utility in [0, 1], or money); all seats of one space must
 * be given in the unit in which the caller wants them compared.
 */
export interface UtilitySpace {
  /** Party ids in seat order. */
  readonly parties: readonly string[];
  /** Per seat, indexed by raw outcome index. Only the entries named in `outcomes` are read. */
  readonly utilities: readonly Float64Array[];
  /** Allowed raw outcome indices, ascending. */
  readonly outcomes: Int32Array;
  /** Reservation value per seat, in the unit of `utilities`; may be -Infinity (any deal is better than none). */
  readonly reservation: readonly number[];
}

/** How a result was found: travels next to the numbers. */
export interface Found {
  /** The definition and the algorithm, in words. */
  readonly method: string;
  /** Further equally good answers beyond the first (0 = unique). */
  readonly ties: number;
  /** What a reader must know before quoting the number. */
  readonly warnings: readonly string[];
  /** 'exhaustive', or what was left out. */
  readonly completeness: string;
}

/** Throws when the space breaks its contract: a broken assumption of the caller, not a user's mistake. */
export function checkUtilitySpace(space: UtilitySpace): void {
  const { parties, utilities, outcomes, reservation } = space;
  const n = parties.length;
  if (n < 1) throw new RangeError('a utility space needs at least one party');
  if (utilities.length !== n || reservation.length !== n) {
    throw new RangeError(`${n} parties, ${utilities.length} utility arrays and ${reservation.length} reservations`);
  }
  for (let k = 1; k < outcomes.length; k++) {
    if (outcomes[k] <= outcomes[k - 1]) throw new RangeError(`outcomes must ascend: position ${k} does not`);
  }
  if (outcomes.length > 0 && outcomes[0] < 0) throw new RangeError('outcome indices start at 0');
  const last = outcomes.length > 0 ? outcomes[outcomes.length - 1] : -1;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(reservation[i]) || reservation[i] === Number.POSITIVE_INFINITY) {
      throw new RangeError(`reservation of ${parties[i]} is ${reservation[i]}`);
    }
    const u = utilities[i];
    if (u.length <= last)
      throw new RangeError(`utilities of ${parties[i]} stop at ${u.length}, outcome ${last} exists`);
    for (let k = 0; k < outcomes.length; k++) {
      if (!Number.isFinite(u[outcomes[k]])) {
        throw new RangeError(`utility of outcome ${outcomes[k]} for ${parties[i]} is ${u[outcomes[k]]}`);
      }
    }
  }
}

/** A space from a list of utility vectors: outcome k is `vectors[k]`. Convenient for examples and tests. */
export function utilitySpaceOf(
  vectors: readonly (readonly number[])[],
  reservation: readonly number[],
  parties: readonly string[] = reservation.map((_, i) => `party_${i}`),
): UtilitySpace {
  const utilities = reservation.map((_, i) => Float64Array.from(vectors, (v) => v[i]));
  return { parties, utilities, outcomes: Int32Array.from(vectors, (_, k) => k), reservation };
}

/** The utility vector of one outcome, in seat order. */
export function utilitiesOf(space: UtilitySpace, outcome: number): number[] {
  return space.utilities.map((u) => u[outcome]);
}

/** Worst and best utility per seat over the given outcomes (all allowed ones by default: those are looked for once a space). */
export function utilityRange(space: UtilitySpace, outcomes: Int32Array = space.outcomes): Range {
  if (outcomes !== space.outcomes) return rangeOver(space, outcomes);
  let range = ranges.get(space);
  if (range === undefined) {
    range = rangeOver(space, outcomes);
    ranges.set(space, range);
  }
  return range;
}

/** By seat. */
interface Range {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

const ranges = new WeakMap<UtilitySpace, Range>();

function rangeOver(space: UtilitySpace, outcomes: Int32Array): Range {
  const min: number[] = [];
  const max: number[] = [];
  for (const u of space.utilities) {
    let lo = Number.POSITIVE_INFINITY;
    let hi = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < outcomes.length; k++) {
      const x = u[outcomes[k]];
      if (x < lo) lo = x;
      if (x > hi) hi = x;
    }
    min.push(lo);
    max.push(hi);
  }
  return { min, max };
}
