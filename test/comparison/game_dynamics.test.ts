import { describe, expect, test } from 'vitest';
import { alphaRank, alphaRankSinks, alphaRankSymmetric, suggestAlpha } from '../../src/comparison/game/alpha_rank.ts';
import { replicatorBasins } from '../../src/comparison/game/basins.ts';
import { deviationGraph } from '../../src/comparison/game/deviation_graph.ts';
import { bimatrix, makeGame } from '../../src/comparison/game/game.ts';
import { fitnessOf, fitnessWithin, replicator, replicatorDerivative } from '../../src/comparison/game/replicator.ts';
import { stationary, stationaryOfLogs } from '../../src/comparison/game/stationary.ts';
import { sinkComponents, strongComponents } from '../../src/comparison/game/strong_components.ts';

const rps = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
];
const transpose = (a: number[][]) => a[0].map((_, j) => a.map((row) => row[j]));
const rpsGame = bimatrix(rps, transpose(rps));
const times = (end: number, count: number) => Array.from({ length: count }, (_, k) => (end * k) / (count - 1));

describe('replicator dynamics', () => {
  test("Nashpy's documented run of [[3,2],[4,2]] from the middle: 0.49875032 after one step, 0.10180527 at time 10", () => {
    const { mixtures } = replicator(
      fitnessWithin([
        [3, 2],
        [4, 2],
      ]),
      [[0.5, 0.5]],
      times(10, 1000),
    );
    expect(mixtures[1][0][0]).toBeCloseTo(0.49875032, 7);
    expect(mixtures[999][0][0]).toBeCloseTo(0.10180527, 7);
  });

  test("Nashpy's three-strategy run from (0.2, 0.1, 0.7)", () => {
    const { mixtures } = replicator(
      fitnessWithin([
        [3, 2, 3],
        [4, 1, 1],
        [2, 3, 1],
      ]),
      [[0.2, 0.1, 0.7]],
      times(10, 100),
    );
    [
      [1, 0.2246603, 0.09886608, 0.67647362],
      [10, 0.48091315, 0.097819, 0.42126785],
    ].forEach(([k, ...shares]) => {
      shares.forEach((x, s) => {
        expect(mixtures[k][0][s]).toBeCloseTo(x, 6);
      });
    });
  });

  test("Nashpy's derivatives", () => {
    const fitness = fitnessWithin([
      [3, 2, 3],
      [4, 1, 1],
      [2, 3, 1],
    ]);
    const derivative = (x: number[]) => replicatorDerivative(fitness, [x])[0];
    expect(derivative([1, 0, 0]).map(Math.abs)).toEqual([0, 0, 0]);
    [0.128, -0.144, 0.016].forEach((d, s) => {
      expect(derivative([0.2, 0.4, 0.4])[s]).toBeCloseTo(d, 12);
    });
    expect(derivative([0, 0.25, 0.75])).toEqual([0, -0.09375, 0.09375]);
  });

  test('the centre of rock, paper, scissors is a rest point to 1e-15, in one population and in two', () => {
    const third = [1 / 3, 1 / 3, 1 / 3];
    for (const d of replicatorDerivative(fitnessWithin(rps), [third])[0]) expect(Math.abs(d)).toBeLessThan(1e-15);
    for (const row of replicatorDerivative(fitnessOf(rpsGame), [third, third])) {
      for (const d of row) expect(Math.abs(d)).toBeLessThan(1e-15);
    }
  });

  test('four populations paid 1 in one corner: mean fitness 1/16, derivatives +-1/32 (OpenSpiel)', () => {
    const game = makeGame(
      ['a', 'b', 'c', 'd'],
      Array.from({ length: 4 }, () => ['x', 'y']),
      (p) => p.map(() => (p.every((s) => s === 0) ? 1 : 0)),
    );
    const half = Array.from({ length: 4 }, () => [0.5, 0.5]);
    expect(replicatorDerivative(fitnessOf(game), half)).toEqual(Array.from({ length: 4 }, () => [1 / 32, -1 / 32]));
  });

  test('a pure start stays pure, and the result says why', () => {
    const { mixtures, warnings } = replicator(
      fitnessWithin([
        [1, 1],
        [5, 5],
      ]),
      [[1, 0]],
      [0, 50],
    );
    expect(mixtures[1]).toEqual([[1, 0]]);
    expect(warnings).toHaveLength(1);
  });

  test('around the centre of zero-sum rock, paper, scissors the product of shares is conserved', () => {
    const { mixtures } = replicator(fitnessWithin(rps), [[0.5, 0.25, 0.25]], [0, 30]);
    const [x, y, z] = mixtures[1][0];
    expect(x * y * z).toBeCloseTo(0.5 * 0.25 * 0.25, 7);
  });

  test('basins of a coordination game are its two pure equilibria', () => {
    const { basins } = replicatorBasins(
      bimatrix(
        [
          [2, 0],
          [0, 1],
        ],
        [
          [2, 0],
          [0, 1],
        ],
      ),
      { starts: 60 },
    );
    expect(basins).toHaveLength(2);
    expect(basins[0].mixture[0][0]).toBeCloseTo(1, 6);
    expect(basins[0].share).toBeGreaterThan(0.5);
    expect(basins.reduce((total, b) => total + b.share, 0)).toBeCloseTo(1, 12);
  });

  test('paths that go round are no end points, and say so', () => {
    const pennies = [
      [1, -1],
      [-1, 1],
    ];
    const { basins, cycling, moving, warnings } = replicatorBasins(
      bimatrix(
        pennies,
        pennies.map((row) => row.map((x) => -x)),
      ),
      { starts: 10 },
    );
    expect([basins.length, cycling, moving]).toEqual([0, 1, 0]);
    expect(warnings.join()).toMatch(/10 of 10 paths go round/);
  });

  test('a path that time cut short is still moving', () => {
    const slow = makeGame(['a', 'b', 'c'], [['x', 'y'], ['x', 'y'], ['x']], ([i, j]) => [i === 0 ? 1 : 0, j, 0]);
    const { moving, cycling } = replicatorBasins(slow, { starts: 10, horizon: 2 });
    expect([moving, cycling]).toEqual([1, 0]);
  });

  test('the ends of paths along one continuum of equilibria are one place', () => {
    // The third player is indifferent once the first two have settled, so each start ends at a mixture of its own.
    const idle = makeGame(
      ['a', 'b', 'c'],
      [
        ['x', 'y'],
        ['x', 'y'],
        ['p', 'q'],
      ],
      ([i, j, k]) => [i === 0 ? 1 : 0, j === 0 ? 1 : 0, i === 0 ? 1 : k],
    );
    const { basins } = replicatorBasins(idle, { starts: 30 });
    expect(basins).toHaveLength(1);
    expect(basins[0].share).toBeCloseTo(1, 12);
    expect(basins[0].points).toBeGreaterThan(10);
  });
});

