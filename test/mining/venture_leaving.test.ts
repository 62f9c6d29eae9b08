import { describe, expect, it } from 'vitest';
import { breakdownWeights } from '../../src/mining/venture/hazard.ts';
import { compileVenture } from '../../src/mining/venture/model.ts';
import type { PactTerms, PartySpec, VentureSpec } from '../../src/mining/venture/spec.ts';
import { MARKET, SPEC, TERMS } from './venture_fixture.ts';

/**
 * Four years with no plant, no mine, no discounting and no other hazard: only instalments. East gets 2 a month for two years and then pays 1 a
 * month, so after month m it has 24 - 2m still to come and would rather leave from month 13 on. West gets 1 a month throughout.
 */
const flow = (id: string, amount: number, more: Partial<PartySpec['flows'][number]> = {}) =>
  ({ id, label: id, when: 'while_alive', amount, ...more }) as const;
const party = (id: string, flows: PartySpec['flows']): PartySpec => ({
  id,
  discountRate: 0,
  risk: { kind: 'mean' },
  coin: { sold: { base: 1 }, kept: { base: 1 } },
  ownFleet: { ehs: 0, weight: 0, decayYears: 4 },
  flows,
});
const bare = (leaving?: VentureSpec['hazard']['leaving']): VentureSpec => ({
  ...SPEC,
  parties: [
    party('east', [flow('early', 24, { forYears: 2 }), flow('late', -12, { fromMonth: 24 })]),
    party('south', []),
    party('west', [flow('rent', 12)]),
  ],
  hazard: { base: 0, cap: 0.6, factors: [], leaving },
});
const IDLE: PactTerms = { ...TERMS, miningMw: 0, deliveries: [], kept: 0, custody: 'source', years: 4 };
const valuesOf = (leaving?: VentureSpec['hazard']['leaving']) => {
  const model = compileVenture(bare(leaving), MARKET, { seed: 1, paths: 2, maxYears: 4 });
  return { model, values: [0, 1, 2].map((seat) => model.value(seat, IDLE)) };
};
const ALL = ['east', 'south', 'west'];

describe('a wish to leave that feeds the hazard', () => {
  it('changes nothing unless it is asked for: 48 - 24 for the one, 48 for the other', () => {
    for (const leaving of [undefined, { adds: 0, parties: ALL }]) {
      const { model, values } = valuesOf(leaving);
      expect(values[0]).toBeCloseTo(24, 9);
      expect(values[1]).toBe(0);
      expect(values[2]).toBeCloseTo(48, 9);
      expect(model.leaving(IDLE)).toBeNull();
    }
  });

  it('ends the pact after month 13 where it adds a thousand a year: 13 months of 2, and of 1', () => {
    const { model, values } = valuesOf({ adds: 1000, parties: ALL });
    expect(model.leaving(IDLE)).toEqual({ month: 13, adds: 1000, seats: [0] });
    expect(model.leave(IDLE)[0].firstMonth).toBe(13);
    expect(values[0]).toBeCloseTo(26, 9);
    expect(values[2]).toBeCloseTo(13, 9);
  });

  it('leaves each later month a chance of e^-1 where it adds twelve a year', () => {
    const { values } = valuesOf({ adds: 12, parties: ALL });
    const r = Math.exp(-1);
    expect(values[2]).toBeCloseTo(13 + (r * (1 - r ** 35)) / (1 - r), 9);
    // Months 13 to 23 still pay East 2, months 24 to 47 cost it 1.
    let east = 26;
    for (let k = 1; k <= 35; k++) east += (k <= 11 ? 2 : -1) * r ** k;
    expect(values[0]).toBeCloseTo(east, 9);
  });

  it('asks only the parties named', () => {
    const { model, values } = valuesOf({ adds: 1000, parties: ['south', 'west'] });
    expect(model.leaving(IDLE)).toBeNull();
    expect(values[2]).toBeCloseTo(48, 9);
  });

  it('comes with the price of the day: the holder of the key leaves a rich pact earlier, and the pact is worth less to the others', () => {
    const terms: PactTerms = { ...TERMS, miningMw: 2850, deliveries: [], years: 10, kept: 1, custody: 'key_east' };
    const held: PactTerms = { ...terms, shares: [0.5, 0, 0.5] };
    const mean = { ...SPEC, parties: SPEC.parties.map((p) => ({ ...p, risk: { kind: 'mean' } as const })) };
    const at = (priceUsd: number, adds: number) =>
      compileVenture(
        { ...mean, hazard: { ...SPEC.hazard, leaving: { adds, parties: ['east'] } } },
        { ...MARKET, priceUsd },
        { seed: 5, paths: 20, maxYears: 10 },
      );
    const month = (priceUsd: number) => at(priceUsd, 5).leaving(held)?.month ?? Number.POSITIVE_INFINITY;
    expect(month(160_000)).toBeLessThan(120);
    expect(month(160_000)).toBeLessThanOrEqual(month(87_200));
    const rich = at(160_000, 5);
    expect(rich.leaving(held)?.month).toBe(rich.leave(held)[0].firstMonth);
    expect(rich.value(2, held)).toBeLessThan(at(160_000, 0).value(2, held));
    expect(rich.hazard(held)).toBe(at(160_000, 0).hazard(held));
  });

  it('is in the waterfall, the standard error and the value alike', () => {
    const spec = { ...SPEC, hazard: { ...SPEC.hazard, leaving: { adds: 2, parties: ALL } } };
    const model = compileVenture(spec, MARKET, { seed: 5, paths: 60, maxYears: 10 });
    let asked = 0;
    for (const custody of ['key_east', 'key_west', 'two_of_three'])
      for (const miningMw of [950, 2850]) {
        const terms: PactTerms = { ...TERMS, miningMw, deliveries: [], years: 10, kept: 1, custody };
        if (model.leaving(terms) !== null) asked++;
        for (const seat of [0, 1, 2]) {
          const { total, ungrouped, mean, cvar } = model.explain(seat, terms);
          expect(total).toBeCloseTo(model.value(seat, terms), 6);
          expect(Math.abs(total - ungrouped)).toBeLessThan(0.065 * Math.abs(mean - cvar) + 1e-6);
        }
      }
    expect(asked).toBeGreaterThan(2);
  });

  it('weighs the months so that they sum to one and survive as the hazards add up', () => {
    const w = breakdownWeights(0.2, 48, { month: 13, adds: 0.7, seats: [0] });
    expect(w.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(w[48]).toBeCloseTo(Math.exp(-(0.2 * 48 + 0.7 * 35) / 12), 12);
    expect(w[12]).toBe(breakdownWeights(0.2, 48)[12]);
  });

  it('is refused with a number that cannot be or a party that is not there', () => {
    const refused = (leaving: VentureSpec['hazard']['leaving']) => () => valuesOf(leaving);
    expect(refused({ adds: -1, parties: ALL })).toThrow(/hazard\.leaving\.adds/);
    expect(refused({ adds: Number.NaN, parties: ALL })).toThrow(/hazard\.leaving\.adds/);
    expect(refused({ adds: 1, parties: ['north'] })).toThrow(/hazard\.leaving\.parties\[0\]/);
  });
});
