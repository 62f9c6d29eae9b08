import pc from 'picocolors';

/** Where a command speaks: data on `out`, messages on `err`. Commands return exit codes and never call `process.exit`. */
export interface Console {
  out(text: string): void;
  err(text: string): void;
  /** Colour for people on a terminal; plain text otherwise. */
  readonly paint: Paint;
  /** Columns of the terminal, at least 40; 100 where there is none. */
  readonly width: number;
  /** Whether a person watches standard error, so that progress is worth drawing. */
  readonly watched: boolean;
  /** Whether standard error goes to a log, so that a line now and then is worth writing. */
  readonly logs?: boolean;
}

export type Paint = ReturnType<typeof pc.createColors>;

export const EXIT = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** One thing that is wrong, for programs. Null where it has no such place or no hint. */
export interface Problem {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** Trouble that the user can mend: printed without a stack, exit code 2. */
export class Refusal extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }

  get problems(): readonly Problem[] {
    const { message, hint } = this;
    return [{ file: null, line: null, column: null, code: 'refused', message, hint: hint ?? null }];
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
    width: stdout.columns ? Math.max(40, stdout.columns) : 100,
    watched: stderr.isTTY === true,
    logs: stderr.isTTY !== true,
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
