import { caret } from '../expression/index.ts';
import type { Refused } from '../history/refused.ts';

/** A refusal as text: the sentence, the place in what was typed, the hint. */
export function refusalText({ message, hint, problem }: Refused): string {
  if (problem === undefined) return hint === undefined ? message : `${message}: ${hint}`;
  const marked = caret(problem.source, {
    code: '',
    message,
    at: problem.at,
    length: problem.length,
    ...(hint !== undefined && { hint }),
  });
  return `column ${problem.at + 1}: ${message}\n${marked
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}`;
}
