import { sortDescending } from './radix_sort.ts';
import type { Found, UtilitySpace } from './utility_space.ts';

/**
 * The Pareto frontier: distinct utility vectors that no other outcome weakly improves for all and strictly for one.
 *
 * Kept in columns because a division of a pie puts every outcome on the frontier. Point p has the utilities
 * `utilities[i][p]` and the outcomes `members[start[p]] .. members[start[p + 1] - 1]`, ascending: equal vectors are
 * merged and all their outcomes listed. Up to three parties points run from the first seat's best to its worst, from four
 * on by descending sum.
 */
export interface Frontier extends Found {
  readonly size: number;
  /** Per seat, per point. */
  readonly utilities: readonly Float64Array[];
  /** Lowest outcome index of each point. */
  readonly representatives: Int32Array;
  readonly start: Int32Array;
  readonly members: Int32Array;
}

export interface FrontierPoint {
  readonly outcomes: number[];
  readonly utilities: number[];
}

/**
 * Frontier of the given outcomes (all allowed ones by default; analyses pass the individually rational set).
 * Dominance is decided on the stored doubles with tolerance 0. Two parties: sort and scan; three: sort and sweep with
 * a staircase (Kung, Luccio and Preparata 1975, J. ACM 22(4)), both O(N log N); four and more: sort by sum, then
 * filter against the frontier found so far, O(N F).
 */
export function paretoFrontier(space: UtilitySpace, outcomes: Int32Array = space.outcomes): Frontier {
  const n = space.utilities.length;
  const order = dominatorsFirst(space, outcomes);
  const keep = n <= 2 ? scan(space, order) : n === 3 ? sweep(space, order) : filter(space, order);
  return collect(space, order, keep);
}

/** The frontier as a list of {outcomes, utilities}. */
export function frontierPoints(frontier: Frontier): FrontierPoint[] {
  const points: FrontierPoint[] = new Array(frontier.size);
  for (let p = 0; p < frontier.size; p++) {
    points[p] = { outcomes: pointOutcomes(frontier, p), utilities: frontier.utilities.map((u) => u[p]) };
  }
  return points;
}

/** All outcomes with the utility vector of point p, ascending. */
export function pointOutcomes(frontier: Frontier, p: number): number[] {
  const outcomes: number[] = [];
  for (let m = frontier.start[p]; m < frontier.start[p + 1]; m++) outcomes.push(frontier.members[m]);
  return outcomes;
}

/** Whether no outcome among `outcomes` dominates this one. O(N n), no frontier needed. */
export function isPareto(space: UtilitySpace, outcome: number, outcomes: Int32Array = space.outcomes): boolean {
  const { utilities } = space;
  for (let k = 0; k < outcomes.length; k++) {
    let strictly = false;
    let dominates = true;
    for (const u of utilities) {
      const difference = u[outcomes[k]] - u[outcome];
      if (difference < 0) {
        dominates = false;
        break;
      }
      if (difference > 0) strictly = true;
    }
    if (dominates && strictly) return false;
  }
  return true;
}

/**
 * Outcomes ordered so that whatever dominates comes before what it dominates, equal vectors are adjacent, and equal
 * vectors ascend by index: lexicographic, and from four parties on by sum first. A rounded left-to-right sum is
 * monotone, so a dominator's sum is never smaller; if rounding makes it equal, the lexicographic order decides.
 */
function dominatorsFirst(space: UtilitySpace, outcomes: Int32Array): Int32Array {
  const { utilities } = space;
  let order = outcomes;
  for (let i = utilities.length - 1; i >= 0; i--) order = sortDescending(order, utilities[i]);
  if (utilities.length < 4) return order;
  const sum = new Float64Array(utilities[0].length);
  for (const u of utilities) for (let k = 0; k < outcomes.length; k++) sum[outcomes[k]] += u[outcomes[k]];
  return sortDescending(order, sum);
}

function sameVector(space: UtilitySpace, a: number, b: number): boolean {
  for (const u of space.utilities) if (u[a] !== u[b]) return false;
  return true;
}

