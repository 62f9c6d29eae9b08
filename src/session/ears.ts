import { lowest as lowest_ } from '../domain/bits.ts';
import { listOf } from '../domain/list.ts';
import { STANCE_EVENTS } from './hearing.ts';
import { CLOCK, DEEDS, OFFERS, OWN, TABLE } from './inputs.ts';

// Taken in, as in `turn.ts`.
const lowest = lowest_;

const NEVER = 0x7fffffff;
/** The stances' own events, and the one bit for all that a script sends by name. */
const EVENTS = STANCE_EVENTS.length + 1;
/** Inputs whose change wakes ears by itself: their bits are the lowest. */
const INPUTS = 5;
const WAKING = (1 << INPUTS) - 1;
/** Where each of them stands. */
const [CLOCK_AT, TABLE_AT, OWN_AT, OFFERS_AT, DEEDS_AT] = [CLOCK, TABLE, OWN, OFFERS, DEEDS].map(lowest);

/**
 * Which events each stance still has to be asked about. An event that changed nothing for a stance is not heard again until one of the inputs on which
 * that rested has moved: the answer is known to be the same. So every stance is active in every turn, and few guards are evaluated. Seats are bits, so that a
 * turn in which nobody has anything to hear costs the same for two parties and for twenty.
 */
export class Ears {
  readonly #everybody: number;
  /** By event: the seats that must hear it. */
  readonly #open: number[];
  /** By input: the seats for which `#wakes` has anything. */
  readonly #lit: number[];
  /** `[seat][input]`: the events, one bit each, to be heard again when the input moves. */
  readonly #wakes: number[];
  /** By seat: the round from which the clock counts as moved. */
  readonly #alarms: number[];
  /** The earliest of them. */
  #alarm = NEVER;

  constructor(seats: number) {
    this.#everybody = (1 << seats) - 1;
    this.#open = listOf(EVENTS, () => this.#everybody);
    this.#lit = listOf(INPUTS, () => 0);
    this.#wakes = listOf(seats * INPUTS, () => 0);
    this.#alarms = listOf(seats, () => NEVER);
  }

  /** The seats that must hear an event (a bit, as `sound` gives it), one bit each. */
  open(event: number): number {
    return this.#open[lowest(event)];
  }

  /** An event changed nothing for a seat, and will not before one of these inputs moves; the clock moves when round `until` begins. */
  close(seat: number, event: number, inputs: number, until: number): void {
    this.#open[lowest(event)] &= ~(1 << seat);
    for (let rest = inputs & WAKING; rest !== 0; rest &= rest - 1) {
      const input = lowest(rest);
      this.#lit[input] |= 1 << seat;
      this.#wakes[seat * INPUTS + input] |= event;
    }
    if ((inputs & CLOCK) === 0) return;
    if (until < this.#alarms[seat]) this.#alarms[seat] = until;
    if (until < this.#alarm) this.#alarm = until;
  }

  /** A round begins. */
  tick(round: number): void {
    if (round < this.#alarm) return;
    this.#alarm = NEVER;
    const alarms = this.#alarms;
    for (let seat = 0; seat < alarms.length; seat++) {
      if (round >= alarms[seat]) {
        alarms[seat] = NEVER;
        this.#wake(CLOCK_AT, 1 << seat);
      } else if (alarms[seat] < this.#alarm) this.#alarm = alarms[seat];
    }
  }

  /** A seat makes an offer; `again` where it is the one it made last. */
  offered(by: number, again: boolean): void {
    const others = ~(1 << by);
    this.#wake(TABLE_AT, this.#everybody);
    this.#wake(OWN_AT, 1 << by);
    this.#wake(DEEDS_AT, others);
    if (!again) this.#wake(OFFERS_AT, others);
  }

  /** A seat refuses what stands. */
  refused(by: number): void {
    this.#wake(OWN_AT, 1 << by);
    this.#wake(DEEDS_AT, ~(1 << by));
  }

  /** Everything is to be heard again: the stance moved. */
  reopen(seat: number): void {
    for (let event = 0; event < EVENTS; event++) this.#open[event] |= 1 << seat;
  }

  /** Everything is to be heard again by everybody: what is settled moved. */
  reopenAll(): void {
    this.#open.fill(this.#everybody);
  }

  /** The input that stands there moved for these seats. */
  #wake(place: number, seats: number): void {
    const woken = this.#lit[place] & seats;
    if (woken !== 0) this.#rouse(place, woken);
  }

  #rouse(input: number, seats: number): void {
    this.#lit[input] &= ~seats;
    for (let rest = seats; rest !== 0; rest &= rest - 1) {
      const seat = lowest(rest);
      for (let events = this.#wakes[seat * INPUTS + input]; events !== 0; events &= events - 1)
        this.#open[lowest(events)] |= 1 << seat;
      this.#wakes[seat * INPUTS + input] = 0;
    }
  }
}
