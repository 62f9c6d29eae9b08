import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FiniteHorizonOptions, finiteHorizonEquilibrium } from '../../src/analysis/finite_horizon_equilibrium.ts';
import { finiteHorizonDivision } from '../../src/analysis/pie.ts';
import { type UtilitySpace, utilitySpaceOf } from '../../src/analysis/utility_space.ts';

/** All divisions of `pieces` among the parties. */
function pie(parties: number, pieces: number): UtilitySpace {
  const divide = (left: number, seats: number): number[][] =>
    seats === 1
      ? [[left]]
      : Array.from({ length: left + 1 }, (_, k) => divide(left - k, seats - 1).map((rest) => [k, ...rest])).flat();
  const shares = divide(pieces, parties).map((s) => s.map((x) => x / pieces));
  return utilitySpaceOf(shares, Array<number>(parties).fill(0));
}

const play = (space: UtilitySpace, d: number, rounds: number, more: Partial<FiniteHorizonOptions> = {}) =>
  finiteHorizonEquilibrium(space, { discounts: space.parties.map(() => d), rounds, ...more });

describe('the equilibrium of alternating offers with a deadline, on actual outcomes', () => {
  it('gives the last mover nearly all of a coarse pie, and warns', () => {
    const dimes = pie(2, 10);
    expect(play(dimes, 0.9, 200).value).toEqual([0.1, 0.9]);
    expect(play(dimes, 0.9, 201).value).toEqual([0.9, 0.1]);
    expect(play(dimes, 0.95, 200).value).toEqual([0, 1]);
    expect(play(dimes, 0.9, 200).warnings.join()).toContain('coarse grid');
    expect(play(dimes, 0.9, 200).coarseTurns).toBeGreaterThan(100);
  });

  it('depends on the rule for indifference on a coarse pie of three, and shows the range', () => {
    const dimes = pie(3, 10);
    const accepting = play(dimes, 0.9, 30);
    expect(accepting.value).toEqual([0, 0.1, 0.9]);
    expect(play(dimes, 0.9, 30, { indifference: 'reject' }).value).toEqual([0.1, 0.1, 0.8]);
    expect(accepting.range[0].max).toBeGreaterThanOrEqual(0.1);
    expect(accepting.range[2].min).toBeLessThanOrEqual(0.8);
    expect(accepting.warnings.join()).toContain('ties');
  });

  it('comes near the divisible pie as the grid gets finer', () => {
    const exact = finiteHorizonDivision([0.9, 0.9, 0.9], 30).shares;
    const { value, delay, agreement } = play(pie(3, 100), 0.9, 30);
    expect(value).toEqual([0.33, 0.33, 0.34]);
    expect(delay).toBe(false);
    expect(agreement?.turn).toBe(0);
    value.forEach((v, i) => {
      expect(Math.abs(v - exact[i])).toBeLessThan(0.03);
    });
  });

  it('does not warn where the grid is fine enough', () => {
    const found = play(pie(2, 1000), 0.5, 3);
    expect(found.value).toEqual([0.75, 0.25]);
    expect(found.coarseTurns).toBe(0);
    expect(found.warnings.join()).not.toContain('coarse');
  });

  it('buys two responders for nothing under majority rule, and says so', () => {
    const found = play(pie(3, 20), 0.9, 30, { consent: { quorum: 2 } });
    expect(found.value).toEqual([1, 0, 0]);
    expect(found.warnings.join()).toContain('bought for nothing');
  });

  it('ignores a party whose consent is not required', () => {
    const found = play(pie(3, 10), 0.9, 1, { consent: { required: [1] }, indifference: 'reject' });
    expect(found.value).toEqual([0.9, 0.1, 0]);
  });

  it('lets turns pass when everything on the table is a cost that shrinks by waiting, and flags the delay', () => {
    const found = play(utilitySpaceOf([[-1, 1, 1]], [-5, -5, -5]), 0.5, 3, { order: [0] });
    expect(found.delay).toBe(true);
    expect(found.agreement).toEqual({ outcome: 0, turn: 2 });
    expect(found.value).toEqual([-0.25, 0.25, 0.25]);
  });

  it('breaks ties for, against or without regard to the others, as told', () => {
    const space = utilitySpaceOf(
      [
        [5, 2, 2],
        [5, 3, 3],
        [5, 1, 1],
      ],
      [0, 0, 0],
    );
    const offers = (['index', 'benevolent', 'spiteful'] as const).map((tieBreak) => play(space, 0.9, 1, { tieBreak }));
    expect(offers.map((found) => found.agreement?.outcome)).toEqual([0, 1, 2]);
    expect(offers[0].ties).toBe(2);
    expect(offers[0].range[1]).toEqual({ min: 1, max: 3 });
  });

  it('ends in disagreement where there is no zone of agreement', () => {
    const found = play(
      utilitySpaceOf(
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
        [0.6, 0.6, 0],
      ),
      1,
      5,
    );
    expect(found).toMatchObject({ agreement: null, delay: true, value: [0.6, 0.6, 0] });
  });

  /** The oracle: the definition, read literally, over all outcomes at every turn. */
  function literal(vectors: readonly (readonly number[])[], discounts: readonly number[], rounds: number): number[] {
    let value = discounts.map(() => 0);
    for (let t = rounds - 1; t >= 0; t--) {
      const p = t % discounts.length;
      const wait = value.map((v, j) => discounts[j] * v);
      const fine = vectors.filter((v) => v.every((u, j) => j === p || u >= wait[j] - 1e-12));
      const top = Math.max(...fine.map((v) => v[p]));
      const others = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) - v[p];
      const equal = fine.filter((v) => top - v[p] <= 1e-12).sort((v, w) => others(w) - others(v));
      value = fine.length > 0 && top >= wait[p] - 1e-12 ? [...equal[0]] : wait;
    }
    return value;
  }

  it('is what the definition says, read literally', () => {
    const spaces = fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 30,
    });
    const discounts = fc.array(fc.constantFrom(0, 0.5, 0.75, 0.9, 1), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(spaces, discounts, fc.integer({ min: 1, max: 12 }), (vectors, ds, rounds) => {
        const distinct = vectors.filter((v, k) => vectors.every((w, m) => m >= k || w.every((_, i) => w[i] !== v[i])));
        const found = finiteHorizonEquilibrium(utilitySpaceOf(distinct, [0, 0, 0]), { discounts: ds, rounds });
        expect(found.value).toEqual(literal(distinct, ds, rounds));
        found.value.forEach((v, i) => {
          expect(found.range[i].min).toBeLessThanOrEqual(v);
          expect(found.range[i].max).toBeGreaterThanOrEqual(v);
        });
      }),
    );
  });
});
