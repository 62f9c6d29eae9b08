import { type Problem, quote } from './problem.ts';

export interface Token {
  readonly type: 'number' | 'string' | 'name' | 'symbol' | 'end';
  /** A symbol's canonical text (`and` is `&&`), a name's path, a string's content; a number's source. */
  readonly text: string;
  readonly value: number;
  readonly at: number;
  readonly length: number;
}

/**
 * Cuts a source into tokens, ending with an `end` token; or the first problem.
 *
 * A `%` that touches a number makes it a percentage, always: `20%` is 0.2. After a space, a name or a parenthesis it is the remainder:
 * `7 % 2`, `round%2`. So `7%2` is refused, with a hint, and never guessed at.
 */
export function tokenize(source: string): { ok: true; tokens: Token[] } | { ok: false; problem: Problem } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at])) {
      at++;
      continue;
    }
    const read =
      number(source, at) ?? name(source, at) ?? string(source, at) ?? symbol(source, at) ?? stray(source, at);
    if ('code' in read) return { ok: false, problem: read };
    tokens.push(read);
    at += read.length;
  }
  tokens.push({ type: 'end', text: '', value: NaN, at: source.length, length: 0 });
  return { ok: true, tokens };
}

type Read = Token | Problem | undefined;

const NUMBER = /(\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?)(?:[eE]([+-]?\d+))?(%?)/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const SYMBOL = /<=|>=|==|!=|&&|\|\||[-+*/%()<>!?:,[\]]/y;
const WORDS = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', 'not'],
  ['in', 'in'],
  ['true', 'true'],
  ['false', 'false'],
]);

function number(source: string, at: number): Read {
  const found = match(NUMBER, source, at);
  if (!found) return undefined;
  const [text, digits, exponent, percent] = found;
  const after = source[at + text.length];
  if (percent === '' && after !== undefined && /[\w.]/.test(after)) {
    const whole = match(/[\w.]+/y, source, at)?.[0] ?? text;
    const hint = 'write 1500, 1_500, 0.5, 1e6 or 20%';
    return { code: 'bad-number', at, length: whole.length, message: `${quote(whole)} is not a number`, hint };
  }
  // Moving the exponent instead of dividing by 100 keeps a percentage the nearest double to what was written.
  const shift = Number(exponent ?? 0) - (percent === '' ? 0 : 2);
  const value = Number(`${digits.replaceAll('_', '')}e${shift}`);
  if (!Number.isFinite(value)) {
    return {
      code: 'number-too-large',
      at,
      length: text.length,
      message: `${quote(text)} is beyond what a double can hold`,
    };
  }
  return { type: 'number', text, value, at, length: text.length };
}

function name(source: string, at: number): Read {
  const text = match(NAME, source, at)?.[0];
  if (text === undefined) return undefined;
  const word = WORDS.get(text);
  return { type: word === undefined ? 'name' : 'symbol', text: word ?? text, value: NaN, at, length: text.length };
}

const ESCAPES: Record<string, string> = { '\\': '\\', "'": "'", '"': '"', n: '\n', r: '\r', t: '\t' };

function string(source: string, at: number): Read {
  const mark = source[at];
  if (mark !== "'" && mark !== '"') return undefined;
  let text = '';
  let i = at + 1;
  for (; i < source.length && source[i] !== '\n' && source[i] !== '\r'; i++) {
    if (source[i] === mark) return { type: 'string', text, value: NaN, at, length: i + 1 - at };
    if (source[i] !== '\\') {
      text += source[i];
      continue;
    }
    const next = source[++i];
    if (next === undefined) break;
    if (!Object.hasOwn(ESCAPES, next)) {
      const hint = 'a backslash itself is written \\\\';
      return {
        code: 'bad-escape',
        at: i - 1,
        length: 2,
        message: `${quote(`\\${next}`)} means nothing in a string`,
        hint,
      };
    }
    text += ESCAPES[next];
  }
  const end = Math.min(i, source.length);
  return {
    code: 'unterminated-string',
    at,
    length: end - at,
    message: 'this string does not end',
    hint: `close it with ${mark}`,
  };
}

function symbol(source: string, at: number): Read {
  const text = match(SYMBOL, source, at)?.[0];
  return text === undefined ? undefined : { type: 'symbol', text, value: NaN, at, length: text.length };
}

const STRAY = new Map([
  ['=', 'equality is written =='],
  ['&', 'write && or and'],
  ['|', 'write || or or'],
  ['^', 'there is no power operator: write x * x'],
  ['≤', 'write <='],
  ['≥', 'write >='],
  ['≠', 'write !='],
  ['×', 'write *'],
  ['÷', 'write /'],
  ['−', 'write - (this is a typographic minus)'],
  ['“', 'write straight quotes'],
  ['”', 'write straight quotes'],
  ['‘', 'write straight quotes'],
  ['’', 'write straight quotes'],
  ['.', 'a number begins with a digit: 0.5'],
  ['{', 'a list is written [a, b]'],
]);

function stray(source: string, at: number): Problem {
  const character = String.fromCodePoint(source.codePointAt(at) as number);
  const pair = source.slice(at, at + 2);
  const hint = pair === '=>' ? 'write >=' : pair === '=<' ? 'write <=' : STRAY.get(character);
  const message = `${quote(character)} is not part of the language`;
  return {
    code: 'unexpected-character',
    at,
    length: character.length,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
