import { describe, expect, it } from 'vitest';
import { MiningInputError } from '../../src/mining/inputError.ts';
import { breakEvenHashprice, hashpriceUsdPerPhDay, revenueUsdPerMwh } from '../../src/mining/revenue.ts';
import { evaluateSite } from '../../src/mining/site.ts';
import { type SiteInput, siteInput } from '../../src/mining/siteInput.ts';

const site = (given: Partial<SiteInput> = {}) =>
  evaluateSite(siteInput({ powerMw: 950, powerUsdPerMwh: 25, ...given }));

describe('a site', () => {
  it('at its break-even power price earns nothing, at its break-even bitcoin price too, on cash and in full', () => {
    for (const kind of ['cash', 'full'] as const) {
      const base = site();
      const power = base.priceTaking.breakEvenPowerUsdPerMwh[kind];
      expect(site({ powerUsdPerMwh: power }).priceTaking.marginUsdPerMwh[kind]).toBeCloseTo(0, 9);
      const priceUsd = base.priceTaking.breakEvenPriceUsd[kind];
      expect(site({ priceUsd }).priceTaking.marginUsdPerMwh[kind]).toBeCloseTo(0, 9);
    }
  });

  it('is worth less with its own impact than as a price taker, the more so the larger it is', () => {
    const ratio = (powerMw: number) => {
      const e = site({ powerMw });
      expect(e.ownImpact.projection.npvUsd).toBeLessThan(e.priceTaking.projection.npvUsd);
      return e.ownImpact.revenueUsdPerYear / e.priceTaking.revenueUsdPerYear;
    };
    expect(ratio(5700)).toBeLessThan(ratio(950));
    expect(ratio(0.001)).toBeCloseTo(1, 6);
  });

  it('becomes a price taker as elasticity and speed of the others grow', () => {
    const e = site({ powerMw: 950, eps: Infinity, kappaPerMonth: 1, horizonYears: 8 });
    expect(e.ownImpact.hashpriceUsdPerPhDay).toBe(e.priceTaking.hashpriceUsdPerPhDay);
    for (const [i, m] of e.ownImpact.projection.months.entries())
      expect(m.hashpriceUsdPerPhDay).toBeCloseTo(e.priceTaking.projection.months[i].hashpriceUsdPerPhDay, 9);
  });

  it('without trend, halving, impact or replacement is an annuity', () => {
    const e = site({
      height: 840_000,
      horizonYears: 2,
      machineLifeYears: 5,
      rampMonths: 1,
      networkTrend: 0,
      priceDrift: 0,
      subsidyBtc: 3.125,
    });
    const margin = e.priceTaking.revenueUsdPerYear - 950 * 8760 * 0.95 * (25 + 10.5);
    const r = 1.12 ** (1 / 12) - 1;
    const annuity = ((margin / 12) * (1 - (1 + r) ** -24)) / r;
    const capital = e.investmentUsd.machines + e.investmentUsd.shell;
    expect(e.priceTaking.projection.npvUsd / (annuity - capital)).toBeCloseTo(1, 9);
    expect(e.priceTaking.projection.months.every((m) => m.siteEhs > 57)).toBe(true);
  });

  it('pays back soon when power and machines are cheap, and never when they are dear', () => {
    const cheap = site({ powerUsdPerMwh: 5, machinePriceUsdPerTh: 4, shellMusdPerMw: 0.16 });
    expect(cheap.ownImpact.projection.paybackYears).toBeLessThan(2);
    expect(cheap.ownImpact.projection.npvUsd).toBeGreaterThan(0);
    expect(cheap.ownImpact.projection.irr.rates.length).toBeGreaterThan(0);
    expect(cheap.ownImpact.projection.levelisedCostUsdPerBtc).toBeLessThan(82_826);
    const dear = site({ powerUsdPerMwh: 95 });
    expect(dear.ownImpact.projection.paybackYears).toBe('never');
    expect(dear.ownImpact.projection.darkMonth).not.toBeNull();
    expect(site({ powerUsdPerMwh: 200 }).ownImpact.projection.levelisedCostUsdPerBtc).toBe('nothing mined');
  });

  it('halves the subsidy in the projection when the height says so', () => {
    const months = site({ powerMw: 1, horizonYears: 3, networkTrend: 0, priceDrift: 0, eps: 0 }).priceTaking.projection
      .months;
    expect(months[17].hashpriceUsdPerPhDay).toBeCloseTo(months[0].hashpriceUsdPerPhDay, 9);
    expect(months[18].hashpriceUsdPerPhDay / months[17].hashpriceUsdPerPhDay).toBeCloseTo(0.503, 3);
  });
});

describe('revenue per MWh', () => {
  it('and break-even hashprice are inverses', () => {
    const rig = { efficiencyJPerTh: 15, pue: 1.05, poolFee: 0.01 };
    const hashprice = breakEvenHashprice({ ...rig, costUsdPerMwh: 45 });
    expect(revenueUsdPerMwh({ ...rig, hashpriceUsdPerPhDay: hashprice })).toBeCloseTo(45, 12);
  });

  it('grows with the bitcoin price in proportion', () => {
    const at = { difficulty: 1e14, subsidyBtc: 3.125, feesBtcPerBlock: 0.02 };
    expect(hashpriceUsdPerPhDay({ ...at, priceUsd: 2e5 })).toBe(2 * hashpriceUsdPerPhDay({ ...at, priceUsd: 1e5 }));
  });
});

describe('bad input is refused with its name and range', () => {
  const bad: [keyof SiteInput | 'hashRateEhs', Partial<SiteInput>][] = [
    ['powerMw', { powerMw: -5 }],
    ['powerMw', { powerMw: 0 }],
    ['powerMw', { powerMw: Number.NaN }],
    ['powerMw', { powerMw: Infinity }],
    ['pue', { pue: 0.99 }],
    ['difficulty', { difficulty: 0 }],
    ['difficulty', { difficulty: Number.NaN }],
    ['eps', { eps: -0.1 }],
    ['eps', { eps: Number.NaN }],
    ['horizonYears', { horizonYears: 0 }],
    ['efficiencyJPerTh', { efficiencyJPerTh: 0 }],
    ['uptime', { uptime: 1.2 }],
    ['poolFee', { poolFee: 1 }],
    ['priceUsd', { priceUsd: 0 }],
    ['discountRate', { discountRate: -0.1 }],
    ['rampMonths', { rampMonths: 1.5 }],
    ['height', { height: -1 }],
    ['date', { date: '2026-02-30' }],
    ['hashRateEhs', { powerMw: 90_000, efficiencyJPerTh: 1 }],
  ];

  it.each(bad)('%s: %o', (field, given) => {
    let error: unknown;
    try {
      site(given);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MiningInputError);
    const refusal = error as MiningInputError;
    expect(refusal.field).toBe(field);
    expect(refusal.range.length).toBeGreaterThan(3);
    expect(refusal.message).toContain(`${field} is `);
    expect(refusal.message).toContain(refusal.range);
  });
});