/** One or two parties: a point survives when it beats every earlier one in the last coordinate. */
function scan(space: UtilitySpace, order: Int32Array): Uint8Array {
  const keep = new Uint8Array(order.length);
  const second = space.utilities.length === 2 ? space.utilities[1] : undefined;
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < order.length; k++) {
    if (k > 0 && sameVector(space, order[k], order[k - 1])) {
      keep[k] = keep[k - 1];
    } else if (k === 0 || (second !== undefined && second[order[k]] > best)) {
      keep[k] = 1;
      if (second !== undefined) best = second[order[k]];
    }
  }
  return keep;
}

/** Three parties: the staircase is a Fenwick tree of the best third utility over ranks of the second. */
function sweep(space: UtilitySpace, order: Int32Array): Uint8Array {
  const [, second, third] = space.utilities;
  const keep = new Uint8Array(order.length);
  const rank = new Int32Array(order.length);
  const positions = Int32Array.from({ length: order.length }, (_, k) => k);
  const secondInOrder = Float64Array.from(order, (o) => second[o]);
  const bySecond = sortDescending(positions, secondInOrder);
  let ranks = 0;
  for (let k = 0; k < bySecond.length; k++) {
    if (k === 0 || secondInOrder[bySecond[k]] !== secondInOrder[bySecond[k - 1]]) ranks++;
    rank[bySecond[k]] = ranks;
  }
  const tree = new Float64Array(ranks + 1).fill(Number.NEGATIVE_INFINITY);
  for (let k = 0; k < order.length; k++) {
    if (k > 0 && sameVector(space, order[k], order[k - 1])) {
      keep[k] = keep[k - 1];
      continue;
    }
    const u = third[order[k]];
    let best = Number.NEGATIVE_INFINITY;
    for (let r = rank[k]; r > 0; r -= r & -r) if (tree[r] > best) best = tree[r];
    if (best >= u) continue;
    keep[k] = 1;
    for (let r = rank[k]; r <= ranks; r += r & -r) if (tree[r] < u) tree[r] = u;
  }
  return keep;
}

/** Four and more parties: each outcome against the frontier so far. */
function filter(space: UtilitySpace, order: Int32Array): Uint8Array {
  const { utilities } = space;
  const n = utilities.length;
  const keep = new Uint8Array(order.length);
  const front = new Int32Array(order.length);
  let size = 0;
  for (let k = 0; k < order.length; k++) {
    const o = order[k];
    if (k > 0 && sameVector(space, o, order[k - 1])) {
      keep[k] = keep[k - 1];
      continue;
    }
    let dominated = false;
    for (let f = 0; f < size && !dominated; f++) {
      dominated = true;
      for (let i = 0; i < n; i++) {
        if (utilities[i][front[f]] < utilities[i][o]) {
          dominated = false;
          break;
        }
      }
    }
    if (dominated) continue;
    keep[k] = 1;
    front[size++] = o;
  }
  return keep;
}

function collect(space: UtilitySpace, order: Int32Array, keep: Uint8Array): Frontier {
  let kept = 0;
  for (let k = 0; k < keep.length; k++) kept += keep[k];
  const members = new Int32Array(kept);
  const starts = new Int32Array(kept + 1);
  let size = 0;
  let at = 0;
  for (let k = 0; k < order.length; k++) {
    if (keep[k] === 0) continue;
    if (at === 0 || !sameVector(space, order[k], members[at - 1])) starts[size++] = at;
    members[at++] = order[k];
  }
  starts[size] = at;
  const start = starts.slice(0, size + 1);
  const representatives = Int32Array.from({ length: size }, (_, p) => members[start[p]]);
  const n = space.utilities.length;
  return {
    size,
    utilities: space.utilities.map((u) => Float64Array.from(representatives, (o) => u[o])),
    representatives,
    start,
    members,
    method: n <= 2 ? 'sort and scan' : n === 3 ? 'sort and staircase sweep' : 'sort by sum and filter',
    ties: kept - size,
    warnings: [],
    completeness: 'exhaustive, dominance on stored doubles with tolerance 0',
  };
}
