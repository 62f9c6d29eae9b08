import type { Seat } from '../domain/id.ts';
import type { Valuation } from '../value/valuation.ts';
import { uniform } from './chance.ts';
import type { Liking } from './contracts/opponent_model.ts';
import { type Game, timeOf } from './game.ts';
import type { Sitting } from './sitting.ts';
import { NONE, type SeatState } from './state.ts';

/** Another party, as this one sees it. */
export interface Other {
  readonly view: View;
  readonly seat: Seat;
}

/**
 * What one party sees at one moment: its own values, the public record, the public market, its beliefs. Never another's values: the type has no way to ask.
 *
 * A view is a window on a sitting, not a copy: read it, do not keep it.
 */
export class View {
  readonly seat: Seat;
  readonly #sitting: Sitting;
  readonly #game: Game;
  #utilities: Float64Array = new Float64Array(0);
  #order: Int32Array = new Int32Array(0);
  #reservation = 0;
  #rounds = 0;
  #best = Number.NaN;
  #worst = Number.NaN;
  #found = 0;
  /** How many outcomes are allowed: the length of `order`, which is dear to ask a typed array for at every turn. */
  #size = 0;
  /** The other parties that take turns, in seat order. */
  readonly others: readonly Other[];
  readonly #likings: { belief: unknown; liking: Liking }[] = [];

  constructor(sitting: Sitting, seat: Seat) {
    this.#sitting = sitting;
    this.#game = sitting.game;
    this.seat = seat;
    this.others = sitting.game.deciding.filter((other) => other !== seat).map((other) => ({ view: this, seat: other }));
  }

