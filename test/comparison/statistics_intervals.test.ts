import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bca, bootstrap, meanInterval, percentile } from '../../src/comparison/statistics/bootstrap.ts';
import { clusteredRate } from '../../src/comparison/statistics/clustered_rate.ts';
import { contrasts } from '../../src/comparison/statistics/contrast.ts';
import { holm } from '../../src/comparison/statistics/holm.ts';
import { derivePanel, makePanel, type Panel } from '../../src/comparison/statistics/panel.ts';
import { ranking, ranksOf } from '../../src/comparison/statistics/ranking.ts';
import { signFlips } from '../../src/comparison/statistics/sign_flip.ts';
import { simultaneous } from '../../src/comparison/statistics/simultaneous.ts';
import { studentInv } from '../../src/comparison/statistics/student.ts';
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

describe('few independent units', () => {
  /** Each column of one panel is a trial of its own. */
  const trials = (n: number, many: number) => simulated(many, n, 1, 1, 0, 100 + n);

  test.each([2, 3, 5, 12, 20, 40])('intervals from %i units cover in 93 to 97 of 100 trials', (n) => {
    const many = 1500;
    const b = bootstrap(trials(n, many), { resamples: n < 30 ? 1 : 1000, seed: 3 });
    let covered = 0;
    for (let c = 0; c < many; c++) {
      const { low, high } = meanInterval(b, c);
      if (low <= 5 && 5 <= high) covered++;
    }
    expect(covered / many).toBeGreaterThan(0.93);
    expect(covered / many).toBeLessThan(0.97);
  });

  test('percentile intervals from 5 units do not cover: the alarm rings', () => {
    const b = bootstrap(trials(5, 300), { resamples: 1000 });
    let covered = 0;
    for (let c = 0; c < 300; c++) if (percentile(b, c).low <= 5 && 5 <= percentile(b, c).high) covered++;
    expect(covered / 300).toBeLessThan(0.9);
  });

  test.each([2, 3, 5, 8, 12, 20])(
    'a true null over %i units is rejected in 5 of 100 trials at most, give or take luck',
    (n) => {
      const many = n > 15 ? 200 : 600;
      const pairs = Array.from({ length: many }, (_, i) => [2 * i, 2 * i + 1] as const);
      const { ps, smallest } = signFlips(trials(n, 2 * many), pairs);
      const rejected = ps.filter((p) => p !== null && p < 0.05).length / many;
      expect(rejected).toBeLessThan(0.08);
      if (n < 6) expect(rejected).toBe(0);
      else expect(rejected).toBeGreaterThan(0.02);
      if (n <= 15) expect(smallest).toBe(2 ** -(n - 1));
    },
  );

  test('sign flips count what can be counted by hand', () => {
    const panel = makePanel(['a', 'b'], [{ id: 'one', repetitions: 3, values: Float64Array.of(1, 2, 4, 0, 0, 0) }]);
    // Totals of +-1 +-2 +-4 that reach 7: 7 and -7, of 8. Those of +-1 +-2 -4 that reach -1: all.
    expect(signFlips(panel, [[0, 1]]).ps).toEqual([0.25]);
    const one = makePanel(['a', 'b'], [{ id: 'one', repetitions: 1, values: Float64Array.of(1, 0) }]);
    const alike = makePanel(['a', 'b'], [{ id: 'one', repetitions: 3, values: Float64Array.of(1, 1, 1, 0, 0, 0) }]);
    for (const still of [one, alike]) expect(contrasts(still)[0]).toMatchObject({ difference: 1, p: null });
  });

  test('drawn patterns agree with all of them', () => {
    const panel = simulated(2, 15, 1, 1, 0, 9);
    const [exact] = signFlips(panel, [[0, 1]]).ps;
    // A sixteenth unit without a difference changes nothing but the way of counting.
    const more = makePanel(panel.columns, [
      ...panel.clusters,
      { id: 'z', repetitions: 1, values: Float64Array.of(5, 5) },
    ]);
    const { ps, method } = signFlips(more, [[0, 1]]);
    expect(method).toMatch(/drawn/);
    expect(Math.abs((ps[0] ?? 9) - (exact ?? 0))).toBeLessThan(0.015);
  });

  test.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [3, 3.1824463],
    [4, 2.7764451],
    [10, 2.2281389],
    [29, 2.0452296],
    [200, 1.9718962],
    [1000, 1.962339],
  ])("Student's t with %i degrees of freedom has its upper 2.5 in 100 above %f (tables)", (freedom, t) => {
    expect(studentInv(0.975, freedom)).toBeCloseTo(t, 4);
    expect(studentInv(0.025, freedom)).toBeCloseTo(-t, 4);
  });
});

