import { z } from 'zod';
import type { Chart } from '../session/contracts/stance.ts';
import type { StrategyKind } from '../session/strategy.ts';

const none = z.strictObject({});

/** One state, one aspiration curve: the strategies that every other is measured against. */
function timeDependent(name: string, exponent: number, summary: string): StrategyKind<Record<string, never>> {
  const chart: Chart = {
    initial: name,
    states: {
      [name]: { meta: { tactic: { type: 'time_dependent', exponent }, acceptance: { type: 'ac_next' } } },
    },
  };
  return {
    name,
    summary,
    source: 'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998',
    params: none,
    example: {},
    make: () => ({ chart }),
  };
}

/** One state, one tactic that answers what the others do. */
function answering(name: string, type: string, summary: string, source: string): StrategyKind<Record<string, never>> {
  const chart: Chart = {
    initial: 'answering',
    states: { answering: { meta: { tactic: { type }, acceptance: { type: 'ac_next' } } } },
  };
  return { name, summary, source, params: none, example: {}, make: () => ({ chart }) };
}

export const boulware = timeDependent('boulware', 4, 'hardly concedes until the deadline is near');
export const linear = timeDependent('linear', 1, 'concedes evenly over time');
export const conceder = timeDependent('conceder', 0.25, 'concedes most of its way early');
export const titForTat = answering(
  'tit-for-tat',
  'tit_for_tat',
  'gives what it was given',
  'Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, 1998',
);
export const micro = answering(
  'micro',
  'micro',
  'one new offer for each new offer, from its best downwards',
  'de Jonge, An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy, 2022',
);
