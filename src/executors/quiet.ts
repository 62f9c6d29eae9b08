import type { GuardPart, StanceEnv } from '../session/contracts/stance.ts';
import { timeOf } from '../session/game.ts';
import type { View } from '../session/view.ts';

/** How many rounds are looked ahead at a time: talks that end early need not know the far future. */
const AHEAD = 1000;
/** No round: rounds are counted from 1. */
const UNKNOWN = 0;

/**
 * When a part of a guard that reads nothing but the clock will hold next: it is asked of the rounds to come, by the guard's own function, and the rounds in which it
 * does not hold are remembered. All negotiations of a scenario share them, as they share the guard.
 */
export class Quiet {
  readonly #part: GuardPart;
  readonly #clock = { round: 0, rounds: 0, time: 0 };
  readonly #env: StanceEnv;
  /** By round in which it does not hold, for a deadline of `rounds`: the next in which it does, or to which nobody looked ahead. */
  #until: number[] = [];
  #rounds = Number.NaN;

  constructor(part: GuardPart) {
    this.#part = part;
    // the parts handed in read nothing else of a view
    this.#env = { view: this.#clock as unknown as View, context: {}, on: 'roundBegan', fact: undefined };
  }

  /** Given a round in which it does not hold: a later one before which it does not hold either. */
  until(round: number, rounds: number): number {
    if (rounds !== this.#rounds) {
      this.#rounds = rounds;
      this.#until = [];
    }
    const known = round < this.#until.length ? this.#until[round] : UNKNOWN;
    return known === UNKNOWN ? this.#look(round, rounds) : known;
  }

  #look(round: number, rounds: number): number {
    const clock = this.#clock;
    clock.rounds = rounds;
    let at = round + 1;
    for (const end = round + AHEAD; at <= rounds && at < end; at++) {
      clock.round = at;
      clock.time = timeOf(at, rounds);
      if (this.#part.holds(this.#env)) break;
    }
    while (this.#until.length < at) this.#until.push(UNKNOWN);
    return this.#until.fill(at, round)[round];
  }
}
