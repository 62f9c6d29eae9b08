import type { Found, UtilitySpace } from './utility_space.ts';

/** The individually rational set: outcomes that leave no party below its reservation value. */
export interface RationalSet extends Found {
  /** Raw outcome indices with u_i >= r_i for every i, ascending: the zone of agreement. */
  readonly outcomes: Int32Array;
  /** Share of allowed outcomes in the set (0 when the space is empty). */
  readonly fraction: number;
  /** Share with u_i > r_i for every i: what NegMAS calls the rational fraction. */
  readonly strictFraction: number;
  /** False: "no zone of agreement", every outcome leaves somebody worse off than no deal. */
  readonly zone: boolean;
}

/** Compared without tolerance: an outcome worth exactly the reservation value is rational. */
export function rationalSet(space: UtilitySpace): RationalSet {
  const { outcomes, utilities, reservation } = space;
  const n = utilities.length;
  const kept = new Int32Array(outcomes.length);
  let count = 0;
  let strictly = 0;
  for (let k = 0; k < outcomes.length; k++) {
    const o = outcomes[k];
    let rational = true;
    let strict = true;
    for (let i = 0; i < n; i++) {
      const gain = utilities[i][o] - reservation[i];
      if (gain < 0) {
        rational = false;
        break;
      }
      if (gain === 0) strict = false;
    }
    if (!rational) continue;
    kept[count++] = o;
    if (strict) strictly++;
  }
  const total = outcomes.length;
  return {
    outcomes: kept.slice(0, count),
    fraction: total === 0 ? 0 : count / total,
    strictFraction: total === 0 ? 0 : strictly / total,
    zone: count > 0,
    method: 'u_i >= r_i for every party, no tolerance',
    ties: 0,
    warnings: count === 0 ? ['no zone of agreement: every outcome leaves some party below its reservation value'] : [],
    completeness: 'exhaustive',
  };
}
