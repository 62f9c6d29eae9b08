import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Json } from '../domain/id.ts';
import { nestingFlaw, readText, type TextFlaw } from './limits.ts';

/** A path into a scenario file: keys and positions, from the top. */
export type Path = readonly (string | number)[];

/** Where something stands in the text, in UTF-16 offsets; the end is not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A scenario file as data, and where in the text each piece of it stands. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly data: Json;
  readonly map: SourceMap;
}

export type Parsed =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly name: string; readonly text: string; readonly flaws: readonly TextFlaw[] };

/**
 * Reads YAML 1.2 into plain data, strictly: one document, no duplicate keys, no aliases, no tags, no directives; what YAML would merely warn of is refused.
 * Every problem of the text is reported at once.
 */
export function parse(name: string, given: string | Uint8Array): Parsed {
  const read = readText(given);
  if (!read.ok) return { ok: false, name, text: read.text, flaws: [read.flaw] };
  const { text } = read;
  const refuse = (...flaws: TextFlaw[]): Parsed => ({ ok: false, name, text, flaws });
  const deep = nestingFlaw(text);
  if (deep) return refuse(deep);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) return refuse(...complaints.map((problem) => complaint(problem, text)));
  const directive = directiveFlaw(document, text);
  if (directive) return refuse(directive);
  const map = new SourceMap(text, lines);
  const flaws: TextFlaw[] = [];
  const data = plain(document.contents as Node | null, [], map, flaws);
  return flaws.length > 0 ? refuse(...flaws) : { ok: true, source: { name, text, data, map } };
}

/** Where every key and value of a file stands, by path. */
export class SourceMap {
  readonly text: string;
  readonly #lines: LineCounter;
  readonly #values = new Map<string, Place>();
  readonly #keys = new Map<string, Place>();
  readonly #parents = new Set<string>();

  constructor(text: string, lines: LineCounter) {
    this.text = text;
    this.#lines = lines;
  }

  note(path: Path, value: Place, key?: Place): void {
    this.#values.set(keyOf(path), value);
    if (path.length > 0) this.#parents.add(keyOf(path.slice(0, -1)));
    if (key) this.#keys.set(keyOf(path), key);
  }

  /** Where the value at a path stands, undefined where the file has no such path. */
  value(path: Path): Place | undefined {
    return this.#values.get(keyOf(path));
  }

  /** Where the key that leads to a path stands; list items have none. */
  key(path: Path): Place | undefined {
    return this.#keys.get(keyOf(path));
  }

  /** Whether a path leads to a list or mapping with something in it. */
  hasInside(path: Path): boolean {
    return this.#parents.has(keyOf(path));
  }

  /** Line and column of an offset, both counted from 1; columns count characters, not UTF-16 units. */
  position(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    if (line < 1) return { line: 1, column: 1 };
    return { line, column: [...this.text.slice(offset - col + 1, offset)].length + 1 };
  }

