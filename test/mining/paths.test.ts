import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/mining/paths/estimate.ts';
import { fanOf } from '../../src/mining/paths/fan.ts';
import { parseMonthlyCloses } from '../../src/mining/paths/history.ts';
import { gbm, logReturns, momentsOf, PROCESS_PRESETS, zeroVolatility } from '../../src/mining/paths/process.ts';
import { type PricePaths, samplePaths } from '../../src/mining/paths/sample.ts';
import { pathKey, uniform, uniformOf } from '../../src/mining/paths/uniform.ts';

const column = (paths: PricePaths, month: number, of: (log: number) => number) =>
  Float64Array.from({ length: paths.paths }, (_, p) => of(paths.log[p * paths.months + month]));

describe('uniform numbers from counters', () => {
  it('are spread evenly over a thousand cells, along every coordinate', () => {
    const sources: ((i: number) => number)[] = [
      (i) => uniform(i, 0, 0, 0),
      (i) => uniform(7, i, 3, 1),
      (i) => uniformOf(pathKey(7, 5), i, 0),
      (i) => uniformOf(pathKey(7, i >> 2), 9, i & 3),
    ];
    for (const source of sources) {
      const cells = new Float64Array(1000);
      const n = 200_000;
      for (let i = 0; i < n; i++) cells[Math.floor(source(i) * 1000)]++;
      const chi = cells.reduce((total, count) => total + (count - n / 1000) ** 2 / (n / 1000), 0);
      expect(Math.abs(chi - 999) / Math.sqrt(2 * 999)).toBeLessThan(4); // chi-square, 999 degrees of freedom
    }
  });

  it('do not correlate between neighbouring seeds, paths, months or draws', () => {
    const base = (i: number) => uniform(11, i, 4, 0) - 0.5;
    const others = [
      (i: number) => uniform(12, i, 4, 0) - 0.5,
      (i: number) => uniform(11, i + 1, 4, 0) - 0.5,
      (i: number) => uniform(11, i, 5, 0) - 0.5,
      (i: number) => uniform(11, i, 4, 1) - 0.5,
    ];
    const n = 100_000;
    for (const other of others) {
      let product = 0;
      for (let i = 0; i < n; i++) product += base(i) * other(i) * 12;
      expect(Math.abs(product / n)).toBeLessThan(4 / Math.sqrt(n));
    }
  });

  it('stay strictly inside (0, 1) and depend on nothing but their coordinates', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(), fc.nat(1199), fc.nat(3), (seed, path, month, draw) => {
        const u = uniform(seed, path, month, draw);
        return u > 0 && u < 1 && u === uniformOf(pathKey(seed, path), month, draw);
      }),
    );
  });
});

