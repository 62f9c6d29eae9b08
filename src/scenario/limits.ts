import { Lexer } from 'yaml';
import type { Flaw } from '../domain/issue.ts';

/** A scenario file may not be larger than this, in bytes. */
export const LARGEST_FILE = 256 * 1024;

/** Lists and mappings inside one another; a stance machine of several levels needs about 25. */
export const DEEPEST = 64;

/** A flaw of the text itself, before it has paths: at an offset in UTF-16 units. */
export type TextFlaw = Omit<Flaw, 'path'> & { readonly at: number };

export type Text =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly text: string; readonly flaw: TextFlaw };

/** Bytes or a string as text a parser may be given: not too large, valid UTF-8, no byte order mark. */
export function readText(given: string | Uint8Array): Text {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  if (bytes.length > LARGEST_FILE) {
    const message = `this file has ${Math.ceil(bytes.length / 1024)} KB; a scenario may have at most ${LARGEST_FILE / 1024} KB`;
    return refuse('file-too-large', message, 'long records belong in several scenarios, or in a trace');
  }
  if (typeof given === 'string' && /\p{Surrogate}/u.test(given))
    return refuse('not-utf8', 'this text holds half a character (a lone surrogate)', 'save it as UTF-8');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not-utf8', 'this file is not valid UTF-8 text', 'save it as UTF-8');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(text);
  if (control) {
    const message = 'this file holds a control character: is it a text file?';
    return { ok: false, text, flaw: { code: 'not-text', message, at: control.index, length: 1 } };
  }
  if (text.trim() === '') return refuse('empty-file', 'this file is empty', 'a scenario begins with "hashpact: 1"');
  return { ok: true, text };
}

/**
 * Guards against nesting without end before anything recursive sees the text: a parser that runs out of stack can end the process. Counts open flow
 * brackets, and the columns at which block lists and mappings begin, over the tokens of an iterative lexer.
 */
export function nestingFlaw(text: string): TextFlaw | undefined {
  let at = 0;
  let column = 0;
  let lineStarts = true;
  let flow = 0;
  const columns: number[] = [];
  for (const token of new Lexer().lex(text)) {
    // The lexer marks a document's and a scalar's beginning by single characters that are not in the text.
    if (token === '\u0002' || token === '\u001f' || token === '\u0018') continue;
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    if (flow === 0 && lineStarts && token.trim() !== '') {
      while (columns.length > 0 && columns[columns.length - 1] >= column) columns.pop();
      columns.push(column);
      lineStarts = token === '-' || token === '?';
    }
    if (flow + columns.length > DEEPEST) {
      const message = `lists and mappings are nested more than ${DEEPEST} deep here`;
      return { code: 'nested-too-deep', message, at, length: 1 };
    }
    at += token.length;
    const newline = token.lastIndexOf('\n');
    if (newline >= 0) {
      column = token.length - newline - 1;
      lineStarts = true;
    } else column += token.length;
  }
  return undefined;
}

const refuse = (code: string, message: string, hint: string): Text => ({
  ok: false,
  text: '',
  flaw: { code, message, hint, at: 0, length: 0 },
});
