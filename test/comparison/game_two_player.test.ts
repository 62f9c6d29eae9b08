import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extremeEquilibria } from '../../src/comparison/game/extreme_equilibria.ts';
import { bimatrix, type Game } from '../../src/comparison/game/game.ts';
import { lemkeHowson, lemkeHowsonAll, lemkeHowsonNetwork } from '../../src/comparison/game/lemke_howson.ts';
import { mixedEquilibria } from '../../src/comparison/game/mixed.ts';
import { rationalText } from '../../src/comparison/game/rational.ts';
import { maxRegret } from '../../src/comparison/game/regret.ts';
import { supportEnumeration } from '../../src/comparison/game/support_enumeration.ts';
import type { ExactEquilibrium } from '../../src/comparison/game/two_player.ts';

const text = (e: ExactEquilibrium | undefined) => e?.exact.map((side) => side.map(rationalText).join(' ')).join(' | ');
const texts = (found: readonly ExactEquilibrium[]) => found.map(text).sort();
const all = (game: Game) => {
  const found = extremeEquilibria(game);
  if (!found) throw new Error('too large');
  return found;
};
const transpose = (a: number[][]) => a[0].map((_, j) => a.map((row) => row[j]));
const identity = (n: number) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => +(i === j)));

// von Stengel 2007, "Equilibrium computation for two-player games", in Algorithmic Game Theory, (3.3); used by QuantEcon's tests.
const stengel = bimatrix(
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
const stengelDegenerate = bimatrix(
  [
    [3, 3],
    [2, 5],
    [0, 6],
  ],
  [
    [3, 3],
    [2, 6],
    [3, 1],
  ],
);
// Savani & von Stengel, Econometrica 74, 2006: dual cyclic polytopes; A with the columns of the one, B of the other.
const longA = [
  [-180, 72, -333, 297, -153, 270],
  [-30, 17, -33, 42, -3, 20],
  [-81, 36, -126, 126, -36, 90],
  [90, -36, 126, -126, 36, -81],
  [20, -3, 42, -33, 17, -30],
  [270, -153, 297, -333, 72, -180],
];
const longB = [
  [72, 36, 17, -3, -36, -153],
  [-180, -81, -30, 20, 90, 270],
  [297, 126, 42, -33, -126, -333],
  [-333, -126, -33, 42, 126, 297],
  [270, 90, 20, -30, -81, -180],
  [-153, -36, -3, 17, 36, 72],
];
// von Stengel's game with 75 equilibria, New maximal numbers of equilibria in bimatrix games, 1999 (small payoffs, Savani & von Stengel).
const stengel75 = [
  [-81, 36, -126, 126, -36, 90],
  [-180, 72, -333, 297, -153, 270],
  [20, -3, 42, -33, 17, -30],
  [-30, 17, -33, 42, -3, 20],
  [270, -153, 297, -333, 72, -180],
  [90, -36, 126, -126, 36, -81],
];

describe('all extreme equilibria of published games', () => {
  test("von Stengel's 3 x 2 game has its three equilibria", () => {
    const found = all(stengel);
    expect(texts(found.equilibria)).toEqual(['0 1/3 2/3 | 1/3 2/3', '1 0 0 | 1 0', '4/5 1/5 0 | 2/3 1/3']);
    expect(found.degenerate).toBe(false);
    expect(found.components).toHaveLength(3);
  });

  test("von Stengel's 6 x 6 game has 75, more than 2^6 - 1", () => {
    const found = all(bimatrix(stengel75, longB));
    expect(found.equilibria).toHaveLength(75);
    expect(new Set(texts(found.equilibria)).size).toBe(75);
    expect(found.degenerate).toBe(false);
  });

  test('the 6 x 6 game with long Lemke-Howson paths has one', () => {
    expect(texts(all(bimatrix(longA, longB)).equilibria)).toEqual([
      '1/30 1/6 3/10 3/10 1/6 1/30 | 1/6 1/30 3/10 3/10 1/30 1/6',
    ]);
  });

  test.each([1, 2, 3, 4, 5, 6])('coordination on the identity of size %i has 2^n - 1', (n) => {
    expect(all(bimatrix(identity(n), identity(n))).equilibria).toHaveLength(2 ** n - 1);
  });

  test("Gambit's coord3 has 7, the interior one (2/5,2/5,1/5) / (2/11,3/11,6/11) among them", () => {
    const game = bimatrix(
      [
        [3, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
      [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 4],
      ],
    );
    const found = texts(all(game).equilibria);
    expect(found).toHaveLength(7);
    expect(found).toContain('2/5 2/5 1/5 | 2/11 3/11 6/11');
  });

  test('Shapley 1974, figure 2: three equilibria, of which the paths from the origin reach two and paths from those all', () => {
    const game = bimatrix(
      [
        [2, 2, 0],
        [0, 3, 0],
        [3, 0, 1],
      ],
      [
        [3, 0, 2],
        [0, 3, 2],
        [0, 0, 1],
      ],
    );
    const found = all(game);
    expect(found.equilibria).toHaveLength(3);
    expect(new Set(lemkeHowsonAll(game).map((p) => text(p.equilibrium))).size).toBe(2);
    expect(lemkeHowsonNetwork(game).equilibria).toHaveLength(3);
  });

  test('rock, paper, scissors has the uniform mixture and value 0', () => {
    const a = [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ];
    const [only, ...others] = all(bimatrix(a, transpose(a))).equilibria;
    expect(others).toHaveLength(0);
    expect(text(only)).toBe('1/3 1/3 1/3 | 1/3 1/3 1/3');
    expect(only.exactPayoffs.map(rationalText)).toEqual(['0', '0']);
  });

  test('decimal payoffs are the decimals that print them', () => {
    // 0.1 + 0.2 against 0.3: a tie as decimals, not as doubles.
    const found = all(
      bimatrix(
        [
          [0.3, 0.3],
          [0.3, 0.3],
        ],
        [
          [1.4, 0.7],
          [0.7, 1.4],
        ],
      ),
    );
    expect(found.degenerate).toBe(true);
    expect(found.equilibria.map((e) => rationalText(e.exactPayoffs[0]))).toContain('3/10');
  });
});

describe('degenerate games say so and list corners and components', () => {
  test("von Stengel's degenerate 3 x 2 game has a continuum beside an isolated point", () => {
    const found = all(stengelDegenerate);
    expect(found.degenerate).toBe(true);
    expect(texts(found.equilibria)).toEqual(['0 1/3 2/3 | 1/3 2/3', '1 0 0 | 1 0', '1 0 0 | 2/3 1/3']);
    expect(found.components.map((c) => c.equilibria.length).sort()).toEqual([1, 2]);
    expect(found.warnings.join()).toMatch(/continua/);
  });

  test('when nothing matters every corner is an equilibrium and all are one component', () => {
    const found = all(
      bimatrix(
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ),
    );
    expect(found.equilibria).toHaveLength(6);
    expect(found.components).toHaveLength(1);
    expect(found.components[0].subsets).toEqual([[0, 1, 2, 3, 4, 5]]);
  });

  test('a component of two Nash subsets joined at a corner is one component', () => {
    // The column player is indifferent when the row player plays r1, and the other way round at c1.
    const found = all(
      bimatrix(
        [
          [1, 0],
          [1, 0],
        ],
        [
          [1, 1],
          [0, 0],
        ],
      ),
    );
    const [component, ...rest] = found.components;
    expect(rest).toHaveLength(0);
    for (const subset of component.subsets) expect(subset.length).toBeGreaterThan(0);
  });

  test('a duplicated strategy makes a continuum', () => {
    const found = all(
      bimatrix(
        [
          [3, 0],
          [3, 0],
          [0, 2],
        ],
        [
          [2, 0],
          [2, 0],
          [0, 3],
        ],
      ),
    );
    expect(found.degenerate).toBe(true);
    expect(
      mixedEquilibria(
        bimatrix(
          [
            [3, 0],
            [3, 0],
            [0, 2],
          ],
          [
            [2, 0],
            [2, 0],
            [0, 3],
          ],
        ),
      ).equilibria.some((e) => !e.isolated),
    ).toBe(true);
  });

  test('a strictly dominated strategy is never used and makes nothing degenerate', () => {
    const found = all(
      bimatrix(
        [
          [3, 0],
          [0, 2],
          [-1, -1],
        ],
        [
          [2, 0],
          [0, 3],
          [1, 1],
        ],
      ),
    );
    expect(found.equilibria).toHaveLength(3);
    for (const e of found.equilibria) expect(e.mixture[0][2]).toBe(0);
  });

  test('1 x n games are a choice of the best', () => {
    expect(texts(all(bimatrix([[7, 1, 2]], [[1, 5, 3]])).equilibria)).toEqual(['1 | 0 1 0']);
    expect(text(lemkeHowson(bimatrix([[7, 1, 2]], [[1, 5, 3]])).equilibrium)).toBe('1 | 0 1 0');
  });
});

describe('Lemke-Howson', () => {
  test("label 0 and label 1 of von Stengel's game lead to its first and third equilibrium", () => {
    expect(text(lemkeHowson(stengel, 0).equilibrium)).toBe('1 0 0 | 1 0');
    expect(text(lemkeHowson(stengel, 1).equilibrium)).toBe('0 1/3 2/3 | 1/3 2/3');
  });

  test('label 0 of the degenerate variant leads to its isolated equilibrium', () => {
    const path = lemkeHowson(stengelDegenerate, 0);
    expect(text(path.equilibrium)).toBe('0 1/3 2/3 | 1/3 2/3');
    expect(path.metDegeneracy).toBe(true);
  });

  test('path lengths of the 6 x 6 game are those of Savani and von Stengel', () => {
    const paths = lemkeHowsonAll(bimatrix(longA, longB));
    expect(paths.map((p) => p.pivots)).toEqual([88, 24, 24, 24, 24, 88, 36, 36, 16, 16, 36, 36]);
    expect(new Set(paths.map((p) => text(p.equilibrium))).size).toBe(1);
  });

  test("QuantEcon's games on which ad hoc tie breaking cycles are solved", () => {
    const a = [
      [0, 0, 0],
      [0, 1, 1],
      [1, 1, 0],
    ];
    const b = [
      [1, 0, 1],
      [1, 1, 0],
      [0, 0, 2],
    ]; // the column player's, own strategy first
    expect(text(lemkeHowson(bimatrix(a, transpose(b)), 0).equilibrium)).toBe('0 2/3 1/3 | 0 1 0');
    const order = [2, 0, 1];
    const permutedA = a.map((row) => order.map((j) => row[j]));
    const permutedB = order.map((j) => b[j]);
    expect(text(lemkeHowson(bimatrix(permutedA, transpose(permutedB)), 0).equilibrium)).toBe('0 2/3 1/3 | 0 0 1');
  });

  test('payoffs of 1e15 and 1e-15 are solved exactly', () => {
    for (const scale of [1e15, 1e16, 1e-15]) {
      const a = [
        [3 * scale, scale],
        [scale, 3 * scale],
      ];
      const b = [
        [scale, 3 * scale],
        [3 * scale, scale],
      ];
      expect(text(lemkeHowson(bimatrix(a, b)).equilibrium)).toBe('1/2 1/2 | 1/2 1/2');
    }
  });

  test('a zero-sum game is solved by the same path', () => {
    // Stripped-down poker in strategic form: bluff with 1/3, call with 2/3, value 1/3.
    const a = [
      [0, 1],
      [0.5, 0],
    ];
    const path = lemkeHowson(
      bimatrix(
        a,
        a.map((row) => row.map((x) => -x)),
      ),
    );
    expect(text(path.equilibrium)).toBe('1/3 2/3 | 2/3 1/3');
    expect(path.equilibrium?.exactPayoffs.map(rationalText)).toEqual(['1/3', '-1/3']);
  });

  test('when pivots run out it returns no equilibrium and says that there is one', () => {
    const path = lemkeHowson(bimatrix(longA, longB), 0, 87);
    expect(path.equilibrium).toBeUndefined();
    expect(path.warnings.join()).toMatch(/was not reached/);
  });
});

const payoffs = (values: fc.Arbitrary<number>, most: number) =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })).chain(([m, n]) => {
    const table = fc.array(fc.array(values, { minLength: n, maxLength: n }), { minLength: m, maxLength: m });
    return fc.tuple(table, table);
  });

