import { enablePatches, freeze, Immer, type Patch, produceWithPatches } from 'immer';
import type { Fact } from './fact.ts';
import type { Game } from './game.ts';
import type { Note } from './note.ts';
import { Sitting } from './sitting.ts';
import { apply, type Draft, NOBODY, NONE, type SeatState, type State, thaw } from './state.ts';
import { type Moves, takeTurn } from './turn.ts';

enablePatches();
/** What is put into a state is frozen before, so that Immer need not search the copy it makes for what is not. */
const tracker = new Immer({ autoFreeze: false });

/** A note, and the fact it leads up to: the micro-step, counted from 1, that was about to happen when it was made. */
export interface PlacedNote {
  readonly micro: number;
  readonly note: Note;
}

/**
 * One turn as it was recorded: what happened, why, and the state before and after, with the patches that lead from one to the other, field by field:
 * in a patch of `seats`, the seats that did not change are the same objects as before.
 */
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
    here: game.deciding.includes(player.seat),
    stance: { value: '', context: {} },
    memory: player.memory,
    beliefs: game.players.map((_, other) =>
      believes(game, player.seat, other) ? (player.model?.initial ?? null) : null,
    ),
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
    sitting.chairs[seat].env.context = player.compiled.chart.context ?? {};
    seats[seat].stance = player.runner.start(sitting.chairs[seat].env);
  }
  return state;
}

/** Whether one seat learns what another wants: those who negotiate, of each other. */
const believes = ({ deciding }: Game, seat: number, other: number) =>
  seat !== other && deciding.includes(seat) && deciding.includes(other);

/** Folds a turn's facts into a state, keeping the patches both ways. */
export function fold(game: Game, state: State, facts: readonly Fact[]): Pick<Turn, 'state' | 'patches' | 'inverse'> {
  const [next, patches, inverse] = produceWithPatches(state, (draft) => {
    for (const fact of facts) apply(game, draft, fact);
  });
  return { state: next, patches, inverse };
}

/** Plays one recorded turn from a state. */
export function play(game: Game, state: State, moves?: Moves, explained = true): Turn {
  return new Recorder(game, explained).turn(state, moves);
}

/**
 * Plays turns on one workbench and records them. A turn is folded while it is decided, on a thawed state, so what is left is to note where that state differs.
 * What it keeps from one turn to the next follows from the game and the state, so that a turn is the same on a new one.
 */
class Recorder {
  readonly #game: Game;
  readonly #explained: boolean;
  #sitting: Sitting | undefined;
  #facts: Fact[] = [];
  #notes: PlacedNote[] = [];

  constructor(game: Game, explained: boolean) {
    this.#game = game;
    this.#explained = explained;
  }

  turn(before: State, moves?: Moves): Turn {
    this.#facts = [];
    this.#notes = [];
    const after = thaw(before);
    takeTurn(this.#seated(after), moves);
    const [state, patches, inverse] = tracker.produceWithPatches(freeze(before, true), (draft) =>
      follow(draft, before, after),
    );
    return { facts: this.#facts, notes: this.#notes, before, state: Object.freeze(state), patches, inverse };
  }

  #seated(state: Draft): Sitting {
    if (this.#sitting === undefined) {
      const listen = (note: Note) => this.#notes.push({ micro: this.#facts.length + 1, note });
      const emit = (fact: Fact) => this.#facts.push(fact);
      this.#sitting = new Sitting(this.#game, state, emit, this.#explained ? listen : undefined);
    } else this.#sitting.resume(state);
    return this.#sitting;
  }
}

/**
 * Brings a draft of one state to another. Fields are replaced whole, so those that differ are told by identity. They are written out because a
 * loop over their names costs as much as all the rest.
 */
function follow(draft: Draft, before: State, after: Draft): void {
  if (after.round !== before.round) draft.round = after.round;
  if (after.turn !== before.turn) draft.turn = after.turn;
  if (after.table !== before.table) draft.table = Object.freeze(after.table);
  if (after.world !== before.world) draft.world = freeze(after.world, true);
  if (after.fired !== before.fired) draft.fired = freeze(after.fired, true);
  if (after.deadlineNear !== before.deadlineNear) draft.deadlineNear = after.deadlineNear;
  if (after.end !== before.end) draft.end = after.end;
  if (after.agreement !== before.agreement) draft.agreement = after.agreement;
  if (after.protocol !== before.protocol) draft.protocol = freeze(after.protocol, true);
  const seats = seatsAfter(before.seats, after.seats);
  // An array draft costs as much as deciding the turn, so the list is drafted by nobody and replaced whole, like every other field.
  if (seats !== before.seats) draft.seats = seats as Draft['seats'];
}

/** The list of seats after a turn, frozen: a seat where nothing differs stays the same object, and so does the list where none differs. */
function seatsAfter(before: readonly SeatState[], after: readonly SeatState[]): readonly SeatState[] {
  let seats: SeatState[] | undefined;
  for (const [seat, to] of after.entries()) {
    const from = before[seat];
    const posture = from.stance === to.stance && from.memory === to.memory && from.beliefs === to.beliefs;
    if (posture && sameRecord(from, to)) continue;
    if (!posture) for (const part of [to.stance, to.memory, to.beliefs]) freeze(part, true);
    seats ??= before.slice();
    seats[seat] = Object.freeze(to);
  }
  return seats === undefined ? before : Object.freeze(seats);
}

/** Whether a party's public record is the same in two states. */
function sameRecord(a: SeatState, b: SeatState): boolean {
  return (
    a.lastOffer === b.lastOffer &&
    a.previousOffer === b.previousOffer &&
    a.firstOffer === b.firstOffer &&
    a.offers === b.offers &&
    a.refusals === b.refusals &&
    a.bestOffered === b.bestOffered &&
    a.here === b.here
  );
}

/**
 * A whole negotiation, turn by turn. Whoever holds the iterator holds the clock: the command line, the debugger and the tests are all this loop.
 *
 * @example
 * for (const { facts, state } of run(game)) show(facts, state);
 */
export function* run(game: Game, from: State = begin(game), explained = true): Generator<Turn, State> {
  const recorder = new Recorder(game, explained);
  let state = from;
  while (state.end === null) {
    const turn = recorder.turn(state);
    yield turn;
    state = turn.state;
  }
  return state;
}
