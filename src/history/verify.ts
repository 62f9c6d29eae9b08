import type { Fact } from '../session/fact.ts';
import { sharedFacts } from './branch.ts';
import { playTurn } from './play_turn.ts';
import type { Recording } from './recording.ts';
import { said } from './refused.ts';

/** Where a recording stops being what the same game plays: the position of the first fact that differs, with both. */
export interface Departure {
  readonly position: number;
  readonly recorded: Fact | undefined;
  readonly replayed: Fact | undefined;
  /** Where playing the turn again failed altogether. */
  readonly failure?: string;
}

/** Plays every recorded turn again from the state before it, with the moves and edits that were made in it; undefined when every fact agrees. */
export function verify(recording: Recording): Departure | undefined {
  for (const [index, turn] of recording.turns.entries()) {
    const start = recording.startOf(index);
    try {
      const again = playTurn(turn.game, turn.before, { moves: turn.moves, edits: turn.edits });
      const same = sharedFacts(turn.facts, again.facts);
      if (same === turn.facts.length && same === again.facts.length) continue;
      return { position: start + same + 1, recorded: turn.facts[same], replayed: again.facts[same] };
    } catch (error) {
      return { position: start + 1, recorded: turn.facts[0], replayed: undefined, failure: said(error) };
    }
  }
  return undefined;
}
