import { ACCEPTANCE } from '../../src/acceptance/index.ts';
import { OPPONENTS } from '../../src/opponents/index.ts';
import type { Plan } from '../../src/session/contracts/acceptance.ts';
import { begin } from '../../src/session/engine.ts';
import { Sitting } from '../../src/session/sitting.ts';
import { thaw } from '../../src/session/state.ts';
import type { Shelves } from '../../src/session/strategy.ts';
import { TACTICS } from '../../src/tactics/index.ts';
import { oneStance, type TableParts, tableOf } from '../fixtures/table.ts';

export type Spec = { readonly type: string } & Readonly<Record<string, unknown>>;

export const shelves: Shelves = {
  tactics: new Map(TACTICS.map((kind) => [kind.type, kind])),
  acceptance: new Map(ACCEPTANCE.map((kind) => [kind.type, kind])),
  opponents: new Map(OPPONENTS.map((kind) => [kind.type, kind])),
};

export interface Trial extends Partial<TableParts> {
  readonly tactic?: Spec;
  readonly acceptance?: Spec;
  readonly model?: Spec;
  /** Utilities of ann, bob and cyd by outcome; one issue of as many values where no sizes are given. */
  readonly utilities: readonly (ArrayLike<number> | ((levels: ArrayLike<number>) => number))[];
  readonly reservation?: number;
}

/** Talks seen from ann's chair: tell what happened, then ask what she would do. */
export function talks(trial: Trial) {
  const { utilities, tactic = { type: 'hold' }, acceptance = { type: 'ac_next' }, model } = trial;
  const first = utilities[0];
  const game = tableOf({
    sizes: typeof first === 'function' ? [] : [first.length],
    shelves,
    rounds: 9,
    ...trial,
    seats: utilities.map((utility, seat) => ({
      utility,
      reservation: seat === 0 ? (trial.reservation ?? 0) : 0,
      strategy: oneStance(
        seat === 0 ? tactic : { type: 'hold' },
        seat === 0 ? acceptance : undefined,
        seat === 0 ? model : undefined,
      ),
    })),
  });
  const sitting = new Sitting(game, thaw(begin(game)));
  const ann = sitting.chairs[0].view;
  const posture = [...game.players[0].postures.values()][0];
  const memory = (slot: number) => (slot < 0 ? null : ann.memory(slot));
  const tell = {
    game,
    view: ann,
    round(round: number) {
      sitting.happen({ type: 'roundBegan', round });
      sitting.happen({ type: 'turnBegan', turn: 1 });
      return tell;
    },
    offer(by: string, outcome: number) {
      sitting.happen({ type: 'offered', by, outcome });
      return tell;
    },
    proposal: () => posture.tactic!.tactic.propose(ann, memory(posture.tactic!.slot)),
    target: () => posture.tactic!.tactic.target(ann, memory(posture.tactic!.slot)),
    /** Proposes, and does it. */
    move() {
      const outcome = tell.proposal();
      sitting.happen({ type: 'offered', by: 'ann', outcome });
      return outcome;
    },
    accepts(offer: number) {
      const plan: Plan = { target: tell.target, offer: tell.proposal };
      return posture.acceptance!.rule.accepts(ann, offer, plan, memory(posture.acceptance!.slot));
    },
  };
  return tell;
}

/** Utilities rising evenly from 0 to 1 over n outcomes. */
export const rising = (n: number) => Array.from({ length: n }, (_, k) => k / (n - 1));
export const falling = (n: number) => rising(n).reverse();
