import { describe, expect, it } from 'vitest';
import { nash } from '../../src/analysis/nash.ts';
import { remaining } from '../../src/session/aspiration.ts';
import { run } from '../../src/session/engine.ts';
import { oneStance, tableOf } from '../fixtures/table.ts';
import { falling, rising, shelves, talks } from './in_talks.ts';

const ten = rising(11);
const alike = [ten, ten, ten];

describe('time-dependent tactics', () => {
  it('follow their curves: polynomial to 1 - t^e, exponential from 1 to 0', () => {
    expect(remaining(0.5, 4, 'polynomial')).toBeCloseTo(1 - 0.5 ** 4, 15);
    expect(remaining(0.25, 0.25, 'polynomial')).toBeCloseTo(1 - 0.25 ** 0.25, 15);
    expect(remaining(0, 3, 'exponential')).toBeCloseTo(1, 15);
    expect(remaining(1, 3, 'exponential')).toBe(0);
    expect(remaining(0.3, 2, 'exponential')).toBeCloseTo((Math.exp(0.7 ** 2) - 1) / (Math.E - 1), 14);
  });

  it('a boulware party waits where a conceder gives way', () => {
    const at = (exponent: number) => talks({ utilities: alike, tactic: { type: 'time_dependent', exponent } }).round(5);
    expect(at(4).proposal()).toBe(10);
    expect(at(1).proposal()).toBe(5);
    expect(at(0.25).proposal()).toBe(2);
  });

  it('accepts along a curve of its own where the rule has one', () => {
    const acceptance = { type: 'ac_aspiration', exponent: 0.25 };
    const table = talks({ utilities: alike, tactic: { type: 'time_dependent', exponent: 4 }, acceptance }).round(5);
    expect([1, 2, 9].map(table.accepts)).toEqual([false, true, true]);
  });
});

describe('tit-for-tat', () => {
  it('gives up as much as it received, and takes back what is taken back', () => {
    const table = talks({ utilities: alike, tactic: { type: 'tit_for_tat', of: 'mean' } }).round(1);
    expect(table.move()).toBe(10);
    table.offer('bob', 1).offer('cyd', 0).offer('bob', 3).offer('cyd', 2);
    expect(table.move()).toBe(8);
    table.offer('bob', 1).offer('cyd', 0);
    expect(table.proposal()).toBe(10);
  });

  it('mirrors the least, the mean or the most of several others', () => {
    const aimed = (of: string) =>
      talks({ utilities: alike, tactic: { type: 'tit_for_tat', of } })
        .round(1)
        .offer('bob', 0)
        .offer('cyd', 0)
        .offer('bob', 4)
        .offer('cyd', 2)
        .target();
    expect(aimed('least')).toBeCloseTo(0.8, 12);
    expect(aimed('mean')).toBeCloseTo(0.7, 12);
    expect(aimed('most')).toBeCloseTo(0.6, 12);
  });

  it('relative: in proportion; its ratios multiply up over the steps', () => {
    const table = talks({ utilities: alike, tactic: { type: 'relative_tit_for_tat', of: 'least' } }).round(1);
    table.offer('bob', 2).offer('cyd', 2).offer('bob', 4).offer('cyd', 4).offer('bob', 5).offer('cyd', 5);
    expect(table.target()).toBeCloseTo((2 / 4) * (4 / 5), 12);
  });

  it('averaged: a window of one repeats the latest ratio at each own offer', () => {
    const tactic = { type: 'averaged_tit_for_tat', of: 'mean', window: 1 };
    const table = talks({ utilities: alike, tactic }).round(1).offer('bob', 4).offer('cyd', 4);
    expect(table.target()).toBe(1);
    table.offer('bob', 5).offer('cyd', 5);
    expect(table.target()).toBeCloseTo(0.8, 12);
    table.move();
    expect(table.target()).toBeCloseTo(0.8 * 0.8, 12);
  });

  it('averaged: a wider window takes the mean ratio of its steps', () => {
    const tactic = { type: 'averaged_tit_for_tat', of: 'mean', window: 2 };
    const table = talks({ utilities: alike, tactic }).round(1);
    for (const outcome of [1, 4, 5, 10]) table.offer('bob', outcome);
    expect(table.target()).toBeCloseTo((4 / 5 + 5 / 10) / 2, 12);
  });

  it('random absolute: stays within its jitter, and differs from turn to turn', () => {
    const fine = rising(1001);
    const table = talks({ utilities: [fine, fine, fine], tactic: { type: 'random_tit_for_tat', jitter: 0.1 } });
    table.round(1).offer('bob', 100).offer('bob', 400);
    const targets = [1, 2, 3, 4, 5, 6].map((round) => table.round(round).target());
    for (const target of targets) expect(Math.abs(target - 0.7)).toBeLessThanOrEqual(0.1);
    expect(new Set(targets).size).toBe(6);
  });
});

