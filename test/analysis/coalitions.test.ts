import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coalitionGame, share } from '../../src/analysis/coalition_game.ts';
import { core } from '../../src/analysis/core.ts';
import { kohlbergConfirms, NoImputation, nucleolus, prenucleolus } from '../../src/analysis/nucleolus.ts';
import { exactly, rational, toNumber, written } from '../../src/analysis/rational_number.ts';
import { shapley } from '../../src/analysis/shapley.ts';

/** Published games (TuGames and CoopGame manuals; Aumann and Maschler 1985 for the Talmud's estates). */
const tuGames = coalitionGame(3, { '12': 90, '13': 100, '23': 120, '123': 220 });
const gloves = coalitionGame(3, { '13': 1, '23': 1, '123': 1 });
const majority = coalitionGame(3, { '12': 1, '13': 1, '23': 1, '123': 1 });
const land = coalitionGame(3, { '1': 100, '12': 150, '13': 160, '123': 160 });
const pelegSudhoelter = coalitionGame(3, { '12': 10, '123': 2 });
const coopGame = coalitionGame(4, {
  '12': 5,
  '13': 5,
  '14': 8,
  '23': 9,
  '24': 10,
  '34': 8,
  '123': 13,
  '124': 15,
  '134': 16,
  '234': 17,
  '1234': 21,
});

/** v(S) = max(0, E - the claims of those outside S). */
function estate(amount: number, claims = [100, 200, 300]) {
  const worth = Array.from({ length: 8 }, (_, s) =>
    Math.max(0, amount - claims.reduce((sum, claim, i) => sum + ((s & (1 << i)) === 0 ? claim : 0), 0)),
  );
  return coalitionGame(3, [0, ...worth.slice(1)]);
}

const fractions = (x: readonly { numerator: bigint; denominator: bigint }[]) => x.map(written);

describe('coalitions', () => {
  it('gives the published Shapley values, exactly', () => {
    expect(fractions(shapley(tuGames).exact)).toEqual(['65', '75', '80']);
    expect(fractions(shapley(gloves).exact)).toEqual(['1/6', '1/6', '2/3']);
    expect(fractions(shapley(majority).exact)).toEqual(['1/3', '1/3', '1/3']);
    expect(fractions(shapley(land).exact)).toEqual(['415/3', '25/3', '40/3']);
    expect(fractions(shapley(estate(200)).exact)).toEqual(['100/3', '250/3', '250/3']);
  });

  it('gives the published nucleoli, exactly and confirmed by Kohlberg', () => {
    const published: [ReturnType<typeof coalitionGame>, string[]][] = [
      [tuGames, ['170/3', '230/3', '260/3']],
      [estate(100), ['100/3', '100/3', '100/3']],
      [estate(200), ['50', '75', '75']],
      [estate(300), ['50', '100', '150']],
      [gloves, ['0', '0', '1']],
      [land, ['155', '0', '5']],
      [coopGame, ['7/2', '9/2', '11/2', '15/2']],
      [pelegSudhoelter, ['1', '1', '0']],
    ];
    for (const [game, expected] of published) {
      const found = nucleolus(game);
      expect(fractions(found.exact)).toEqual(expected);
      expect(found.verified).toBe(true);
    }
  });

  it('keeps the prenucleolus apart from the nucleolus', () => {
    const found = prenucleolus(pelegSudhoelter);
    expect(fractions(found.exact)).toEqual(['3', '3', '-4']);
    expect(found.verified).toBe(true);
  });

  it('tells an empty core from one with a single point and from one with an area', () => {
    expect(core(majority)).toMatchObject({ empty: true, vertices: [] });
    expect(written(core(majority).leastExcess)).toBe('1/3');
    expect(core(gloves).vertices?.map(fractions)).toEqual([['0', '0', '1']]);
    expect(core(land).vertices?.map(fractions)).toEqual([
      ['150', '0', '10'],
      ['160', '0', '0'],
    ]);
    expect(core(tuGames).empty).toBe(false);
  });

  it('refuses a nucleolus where nobody gains by joining', () => {
    expect(() => nucleolus(coalitionGame(3, { '1': 2, '2': 2, '123': 3 }))).toThrow(NoImputation);
  });

  it('lets Kohlberg reject a division that is not the nucleolus', () => {
    expect(kohlbergConfirms(tuGames, [57, 77, 86].map(exactly), true)).toBe(false);
    expect(
      kohlbergConfirms(
        tuGames,
        [170n, 230n, 260n].map((x) => rational(x, 3n)),
        true,
      ),
    ).toBe(true);
  });

  const games = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 7, maxLength: 7 }).map((worths) => {
    const [a, b, ab, c, ac, bc, abc] = worths;
    return coalitionGame(3, [0, a, b, ab, c, ac, bc, abc + a + b + c]);
  });

  it('shares out exactly what the grand coalition is worth, and lands in the core when there is one', () => {
    fc.assert(
      fc.property(games, (game) => {
        const n = nucleolus(game);
        expect(share(n.exact, 7)).toEqual(game.worth[7]);
        expect(share(shapley(game).exact, 7)).toEqual(game.worth[7]);
        expect(n.verified).toBe(true);
        const { empty } = core(game);
        const complaint = [1, 2, 3, 4, 5, 6].some((s) => toNumber(share(n.exact, s)) < toNumber(game.worth[s]) - 1e-12);
        expect(complaint).toBe(empty);
      }),
      { numRuns: 40 },
    );
  });

  it('gives symmetric players the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 20, max: 60 }),
        (a, b, n) => {
          const game = coalitionGame(3, { '1': a, '2': a, '3': a, '12': b, '13': b, '23': b, '123': n + 9 });
          for (const { exact } of [nucleolus(game), shapley(game)]) {
            expect(exact[1]).toEqual(exact[0]);
            expect(exact[2]).toEqual(exact[0]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
