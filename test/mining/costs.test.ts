import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalRecoveryFactor, discountFactor, irr, npv, payback } from '../../src/mining/costs/capital.ts';
import {
  buyCohort,
  capitalChargeUsdPerMwh,
  deliveredMw,
  depreciationUsdPerMwh,
  worthBuying,
} from '../../src/mining/costs/fleet.ts';
import { levelisedCost, levelisedCostUsdPerMwh } from '../../src/mining/costs/levelised.ts';
import {
  allocatePower,
  curtailmentUsdPerMwh,
  lineCapMw,
  nuclearCostUsdPerMwh,
  type PowerUse,
  restartUsd,
  unitsOnline,
} from '../../src/mining/costs/plant.ts';

describe('rates of return', () => {
  it('are all found when there are several', () => {
    // (1.1 v - 1)(1.2 v - 1)(1.5 v - 1) has its roots at v = 1/1.1 ...: flows -1, 3.8, -4.77, 1.98 as powers of v
    const found = irr([-1, 3.8, -4.77, 1.98]);
    expect(found.found).toBe('several');
    expect(found.all).toBe(true);
    for (const [i, rate] of [0.1, 0.2, 0.5].entries()) expect(found.rates[i]).toBeCloseTo(rate, 9);
  });

  it('may not exist, and then it says so', () => {
    expect(irr([100, 50, 20])).toMatchObject({ rates: [], found: 'none', all: true });
    expect(irr([1, -2, 3])).toMatchObject({ rates: [], found: 'none', all: false });
  });

  it('make the present value zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 20 }),
        (flows) => {
          for (const rate of irr(flows).rates.filter((r) => r > -0.5 && r < 10)) {
            const size = npv({ rate, flows: flows.map(Math.abs) });
            expect(Math.abs(npv({ rate, flows }))).toBeLessThanOrEqual(1e-9 * size);
          }
        },
      ),
    );
  });
});

describe('recovering capital', () => {
  it('the level payment is worth the capital', () => {
    const payment = capitalRecoveryFactor({ rate: 0.12, years: 4 });
    expect(npv({ rate: 0.12, flows: [0, payment, payment, payment, payment] })).toBeCloseTo(1, 12);
    expect(capitalRecoveryFactor({ rate: 0, years: 4 })).toBe(0.25);
    expect(discountFactor(0.1, 2)).toBeCloseTo(1 / 1.21, 15);
  });

  it('payback may never come', () => {
    expect(payback({ capitalUsd: 100, cashUsd: [40, 40, 40] })).toBe(2.5);
    expect(payback({ capitalUsd: 100, cashUsd: [40, 20, 10, 5, 2] })).toBe('never');
    expect(payback({ capitalUsd: 0, cashUsd: [1] })).toBe(0);
  });

  it('a levelised cost sold at repays exactly what was spent', () => {
    const at = { rate: 0.1, costUsd: [100, 10, 10, 10], output: [0, 5, 5, 4] };
    const price = levelisedCost(at);
    expect(levelisedCostUsdPerMwh({ rate: at.rate, costUsd: at.costUsd, energyMwh: at.output })).toBe(price);
    expect(npv({ rate: 0.1, flows: at.output.map((q, t) => q * price - at.costUsd[t]) })).toBeCloseTo(0, 10);
    expect(() => levelisedCost({ ...at, output: [0, 0] })).toThrow(/output/);
  });
});

describe('machines', () => {
  const machines = {
    efficiencyJPerTh: 15,
    priceUsdPerTh: 15,
    lifeYears: 4,
    efficiencyProgress: 0.2,
    priceDecline: 0.2,
  };

  it('bought later hash more per MW and cost less per TH', () => {
    const now = buyCohort({ machines, powerMw: 15.75, pue: 1.05, month: 0 });
    expect(now).toMatchObject({ hashRateEhs: 1, costUsd: 15e6, diesMonth: 48 });
    const later = buyCohort({ machines, powerMw: 15.75, pue: 1.05, month: 24 });
    expect(later.hashRateEhs).toBeCloseTo(Math.exp(0.4), 9);
    expect(later.costUsd / later.hashRateEhs).toBeCloseTo(15e6 * Math.exp(-0.4), 3);
  });

  it('arrive in equal parts over the ramp', () => {
    const months = [...Array(20).keys()].map((month) => deliveredMw({ powerMw: 1200, rampMonths: 12, month }));
    expect(months.reduce((a, b) => a + b)).toBeCloseTo(1200, 9);
    expect(months[0]).toBe(100);
    expect(months[12]).toBe(0);
  });

  it('cost more per MWh with interest than written off in a straight line, and the same without', () => {
    const at = { investments: [{ costUsd: 4e6, lifeYears: 4 }], mwhPerYear: 1e5 };
    expect(depreciationUsdPerMwh(at)).toBe(10);
    expect(capitalChargeUsdPerMwh({ ...at, rate: 0 })).toBe(10);
    expect(capitalChargeUsdPerMwh({ ...at, rate: 0.12 })).toBeCloseTo(13.169, 3);
  });

  it('are replaced only while hashprice lets them earn their price', () => {
    const cohort = buyCohort({ machines, powerMw: 15.75, pue: 1.05, month: 0 });
    const at = { cohort, pue: 1.05, hashpriceDecline: 0.2, cashCostUsdPerMwh: 40, uptime: 1, poolFee: 0, rate: 0.12 };
    expect(worthBuying({ ...at, hashpriceUsdPerPhDay: 60 })).toBe(true);
    expect(worthBuying({ ...at, hashpriceUsdPerPhDay: 25 })).toBe(false);
  });
});

