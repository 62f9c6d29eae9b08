import { z } from 'zod';
import type { StrategyKind } from '../../session/strategy.ts';

const NEGMAS = 'NegMAS, commit 5e5c71fd';
const nothing = z.strictObject({});
type Spec = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The strategies that `--compat negmas` puts in place of the textbook ones of the same name. They reproduce NegMAS's traces offer by offer. */
export const NEGMAS_STRATEGIES: readonly StrategyKind[] = [
  strategy('boulware', 'concedes late', { type: 'negmas_aspiration', exponent: 4 }),
  strategy('linear', 'concedes evenly', { type: 'negmas_aspiration', exponent: 1 }),
  strategy('conceder', 'concedes early', { type: 'negmas_aspiration', exponent: 0.25 }),
  strategy('tit-for-tat', 'mirrors the last offer', { type: 'negmas_tit_for_tat' }, { type: 'negmas_tit_for_tat' }),
  strategy('micro', 'one new offer for one new offer', { type: 'negmas_micro' }),
];

function strategy(name: string, summary: string, tactic: Spec, acceptance: Spec = { type: 'ac_target' }): StrategyKind {
  return {
    name,
    summary: `${summary}, as NegMAS has it`,
    source: NEGMAS,
    params: nothing,
    example: {},
    make: () => ({
      chart: { initial: 'negotiating', states: { negotiating: { meta: { tactic, acceptance } as never } } },
    }),
  };
}
