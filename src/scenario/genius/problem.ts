import { suggest } from '../../expression/index.ts';

/** A text with the name under which refusals speak of it. Reading files is the caller's business. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** Why a text was refused, and where: line and column count from 1, columns in UTF-16 units. */
export interface ImportProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export type Read<T> =
  | ({ readonly ok: true; readonly warnings: readonly string[] } & T)
  | { readonly ok: false; readonly diagnostics: readonly ImportProblem[] };

/** Texts beyond this are not read at all. The largest published domains stay well under half a megabyte a file. */
export const LARGEST_TEXT = 2 * 1024 * 1024;

/** A file that is wrong throughout is reported this far; nobody reads the ten thousandth complaint. */
const MOST_PROBLEMS = 100;

const LONGEST_MESSAGE = 400;

export type Hint = string | (() => string | undefined);

/** Collects what is wrong with some sources, all at once, each at its place. */
export class Problems {
  readonly list: ImportProblem[] = [];
  readonly warnings: string[] = [];
  #unsaid = 0;

  get any(): boolean {
    return this.list.length > 0;
  }

  /** A hint that is dear to find is given as a function, which is not called for problems beyond the reported ones. */
  add(source: Source, offset: number, code: string, message: string, hint?: Hint): void {
    if (this.list.length >= MOST_PROBLEMS) {
      this.#unsaid++;
      return;
    }
    const { line, column } = placeOf(source.text, offset);
    const found = typeof hint === 'function' ? hint() : hint;
    this.list.push({
      file: source.name,
      line,
      column,
      code,
      message: oneLine(message),
      ...(found !== undefined && { hint: oneLine(found) }),
    });
  }

  warn(message: string): void {
    const line = oneLine(message);
    if (!this.warnings.includes(line)) this.warnings.push(line);
  }

  refusal(): { readonly ok: false; readonly diagnostics: readonly ImportProblem[] } {
    const last = this.list.at(-1);
    if (last === undefined || this.#unsaid === 0) return { ok: false, diagnostics: this.list };
    const rest = { ...last, code: 'more-problems', message: `and ${this.#unsaid} more problems`, hint: undefined };
    return { ok: false, diagnostics: [...this.list, rest] };
  }
}

/** Names come from files: a message stays one line, and of a length that is still read. */
function oneLine(message: string): string {
  const cut = message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}...`;
  return cut.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** A hint that names the candidate nearest to a word, or else lists what there is. */
export const didYouMean =
  (word: string, candidates: readonly string[], otherwise?: string): Hint =>
  () => {
    const near = suggest(word, candidates);
    return near ? `did you mean "${near}"?` : otherwise;
  };

/** Refuses a text that is too large to be worth parsing. */
export function fits(source: Source, problems: Problems): boolean {
  // No text has fewer UTF-8 bytes than UTF-16 units, so the exact count is only taken of texts that might pass.
  const bytes = source.text.length > LARGEST_TEXT ? source.text.length : Buffer.byteLength(source.text);
  if (bytes <= LARGEST_TEXT) return true;
  const message = `the file has more than ${LARGEST_TEXT / 1024 / 1024} MB, the most that is read`;
  problems.add(source, 0, 'too-large', message);
  return false;
}

/** Line and column, from 1, of an offset; lines end in LF, CR LF or CR. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset && at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character !== LF && (character !== CR || text.charCodeAt(at + 1) === LF)) continue;
    line++;
    start = at + 1;
  }
  return { line, column: Math.max(0, offset - start) + 1 };
}

const LF = 10;
const CR = 13;
