import { Worker } from 'node:worker_threads';
import type { Batch, CaseFacts, Hall } from './hall.ts';
import { inlineMore } from './inlining.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Request } from './schedule.ts';

export interface Stretch {
  readonly case: number;
  from: number;
  readonly to: number;
}

export interface PlayOptions {
  /** Threads beside this one; 1 plays everything here. */
  readonly workers: number;
  readonly auditOneIn: number;
  /** What remains after this, milliseconds, is worth starting threads for; a second by default. */
  readonly patience?: number;
  /** Set to stop after the batches under way. */
  readonly signal?: { readonly aborted: boolean };
  /** Called for every finished batch, in the order they finish. */
  onBatch(batch: Batch): void;
}

const PATIENCE = 1000;
/** Speed is judged after so long, milliseconds: the first negotiations are slow, since their code is still being compiled. */
const LEARNING = 200;
/** How long a batch should last: long enough to be worth a message, short enough for a journal to keep up. */
const BATCH_MS = 60;
const LARGEST_BATCH = 4096;

/**
 * Plays stretches of jobs: here at first, and once it is clear that they will last, on worker threads. Which thread plays a job, and when, changes nothing in
 * its result. This is the only file of the room that knows of threads.
 */
export async function playAll(hall: Hall, pending: readonly Stretch[], options: PlayOptions): Promise<void> {
  inlineMore();
  const left = pending.map((stretch) => ({ ...stretch }));
  const total = left.reduce((sum, { from, to }) => sum + to - from, 0);
  let played = 0;
  let spent = 0;
  let size = 1;
  while (left.length > 0 && !options.signal?.aborted) {
    const stretch = left[0];
    hall.prepare(stretch.case);
    const began = performance.now();
    const to = Math.min(stretch.to, stretch.from + size);
    options.onBatch(hall.play(stretch.from, to));
    played += to - stretch.from;
    const took = performance.now() - began;
    spent += took;
    size = nextSize(to - stretch.from, took);
    stretch.from = to;
    if (stretch.from === stretch.to) left.shift();
    const remains = (spent / played) * (total - played) + compiling(left, stretch.case);
    const patience = options.patience ?? PATIENCE;
    if (options.workers > 1 && left.length > 0 && spent > Math.min(patience, LEARNING) && remains > patience)
      return onThreads(hall, left, options);
    // The event loop gets its turn, so that Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Cases still to be compiled count too: a rough half second each. */
const compiling = (left: readonly Stretch[], at: number) =>
  500 * new Set(left.map((stretch) => stretch.case).filter((one) => one !== at)).size;

const nextSize = (size: number, took: number): number =>
  Math.max(1, Math.min(LARGEST_BATCH, size * 4, Math.floor((size * BATCH_MS) / Math.max(0.01, took))));

/** Jobs to play, or a case to compile and look at. */
export type Task = { readonly from: number; readonly to: number } | { readonly look: number };
export type Reply =
  | { readonly batch: Batch; readonly took: number }
  | { readonly facts: CaseFacts }
  | { readonly refusal: string; readonly hint: string | undefined }
  | { readonly failure: string };
export interface Workroom {
  readonly request: Request;
  readonly auditOneIn: number;
}

async function onThreads(hall: Hall, left: Stretch[], options: PlayOptions): Promise<void> {
  const count = Math.min(
    options.workers,
    left.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const workroom: Workroom = { request: hall.schedule.request, auditOneIn: options.auditOneIn };
  const threads = Array.from({ length: count }, () => startThread(workroom));
  const busy = new Map<number, number>();
  try {
    await Promise.all(
      threads.map(async (thread, k) => {
        let size = 1;
        for (;;) {
          const stretch = options.signal?.aborted ? undefined : choose(left, busy, k);
          if (stretch === undefined) break;
          busy.set(k, stretch.case);
          const to = Math.min(stretch.to, stretch.from + size);
          const task = { from: stretch.from, to };
          stretch.from = to;
          if (stretch.from === stretch.to) left.splice(left.indexOf(stretch), 1);
          const reply = await thread.ask<'batch'>(task);
          options.onBatch(reply.batch);
          size = nextSize(to - task.from, reply.took);
        }
        busy.delete(k);
      }),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

/** What is known of a case, or why it is refused. */
export type Looked = { readonly facts: CaseFacts } | { readonly refused: string };

/** Compiles cases and looks at what is possible in each, playing nothing; on threads where that will last. */
export async function lookAll(
  hall: Hall,
  cases: readonly number[],
  options: Omit<PlayOptions, 'onBatch'> & { onLooked(index: number, looked: Looked): void },
): Promise<void> {
  const queue = [...cases];
  const look = (index: number): Looked => {
    try {
      return { facts: hall.prepare(index) };
    } catch (error) {
      return refusedOf(error);
    }
  };
  while (queue.length > 0 && !options.signal?.aborted) {
    const began = performance.now();
    const index = queue.shift() as number;
    options.onLooked(index, look(index));
    const remains = (performance.now() - began) * queue.length;
    if (options.workers > 1 && queue.length > 1 && remains > 2 * (options.patience ?? PATIENCE)) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (queue.length === 0) return;
  const workroom: Workroom = { request: hall.schedule.request, auditOneIn: options.auditOneIn };
  const threads = Array.from({ length: Math.min(options.workers, queue.length) }, () => startThread(workroom));
  try {
    await Promise.all(
      threads.map(async (thread) => {
        while (queue.length > 0 && !options.signal?.aborted) {
          const index = queue.shift() as number;
          const looked = await thread.ask<'facts'>({ look: index }).then(({ facts }) => ({ facts }), refusedOf);
          options.onLooked(index, looked);
        }
      }),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

function refusedOf(error: unknown): { refused: string } {
  if (error instanceof ComparisonRefusal) return { refused: error.message };
  throw error;
}

/** A thread stays with the scenario it has compiled, then takes one that nobody works on, then helps with the largest. */
function choose(left: readonly Stretch[], busy: ReadonlyMap<number, number>, k: number): Stretch | undefined {
  const own = left.find((stretch) => stretch.case === busy.get(k));
  if (own) return own;
  const taken = new Set(busy.values());
  const free = left.find((stretch) => !taken.has(stretch.case));
  return free ?? left.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
}

function startThread(workroom: Workroom) {
  const thread = new Worker(new URL('./worker_entry.mjs', import.meta.url), { workerData: workroom, execArgv: [] });
  let settle: { resolve(reply: never): void; reject(error: unknown): void } | undefined;
  let broken: unknown;
  const fail = (error: unknown) => {
    broken = error;
    settle?.reject(error);
  };
  thread.on('message', (reply: Reply) => {
    if ('batch' in reply || 'facts' in reply) settle?.resolve(reply as never);
    else if ('refusal' in reply) settle?.reject(new ComparisonRefusal(reply.refusal, reply.hint));
    else fail(new Error(`in a worker: ${reply.failure}`));
  });
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('a worker thread ended before its work did')));
  return {
    ask: <R extends 'batch' | 'facts'>(task: Task) =>
      new Promise<Extract<Reply, Record<R, unknown>>>((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        settle = { resolve, reject };
        thread.postMessage(task);
      }),
    stop: () => {
      settle = undefined;
      return thread.terminate();
    },
  };
}
