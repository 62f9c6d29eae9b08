import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { share } from './shared.ts';

const params = z.strictObject({
  /** The share of the way from reservation to best that it insists on until late. */
  insists: share.default(0.8),
  late: share.default(0.95),
});

/** Gives almost nothing until the very end, and turns rigid when the others take something back. */
export const hardliner: StrategyKind<z.infer<typeof params>> = {
  name: 'hardliner',
  summary: 'insists on nearly everything, freezes when others retreat, blinks at the last moment if at all',
  source: 'the hard bargaining posture of Lax & Sebenius, The Manager as Negotiator, 1986; parameters are assumptions',
  params,
  example: { insists: 0.8, late: 0.95 },
  make: ({ insists, late }) => ({
    chart: {
      id: 'hardliner',
      initial: 'demanding',
      context: {},
      states: {
        demanding: {
          meta: {
            tactic: { type: 'time_dependent', exponent: 8, start: 1, end: insists },
            acceptance: { type: 'ac_next' },
            says: 'You know our terms.',
          },
          on: {
            offered: [{ target: 'rigid', guard: 'others.any(step < -0.02)' }],
            roundBegan: [{ target: 'brinkmanship', guard: `time >= ${late} - 0.1` }],
          },
        },
        rigid: {
          meta: { tactic: { type: 'hold' }, acceptance: { type: 'ac_next' }, says: 'Then we stay where we are.' },
          on: {
            offered: [{ target: 'demanding', guard: 'others.any(step > 0.02)' }],
            roundBegan: [{ target: 'brinkmanship', guard: `time >= ${late} - 0.1` }],
          },
        },
        brinkmanship: {
          meta: {
            tactic: { type: 'time_dependent', exponent: 4, start: insists, end: insists / 2 },
            acceptance: { type: 'ac_next' },
            says: 'Time is on our side.',
          },
          on: { roundBegan: [{ target: 'blink', guard: `time >= ${late}` }] },
        },
        blink: {
          meta: {
            tactic: { type: 'time_dependent', exponent: 1, start: insists / 2, end: 0 },
            acceptance: { type: 'ac_time', after: 0 },
          },
        },
      },
    },
  }),
};