describe('laws of two-player solvers', () => {
  test('with many ties too, every extreme equilibrium and every path ends without regret', () => {
    fc.assert(
      fc.property(payoffs(fc.integer({ min: 0, max: 2 }), 4), ([a, b]) => {
        const game = bimatrix(a, b);
        const found = all(game);
        expect(found.equilibria.length).toBeGreaterThan(0);
        for (const e of found.equilibria) expect(maxRegret(game, e.mixture)).toBeLessThan(1e-12);
        for (const path of lemkeHowsonAll(game)) {
          expect(path.equilibrium && maxRegret(game, path.equilibrium.mixture)).toBeLessThan(1e-12);
          // A path ends at a vertex pair, hence at an extreme equilibrium.
          expect(texts(found.equilibria)).toContain(text(path.equilibrium));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('support enumeration and vertex enumeration agree on nondegenerate games, whose number of equilibria is odd', () => {
    let compared = 0;
    fc.assert(
      fc.property(payoffs(fc.integer({ min: -500, max: 500 }), 4), ([a, b]) => {
        const game = bimatrix(a, b);
        const found = all(game);
        if (found.degenerate) return;
        compared++;
        expect(found.equilibria.length % 2).toBe(1);
        expect(texts(supportEnumeration(game).equilibria)).toEqual(texts(found.equilibria));
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(75);
  });

  test('scaling and shifting payoffs moves no equilibrium', () => {
    fc.assert(
      fc.property(payoffs(fc.integer({ min: -9, max: 9 }), 3), ([a, b]) => {
        const moved = bimatrix(
          a.map((row) => row.map((x) => x * 0.25 - 3)),
          b.map((row) => row.map((x) => x * 1e6 + 7)),
        );
        expect(texts(all(moved).equilibria)).toEqual(texts(all(bimatrix(a, b)).equilibria));
      }),
      { numRuns: 60 },
    );
  });
});
