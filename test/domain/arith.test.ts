import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p, normalCdf, normalInv, normalPdf, pow, sum } from '../../src/domain/arith.ts';

const bits = new DataView(new ArrayBuffer(8));
/** Distance in units of the last place between two doubles of one sign. */
const ulps = (a: number, b: number): number => {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const ordinal = (v: number) => {
    bits.setFloat64(0, v);
    const n = bits.getBigInt64(0);
    return n < 0n ? -(n & 0x7fffffffffffffffn) : n;
  };
  const d = ordinal(a) - ordinal(b);
  return Number(d < 0n ? -d : d);
};
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('elementary functions', () => {
  it('stay within 2 ulp of the engine, itself within 1', () => {
    const check = (name: string, ours: number, theirs: number, x: unknown) =>
      expect(ulps(ours, theirs), `${name}(${x}): ${ours} against ${theirs}`).toBeLessThanOrEqual(2);
    fc.assert(
      fc.property(double(-745, 709.7), double(-3, 3), fc.double({ min: 5e-324, noNaN: true }), (x, y, z) => {
        for (const v of [x, y]) check('exp', exp(v), Math.exp(v), v);
        for (const v of [x, y]) check('expm1', expm1(v), Math.expm1(v), v);
        if (z < Infinity) check('log', log(z), Math.log(z), z);
        check('log', log(1 + y / 10), Math.log(1 + y / 10), 1 + y / 10);
        if (y > -1) check('log1p', log1p(y), Math.log1p(y), y);
        check('log1p', log1p(y / 1000), Math.log1p(y / 1000), y / 1000);
      }),
      { numRuns: 1200 },
    );
  });

  it('agree with values computed to 30 digits elsewhere', () => {
    // mpmath 1.3, 200 bits, rounded to nearest
    expect(exp(1)).toBe(2.718281828459045);
    expect(exp(0.3)).toBe(1.3498588075760032);
    expect(log(2)).toBe(0.6931471805599453);
    expect(log(10)).toBe(2.302585092994046);
    expect(ulps(normalCdf(-10), 7.619853024160525e-24)).toBeLessThanOrEqual(2);
    expect(ulps(normalCdf(-1.959963984540054), 0.025000000000000015)).toBeLessThanOrEqual(3);
    expect(normalInv(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalInv(1e-20)).toBeCloseTo(-9.262340089798409, 13);
  });

  it('pow is exact whenever the result is a double', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 15 }), (base, n) => {
        let exact = 1n;
        for (let i = 0; i < n; i++) exact *= BigInt(base);
        fc.pre(exact < 1n << 53n);
        expect(pow(base, n)).toBe(Number(exact));
        expect(pow(-base, n)).toBe(n % 2 === 0 ? Number(exact) : -Number(exact));
      }),
    );
    for (let e = -1074; e <= 1023; e++) expect(pow(2, e)).toBe(Number.parseFloat(`${2 ** e}`));
    fc.assert(
      fc.property(double(1e-150, 1e150), (x) => {
        expect(pow(x, 2)).toBe(x * x);
        expect(pow(x, 1)).toBe(x);
        expect(pow(x, 0.5)).toBe(Math.sqrt(x));
        expect(pow(x, -1)).toBe(1 / x);
      }),
    );
  });

  it('pow stays within 2 ulp of the engine over many magnitudes', () => {
    fc.assert(
      fc.property(double(1e-3, 1e3), double(-90, 90), (x, y) => {
        expect(ulps(pow(x, y), x ** y), `${x}^${y}`).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1200 },
    );
  });

  it('treat special values as ECMAScript does', () => {
    const odd = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e308, 5e-324, -5e-324, Infinity, -Infinity, Number.NaN];
    for (const x of odd) {
      expect(ulps(exp(x), Math.exp(x)), `exp ${x}`).toBeLessThanOrEqual(2);
      expect(ulps(log(x), Math.log(x)), `log ${x}`).toBeLessThanOrEqual(2);
      expect(ulps(log1p(x), Math.log1p(x)), `log1p ${x}`).toBeLessThanOrEqual(2);
      expect(ulps(expm1(x), Math.expm1(x)), `expm1 ${x}`).toBeLessThanOrEqual(2);
      for (const y of odd) expect(ulps(pow(x, y), x ** y), `pow ${x} ${y}`).toBeLessThanOrEqual(1);
      for (const y of odd) expect(Object.is(pow(x, y), -0), `${x}^${y}`).toBe(Object.is(x ** y, -0));
    }
    expect(exp(-746)).toBe(0);
    expect(exp(710)).toBe(Infinity);
    expect(expm1(-800)).toBe(-1);
  });

  it('exp and log undo each other', () => {
    fc.assert(
      fc.property(double(-700, 700), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(3e-16 * Math.max(1, Math.abs(x)));
      }),
    );
  });

  it('never decrease', () => {
    fc.assert(
      fc.property(double(-37, 8), double(0, 1e-9), (x, gap) => {
        expect(exp(x + gap)).toBeGreaterThanOrEqual(exp(x));
        if (gap > 1e-12) expect(normalCdf(x + gap)).toBeGreaterThanOrEqual(normalCdf(x));
      }),
    );
  });
});

describe('the normal distribution', () => {
  it('is its own mirror image', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalInv(0.5)).toBe(0);
    fc.assert(
      fc.property(double(0, 8), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
        expect(normalPdf(x)).toBe(normalPdf(-x));
      }),
    );
  });

  it('quantile undoes distribution, from the far tail to the middle', () => {
    fc.assert(
      fc.property(double(-37, 6), (x) => {
        const error = normalInv(normalCdf(x)) - x;
        // above the middle the probability itself has lost digits
        const lost = x > 0 ? 1.2e-16 / normalPdf(x) : 0;
        expect(Math.abs(error)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(x)) + lost);
      }),
      { numRuns: 2000 },
    );
    expect(normalInv(0)).toBe(-Infinity);
    expect(normalInv(1)).toBe(Infinity);
    expect(normalInv(-0.1)).toBeNaN();
    expect(normalInv(Number.NaN)).toBeNaN();
  });

  it('rises across the seams of the quantile table', () => {
    for (const p of [2 ** -33, 2 ** -20, 0.25, 0.4921875, 0.5, 0.5078125, 0.75])
      for (let i = 1; i <= 64; i++) {
        const step = p * 1e-14;
        expect(normalInv(p + i * step)).toBeGreaterThanOrEqual(normalInv(p + (i - 1) * step) - 2e-15);
      }
  });
});

describe('sum', () => {
  it('loses nothing to cancellation', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum([])).toBe(0);
    expect(sum([Infinity, 1])).toBe(Infinity);
    expect(sum(new Float64Array(10).fill(0.1))).toBe(1);
  });
});