describe('price paths', () => {
  it('have the closed-form moments of their law at one and at five years', () => {
    const processes = [gbm(0.08, 0.5), ...PROCESS_PRESETS.map((p) => p.process)];
    for (const process of processes) {
      const paths = samplePaths(process, 80_000, { seed: 3, paths: 10_000, months: 60 });
      for (const month of [11, 59]) {
        const law = momentsOf(process, (month + 1) / 12);
        const level = estimate(
          column(paths, month, (l) => Math.exp(l) / 80_000),
          paths.group,
        );
        expect(Math.abs(level.mean - law.mean)).toBeLessThan(4.5 * level.standardError);
        const log = column(paths, month, (l) => l - Math.log(80_000));
        expect(Math.abs(estimate(log).mean - law.logMean)).toBeLessThan(4 * Math.sqrt(law.logVariance / 5000));
        const squares = estimate(
          log.map((x) => (x - law.logMean) ** 2),
          paths.group,
        );
        expect(Math.abs(squares.mean - law.logVariance)).toBeLessThan(4.5 * squares.standardError);
      }
    }
  });

  it('have the fat tails that the jumps put into a month', () => {
    const process = {
      kind: 'merton',
      drift: 0,
      volatility: 0.2,
      jumpsPerYear: 2,
      jumpMean: -0.05,
      jumpSd: 0.2,
    } as const;
    const paths = samplePaths(process, 1, { seed: 5, paths: 200_000, months: 1 });
    const law = momentsOf(process, 1 / 12);
    const fourth = estimate(
      column(paths, 0, (l) => (l - law.logMean) ** 4),
      paths.group,
    );
    const expected = (law.logExcessKurtosis + 3) * law.logVariance ** 2;
    expect(law.logExcessKurtosis).toBeGreaterThan(5);
    expect(Math.abs(fourth.mean - expected)).toBeLessThan(4.5 * fourth.standardError);
  });

  it('are common random numbers: path 7 is the same whether 10 or 1,000 are drawn, for 12 months or 240', () => {
    const process = PROCESS_PRESETS[0].process;
    const few = samplePaths(process, 50_000, { seed: 9, paths: 10, months: 12 });
    const many = samplePaths(process, 50_000, { seed: 9, paths: 1000, months: 240 });
    for (let m = 0; m < 12; m++) expect(few.log[7 * 12 + m]).toBe(many.log[7 * 240 + m]);
  });

  it('mirror each other in antithetic pairs around the drift and the jump times', () => {
    const paths = samplePaths(gbm(0.06, 0.4), 100, { seed: 1, paths: 20, months: 24 });
    const drift = (0.06 - 0.08) / 12;
    for (let j = 0; j < 10; j++)
      for (let m = 0; m < 24; m++) {
        const middle = (paths.log[2 * j * 24 + m] + paths.log[(2 * j + 1) * 24 + m]) / 2;
        expect(middle).toBeCloseTo(Math.log(100) + drift * (m + 1), 12);
      }
  });

  it('give standard errors that shrink as one over the square root of N', () => {
    const process = PROCESS_PRESETS[0].process;
    // averaged over seeds: the error of the error is large where pairs average to a fat-tailed quantity
    const errorOf = (n: number) => {
      let total = 0;
      for (let seed = 0; seed < 6; seed++) {
        const paths = samplePaths(process, 1, { seed, paths: n, months: 12 });
        total += estimate(
          column(paths, 11, (l) => Math.exp(l)),
          2,
        ).standardError;
      }
      return total;
    };
    expect(errorOf(16_000) / errorOf(1000)).toBeGreaterThan(0.25 * 0.8);
    expect(errorOf(16_000) / errorOf(1000)).toBeLessThan(0.25 * 1.25);
  });

  it('report errors of antithetic means that cover the truth as often as promised', () => {
    let covered = 0;
    const process = gbm(0.05, 0.6);
    const truth = momentsOf(process, 1).mean;
    for (let seed = 0; seed < 400; seed++) {
      const paths = samplePaths(process, 1, { seed, paths: 200, months: 12 });
      const { mean, standardError } = estimate(
        column(paths, 11, (l) => Math.exp(l)),
        paths.group,
      );
      if (Math.abs(mean - truth) < 1.96 * standardError) covered++;
    }
    expect(covered).toBeGreaterThan(400 * 0.89);
    expect(covered).toBeLessThan(400 * 0.985);
  });

  it('are one certain path at zero volatility and for a fixed path', () => {
    const calm = samplePaths(zeroVolatility(0.12), 1000, { seed: 1, paths: 500, months: 24 });
    expect(calm.paths).toBe(1);
    expect(Math.exp(calm.log[11])).toBeCloseTo(1000 * Math.exp(0.12), 8);
    const fixed = samplePaths({ kind: 'fixed', pricesUsd: [10, 20] }, 1, { seed: 1, paths: 5, months: 4 });
    expect([...fixed.log].map((l) => Math.round(Math.exp(l)))).toEqual([10, 20, 20, 20]);
  });

  it('draw a fan whose median and outer quantiles are those of the lognormal law', () => {
    const fan = fanOf(samplePaths(gbm(0.05, 0.5), 1000, { seed: 8, paths: 40_000, months: 12 }), [0.05, 0.5, 0.95]);
    const at = (z: number) => 1000 * Math.exp(0.05 - 0.125 + 0.5 * z);
    expect(fan.usd[0][11] / at(-1.6449)).toBeCloseTo(1, 1);
    expect(fan.usd[1][11] / at(0)).toBeCloseTo(1, 1);
    expect(fan.usd[2][11] / at(1.6449)).toBeCloseTo(1, 1);
    expect(fan.usd[0][11]).toBeLessThan(fan.usd[1][11]);
  });

  it('refuse impossible processes by the name of the field', () => {
    const options = { seed: 1, paths: 2, months: 2 };
    expect(() => samplePaths(gbm(0, -0.1), 1, options)).toThrow(/price\.volatility/);
    expect(() => samplePaths(gbm(Number.NaN, 0.1), 1, options)).toThrow(/price\.drift/);
    expect(() => samplePaths(gbm(0, 0.1), 0, options)).toThrow(/priceUsd/);
    expect(() => samplePaths(gbm(0, 0.1), 1, { ...options, months: 0 })).toThrow(/months/);
    expect(() => samplePaths({ kind: 'fixed', pricesUsd: [] }, 1, options)).toThrow(/pricesUsd/);
  });
});

