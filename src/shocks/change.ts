import { figure } from '../domain/figure.ts';
import type { Flaw } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';

/** How an event moves a number: to a new one, by a difference, or times a factor. Exactly one of the three. */
export const change = { to: figure.optional(), by: figure.optional(), times: figure.optional() };

export type Change = { to?: number; by?: number; times?: number };

/** A change needs exactly one of its ways; says so otherwise. `ways` are those the shock knows. */
export const oneOf = (ways: readonly (keyof Change)[]) =>
  [
    (given: Change) => ways.filter((way) => given[way] !== undefined).length === 1,
    { message: `give exactly one of ${ways.join(', ')}` },
  ] as const;

export function changed(from: number, { to, by, times }: Change): number {
  if (to !== undefined) return to;
  return by !== undefined ? from + by : from * (times ?? 1);
}

/** The flaw of naming something that is not there, with the nearest name that is. */
export function unknown(
  what: string,
  name: string,
  known: readonly string[],
  path: readonly (string | number)[],
): Flaw {
  const near = suggest(name, known);
  const hint = near ? `did you mean "${near}"?` : `there is: ${known.join(', ') || 'none'}`;
  return { path, code: `unknown-${what.replaceAll(' ', '-')}`, message: `there is no ${what} "${name}"`, hint };
}