describe('the plant', () => {
  const plan = { units: 6, unitMw: 950, firstUnitMonth: 9, monthsBetween: 3, costUsdPerKw: 600 };

  it('restarts unit after unit and pays for each once', () => {
    expect([0, 8, 9, 12, 24, 60].map((month) => unitsOnline(plan, month))).toEqual([0, 0, 1, 2, 6, 6]);
    let total = 0;
    for (let month = 0; month < 60; month++) total += restartUsd(plan, month);
    expect(total).toBe(6 * 950_000 * 600);
    expect(restartUsd({ ...plan, firstUnitMonth: 0 }, 0)).toBe(950_000 * 600);
  });

  const uses: PowerUse[] = [
    { id: 'mining', capMw: 5700, valueUsdPerMwh: 60, leavesSite: false },
    { id: 'agreed_grid', capMw: 600, valueUsdPerMwh: 20, leavesSite: true, agreed: true },
    { id: 'grid_first', capMw: 1600, valueUsdPerMwh: 110, leavesSite: true },
    { id: 'grid_more', capMw: 500, valueUsdPerMwh: 50, leavesSite: true },
    { id: 'export', capMw: 3000, valueUsdPerMwh: 105, leavesSite: true, corridor: 'eu' },
  ];

  it('serves what was agreed, then who pays more than mining, then mining, and never who pays less than fuel', () => {
    const repaired = allocatePower({
      availableMw: 5700,
      lineCapMw: 5300,
      corridorsMw: { eu: 2100 },
      fuelUsdPerMwh: 8,
      uses,
    });
    expect(repaired.served.map(({ id, mw }) => [id, mw])).toEqual([
      ['agreed_grid', 600],
      ['grid_first', 1600],
      ['export', 2100],
      ['mining', 1400],
      ['grid_more', 0],
    ]);
    const dear = allocatePower({ availableMw: 5700, lineCapMw: 0, fuelUsdPerMwh: 70, uses: [uses[0]] });
    expect(dear).toMatchObject({ generatedMw: 0, idleMw: 5700, marginUsdPerHour: 0 });
  });

  it('lets stranded power be mined: lines bind only what leaves the site', () => {
    const cap = lineCapMw({ month: 3, repairedMonth: 18, beforeMw: 1000, afterMw: 5300 });
    const p = allocatePower({ availableMw: 3800, lineCapMw: cap, corridorsMw: { eu: 2100 }, fuelUsdPerMwh: 8, uses });
    expect(p.served.find((s) => s.id === 'mining')?.mw).toBe(2800);
    expect(p.idleMw).toBe(0);
    expect(p.marginUsdPerHour).toBe(600 * 12 + 400 * 102 + 2800 * 52);
  });

  it('never serves more than there is, than the line, or than the corridor', () => {
    const mw = fc.double({ min: 0, max: 6000, noNaN: true });
    fc.assert(
      fc.property(mw, mw, mw, fc.double({ min: 0, max: 120, noNaN: true }), (availableMw, line, eu, fuel) => {
        const p = allocatePower({ availableMw, lineCapMw: line, corridorsMw: { eu }, fuelUsdPerMwh: fuel, uses });
        const of = (keep: (u: PowerUse) => boolean) =>
          p.served.filter((s) => keep(uses.find((u) => u.id === s.id)!)).reduce((t, s) => t + s.mw, 0);
        expect(of(() => true)).toBeLessThanOrEqual(availableMw + 1e-9);
        expect(of((u) => u.leavesSite)).toBeLessThanOrEqual(line + 1e-9);
        expect(of((u) => u.corridor === 'eu')).toBeLessThanOrEqual(eu + 1e-9);
        expect(p.generatedMw + p.idleMw).toBeCloseTo(availableMw, 9);
      }),
    );
  });

  it('average nuclear cost spreads what is fixed; switching off is worth the hours above the netback', () => {
    expect(nuclearCostUsdPerMwh({ fuelUsdPerMwh: 8, fixedUsdPerKwYear: 160, capacityFactor: 0.76 })).toBeCloseTo(
      32.03,
      2,
    );
    expect(curtailmentUsdPerMwh({ gridUsdPerMwh: [20, 60, 200, 40], miningNetbackUsdPerMwh: 50 })).toBe(40);
    expect(() => curtailmentUsdPerMwh({ gridUsdPerMwh: [], miningNetbackUsdPerMwh: 50 })).toThrow(/gridUsdPerMwh/);
  });
});