  /** Every path with its value's place, in the order of the text. */
  *entries(): Iterable<{ path: Path; value: Place; key: Place | undefined }> {
    for (const [name, value] of this.#values) {
      yield { path: JSON.parse(name) as Path, value, key: this.#keys.get(name) };
    }
  }
}

/** What YAML's own tags begin with, such as `!!str`. */
const YAML_TAGS = 'tag:yaml.org,2002:';

const keyOf = (path: Path) => JSON.stringify(path.map((step) => (typeof step === 'string' ? step : Number(step))));

/** A node as plain data, its place noted under its path. */
function plain(node: Node | null, path: Path, map: SourceMap, flaws: TextFlaw[], key?: Place): Json {
  const place = placeOf(node) ?? key ?? { start: 0, end: 0 };
  map.note(path, place, key);
  if (node === null) return null;
  if (isAlias(node)) {
    if (flaws.some(({ code }) => code === 'no-aliases')) return null;
    flaws.push({
      code: 'no-aliases',
      message: 'aliases are not allowed in scenarios',
      hint: 'write the value out, or quote it if it is text that begins with "*"',
      ...span(place),
    });
    return null;
  }
  if (node.tag !== undefined) {
    flaws.push({
      code: 'no-tags',
      message: `the tag "${node.tag}" is not allowed in scenarios`,
      hint: node.tag.startsWith(YAML_TAGS)
        ? 'leave it out: quote what is text, and write numbers bare'
        : 'quote the expression',
      ...span(place),
    });
    return null;
  }
  if ('anchor' in node && node.anchor !== undefined && !flaws.some(({ code }) => code === 'no-anchors')) {
    const name = `&${String(node.anchor)}`;
    const at = Math.max(0, map.text.lastIndexOf(name, place.start));
    flaws.push({
      code: 'no-anchors',
      message: `the anchor "${name}" is not allowed in scenarios`,
      hint: 'write the value out where it is used, or quote it if it is text that begins with "&"',
      at,
      length: name.length,
    });
  }
  if (isScalar(node)) return node.value as Json;
  if (isSeq(node)) return node.items.map((item, i) => plain(item as Node, [...path, i], map, flaws));
  if (isMap(node)) {
    const entries: [string, Json][] = [];
    const seen = new Set<string>();
    for (const pair of node.items) {
      const name = keyName(pair as Pair<Node, Node | null>, seen, flaws);
      if (name === undefined) continue;
      const at = placeOf(pair.key as Node) ?? place;
      entries.push([name, plain(pair.value as Node | null, [...path, name], map, flaws, at)]);
    }
    return Object.fromEntries(entries);
  }
  return null;
}

function keyName(pair: Pair<Node, Node | null>, seen: Set<string>, flaws: TextFlaw[]): string | undefined {
  const at = span(placeOf(pair.key) ?? { start: 0, end: 0 });
  if (!isScalar(pair.key) || pair.key.value === null || pair.key.tag !== undefined) {
    flaws.push({ code: 'bad-key', message: 'a key must be plain text', hint: 'write "name: value"', ...at });
    return undefined;
  }
  const name = String(pair.key.value);
  if (name === '__proto__') {
    flaws.push({ code: 'bad-key', message: `"${name}" cannot be a key`, ...at });
    return undefined;
  }
  if (seen.has(name)) {
    flaws.push({ code: 'duplicate-key', message: `the key "${name}" is here twice`, hint: 'keep one of them', ...at });
    return undefined;
  }
  seen.add(name);
  return name;
}

function placeOf(node: Node | null | undefined): Place | undefined {
  return node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

const span = ({ start, end }: Place) => ({ at: start, length: Math.max(1, end - start) });

/** Directives could change what the text means (`%YAML 1.1` reads `no` as false), and are never needed. */
function directiveFlaw(document: Document, text: string): TextFlaw | undefined {
  const { yaml, tags } = document.directives ?? {};
  if (!yaml?.explicit && Object.keys(tags ?? {}).length <= 1) return undefined;
  const at = Math.max(0, text.indexOf('%'));
  return { code: 'no-directives', message: 'YAML directives are not allowed in scenarios', at, length: 1 };
}

const SAID: Readonly<Record<string, { code: string; message: string; hint?: string }>> = {
  DUPLICATE_KEY: { code: 'duplicate-key', message: 'this key is here twice', hint: 'keep one of them' },
  MULTIPLE_DOCS: {
    code: 'one-document',
    message: 'a scenario is one YAML document, and a second begins here',
    hint: 'take out the "---"',
  },
  TAG_RESOLVE_FAILED: {
    code: 'no-tags',
    message: 'YAML reads a word that begins with "!" as a tag, and would lose it',
    hint: 'quote the expression',
  },
  BAD_INDENT: {
    code: 'bad-yaml',
    message: 'the lines here do not line up, or a bracket is still open',
    hint: 'close it with ] or }, or indent alike',
  },
  MISSING_CHAR: { code: 'bad-yaml', message: 'a closing quote, bracket or comma is missing here' },
  TAB_AS_INDENT: { code: 'bad-yaml', message: 'a tab cannot indent a line in YAML', hint: 'use spaces' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'bad-yaml',
    message: 'YAML finds a second "name: value" inside this one',
    hint: 'quote the text if it holds ": "',
  },
};

/** What YAML itself complains of, in our words. */
function complaint(
  { code, message, pos }: { code: string; message: string; pos: [number, number] },
  text: string,
): TextFlaw {
  const at = Math.min(pos[0], text.length);
  const length = Math.max(1, Math.min(pos[1], text.length) - at);
  const said = SAID[code];
  if (said) return { ...said, at, length };
  const plainly = `${message.charAt(0).toLowerCase()}${message.slice(1)}`.split('\n')[0];
  const expression = text[at] === '!' || text[at] === '&' || text[at] === '*' || text[at] === '%';
  return { code: 'bad-yaml', message: plainly, at, length, ...(expression && { hint: 'quote the expression' }) };
}
