import pc from 'picocolors';

/** Where a command speaks: data on `out`, messages on `err`. Commands return exit codes and never call `process.exit`. */
export interface Console {
  out(text: string): void;
  err(text: string): void;
  /** Colour for people on a terminal; plain text otherwise. */
  readonly paint: Paint;
  /** Width of the terminal, or 100. */
  readonly width: number;
  /** Whether a person watches standard error, so that progress is worth drawing. */
  readonly watched: boolean;
}

export type Paint = ReturnType<typeof pc.createColors>;

export const EXIT = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Trouble that the user can mend: printed without a stack, exit code 2. */
export class Refusal extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The process's own console. Colour only on a terminal and never with NO_COLOR. */
export function processConsole(): Console {
  const { stdout, stderr, env } = process;
  const colour = stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    paint: pc.createColors(colour),
    width: stdout.columns && stdout.columns > 40 ? stdout.columns : 100,
    watched: stderr.isTTY === true,
  };
}

/** Says on standard error what is being done while it is done, where a person watches: for work that cannot tell how far it is. */
export function meanwhile<T>(console: Console, what: string, work: () => T): T {
  if (!console.watched) return work();
  process.stderr.write(`${what} ...`);
  try {
    return work();
  } finally {
    process.stderr.write('\r\x1b[K');
  }
}

/** A progress line on standard error for work that lasts: appears after a second, and only where a person watches. */
export function progress(console: Console, what: string) {
  const began = performance.now();
  let drawn = 0;
  return {
    at(done: number, total: number): void {
      const now = performance.now();
      if (!console.watched || now - began < 1000 || now - drawn < 100) return;
      drawn = now;
      const left = done > 0 ? ((now - began) * (total - done)) / done / 1000 : 0;
      const rate = (1000 * done) / (now - began);
      process.stderr.write(
        `\r${what}: ${done}/${total}, ${rate.toFixed(rate < 10 ? 1 : 0)}/s, ${left.toFixed(0)} s left \x1b[K`,
      );
    },
    done(): void {
      if (drawn > 0) process.stderr.write('\r\x1b[K');
    },
  };
}
