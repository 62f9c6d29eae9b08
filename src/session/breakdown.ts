import type { PartyId } from '../domain/id.ts';
import type { Fact } from './fact.ts';

/** Why talks broke down: which party ended them, and how; nobody in particular where all stood still. */
export interface Breakdown {
  readonly by: PartyId | null;
  readonly how: 'left' | 'move_refused' | 'turned_down' | 'put_nothing_forward' | 'standstill';
  /** What was said of it, for those who left and for moves that are not allowed. */
  readonly why?: string;
}

/** What ended talks, by the facts of their last turn; undefined unless they broke down there. */
export function breakdownIn(facts: readonly Fact[]): Breakdown | undefined {
  if (!facts.some((fact) => fact.type === 'ended' && fact.end === 'broken')) return undefined;
  const last = <T extends Fact['type']>(type: T) =>
    facts.findLast((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  const walked = last('walked');
  if (walked) return { by: walked.by, how: 'left', why: walked.why };
  const movers = new Set(facts.flatMap((fact) => (fact.type === 'passed' || fact.type === 'offered' ? [fact.by] : [])));
  if (movers.size > 1) return { by: null, how: 'standstill' };
  const refused = last('refused');
  if (refused) return { by: refused.by, how: 'move_refused', why: refused.why };
  const passed = last('passed');
  const rejected = last('rejected');
  if (passed) return { by: passed.by, how: rejected ? 'turned_down' : 'put_nothing_forward' };
  return rejected ? { by: rejected.by, how: 'turned_down' } : { by: null, how: 'standstill' };
}
