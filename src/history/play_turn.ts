import type { Seat } from '../domain/id.ts';
import { fold, type PlacedNote } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import type { Note } from '../session/note.ts';
import { Sitting } from '../session/sitting.ts';
import { type State, thaw } from '../session/state.ts';
import { type Moves, takeTurn } from '../session/turn.ts';

/** Facts put into a turn from outside, after so many of its facts, those of earlier edits included. */
export interface Edit {
  readonly after: number;
  readonly facts: readonly Fact[];
  /** Put in when the turn was over and its last fact had been heard by all. */
  readonly late?: true;
}

/** One turn of a recording: all it takes to show it, to fold it again, and to play it again. */
export interface RecordedTurn {
  readonly game: Game;
  readonly before: State;
  readonly state: State;
  readonly facts: readonly Fact[];
  readonly notes: readonly PlacedNote[];
  /** Moves made in the parties' places. */
  readonly moves?: Moves;
  readonly edits?: readonly Edit[];
}

/** A turn that stopped because a person has to say what a seat does; with what happened in it so far. */
export interface AwaitedTurn {
  readonly awaits: Seat;
  readonly facts: readonly Fact[];
  readonly notes: readonly PlacedNote[];
  readonly state: State;
}

export interface HowToPlay {
  readonly moves?: Moves;
  readonly edits?: readonly Edit[];
  /** Seats played by hand: without a move for them the turn waits. */
  readonly hands?: ReadonlySet<Seat>;
}

/**
 * The engine's `play`, with two additions: facts can be put in between its facts, and seats can be played by hand. Since a turn is a function of
 * (game, state, moves), playing it again with an edit after its k-th fact is going on from its k-th micro-step: the first k facts come out the same.
 */
export function playTurn(
  game: Game,
  state: State,
  { moves, edits = [], hands }: HowToPlay = {},
): RecordedTurn | AwaitedTurn {
  const facts: Fact[] = [];
  const notes: PlacedNote[] = [];
  let next = 0;
  const insert = () => {
    while (next < edits.length && !edits[next].late && edits[next].after === facts.length) {
      for (const fact of edits[next++].facts) sitting.happen(fact);
    }
  };
  let inserting = false;
  const emit = (fact: Fact) => {
    facts.push(fact);
    if (inserting) return;
    inserting = true;
    insert();
    inserting = false;
  };
  const listen = (note: Note) => notes.push({ micro: facts.length + 1, note });
  const sitting = new Sitting(game, thaw(state), emit, listen);
  inserting = true;
  insert();
  inserting = false;
  try {
    takeTurn(sitting, hands === undefined || hands.size === 0 ? moves : new Asking(moves, hands));
  } catch (error) {
    if (!(error instanceof MoveNeeded)) throw error;
    return { awaits: error.seat, facts, notes, state: fold(game, state, facts).state };
  }
  for (const { facts: late } of edits.slice(next)) facts.push(...late);
  return {
    game,
    before: state,
    state: fold(game, state, facts).state,
    facts,
    notes,
    ...(moves && moves.size > 0 && { moves }),
    ...(edits.length > 0 && { edits }),
  };
}

class MoveNeeded extends Error {
  readonly seat: Seat;
  constructor(seat: Seat) {
    super(`seat ${seat} is played by hand`);
    this.seat = seat;
  }
}

/** Moves, asked for at the moment they are due: after the round has opened, when a person has seen what the script did. */
class Asking extends Map<Seat, Move> {
  readonly #hands: ReadonlySet<Seat>;

  constructor(moves: Moves | undefined, hands: ReadonlySet<Seat>) {
    super(moves ?? []);
    this.#hands = hands;
  }

  override get(seat: Seat): Move | undefined {
    if (!this.has(seat) && this.#hands.has(seat)) throw new MoveNeeded(seat);
    return super.get(seat);
  }
}
