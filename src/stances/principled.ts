import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { conditionText, LEARNS, share } from './shared.ts';

const params = z.strictObject({
  /** The frame: what an offer must respect before anything else is discussed. */
  frame: conditionText.default('standing.utility >= mine.reservation'),
  /** What alarms it: talks over its head, made public. */
  alarm_when: conditionText.default('false'),
  /** How often its frame may be refused before it walks out. */
  patience: z.number().int().min(1).max(1000).default(3),
  late: share.default(0.9),
});

/**
 * Whoever stands on a principle: the legal frame comes first, trading is conditional on it, a leak alarms it into a public red line, and a frame refused too
 * often ends its presence. The refusals counted are offers that break the frame after the frame was put.
 */
export const principled: StrategyKind<z.infer<typeof params>> = {
  name: 'principled',
  summary: 'its frame first, then trade-offs within it; walks out when the frame is refused again and again',
  source: 'posture after Fisher & Ury, Getting to Yes, 1981 (objective criteria); parameters are assumptions',
  params,
  example: { frame: 'standing.utility >= mine.reservation', alarm_when: 'false', patience: 3, late: 0.9 },
  make: ({ frame, alarm_when, patience, late }) => ({
    opponentModel: LEARNS,
    chart: {
      id: 'principled',
      initial: 'legal_frame',
      context: { refusals: 0, alarmed_in: 0 },
      states: {
        legal_frame: {
          meta: {
            tactic: { type: 'trade_off', start: 1, end: 0.75, exponent: 1, band: 0.03 },
            acceptance: { type: 'ac_next' },
            says: 'First the frame: what is lawful. Then the numbers.',
          },
          on: {
            offered: [{ target: 'conditional_trade_off', guard: frame }],
            shocked: [{ target: 'alarmed', guard: alarm_when }],
            roundBegan: [{ target: 'conditional_trade_off', guard: 'time > 0.3' }],
            deadlineNear: [{ target: 'guarded_close' }],
          },
        },
        conditional_trade_off: {
          meta: {
            tactic: { type: 'trade_off', start: 0.95, end: 0.05, exponent: 1.2, band: 0.04 },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'Within the frame there is room.',
          },
          on: {
            shocked: [{ target: 'alarmed', guard: alarm_when }],
            deadlineNear: [{ target: 'guarded_close' }],
          },
        },
        alarmed: {
          entry: [{ type: 'keep', params: { key: 'alarmed_in', what: 'round' } }],
          meta: {
            tactic: { type: 'hold' },
            acceptance: { type: 'ac_next' },
            says: 'Nothing about us without us: that is a red line, and it is public.',
          },
          on: {
            offered: [
              { target: 'walk_out', guard: `not (${frame}) && context.refusals + 1 >= ${patience}` },
              { guard: `not (${frame})`, actions: [{ type: 'add', params: { key: 'refusals' } }] },
              { target: 'conditional_trade_off', guard: 'round >= context.alarmed_in + 2' },
            ],
            deadlineNear: [{ target: 'guarded_close' }],
          },
        },
        guarded_close: {
          meta: {
            tactic: { type: 'trade_off', start: 0.5, end: 0, exponent: 1, band: 0.05 },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'We can sign what our parliament can ratify.',
          },
        },
        walk_out: { meta: { leaves: 'its frame was refused again and again' } },
      },
    },
  }),
};
