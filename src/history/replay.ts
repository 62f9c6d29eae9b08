import type { Turn } from '../session/engine.ts';
import type { Game } from '../session/game.ts';
import { type TraceHeader, traceLines } from './trace.ts';

/** Where a replay parts from the recording: the line of the file, with what it holds and what was expected. */
export interface Difference {
  readonly line: number;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

/** Plays a recorded negotiation again and compares byte for byte; undefined when every line agrees. */
export function firstDifference(
  text: string,
  game: Game,
  header: TraceHeader,
  turns: Iterable<Turn>,
): Difference | undefined {
  const recorded = text.split('\n');
  if (recorded.at(-1) === '') recorded.pop();
  let line = 0;
  for (const replayed of traceLines(game, header, turns)) {
    if (recorded[line] !== replayed) return { line: line + 1, recorded: recorded[line], replayed };
    line++;
  }
  return line < recorded.length ? { line: line + 1, recorded: recorded[line], replayed: undefined } : undefined;
}
