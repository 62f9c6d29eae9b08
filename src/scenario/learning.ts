import type { PartyId } from '../domain/id.ts';
import { type ModelError, modelError } from '../opponents/model_error.ts';
import type { Game } from '../session/game.ts';
import type { State } from '../session/state.ts';

/** What one party came to believe about another, beside what that one truly wants: only a laboratory can know. */
export interface Learnt extends ModelError {
  readonly party: PartyId;
  readonly about: PartyId;
}

/** Outcomes compared at most: evenly spread over the space, so that a large one costs no more. */
const SAMPLE = 20_000;

/** Every belief at a state, scored against the values of that moment; parties without an opponent model believe nothing, nobody believes anything of observers, and both are left out. */
export function learning(game: Game, state: State): readonly Learnt[] {
  const { allowed } = game.space;
  const step = Math.max(1, Math.ceil(allowed.length / SAMPLE));
  const sample = allowed.filter((_, k) => k % step === 0);
  const { utilities } = game.valuation(state.world);
  return game.players.flatMap(({ seat, model }) => {
    if (model === undefined) return [];
    return game.ids.flatMap((about, other) => {
      const belief = state.seats[seat].beliefs[other];
      if (belief === null) return [];
      const liking = model.liking(belief);
      return [{ party: game.ids[seat], about, ...modelError(liking, utilities[other], sample) }];
    });
  });
}
