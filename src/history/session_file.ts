import { createHash } from 'node:crypto';
import type { Game } from '../session/game.ts';
import type { Branch } from './branch.ts';
import type { Change } from './change.ts';
import type { RecordedTurn } from './play_turn.ts';
import { linesOf, type TraceHeader } from './trace.ts';

export const SESSION_FORMAT = 'hashpact-session/1';

/** A branch begins: its own turns follow. `at` is the moment in the parent that was changed, `shared` the number of turns it has in common with it. */
export interface ForkLine {
  readonly fork: {
    readonly id: number;
    readonly parent: number;
    readonly at: string;
    readonly shared: number;
    readonly change: Change;
    readonly label: string;
  };
}

/** What was done to the next turn from outside: moves by party, and after which of its facts how many were put in. */
export interface TurnLine {
  readonly turn: {
    readonly moves?: readonly { readonly party: string; readonly move: NonNullable<unknown> }[];
    readonly edits?: readonly { readonly after: number; readonly facts: number; readonly late?: true }[];
  };
}

export interface NoteLine {
  readonly note: { readonly branch: number; readonly at: string; readonly text: string };
}

/** The last line. `digest` is the SHA-256 of the lines before it, each with its newline: an edited file shows. */
export interface SessionEnd {
  readonly end: { readonly facts: number; readonly turns: number; readonly branches: number; readonly digest: string };
}

/** Writes branches and notes as JSON Lines. Only what happened is written: reading it folds facts and runs no strategy. */
export function sessionText(
  header: Omit<TraceHeader, 'format'>,
  branches: readonly Branch[],
  notes: readonly NoteLine['note'][],
): string {
  const rows: string[] = [];
  const put = (line: object) => rows.push(`${JSON.stringify(line)}\n`);
  put({ ...header, format: SESSION_FORMAT });
  let facts = 0;
  let turns = 0;
  for (const branch of branches) {
    let shared = 0;
    if (branch.parent !== undefined && branch.change !== undefined) {
      const { recording } = branch.parent;
      while (shared < branch.recording.turns.length && branch.recording.turns[shared] === recording.turns[shared])
        shared++;
      const at = recording.addressText(branch.asked);
      const { id, label, change } = branch;
      put({ fork: { id, parent: branch.parent.id, at, shared, change, label } } satisfies ForkLine);
    }
    for (const turn of branch.recording.turns.slice(shared)) {
      const extra = extraOf(turn);
      if (extra !== undefined) put(extra);
      for (const line of linesOf(turn.game, turn)) put(line);
      facts += turn.facts.length;
      turns++;
    }
  }
  for (const note of notes) put({ note });
  put({ end: { facts, turns, branches: branches.length, digest: digestOf(rows.join('')) } } satisfies SessionEnd);
  return rows.join('');
}

function extraOf({ moves, edits, game }: RecordedTurn): TurnLine | undefined {
  if (moves === undefined && edits === undefined) return undefined;
  return {
    turn: {
      ...(moves && { moves: [...moves].map(([seat, move]) => ({ party: game.ids[seat], move })) }),
      ...(edits && {
        edits: edits.map(({ after, facts, late }) => ({ after, facts: facts.length, ...(late && { late }) })),
      }),
    },
  };
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The header of a session of a game. */
export function sessionHeader(
  game: Game,
  resolved: TraceHeader['resolved'],
  version: string,
): Omit<TraceHeader, 'format'> {
  const { id, hash, seed, repetition } = game.parts;
  return { version, scenario: id, hash, seed, repetition, strategies: {}, resolved };
}
