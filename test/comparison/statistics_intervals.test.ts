import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bca, bootstrap, percentile } from '../../src/comparison/statistics/bootstrap.ts';
import { contrasts } from '../../src/comparison/statistics/contrast.ts';
import { holm } from '../../src/comparison/statistics/holm.ts';
import { derivePanel, makePanel, type Panel } from '../../src/comparison/statistics/panel.ts';
import { ranking, ranksOf } from '../../src/comparison/statistics/ranking.ts';
import { simultaneous } from '../../src/comparison/statistics/simultaneous.ts';
import { below, bits, uniform } from '../../src/comparison/statistics/uniform.ts';
import { wilson } from '../../src/comparison/statistics/wilson.ts';
import { normalInv } from '../../src/domain/arith.ts';

const normal = (seed: number, a: number, b = 0, c = 0) => normalInv(uniform(seed, a, b, c) || 0.5);

/** Columns of `mean` + scenario effect + repetition effect, every column with noise of its own. */
const simulated = (
  columns: number,
  scenarios: number,
  repetitions: number,
  between: number,
  within: number,
  seed: number,
): Panel =>
  makePanel(
    Array.from({ length: columns }, (_, c) => `c${c}`),
    Array.from({ length: scenarios }, (_, k) => ({
      id: `s${String(k).padStart(3, '0')}`,
      repetitions,
      values: Float64Array.from({ length: columns * repetitions }, (_, at) => {
        const c = Math.floor(at / repetitions);
        return 5 + between * normal(seed, c, k, 999) + within * normal(seed, c, k, at % repetitions);
      }),
    })),
  );

describe('counter-based chance', () => {
  test('neighbouring seeds and counters share no pattern: means, lags and buckets are those of chance', () => {
    const n = 20_000;
    for (const draw of [
      (k: number) => uniform(1, k),
      (k: number) => uniform(k, 1),
      (k: number) => uniform(3, 4, k, 0),
    ]) {
      let sum = 0;
      let lag = 0;
      const buckets = new Float64Array(64);
      for (let k = 0; k < n; k++) {
        sum += draw(k);
        lag += (draw(k) - 0.5) * (draw(k + 1) - 0.5);
        buckets[Math.floor(draw(k) * 64)]++;
      }
      expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
      expect(Math.abs(lag / n)).toBeLessThan(4 / 12 / Math.sqrt(n));
      const chi = buckets.reduce((total, x) => total + ((x - n / 64) * (x - n / 64)) / (n / 64), 0);
      expect(chi).toBeLessThan(63 + 4 * Math.sqrt(126));
    }
    expect(bits(1, 2, 3, 4)).toBe(bits(1, 2, 3, 4));
    for (let k = 0; k < 100; k++) expect(below(3, 9, k)).toBeLessThan(3);
  });
});

describe('Wilson intervals', () => {
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i is (%f, %f) (Newcombe 1998, table I)', (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('all of n mirrors none of n, and no trials are refused', () => {
    expect(wilson(20, 20).low).toBeCloseTo(1 - wilson(0, 20).high, 12);
    expect(wilson(20, 20).high).toBe(1);
    expect(() => wilson(0, 0)).toThrow(/no proportion/);
  });
});