describe('alpha-rank', () => {
  // Han, Pereira, Santos & Lenaerts, Scientific Reports 3, 2013, as in OpenSpiel's test.
  const [r, t, p, s, delta, eps] = [1, 2, 0, -1, 4, 0.25];
  const han = [
    [r - eps / 2, r - eps, 0, s + delta - eps, r - eps],
    [r, r, s, s, s],
    [0, t, p, p, p],
    [t - delta, t, p, p, p],
    [r, t, p, p, p],
  ];

  test('the commitment game of Han et al. 2013, population 20, alpha 0.1', () => {
    const { distribution } = alphaRankSymmetric(han, { alpha: 0.1, population: 20 });
    [0.40966787, 0.07959841, 0.20506998, 0.08505983, 0.2206039].forEach((x, k) => {
      expect(Math.abs(distribution[k] - x)).toBeLessThan(1e-4);
    });
  });

  test('rock, paper, scissors is uniform at every alpha, also where rates span a thousand orders of magnitude', () => {
    for (const alpha of [0.1, 10, 1000, Infinity]) {
      for (const x of alphaRankSymmetric(rps, { alpha, population: 20 }).distribution) expect(x).toBeCloseTo(1 / 3, 9);
    }
  });

  test('a prisoner of the dilemma ends in defection; the finite-alpha ranking tends to the infinite one', () => {
    const pd = [
      [3, 0],
      [5, 1],
    ];
    const game = bimatrix(pd, transpose(pd));
    expect(alphaRankSinks(game)).toEqual([[3]]);
    expect(alphaRank(game, { alpha: Infinity }).distribution[3]).toBeCloseTo(1, 7);
    expect(alphaRank(game, { alpha: 100 }).distribution[3]).toBeCloseTo(1, 7);
    expect(alphaRank(game, { alpha: 0 }).distribution[3]).toBeCloseTo(0.25, 12);
    expect(alphaRank(game, { alpha: 5 }).order[0]).toBe(3);
  });

  test('log space and linear space agree where both can go', () => {
    const rates = [0, 0.2, 0.1, 0.5, 0, 0.3, 0.05, 0.4, 0];
    const linear = stationary(Float64Array.from(rates), 3);
    const logs = stationaryOfLogs(Float64Array.from(rates, Math.log), 3);
    for (let k = 0; k < 3; k++) expect(logs[k]).toBeCloseTo(linear[k], 14);
    const balance = (j: number) =>
      [0, 1, 2].reduce((flow, i) => flow + linear[i] * rates[i * 3 + j] - linear[j] * rates[j * 3 + i], 0);
    for (let j = 0; j < 3; j++) expect(balance(j)).toBeCloseTo(0, 14);
  });

  test('the suggested alpha is -ln(tolerance) over the smallest payoff gap of a single deviation', () => {
    const game = bimatrix(
      [
        [3, 0],
        [5, 0.5],
      ],
      [
        [3, 5],
        [0, 0.5],
      ],
    );
    expect(suggestAlpha(game)).toBeCloseTo(Math.log(10) / 0.5, 12);
    expect(suggestAlpha(bimatrix([[1, 1]], [[1, 1]]))).toBe(Infinity);
  });
});

