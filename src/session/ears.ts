import { CLOCK, DEEDS, OFFERS, OWN, TABLE } from './inputs.ts';

/** Listens to everything. */
const OPEN = -1;
const NEVER = 0x7fffffff;
/** Inputs whose change wakes ears by itself: their bits are the lowest. */
const INPUTS = 5;
const WAKING = (1 << INPUTS) - 1;

/** The place of the lowest bit of a number that is not 0. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/**
 * Which events each stance still has to be asked about. An event that changed nothing for a stance is not heard again until one of the inputs on which
 * that rested has moved: the answer is known to be the same. So every stance is active in every turn, and few guards are evaluated.
 */
export class Ears {
  /** By seat, one bit per event (as `sound` gives them) that must be heard. */
  readonly open: Int32Array;
  /** `[seat][input]`: the events to be heard again when the input moves. */
  readonly #wakes: Int32Array;
  /** By seat: the inputs for which `#wakes` has anything. */
  readonly #light: Int32Array;
  /** By seat: the round from which the clock counts as moved. */
  readonly #alarm: Int32Array;
  /** Kept beside the arrays, whose own length is dear to ask for in a turn. */
  readonly #seats: number;

  constructor(seats: number) {
    this.#seats = seats;
    this.open = new Int32Array(seats).fill(OPEN);
    this.#wakes = new Int32Array(seats * INPUTS);
    this.#light = new Int32Array(seats);
    this.#alarm = new Int32Array(seats).fill(NEVER);
  }

  /** An event changed nothing for a seat, and will not before one of these inputs moves; the clock moves when round `until` begins. */
  close(seat: number, event: number, inputs: number, until: number): void {
    this.open[seat] &= ~event;
    this.#light[seat] |= inputs;
    for (let rest = inputs & WAKING; rest !== 0; rest &= rest - 1) this.#wakes[seat * INPUTS + lowest(rest)] |= event;
    if ((inputs & CLOCK) !== 0 && until < this.#alarm[seat]) this.#alarm[seat] = until;
  }

  /** A round begins. */
  tick(round: number): void {
    for (let seat = 0; seat < this.#seats; seat++) {
      if (round < this.#alarm[seat]) continue;
      this.#alarm[seat] = NEVER;
      this.#wake(seat, CLOCK);
    }
  }

  /** A seat makes an offer; `again` where it is the one it made last. */
  offered(by: number, again: boolean): void {
    const others = again ? TABLE | DEEDS : TABLE | DEEDS | OFFERS;
    for (let seat = 0; seat < this.#seats; seat++) this.#wake(seat, seat === by ? TABLE | OWN : others);
  }

  /** A seat refuses what stands. */
  refused(by: number): void {
    for (let seat = 0; seat < this.#seats; seat++) this.#wake(seat, seat === by ? OWN : DEEDS);
  }

  /** Everything is to be heard again: the stance moved. */
  reopen(seat: number): void {
    this.open[seat] = OPEN;
  }

  /** Everything is to be heard again by everybody: what is settled moved. */
  reopenAll(): void {
    this.open.fill(OPEN);
  }

  #wake(seat: number, inputs: number): void {
    const moved = this.#light[seat] & inputs;
    if (moved === 0) return;
    this.#light[seat] &= ~moved;
    for (let rest = moved; rest !== 0; rest &= rest - 1) {
      const at = seat * INPUTS + lowest(rest);
      this.open[seat] |= this.#wakes[at];
      this.#wakes[at] = 0;
    }
  }
}
