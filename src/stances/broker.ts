import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { conditionText, LEARNS, share } from './shared.ts';

const params = z.strictObject({
  /** When it puts pressure on: by default when it has been offered nothing above its reservation value by half time. */
  press_when: conditionText.default('time > 0.5 && mine.best_offered < mine.reservation'),
  /** What a bilateral deal would be worth to it, as a utility: pressure is only credible where that beats what is on the table. */
  bilateral: z.number().min(-10).max(10).default(0),
  late: share.default(0.9),
});

/**
 * Whoever chairs: tables its own text, then log-rolls with a model of what the others like, presses with the bilateral variant only where that is worth
 * more to it than what is on the table, builds a bridge on the mediator's text, and lets go in the end.
 */
export const broker: StrategyKind<z.infer<typeof params>> = {
  name: 'broker',
  summary:
    "tables a text, log-rolls by what it learns, presses when it has a better alternative, bridges on the mediator's text",
  source:
    'posture after Raiffa, The Art and Science of Negotiation, 1982 (single text, log-rolling); parameters are assumptions',
  params,
  example: { press_when: 'time > 0.5 && mine.best_offered < mine.reservation', bilateral: 0, late: 0.9 },
  make: ({ press_when, bilateral, late }) => ({
    opponentModel: LEARNS,
    chart: {
      id: 'broker',
      initial: 'chairs_text',
      context: { pressed_in: 0 },
      states: {
        chairs_text: {
          meta: {
            tactic: { type: 'trade_off', start: 1, end: 0.7, exponent: 1, band: 0.04, blend: 'mean' },
            acceptance: { type: 'ac_next' },
            says: 'Here is a text to work from.',
          },
          on: {
            roundBegan: [{ target: 'log_rolling', guard: 'round >= 4' }],
            tabled: [{ target: 'bridge' }],
            deadlineNear: [{ target: 'exit' }],
          },
        },
        log_rolling: {
          meta: {
            tactic: { type: 'trade_off', start: 0.95, end: 0.05, exponent: 1, band: 0.05, blend: 'min' },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'You want this more, they want that more.',
          },
          on: {
            roundBegan: [
              {
                target: 'pressure',
                guard: `(${press_when}) && ${bilateral} > standing.utility`,
                actions: [{ type: 'keep', params: { key: 'pressed_in', what: 'round' } }],
              },
            ],
            tabled: [{ target: 'bridge' }],
            deadlineNear: [{ target: 'exit' }],
          },
        },
        pressure: {
          meta: {
            tactic: { type: 'hold' },
            acceptance: { type: 'ac_next' },
            says: 'There are other ways to do this.',
          },
          on: {
            roundBegan: [{ target: 'log_rolling', guard: 'round >= context.pressed_in + 2' }],
            tabled: [{ target: 'bridge' }],
            deadlineNear: [{ target: 'exit' }],
          },
        },
        bridge: {
          meta: {
            tactic: { type: 'trade_off', start: 0.8, end: 0, exponent: 1, band: 0.06, blend: 'min' },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'The mediator’s text is a bridge; let us cross it.',
          },
          on: { deadlineNear: [{ target: 'exit' }] },
        },
        exit: {
          meta: {
            tactic: { type: 'trade_off', start: 0.5, end: 0, exponent: 1, band: 0.06, blend: 'min' },
            acceptance: { type: 'ac_time', after: 0 },
            says: 'Last call.',
          },
        },
      },
    },
  }),
};
