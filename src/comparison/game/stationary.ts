import { exp, log } from '../../domain/arith.ts';

/**
 * Stationary distribution of an irreducible Markov chain by GTH elimination (Grassmann, Taksar & Heyman, Operations Research 33, 1985):
 * no subtraction anywhere, so even the smallest probabilities keep their relative accuracy. O(n^3).
 *
 * @param rates `[from * n + to]` off the diagonal, non-negative, up to any common factor; the diagonal is ignored. Overwritten.
 */
export const stationary = (rates: Float64Array, n: number): Float64Array => {
  for (let k = n - 1; k > 0; k--) {
    let out = 0;
    for (let j = 0; j < k; j++) out += rates[k * n + j];
    if (!(out > 0)) throw new RangeError('stationary: the chain is not irreducible');
    for (let i = 0; i < k; i++) {
      const share = rates[i * n + k] / out;
      rates[i * n + k] = share;
      if (share > 0) for (let j = 0; j < k; j++) rates[i * n + j] += share * rates[k * n + j];
    }
  }
  const pi = new Float64Array(n);
  pi[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    let mass = 0;
    for (let i = 0; i < k; i++) mass += pi[i] * rates[i * n + k];
    pi[k] = mass;
    total += mass;
  }
  return pi.map((p) => p / total);
};

/** The same with logarithms of rates (-Infinity for none), for chains whose rates differ by more than a double can hold. */
export const stationaryOfLogs = (logRates: Float64Array, n: number): Float64Array => {
  const column = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const out = logSum(logRates.subarray(k * n, k * n + k));
    if (out === -Infinity) throw new RangeError('stationary: the chain is not irreducible');
    for (let i = 0; i < k; i++) {
      const share = logRates[i * n + k] - out;
      logRates[i * n + k] = share;
      if (share === -Infinity) continue;
      for (let j = 0; j < k; j++)
        if (j !== i) logRates[i * n + j] = logAdd(logRates[i * n + j], share + logRates[k * n + j]);
    }
  }
  const pi = new Float64Array(n);
  for (let k = 1; k < n; k++) {
    for (let i = 0; i < k; i++) column[i] = pi[i] + logRates[i * n + k];
    pi[k] = logSum(column.subarray(0, k));
  }
  const total = logSum(pi);
  return pi.map((p) => exp(p - total));
};

/** log(sum of e^x). */
export const logSum = (logs: ArrayLike<number>): number => {
  let high = -Infinity;
  for (let i = 0; i < logs.length; i++) if (logs[i] > high) high = logs[i];
  if (high === -Infinity) return high;
  let total = 0;
  for (let i = 0; i < logs.length; i++) total += exp(logs[i] - high);
  return high + log(total);
};

const logAdd = (a: number, b: number): number => {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  const high = Math.max(a, b);
  return high + log(exp(a - high) + exp(b - high));
};
