/** Why a source was refused, and where. Offsets count UTF-16 units from 0, as `String.prototype.slice` does. */
export interface Problem {
  /** Stable, kebab-case: `unknown-name`, `wrong-kind` ... */
  code: string;
  at: number;
  length: number;
  /** A sentence a tired person can act on. */
  message: string;
  /** What to write instead, where that can be guessed. */
  hint?: string;
}

const WIDTH = 100;

/**
 * The line at fault and, below it, a caret under the fault followed by the hint:
 *
 *     time > 0.8 && othrs.count() > 1
 *                   ^^^^^^^^^^^ did you mean "others.count"?
 *
 * A long line is cut to a window; control characters are shown as `\uFFFD`, so that a source cannot drive the terminal.
 */
export function caret(source: string, problem: Problem): string {
  const at = Math.max(0, Math.min(problem.at, source.length));
  const begin = source.lastIndexOf('\n', at - 1) + 1;
  const newline = source.indexOf('\n', at);
  const end = newline < 0 ? source.length : newline;
  const from = at - begin > WIDTH * 0.75 ? at - Math.floor(WIDTH / 2) : begin;
  const to = Math.min(end, from + WIDTH);
  const ahead = from > begin ? '…' : '';
  const behind = to < end ? '…' : '';
  // Counted in code points: a character outside the basic plane takes one column, not two.
  const indent = [...ahead, ...source.slice(from, at)].length;
  const marks = Math.max(1, [...source.slice(at, Math.min(at + problem.length, to))].length);
  const hint = problem.hint === undefined ? '' : ` ${printable(problem.hint)}`;
  return `${ahead}${printable(source.slice(from, to))}${behind}\n${' '.repeat(indent)}${'^'.repeat(marks)}${hint}`;
}

/** A user's word inside a message: quoted, cut short, and unable to drive the terminal. */
export function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `"${printable(short)}"`;
}

const printable = (text: string) => text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
