import { describe, expect, it } from 'vitest';
import { levels } from '../../src/domain/issues/levels.ts';
import { OutcomeSpace } from '../../src/domain/outcome_space.ts';
import { bayesian } from '../../src/opponents/bayesian.ts';
import { candidateElimination } from '../../src/opponents/candidate_elimination.ts';
import { concessionRegression } from '../../src/opponents/concession_regression.ts';
import { hardheadedFrequency } from '../../src/opponents/hardheaded_frequency.ts';
import { OPPONENTS } from '../../src/opponents/index.ts';
import { modelError } from '../../src/opponents/model_error.ts';
import { smithFrequency } from '../../src/opponents/smith_frequency.ts';
import type { OpponentModel, OpponentModelKind } from '../../src/session/contracts/opponent_model.ts';
import type { KitContext } from '../../src/session/contracts/tactic.ts';
import { must, tableOf } from '../fixtures/table.ts';

const empty = { tactics: new Map(), acceptance: new Map(), opponents: new Map() };
const contextOf = (space: OutcomeSpace): KitContext => ({
  seat: 0,
  parties: ['ann', 'bob', 'cyd'],
  issues: space.issues,
  strides: space.strides,
  allowed: space.allowed,
  isAllowed: (outcome) => space.isAllowed(outcome),
  find: (values) => space.find(values),
});
const ladder = (id: string, n: number) =>
  must(levels.make({ kind: 'levels', id, levels: Array.from({ length: n }, (_, k) => k) }, []));

const options = tableOf({ sizes: [3, 2], seats: [], shelves: empty }).space;
const numbers = new OutcomeSpace([ladder('price', 11), ladder('months', 7), ladder('volume', 5)]);

function model(kind: OpponentModelKind, space: OutcomeSpace, given: object = {}): OpponentModel {
  return must(kind.make(kind.spec.parse({ type: kind.type, ...given }), contextOf(space)));
}
const fold = (of: OpponentModel, outcomes: readonly number[]) =>
  outcomes.reduce(
    (belief, outcome, i) => of.observe(belief, { outcome, round: i + 1, time: (i + 1) / (outcomes.length + 1) }),
    of.initial,
  );

describe('frequency models, by hand', () => {
  it('Smith: value counts over the most offered, issues by the share of their most offered value', () => {
    // Offers (v0,v0), (v0,v1), (v1,v0): the first issue counts 2,1,0, the second 2,1; both issues weigh 2/3 before scaling.
    const smith = model(smithFrequency, options);
    const { of } = smith.liking(fold(smith, [0, 1, 2]));
    expect(of(0)).toBeCloseTo(1, 12);
    expect(of(1)).toBeCloseTo(0.5 + 0.25, 12);
    expect(of(4)).toBeCloseTo(0 + 0.5, 12);
    // A third issue value that was never offered, and an issue that varies more weighs less.
    const uneven = smith.liking(fold(smith, [0, 2, 4, 0]));
    expect(uneven.of(0)).toBeCloseTo(1, 12);
    expect(uneven.of(1)).toBeCloseTo(2 / (2 + 4), 12);
  });

  it('Smith likes everything alike before the first offer', () => {
    const smith = model(smithFrequency, options);
    for (const outcome of options.allowed) expect(smith.liking(smith.initial).of(outcome)).toBeCloseTo(0.5, 12);
  });

  it('Smith with spread lets a number speak for its neighbours', () => {
    const outcome = numbers.encode([5, 3, 2]);
    const liked = (spread: number, price: number) => {
      const smith = model(smithFrequency, numbers, { spread });
      return smith.liking(fold(smith, [outcome])).of(numbers.encode([price, 3, 2]));
    };
    expect(liked(0, 6)).toBeCloseTo(2 / 3, 12);
    expect(liked(0.4, 6)).toBeCloseTo((2 + 0.75) / 3, 12);
    expect(liked(0.4, 9)).toBeCloseTo(2 / 3, 12);
  });

  it('HardHeaded: an issue that stays put gains weight, a value score each time it is offered', () => {
    const hardheaded = model(hardheadedFrequency, options);
    // (v0,v0) then (v0,v1): issue 0 stays. Weights 1/2 and 1/2 become 0.6/1.1 and 0.5/1.1; scores 3,1,1 and 2,2.
    const { of } = hardheaded.liking(fold(hardheaded, [0, 1]));
    expect(of(0)).toBeCloseTo(1, 12);
    expect(of(2)).toBeCloseTo((0.6 / 1.1) * (1 / 3) + 0.5 / 1.1, 12);
  });
});

/** What a party with these weights, wanting low prices, many months and much volume, offers when it concedes with an exponent. */
const WEIGHTS = [0.55, 0.3, 0.15];
const truth = Float64Array.from({ length: numbers.size }, (_, outcome) => {
  const [price, months, volume] = numbers.decode(outcome);
  return WEIGHTS[0] * (1 - price / 10) + WEIGHTS[1] * (months / 6) + WEIGHTS[2] * (volume / 4);
});
function offersOf(exponent: number, rounds: number, floor: number, deadline = 1): number[] {
  const order = [...truth.keys()].sort((a, b) => truth[a] - truth[b] || a - b);
  return Array.from({ length: rounds }, (_, i) => {
    const target = 1 - (1 - floor) * Math.min(1, (i + 1) / (rounds + 1) / deadline) ** exponent;
    return order.find((o) => truth[o] >= target) ?? order[order.length - 1];
  });
}

