import type { Flaw } from '../domain/issue.ts';
import type { Place, Source, SourceMap } from './parse.ts';

/** A mistake in a scenario file, placed: what a person sees, and what an editor underlines. */
export interface Diagnostic {
  readonly file: string;
  /** From 1. Absent where the mistake is on the command line. */
  readonly line?: number;
  readonly column?: number;
  /** How many characters are at fault. */
  readonly length: number;
  /** Stable and kebab-case, for scripts and searches. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The line at fault, as it stands in the file, and the place of the carets in it (from 0). */
  readonly excerpt?: { readonly text: string; readonly from: number; readonly carets: number };
}

/** Colours for a terminal; by default none. */
export interface Painter {
  place(text: string): string;
  code(text: string): string;
  carets(text: string): string;
  faint(text: string): string;
}

const WIDTH = 100;
/** No more carets than this under a line: a hint stands behind them. */
const MOST_CARETS = 40;
/** Beyond this many, one cause is likely behind them all. */
const MOST = 50;

/** Flaws by path become diagnostics by place, sorted as the file is read, each once. */
export function diagnose(source: Source, flaws: readonly Flaw[]): Diagnostic[] {
  const found = flaws.map((flaw) => placed(source.name, source.map, flaw, placeOf(source.map, flaw)));
  return settle(found);
}

/** Flaws of a text that could not be read: they have offsets instead of paths. */
export function diagnoseText(
  name: string,
  map: SourceMap,
  flaws: readonly (Omit<Flaw, 'path'> & { at: number })[],
): Diagnostic[] {
  return settle(flaws.map((flaw) => placed(name, map, flaw, { start: flaw.at, end: flaw.at + (flaw.length ?? 1) })));
}

/**
 * Diagnostics as text, one after another:
 *
 *     scenarios/car.yaml:14:7  unknown-field  there is no field "reservaton" here
 *     14 |       reservaton: 0.4
 *        |       ^^^^^^^^^^ did you mean "reservation"?
 */
export function render(diagnostics: readonly Diagnostic[], paint?: Painter): string {
  const shown = diagnostics.slice(0, MOST).map((one) => renderOne(one, paint));
  const more = diagnostics.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  return shown.join('\n\n');
}

function renderOne(one: Diagnostic, paint?: Painter): string {
  const { place, code, carets, faint } = paint ?? PLAIN;
  const where = [one.file, one.line, one.column].filter((part) => part !== undefined).join(':');
  const head = `${place(printable(where))}  ${code(one.code)}  ${printable(one.message)}`;
  if (!one.excerpt) return one.hint ? `${head}\n  ${printable(one.hint)}` : head;
  const number = String(one.line);
  const { text, from, carets: marks } = one.excerpt;
  const hint = one.hint ? ` ${printable(one.hint)}` : '';
  const under = `${' '.repeat(number.length)} | ${' '.repeat(from)}`;
  return `${head}\n${faint(`${number} | `)}${text}\n${faint(under)}${carets('^'.repeat(marks))}${hint}`;
}

/** A warning in a line: it stops nothing, so it takes no more room. */
export function warningText({ file, line, column, code, message, hint }: Diagnostic): string {
  return printable(`${file}:${line}:${column}  warning ${code}  ${message}${hint === undefined ? '' : ` (${hint})`}`);
}

/** A diagnostic for a document: all that is said, without the line it is said of. */
export const plainly = ({ excerpt: _, length: __, ...said }: Diagnostic) => said;

const same = (text: string) => text;
const PLAIN: Painter = { place: same, code: same, carets: same, faint: same };