describe('MiCRO', () => {
  it('walks down one outcome for every new one received from all others', () => {
    const table = talks({ utilities: alike, tactic: { type: 'micro' }, acceptance: { type: 'ac_target' } }).round(1);
    expect(table.move()).toBe(10);
    table.offer('bob', 0);
    expect(table.proposal()).toBe(10);
    table.offer('cyd', 0);
    expect(table.target()).toBeCloseTo(0.9, 12);
    expect([8, 9].map(table.accepts)).toEqual([false, true]);
    expect(table.move()).toBe(9);
    table.offer('bob', 0).offer('cyd', 0);
    expect([9, 10]).toContain(table.proposal());
    table.offer('bob', 1).offer('cyd', 3);
    expect(table.move()).toBe(8);
  });

  it('never walks below its reservation value', () => {
    const table = talks({ utilities: alike, tactic: { type: 'micro' }, reservation: 0.85 }).round(1);
    const made = [0, 1, 2, 3, 4, 5].map((o) => {
      const outcome = table.move();
      table.offer('bob', o).offer('cyd', o);
      return outcome;
    });
    expect(made.slice(0, 2)).toEqual([10, 9]);
    expect(Math.min(...made)).toBe(9);
  });
});

describe('standing still', () => {
  it('hold repeats its last offer, hardliner its best', () => {
    expect(talks({ utilities: alike }).round(1).offer('ann', 7).proposal()).toBe(7);
    expect(talks({ utilities: alike }).round(1).proposal()).toBe(10);
    expect(talks({ utilities: alike, reservation: 0.8 }).round(1).offer('ann', 7).proposal()).toBe(10);
    expect(
      talks({ utilities: alike, tactic: { type: 'hardliner' } })
        .round(1)
        .offer('ann', 7)
        .proposal(),
    ).toBe(10);
  });

  it('a script is followed to its end', () => {
    const offers = [{ issue_0: 'v3' }, { issue_0: 'v1' }];
    const made = (afterwards: string) => {
      const table = talks({ utilities: alike, tactic: { type: 'scripted', offers, afterwards } }).round(1);
      return [table.move(), table.move(), table.proposal()];
    };
    expect(made('repeat_last')).toEqual([3, 1, 1]);
    expect(made('start_again')).toEqual([3, 1, 3]);
    expect(made('pass')).toEqual([3, 1, -1]);
  });
});

