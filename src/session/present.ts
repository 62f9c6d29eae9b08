import type { State } from './state.ts';

/** The seats still in the talks, one bit each. */
export function presentIn(state: State): number {
  let bits = 0;
  for (let seat = 0; seat < state.seats.length; seat++) if (state.seats[seat].here) bits |= 1 << seat;
  return bits;
}

/** The seats of a bit set, ascending. */
export function seatsIn(bits: number): number[] {
  const seats: number[] = [];
  for (let seat = 0; bits >>> seat !== 0; seat++) if (bits & (1 << seat)) seats.push(seat);
  return seats;
}
