/** Trouble that a user can mend: a stable code, a sentence, and what to do about it. `problem` points into the text that was refused. */
export interface Refused {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly problem?: { readonly source: string; readonly at: number; readonly length: number };
}

/** What was asked for, or why not. User input never makes these rooms throw. */
export type Answer<T> = ({ readonly ok: true } & T) | Refused;

export const refuse = (code: string, message: string, hint?: string): Refused => ({
  ok: false,
  code,
  message,
  ...(hint !== undefined && { hint }),
});

/** What went wrong inside, in words: for models and strategies that a changed world makes fail. */
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
