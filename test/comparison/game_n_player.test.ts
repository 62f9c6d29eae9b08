import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bimatrix, type Game, makeGame, profileIndex, profileOf } from '../../src/comparison/game/game.ts';
import { mixedEquilibria, supportSearch } from '../../src/comparison/game/mixed.ts';
import { bestReplies, pureEquilibria } from '../../src/comparison/game/pure.ts';
import { expectedPayoffs, maxRegret, profileRegrets, regrets } from '../../src/comparison/game/regret.ts';

/** Players with strategies a, b, ...; payoff triples listed with the first player's strategy fastest, as Gambit files list them. */
const listed = (sizes: number[], triples: number[][]): Game => {
  const names = sizes.map((size) => Array.from({ length: size }, (_, s) => 'abcdef'[s]));
  return makeGame(['us', 'russia', 'ukraine', 'iaea'].slice(0, sizes.length), names, (profile) => {
    let at = 0;
    for (let i = sizes.length - 1; i >= 0; i--) at = at * sizes[i] + profile[i];
    return triples[at];
  });
};

const mixtures = (found: { equilibria: readonly { mixture: readonly (readonly number[])[] }[] }) =>
  found.equilibria.map((e) => e.mixture.map((row) => row[0]));

// McKelvey & McLennan, in Handbook of Computational Economics 1, 1996; Gambit's 2x2x2.nfg.
const mckelvey = listed(
  [2, 2, 2],
  [
    [9, 8, 12],
    [0, 0, 0],
    [0, 0, 0],
    [9, 8, 2],
    [0, 0, 0],
    [3, 4, 6],
    [3, 4, 6],
    [0, 0, 0],
  ],
);
// Nau, Gomez Canovas & Hansen, Int. J. Game Theory 32, 2004, sections 4 and 5.
const irrational = listed(
  [2, 2, 2],
  [
    [3, 0, 2],
    [0, 1, 0],
    [0, 2, 0],
    [1, 0, 0],
    [1, 0, 0],
    [0, 3, 0],
    [0, 1, 0],
    [2, 0, 3],
  ],
);
const continuum = listed(
  [2, 2, 2],
  [
    [0, 0, 2],
    [3, 0, 0],
    [0, 3, 0],
    [0, 0, 0],
    [1, 1, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 3],
  ],
);
// Local max cut with edge weights 2, -1, 2: Gambit's test game.
const maxCut = listed(
  [2, 2, 2],
  [
    [0, 0, 0],
    [1, 2, -1],
    [2, 4, 2],
    [-1, 2, 1],
    [-1, 2, 1],
    [2, 4, 2],
    [1, 2, -1],
    [0, 0, 0],
  ],
);

/** One waits for all others to refrain: QuantEcon's anti-coordination game, symmetric equilibrium p = v^(-1/(N-1)). */
const antiCoordination = (n: number, v: number) =>
  makeGame(
    Array.from({ length: n }, (_, i) => `p${i}`),
    Array.from({ length: n }, () => ['refrain', 'act']),
    (profile) => profile.map((s, i) => (s === 0 ? 1 : profile.every((t, j) => j === i || t === 0) ? v : 0)),
  );

