import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/comparison/compare.ts';
import { profileIndex } from '../../src/comparison/game/game.ts';
import { loadCase } from '../../src/comparison/hall.ts';
import { panelOf, tensorOf } from '../../src/comparison/payoffs.ts';
import { type Request, Schedule } from '../../src/comparison/schedule.ts';
import { columnMeans } from '../../src/comparison/statistics/panel.ts';
import { combinations, readVariation } from '../../src/comparison/variation.ts';
import { canal, canalPlan } from './canal.ts';

const request = (change: Partial<Request>): Request => ({
  scenarios: [canal],
  variant: null,
  set: [],
  settings: [[]],
  strategies: [
    ['a', 'b'],
    ['a', 'b'],
  ],
  mode: 'cross',
  rotate: false,
  repetitions: 1,
  seed: 1,
  ...change,
});

describe('a schedule', () => {
  test('numbers every negotiation once, whatever its shape', () => {
    const shape = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
      settings: fc.integer({ min: 1, max: 4 }),
      repetitions: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(shape, ({ sizes, settings, repetitions }) => {
        const schedule = new Schedule(
          request({
            strategies: sizes.map((n) => Array.from({ length: n }, (_, s) => `s${s}`)),
            settings: Array.from({ length: settings }, (_, k) => [`x=${k}`]),
            repetitions,
          }),
        );
        const jobs = Array.from({ length: schedule.size }, (_, n) => schedule.job(n));
        expect(schedule.size).toBe(sizes.reduce((a, b) => a * b, settings * repetitions));
        expect(new Set(jobs.map((job) => `${job.case} ${schedule.seatings[job.seating]} ${job.repetition}`)).size).toBe(
          schedule.size,
        );
        for (const job of jobs) expect(schedule.numberOf(job.case, job.seating, job.repetition)).toBe(job.number);
      }),
    );
  });

  test('a round robin of S strategies among n seats has C(S + n - 1, n) pairings, and the rotated one S^n', () => {
    const strategies = ['a', 'b', 'c', 'd'];
    const three = { strategies: [strategies, strategies, strategies], mode: 'round_robin' as const };
    expect(new Schedule(request(three)).seatings).toHaveLength(20);
    expect(new Schedule(request({ ...three, rotate: true })).seatings).toHaveLength(64);
  });

  test('rotating roles with different lists is refused', () => {
    const uneven = { strategies: [['a'], ['a', 'b']], rotate: true };
    expect(() => new Schedule(request(uneven))).toThrow(/same strategies at every seat/);
  });

  test('neither who plays nor what is varied moves the luck', () => {
    const plain = canalPlan({ strategies: ['boulware'] }).scenarios[0].game({ seed: 7, repetition: 3 });
    const varied = loadCase({ scenarios: [canal], variant: null }, { scenario: 0, set: ['market.toll=99'] });
    expect(varied.game({ seed: 7, repetition: 3 }).chance).toEqual(plain.chance);
    expect(varied.game({ seed: 7, repetition: 4 }).chance).not.toEqual(plain.chance);
  });
});

describe('a variation', () => {
  test('of a range takes both ends and even steps', () => {
    expect(readVariation('market.price=40000..160000:7').values).toEqual([
      40000, 60000, 80000, 100000, 120000, 140000, 160000,
    ]);
    expect(readVariation('x=-1..1:3').values).toEqual([-1, 0, 1]);
    expect(readVariation('x=1e3,2,full').values).toEqual([1000, 2, 'full']);
  });

  test('of two figures goes through every combination, the last fastest', () => {
    expect(combinations([readVariation('a=1,2'), readVariation('b=3,4')])).toEqual([
      ['a=1', 'b=3'],
      ['a=1', 'b=4'],
      ['a=2', 'b=3'],
      ['a=2', 'b=4'],
    ]);
  });

  test.each(['price', 'x=', 'x=1..', 'x=1..1:3', 'x=1..2:1', 'x=1,,2', 'x=1,1', 'x=0..1:99999999'])(
    '%s is refused with an example or a reason',
    (written) => {
      expect(() => readVariation(written)).toThrow(written.split('=')[0]);
    },
  );
});

describe('strategies by party', () => {
  test('an unknown strategy, party or path is refused before anything is played, with what was meant', () => {
    const hint = (wishes: Parameters<typeof canalPlan>[0]) => {
      try {
        canalPlan(wishes);
      } catch (error) {
        return `${(error as Error).message} ${(error as { hint?: string }).hint}`;
      }
      return 'accepted';
    };
    expect(hint({ strategies: ['arnhem=bulware'] })).toMatch(/no strategy "bulware".*"boulware"/);
    expect(hint({ strategies: ['arnhen=boulware'] })).toMatch(/no party "arnhen".*"arnhem"/);
    expect(hint({ vary: ['market.tol=1,2'] })).toMatch(/"tol"/);
    expect(hint({ vary: ['parties.basel.reservation=1,much'] })).toMatch(/refused/);
  });

  test('parties not named keep their own, and --all gives each what fits its seat', () => {
    expect(canalPlan({ strategies: ['basel=linear,own'] }).request.strategies).toEqual([
      ['own'],
      ['linear', 'own'],
      ['own'],
    ]);
    const { strategies } = canalPlan({ all: true, strategies: ['0=own'] }).request;
    expect(strategies[0]).toEqual(['own']);
    expect(strategies[1]).toEqual(expect.arrayContaining(['boulware', 'conceder', 'linear']));
  });
});

test('where roles are symmetric, entrants are interchangeable in the payoffs', async () => {
  const prepared = canalPlan({ strategies: ['boulware,conceder,linear'], rotate: true });
  const results = await compare(prepared, { workers: 1 });
  const tensor = tensorOf(prepared.schedule);
  const means = columnMeans(panelOf(results, tensor, 'utility'));
  for (const [p, [a, b, c]] of tensor.profile.entries()) {
    const swapped = profileIndex({ strategies: tensor.strategies }, [b, a, c]);
    expect(means[p * 3]).toBeCloseTo(means[swapped * 3 + 1], 12);
    expect(means[p * 3 + 2]).toBeCloseTo(means[swapped * 3 + 2], 12);
  }
});
