import { describe, expect, it } from 'vitest';
import { compileVenture } from '../../src/mining/venture/model.ts';
import type { PactTerms, VentureSpec } from '../../src/mining/venture/spec.ts';
import { MARKET, SPEC, TERMS } from './venture_fixture.ts';

/** A mine in every custody, large and small; kept coins move the hazard, and so the whole pact, with the price paths. */
const base: PactTerms = { ...TERMS, miningMw: 950, deliveries: [], years: 10, kept: 1 };
const power = [{ to: 'south_grid', mw: 950, tariffUsdPerMwh: 90 }];
const OUTCOMES: PactTerms[] = [
  { ...base, kept: 0, custody: 'source' },
  { ...base, custody: 'time_lock' },
  {
    ...base,
    custody: 'time_lock',
    miningMw: 2850,
    deliveries: power,
    shares: [0, 5 / 6, 1 / 6],
    financing: 'west_pays',
  },
  { ...base, custody: 'key_east', miningMw: 1900, kept: 0.5 },
  { ...base, custody: 'two_of_three', sanctions: 'tranche', shares: [5 / 6, 0, 1 / 6], financing: 'west_pays' },
];
const SEEDS = 40;

/** Spread of the value over independent seeds, beside the root mean square of the errors reported with it. */
const compared = (spec: VentureSpec, outcomes = OUTCOMES): { spread: number; reported: number }[] => {
  const models = Array.from({ length: SEEDS }, (_, k) =>
    compileVenture(spec, MARKET, { seed: 500 + k, paths: 40, maxYears: 10 }),
  );
  return outcomes.flatMap((terms) =>
    spec.parties.map((_, seat) => {
      const said = models.map((model) => model.explain(seat, terms));
      const mean = said.reduce((sum, { total }) => sum + total, 0) / SEEDS;
      const square = (of: (one: (typeof said)[number]) => number, by: number) =>
        Math.sqrt(said.reduce((sum, one) => sum + of(one) ** 2, 0) / by);
      return {
        spread: square(({ total }) => total - mean, SEEDS - 1),
        reported: square(({ standardError }) => standardError, SEEDS),
      };
    }),
  );
};

describe('the standard error of a value', () => {
  // A standard deviation of 40 draws is itself known to 11 %; outcomes share their seeds, so they err together.
  it('is the spread over seeds, be it mean, tail or hazard that the paths move', () => {
    const all = compared(SPEC);
    for (const { spread, reported } of all) {
      expect(spread / reported).toBeGreaterThan(0.67);
      expect(spread / reported).toBeLessThan(1.4);
    }
    const logs = all.map(({ spread, reported }) => Math.log(spread / reported));
    expect(Math.abs(logs.reduce((a, b) => a + b, 0) / logs.length)).toBeLessThan(0.15);
  });

  it('is so for risk aversion too', () => {
    const wary = {
      ...SPEC,
      parties: SPEC.parties.map((p) => ({ ...p, risk: { kind: 'crra', gamma: 3, wealth: 20_000 } }) as const),
    };
    for (const { spread, reported } of compared(wary, OUTCOMES.slice(1, 3))) {
      expect(spread / reported).toBeGreaterThan(0.67);
      expect(spread / reported).toBeLessThan(1.4);
    }
  });

  it('counts the hazard: a party that owns no coin has one all the same where kept coins decide how long its power lasts', () => {
    const model = compileVenture(SPEC, MARKET, { seed: 5, paths: 100, maxYears: 10 });
    const bystander: PactTerms = { ...base, custody: 'time_lock', deliveries: power, shares: [0.5, 0, 0.5] };
    expect(model.explain(1, bystander).standardError).toBeGreaterThan(0.01);
    expect(model.explain(1, { ...bystander, kept: 0, custody: 'source' }).standardError).toBeLessThan(1e-6);
  });
});
