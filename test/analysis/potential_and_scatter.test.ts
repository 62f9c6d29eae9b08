import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integrativePotential } from '../../src/analysis/integrative_potential.ts';
import { scatter } from '../../src/analysis/scatter.ts';
import { type UtilitySpace, utilitySpaceOf } from '../../src/analysis/utility_space.ts';

/** Additive utilities: worth[i][issue][value]. */
function additive(worth: readonly (readonly (readonly number[])[])[], reservation: number[]): UtilitySpace {
  const sizes = worth[0].map((values) => values.length);
  const outcomes = sizes.reduce<number[][]>(
    (rows, size) => rows.flatMap((r) => Array.from({ length: size }, (_, v) => [...r, v])),
    [[]],
  );
  return utilitySpaceOf(
    outcomes.map((o) => worth.map((w) => o.reduce((sum, v, k) => sum + w[k][v], 0))),
    reservation,
  );
}

describe('integrative potential of issue pairs', () => {
  // Two parties want opposite things; the third watches. Issue 0 matters most to seat 0, issue 1 to seat 1, issue 2 alike.
  const logroll = additive(
    [
      [
        [0, 8],
        [0, 2],
        [0, 4],
      ],
      [
        [2, 0],
        [8, 0],
        [4, 0],
      ],
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [0, 0, 0],
  );

  it('is largest where priorities differ most, and names the trade', () => {
    const { pairs, completeness } = integrativePotential(logroll, [2, 2, 2]);
    expect(pairs[0].issues).toEqual([0, 1]);
    // Ranges are 14: (8 - 2) / 14 for each of the two. From (0, 1): seat 0 gets its issue, seat 1 gets its own.
    expect(pairs[0].best).toEqual({ from: 0b010, to: 0b100, gain: expect.closeTo(12 / 14, 12) });
    expect(pairs[0].share).toBe(0.25);
    expect(pairs[0].gain).toBeCloseTo(12 / 14 / 4, 12);
    expect(pairs[1].gain).toBeLessThan(pairs[0].gain);
    expect(completeness).toContain('exhaustive over 8');
  });

  it('is zero when the pie is fixed', () => {
    const fixed = additive(
      [
        [
          [0, 5],
          [0, 3],
        ],
        [
          [5, 0],
          [3, 0],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ],
      [0, 0, 0],
    );
    expect(integrativePotential(fixed, [2, 2]).pairs).toEqual([{ issues: [0, 1], gain: 0, share: 0, best: null }]);
  });

  it('is zero when everybody agrees on each issue, for then no trade is needed', () => {
    const common = additive(
      [
        [
          [0, 5],
          [0, 3],
        ],
        [
          [0, 1],
          [0, 9],
        ],
        [
          [0, 2],
          [0, 2],
        ],
      ],
      [0, 0, 0],
    );
    expect(integrativePotential(common, [2, 2]).pairs[0].gain).toBe(0);
  });

  it('never steps on forbidden outcomes', () => {
    const allowed = { ...logroll, outcomes: logroll.outcomes.filter((o) => (o & 0b110) !== 0b100) };
    expect(integrativePotential(allowed, [2, 2, 2]).pairs.find((p) => p.issues.join() === '0,1')?.gain).toBe(0);
  });

  it('does not depend on anybody’s scale', () => {
    const worths = fc.array(
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
        minLength: 3,
        maxLength: 3,
      }),
      { minLength: 3, maxLength: 3 },
    );
    fc.assert(
      fc.property(worths, (worth) => {
        const plain = integrativePotential(additive(worth, [-1, -1, -1]), [3, 3, 3]);
        const scaled = worth.map((ofParty, i) => ofParty.map((values) => values.map((v) => v * [1, 4, 0.25][i])));
        const moved = integrativePotential(additive(scaled, [-1, -1, -1]), [3, 3, 3]);
        expect(moved.pairs.map((p) => p.issues)).toEqual(plain.pairs.map((p) => p.issues));
        moved.pairs.forEach((p, k) => {
          expect(p.gain).toBeCloseTo(plain.pairs[k].gain, 10);
          expect(p.gain).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('says when it sampled, and comes near the whole answer', () => {
    const values = (k: number) => Array.from({ length: 8 }, (_, v) => (v * k) / 7);
    const down = (k: number) => values(k).toReversed();
    const space = additive(
      [
        [values(6), values(1), values(3)],
        [down(1), down(6), down(3)],
        [values(0), values(0), values(1)],
      ],
      [0, 0, 0],
    );
    const whole = integrativePotential(space, [8, 8, 8]);
    const sampled = integrativePotential(space, [8, 8, 8], { budget: 100_000 });
    expect(whole.completeness).toContain('exhaustive');
    expect(sampled.completeness).toMatch(/sampled: \d+ of 512/);
    expect(sampled.pairs[0].issues).toEqual(whole.pairs[0].issues);
    expect(sampled.pairs[0].gain).toBeCloseTo(whole.pairs[0].gain, 1);
  });

  it('refuses sizes that do not make the space', () => {
    expect(() => integrativePotential(logroll, [2, 2])).toThrow(RangeError);
  });
});

describe('the scatter of two parties’ utilities', () => {
  const space = utilitySpaceOf(
    [
      [0, 0, 1],
      [10, 0, 1],
      [0, 10, 1],
      [6, 6, 1],
      [6, 6, 1],
      [1, 1, 0],
    ],
    [1, 1, 1],
  );

  it('counts every outcome once, best at the top right', () => {
    const picture = scatter(space, 0, 1, 5, 5);
    expect(picture.counts.reduce((a, b) => a + b, 0)).toBe(6);
    expect(picture.counts[20]).toBe(2); // bottom left: (0, 0) and (1, 1)
    expect(picture.counts[24]).toBe(1); // bottom right: (10, 0)
    expect(picture.counts[0]).toBe(1); // top left: (0, 10)
    expect(picture.rational.reduce((a, b) => a + b, 0)).toBe(2);
  });

  it('marks the frontier and the solutions where their outcomes are', () => {
    const picture = scatter(space, 0, 1, 5, 5);
    const cell = 1 * 5 + 3; // (6, 6) of 10 by 10
    expect(picture.frontier[cell]).toBe(1);
    expect(picture.marks.find((m) => m.mark === 'nash')).toEqual({ mark: 'nash', cell, outcomes: [3, 4] });
    expect(picture.disagreement).toBe(20);
    expect(scatter(space, 1, 2, 3, 1).counts).toHaveLength(3);
  });
});
