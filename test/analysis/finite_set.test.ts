import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { egalitarian } from '../../src/analysis/egalitarian.ts';
import { kalaiSmorodinsky } from '../../src/analysis/kalai_smorodinsky.ts';
import { distanceTo, outcomeMeasures, scenarioMeasures } from '../../src/analysis/measures.ts';
import { nash } from '../../src/analysis/nash.ts';
import { frontierPoints, isPareto, paretoFrontier } from '../../src/analysis/pareto.ts';
import { sortDescending } from '../../src/analysis/radix_sort.ts';
import { rationalSet } from '../../src/analysis/rational.ts';
import { utilitarian } from '../../src/analysis/utilitarian.ts';
import { checkUtilitySpace, type UtilitySpace, utilitySpaceOf } from '../../src/analysis/utility_space.ts';

type Vector = readonly number[];

/** The oracle: compares everything with everything. */
function bruteFrontier(vectors: readonly Vector[]): string[] {
  const dominates = (a: Vector, b: Vector) => a.every((x, i) => x >= b[i]) && a.some((x, i) => x > b[i]);
  return vectors.flatMap((v, k) =>
    vectors.some((w) => dominates(w, v)) ? [] : [`${k}:${v.map((x) => x + 0).join()}`],
  );
}

const coordinate = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -1, max: 1, noNaN: true }));
const pointSets = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.array(fc.array(coordinate, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 60 }));

/** Gains on a grid, so that ties happen; every party can gain. */
const bargains = fc.integer({ min: 2, max: 4 }).chain((n) =>
  fc.record({
    vectors: fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: n, maxLength: n }), {
      minLength: 2,
      maxLength: 40,
    }),
    reservation: fc.constant(Array<number>(n).fill(0)),
  }),
);

/** Short lists as they are and repeated to 5,000 entries, because long lists are sorted another way. */
const repeated = (lists: fc.Arbitrary<number[]>) =>
  fc.tuple(lists, fc.boolean()).map(([list, long]) => {
    return long && list.length > 0 ? Array.from({ length: 5000 }, (_, k) => list[k % list.length]) : list;
  });

