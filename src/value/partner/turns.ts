/**
 * Parts of a work that threads share: each part is done by whoever takes it first. Nobody waits long for another: what another thread took and does not finish
 * is done here as well. So a part must come out the same whoever does it, and may be done twice.
 */
export type Board = Int32Array<SharedArrayBuffer>;

const OPEN = 0;
const TAKEN = 1;
const DONE = 2;
const FAILED = 3;

/** Milliseconds that a part may take another thread before it is done here as well. */
const PATIENCE = 5000;

export const boardFor = (parts: number): Board => new Int32Array(new SharedArrayBuffer(4 * parts));

/** Does a part, if nobody has taken it. What fails is left to whoever waits for it. */
export function take(board: Board, part: number, work: (part: number) => void): void {
  if (Atomics.compareExchange(board, part, OPEN, TAKEN) !== OPEN) return;
  let outcome = FAILED;
  try {
    work(part);
    outcome = DONE;
  } finally {
    Atomics.store(board, part, outcome);
    Atomics.notify(board, part);
  }
}

/** Sees to it that a part is done: here, unless another thread does it in time. */
export function finish(board: Board, part: number, work: (part: number) => void, patience = PATIENCE): void {
  take(board, part, work);
  if (Atomics.load(board, part) === TAKEN) Atomics.wait(board, part, TAKEN, patience);
  if (Atomics.load(board, part) === DONE) return;
  work(part);
  Atomics.store(board, part, DONE);
}
