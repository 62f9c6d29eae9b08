import { BENCH, ROOM } from './bench.ts';

const { weight } = BENCH;

/**
 * Atoms that may belong to the tail: their values for the share asked about, and their places on the bench, ascending. Constants of the module for the
 * reason given at `BENCH`.
 */
export const TAIL = { values: new Float64Array(ROOM.atoms), places: new Int32Array(ROOM.atoms) } as const;
const { values, places } = TAIL;

const nearValue = new Float64Array(ROOM.atoms);
const nearWeight = new Float64Array(ROOM.atoms);
const nearAt = new Int32Array(ROOM.atoms);

/** What `findTail` found: the mean of the worst alpha, the value on its boundary, and the place of that atom on the bench. */
export const found = { mean: 0, quantile: 0, place: -1 };

/**
 * CVaR: the mean of the worst alpha among the first `count` atoms of `TAIL`, the atom on the boundary counted in part (Rockafellar and Uryasev, J. Risk 2,
 * 2000). Atoms that were not handed over must lie above `found.quantile`: the caller sees to it. False where less than alpha was handed over and `whole`
 * says that there is more. The quantile is first looked for within `width` of `guess`; they decide how fast the answer comes, never what it is.
 */
export function findTail(count: number, alpha: number, guess: number, width: number, whole: boolean): boolean {
  let place = -1;
  for (let reach = width; place < 0; reach *= 4) {
    const all = !(reach < 8 * width);
    const near = all ? gather(count, -Infinity, Infinity) : gather(count, guess - reach, guess + reach);
    if (all && !whole && within < alpha) return false;
    if (all || (under < alpha && under + within >= alpha)) place = select(near, alpha - under);
  }
  const quantile = values[place];
  // In the order of the atoms, so that the guess leaves no trace in the last digits.
  let mass = 0;
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const part = (Number(values[i] < quantile) | 0) * weight[places[i]];
    mass += part;
    worst += part * values[i];
  }
  found.mean = (worst + Math.max(0, alpha - mass) * quantile) / Math.max(alpha, mass);
  found.quantile = quantile;
  found.place = places[place];
  return true;
}

/** Weight of the atoms below the last window, and of those in it. */
let under = 0;
let within = 0;

/** Sets aside what is to be ordered: the atoms from one value to another. */
function gather(count: number, from: number, to: number): number {
  let near = 0;
  let less = 0;
  let inside = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    const share = weight[places[i]];
    nearValue[near] = value;
    nearWeight[near] = share;
    nearAt[near] = i;
    const below = Number(value < from) | 0;
    const counts = (1 - below) & (Number(value <= to) | 0);
    near += counts;
    less += below * share;
    inside += counts * share;
  }
  under = less;
  within = inside;
  return near;
}

/** Place of the smallest of the first `count` near ones with at least `alpha` of weight at or below it (the largest where rounding leaves less). */
function select(count: number, alpha: number): number {
  let low = 0;
  let high = count;
  let mass = 0;
  let largest = -1;
  while (high - low > 12) {
    const pivot = middle(nearValue[low], nearValue[(low + high) >>> 1], nearValue[high - 1]);
    let under = low;
    let below = 0;
    for (let i = low; i < high; i++) {
      if (nearValue[i] >= pivot) continue;
      below += nearWeight[i];
      swap(i, under++);
    }
    if (mass + below >= alpha) {
      high = under;
      continue;
    }
    mass += below;
    low = under;
    for (let i = under; i < high; i++) {
      if (nearValue[i] !== pivot) continue;
      mass += nearWeight[i];
      swap(i, low++);
    }
    largest = nearAt[low - 1];
    if (mass >= alpha) return largest;
  }
  for (let j = low + 1; j < high; j++) {
    const value = nearValue[j];
    const share = nearWeight[j];
    const from = nearAt[j];
    let i = j;
    for (; i > low && nearValue[i - 1] > value; i--) {
      nearValue[i] = nearValue[i - 1];
      nearWeight[i] = nearWeight[i - 1];
      nearAt[i] = nearAt[i - 1];
    }
    nearValue[i] = value;
    nearWeight[i] = share;
    nearAt[i] = from;
  }
  for (let i = low; i < high; i++) {
    mass += nearWeight[i];
    if (mass >= alpha) return nearAt[i];
  }
  return high > low ? nearAt[high - 1] : largest;
}

function swap(i: number, j: number): void {
  const value = nearValue[i];
  nearValue[i] = nearValue[j];
  nearValue[j] = value;
  const share = nearWeight[i];
  nearWeight[i] = nearWeight[j];
  nearWeight[j] = share;
  const from = nearAt[i];
  nearAt[i] = nearAt[j];
  nearAt[j] = from;
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
