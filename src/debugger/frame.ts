import type { Address } from '../history/address.ts';
import type { Branch } from '../history/branch.ts';
import type { RecordedTurn } from '../history/play_turn.ts';
import type { PlacedNote } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { State } from '../session/state.ts';
import type { Breakpoint } from './breakpoint.ts';

/** One moment of a branch: everything there is to show. `state` is frozen and shared; nothing here is copied. */
export interface Frame {
  readonly branch: Branch;
  /** How many facts have happened: 0 is before the first. */
  readonly position: number;
  /** Undefined at position 0. */
  readonly address: Address | undefined;
  /** `r7.2.3`, or `start`. */
  readonly at: string;
  readonly game: Game;
  readonly state: State;
  /** The fact that led here. */
  readonly fact: Fact | undefined;
  /** The turn it stands in, and how many of its facts have happened. */
  readonly turn: RecordedTurn | undefined;
  readonly micro: number;
  /** Why things happened in this turn, up to here. */
  readonly notes: readonly PlacedNote[];
}

/** Why a journey ended. `awaits`: a seat played by hand has to move; `failed`: a strategy or a value model could not go on. */
export type StopReason =
  | 'step'
  | 'breakpoint'
  | 'condition'
  | 'goto'
  | 'end'
  | 'start'
  | 'awaits'
  | 'failed'
  | 'branch';

export interface Stop {
  readonly ok: true;
  readonly reason: StopReason;
  readonly frame: Frame;
  readonly from: number;
  readonly hit: readonly Breakpoint[];
  /** What logpoints told on the way. */
  readonly logs: readonly { readonly at: string; readonly id: number; readonly text: string }[];
  /** In words, for reasons that need some. */
  readonly message?: string;
}

export interface Watch {
  readonly id: number;
  readonly source: string;
}

/** A bookmark: a sentence at a moment of a branch. */
export interface Remark {
  readonly branch: number;
  readonly at: string;
  readonly text: string;
}

/** The frame at a position of a branch. */
export function frameOf(branch: Branch, position: number): Frame {
  const { recording } = branch;
  const { turn: index, micro } = recording.locate(position);
  const turn = recording.turns[index] as RecordedTurn | undefined;
  return {
    branch,
    position,
    address: recording.address(position),
    at: recording.addressText(position),
    game: recording.gameAt(position),
    state: recording.state(position),
    fact: recording.fact(position),
    turn,
    micro,
    notes: turn?.notes.filter((note) => note.micro <= micro) ?? [],
  };
}