describe('the distance of a belief to the truth', () => {
  it('is none for the truth itself, however scaled, and largest for its opposite', () => {
    const scaled = modelError({ of: (o) => 0.2 + 0.5 * truth[o] }, truth, numbers.allowed);
    expect(scaled.correlation).toBeCloseTo(1, 12);
    expect(scaled.rmse).toBeCloseTo(0, 12);
    const opposite = modelError({ of: (o) => -truth[o] }, truth, numbers.allowed);
    expect(opposite.correlation).toBeCloseTo(-1, 12);
    expect(opposite.outcomes).toBe(385);
    expect(modelError({ of: () => 0.5 }, truth, numbers.allowed).correlation).toBeNaN();
  });

  it('by hand: (0, 1, 2) against (0, 2, 1)', () => {
    const { correlation, rmse } = modelError({ of: (o) => o }, [0, 2, 1], [0, 1, 2]);
    expect(correlation).toBeCloseTo(0.5, 12);
    expect(rmse).toBeCloseTo(Math.sqrt((0 + 0.25 + 0.25) / 3), 12);
  });

  for (const kind of OPPONENTS) {
    it(`${kind.type} comes nearer to it by listening`, () => {
      const learning = model(kind, numbers, kind.type === 'smith_frequency' ? { spread: 0.5 } : {});
      const belief = fold(learning, offersOf(1, 30, 0.4));
      const { correlation } = modelError(learning.liking(belief), truth, numbers.allowed);
      expect(correlation).toBeGreaterThan(0.4);
    });
  }

  it('Bayesian learning finds the direction of every issue', () => {
    const learning = model(bayesian, numbers, { concession: 0.6 });
    const { of } = learning.liking(fold(learning, offersOf(1, 30, 0.4)));
    expect(of(numbers.encode([0, 6, 4]))).toBeGreaterThan(of(numbers.encode([10, 6, 4])));
    expect(of(numbers.encode([0, 6, 4]))).toBeGreaterThan(of(numbers.encode([0, 0, 4])));
    expect(modelError({ of }, truth, numbers.allowed).correlation).toBeGreaterThan(0.8);
  });
});

describe('how another concedes', () => {
  const rate = (kind: OpponentModelKind, space: OutcomeSpace, offers: readonly number[]) => {
    const learning = model(kind, space);
    return learning.estimates!(fold(learning, offers))['concession_rate'];
  };
  // On one issue the way a party has come is exactly what it has given up; on several that is only likely.
  const single = new OutcomeSpace([ladder('price', 101)]);
  const prices = (exponent: number) =>
    Array.from({ length: 40 }, (_, i) => Math.floor(70 * ((i + 1) / 41) ** exponent));

  for (const kind of [candidateElimination, concessionRegression] as OpponentModelKind[]) {
    it(`${kind.type} finds the exponent on a single issue`, () => {
      for (const exponent of [0.25, 1, 4]) {
        const found = rate(kind, single, [0, ...prices(exponent)]);
        expect(Math.abs(Math.log(found / exponent)), `${found} for ${exponent}`).toBeLessThan(0.4);
      }
    });

    it(`${kind.type} tells a boulware from a linear party and from a conceder on three`, () => {
      const [conceder, linear, boulware] = [0.25, 1, 4].map((e) => rate(kind, numbers, offersOf(e, 40, 0.3)));
      expect(conceder).toBeLessThan(linear);
      expect(linear).toBeLessThan(boulware);
    });
  }

  it('candidate elimination starts again with a wider tolerance when no candidate is left', () => {
    const learning = model(candidateElimination, numbers, { tolerance: 0.01 });
    const back = [...offersOf(1, 20, 0.3), ...offersOf(1, 20, 0.3).slice(0, 5)];
    const { candidates } = learning.estimates!(fold(learning, back));
    expect(candidates).toBeGreaterThan(0);
  });

  it('estimates nothing of a party that has hardly spoken', () => {
    const regression = model(concessionRegression, numbers);
    expect(regression.estimates!(fold(regression, [0, 1]))).toEqual({});
    expect(model(candidateElimination, numbers).estimates!(model(candidateElimination, numbers).initial)).toEqual({});
  });

  it('concession regression finds who means to go further down, and who means to stop sooner', () => {
    const regression = model(concessionRegression, numbers);
    const of = (floor: number, deadline: number) =>
      regression.estimates!(fold(regression, offersOf(1, 40, floor, deadline).slice(0, 24)));
    expect(of(0.8, 1)['reservation']).toBeGreaterThan(of(0.2, 1)['reservation']);
    expect(of(0.2, 1)['certainty']).toBeGreaterThan(0);
    const finished = regression.estimates!(fold(regression, offersOf(1, 40, 0.2)));
    expect(finished['deadline']).toBeGreaterThan(0.95);
  });
});
