/**
 * Streaming mean and variance whose result does not depend on order.
 *
 * A million negotiations arrive from workers in any order, and `a + b + c` in doubles depends on it. Here the sums of x and of x^2 are
 * kept without any error, as expansions (sequences of doubles whose exact total is the sum: Shewchuk 1997, "Adaptive precision
 * floating-point arithmetic"), and only the answer is rounded. So adding and merging are exactly associative and commutative: 1 worker
 * and N workers, one chunk and a thousand, resumed or not, give the same bits. The state is plain numbers and survives JSON.
 *
 * Holds for |x| = 0 or 1e-140..1e140, where the error-free product neither over- nor underflows; other values throw.
 */
export type Moments = { readonly count: number; readonly sum: readonly number[]; readonly squares: readonly number[] };

export const noMoments: Moments = { count: 0, sum: [], squares: [] };

/** The moments of a batch, or of `into` and a batch. */
export const addAll = (values: Iterable<number>, into: Moments = noMoments): Moments => {
  const sum = [...into.sum];
  const squares = [...into.squares];
  let count = into.count;
  for (const x of values) {
    const size = Math.abs(x);
    if (!(size <= 1e140) || (size < 1e-140 && size !== 0)) throw new RangeError(`moments: ${x} is out of range`);
    grow(sum, x);
    growProduct(squares, x, x);
    count++;
  }
  return { count, sum, squares };
};

/** Both batches together; `merge(a, b)` and `merge(b, a)` have the same mean and variance to the bit. */
export const merge = (a: Moments, b: Moments): Moments => {
  const sum = [...a.sum];
  const squares = [...a.squares];
  for (const x of b.sum) grow(sum, x);
  for (const x of b.squares) grow(squares, x);
  return { count: a.count + b.count, sum, squares };
};

/** NaN of nothing. */
export const mean = (m: Moments): number => roundedTotal(m.sum) / m.count;

/** Unbiased sample variance (divisor n - 1); NaN below two values. Free of cancellation: n sum(x^2) - (sum x)^2 is formed exactly. */
export const variance = (m: Moments): number => {
  if (m.count < 2) return NaN;
  const total: number[] = [];
  for (const q of m.squares) growProduct(total, q, m.count);
  for (const a of m.sum) for (const b of m.sum) growProduct(total, -a, b);
  return Math.max(0, roundedTotal(total)) / m.count / (m.count - 1);
};

// ---- helpers

/** Adds x to an expansion in place: afterwards its components total exactly what they did, plus x. */
const grow = (parts: number[], x: number): void => {
  let carry = x;
  let kept = 0;
  for (const part of parts) {
    const s = carry + part;
    const bigger = Math.abs(carry) >= Math.abs(part);
    const lost = bigger ? part - (s - carry) : carry - (s - part);
    if (lost !== 0) parts[kept++] = lost;
    carry = s;
  }
  parts.length = kept;
  if (carry !== 0) parts.push(carry);
};

/** Adds a * b exactly, as its rounded product and the error of it (Dekker 1971). */
const growProduct = (parts: number[], a: number, b: number): void => {
  const p = a * b;
  const aSplit = 134217729 * a;
  const aHigh = aSplit - (aSplit - a);
  const bSplit = 134217729 * b;
  const bHigh = bSplit - (bSplit - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  grow(parts, p);
  const error = aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  if (error !== 0) grow(parts, error);
};

/** The exact total, rounded once, half to even: the same for every expansion of the same number. */
const roundedTotal = (parts: readonly number[]): number => {
  let i = parts.length - 1;
  if (i < 0) return 0;
  let high = parts[i];
  let low = 0;
  while (i > 0) {
    const before = high;
    high = before + parts[--i];
    low = parts[i] - (high - before);
    if (low !== 0) break;
  }
  // What lies further down decides a tie that the last rounding could not see.
  if (i > 0 && low < 0 === parts[i - 1] < 0 && low !== 0) {
    const twice = low * 2;
    const next = high + twice;
    if (twice === next - high) high = next;
  }
  return high;
};