describe('deviation graph', () => {
  test('matching pennies is one cycle of four profiles', () => {
    const graph = deviationGraph(
      bimatrix(
        [
          [1, -1],
          [-1, 1],
        ],
        [
          [-1, 1],
          [1, -1],
        ],
      ),
    );
    expect(graph.sinks).toEqual([]);
    expect(graph.cycles).toEqual([[0, 1, 2, 3]]);
    expect(graph.traps).toEqual([[0, 1, 2, 3]]);
    expect(graph.arrows).toHaveLength(4);
  });

  test('with three players at the table arrows name who moves and what it gains, and end in the equilibrium', () => {
    const game = makeGame(
      ['us', 'russia', 'ukraine'],
      Array.from({ length: 3 }, () => ['hold', 'give']),
      (p) => p.map((s) => 2 * s),
    );
    const graph = deviationGraph(game);
    expect(graph.sinks).toEqual([7]);
    expect(graph.arrows[0]).toEqual({ player: 0, from: 0, to: 4, gain: 2 });
    expect(graph.arrows).toHaveLength(12);
    expect(graph.cycles).toEqual([]);
    expect(deviationGraph(game, { epsilon: 2 }).arrows).toEqual([]);
  });

  test('a better reply need not be the best', () => {
    const game = bimatrix([[0], [1], [2]], [[0], [0], [0]]);
    expect(deviationGraph(game).arrows).toHaveLength(2);
    expect(deviationGraph(game, { replies: 'better' }).arrows).toHaveLength(3);
  });

  test('strong components of a chain of two circles and a tail', () => {
    const successors = [[1], [2], [0, 3], [4], [3], [4]];
    expect(strongComponents(successors)).toEqual([[0, 1, 2], [3, 4], [5]]);
    expect(sinkComponents(successors)).toEqual([[3, 4]]);
  });
});