describe('cluster bootstrap', () => {
  test('95 % intervals of a known tensor cover the truth in 93 to 97 % of 1,000 cells', () => {
    const panel = simulated(1000, 30, 4, 1, 0.6, 11);
    const b = bootstrap(panel, { resamples: 1000, seed: 5 });
    for (const kind of [percentile, bca]) {
      let covered = 0;
      for (let c = 0; c < 1000; c++) {
        const { low, high } = kind(b, c);
        if (low <= 5 && 5 <= high) covered++;
      }
      expect(covered / 1000, kind.name).toBeGreaterThan(0.93);
      expect(covered / 1000, kind.name).toBeLessThan(0.97);
    }
  });

  test('a bootstrap that forgot the scenarios would not cover: the alarm rings', () => {
    const panel = simulated(300, 30, 4, 1, 0.6, 11);
    const b = bootstrap(panel, { resamples: 1000, seed: 5, stages: 'repetitions' });
    let covered = 0;
    for (let c = 0; c < 300; c++) if (percentile(b, c).low <= 5 && 5 <= percentile(b, c).high) covered++;
    expect(covered / 300).toBeLessThan(0.8);
  });

  test('the standard error is the known one: s / sqrt(n) of scenario means', () => {
    const panel = simulated(1, 60, 1, 1, 0, 3);
    const b = bootstrap(panel, { resamples: 4000, seed: 2 });
    const { standardError } = simultaneous(b.estimates, b.replicates);
    const values = panel.clusters.map((c) => c.values[0]);
    const mean = values.reduce((x, y) => x + y, 0) / 60;
    const known = Math.sqrt(values.reduce((total, x) => total + (x - mean) * (x - mean), 0) / 60 / 60);
    expect(Math.abs(standardError[0] / known - 1)).toBeLessThan(0.05);
  });

  test('BCa shifts towards the long tail of a skewed sample', () => {
    const skewed = makePanel(
      ['x'],
      Array.from({ length: 40 }, (_, k) => ({
        id: `${100 + k}`,
        repetitions: 1,
        values: Float64Array.of(-Math.log(1 - uniform(8, k))),
      })),
    );
    const b = bootstrap(skewed, { resamples: 4000 });
    expect(bca(b, 0).high).toBeGreaterThan(percentile(b, 0).high);
    expect(bca(b, 0).low).toBeGreaterThan(percentile(b, 0).low);
  });

  test('neither the order in which scenarios finished nor the number of columns moves a draw', () => {
    const panel = simulated(4, 12, 3, 1, 1, 7);
    const shuffled = makePanel(panel.columns, panel.clusters.toReversed());
    expect(bootstrap(shuffled, { resamples: 1000 }).replicates).toEqual(
      bootstrap(panel, { resamples: 1000 }).replicates,
    );
    const first = derivePanel(panel, ['c0'], (row, out) => {
      out[0] = row[0];
    });
    const alone = bootstrap(first, { resamples: 1000 });
    expect(bca(alone, 0)).toEqual(bca(bootstrap(panel, { resamples: 1000 }), 0));
  });

  test('one scenario, few scenarios, few resamples and no variance are said', () => {
    const still = makePanel(['x'], [{ id: 'a', repetitions: 3, values: Float64Array.of(2, 2, 2) }]);
    const b = bootstrap(still, { resamples: 100 });
    const { low, high, warnings } = bca(b, 0);
    expect([low, high]).toEqual([2, 2]);
    expect(warnings.join('; ')).toMatch(/100 resamples.*one scenario.*no variance/);
    expect(bootstrap(simulated(1, 5, 2, 1, 1, 1)).warnings.join()).toMatch(/only 5 scenarios/);
  });

  test('missing cells, doubled scenarios and values that are no numbers are refused', () => {
    const cluster = (values: number[]) => ({ id: 'a', repetitions: 2, values: Float64Array.from(values) });
    expect(() => makePanel(['x', 'y'], [cluster([1, 2, 3])])).toThrow(/misses cells/);
    expect(() => makePanel(['x'], [cluster([1, NaN])])).toThrow(/no number/);
    expect(() => makePanel(['x'], [cluster([1, 2]), cluster([1, 2])])).toThrow(/twice/);
    expect(() => makePanel(['x'], [])).toThrow(/no scenario/);
  });
});

