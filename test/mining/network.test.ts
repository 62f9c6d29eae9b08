import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleMonth } from '../../src/mining/network/adjustment.ts';
import { blocEquilibrium } from '../../src/mining/network/blocs.ts';
import { difficultyLag } from '../../src/mining/network/difficultyLag.ts';
import { elasticOthers, fixedOthers } from '../../src/mining/network/elastic.ts';
import { afterEntry, entryBarrier } from '../../src/mining/network/entry.ts';
import { largeMinerOptimum } from '../../src/mining/network/largeMiner.ts';
import { monthSolver, solveByNewton } from '../../src/mining/network/monthSolver.ts';
import { clearStack, type Fleet, stackElasticity, stackSupplyEhs } from '../../src/mining/network/stack.ts';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const BASE = {
  potUsdPerDay: 39_440_000,
  othersEhs: 1061,
  ventureEhs: 0,
  calibrationOthersEhs: 1061,
  calibrationHashprice: 39_440_000 / 1061 / 1000,
  efficiencyTrend: 1,
  eps: 1,
  kappa: 0.09,
};

describe('others who do not move', () => {
  it('share the pot with the newcomer by hash rate: 5,700 MW in December 2025 take hashprice from 37.2 to 27.7', () => {
    const { hashpriceUsdPerPhDay } = fixedOthers({ baseHashprice: 37.2, baseEhs: 1061, newEhs: 361.9 });
    expect(hashpriceUsdPerPhDay).toBeCloseTo((37.2 * 1061) / (1061 + 361.9), 9);
    expect(hashpriceUsdPerPhDay).toBeCloseTo(27.7, 1);
  });
});

describe('one month of the network', () => {
  const month = fc.record({
    potUsdPerDay: double(1e5, 1e9),
    othersEhs: double(1, 5000),
    ventureEhs: double(0, 2000),
    calibrationOthersEhs: double(1, 5000),
    calibrationHashprice: double(1, 300),
    efficiencyTrend: double(1, 20),
    eps: double(0, 60),
    kappa: double(0, 1),
  });

  it('exhausts the pot and moves the others by their law', () => {
    fc.assert(
      fc.property(month, (m) => {
        fc.pre(m.kappa < 0.999 || m.ventureEhs > 1);
        const s = settleMonth(m);
        expect((s.hashpriceUsdPerPhDay * s.totalEhs * 1000) / m.potUsdPerDay).toBeCloseTo(1, 12);
        const target =
          m.calibrationOthersEhs *
          m.efficiencyTrend *
          Math.exp(m.eps * Math.log((s.hashpriceUsdPerPhDay * m.efficiencyTrend) / m.calibrationHashprice));
        // A target beyond all doubles says nothing about the law.
        fc.pre(Number.isFinite(target));
        const law = (1 - m.kappa) * m.othersEhs + m.kappa * target;
        expect(Math.abs(s.othersEhs - law) / s.totalEhs).toBeLessThan(1e-9);
      }),
    );
  });

  it('stands still where it was calibrated', () => {
    for (const eps of [0, 0.5, 1, 4, 50, Infinity]) {
      const s = settleMonth({ ...BASE, eps });
      expect(s.hashpriceUsdPerPhDay).toBeCloseTo(BASE.calibrationHashprice, 9);
      expect(s.othersEhs).toBeCloseTo(1061, 6);
    }
  });

  it('a larger pot never lowers hashprice, a larger venture never raises it', () => {
    fc.assert(
      fc.property(month, double(1.01, 5), (m, factor) => {
        const price = (more: Partial<typeof m>) => settleMonth({ ...m, ...more }).hashpriceUsdPerPhDay;
        expect(price({ potUsdPerDay: m.potUsdPerDay * factor })).toBeGreaterThan(price({}));
        expect(price({ ventureEhs: m.ventureEhs * factor + 1 })).toBeLessThan(price({}));
      }),
    );
  });

  it('with full adjustment and no trend is the elastic answer, and price taking at infinite elasticity', () => {
    for (const eps of [0, 1, 4, 30, Infinity]) {
      const s = settleMonth({ ...BASE, ventureEhs: 362, eps, kappa: 1 });
      const e = elasticOthers({ baseHashprice: BASE.calibrationHashprice, baseEhs: 1061, newEhs: 362, eps });
      expect(s.hashpriceUsdPerPhDay).toBeCloseTo(e.hashpriceUsdPerPhDay, 9);
    }
  });

  it('does not oscillate at high elasticity', () => {
    let othersEhs = 1061;
    let last = Infinity;
    for (let i = 0; i < 60; i++) {
      const s = settleMonth({ ...BASE, othersEhs, ventureEhs: 362, eps: 40 });
      expect(s.othersEhs).toBeLessThanOrEqual(last);
      last = othersEhs = s.othersEhs;
    }
  });
});

