import type { Expression, ExprValue } from '../expression/index.ts';
import type { Recording } from '../history/recording.ts';
import type { WorldEnv } from '../session/vocabulary.ts';

export interface Row {
  readonly at: string;
  readonly values: readonly ExprValue[];
}

/** Expressions over a whole recording, played to its end: a row for the end of each round or turn, or for every micro-step. */
export function rowsOf(
  recording: Recording,
  expressions: readonly Expression<WorldEnv>[],
  every: 'round' | 'turn' | 'micro',
): Row[] {
  recording.reach(Number.POSITIVE_INFINITY);
  const positions: number[] = [];
  for (const [index, turn] of recording.turns.entries()) {
    const end = recording.startOf(index + 1);
    if (every === 'micro') for (let p = end - turn.facts.length + 1; p <= end; p++) positions.push(p);
    else if (every === 'turn' || recording.turns[index + 1]?.state.round !== turn.state.round) positions.push(end);
  }
  return positions.map((position) => {
    const env = { game: recording.gameAt(position), state: recording.state(position) };
    return { at: recording.addressText(position), values: expressions.map((expression) => expression.evaluate(env)) };
  });
}
