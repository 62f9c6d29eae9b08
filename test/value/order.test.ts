import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortByValue } from '../../src/value/radix.ts';

const SIZE = 1500;
const plain = (values: Float64Array, outcomes: Int32Array) =>
  Int32Array.from(outcomes).sort((a, b) => values[a] - values[b] || a - b);

/** Values of every temper: spread evenly, crowded at one place, with ties, all equal, beyond what a double resolves. */
const spreads: Record<string, (u: number) => number> = {
  even: (u) => u,
  crowded: (u) => (u < 0.99 ? u * 1e-9 : u * 1e9),
  tied: (u) => Math.floor(u * 5) - 2,
  equal: () => -7.5,
  signed: (u) => (u < 0.1 ? -0 : u < 0.2 ? 0 : u - 0.5),
  huge: (u) => (u - 0.5) * Number.MAX_VALUE * 2,
  infinite: (u) => (u < 0.01 ? -Infinity : u),
};

describe('the order of outcomes', () => {
  for (const [name, spread] of Object.entries(spreads)) {
    it(`is by value, then by index: ${name}`, () => {
      const drawn = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
      fc.assert(
        fc.property(drawn, fc.integer({ min: 1, max: 97 }), (draws, stride) => {
          const mixed = (k: number) => (draws[k % 40] + ((k * stride) % SIZE) / SIZE) % 1;
          const values = Float64Array.from({ length: SIZE }, (_, k) => spread(mixed(k)));
          const outcomes = Int32Array.from({ length: SIZE }, (_, k) => k).filter((k) => k % 7 !== 3);
          expect(sortByValue(values, outcomes)).toEqual(plain(values, outcomes));
        }),
        { numRuns: 20 },
      );
    });
  }
});