function settle(found: Diagnostic[]): Diagnostic[] {
  const sorted = found.sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : 1),
  );
  const seen = new Set<string>();
  return sorted.filter((one) => {
    const key = JSON.stringify([one.line, one.column, one.code, one.message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Codes that speak of the name, not of what stands behind it. */
const ABOUT_THE_KEY =
  /^(unknown-field|unknown-path|unread-market-figure|idle-state|bad-name|unknown-value|unreachable-state|no-initial-state|reserved-word)$/;

/** Where a flaw's path stands in the file. A path the file does not have (a missing field) stands where its nearest ancestor's name does. */
function placeOf(map: SourceMap, flaw: Flaw): Place {
  const path = inFile(map, flaw.path);
  const value = map.value(path);
  const key = map.key(path);
  if (value === undefined) return key ?? { start: 0, end: 0 };
  if (path.length < flaw.path.length)
    return flaw.code !== 'missing-field' && isScalarAt(map, path) ? value : (key ?? firstLine(map, value));
  if (flaw.ofKey && key !== undefined) return key;
  if (flaw.at !== undefined) {
    const start = offsetInScalar(map.text, value, flaw.at);
    const end = offsetInScalar(map.text, value, flaw.at + (flaw.length ?? 1));
    return { start, end: Math.max(start + 1, Math.min(end, value.end)) };
  }
  if (
    key &&
    (ABOUT_THE_KEY.test(flaw.code) || value.start <= key.start || value.end <= value.start || isBlock(map, value))
  )
    return key;
  return firstLine(map, value);
}

/** The longest beginning of a path that the file has. A list of one may be written without the list. */
function inFile(map: SourceMap, path: readonly (string | number)[]): (string | number)[] {
  let found: (string | number)[] = [];
  for (const step of path) {
    const next = [...found, step];
    if (map.value(next)) found = next;
    else if (map.value([...found, 0, step])) found = [...found, 0, step];
    else if (step === 0 && typeof found.at(-1) === 'string') continue;
    else break;
  }
  return found;
}

const isScalarAt = (map: SourceMap, path: readonly (string | number)[]) => !map.hasInside(path);

const isBlock = (map: SourceMap, { start, end }: Place) => map.text.slice(start, end).trimEnd().includes('\n');

function firstLine(map: SourceMap, place: Place | undefined): Place {
  if (!place) return { start: 0, end: 0 };
  const newline = map.text.indexOf('\n', place.start);
  return newline >= 0 && newline < place.end ? { start: place.start, end: newline } : place;
}

/**
 * The offset in the file of the i-th character of a scalar's value: the value is matched against the source, letter by letter, stepping over quotes, escapes,
 * block headers and the indentation that YAML folds away.
 */
export function offsetInScalar(text: string, place: Place, index: number): number {
  const first = text[place.start];
  let at = place.start;
  if (first === '|' || first === '>') at = text.indexOf('\n', at) + 1 || at;
  else if (first !== '"' && first !== "'") return lineAware(text, at, place.end, index);
  else at++;
  if (first === '"' || first === "'") {
    for (let i = 0; i < index && at < place.end - 1; i++) {
      if (first === '"' && text[at] === '\\') at += escapeLength(text, at);
      else if (first === "'" && text[at] === "'") at += 2;
      else at = next(text, at);
    }
    return at;
  }
  while (text[at] === ' ') at++;
  return lineAware(text, at, place.end, index);
}

function lineAware(text: string, from: number, end: number, index: number): number {
  let at = from;
  for (let i = 0; i < index && at < end; i++) at = next(text, at);
  return at;
}

/** One character on; a line break and the indentation after it count as one. */
function next(text: string, at: number): number {
  if (text[at] !== '\n') return at + 1;
  let after = at + 1;
  while (text[after] === ' ') after++;
  return after;
}

function escapeLength(text: string, at: number): number {
  const wide: Record<string, number> = { x: 4, u: 6, U: 10 };
  return wide[text[at + 1]] ?? 2;
}

function placed(file: string, map: SourceMap, flaw: Omit<Flaw, 'path'>, place: Place): Diagnostic {
  const { code, message, hint } = flaw;
  const start = Math.min(place.start, map.text.length);
  const { line, column } = map.position(start);
  const begin = map.text.lastIndexOf('\n', start - 1) + 1;
  const newline = map.text.indexOf('\n', start);
  const stop = newline < 0 ? map.text.length : newline;
  const length = Math.max(1, Math.min(place.end, stop) - start);
  const from = start - begin > WIDTH * 0.75 ? start - Math.floor(WIDTH / 2) : begin;
  const to = Math.min(stop, from + WIDTH);
  const ahead = from > begin ? '…' : '';
  const behind = to < stop ? '…' : '';
  return {
    file,
    line,
    column,
    length,
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(map.text.trim() !== '' && {
      excerpt: {
        text: `${ahead}${printable(map.text.slice(from, to))}${behind}`,
        from: [...ahead, ...map.text.slice(from, start)].length,
        carets: Math.min(MOST_CARETS, Math.max(1, [...map.text.slice(start, Math.min(start + length, to))].length)),
      },
    }),
  };
}

/** Tabs as blanks; control and formatting characters shown as a box, so that a file cannot drive the terminal. */
const printable = (text: string) => text.replace(/[\t\r]/g, ' ').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