describe('pure equilibria of any number of players', () => {
  test('four players who gain by unanimity only have 8 (GameTheory.jl)', () => {
    const game = makeGame(
      ['a', 'b', 'c', 'd'],
      Array.from({ length: 4 }, () => ['3s', '4s']),
      (p) => p.map(() => (p.every((s) => s === 0) ? 3 : p.every((s) => s === 1) ? 4 : 0)),
    );
    const found = pureEquilibria(game).profiles.map((p) => profileOf(game, p).join(''));
    expect(found).toEqual(['0000', '0011', '0101', '0110', '1001', '1010', '1100', '1111']);
  });

  test('the max-cut game has the two cuts, regrets as Gambit lists them', () => {
    expect(pureEquilibria(maxCut).profiles.map((p) => profileOf(maxCut, p).join(''))).toEqual(['010', '101']);
    const all = regrets(maxCut);
    const of = (profile: number[]) => [
      ...all.subarray(profileIndex(maxCut, profile) * 3, profileIndex(maxCut, profile) * 3 + 3),
    ];
    expect(of([0, 0, 0])).toEqual([1, 4, 1]);
    expect(of([1, 0, 0])).toEqual([0, 0, 3]);
    expect(of([1, 1, 0])).toEqual([3, 0, 0]);
  });

  test('an epsilon admits profiles whose best deviation gains no more', () => {
    expect(pureEquilibria(maxCut, 2.9).profiles).toHaveLength(2);
    expect(pureEquilibria(maxCut, 3).profiles).toHaveLength(6);
    expect(pureEquilibria(maxCut, 4).profiles).toHaveLength(8);
  });

  test('a 12 x 12 x 12 tensor is scanned whole', () => {
    const game = makeGame(
      ['a', 'b', 'c'],
      Array.from({ length: 3 }, () => Array.from({ length: 12 }, (_, s) => `s${s}`)),
      (p) => [-Math.abs(p[0] - p[1]), -Math.abs(p[1] - p[2]), -Math.abs(p[2] - p[0])],
    );
    expect(pureEquilibria(game).profiles).toHaveLength(12);
  });

  test('a profile is an equilibrium exactly when everybody plays a best reply', () => {
    const payoffs = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(payoffs, (rows) => {
        const game = listed([2, 3, 2], rows);
        const worst = profileRegrets(game);
        for (let p = 0; p < 12; p++) {
          const profile = profileOf(game, p);
          const best = profile.every((s, i) => bestReplies(game, i, profile).includes(s));
          expect(worst[p] === 0).toBe(best);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('mixed equilibria by support search', () => {
  test('McKelvey and McLennan: nine equilibria, two of them totally mixed', () => {
    const found = supportSearch(mckelvey);
    expect(found.equilibria).toHaveLength(9);
    expect(found.maxRegret).toBeLessThan(1e-9);
    expect(found.equilibria.filter((e) => e.mixture.every((row) => row.every((p) => p === 0 || p === 1)))).toHaveLength(
      4,
    );
    const total = mixtures(found).filter((m) => m.every((p) => p > 0 && p < 1));
    expect(total).toHaveLength(2);
    for (const [i, expected] of [
      [0.4, 0.5, 1 / 3],
      [0.5, 0.4, 0.25],
    ].entries()) {
      const sorted = total.toSorted((a, b) => a[0] - b[0]);
      expected.forEach((p, k) => {
        expect(sorted[i][k]).toBeCloseTo(p, 9);
      });
    }
  });

  test('Nau, section 4: a unique equilibrium, in irrational probabilities', () => {
    const found = supportSearch(irrational);
    expect(found.equilibria).toHaveLength(1);
    [0.6192325795, 0.4798042227, 0.3788253361].forEach((p, i) => {
      expect(found.equilibria[0].mixture[i][0]).toBeCloseTo(p, 9);
    });
    expect(found.equilibria[0].isolated).toBe(true);
  });

  test('Nau, section 5: three pure, two edges along which one player mixes, and a continuum, called so', () => {
    const found = supportSearch(continuum);
    const mixing = (e: { mixture: readonly (readonly number[])[] }) =>
      e.mixture.filter((row) => row.every((p) => p > 0)).length;
    expect(found.equilibria.filter((e) => mixing(e) === 0)).toHaveLength(3);
    expect(found.equilibria.filter((e) => mixing(e) === 1)).toHaveLength(2);
    expect(found.equilibria.filter((e) => mixing(e) === 2)).toHaveLength(0);
    const inside = found.equilibria.filter((e) => mixing(e) === 3);
    expect(inside.every((e) => Math.abs(e.mixture[2][0] - 1 / 4) < 1e-7)).toBe(true);
    expect(inside.length).toBeGreaterThan(1);
    expect(found.equilibria.filter((e) => mixing(e) > 0).every((e) => !e.isolated)).toBe(true);
    expect(found.warnings.join()).toMatch(/continuum/);
  });

  test('the max-cut game has its uniform mixture beside the two cuts', () => {
    const found = supportSearch(maxCut);
    expect(found.equilibria).toHaveLength(3);
    expect(mixtures(found)).toContainEqual([0.5, 0.5, 0.5]);
  });

  test.each([
    [3, 2],
    [4, 2],
    [3, 5],
  ])('%i players who wait for one volunteer worth %i mix with p = v^(-1/(N-1))', (n, v) => {
    const p = (1 / v) ** (1 / (n - 1));
    const found = mixtures(supportSearch(antiCoordination(n, v)));
    expect(found.some((m) => m.every((q) => Math.abs(q - p) < 1e-9))).toBe(true);
    expect(found.filter((m) => m.every((q) => q === 0 || q === 1))).toHaveLength(n);
  });

  test('for two players it finds what the exact solver finds', () => {
    const game = bimatrix(
      [
        [3, 3],
        [2, 5],
        [0, 6],
      ],
      [
        [3, 2],
        [2, 6],
        [3, 1],
      ],
    );
    const numerical = supportSearch(game);
    const exact = mixedEquilibria(game);
    expect(exact.completeness).toBe('all extreme points');
    expect(numerical.completeness).toBe('sample');
    expect(numerical.equilibria).toHaveLength(3);
    for (const e of exact.equilibria) {
      const twin = numerical.equilibria.find((x) => Math.abs(x.mixture[0][0] - e.mixture[0][0]) < 1e-9);
      expect(twin?.payoffs[0]).toBeCloseTo(e.payoffs[0], 9);
    }
  });

  test('three players with three strategies each: everything found has no regret, and something is found', () => {
    const numbers = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }), {
      minLength: 27,
      maxLength: 27,
    });
    fc.assert(
      fc.property(numbers, (rows) => {
        const game = listed([3, 3, 3], rows);
        const found = supportSearch(game, { starts: 6 });
        expect(found.equilibria.length).toBeGreaterThan(0);
        for (const e of found.equilibria) {
          expect(maxRegret(game, e.mixture)).toBeLessThan(1e-7);
          expect(expectedPayoffs(game, e.mixture)[0]).toBeCloseTo(e.payoffs[0], 9);
        }
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  test('a search that leaves larger supports out says so', () => {
    expect(supportSearch(irrational, { maxSupport: 1 }).equilibria).toHaveLength(0);
    expect(supportSearch(irrational, { maxSupport: 1 }).warnings.join('; ')).toMatch(/larger supports.*none found/);
    expect(supportSearch(irrational).warnings).toEqual([]);
  });
});
