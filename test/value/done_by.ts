import type { Board } from '../../src/value/partner/turns.ts';

/** Waits for a part that only the partner can do. */
export async function doneBy(board: Board, part: number): Promise<void> {
  for (let tries = 0; Atomics.load(board, part) !== 2; tries++) {
    if (tries > 3000) throw new Error('the partner did not do its part');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
