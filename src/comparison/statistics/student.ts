import { normalInv } from '../../domain/arith.ts';

/** Beyond so many degrees of freedom the first terms of the expansion around the normal are exact to 1e-6. */
const MANY = 200;

/** Quantile of Student's t distribution with a whole number of degrees of freedom, for p in (0, 1). */
export const studentInv = (p: number, freedom: number): number => {
  if (!(freedom >= 1)) throw new RangeError(`Student's t: ${freedom} degrees of freedom`);
  if (p < 0.5) return -studentInv(1 - p, freedom);
  const z = normalInv(p);
  // Abramowitz & Stegun 26.7.5
  if (freedom > MANY) return z + (z * z * z + z) / (4 * freedom);
  let low = 0;
  let high = 1;
  while (studentCdf(high, freedom) < p) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** Distribution function at t >= 0 (Abramowitz & Stegun 26.7.3 and 26.7.4). */
const studentCdf = (t: number, freedom: number): number => {
  const cosine = Math.sqrt(freedom / (freedom + t * t));
  const sine = t / Math.sqrt(freedom + t * t);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let total = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    total += term;
  }
  const within = odd ? (2 / Math.PI) * (arctan(t / Math.sqrt(freedom)) + sine * total) : sine * total;
  return 0.5 + within / 2;
};

/** Halved until its series is short: atan x = 2 atan(x / (1 + sqrt(1 + x^2))). */
const arctan = (x: number): number => {
  let y = x;
  for (let i = 0; i < 4; i++) y /= 1 + Math.sqrt(1 + y * y);
  let total = 0;
  let power = y;
  for (let k = 1; k < 24; k += 2) {
    total += (k % 4 === 1 ? power : -power) / k;
    power *= y * y;
  }
  return 16 * total;
};