describe('rates of negotiations that share their luck', () => {
  test('plain Wilson where every unit is one negotiation', () => {
    const units = Array.from({ length: 20 }, (_, k) => ({ agreed: k < 5 ? 1 : 0, of: 1 }));
    expect(clusteredRate(units)).toEqual(wilson(5, 20));
  });

  test('nine negotiations that stand and fall together count about as one', () => {
    const units = Array.from({ length: 20 }, (_, k) => ({ agreed: k < 5 ? 9 : 0, of: 9 }));
    const { low, high, method } = clusteredRate(units);
    const alone = wilson(5, 20);
    expect(low).toBeCloseTo(alone.low, 1);
    expect(high).toBeCloseTo(alone.high, 1);
    expect(high - low).toBeGreaterThan(alone.high - alone.low);
    expect(method).toMatch(/design effect 9\.5 from 20 units/);
  });

  test('a single repetition says almost nothing, however many profiles it was played under', () => {
    const { low, high } = clusteredRate([{ agreed: 22, of: 27 }]);
    expect(high - low).toBeGreaterThan(0.7);
    expect(
      clusteredRate([
        { agreed: 27, of: 27 },
        { agreed: 27, of: 27 },
      ]).low,
    ).toBeCloseTo(wilson(2, 2).low, 12);
  });

  test('cover as often as they say, where plain Wilson does not', () => {
    let covered = 0;
    let plain = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const units = Array.from({ length: 25 }, (_, k) => {
        const luck = normal(91, trial, k);
        let agreed = 0;
        for (let i = 0; i < 9; i++) if (luck + 0.7 * normal(92, trial, k, i) < 0.3) agreed++;
        return { agreed, of: 9 };
      });
      // P(N(0, 1.49) < 0.3)
      const truth = 0.59707;
      const { low, high } = clusteredRate(units);
      if (low <= truth && truth <= high) covered++;
      const naive = wilson(
        units.reduce((sum, one) => sum + one.agreed, 0),
        225,
      );
      if (naive.low <= truth && truth <= naive.high) plain++;
    }
    expect(covered / 1000).toBeGreaterThan(0.93);
    expect(covered / 1000).toBeLessThan(0.98);
    expect(plain / 1000).toBeLessThan(0.75);
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
    expect(ab.interval.high).toBeLessThan(0);
    expect(ab.p).toBeLessThan(0.001);
    expect(ab.adjustedP).toBeGreaterThanOrEqual(ab.p ?? 1);
    expect(ac.p).toBeGreaterThan(0.05);
    const alone = percentile(bootstrap(shared), 0);
    expect(alone.high - alone.low).toBeGreaterThan(4);
  });

  test('a strategy against itself has nothing to be tested', () => {
    expect(contrasts(shared, {}, [[0, 0]])[0]).toMatchObject({ difference: 0, p: null, adjustedP: null });
  });

  test('under the hypothesis p-values are spread evenly', () => {
    const panel = simulated(400, 30, 1, 1, 0, 31);
    const differences = contrasts(
      panel,
      { resamples: 1000 },
      Array.from({ length: 200 }, (_, i) => [2 * i, 2 * i + 1] as const),
    );
    const below10 = differences.filter((d) => (d.p ?? 1) < 0.1).length;
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
    expect(ranked[0].share[0]).toBeCloseTo(1, 12);
    for (const rival of ranked.slice(1, 3)) expect(rival.share[1] + rival.share[2]).toBeCloseTo(1, 12);
    expect(ranked[3].share[3]).toBeCloseTo(1, 12);
  });

  test('equal scores share the better rank', () => {
    expect(ranksOf([3, 5, 3, 1])).toEqual([2, 1, 2, 4]);
  });
});