describe('the tabulated solver', () => {
  it.each([0, 0.01, 0.05, 0.5, 1, 2.5, 4, 20, 150, 400, 3000])('solves elasticity %d to 1e-12', (eps) => {
    const solver = monthSolver(eps);
    fc.assert(
      fc.property(
        double(-5, 25),
        double(-10, 15),
        double(-30, 15),
        double(-3, 6),
        (pot, staying, adjusting, anchor) => {
          const y = solver.logHashprice(pot, staying, adjusting, anchor);
          expect(Math.abs(y - solveByNewton(eps, pot, staying, adjusting, anchor))).toBeLessThan(
            1e-12 * (1 + 1 / (eps + 0.05)),
          );
          // independent residual: ln of what must equal the pot
          const a = staying;
          const b = adjusting + eps * (y - anchor);
          const total = Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
          expect(Math.abs(y + total - pot)).toBeLessThan(1e-11 * (1 + eps));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('knows its corners', () => {
    for (const eps of [0, 1, 30, 1000]) {
      expect(monthSolver(eps).logHashprice(3, 1, -Infinity, 2)).toBeCloseTo(2, 12);
      expect(monthSolver(eps).logHashprice(3, -Infinity, 1, 2)).toBeCloseTo((2 + eps * 2) / (1 + eps), 12);
    }
    expect(monthSolver(Infinity).logHashprice(10, 1, 5, 2)).toBe(2);
    expect(monthSolver(Infinity).logHashprice(2.5, 1, 5, 2)).toBe(1.5);
    expect(() => monthSolver(-1)).toThrow(/eps is -1/);
    expect(() => monthSolver(Number.NaN)).toThrow(/eps/);
  });
});

describe('the fleet stack', () => {
  const fleet = (id: string, hashRateEhs: number, efficiencyJPerTh: number, costUsdPerMwh: number): Fleet => ({
    id,
    hashRateEhs,
    efficiencyJPerTh,
    costUsdPerMwh,
    pue: 1,
  });
  const fleets = [fleet('old', 300, 34, 50), fleet('new', 400, 15, 50), fleet('middle', 400, 24, 50)];

  it('names the marginal fleet and runs it in part at its break-even', () => {
    // break-evens: new 18, middle 28.8, old 40.8 $/PH/day
    const clearing = clearStack({ fleets, potUsdPerDay: 20e6 });
    expect(clearing.marginal).toBe('middle');
    expect(clearing.hashpriceUsdPerPhDay).toBeCloseTo(28.8, 12);
    expect(clearing.totalEhs).toBeCloseTo(20e3 / 28.8, 9);
    expect(clearing.fleets.map((f) => f.id)).toEqual(['new', 'middle', 'old']);
    expect(clearing.fleets[2].running).toBe(0);
  });

  it('clears any pot, with nobody running below break-even and nobody idle above it', () => {
    const any = fc.array(fc.tuple(double(1, 500), double(9, 60), double(1, 120)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(any, double(1e5, 1e8), (parts, potUsdPerDay) => {
        const stack = parts.map(([ehs, jth, cost], i) => fleet(`f${i}`, ehs, jth, cost));
        const c = clearStack({ fleets: stack, potUsdPerDay });
        expect((c.hashpriceUsdPerPhDay * c.totalEhs * 1000) / potUsdPerDay).toBeCloseTo(1, 9);
        for (const f of c.fleets) {
          if (f.running > 0) expect(f.breakEvenHashprice).toBeLessThanOrEqual(c.hashpriceUsdPerPhDay * (1 + 1e-12));
          if (f.running < 1) expect(f.breakEvenHashprice).toBeGreaterThanOrEqual(c.hashpriceUsdPerPhDay * (1 - 1e-12));
        }
      }),
    );
  });

  it('has an elasticity of its own: zero between steps, large across one', () => {
    expect(stackSupplyEhs(fleets, 35)).toBe(800);
    expect(stackElasticity(fleets, 35)).toBe(0);
    expect(stackElasticity(fleets, 28.8)).toBeCloseTo(Math.log(2) / Math.log(1.1 / 0.9), 9);
    expect(stackElasticity(fleets, 10)).toBeNaN();
  });
});

describe('entry that cannot be undone', () => {
  const terms = { costUsdPerTh: 24.6, discountRate: 0.12, potDrift: 0, potVolatility: 0.5, progress: 0.35 };

  it('waits for more revenue the more uncertain the pot, and tends to the certain-case cost without volatility', () => {
    const barrier = (potVolatility: number) => entryBarrier({ ...terms, potVolatility }).barrierUsdPerThYear;
    expect(barrier(0.8)).toBeGreaterThan(barrier(0.5));
    // sigma -> 0: revenue falls at rate a while the machine lives for ever, so I = p / (r + a)
    expect(barrier(1e-4)).toBeCloseTo(24.6 * (0.12 + 0.35), 5);
  });

  it('only ever adds hash rate', () => {
    const barrier = entryBarrier(terms);
    const at = { hashRateEhs: 1000, barrier, progress: 0.35, years: 0 };
    expect(afterEntry({ ...at, potUsdPerDay: 1e6 })).toBe(1000);
    expect(afterEntry({ ...at, potUsdPerDay: 1e8 })).toBeCloseTo(1e8 / 1000 / barrier.barrierUsdPerPhDay, 9);
  });

  it('refuses a pot that outgrows the discount rate', () => {
    expect(() => entryBarrier({ ...terms, potDrift: 0.12 })).toThrow(/potDrift/);
  });
});

describe('one large miner', () => {
  // December 2025: 15 $/TH over 4 years, 15 J/TH at PUE 1.05, per EH and day
  const decision = (powerUsdPerMwh: number, ownHashRate = 0) => {
    const operating = 15.75 * 24 * powerUsdPerMwh;
    const at = {
      networkHashRate: 1061,
      pot: 39.46e6,
      unitOperatingCost: operating,
      unitCost: 15e6 / (4 * 365) + operating,
    };
    return largeMinerOptimum({ ...at, ownHashRate });
  };

  it('adds 396 EH/s at 25 $/MWh, 178 at 45, nothing at 100', () => {
    expect(decision(25).addition.toFixed(0)).toBe('396');
    expect(((decision(25).addition * 15.75) / 1000).toFixed(1)).toBe('6.2');
    expect(decision(45).addition.toFixed(0)).toBe('178');
    expect(decision(100).addition).toBe(0);
  });

  it('adds less when it already owns a part of the network, and no nearby size earns more', () => {
    expect(decision(25, 150).addition).toBeLessThan(decision(25).addition);
    const best = decision(25, 150);
    const operating = 15.75 * 24 * 25;
    const gain = (x: number) =>
      ((150 + x) * 39.46e6) / (1061 + x) - (150 * 39.46e6) / 1061 - x * (15e6 / 1460 + operating);
    expect(best.profit).toBeCloseTo(gain(best.addition), 3);
    for (const d of [-20, -1, 1, 20]) expect(gain(best.addition + d)).toBeLessThan(best.profit);
  });
});

describe('strategic blocs', () => {
  it('leave nobody wishing to move alone', () => {
    const costs = fc.array(double(0.5, 5), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(costs, double(1, 1e6), (unitCosts, pot) => {
        const e = blocEquilibrium({ pot, blocs: unitCosts.map((unitCost, i) => ({ id: `b${i}`, unitCost })) });
        expect(e.blocs.reduce((s, b) => s + b.share, 0)).toBeCloseTo(1, 9);
        for (const [i, bloc] of e.blocs.entries()) {
          const rest = e.totalHashRate - bloc.hashRate;
          const profit = (x: number) => (pot * x) / (rest + x) - unitCosts[i] * x;
          expect(bloc.profit).toBeGreaterThanOrEqual(-1e-9 * pot);
          for (const x of [0, bloc.hashRate * 0.9, bloc.hashRate * 1.1, e.totalHashRate * 0.01])
            expect(profit(x)).toBeLessThanOrEqual(bloc.profit + 1e-9 * pot);
        }
      }),
    );
  });

  it('drop the bloc that is too dear, whatever the order', () => {
    const e = blocEquilibrium({
      pot: 100,
      blocs: [
        { id: 'dear', unitCost: 9 },
        { id: 'cheap', unitCost: 1 },
        { id: 'fair', unitCost: 1.5 },
      ],
    });
    expect(e.blocs[0]).toEqual({ id: 'dear', hashRate: 0, share: 0, profit: 0 });
    expect(e.totalHashRate).toBeCloseTo(100 / 2.5, 12);
    expect(() => blocEquilibrium({ pot: 1, blocs: [{ id: 'alone', unitCost: 1 }] })).toThrow(/blocs/);
  });
});

describe('difficulty lag', () => {
  it('a jump by 1.34 is paid as before for 10.4 days, then difficulty catches up', () => {
    const periods = difficultyLag({ hashRateFactor: 1.34 });
    expect(periods[0].days).toBeCloseTo(14 / 1.34, 9);
    expect(periods[0].blocksPerDay).toBeCloseTo(144 * 1.34, 9);
    expect(periods[1].difficultyFactor).toBeCloseTo(1.34, 9);
    expect(periods).toHaveLength(2);
  });

  it('a jump by ten takes two retargets, each at most a factor of four', () => {
    const factors = difficultyLag({ hashRateFactor: 10 }).map((p) => p.difficultyFactor);
    expect(factors[1]).toBe(4);
    expect(factors[2]).toBeCloseTo(10, 9);
  });

  it('half a period already done dilutes the first retarget', () => {
    const [first, second] = difficultyLag({ hashRateFactor: 2, blocksDone: 1008 });
    expect(first.days).toBeCloseTo(3.5, 9);
    expect(second.difficultyFactor).toBeCloseTo(14 / 10.5, 9);
  });
});
