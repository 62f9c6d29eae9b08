/** An exact fraction with a positive denominator, in lowest terms. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n };
export const ONE: Rational = { numerator: 1n, denominator: 1n };
export const MINUS_ONE: Rational = { numerator: -1n, denominator: 1n };

export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator');
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator < 0n ? -denominator : denominator;
  while (b > 0n) [a, b] = [b, a % b];
  const sign = denominator < 0n ? -1n : 1n;
  return a === 0n ? ZERO : { numerator: (sign * numerator) / a, denominator: (sign * denominator) / a };
}

/** The exact value of a double: every finite double is an integer times a power of two. */
export function exactly(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is not a number that a fraction can hold`);
  let mantissa = x;
  let denominator = 1n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    denominator *= 2n;
  }
  return rational(BigInt(mantissa), denominator);
}

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);
export const divide = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);
export const signOf = (a: Rational): number => (a.numerator > 0n ? 1 : a.numerator < 0n ? -1 : 0);
export const compare = (a: Rational, b: Rational): number => signOf(subtract(a, b));
export const equal = (a: Rational, b: Rational): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator;
export const total = (terms: readonly Rational[]): Rational => terms.reduce(add, ZERO);

/** The fraction as the nearest double, up to one double rounding. */
export function toNumber(a: Rational): number {
  const negative = a.numerator < 0n;
  let n = negative ? -a.numerator : a.numerator;
  let d = a.denominator;
  let exponent = n.toString(2).length - d.toString(2).length;
  if (exponent > 0) d <<= BigInt(exponent);
  else n <<= BigInt(-exponent);
  // Now n / d lies between 1/2 and 2 (or is 0): 64 fractional bits are more than a double holds.
  let value = Number((n << 64n) / d);
  exponent -= 64;
  for (; exponent > 0; exponent--) value *= 2;
  for (; exponent < 0; exponent++) value /= 2;
  return negative ? -value : value;
}

/** '21/2', or '3' for an integer. */
export const written = (a: Rational): string =>
  a.denominator === 1n ? `${a.numerator}` : `${a.numerator}/${a.denominator}`;
