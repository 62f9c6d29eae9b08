import { counted } from '../domain/counted.ts';
import type { Console } from './console.ts';
import { figureText } from './render/table.ts';

/** A person sees the first line after this long, milliseconds, and a log every so often after as long. */
const DRAWN_AFTER = 1000;
const TOLD_EVERY = 10_000;

/**
 * Says on standard error how far work has come that lasts: a line that changes where a person watches, otherwise a plain line now and then. A `total` of
 * infinity is work whose end nobody knows.
 */
export function progress(console: Console, what: string, now: () => number = () => performance.now()) {
  const began = now();
  let said = began;
  let drawn = false;
  // Speed is measured from here: what was resumed or compiled before says nothing of it.
  let first: { readonly time: number; readonly done: number } | undefined;
  return {
    at(done: number, total: number): void {
      const time = now();
      first ??= { time, done };
      const early = console.watched ? time - began < DRAWN_AFTER || time - said < 100 : time - said < TOLD_EVERY;
      // The beginning of what may stay silent for long is drawn at once
      if (early && !(console.watched && done === 0)) return;
      said = time;
      const text = `${what}: ${howFar(done, total, { steps: done - first.done, time: time - first.time })}`;
      if (console.watched) {
        drawn = true;
        process.stderr.write(`\r${text} \x1b[K`);
      } else if (console.logs) console.err(text);
    },
    done(): void {
      if (drawn) process.stderr.write('\r\x1b[K');
    },
  };
}

/** How far, how fast, and how long still: the last only where enough was seen to judge by. */
function howFar(done: number, total: number, seen: { readonly steps: number; readonly time: number }): string {
  const parts = [Number.isFinite(total) ? `${figureText(done)} of ${figureText(total)}` : figureText(done)];
  const perSecond = (1000 * seen.steps) / seen.time;
  if (seen.steps > 0 && seen.time > 0) parts.push(speedText(perSecond));
  const isEnough = seen.time >= 5000 && (seen.steps >= 20 || seen.steps >= total / 20);
  if (isEnough && Number.isFinite(total)) parts.push(`about ${durationText((total - done) / perSecond)} left`);
  return parts.join(', ');
}

const speedText = (perSecond: number): string =>
  perSecond < 0.1
    ? `${figureText(60 * perSecond, 1)} a minute`
    : `${figureText(perSecond, perSecond < 10 ? 1 : 0)} a second`;

/** Seconds as a person says them: 12 s, 4 min, 2 h 5 min, 3 d 13 h. */
export function durationText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 36) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** From here on a job is said to be large before it begins. */
const LARGE = { negotiations: 10_000, scenarios: 100 };

/** What is about to be played, where that is much. */
export function announce(
  console: Console,
  { negotiations, scenarios }: { readonly negotiations: number; readonly scenarios: number },
  workers: number,
): void {
  if (negotiations < LARGE.negotiations && scenarios < LARGE.scenarios) return;
  const what = [
    ...(negotiations > 0 ? [counted(negotiations, 'negotiation')] : []),
    `${counted(scenarios, 'scenario')} to value`,
    counted(workers, 'worker'),
  ];
  console.err(`hashpact: ${what.join(', ')}`);
}
