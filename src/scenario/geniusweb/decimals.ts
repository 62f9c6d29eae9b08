import { LONGEST_NUMBER } from '../genius/numbers.ts';

/** An exact decimal, digits * 10^-scale: what GeniusWeb computes in (Java's BigDecimal). */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const FORM = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

export function toDecimal(text: string): Decimal | undefined {
  const found = text.length > LONGEST_NUMBER ? null : FORM.exec(text.trim());
  if (found === null) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

export const add = (a: Decimal, b: Decimal): Decimal => aligned(a, b, (x, y) => x + y);
export const subtract = (a: Decimal, b: Decimal): Decimal => aligned(a, b, (x, y) => x - y);

export function compare(a: Decimal, b: Decimal): number {
  const { digits } = subtract(a, b);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

export const times = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, scale: a.scale + b.scale });

/** a / b to `places` decimals, halves away from zero. */
export function divide(a: Decimal, b: Decimal, places: number): Decimal {
  const numerator = a.digits * 10n ** BigInt(places + b.scale);
  const denominator = b.digits * 10n ** BigInt(a.scale);
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = (2n * n + d) / (2n * d);
  return { digits: negative ? -rounded : rounded, scale: places };
}

/** How many whole times b goes into a, for a >= 0 and b > 0. */
export const quotient = (a: Decimal, b: Decimal): bigint => {
  const scale = Math.max(a.scale, b.scale);
  return scaled(a, scale) / scaled(b, scale);
};

export const toNumber = ({ digits, scale }: Decimal) => Number(`${digits}e-${scale}`);

const scaled = (x: Decimal, scale: number) => x.digits * 10n ** BigInt(scale - x.scale);

function aligned(a: Decimal, b: Decimal, combine: (x: bigint, y: bigint) => bigint): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: combine(scaled(a, scale), scaled(b, scale)), scale };
}
