import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { LEARNS, share } from './shared.ts';

const params = z.strictObject({
  /** The share of the way from the floor to the best at which an offer is good enough at any time. */
  enough: share.default(0.6),
  late: share.default(0.8),
});

/** Wants a deal more than the last dollar: explores, trades what the others care about more, closes early. */
export const dealmaker: StrategyKind<z.infer<typeof params>> = {
  name: 'dealmaker',
  summary: 'explores, log-rolls towards what the others like, closes as soon as it is good enough',
  source: 'the value-creating posture of Lax & Sebenius, The Manager as Negotiator, 1986; parameters are assumptions',
  params,
  example: { enough: 0.6, late: 0.8 },
  make: ({ enough, late }) => ({
    opponentModel: LEARNS,
    chart: {
      id: 'dealmaker',
      initial: 'exploring',
      context: {},
      states: {
        exploring: {
          meta: {
            tactic: { type: 'trade_off', start: 1, end: 0.4, exponent: 0.7, band: 0.05, blend: 'mean' },
            acceptance: { type: 'ac_next' },
            says: 'What matters most to you?',
          },
          on: {
            offered: [
              { target: 'closing', guard: `standing.gain >= ${enough} * (mine.best - mine.floor)` },
              { target: 'log_rolling', guard: 'others.all(offers >= 2)' },
            ],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        log_rolling: {
          meta: {
            tactic: { type: 'trade_off', start: 0.9, end: 0.1, exponent: 0.8, band: 0.06, blend: 'min' },
            acceptance: { type: 'ac_combi', after: late, against: 'average' },
            says: 'I give where it costs me little and helps you much.',
          },
          on: {
            offered: [{ target: 'closing', guard: `standing.gain >= ${enough} * (mine.best - mine.floor)` }],
            roundBegan: [{ target: 'closing', guard: `time >= ${late}` }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        closing: {
          meta: {
            tactic: { type: 'trade_off', start: 0.5, end: 0, exponent: 0.8, band: 0.08, blend: 'min' },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'Let us shake hands.',
          },
        },
      },
    },
  }),
};
