import type { RecordedTurn } from '../history/play_turn.ts';
import type { Growth, Recording } from '../history/recording.ts';
import type { State } from '../session/state.ts';
import type { Trap } from './breakpoint.ts';

/** How far one step goes. `stance`: to the next change of a stance's state. */
export type Granularity = 'micro' | 'turn' | 'round' | 'stance';

/** Forwards or backwards. */
export type Direction = 1 | -1;

/**
 * What ends a journey: within one turn, the first position after (or the last before) `from` at which it is done. A journey without a goal ends where a
 * breakpoint or the end of the talks is.
 */
export type Goal = (turn: number, from: number, direction: Direction) => number | undefined;

export interface Arrival {
  readonly position: number;
  /** Whether the goal was reached; else a breakpoint, or the end or start of the talks. */
  readonly done: boolean;
  readonly growth: Growth;
  readonly hit: readonly Trap[];
  /** Logpoints passed on the way, with their positions, in the order of travel. */
  readonly logged: readonly { readonly trap: Trap; readonly position: number }[];
}

/** The goal of one step. */
export function goalOf(recording: Recording, granularity: Granularity): Goal {
  switch (granularity) {
    case 'micro':
      return (_turn, from, direction) => from + direction;
    case 'turn':
      return (turn, _from, direction) => recording.startOf(direction > 0 ? turn + 1 : turn);
    case 'round':
      return (turn, _from, direction) => {
        if (direction > 0) return closesRound(recording.turns[turn]) ? recording.startOf(turn + 1) : undefined;
        return turn === 0 || closesRound(recording.turns[turn - 1]) ? recording.startOf(turn) : undefined;
      };
    case 'stance':
      return where(recording, (turn, micro) => {
        const fact = turn.facts[micro - 1];
        return fact.type === 'stanceChanged' && fact.from !== fact.to;
      });
    default:
      return granularity satisfies never;
  }
}

/** The goal of a journey to the next frame of which something is true. */
export function where(
  recording: Recording,
  holds: (turn: RecordedTurn, micro: number, index: number) => boolean,
): Goal {
  return (index, from, direction) => {
    const turn = recording.turns[index];
    const start = recording.startOf(index);
    if (direction > 0) {
      for (let p = Math.max(from, start) + 1; p <= start + turn.facts.length; p++)
        if (holds(turn, p - start, index)) return p;
    } else {
      for (let p = Math.min(from - 1, start + turn.facts.length); p > start; p--)
        if (holds(turn, p - start, index)) return p;
    }
    return undefined;
  };
}

function closesRound({ state, game }: RecordedTurn): boolean {
  return state.end !== null || state.turn >= game.protocol.turns(state);
}

/** Where every breakpoint is hit in a recording, found turn by turn as the talks are travelled. Hits do not depend on the way one came. */
export class Hits {
  readonly #recording: Recording;
  readonly #found = new Map<Trap, { scanned: number; count: number; positions: number[] }>();

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** The positions at which a trap stops, in one turn. */
  in(trap: Trap, index: number): readonly number[] {
    let known = this.#found.get(trap);
    if (known === undefined) {
      known = { scanned: 0, count: 0, positions: [] };
      this.#found.set(trap, known);
    }
    for (; known.scanned <= index; known.scanned++) this.#scan(trap, known, known.scanned);
    const start = this.#recording.startOf(index);
    const end = this.#recording.startOf(index + 1);
    let low = 0;
    let high = known.positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (known.positions[middle] <= start) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = low; i < known.positions.length && known.positions[i] <= end; i++) found.push(known.positions[i]);
    return found;
  }

  forget(trap: Trap): void {
    this.#found.delete(trap);
  }

  #scan(trap: Trap, known: { count: number; positions: number[] }, index: number): void {
    const turn = this.#recording.turns[index];
    const states = (micro: number): State => this.#recording.within(index, micro);
    for (let micro = 1; micro <= turn.facts.length; micro++) {
      if (trap.hit(turn, micro, states) && trap.counts(++known.count)) {
        known.positions.push(this.#recording.startOf(index) + micro);
      }
    }
  }
}

/** Travels from a position until the goal is reached, a breakpoint is hit, or the talks end (or begin). Plays on where nothing is recorded yet. */
export function travel(
  recording: Recording,
  hits: Hits,
  traps: readonly Trap[],
  from: number,
  direction: Direction,
  goal: Goal,
): Arrival {
  const stops = traps.filter((trap) => trap.breakpoint.spec.log === undefined);
  const logs = traps.filter((trap) => trap.breakpoint.spec.log !== undefined);
  const logged: { trap: Trap; position: number }[] = [];
  const beyond = (p: number) => (direction > 0 ? p > from : p < from);
  const nearer = (a: number, b: number) => (direction > 0 ? a <= b : a >= b);
  const { turn, micro } = recording.locate(from);
  let index = direction > 0 && (turn < 0 || micro === recording.turns[turn].facts.length) ? turn + 1 : turn;
  for (; index >= 0; index += direction) {
    let growth: Growth = 'grown';
    if (index >= recording.turns.length) growth = recording.grow();
    if (growth !== 'grown') {
      return { position: recording.size, done: false, growth, hit: [], logged };
    }
    let position = goal(index, from, direction);
    const done = position;
    for (const trap of stops) {
      for (const p of hits.in(trap, index))
        if (beyond(p) && (position === undefined || nearer(p, position))) position = p;
    }
    for (const trap of logs) {
      for (const p of hits.in(trap, index)) {
        if (beyond(p) && (position === undefined || nearer(p, position))) logged.push({ trap, position: p });
      }
    }
    if (position === undefined) continue;
    const hit = stops.filter(
      (trap) => hits.in(trap, recording.locate(position).turn).includes(position) && position !== from,
    );
    logged.sort((a, b) => direction * (a.position - b.position));
    return { position, done: position === done, growth, hit, logged };
  }
  return { position: 0, done: false, growth: 'grown', hit: [], logged };
}
