import type { Vocabulary } from '../expression/index.ts';
import { type Answer, refuse } from '../history/refused.ts';
import type { WorldEnv } from '../session/vocabulary.ts';
import { compileWords } from './words.ts';

/** A text with expressions filled in. */
export type Log = (env: WorldEnv) => string;

/** Compiles `the gap is {arnhem.gap}`; `{{` and `}}` stand for the braces themselves. */
export function compileLog(text: string, vocabulary: Vocabulary<WorldEnv>): Answer<{ log: Log }> {
  const parts: Log[] = [];
  let i = 0;
  let plain = '';
  const flush = () => {
    const said = plain;
    if (said !== '') parts.push(() => said);
    plain = '';
  };
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    if (two === '{{' || two === '}}') {
      plain += two[0];
      i += 2;
    } else if (text[i] === '{') {
      const end = text.indexOf('}', i);
      if (end < 0)
        return {
          ...refuse('open-brace', 'a { is never closed', 'write {{ for the brace itself'),
          problem: { source: text, at: i, length: 1 },
        };
      const source = text.slice(i + 1, end);
      const compiled = compileWords(source, vocabulary);
      if (!compiled.ok) {
        const { at = 0, length = 1 } = compiled.problem ?? {};
        return { ...compiled, problem: { source: text, at: i + 1 + at, length } };
      }
      flush();
      parts.push((env) => valueText(compiled.expression.evaluate(env)));
      i = end + 1;
    } else plain += text[i++];
  }
  flush();
  return { ok: true, log: (env) => parts.map((part) => part(env)).join('') };
}

/** A value as people read it: numbers with at most six significant digits, texts bare, anything else as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return value;
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