describe('the Pareto frontier', () => {
  it('is what comparing all with all finds, for any number of parties, equal vectors merged', () => {
    fc.assert(
      fc.property(pointSets, (vectors) => {
        const frontier = paretoFrontier(
          utilitySpaceOf(
            vectors,
            vectors[0].map(() => 0),
          ),
        );
        const listed = frontierPoints(frontier).flatMap((p) =>
          p.outcomes.map((o) => `${o}:${p.utilities.map((x) => x + 0).join()}`),
        );
        expect(listed.sort()).toEqual(bruteFrontier(vectors).sort());
        expect(new Set(frontierPoints(frontier).map((p) => p.utilities.map((x) => x + 0).join())).size).toBe(
          frontier.size,
        );
      }),
      { numRuns: 120 },
    );
  });

  it('agrees with isPareto outcome by outcome', () => {
    fc.assert(
      fc.property(pointSets, (vectors) => {
        const space = utilitySpaceOf(
          vectors,
          vectors[0].map(() => 0),
        );
        const members = new Set(paretoFrontier(space).members);
        vectors.forEach((_, o) => {
          expect(isPareto(space, o)).toBe(members.has(o));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is not fooled by a dominated vector whose rounded sum is just as large', () => {
    const space = utilitySpaceOf(
      [
        [1e16, 0, 0, 0],
        [1e16, 1, 0, 0],
      ],
      [0, 0, 0, 0],
    );
    expect(frontierPoints(paretoFrontier(space))).toEqual([{ outcomes: [1], utilities: [1e16, 1, 0, 0] }]);
  });

  it('leaves forbidden outcomes alone', () => {
    const space = {
      ...utilitySpaceOf(
        [
          [9, 9, 9],
          [1, 2, 3],
          [1, 2, 3],
        ],
        [0, 0, 0],
      ),
      outcomes: Int32Array.of(1, 2),
    };
    expect(frontierPoints(paretoFrontier(space))).toEqual([{ outcomes: [1, 2], utilities: [1, 2, 3] }]);
  });

  it('sorts doubles of any sign as a comparator would, and stably', () => {
    fc.assert(
      fc.property(
        repeated(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1)), { maxLength: 80 })),
        (keys) => {
          const order = sortDescending(
            Int32Array.from(keys, (_, k) => k),
            Float64Array.from(keys),
          );
          const expected = keys
            .map((_, k) => k)
            .sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] > keys[b] ? -1 : 1));
          expect(Array.from(order)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** Nash 1950: values of nine things to Bill and to Jack; five are Bill's, four are Jack's. */
const things = [
  [2, 4],
  [2, 2],
  [2, 1],
  [2, 2],
  [4, 1],
  [10, 1],
  [4, 1],
  [6, 2],
  [2, 2],
];
const billAndJack = utilitySpaceOf(
  Array.from({ length: 512 }, (_, o) =>
    things.reduce(([bill, jack], [b, j], k) => ((o >> (8 - k)) & 1 ? [bill + b, jack] : [bill, jack + j]), [0, 0]),
  ),
  [12, 6],
);
const gains = (vectors: readonly Vector[]) => vectors.map(([bill, jack]) => [bill - 12, jack - 6]);

describe('bargaining solutions on a finite set', () => {
  it('give Bill the box, the pen, the toy and the knife, as Nash did in 1950', () => {
    const found = analyze(billAndJack);
    expect(found.outcomes).toBe(512);
    expect(found.nash.value).toBe(60);
    expect(gains(found.nash.utilities)).toEqual([[12, 5]]);
    expect(found.nash.outcomes).toEqual([0b000011110]);
    expect(gains(found.kalaiSmorodinsky.utilities)).toContainEqual([12, 5]);
    expect(gains(found.egalitarian.leximin.utilities)).toEqual([[8, 6]]);
    // The published point, and two more with the same sum of 18.
    expect(gains(found.utilitarian.utilities)).toEqual([
      [14, 4],
      [16, 2],
      [18, 0],
    ]);
    const ks = kalaiSmorodinsky(billAndJack, { disagreement: 'reservation', ideal: 'rational' });
    expect(gains(ks.utilities)).toEqual([[12, 5]]);
    expect(ks.value).toBeCloseTo(Math.min(12 / 18, 5 / 8), 14);
  });

  it('do not move when a party changes its scale: Nash and Kalai-Smorodinsky', () => {
    const scales = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(bargains, scales, ({ vectors, reservation }, scale) => {
        const space = utilitySpaceOf(vectors, reservation);
        const rescale = (v: Vector) => v.map((x, i) => x * 2 ** scale[i][0] + 1024 * scale[i][1]);
        const moved = utilitySpaceOf(vectors.map(rescale), rescale(reservation));
        expect(nash(moved).outcomes).toEqual(nash(space).outcomes);
        expect(kalaiSmorodinsky(moved).outcomes).toEqual(kalaiSmorodinsky(space).outcomes);
      }),
    );
  });

  it('do not depend on outcomes nobody chose: Nash and egalitarian', () => {
    fc.assert(
      fc.property(bargains, fc.infiniteStream(fc.boolean()), ({ vectors, reservation }, coin) => {
        const space = utilitySpaceOf(vectors, reservation);
        for (const solve of [nash, egalitarian]) {
          const chosen = solve(space, { disagreement: 'reservation' }).outcomes;
          const fewer = { ...space, outcomes: space.outcomes.filter((o) => chosen.includes(o) || coin.next().value) };
          expect(solve(fewer, { disagreement: 'reservation' }).outcomes).toEqual(chosen);
        }
      }),
    );
  });

  it('follow the parties when seats are exchanged, and treat alike whoever is alike', () => {
    fc.assert(
      fc.property(bargains, ({ vectors, reservation }) => {
        const turned = vectors.map((v) => v.toReversed());
        const both = utilitySpaceOf([...vectors, ...turned], reservation);
        const mirrored = (set: readonly Vector[]) => set.map((v) => v.toReversed().join()).sort();
        for (const solve of [nash, kalaiSmorodinsky, egalitarian, utilitarian]) {
          const { outcomes, utilities } = solve(utilitySpaceOf(vectors, reservation));
          expect(solve(utilitySpaceOf(turned, reservation.toReversed())).outcomes).toEqual(outcomes);
          expect(mirrored(solve(both).utilities)).toEqual(
            solve(both)
              .utilities.map((v) => v.join())
              .sort(),
          );
          expect(utilities.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('are Pareto-optimal and maximise what they say, over all rational outcomes', () => {
    fc.assert(
      fc.property(bargains, ({ vectors, reservation }) => {
        const space = utilitySpaceOf(vectors, reservation);
        const found = analyze(space, { disagreement: 'reservation', ideal: 'rational' });
        const { nash: n, kalaiSmorodinsky: k, egalitarian: e, utilitarian: u } = found;
        for (const o of [n, k, e, e.leximin, u].flatMap((s) => s.outcomes)) expect(isPareto(space, o)).toBe(true);
        const ideal = reservation.map((_, i) => Math.max(...vectors.map((v) => v[i])));
        const scores: [number, (v: Vector) => number][] = [
          [n.value, (v) => v.reduce((a, b) => a * b, 1)],
          [k.value, (v) => Math.min(...v.map((x, i) => x / ideal[i]))],
          [e.value, (v) => Math.min(...v)],
          [u.value, (v) => v.reduce((a, b) => a + b, 0)],
        ];
        for (const [value, score] of scores) expect(value).toBeCloseTo(Math.max(...vectors.map(score)), 9);
      }),
    );
  });

  it('never give less when the set grows: egalitarian', () => {
    fc.assert(
      fc.property(bargains, ({ vectors, reservation }) => {
        const half = utilitySpaceOf(vectors.slice(0, Math.ceil(vectors.length / 2)), reservation);
        const whole = utilitySpaceOf(vectors, reservation);
        const options = { disagreement: 'reservation' } as const;
        expect(egalitarian(whole, options).value).toBeGreaterThanOrEqual(egalitarian(half, options).value);
      }),
    );
  });

  it('say when no outcome gives everybody a gain, and count gains first', () => {
    const found = nash(
      utilitySpaceOf(
        [
          [9, 0, 0],
          [2, 3, 0],
          [3, 2, 0],
          [8, 0, 1],
        ],
        [0, 0, 0],
      ),
    );
    expect(found.utilities).toEqual([[8, 0, 1]]);
    expect(found.warnings.join()).toContain('no outcome gives everybody a gain');
  });

  it('bend towards a weighted party: Nash', () => {
    const line = utilitySpaceOf(
      Array.from({ length: 101 }, (_, k) => [k, 100 - k]),
      [0, 0],
    );
    expect(nash(line).outcomes).toEqual([50]);
    expect(nash(line, { weights: [3, 1] }).outcomes).toEqual([75]);
    expect(nash(line, { weights: [0, 1] }).outcomes).toEqual([0]);
  });

  it('survive units in which a product overflows or underflows', () => {
    for (const unit of [1e200, 1e-200]) {
      const space = utilitySpaceOf(
        [
          [1 * unit, 4 * unit, unit],
          [2 * unit, 3 * unit, unit],
          [4 * unit, unit, unit],
        ],
        [0, 0, 0],
      );
      expect(nash(space).outcomes).toEqual([1]);
    }
  });

  it('report an empty zone of agreement as such, in every mode', () => {
    const space = utilitySpaceOf(
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [0.5, 0.5, 0.5],
    );
    for (const mode of ['textbook', 'negmas', 'genius'] as const) {
      const found = analyze(space, { mode });
      expect(found).toMatchObject({ rational: 0, pareto: { size: 0 }, nash: { outcomes: [], utilities: [] } });
      expect(found.warnings.join()).toContain('no zone of agreement');
      expect(found.kalaiSmorodinsky.outcomes).toEqual([]);
    }
  });

  it('find nothing in genius mode where three parties are always far apart, as GENIUS does', () => {
    const space = utilitySpaceOf(
      [
        [2, 0, 0],
        [0, 2, 0],
      ],
      [0, 0, 0],
    );
    expect(kalaiSmorodinsky(space, { mode: 'genius' })).toMatchObject({ outcomes: [] });
    expect(kalaiSmorodinsky(space, { mode: 'genius' }).warnings.join()).toContain('below 2');
  });

  it('tell the reader where another reading of the disagreement point gives another answer', () => {
    // Seat 0's worst outcome is far above its reservation value: measured from there, it is as needy as the others.
    const space = utilitySpaceOf(
      [
        [10, 2, 2],
        [12, 1, 1.5],
        [11, 1.4, 1.4],
      ],
      [0, 0, 0],
    );
    const found = analyze(space);
    expect(found.nash.outcomes).toEqual([0]);
    expect(found.egalitarian.outcomes).not.toEqual([0]);
    expect(found.egalitarian.warnings.join()).toMatch(/another reading gives outcome 0/);
    expect(analyze(space, { disagreement: 'reservation' }).egalitarian.outcomes).toEqual([0]);
    expect(analyze(space, { disagreement: 'reservation' }).egalitarian.warnings.join()).not.toMatch(/another/);
  });

  it('leave out a party that can gain nothing, and say so', () => {
    const space = utilitySpaceOf(
      [
        [1, 5, 2],
        [4, 4, 2],
        [5, 1, 2],
      ],
      [0, 0, 2],
    );
    const found = kalaiSmorodinsky(space);
    expect(found.outcomes).toEqual([1]);
    expect(found.warnings.join()).toContain('party_2 can gain nothing');
  });
});

describe('measures', () => {
  it('are zero distance and full optimality at the solution itself', () => {
    const at = outcomeMeasures(billAndJack, 0b000011110);
    expect(at.distance).toMatchObject({ nash: 0, pareto: 0 });
    expect(at.optimality.nash).toBe(1);
    expect(at.welfareOptimality).toBeCloseTo(35 / 36, 14);
    expect(
      distanceTo(
        [0, 0],
        [
          [3, 4],
          [6, 8],
        ],
      ),
    ).toBe(5);
    expect(distanceTo([0, 0], [])).toBe(Number.POSITIVE_INFINITY);
  });

  it('call a space without conflict unopposed', () => {
    expect(
      scenarioMeasures(
        utilitySpaceOf(
          [
            [1, 1, 1],
            [0, 0, 0],
          ],
          [0, 0, 0],
        ),
      ).opposition,
    ).toBe(0);
  });
});

describe('a utility space', () => {
  const good = utilitySpaceOf(
    [
      [1, 2, 3],
      [3, 2, 1],
    ],
    [0, 0, Number.NEGATIVE_INFINITY],
  );
  it('may have a party without a finite reservation value, which is said', () => {
    expect(rationalSet(good).outcomes).toHaveLength(2);
    expect(analyze(good).nash.warnings.join()).toContain('party_2 has no finite reservation value');
  });

  it('is refused when it breaks its contract', () => {
    const broken: UtilitySpace[] = [
      { ...good, outcomes: Int32Array.of(1, 0) },
      { ...good, outcomes: Int32Array.of(0, 7) },
      { ...good, reservation: [0, 0] },
      { ...good, reservation: [0, 0, Number.NaN] },
      { ...good, utilities: [good.utilities[0], good.utilities[1], Float64Array.of(1, Number.NaN)] },
    ];
    for (const space of broken) expect(() => checkUtilitySpace(space)).toThrow(RangeError);
  });
});
