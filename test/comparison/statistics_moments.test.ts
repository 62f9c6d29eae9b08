import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addAll, mean, merge, noMoments, variance } from '../../src/comparison/statistics/moments.ts';

/** Exact mean and variance in rational arithmetic, rounded once at the end: shares nothing with the code under test. */
const exactly = (values: readonly number[]) => {
  const unit = 1n << 1074n;
  const exact = (x: number): bigint => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    const bits = view.getBigUint64(0);
    const exponent = Number((bits >> 52n) & 2047n);
    const fraction = bits & ((1n << 52n) - 1n);
    const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
    return bits >> 63n ? -size : size;
  };
  const n = BigInt(values.length);
  const sum = values.reduce((total, x) => total + exact(x), 0n);
  const squares = values.reduce((total, x) => total + exact(x) * exact(x), 0n);
  const ratio = (over: bigint, under: bigint) => Number((over * (1n << 200n)) / under) / Number(1n << 200n);
  return {
    mean: ratio(sum, n * unit),
    variance: ratio(n * squares - sum * sum, n * (n - 1n) * unit * unit),
  };
};

const values = fc.array(
  fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x)),
  ),
  {
    minLength: 2,
    maxLength: 40,
  },
);

describe('streaming mean and variance', () => {
  test('any order and any grouping give the same bits', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), fc.nat(40), (list, keys, cut) => {
        const whole = addAll(list);
        const order = list.map((_, i) => i).sort((a, b) => keys[a] - keys[b] || b - a);
        const shuffled = order.map((i) => list[i]);
        const parts = merge(addAll(shuffled.slice(cut)), addAll(shuffled.slice(0, cut)));
        const oneByOne = shuffled.reduce((m, x) => merge(m, addAll([x])), noMoments);
        for (const other of [parts, oneByOne, JSON.parse(JSON.stringify(parts))]) {
          expect(Object.is(mean(other), mean(whole))).toBe(true);
          expect(Object.is(variance(other), variance(whole))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('they are those of exact arithmetic, to the last bits', () => {
    fc.assert(
      fc.property(values, (list) => {
        const exact = exactly(list);
        const m = addAll(list);
        expect(Math.abs(mean(m) - exact.mean)).toBeLessThanOrEqual(3e-16 * Math.abs(exact.mean));
        expect(Math.abs(variance(m) - exact.variance)).toBeLessThanOrEqual(1e-15 * exact.variance);
      }),
      { numRuns: 200 },
    );
  });

  test('a large common offset costs no digits', () => {
    const m = addAll([1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4]);
    expect(variance(m)).toBe(5 / 3);
    expect(mean(m)).toBe(1e15 + 2.5);
  });

  test('nothing and one value have no variance; what is no number is refused', () => {
    expect(mean(noMoments)).toBeNaN();
    expect(variance(addAll([3]))).toBeNaN();
    for (const bad of [NaN, Infinity, 1e150, 1e-150]) expect(() => addAll([bad])).toThrow(/out of range/);
    expect(variance(addAll([0.1, 0.1, 0.1]))).toBe(0);
  });
});
