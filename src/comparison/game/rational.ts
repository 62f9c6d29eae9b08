/**
 * Exact numbers for exact answers. A payoff is the decimal that prints it: 1.4 means fourteen tenths, not the double nearest to it, so
 * ties that a reader sees in a table are ties here too.
 */

/** A fraction in lowest terms; the denominator is positive. */
export type Rational = { readonly over: bigint; readonly under: bigint };

export const rational = (over: bigint, under: bigint): Rational => {
  const g = gcd(over < 0n ? -over : over, under < 0n ? -under : under) * (under < 0n ? -1n : 1n);
  return g === 0n ? { over: 0n, under: 1n } : { over: over / g, under: under / g };
};

/** `4/5`, or `3` where the denominator is 1. */
export const rationalText = ({ over, under }: Rational): string => (under === 1n ? `${over}` : `${over}/${under}`);

/** The nearest double, up to its last bit or two, for numerators and denominators of any length. */
export const toNumber = ({ over, under }: Rational): number => {
  if (over === 0n) return 0;
  const size = over < 0n ? -over : over;
  // Scale to a 64-bit quotient first: Number() of a long bigint may overflow where the fraction does not.
  const shift = BigInt(64 - (size.toString(2).length - under.toString(2).length));
  const quotient = shift >= 0n ? (size << shift) / under : size / (under << -shift);
  let out = Number(quotient);
  let k = Number(shift);
  for (; k >= 512; k -= 512) out /= HUGE;
  for (; k <= -512; k += 512) out *= HUGE;
  for (; k > 0; k--) out /= 2;
  for (; k < 0; k++) out *= 2;
  return over < 0n ? -out : out;
};

/** A finite double's shortest decimal, as digits x 10^exponent. */
export const decimal = (x: number): { readonly digits: bigint; readonly exponent: number } => {
  const [mantissa, power = '0'] = String(x).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
};

/** Integers proportional to the values, with the common factor `10^-exponent` (payoffs may be scaled without changing equilibria). */
export const toIntegers = (values: ArrayLike<number>): { readonly integers: bigint[]; readonly exponent: number } => {
  const decimals = Array.from(values, decimal);
  const exponent = decimals.reduce((low, d) => (d.digits === 0n ? low : Math.min(low, d.exponent)), 0);
  return { integers: decimals.map((d) => (d.digits === 0n ? 0n : d.digits * tenTo(d.exponent - exponent))), exponent };
};

/** 10^k for k >= 0. */
export const tenTo = (k: number): bigint => BigInt(`1${'0'.repeat(k)}`);

const HUGE = Number(1n << 512n);

const gcd = (a: bigint, b: bigint): bigint => {
  let x = a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};
