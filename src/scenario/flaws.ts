import type { Flaw } from '../domain/issue.ts';
import { type Problem, suggest } from '../expression/index.ts';

type Path = readonly (string | number)[];

/** Ids that stand in one list twice, each at its second place. */
export function twice(list: readonly { readonly id: string }[], path: Path, what: string): Flaw[] {
  return list.flatMap(({ id }, i): Flaw[] => {
    const first = list.findIndex((other) => other.id === id);
    if (first === i) return [];
    const message = `the ${what} "${id}" is here twice: ids must differ`;
    return [{ path: [...path, i, 'id'], code: 'duplicate-id', message }];
  });
}

/** What is wrong with an expression, at the place of the expression. */
export function expressionFlaws(problems: readonly Problem[], path: Path): Flaw[] {
  return problems.map(({ code, at, length, message, hint }) => ({ path, code, at, length, message, hint }));
}

/** "did you mean", or else what is known. */
export function nearest(word: string, known: Iterable<string>, what: string): string {
  const list = [...known];
  const near = suggest(word, list);
  if (near !== undefined) return `did you mean "${near}"?`;
  return list.length > 0 ? `${what}: ${list.slice(0, 30).join(', ')}` : `there are no ${what}`;
}

/** Flaws of a block, with the path of the block put before theirs. */
export function within(path: Path, flaws: readonly Flaw[]): Flaw[] {
  return flaws.map((flaw) => ({ ...flaw, path: [...path, ...flaw.path] }));
}

/** Among the lost: any name at all may be one that could not be understood. */
export const EVERYTHING = '*';

/** Takes out what is said of things that could not be made: a mistake is told once, where it is. */
export function dropConsequences(flaws: Flaw[], lost: readonly string[]): void {
  if (lost.length === 0) return;
  const names = lost.map((id) => id.toLowerCase());
  const speaksOf = (words: readonly string[]) => words.some((word) => names.includes(word));
  const follows = ({ code, message }: Flaw) =>
    CONSEQUENCES.has(code) && (names.includes(EVERYTHING) || speaksOf(message.toLowerCase().split(/[^a-z0-9_]+/)));
  const kept = flaws.filter((flaw) => !follows(flaw));
  flaws.splice(0, flaws.length, ...kept);
}

const CONSEQUENCES = new Set([
  'unknown-name',
  'unknown-issue',
  'unknown-party',
  'unknown-value-term',
  'unknown-market-figure',
  'unknown-stance-event',
  'offer-incomplete',
  'missing-market',
  'no-venture',
]);
