import type { Json } from '../domain/id.ts';
import type { HearContext } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';

/** A memory of distinct offers, by the seat that made them, in the order they were first made. */
export type Exchanged = readonly (readonly number[])[];

export function nothingExchanged(parties: number): Exchanged {
  return Array.from({ length: parties }, () => []);
}

export function exchange(memory: Json, fact: Fact, context: HearContext): Json {
  if (fact.type !== 'offered') return memory;
  const offers = memory as unknown as Exchanged;
  const by = context.seatOf(fact.by);
  if (offers[by].includes(fact.outcome)) return memory;
  return offers.map((list, seat) => (seat === by ? [...list, fact.outcome] : list)) as unknown as Json;
}
