import type { GuardPart, StanceEnv } from '../session/contracts/stance.ts';
import { timeOf } from '../session/game.ts';
import type { View } from '../session/view.ts';

/** How many rounds are looked ahead at a time: talks that end early need not know the far future. */
const AHEAD = 1000;

/**
 * When a part of a guard that reads nothing but the clock will hold next: it is asked of the rounds to come, by the guard's own function, and the rounds in which it
 * does not hold are remembered. All negotiations of a scenario share them, as they share the guard.
 */
export class Quiet {
  readonly #part: GuardPart;
  readonly #clock = { round: 0, rounds: 0, time: 0 };
  readonly #env: StanceEnv;
  /** It does not hold in rounds [from, until) of a deadline of `rounds`. */
  #from = 0;
  #until = 0;
  #rounds = Number.NaN;

  constructor(part: GuardPart) {
    this.#part = part;
    // the parts handed in read nothing else of a view
    this.#env = { view: this.#clock as unknown as View, context: {}, event: { type: 'roundBegan' } };
  }

  /** Given a round in which it does not hold: a later one before which it does not hold either. */
  until(round: number, rounds: number): number {
    if (rounds !== this.#rounds || round < this.#from || round >= this.#until) this.#look(round, rounds);
    return this.#until;
  }

  #look(round: number, rounds: number): void {
    const clock = this.#clock;
    clock.rounds = rounds;
    let at = round + 1;
    for (const end = round + AHEAD; at <= rounds && at < end; at++) {
      clock.round = at;
      clock.time = timeOf(at, rounds);
      if (this.#part.holds(this.#env)) break;
    }
    this.#from = round;
    this.#until = at;
    this.#rounds = rounds;
  }
}
