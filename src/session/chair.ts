import type { PartyId, Seat } from '../domain/id.ts';
import type { StanceEnv } from './contracts/stance.ts';
import type { StanceState } from './fact.ts';
import { OwnPlan, type Player, type Posture, postureOf } from './player.ts';
import type { Sitting } from './sitting.ts';
import { View } from './view.ts';

/** One party's place at a sitting: what every turn looks up about it, together, since a turn looks up a dozen things and is over in a fraction of a microsecond. */
export class Chair {
  readonly seat: Seat;
  readonly id: PartyId;
  readonly player: Player;
  readonly view: View;
  readonly plan: OwnPlan;
  readonly env: StanceEnv;
  #stance: StanceState | undefined;
  #posture: Posture | undefined;

  constructor(sitting: Sitting, seat: Seat) {
    this.seat = seat;
    this.id = sitting.game.ids[seat];
    this.player = sitting.game.players[seat];
    this.view = new View(sitting, seat);
    this.plan = new OwnPlan(this.view);
    this.env = { view: this.view, context: {}, on: 'start', fact: undefined };
  }

  /** How the party's stance plays. */
  posture(stance: StanceState): Posture {
    if (this.#stance === stance) return this.#posture!;
    this.#stance = stance;
    this.#posture = postureOf(this.player, stance);
    return this.#posture;
  }
}
