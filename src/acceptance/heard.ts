import type { Json } from '../domain/id.ts';
import type { HearContext } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';

/** A memory of every offer received, whoever made it: `[round, outcome, round, outcome, ...]`, oldest first. */
export type Heard = readonly number[];

export function hearOffers(memory: Json, fact: Fact, context: HearContext): Json {
  if (fact.type !== 'offered' || context.seatOf(fact.by) === context.seat) return memory;
  return [...(memory as Heard), context.round, fact.outcome];
}

/** Where the memory ends that was there before the offer being judged, which is usually the last one heard. */
export function soFar(heard: Heard, offer: number): number {
  return heard.length > 0 && heard[heard.length - 1] === offer ? heard.length - 2 : heard.length;
}
