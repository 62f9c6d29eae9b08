import { exp, log } from '../../domain/arith.ts';
import type { RiskMeasure } from './spec.ts';

/**
 * Risk measures of a discrete distribution: values x[0..n) with probabilities w[0..n) that sum to 1.
 *
 * CVaR_alpha is the mean of the worst alpha (Rockafellar and Uryasev, J. Risk 2, 2000), the atom on the boundary counted in part.
 * It is found by selection: what lies well below the mean goes into 32 bins, and only the boundary bin is ordered.
 */
const BINS = 32;
const binWeight = new Float64Array(BINS);
const binTotal = new Float64Array(BINS);

export const cvarOf = (x: Float64Array, w: Float64Array, n: number, alpha: number): number => {
  let low = Infinity;
  let high = -Infinity;
  let mean = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const v = x[i];
    const part = w[i] * v;
    mean += part;
    square += part * v;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (!(high > low)) return low;
  // Most of the time the tail lies wholly below a little under the mean, and the rest need not be looked at again.
  const pivot = mean - 0.6 * Math.sqrt(Math.max(0, square - mean * mean));
  if (alpha > 0.25 || !(pivot > low)) return cvarWithin(x, w, n, alpha, low, high);
  if (below.length < n) {
    below = new Float64Array(2 * n);
    belowWeight = new Float64Array(2 * n);
  }
  let count = 0;
  let mass = 0;
  for (let i = 0; i < n; i++) {
    const v = x[i];
    if (v >= pivot) continue;
    below[count] = v;
    belowWeight[count++] = w[i];
    mass += w[i];
  }
  return mass >= alpha
    ? cvarWithin(below, belowWeight, count, alpha, low, pivot)
    : cvarWithin(x, w, n, alpha, low, high);
};

let below = new Float64Array(1024);
let belowWeight = new Float64Array(1024);

const cvarWithin = (x: Float64Array, w: Float64Array, n: number, alpha: number, low: number, high: number): number => {
  binWeight.fill(0);
  binTotal.fill(0);
  const scale = (BINS * (1 - 1e-12)) / (high - low);
  for (let i = 0; i < n; i++) {
    const v = x[i];
    const b = ((v - low) * scale) | 0;
    const weight = w[i];
    binWeight[b] += weight;
    binTotal[b] += weight * v;
  }
  let mass = 0;
  let tail = 0;
  let b = 0;
  while (b < BINS - 1 && mass + binWeight[b] < alpha) {
    mass += binWeight[b];
    tail += binTotal[b];
    b++;
  }
  // The boundary bin: take its atoms in ascending order until alpha is full.
  let count = 0;
  for (let i = 0; i < n; i++) {
    if ((((x[i] - low) * scale) | 0) !== b) continue;
    if (count === edge.length) edge = grown(edge);
    edge[count++] = i;
  }
  if (count > 48) edge.subarray(0, count).sort((i, j) => x[i] - x[j]);
  else insertionSort(edge, count, x);
  let last = high;
  for (let k = 0; k < count && mass < alpha; k++) {
    const i = edge[k];
    const part = Math.min(w[i], alpha - mass);
    mass += part;
    tail += part * x[i];
    last = x[i];
  }
  return mass > 0 ? (tail + Math.max(0, alpha - mass) * last) / Math.max(alpha, mass) : low;
};

const insertionSort = (at: Int32Array, count: number, x: Float64Array): void => {
  for (let j = 1; j < count; j++) {
    const i = at[j];
    let k = j;
    while (k > 0 && x[at[k - 1]] > x[i]) {
      at[k] = at[k - 1];
      k--;
    }
    at[k] = i;
  }
};

let edge = new Int32Array(1024);
const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
};

/** Smallest x with at least alpha probability at or below it, and the CVaR, by sorting: for large atom counts and for tail weights. */
export const tailOf = (
  x: Float64Array,
  w: Float64Array,
  n: number,
  alpha: number,
): { quantile: number; cvar: number; tailWeight: Float64Array } => {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => x[a] - x[b] || a - b);
  const tailWeight = new Float64Array(n);
  let mass = 0;
  let total = 0;
  let quantile = x[order[0]];
  for (let k = 0; k < n && mass < alpha; k++) {
    const i = order[k];
    const part = Math.min(w[i], alpha - mass);
    tailWeight[i] = part / alpha;
    mass += part;
    total += part * x[i];
    if (part > 0) quantile = x[i];
  }
  return { quantile, cvar: total / mass, tailWeight };
};

export const meanOf = (x: Float64Array, w: Float64Array, n: number): number => {
  let total = 0;
  for (let i = 0; i < n; i++) total += w[i] * x[i];
  return total;
};

/** Wealth below this part of W0 counts as this part: utility of ruin is not minus infinity [assumption]. */
export const RUIN = 1e-3;

/** Certainty equivalent of X for CRRA utility u(W) = W^(1-gamma)/(1-gamma) (log at gamma = 1) on W0 + X, less W0. */
export const crraOf = (x: Float64Array, w: Float64Array, n: number, gamma: number, wealth: number): number => {
  const floor = RUIN * wealth;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const logWealth = log(Math.max(floor, wealth + x[i]) / wealth);
    total += w[i] * (gamma === 1 ? logWealth : exp((1 - gamma) * logWealth));
  }
  return wealth * ((gamma === 1 ? exp(total) : exp(log(total) / (1 - gamma))) - 1);
};

/** A measure of a distribution whose mean is known exactly. */
export const measureOf = (risk: RiskMeasure, mean: number, x: Float64Array, w: Float64Array, n: number): number => {
  if (risk.kind === 'mean') return mean;
  if (risk.kind === 'crra') return crraOf(x, w, n, risk.gamma, risk.wealth);
  return risk.w === 0 ? mean : (1 - risk.w) * mean + risk.w * cvarOf(x, w, n, risk.alpha);
};
