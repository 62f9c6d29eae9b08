import { z } from 'zod';
import type { StrategyKind } from '../session/strategy.ts';
import { conditionText, LEARNS, share } from './shared.ts';

const params = z.strictObject({
  /** What must be on offer before it moves at all. */
  probe_when: conditionText.default('others.any(concession > 0.03)'),
  /** What makes it close ranks: a leak, a new round of sanctions. */
  harden_when: conditionText.default('false'),
  /** The share of the way from the floor to the best at which an offer is good enough at any time. */
  enough: share.default(0.2),
  /** The time after which whatever beats the reservation value is closed on. */
  late: share.default(0.85),
});

/**
 * Whoever has possession and can wait: holds, probes only against something in hand, then concedes step for step, hardens when struck, and closes late or
 * when well paid.
 */
export const statusQuoHolder: StrategyKind<z.infer<typeof params>> = {
  name: 'status_quo_holder',
  summary: 'holds what it has, moves only against something in hand, closes late',
  source:
    'posture after Schelling, The Strategy of Conflict, 1960 (commitment) and Fisher & Ury, 1981 (BATNA); parameters are assumptions',
  params,
  example: { probe_when: 'others.any(concession > 0.03)', harden_when: 'false', enough: 0.2, late: 0.85 },
  make: ({ probe_when, harden_when, enough, late }) => ({
    opponentModel: LEARNS,
    chart: {
      id: 'status_quo_holder',
      initial: 'holding',
      context: { struck_in: 0 },
      states: {
        holding: {
          meta: {
            tactic: { type: 'trade_off', start: 1, end: 0.8, exponent: 2, band: 0.02 },
            acceptance: { type: 'ac_next' },
            says: 'The situation on the ground is what it is.',
          },
          on: {
            offered: [{ target: 'probing', guard: probe_when }],
            shocked: [{ target: 'hardening', guard: harden_when }],
            deadlineNear: [{ target: 'closing' }],
            roundBegan: [{ target: 'linked_concession', guard: 'time > 0.5' }],
          },
        },
        probing: {
          meta: {
            tactic: { type: 'trade_off', start: 0.9, end: 0.4, exponent: 1.5, band: 0.03 },
            acceptance: { type: 'ac_next' },
            says: 'Let us hear what that would mean in practice.',
          },
          on: {
            shocked: [{ target: 'hardening', guard: harden_when }],
            roundBegan: [{ target: 'linked_concession', guard: 'time > 0.35' }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        linked_concession: {
          meta: {
            tactic: { type: 'trade_off', start: 0.9, end: 0.05, exponent: 1.2, band: 0.04 },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'Step for step, and everything linked to everything.',
          },
          on: {
            shocked: [{ target: 'hardening', guard: harden_when }],
            offered: [{ target: 'closing', guard: `standing.gain >= ${enough} * (mine.best - mine.floor)` }],
            deadlineNear: [{ target: 'closing' }],
            roundBegan: [{ target: 'closing', guard: `time >= ${late}` }],
          },
        },
        hardening: {
          entry: [{ type: 'keep', params: { key: 'struck_in', what: 'round' } }],
          meta: {
            tactic: { type: 'hold' },
            acceptance: { type: 'ac_next' },
            says: 'Under pressure there is nothing to discuss.',
          },
          on: {
            roundBegan: [{ target: 'linked_concession', guard: 'round >= context.struck_in + 3' }],
            deadlineNear: [{ target: 'closing' }],
          },
        },
        closing: {
          meta: {
            tactic: { type: 'trade_off', start: 0.5, end: 0, exponent: 1, band: 0.05 },
            acceptance: { type: 'ac_combi', after: late, against: 'none' },
            says: 'We are ready to sign what is balanced.',
          },
        },
      },
    },
  }),
};