  // -- the clock ---------------------------------------------------------------------------------------------------
  get round(): number {
    return this.#sitting.state.round;
  }
  get rounds(): number {
    return this.#rounds;
  }
  /** From above 0 in the first round to below 1 in the last: round / (rounds + 1). */
  get time(): number {
    return timeOf(this.#sitting.state.round, this.#rounds);
  }

  // -- own values --------------------------------------------------------------------------------------------------
  /** Own utilities by raw outcome, at the current market. Read only. */
  get utilities(): Float64Array {
    return this.#utilities;
  }
  utility(outcome: number): number {
    return this.#utilities[outcome];
  }
  /** Allowed outcomes, ascending by (own utility, index). Read only. */
  get order(): Int32Array {
    return this.#order;
  }
  get reservation(): number {
    return this.#reservation;
  }
  get best(): number {
    return this.#best;
  }
  get worst(): number {
    return this.#worst;
  }
  /** The position in `order` of the first outcome whose utility is at least `level`; the length when there is none. */
  firstAtLeast(level: number): number {
    const order = this.#order;
    const utilities = this.#utilities;
    // Targets move little from turn to turn: try where the last one was found, and search from there in growing steps.
    let low = 0;
    let high = this.#size;
    const near = Math.min(this.#found, high);
    if (near < high && utilities[order[near]] < level) {
      low = near + 1;
      for (let stride = 1; low < high; stride *= 2) {
        const at = low + stride;
        if (at >= high) break;
        if (utilities[order[at]] >= level) {
          high = at;
          break;
        }
        low = at + 1;
      }
    } else {
      high = near;
      for (let stride = 1; low < high; stride *= 2) {
        const at = high - stride;
        if (at < low) break;
        if (utilities[order[at]] < level) {
          low = at + 1;
          break;
        }
        high = at;
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (utilities[order[middle]] < level) low = middle + 1;
      else high = middle;
    }
    this.#found = low;
    return low;
  }
  /** The sitting tells a view what outcomes are worth to its party, and when the deadline is, at the start and whenever the world moves. */
  appraise(valuation: Valuation, reservation: number, rounds: number): void {
    this.#rounds = rounds;
    this.#utilities = valuation.utilities[this.seat];
    this.#order = valuation.order(this.seat);
    this.#reservation = reservation;
    this.#size = this.#order.length;
    this.#best = this.#utilities[this.#order[this.#size - 1]];
    this.#worst = this.#utilities[this.#order[0]];
  }

  // -- the public record -------------------------------------------------------------------------------------------
  /** How many seats there are, observers' included. */
  get parties(): number {
    return this.#game.parties.length;
  }
  partyId(seat: Seat): string {
    return this.#game.parties[seat].id;
  }
  /** The outcome on the table, or NONE. */
  get standing(): number {
    return this.#sitting.state.table.outcome;
  }
  /** Who put it there: a seat, NOBODY or MEDIATOR. */
  get standingBy(): number {
    return this.#sitting.state.table.by;
  }
  consents(seat: Seat): boolean {
    return (this.#sitting.state.table.consent & (1 << seat)) !== 0;
  }
  isHere(seat: Seat): boolean {
    return this.#sitting.state.seats[seat].here;
  }
  firstOffer(seat: Seat): number {
    return this.#sitting.state.seats[seat].firstOffer;
  }
  previousOffer(seat: Seat): number {
    return this.#sitting.state.seats[seat].previousOffer;
  }
  lastOffer(seat: Seat): number {
    return this.#sitting.state.seats[seat].lastOffer;
  }
  offers(seat: Seat): number {
    return this.#sitting.state.seats[seat].offers;
  }
  refusals(seat: Seat): number {
    return this.#sitting.state.seats[seat].refusals;
  }
  /** The best outcome the others ever offered this party, or NONE. */
  get bestOffered(): number {
    return this.#own.bestOffered;
  }
  /** Who must still agree for the standing offer, or the next, to carry. */
  agreedBy(consent: number): boolean {
    return this.#game.protocol.rule.agreed(consent, this.#sitting.present, this.standing);
  }

  // -- the public market -------------------------------------------------------------------------------------------
  market(name: string): number {
    return this.#sitting.state.world.market[name] ?? Number.NaN;
  }
  marketAtStart(name: string): number {
    return this.#game.world.market[name] ?? Number.NaN;
  }

  // -- beliefs and memory ------------------------------------------------------------------------------------------
  /** What another party is believed to make of outcomes; undefined for parties without an opponent model, and of observers. */
  liking(seat: Seat): Liking | undefined {
    const { model } = this.#game.players[this.seat];
    const belief = this.#own.beliefs[seat];
    if (model === undefined || belief === null) return undefined;
    const known = this.#likings[seat];
    if (known?.belief === belief) return known.liking;
    const liking = model.liking(belief);
    this.#likings[seat] = { belief, liking };
    return liking;
  }
  /** An opponent model's further estimates of another party. */
  estimates(seat: Seat): Readonly<Record<string, number>> {
    const { model } = this.#game.players[this.seat];
    const belief = this.#own.beliefs[seat];
    return (belief === null ? undefined : model?.estimates?.(belief)) ?? {};
  }
  memory(slot: number) {
    return this.#own.memory[slot];
  }
  /** A uniform number in [0, 1) of this party's own stream; `draw` tells several in one turn apart. */
  chance(draw: number): number {
    const { state } = this.#sitting;
    return uniform(this.#game.chance, this.#game.streams[this.seat], state.round, state.turn, draw);
  }

  // -- the outcome space (public) ----------------------------------------------------------------------------------
  get space() {
    return this.#game.space;
  }

  /** How far another party came towards this one: the rise, in own utility, from its first to its latest offer; 0 before two offers. */
  concession(seat: Seat): number {
    const { firstOffer, lastOffer } = this.#sitting.state.seats[seat];
    return lastOffer === NONE ? 0 : this.#utilities[lastOffer] - this.#utilities[firstOffer];
  }
  /** The rise, in own utility, from another party's previous offer to its latest. */
  step(seat: Seat): number {
    const { previousOffer, lastOffer } = this.#sitting.state.seats[seat];
    return previousOffer === NONE ? 0 : this.utility(lastOffer) - this.utility(previousOffer);
  }

  get #own(): SeatState {
    return this.#sitting.state.seats[this.seat];
  }
}
