import type { Turn } from '../session/engine.ts';
import type { Game } from '../session/game.ts';
import { type TraceHeader, traceLines } from './trace.ts';

/** Where a replay parts from the recording: the place in the file, with the line it holds and the one that was expected. */
export interface Difference {
  /** `digest`: every line comes out the same, but the closing one does not vouch for them; `newline`: only the last newline is missing. */
  readonly kind: 'line' | 'digest' | 'newline';
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Nothing where the file ends before. */
  readonly recorded: string | undefined;
  /** Nothing where the talks end before. */
  readonly replayed: string | undefined;
}

/** Plays a recorded negotiation again and compares byte for byte, the last newline included; undefined when everything agrees. */
export function firstDifference(
  text: string,
  game: Game,
  header: TraceHeader,
  turns: Iterable<Turn>,
): Difference | undefined {
  const recorded = text.split('\n');
  const isClosed = recorded.at(-1) === '';
  if (isClosed) recorded.pop();
  let line = 0;
  for (const replayed of traceLines(game, header, turns)) {
    if (recorded[line] !== replayed) return differing(line, recorded[line], replayed);
    line++;
  }
  if (line < recorded.length) return differing(line, recorded[line], undefined);
  // What is missing is the newline itself.
  const last = recorded[line - 1];
  return isClosed
    ? undefined
    : { kind: 'newline', line, column: last.length + 1, recorded: last, replayed: `${last}\n` };
}

function differing(index: number, recorded: string | undefined, replayed: string | undefined): Difference {
  let column = 0;
  if (recorded !== undefined && replayed !== undefined)
    while (column < recorded.length && recorded[column] === replayed[column]) column++;
  const isDigest = recorded !== undefined && replayed !== undefined && undigested(recorded) === undigested(replayed);
  return { kind: isDigest ? 'digest' : 'line', line: index + 1, column: column + 1, recorded, replayed };
}

/** A closing line without its digest. */
const undigested = (row: string): string => (row.startsWith('{"end":') ? row.replace(/,"digest":"[^"]*"/, '') : row);
