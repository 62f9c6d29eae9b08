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
