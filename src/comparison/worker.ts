import { parentPort, workerData } from 'node:worker_threads';
import { Hall } from './hall.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Reply, Task, Workroom } from './workers.ts';

/** A thread that plays what it is asked to. Scenarios are compiled once per thread. */
const { request, auditOneIn } = workerData as Workroom;
const hall = new Hall(request, auditOneIn);

parentPort?.on('message', (task: Task) => {
  const reply = answer(task);
  const moved = 'batch' in reply ? [reply.batch.numbers.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(reply, moved);
});

function answer(task: Task): Reply {
  try {
    if ('look' in task) return { facts: hall.prepare(task.look) };
    const { from, to } = task;
    hall.prepare(hall.schedule.job(from).case);
    const began = performance.now();
    const batch = hall.play(from, to);
    return { batch, took: performance.now() - began };
  } catch (error) {
    if (error instanceof ComparisonRefusal) return { refusal: error.message, hint: error.hint };
    return { failure: (error as Error).stack ?? String(error) };
  }
}
