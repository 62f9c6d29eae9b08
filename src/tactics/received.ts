import type { Json, Seat } from '../domain/id.ts';
import type { HearContext } from '../session/contracts/tactic.ts';
import type { Fact } from '../session/fact.ts';

/**
 * A memory of the others' latest offers: a list per seat, oldest first, at most `keep` long. JSON, replaced whole.
 */
export type Received = readonly (readonly number[])[];

export function nothingReceived(parties: number): Received {
  return Array.from({ length: parties }, () => []);
}

export function receive(memory: Received, fact: Fact, context: HearContext, keep: number): Received {
  if (fact.type !== 'offered') return memory;
  const by = context.seatOf(fact.by);
  if (by === context.seat) return memory;
  const list = memory[by];
  const next = list.length < keep ? [...list, fact.outcome] : [...list.slice(list.length - keep + 1), fact.outcome];
  return memory.map((offers, seat) => (seat === by ? next : offers));
}

export type Which = 'least' | 'mean' | 'most';

/** One figure for several others: the least, the mean or the most of what `of` says; `none` where it says nothing of anybody. */
export function acrossOthers(
  view: { readonly parties: number; readonly seat: Seat; isHere(seat: Seat): boolean },
  which: Which,
  none: number,
  of: (seat: Seat) => number,
): number {
  let sum = 0;
  let count = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let seat = 0; seat < view.parties; seat++) {
    if (seat === view.seat || !view.isHere(seat)) continue;
    const figure = of(seat);
    if (Number.isNaN(figure)) continue;
    sum += figure;
    count++;
    if (figure < least) least = figure;
    if (figure > most) most = figure;
  }
  if (count === 0) return none;
  return which === 'mean' ? sum / count : which === 'least' ? least : most;
}

export const asReceived = (memory: Json): Received => memory as unknown as Received;
