import type { Seat } from '../domain/id.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import { Partner } from './partner/partner.ts';
import { boardFor, finish } from './partner/turns.ts';
import { sortByValue } from './radix.ts';

/** The allowed outcomes in ascending order of (value, index), by seat: sorted when first asked for, or before by the partner, where there is one. */
export class Orders {
  readonly #outcomes: Int32Array;
  readonly #values: readonly Float64Array<SharedArrayBuffer>[];
  readonly #orders: Int32Array<SharedArrayBuffer>[] = [];
  readonly #board;

  /** `values` may be filled later, seat by seat. */
  constructor({ allowed }: OutcomeSpace, values: readonly Float64Array<SharedArrayBuffer>[], seats: number) {
    this.#outcomes = allowed;
    this.#values = values;
    this.#board = boardFor(seats);
  }

  /** A seat's values stand: the partner may sort them. */
  offer(part: Seat): void {
    const partner = Partner.hiredFor(this.#outcomes.length);
    partner?.sort(this.#outcomes, { values: this.#values[part], order: this.#room(part), board: this.#board, part });
  }

  of(seat: Seat): Int32Array {
    const order = this.#room(seat);
    finish(this.#board, seat, () => order.set(sortByValue(this.#values[seat], this.#outcomes)));
    return order;
  }

  #room(seat: Seat): Int32Array<SharedArrayBuffer> {
    this.#orders[seat] ??= new Int32Array(new SharedArrayBuffer(4 * this.#outcomes.length));
    return this.#orders[seat];
  }
}
