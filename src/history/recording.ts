import { freeze } from 'immer';
import type { Seat } from '../domain/id.ts';
import { begin } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { apply, type State, thaw } from '../session/state.ts';
import type { Moves } from '../session/turn.ts';
import { type Address, formatAddress } from './address.ts';
import { type AwaitedTurn, playTurn, type RecordedTurn } from './play_turn.ts';
import { said } from './refused.ts';

/** How many turns keep the states between their facts; any other's are folded again when asked for. */
const UNFOLDED = 64;

/** What came of asking for one more turn. */
export type Growth = 'grown' | 'ended' | 'awaits' | 'failed';

/**
 * One negotiation as it is being recorded: turns so far, and the game that plays on. A position counts facts: 0 is before anything happened, n is after the
 * n-th. A frame is a reference to the frozen state at a position; at a turn's end that is the turn's own state, within a turn it is folded again from
 * the turn's beginning. Turns are only ever added, so a position means the same for good, and recordings share the turns before a fork.
 */
export class Recording {
  readonly first: State;
  readonly turns: RecordedTurn[] = [];
  /** Who plays on from the last turn. */
  readonly game: Game;
  /** Seats played by hand. */
  readonly hands: ReadonlySet<Seat>;
  /** The turn that waits for a person's move, once growth ran into it. */
  awaited: AwaitedTurn | undefined;
  /** Why the talks cannot go on, where a strategy or a value model failed. */
  failure: string | undefined;
  readonly #offsets: number[] = [0];
  readonly #firstOfRound: number[] = [];
  readonly #unfolded = new Map<number, readonly State[]>();

  constructor(
    game: Game,
    first: State = freeze(begin(game), true),
    turns: readonly RecordedTurn[] = [],
    hands: ReadonlySet<Seat> = new Set(),
  ) {
    this.game = game;
    this.first = first;
    this.hands = hands;
    for (const turn of turns) this.add(turn);
  }

  /** How many facts are recorded: the last position. */
  get size(): number {
    return this.#offsets[this.turns.length];
  }
  /** The state at the last position. */
  get last(): State {
    return this.turns.at(-1)?.state ?? this.first;
  }
  get ended(): boolean {
    return this.last.end !== null;
  }

  add(turn: RecordedTurn): void {
    const { round } = turn.state;
    this.#firstOfRound[round] ??= this.turns.length;
    this.turns.push(turn);
    this.#offsets.push(this.#offsets[this.#offsets.length - 1] + turn.facts.length);
  }

  /** Plays one more turn. */
  grow(moves?: Moves): Growth {
    if (this.ended) return 'ended';
    if (this.failure !== undefined) return 'failed';
    try {
      const turn = playTurn(this.game, this.last, { moves, hands: this.hands });
      if ('awaits' in turn) {
        this.awaited = turn;
        return 'awaits';
      }
      this.awaited = undefined;
      this.add(turn);
      return 'grown';
    } catch (error) {
      this.failure = said(error);
      return 'failed';
    }
  }

  /** Plays on until a turn of this index is there, or the talks stop. */
  reach(turn: number): Growth {
    let growth: Growth = 'grown';
    while (growth === 'grown' && this.turns.length <= turn) growth = this.grow();
    return this.turns.length > turn ? 'grown' : growth;
  }

  /** The turn a position stands in, and how many of its facts have happened; position 0 is turn -1. Logarithmic in the number of turns. */
  locate(position: number): { readonly turn: number; readonly micro: number } {
    if (position <= 0) return { turn: -1, micro: 0 };
    let low = 0;
    let high = this.turns.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#offsets[middle + 1] < position) low = middle + 1;
      else high = middle;
    }
    return { turn: low, micro: position - this.#offsets[low] };
  }

  /** The position before a turn's first fact; that of the turn after the last is the end. */
  startOf(turn: number): number {
    return this.#offsets[Math.max(0, Math.min(turn, this.turns.length))];
  }

  fact(position: number): Fact | undefined {
    const { turn, micro } = this.locate(position);
    return turn < 0 ? undefined : this.turns[turn].facts[micro - 1];
  }

  /** The state at a position. */
  state(position: number): State {
    const { turn, micro } = this.locate(position);
    return turn < 0 ? this.first : this.within(turn, micro);
  }

  /** The state after so many facts of a turn. */
  within(index: number, micro: number): State {
    const turn = this.turns[index];
    if (micro >= turn.facts.length) return turn.state;
    if (micro <= 0) return turn.before;
    let states = this.#unfolded.get(index);
    if (states === undefined) {
      const made: State[] = [];
      let state = turn.before;
      for (const fact of turn.facts.slice(0, -1)) {
        // Fields are replaced whole, so a thawed copy serves; Immer would take ten times as long.
        const next = thaw(state);
        apply(turn.game, next, fact);
        state = freeze(next, true);
        made.push(state);
      }
      states = made;
      this.#unfolded.set(index, states);
      for (const oldest of this.#unfolded.keys()) {
        if (this.#unfolded.size <= UNFOLDED) break;
        this.#unfolded.delete(oldest);
      }
    }
    return states[micro - 1];
  }

  /** The game at a position: a fork may have changed who plays on. */
  gameAt(position: number): Game {
    const { turn, micro } = this.locate(position);
    if (turn < 0) return this.turns[0]?.game ?? this.game;
    if (turn === this.turns.length - 1 && micro === this.turns[turn].facts.length) return this.game;
    const ending = micro === this.turns[turn].facts.length;
    return ending ? this.turns[turn + 1].game : this.turns[turn].game;
  }

  /** The address of a position; undefined for 0, which is before anything happened. */
  address(position: number): Address | undefined {
    const { turn, micro } = this.locate(position);
    if (turn < 0) return undefined;
    const { state } = this.turns[turn];
    return { round: Math.max(1, state.round), turn: this.#turnNumber(turn), micro };
  }

  addressText(position: number): string {
    const address = this.address(position);
    return address === undefined ? 'start' : formatAddress(address);
  }

  /** The turn an address names, if it is recorded: in constant time. */
  turnOf({ round, turn }: Address): number | undefined {
    const first = this.#firstOfRound[round];
    if (first === undefined) return undefined;
    const after = this.#firstOfRound[round + 1] ?? this.turns.length;
    const index = turn === undefined ? after - 1 : first + turn - 1;
    return index < after ? index : undefined;
  }

  /** The position an address names, if it is recorded: in constant time. What is left out of an address means the end of what is named. */
  position(address: Address): number | undefined {
    const turn = this.turnOf(address);
    if (turn === undefined) return undefined;
    const { micro = this.turns[turn].facts.length } = address;
    return micro > this.turns[turn].facts.length ? undefined : this.#offsets[turn] + micro;
  }

  #turnNumber(index: number): number {
    return index - this.#firstOfRound[this.turns[index].state.round] + 1;
  }
}
