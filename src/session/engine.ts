import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { Fact } from './fact.ts';
import type { Game } from './game.ts';
import type { Note } from './note.ts';
import { Sitting } from './sitting.ts';
import { apply, type Draft, NOBODY, NONE, type SeatState, type State, thaw } from './state.ts';
import { type Moves, takeTurn } from './turn.ts';

enablePatches();

/** A note, and the fact it leads up to: the micro-step, counted from 1, that was about to happen when it was made. */
export interface PlacedNote {
  readonly micro: number;
  readonly note: Note;
}

/** One turn as it was recorded: what happened, why, and the state before and after, with the patches that lead from one to the other. */
export interface Turn {
  readonly facts: readonly Fact[];
  readonly notes: readonly PlacedNote[];
  readonly before: State;
  readonly state: State;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** The state before anything happened: stance machines in their initial states, beliefs blank. */
export function begin(game: Game): State {
  const seats: { -readonly [F in keyof SeatState]: SeatState[F] }[] = game.players.map((player) => ({
    here: !game.parties[player.seat].observer,
    stance: { value: '', context: {} },
    memory: player.memory,
    beliefs: game.players.map((_, other) => (other === player.seat ? null : (player.model?.initial ?? null))),
    firstOffer: NONE,
    previousOffer: NONE,
    lastOffer: NONE,
    offers: 0,
    refusals: 0,
    bestOffered: NONE,
  }));
  const state: State = {
    round: 0,
    turn: 0,
    table: { outcome: NONE, by: NOBODY, consent: 0 },
    seats,
    world: game.world,
    fired: game.script.map(() => 0),
    deadlineNear: false,
    end: null,
    agreement: NONE,
    protocol: game.protocol.initial,
  };
  const sitting = new Sitting(game, thaw(state));
  for (const [seat, player] of game.players.entries()) {
    sitting.envs[seat].context = player.compiled.chart.context ?? {};
    seats[seat].stance = player.runner.start(sitting.envs[seat]);
  }
  return state;
}

/** Folds a turn's facts into a state, keeping the patches both ways. */
export function fold(game: Game, state: State, facts: readonly Fact[]): Pick<Turn, 'state' | 'patches' | 'inverse'> {
  const [next, patches, inverse] = produceWithPatches(state, (draft) => {
    for (const fact of facts) apply(game, draft, fact);
  });
  return { state: next, patches, inverse };
}

/** Plays one recorded turn from a state. The turn was folded while it was decided, so what is left is to note where that state differs. */
export function play(game: Game, state: State, moves?: Moves, explained = true): Turn {
  const notes: PlacedNote[] = [];
  const facts: Fact[] = [];
  const listen = explained ? (note: Note) => notes.push({ micro: facts.length + 1, note }) : undefined;
  const after = thaw(state);
  takeTurn(new Sitting(game, after, (fact) => facts.push(fact), listen), moves);
  const [next, patches, inverse] = produceWithPatches(state, (draft) => follow(draft, state, after));
  return { facts, notes, before: state, state: next, patches, inverse };
}

/** Brings a draft of one state to another; a seat where nothing differs is not even drafted. */
function follow(draft: Draft, before: State, after: State): void {
  const { seats, ...rest } = after;
  replace<Omit<Draft, 'seats'>>(() => draft, before, rest);
  for (let seat = 0; seat < seats.length; seat++) replace(() => draft.seats[seat], before.seats[seat], seats[seat]);
}

/** Fields are replaced whole, so those that differ are told by identity. */
function replace<T extends object>(draft: () => T, before: T, after: T): void {
  for (const key in after) if (after[key] !== before[key]) draft()[key] = after[key];
}

/**
 * A whole negotiation, turn by turn. Whoever holds the iterator holds the clock: the command line, the debugger and the tests are all this loop.
 *
 * @example
 * for (const { facts, state } of run(game)) show(facts, state);
 */
export function* run(game: Game, from: State = begin(game), explained = true): Generator<Turn, State> {
  let state = from;
  while (state.end === null) {
    const turn = play(game, state, undefined, explained);
    yield turn;
    state = turn.state;
  }
  return state;
}