describe('price history brought by the user', () => {
  const csv = 'month,close\n2024-01,42000\n2024-02,61000\n2024-03,71000\n2024-04,60000\n';

  it('is read from columns month and close and replayed as windows of returns', () => {
    const closes = parseMonthlyCloses(csv);
    expect(closes[1]).toEqual({ month: '2024-02', close: 61000 });
    const closesUsd = closes.map((c) => c.close);
    const paths = samplePaths({ kind: 'historical', closesUsd }, 100, { seed: 1, paths: 10, months: 2 });
    expect(paths.paths).toBe(2);
    expect(Math.exp(paths.log[0])).toBeCloseTo((100 * 61) / 42, 9);
    expect(Math.exp(paths.log[3])).toBeCloseTo((100 * 60) / 61, 9);
    expect(paths.overlapping).toBe(true);
  });

  it('is refused with the line when a month is missing, a price is not one, or a column is absent', () => {
    expect(() => parseMonthlyCloses('month,close\n2024-01,1\n2024-03,2\n')).toThrow(/line 3.*2024-01/);
    expect(() => parseMonthlyCloses('month,close\n2024-01,1\n2024-02,-2\n')).toThrow(/csv\.close, line 3/);
    expect(() => parseMonthlyCloses('date,close\n2024-01,1\n')).toThrow(/month and close/);
    expect(() => parseMonthlyCloses('')).toThrow(/csv/);
  });

  const file = '../shared/data/mining/btc_price_month_end.csv';
  it.skipIf(!existsSync(file))('from 2016 to 2025 has about the volatility that the preset was fitted to', () => {
    const text = readFileSync(file, 'utf8').replace(/^[^\n]*/, (h) =>
      h.replace(/^date\b/, 'month').replace(/,[^,\n]*(price|usd|close)[^,\n]*/i, ',close'),
    );
    const closes = parseMonthlyCloses(text).filter((c) => c.month >= '2015-12' && c.month <= '2025-12');
    const returns = logReturns(closes.map((c) => c.close));
    const { mean } = estimate(returns);
    const yearly = Math.sqrt((12 * returns.reduce((s, r) => s + (r - mean) ** 2, 0)) / (returns.length - 1));
    const fitted = Math.sqrt(momentsOf(PROCESS_PRESETS[1].process, 1).logVariance);
    expect(yearly / fitted).toBeGreaterThan(0.75);
    expect(yearly / fitted).toBeLessThan(1.35);
  });
});