describe('paired differences', () => {
  /** Three strategies with shared scenario noise; b is a + 0.2, c is a + noise of its own. */
  const shared = makePanel(
    ['a', 'b', 'c'],
    Array.from({ length: 25 }, (_, k) => {
      const a = 10 * normal(21, k);
      return {
        id: `${100 + k}`,
        repetitions: 1,
        values: Float64Array.of(a, a + 0.2 + 0.05 * normal(22, k), a + normal(23, k)),
      };
    }),
  );

  test('noise that both sides share cancels: a tiny lead is certain, though the scores overlap widely', () => {
    const [ab, ac] = contrasts(shared, { resamples: 2000 });
    expect(ab.difference).toBeCloseTo(-0.2, 1);
    expect(ab.bca.high).toBeLessThan(0);
    expect(ab.p).toBeLessThan(0.001);
    expect(ab.adjustedP).toBeGreaterThanOrEqual(ab.p);
    expect(ac.p).toBeGreaterThan(0.05);
    const alone = percentile(bootstrap(shared), 0);
    expect(alone.high - alone.low).toBeGreaterThan(4);
  });

  test('a strategy against itself has p = 1', () => {
    expect(contrasts(shared, {}, [[0, 0]])[0].p).toBe(1);
  });

  test('under the hypothesis p-values are spread evenly', () => {
    const panel = simulated(400, 30, 1, 1, 0, 31);
    const differences = contrasts(
      panel,
      { resamples: 1000 },
      Array.from({ length: 200 }, (_, i) => [2 * i, 2 * i + 1] as const),
    );
    const below10 = differences.filter((d) => d.p < 0.1).length;
    expect(below10).toBeGreaterThan(8);
    expect(below10).toBeLessThan(36);
  });

  test("Holm's correction: the worked example 0.01, 0.04, 0.03, 0.005", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => +p.toFixed(12))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  test('Holm never lowers a p-value, keeps their order, and is no stricter than Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, ps.length * p) + 1e-15);
          ps.forEach((q, j) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]);
          });
        });
      }),
    );
  });
});

describe('many intervals at once', () => {
  test('max-t intervals cover ten columns together as often as they say, where single ones do not', () => {
    // Each trial is a block of ten columns of one wide panel; blocks share resampled rows but no data.
    const trials = 200;
    const b = bootstrap(simulated(10 * trials, 100, 1, 1, 0, 77), { resamples: 400, stages: 'scenarios' });
    let together = 0;
    let singly = 0;
    for (let k = 0; k < trials; k++) {
      const block = new Float64Array(400 * 10);
      for (let r = 0; r < 400; r++)
        block.set(b.replicates.subarray(r * 10 * trials + 10 * k, r * 10 * trials + 10 * k + 10), r * 10);
      const { low, high } = simultaneous(b.estimates.slice(10 * k, 10 * k + 10), block);
      if (low.every((x, c) => x <= 5 && 5 <= high[c])) together++;
      const alone = Array.from({ length: 10 }, (_, c) => percentile(b, 10 * k + c));
      if (alone.every((one) => one.low <= 5 && 5 <= one.high)) singly++;
    }
    expect(together / trials).toBeGreaterThan(0.91);
    expect(together / trials).toBeLessThan(0.985);
    expect(singly / trials).toBeLessThan(0.75);
  });

  test('columns that move as one cost nothing extra', () => {
    const one = simulated(1, 40, 1, 1, 0, 4);
    const copies = derivePanel(one, ['a', 'b', 'c'], (row, out) => {
      out.fill(row[0]);
    });
    const width = (panel: Panel) => {
      const b = bootstrap(panel, { resamples: 1000 });
      return simultaneous(b.estimates, b.replicates).critical;
    };
    expect(width(copies)).toBe(width(one));
  });
});

describe('ranking', () => {
  test('a clear winner is first in every resample, close rivals share the next ranks', () => {
    const panel = makePanel(
      ['hardliner', 'boulware', 'conceder', 'micro'],
      Array.from({ length: 20 }, (_, k) => ({
        id: `${100 + k}`,
        repetitions: 1,
        values: Float64Array.of(normal(41, k), 5 + 0.1 * normal(42, k), normal(43, k), -9 + normal(44, k)),
      })),
    );
    const { ranked } = ranking(bootstrap(panel));
    expect(ranked.map((r) => r.name)[0]).toBe('boulware');
    expect([ranked[0].low, ranked[0].high]).toEqual([1, 1]);
    expect([ranked[1].low, ranked[1].high, ranked[2].low, ranked[2].high]).toEqual([2, 3, 2, 3]);
    expect(ranked[3].share[3]).toBeCloseTo(1, 12);
  });

  test('equal scores share the better rank', () => {
    expect(ranksOf([3, 5, 3, 1])).toEqual([2, 1, 2, 4]);
  });
});
