import { fits, type Problems, type Source } from '../genius/problem.ts';

/** A JSON value with its place in the text. Members keep the order of the file, also where names look like numbers. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly offset: number;
  readonly members: ReadonlyMap<string, JsonNode>;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly offset: number;
  readonly items: readonly JsonNode[];
}

export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly offset: number;
  /** A string's characters, or the digits of a number as written: GeniusWeb computes in decimals. */
  readonly text: string;
}

const DEEPEST = 64;
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON (RFC 8259) strictly. `JSON.parse` would do, but it says neither where a value stands nor that a name was given twice, and it reorders names
 * that look like numbers: with issues, order is meaning.
 */
export function readJson(source: Source, problems: Problems): JsonNode | undefined {
  if (!fits(source, problems)) return undefined;
  const { text } = source;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const refuse = (offset: number, code: string, message: string): never => {
    problems.add(source, offset, code, message);
    throw new Stop();
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const expected = (what: string) => {
    const found = at >= text.length ? 'the text ends' : `there is ${JSON.stringify(text[at])}`;
    return refuse(at, 'malformed-json', `this is not JSON: ${what} is expected where ${found}`);
  };
  const next = (character: string): boolean => {
    match(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const string = (what: string): string => {
    match(SPACE);
    if (text[at] !== '"') expected(what);
    const start = at++;
    // By hand: a pattern with alternatives would use up the stack on a long string.
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    if (at >= text.length) refuse(start, 'malformed-json', 'this is not JSON: a string has no end');
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return refuse(start, 'malformed-json', 'this is not JSON: a string holds a line break or an unknown escape');
    }
  };
  const value = (depth: number): JsonNode => {
    match(SPACE);
    const offset = at;
    if (depth > DEEPEST) refuse(offset, 'nested-too-deep', `values nest deeper than ${DEEPEST}`);
    if (next('{')) return object(offset, depth);
    if (next('[')) return array(offset, depth);
    if (text[at] === '"') return { kind: 'string', offset, text: string('a string') };
    const number = match(NUMBER);
    if (number !== undefined) return { kind: 'number', offset, text: number };
    const word = match(WORD) ?? expected('a value');
    return { kind: word === 'null' ? 'null' : 'boolean', offset, text: word };
  };
  const object = (offset: number, depth: number): JsonObject => {
    const members = new Map<string, JsonNode>();
    if (next('}')) return { kind: 'object', offset, members };
    do {
      match(SPACE);
      const start = at;
      const name = string('a name in double quotes');
      if (members.has(name)) refuse(start, 'duplicate-name', `the name ${JSON.stringify(name)} is given twice`);
      if (!next(':')) expected('a colon');
      members.set(name, value(depth + 1));
    } while (next(','));
    if (!next('}')) expected('a comma or a closing brace');
    return { kind: 'object', offset, members };
  };
  const array = (offset: number, depth: number): JsonArray => {
    const items: JsonNode[] = [];
    if (next(']')) return { kind: 'array', offset, items };
    do items.push(value(depth + 1));
    while (next(','));
    if (!next(']')) expected('a comma or a closing bracket');
    return { kind: 'array', offset, items };
  };
  try {
    const root = value(0);
    match(SPACE);
    if (at < text.length) expected('the end');
    return root;
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return undefined;
  }
}

/** Ends reading at the first mistake: what follows it is guesswork. */
class Stop extends Error {}

/** A member of an object, or undefined: also where the node is no object. */
export const member = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.kind === 'object' ? node.members.get(name) : undefined;
