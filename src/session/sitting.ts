import type { Seat } from '../domain/id.ts';
import { listOf } from '../domain/list.ts';
import type { Valuation } from '../value/valuation.ts';
import type { World } from '../value/world.ts';
import { Chair } from './chair.ts';
import { hashText, uniform } from './chance.ts';
import type { Referee } from './contracts/protocol.ts';
import { Ears } from './ears.ts';
import { type Fact, offeredBy as offeredBy_ } from './fact.ts';
import type { Game } from './game.ts';
import type { NoteSink } from './note.ts';
import { presentIn } from './present.ts';
import {
  apply as apply_,
  type Draft,
  foldOffer as foldOffer_,
  foldRefusal as foldRefusal_,
  foldRound as foldRound_,
  foldTurn as foldTurn_,
  noteOffer as noteOffer_,
} from './state.ts';

// Taken in, as in `turn.ts`.
const offeredBy = offeredBy_;
const apply = apply_;
const foldOffer = foldOffer_;
const foldRefusal = foldRefusal_;
const foldRound = foldRound_;
const foldTurn = foldTurn_;
const noteOffer = noteOffer_;

const MEDIATOR = hashText('mediator');

/**
 * A session's workbench: the state being worked on, each party's view of it, and what is derived from the world. The recorded executor resumes it every turn
 * on a thawed state; the batch executor keeps its state too.
 */
export class Sitting {
  readonly game: Game;
  state: Draft;
  readonly chairs: readonly Chair[];
  readonly ears: Ears;
  readonly referee: Referee;
  readonly note: NoteSink | undefined;
  valuation!: Valuation;
  #world: World | undefined;
  #present: number;
  readonly #emit: ((fact: Fact) => void) | undefined;
  /** The seats whose latest offer everybody has noted in the present world, one bit each; empty where there are opponent models, which count repetitions. */
  #noted = 0;
  readonly #counting: boolean;
  /** Whether the protocol keeps anything of its own. */
  readonly #keeps: boolean;
  /** Whether nobody but the state takes note of facts: no record, no memory, no protocol. */
  readonly #bare: boolean;

  constructor(game: Game, state: Draft, emit?: (fact: Fact) => void, note?: NoteSink) {
    this.game = game;
    this.state = state;
    this.#present = presentIn(state);
    this.#emit = emit;
    this.#counting = game.players.some(({ model }) => model !== undefined);
    this.#keeps = game.protocol.fold !== undefined;
    this.#bare = emit === undefined && !game.listens && !this.#keeps;
    this.note = note;
    this.chairs = listOf(game.parties.length, (seat) => new Chair(this, seat));
    this.ears = new Ears(game.parties.length);
    this.referee = new Bench(this);
    this.refresh();
  }

  /** Goes on from another state of the same game. */
  resume(state: Draft): void {
    this.state = state;
    this.#present = presentIn(state);
    if (state.world !== this.#world) this.refresh();
  }

  /** Folds a fact, and tells whoever records. */
  happen(fact: Fact): void {
    if (fact.type === 'stanceChanged') this.ears.reopen(this.game.seatOf(fact.party));
    else this.ears.reopenAll();
    this.#fold(fact);
    if (fact.type === 'walked') this.#present = presentIn(this.state);
    if (this.state.world !== this.#world) this.refresh();
  }

  // -- what most turns consist of: it opens few ears, and becomes a fact only where somebody takes note of it ------------------------

  beginRound(round: number): void {
    this.#stir();
    this.ears.tick(round);
    if (this.#bare === true) foldRound(this.state, round);
    else this.#fold({ type: 'roundBegan', round });
  }

  beginTurn(turn: number): void {
    this.#stir();
    if (this.#bare === true) foldTurn(this.state, turn);
    else this.#fold({ type: 'turnBegan', turn });
  }

  offered(by: Seat, outcome: number, says?: string): void {
    const { game, state } = this;
    const again = state.seats[by].lastOffer === outcome;
    this.#stir();
    this.ears.offered(by, again);
    if (this.#bare === false) {
      this.#fold(offeredBy(game.ids[by], outcome, says));
      return;
    }
    foldOffer(game, state, by, outcome);
    if (again && (this.#noted & (1 << by)) !== 0) return;
    noteOffer(game, state, by, outcome, this.valuation.utilities);
    if (this.#counting === false) this.#noted |= 1 << by;
  }

  rejected(by: Seat, outcome: number): void {
    this.#stir();
    this.ears.refused(by);
    if (this.#bare === true) foldRefusal(this.state, by);
    else this.#fold({ type: 'rejected', by: this.game.ids[by], outcome });
  }

  /** What a protocol keeps may reach the table, and so anybody's guards. */
  #stir(): void {
    if (this.#keeps === true) this.ears.reopenAll();
  }

  #fold(fact: Fact): void {
    apply(this.game, this.state, fact, this.valuation.utilities);
    if (this.#emit !== undefined) this.#emit(fact);
  }

  /** Seats still in the talks, one bit each. */
  get present(): number {
    return this.#present;
  }

  refresh(): void {
    const { world } = this.state;
    const { appraiser } = this.game.parts;
    this.#world = world;
    this.#noted = 0;
    this.valuation = appraiser.valuation(world);
    for (const { view } of this.chairs)
      view.appraise(this.valuation, appraiser.reservation(view.seat, world), world.rounds);
  }
}

/** The referee's bench: the same outcome space and worths that the parties have, and luck of its own. */
class Bench implements Referee {
  readonly #sitting: Sitting;

  constructor(sitting: Sitting) {
    this.#sitting = sitting;
  }

  get space() {
    return this.#sitting.game.space;
  }

  get utilities() {
    return this.#sitting.valuation.utilities;
  }

  chance(draw: number): number {
    const { game, state } = this.#sitting;
    return uniform(game.chance, MEDIATOR, state.round, state.turn, draw);
  }
}
