import type { Seat } from '../domain/id.ts';
import type { Plan } from '../session/contracts/acceptance.ts';
import { PASS } from '../session/contracts/tactic.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import { choose, OwnPlan, type Posture, postureOf } from '../session/player.ts';
import { Sitting } from '../session/sitting.ts';
import { NONE, type State, thaw } from '../session/state.ts';
import type { View } from '../session/view.ts';

/** One party's decision, set up again so that it can be asked "what if": the state its turn found, and its stance's rule and tactic. Reads only. */
export class Decision {
  readonly game: Game;
  readonly state: State;
  readonly seat: Seat;
  readonly view: View;
  readonly posture: Posture;
  /** The outcome that was to be answered, or NONE. */
  readonly question: number;
  readonly #own: Plan;

  constructor(game: Game, state: State, seat: Seat) {
    this.game = game;
    this.state = state;
    this.seat = seat;
    const sitting = new Sitting(game, thaw(state));
    this.view = sitting.chairs[seat].view;
    this.posture = postureOf(game.players[seat], state.seats[seat].stance);
    this.question = game.protocol.question(state, seat).answer;
    const { tactic } = this.posture;
    const memory = (slot: number) => (slot < 0 ? null : this.view.memory(slot));
    let offer: number | undefined;
    this.#own = {
      target: () => (tactic === undefined ? Number.NaN : tactic.tactic.target(this.view, memory(tactic.slot))),
      offer: () => {
        offer ??= tactic === undefined ? PASS : tactic.tactic.propose(this.view, memory(tactic.slot));
        return offer;
      },
    };
  }

  /** The party's own plan: what it aims at and would offer. */
  get plan(): Plan {
    return this.#own;
  }

  /** Whether the acceptance rule takes an outcome, with the party's own plan or another. */
  accepts(outcome: number, plan: Plan = this.#own): boolean {
    const { acceptance } = this.posture;
    if (acceptance === undefined || outcome === NONE) return false;
    const memory = acceptance.slot < 0 ? null : this.view.memory(acceptance.slot);
    return acceptance.rule.accepts(this.view, outcome, plan, memory);
  }

  /** What the party would do in another state (another market, another round), its stance as it is here. */
  in(state: State): Move {
    const sitting = new Sitting(this.game, thaw(state));
    const player = this.game.players[this.seat];
    const view = sitting.chairs[this.seat].view;
    const posture = postureOf(player, state.seats[this.seat].stance);
    return choose(posture, view, new OwnPlan(view), this.game.protocol.question(state, this.seat));
  }
}
