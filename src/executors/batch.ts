import { begin } from '../session/engine.ts';
import type { End, Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { Sitting } from '../session/sitting.ts';
import { type State, thaw } from '../session/state.ts';
import { takeTurn } from '../session/turn.ts';

/** How a negotiation came out. */
export interface Played {
  readonly end: End;
  /** Rounds begun. */
  readonly round: number;
  /** Raw index of the agreement, or NONE. */
  readonly agreement: number;
  /** The state at the end; plain, but not frozen. */
  readonly state: State;
  /** Everything that happened, where it was asked for. */
  readonly facts?: readonly Fact[];
}

export interface PlayOut {
  /** Whether to keep the facts, for an audit against the recorded executor. */
  readonly facts?: boolean;
}

/**
 * Plays a whole negotiation on one mutable state, with the same step that the recorded session takes turn by turn: `takeTurn` decides, `apply` folds. What is
 * left out is what only a reader needs: notes, frozen states, patches.
 *
 * @example
 * const { end, round, agreement } = playOut(game);
 */
export function playOut(game: Game, { facts: keep = false }: PlayOut = {}): Played {
  const facts: Fact[] | undefined = keep ? [] : undefined;
  const sitting = new Sitting(game, thaw(begin(game)), facts && ((fact) => facts.push(fact)));
  const { state } = sitting;
  while (state.end === null) takeTurn(sitting);
  const { end, round, agreement } = state;
  return { end, round, agreement, state, ...(facts && { facts }) };
}
