import { Partner } from './partner/partner.ts';
import { boardFor, finish, take } from './partner/turns.ts';
import { addUp, type Sum } from './points.ts';

/** A sum is cut into so many parts: whoever has time takes the next. */
const PARTS = 4;

/** Where part `part` of the outcomes begins. */
const beginOf = (outcomes: Int32Array, part: number) => Math.trunc((outcomes.length * part) / PARTS);

/** Writes one part of a sum. The values do not depend on who writes which. */
export function sumPart(outcomes: Int32Array, sum: Sum, values: Float64Array, part: number): void {
  addUp(outcomes, sum, values, beginOf(outcomes, part), beginOf(outcomes, part + 1));
}

/** Sums over all outcomes, together with the partner where there are many. */
export function sumUp(outcomes: Int32Array, sum: Sum, values: Float64Array<SharedArrayBuffer>): void {
  const board = boardFor(PARTS);
  Partner.hiredFor(outcomes.length)?.sum(outcomes, { sum, values, board });
  const work = (part: number) => sumPart(outcomes, sum, values, part);
  for (let part = 0; part < PARTS; part++) take(board, part, work);
  for (let part = 0; part < PARTS; part++) finish(board, part, work);
}
