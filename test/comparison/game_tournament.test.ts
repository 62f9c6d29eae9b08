import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestSymmetricEquilibrium, rowMeans, sequentialElimination } from '../../src/comparison/game/elimination.ts';
import { empiricalEquilibria } from '../../src/comparison/game/empirical.ts';
import { bimatrix, makeGame, profileIndex, profileName } from '../../src/comparison/game/game.ts';
import { fromNfg, toNfg } from '../../src/comparison/game/nfg.ts';
import { bootstrap } from '../../src/comparison/statistics/bootstrap.ts';
import { makePanel } from '../../src/comparison/statistics/panel.ts';
import { ranksOf } from '../../src/comparison/statistics/ranking.ts';
import { uniform } from '../../src/comparison/statistics/uniform.ts';

// Axelrod library's documented tournament: Cooperator, Defector, Tit For Tat, Grudger; 10 turns; payoffs per turn.
const axelrod = [
  [3, 0, 3, 3],
  [5, 1, 1.4, 1.4],
  [3, 0.9, 3, 3],
  [3, 0.9, 3, 3],
];

describe('tournament matrices', () => {
  test("Axelrod's four players: scores 60, 78, 69, 69 and the ranking Defector, Tit For Tat, Grudger, Cooperator", () => {
    const scores = rowMeans(axelrod, false).map((mean) => Math.round(mean * 3 * 10));
    expect(scores).toEqual([60, 78, 69, 69]);
    expect(ranksOf(scores)).toEqual([4, 1, 2, 2]);
  });

  test('once the exploitable leave, the exploiter leaves next', () => {
    const { order, scores, warnings } = sequentialElimination(axelrod);
    expect(order).toEqual([1, 3, 2, 0]);
    expect(scores[0]).toBeCloseTo((5 + 1 + 1.4 + 1.4) / 4, 12);
    expect(warnings).toHaveLength(1);
  });

  test('of the symmetric equilibria the one that pays best is kept', () => {
    expect(bestSymmetricEquilibrium(axelrod).strategies).toEqual([2, 3]);
    expect(
      bestSymmetricEquilibrium([
        [2, 0],
        [1, 1],
      ]).strategies,
    ).toEqual([0]);
    const none = bestSymmetricEquilibrium([
      [0, 2],
      [3, 1],
    ]);
    expect(none.strategies).toEqual([]);
    expect(none.warnings).toHaveLength(1);
  });
});

describe('equilibria of measured payoffs', () => {
  const players = ['us', 'russia', 'ukraine'];
  const strategies = players.map(() => ['hold', 'give']);
  /** Giving costs `cost` and brings everybody 1; measured with noise that all profiles share and some of their own. */
  const measured = (cost: number, scenarios = 20) => {
    const game = makeGame(players, strategies, (p) => p.map((s) => p[0] + p[1] + p[2] - cost * s));
    const columns = Array.from(game.payoff, (_, c) => `${c}`);
    const clusters = Array.from({ length: scenarios }, (_, k) => ({
      id: `s${k + 100}`,
      repetitions: 2,
      values: Float64Array.from(
        { length: columns.length * 2 },
        (_, at) => game.payoff[at >> 1] + 3 * uniform(1, k) + uniform(2, k, at),
      ),
    }));
    return bootstrap(makePanel(columns, clusters), { resamples: 1000 });
  };

  test('a clear equilibrium is one in every resample, a clear loser in none', () => {
    const found = empiricalEquilibria(players, strategies, measured(3));
    expect(found.probability[0]).toBeCloseTo(1, 12);
    expect(found.probability[7]).toBe(0);
    expect(found.regret.low[7]).toBeGreaterThan(1);
    expect(found.regret.high[7]).toBeLessThan(3);
    expect(profileName(found.game, 6)).toBe('us=give, russia=give, ukraine=hold');
  });

  test('a profile on the edge is one in some resamples, and in all once epsilon covers the noise', () => {
    const sample = measured(1);
    const edge = empiricalEquilibria(players, strategies, sample).probability;
    expect(edge.some((p) => p > 0.02 && p < 0.98)).toBe(true);
    for (const p of empiricalEquilibria(players, strategies, sample, { epsilon: 1 }).probability)
      expect(p).toBeCloseTo(1, 12);
  });

  test('a tensor with cells missing is refused', () => {
    expect(() => empiricalEquilibria(players, [['a'], ['b'], ['c', 'd']], measured(1))).toThrow(/6 cells expected, 24/);
  });
});

describe('.nfg files', () => {
  test('the payoff format of a 3 x 2 game, first player fastest', () => {
    expect(
      toNfg(
        bimatrix(
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
        ),
        'von Stengel 2007',
      ),
    ).toBe(
      [
        'NFG 1 R "von Stengel 2007" { "row" "column" }',
        '',
        '{',
        '  { "r1" "r2" "r3" }',
        '  { "c1" "c2" }',
        '}',
        '""',
        '',
        '3 3',
        '2 2',
        '0 3',
        '3 2',
        '5 6',
        '6 1',
        '',
      ].join('\n'),
    );
  });

  test('any game survives the round trip, payoffs to the bit', () => {
    const label = fc.string({ minLength: 1, maxLength: 8 }).map((s) => s.replaceAll(/[\\\p{Cc}\p{Zl}\p{Zp}]/gu, '.'));
    const names = fc.uniqueArray(
      label.filter((s) => s.trim() !== ''),
      { minLength: 1, maxLength: 3 },
    );
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
    fc.assert(
      fc.property(
        fc.array(names, { minLength: 1, maxLength: 3 }),
        fc.array(number, { minLength: 81, maxLength: 81 }),
        label,
        (lists, numbers, title) => {
          const players = lists.map((_, i) => `player "${i}"`);
          const shape = { strategies: lists };
          const game = makeGame(players, lists, (p) =>
            players.map((_, i) => numbers[profileIndex(shape, p) * players.length + i]),
          );
          const read = fromNfg(toNfg(game, title, 'a "quoted" comment'));
          expect(read.players).toEqual(players);
          expect(read.strategies).toEqual(lists);
          expect(read.title).toBe(title);
          expect(read.comment).toBe('a "quoted" comment');
          expect(read.payoff).toEqual(game.payoff);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('labels Gambit would refuse are made distinct and non-empty; what it cannot read is replaced', () => {
    const game = makeGame(
      ['a', 'a'],
      [
        ['', '', 'x\\y'],
        ['two\nlines', '"quoted"'],
      ],
      () => [1e-7, 1e21],
    );
    const text = toNfg(game, '');
    expect(text).toContain('{ "a" "a_2" }');
    expect(text).toContain('{ "_1" "_2" "x/y" }');
    expect(text).toContain('{ "two lines" "\\"quoted\\"" }');
    expect(text).toContain('0.0000001 1000000000000000000000');
  });

  test('broken files are refused in a sentence', () => {
    const good = toNfg(bimatrix([[1]], [[2]]), 't');
    expect(() => fromNfg(good.replace('NFG', 'EFG'))).toThrow(/NFG expected, found EFG/);
    expect(() => fromNfg(good.replace('1 2\n', '1\n'))).toThrow(/ends where a payoff/);
    expect(() => fromNfg(`${good} 3`)).toThrow(/too many/);
    expect(() => fromNfg(good.replace('1 2\n', '1 x\n'))).toThrow(/x is no number/);
  });
});