describe('mixtures', () => {
  it('hybrid: (1 - t²) of what the others did, t² of the clock', () => {
    const fine = rising(1001);
    const table = talks({ utilities: [fine, fine, fine], tactic: { type: 'hybrid', empathy: 0.5 } }).round(5);
    expect(table.target()).toBeCloseTo(0.75 * 1 + 0.25 * 0.5, 12);
    table.offer('ann', 900).offer('bob', 100).offer('bob', 200).offer('bob', 400);
    const steps = 0.25 * 0.1 + 0.75 * 0.2;
    expect(table.target()).toBeCloseTo(0.75 * (0.9 - 0.5 * 1.25 * steps) + 0.25 * 0.5, 12);
  });

  it('best of last gives back the best recent offer once it reaches the target', () => {
    const table = talks({ utilities: alike, tactic: { type: 'best_of_last', last: 2 } }).round(5);
    table.offer('bob', 7);
    expect(table.proposal()).toBe(7);
    table.offer('bob', 3).offer('bob', 2);
    expect(table.proposal()).toBe(5);
  });

  it('similarity: on its iso-curve, what is most like the others’ last offers', () => {
    const sizes = [3, 3];
    const own = (levels: ArrayLike<number>) => (levels[0] + levels[1]) / 4;
    const tactic = { type: 'similarity', start: 0.5, end: 0.5, band: 0.01 };
    const table = talks({ sizes, utilities: [own, own, own], tactic }).round(1);
    expect(table.proposal()).toBe(2);
    expect(table.offer('bob', 6).proposal()).toBe(6);
    expect(table.offer('bob', 4).proposal()).toBe(4);
  });

  it('random walk: every rational outcome now and then, nothing else', () => {
    const table = talks({ utilities: alike, tactic: { type: 'random_walk' }, reservation: 0.75, rounds: 200 });
    const made = new Set(Array.from({ length: 100 }, (_, i) => table.round(i + 1).proposal()));
    expect([...made].sort((a, b) => a - b)).toEqual([8, 9, 10]);
  });
});

describe('towards the Nash solution', () => {
  // Three parties, one rising, one falling, one indifferent enough to have its own peak; the frequency model learns from their offers.
  const utilities = [rising(21), falling(21)];
  const play = (tactic: { type: string } & Record<string, unknown>) => {
    const seats = utilities.map((utility) => ({
      utility,
      strategy: oneStance(tactic, { type: 'ac_next' }, { type: 'truth' }),
    }));
    let dealt = 0;
    const truth = {
      ...shelves.opponents.get('smith_frequency')!,
      type: 'truth',
      spec: { safeParse: (data: unknown) => ({ success: true, data }) } as never,
      make: (_spec: unknown, { seat }: { seat: number }) => {
        dealt++;
        const of = (outcome: number) => utilities[1 - seat][outcome];
        return { ok: true, made: { initial: 0, observe: (belief: never) => belief, liking: () => ({ of }) } } as never;
      },
    };
    const game = tableOf({
      sizes: [21],
      rounds: 60,
      seats,
      shelves: { ...shelves, opponents: new Map([['truth', truth]]) },
    });
    expect(dealt).toBe(2);
    const turns = [...run(game)];
    return turns[turns.length - 1].state;
  };
  const space = {
    parties: ['ann', 'bob'],
    utilities: utilities.map((u) => Float64Array.from(u)),
    outcomes: Int32Array.from({ length: 21 }, (_, k) => k),
    reservation: [0, 0],
  };

  it('two parties conceding by Zeuthen’s rule agree on it when each knows what the other likes', () => {
    const { end, agreement } = play({ type: 'zeuthen' });
    const [solution] = nash(space).points;
    expect(end).toBe('agreement');
    expect(solution.outcomes).toContain(agreement);
  });

  it('two nice tit-for-tats come there too, late, with their gifts', () => {
    const { end, agreement } = play({ type: 'nice_tit_for_tat', band: 0 });
    expect(end).toBe('agreement');
    expect(Math.abs(agreement - 10)).toBeLessThanOrEqual(1);
  });

  it('Zeuthen stands where another has less to lose, and moves where it has less itself', () => {
    const seen = (bobs: number) =>
      talks({ utilities: [rising(21), falling(21)], tactic: { type: 'zeuthen' }, model: { type: 'smith_frequency' } })
        .round(1)
        .offer('ann', 20)
        .offer('bob', bobs);
    // Giving in to 19 would cost ann next to nothing.
    expect(seen(19).proposal()).not.toBe(20);
    const firm = seen(0).offer('bob', 20).offer('bob', 0);
    expect(firm.view.liking(1)!.of(0)).toBeGreaterThan(firm.view.liking(1)!.of(20));
    expect(firm.proposal()).toBe(20);
  });
});
