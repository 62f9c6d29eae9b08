import { type Compiled, compile, type Expression, type Name, type Vocabulary } from '../expression/index.ts';
import type { Refused } from '../history/refused.ts';
import { Sitting } from '../session/sitting.ts';
import { NONE, thaw } from '../session/state.ts';
import { type Shape, type WorldEnv, worldVocabulary } from '../session/vocabulary.ts';

/**
 * The words of breakpoints, watches and prints: the world's (see `hashpact words`), and for each party
 * `<party>.gap` (own utility of its last offer less that of what is on the table; 0 before both are there) and
 * `<party>.believes.<other>` (what it thinks another makes of what is on the table, in [0, 1]; 0 without a model).
 */
export function debuggerVocabulary(shape: Shape): Vocabulary<WorldEnv> {
  const world = worldVocabulary(shape);
  const names: Record<string, Name<WorldEnv>> = { ...world.names };
  for (const [seat, party] of shape.parties.entries()) {
    names[`${party}.gap`] = {
      kind: 'number',
      doc: `${party}: own utility of its last offer less that of what is on the table; 0 before both`,
      read: ({ game, state }) => {
        const { lastOffer } = state.seats[seat];
        if (lastOffer === NONE || state.table.outcome === NONE) return 0;
        const utilities = game.valuation(state.world).utilities[seat];
        return utilities[lastOffer] - utilities[state.table.outcome];
      },
    };
    for (const [other, id] of shape.parties.entries()) {
      if (other === seat) continue;
      names[`${party}.believes.${id}`] = {
        kind: 'number',
        doc: `${party}: what it believes ${id} makes of what is on the table, 0 to 1; 0 without an opponent model`,
        read: ({ game, state }) => {
          const { outcome } = state.table;
          if (outcome === NONE) return 0;
          return new Sitting(game, thaw(state)).chairs[seat].view.liking(other)?.of(outcome) ?? 0;
        },
      };
    }
  }
  return { ...world, names };
}

/** Compiles a user's expression; a bad one comes back with the column. */
export function compileWords(
  source: string,
  vocabulary: Vocabulary<WorldEnv>,
  expected?: 'boolean' | 'number' | 'string',
): { ok: true; expression: Expression<WorldEnv> } | Refused {
  const compiled: Compiled<Expression<WorldEnv>> = compile(source, vocabulary, expected);
  if (compiled.ok) return compiled;
  const [first] = compiled.problems;
  const { code, message, hint, at, length } = first;
  return { ok: false, code, message, ...(hint !== undefined && { hint }), problem: { source, at, length } };
}
