import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hullEgalitarian, hullKalaiSmorodinsky, hullUtilitarian } from '../../src/analysis/hull.ts';
import { hullNash } from '../../src/analysis/hull_nash.ts';
import {
  baronFerejohn,
  finiteHorizonDivision,
  randomProposerUnanimity,
  rubinstein,
  rubinsteinFixedCost,
  stationaryDivision,
} from '../../src/analysis/pie.ts';
import { exactly, toNumber } from '../../src/analysis/rational_number.ts';
import { utilitySpaceOf } from '../../src/analysis/utility_space.ts';

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((x, i) => {
    expect(Math.abs(x - expected[i]), `coordinate ${i}: ${x} against ${expected[i]}`).toBeLessThanOrEqual(tolerance);
  });
}

describe('bargaining on the convex hull', () => {
  it('gives the points of Kalai and Smorodinsky 1975: their monotonicity example', () => {
    const small = utilitySpaceOf(
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [0.75, 0.75],
      ],
      [0, 0],
    );
    expectClose(hullNash(small).utilities, [0.75, 0.75]);
    expectClose(hullKalaiSmorodinsky(small).utilities, [0.75, 0.75], 1e-12);
    const large = utilitySpaceOf(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 0.7],
      ],
      [0, 0],
    );
    expectClose(hullNash(large).utilities, [1, 0.7]);
    expectClose(hullKalaiSmorodinsky(large).utilities, [1 / 1.3, 1 / 1.3], 1e-12);
  });

  it('gives the solutions of a triangle', () => {
    const triangle = utilitySpaceOf(
      [
        [0, 0],
        [10, 0],
        [0, 5],
      ],
      [0, 0],
    );
    expectClose(hullNash(triangle).utilities, [5, 2.5]);
    expectClose(hullKalaiSmorodinsky(triangle).utilities, [5, 2.5], 1e-12);
    expectClose(hullEgalitarian(triangle).utilities, [10 / 3, 10 / 3], 1e-12);
    expectClose(hullUtilitarian(triangle).utilities, [10, 0]);
  });

  it('shares a three-party simplex equally, and by weight when weighted', () => {
    const simplex = utilitySpaceOf(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [0.2, 0.2, 0.2],
      ],
      [0, 0, 0],
    );
    expectClose(hullNash(simplex).utilities, [1 / 3, 1 / 3, 1 / 3]);
    expectClose(hullNash(simplex, { weights: [1, 2, 1] }).utilities, [0.25, 0.5, 0.25]);
    expectClose(hullKalaiSmorodinsky(simplex).utilities, [1 / 3, 1 / 3, 1 / 3], 1e-12);
  });

  it('mixes outcomes that are not rational one by one', () => {
    const space = utilitySpaceOf(
      [
        [4, -1, 1],
        [-1, 4, 1],
      ],
      [0, 0, 0],
    );
    expectClose(hullNash(space).utilities, [1.5, 1.5, 1]);
    expect(hullNash(space).lottery.map((l) => l.outcome)).toEqual([0, 1]);
  });

  it('finds nothing where no lottery helps everybody, and says so', () => {
    const space = utilitySpaceOf(
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [0.6, 0.6, 0],
    );
    for (const found of [hullNash(space), hullEgalitarian(space), hullKalaiSmorodinsky(space)]) {
      expect(found.utilities).toEqual([]);
      expect(found.warnings.join()).toMatch(/no lottery/);
    }
  });

  const clouds = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }), {
    minLength: 3,
    maxLength: 25,
  });

  it('is certified: no corner beats the tangent plane, no lottery beats the ray, lotteries reach their utilities', () => {
    fc.assert(
      fc.property(clouds, (cloud) => {
        const vectors = [...cloud, [1, 1, 1]];
        const space = utilitySpaceOf(vectors, [0, 0, 0]);
        const nash = hullNash(space);
        expect(nash.gap).toBeLessThanOrEqual(1e-10);
        for (const v of vectors) {
          expect(v.reduce((sum, x, i) => sum + x / nash.utilities[i], 0)).toBeLessThanOrEqual(3 + 1e-9);
        }
        const equal = hullEgalitarian(space);
        expect(equal.value).toBeGreaterThanOrEqual(Math.max(...vectors.map((v) => Math.min(...v))));
        expect(equal.gap).toBeLessThanOrEqual(1e-9);
        expect(hullKalaiSmorodinsky(space).gap).toBeLessThanOrEqual(1e-9);
        for (const { utilities, lottery } of [nash, equal, hullKalaiSmorodinsky(space)]) {
          expect(lottery.reduce((sum, l) => sum + l.probability, 0)).toBeCloseTo(1, 12);
          utilities.forEach((u, i) => {
            const reached = lottery.reduce((sum, l) => sum + l.probability * vectors[l.outcome][i], 0);
            expect(reached).toBeGreaterThanOrEqual(u - 1e-9);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never costs a party when the set grows and the other one’s ideal stays: Kalai-Smorodinsky for two', () => {
    const corners = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(corners, corners, (some, more) => {
        const small = [[20, 0], [0, 1], ...some];
        const before = hullKalaiSmorodinsky(utilitySpaceOf(small, [0, 0])).utilities;
        const after = hullKalaiSmorodinsky(utilitySpaceOf([...small, ...more], [0, 0])).utilities;
        expect(after[1]).toBeGreaterThanOrEqual(before[1] - 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  it('finds a lottery that needs more than the obvious corners to leave everybody whole', () => {
    // Each party's best corner ruins somebody; only the two corners in the middle, mixed, leave all three at 0 or above.
    const space = utilitySpaceOf(
      [
        [9, -90, -90],
        [-90, 9, -90],
        [-90, -90, 9],
        [3, -1, 1],
        [-1, 3, 1],
      ],
      [0, 0, 0],
    );
    const found = hullKalaiSmorodinsky(space);
    expect(found.utilities).toHaveLength(3);
    expect(Math.min(...found.utilities)).toBeGreaterThan(0);
    expect(found.gap).toBeLessThanOrEqual(1e-9);
  });

  it('turns doubles into fractions and back without loss', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), (x) => {
        expect(toNumber(exactly(x))).toBe(x + 0);
      }),
    );
  });
});

describe('dividing a pie', () => {
  it("agrees with Rubinstein's closed form", () => {
    expectClose(rubinstein(0.9, 0.9).shares, [10 / 19, 9 / 19], 1e-14);
    expectClose(rubinstein(0.8, 0.9).shares, [0.357143, 0.642857]);
    expectClose(rubinstein(0, 0.5).shares, [0.5, 0.5], 1e-14);
    expect(rubinstein(1, 1).warnings.join()).toContain('any division');
  });

  it('lets an outside option bind only above the equilibrium share', () => {
    expectClose(rubinstein(0.9, 0.9, { outsideOption: 0.4 }).shares, [10 / 19, 9 / 19], 1e-14);
    expectClose(rubinstein(0.9, 0.9, { outsideOption: 0.6 }).shares, [0.4, 0.6], 1e-14);
  });

  it('gives nearly all to whoever pays less per turn', () => {
    expect(rubinsteinFixedCost(0.1, 0.2).shares).toEqual([1, 0]);
    expectClose(rubinsteinFixedCost(0.2, 0.1).shares, [0.1, 0.9], 1e-14);
    expect(rubinsteinFixedCost(0.1, 0.1).warnings).toHaveLength(1);
  });

  it('agrees with the finite-horizon figures', () => {
    expectClose(finiteHorizonDivision([0.5, 0.5], 2).shares, [0.5, 0.5], 1e-14);
    expectClose(finiteHorizonDivision([0.5, 0.5], 3).shares, [0.75, 0.25], 1e-14);
    expectClose(finiteHorizonDivision([0.9, 0.9, 0.9], 3).shares, [0.1, 0.09, 0.81], 1e-14);
    expectClose(finiteHorizonDivision([0.9, 0.9, 0.9], 30).shares, [0.3534, 0.318, 0.3286], 5e-5);
  });

  it('tends to the stationary division as the deadline moves away, whatever the discounts', () => {
    expectClose(stationaryDivision([0.9, 0.9, 0.9]).shares, [0.369004, 0.332103, 0.298893]);
    expect(stationaryDivision([0.9, 0.9, 0.9]).warnings.join()).toContain('stationary');
    const discounts = fc.array(fc.double({ min: 0, max: 0.9, noNaN: true }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(discounts, (ds) =>
        expectClose(stationaryDivision(ds).shares, finiteHorizonDivision(ds, 120 * ds.length).shares, 1e-5),
      ),
    );
    expectClose(stationaryDivision([0.8, 0.9]).shares, rubinstein(0.8, 0.9).shares, 1e-14);
  });

  it('pays a minimal coalition under majority rule', () => {
    expect(baronFerejohn(3, 1).proposer[0]).toBeCloseTo(2 / 3, 14);
    expect(baronFerejohn(3, 0.8).proposer[0]).toBeCloseTo(0.7333, 4);
    expect(baronFerejohn(3, 0.8).responder[0]).toBeCloseTo(0.8 / 3, 14);
    const { proposer, responder } = randomProposerUnanimity([0.5, 0.3, 0.2], 0.9);
    expectClose(proposer, [0.55, 0.37, 0.28], 1e-14);
    expect(proposer[0] + responder[1] + responder[2]).toBeCloseTo(1, 14);
  });
});
