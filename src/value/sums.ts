import { Partner } from './partner/partner.ts';
import { boardFor, finish, take } from './partner/turns.ts';
import { addUp, type Sum } from './points.ts';

/** A sum is cut into so many parts: whoever has time takes the next. */
const PARTS = 4;

/** Sums over all outcomes, together with the partner where there are many. */
export function sumUp(outcomes: Int32Array, sum: Sum, values: Float64Array<SharedArrayBuffer>): void {
  const board = boardFor(PARTS);
  Partner.hiredFor(outcomes.length)?.sum(outcomes, { sum, values, board });
  const work = (part: number) => addUp(outcomes, sum, values, part, PARTS);
  for (let part = 0; part < PARTS; part++) take(board, part, work);
  for (let part = 0; part < PARTS; part++) finish(board, part, work);
}
