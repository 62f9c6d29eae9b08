import { describe, expect, it } from 'vitest';
import { rising, type Spec, talks } from './in_talks.ts';

const ten = rising(11);
const utilities = [ten, ten, ten];
const at = (round: number, acceptance: Spec, more: object = {}) =>
  talks({ utilities, acceptance, tactic: { type: 'time_dependent', exponent: 1 }, ...more }).round(round);
const taken = (table: ReturnType<typeof talks>) => [...ten.keys()].filter(table.accepts);

describe('acceptance rules', () => {
  it('AC-next: what is worth the next own offer, scaled and shifted', () => {
    expect(taken(at(3, { type: 'ac_next' }))).toEqual([7, 8, 9, 10]);
    expect(taken(at(3, { type: 'ac_next', alpha: 1, beta: 0.1 }))).toEqual([6, 7, 8, 9, 10]);
    expect(taken(at(3, { type: 'ac_next', alpha: 0.75 }))).toEqual([10]);
  });

  it('AC-prev: what is worth the own previous offer', () => {
    expect(taken(at(3, { type: 'ac_prev' }).offer('ann', 8))).toEqual([8, 9, 10]);
    expect(taken(at(3, { type: 'ac_prev' }))).toEqual([10]);
  });

  it('AC-const and AC-time, each with the reservation value as its floor', () => {
    expect(taken(at(1, { type: 'ac_const', utility: 0.85 }))).toEqual([9, 10]);
    expect(taken(at(1, { type: 'ac_const', utility: 0.2 }, { reservation: 0.75 }))).toEqual([8, 9, 10]);
    expect(taken(at(8, { type: 'ac_time', after: 0.9 }))).toEqual([]);
    expect(taken(at(9, { type: 'ac_time', after: 0.9 }, { reservation: 0.75 }))).toEqual([8, 9, 10]);
  });

  it('AC-target: the tactic’s own target, and for one without target its next offer', () => {
    expect(taken(at(3, { type: 'ac_target' }))).toEqual([7, 8, 9, 10]);
    const tactic = { type: 'scripted', offers: [{ issue_0: 'v4' }] };
    expect(taken(at(3, { type: 'ac_target' }, { tactic }))).toEqual([4, 5, 6, 7, 8, 9, 10]);
  });

  it('AC-last: the best of the last offers received before this one', () => {
    const table = at(3, { type: 'ac_last', last: 2 });
    expect(taken(table)).toEqual([]);
    table.offer('bob', 8).offer('cyd', 3).offer('bob', 5).offer('cyd', 4);
    expect([4, 5, 8].map(table.accepts)).toEqual([false, true, true]);
  });

  describe('AC-combi', () => {
    const late = (against: string, window = 'whole', tactic: Spec = { type: 'hardliner' }) => {
      const table = talks({ utilities, tactic, acceptance: { type: 'ac_combi', after: 0.7, against, window } });
      table.round(1).offer('bob', 6);
      table.round(7).offer('bob', 2).offer('cyd', 3);
      return table.round(8).offer('bob', 1);
    };

    it('is AC-next before its time', () => {
      const early = at(3, { type: 'ac_combi', after: 0.7, against: 'none' });
      expect(taken(early)).toEqual([7, 8, 9, 10]);
    });

    it('later takes the best of its window, or its mean', () => {
      expect([3, 4, 5, 6].map(late('max').accepts)).toEqual([false, false, false, true]);
      expect([2, 4].map(late('average').accepts)).toEqual([false, true]);
      expect([2, 3].map(late('max', 'remaining').accepts)).toEqual([false, true]);
      expect([0, 1, 2].map(late('none').accepts)).toEqual([true, true, true]);
    });

    it('or what waiting is worth: the mean of the better ones, times the chance that one comes', () => {
      const table = late('expected');
      // Of 6, 2, 3 and the last 1 (not counted where it is judged), one beats 5; two offers are to come: 1 - (3/4)² of 0.6.
      const worth = (1 - 0.75 ** 2) * 0.6;
      expect(worth).toBeLessThan(0.5);
      expect(table.accepts(5)).toBe(true);
      // All but the last beat 1: (0.6 + 0.2 + 0.3) / 3, sure to come.
      expect(table.accepts(1)).toBe(false);
    });
  });

  it('probability of a better offer: the later it is, the less will do', () => {
    const from = (round: number) => {
      const table = at(1, { type: 'ac_better_offer', below: 0.1 });
      for (const outcome of [3, 4, 5, 4, 3, 5]) table.offer('bob', outcome);
      return taken(table.round(round));
    };
    expect(from(1)[0]).toBeGreaterThan(5);
    expect(from(9)[0]).toBe(0);
    expect(from(8)[0]).toBeLessThan(from(1)[0]);
    expect(taken(at(1, { type: 'ac_better_offer' }))).toEqual([]);
  });
});
