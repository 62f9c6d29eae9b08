import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { LEARNS, share } from './shared.ts';

const params = z.strictObject({
  /** What it gives beyond what it got, in utility, while trust lasts. */
  kindness: share.default(0.02),
  late: share.default(0.9),
});

/** Gives as good as it gets: opens kindly, mirrors concessions, withholds when they stop, forgives once, closes late. */
export const reciprocator: StrategyKind<z.infer<typeof params>> = {
  name: 'reciprocator',
  summary: 'mirrors concessions, withholds when they stop, forgives when they come again',
  source:
    'Axelrod, The Evolution of Cooperation, 1984 (tit for tat); Faratin, Sierra & Jennings, 1998; parameters are assumptions',
  params,
  example: { kindness: 0.02, late: 0.9 },
  make: ({ kindness, late }) => ({
    opponentModel: LEARNS,
    chart: {
      id: 'reciprocator',
      initial: 'opening',
      context: {},
      states: {
        opening: {
          meta: {
            tactic: { type: 'trade_off', start: 1, end: 0.9, exponent: 1, band: 0.02 },
            acceptance: { type: 'ac_next' },
            says: 'We will answer good will with good will.',
          },
          on: {
            roundBegan: [{ target: 'mirroring', guard: 'others.any(offers >= 2)' }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        mirroring: {
          meta: {
            tactic: { type: 'tit_for_tat', of: 'mean', kindness },
            acceptance: { type: 'ac_next' },
            says: 'You moved, we move.',
          },
          on: {
            offered: [{ target: 'withholding', guard: 'others.all(step <= 0) && time < 0.6' }],
            roundBegan: [{ target: 'closing', guard: `time >= ${late}` }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        withholding: {
          meta: { tactic: { type: 'hold' }, acceptance: { type: 'ac_next' }, says: 'It is your turn to move.' },
          on: {
            offered: [{ target: 'mirroring', guard: 'others.any(step > 0)' }],
            roundBegan: [{ target: 'mirroring', guard: 'time >= 0.6' }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        closing: {
          meta: {
            tactic: { type: 'trade_off', start: 0.6, end: 0, exponent: 1, band: 0.05, blend: 'min' },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'Let us meet in the middle.',
          },
        },
      },
    },
  }),
};
