import { z } from 'zod';
import { day } from '../domain/day.ts';
import type { Json } from '../domain/id.ts';
import { id, label } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import type { ScenarioFile } from './load.ts';
import { misfits, type SchemaNode, wholeFields } from './misfits.ts';
import { type Parsed, type Path, parse, type Source } from './parse.ts';
import { override } from './resolve.ts';

const prose = z.string().max(8000);

/**
 * A scenario that is another one with differences: `based_on` names the file, `set` changes what stands in it by path, events and constraints are added (or
 * take the place of those with the same id), and what it says of itself and expects replaces what the base says and expects.
 */
export const derived = z.strictObject({
  hashpact: z.literal(1).describe('the number of the file format'),
  based_on: z.string().min(1).max(400).describe('the scenario file this one differs from, beside this file'),
  id,
  title: label,
  as_of: day.optional(),
  note: prose.optional(),
  sources: z.array(z.json()).optional(),
  set: z.record(z.string(), z.json()).default({}).describe('what is different: path: value, as for --set'),
  constraints: z.array(z.looseObject({ id })).default([]),
  events: z.array(z.looseObject({ id })).default([]),
  variants: z.array(z.json()).default([]),
  expect: z.array(z.string()).default([]),
});

export type Derived = z.infer<typeof derived>;

/** Where a piece of the woven data was written: its file, and the path there. */
export interface Origin {
  readonly source: Source;
  readonly path: Path;
}

export type Woven =
  | { readonly ok: true; readonly data: Json; origin(path: Path): Origin }
  | { readonly ok: false; readonly source: Source; readonly flaws: readonly Flaw[] }
  | { readonly ok: false; readonly unread: Extract<Parsed, { ok: false }> };

const OWN = ['id', 'title', 'as_of', 'note', 'sources', 'variants', 'expect'] as const;

/** A scenario file's differences from a base, as a variant of that base's data: what it says of itself and expects stays behind. */
export function asVariant(own: Derived, base: Json): { readonly id: string; readonly set: Record<string, Json> } {
  const set = { ...own.set } as Record<string, Json>;
  for (const list of ['constraints', 'events'] as const)
    if (own[list].length > 0) set[list] = joined(base, own, list).list;
  return { id: own.id, set };
}

/** A list of the base with the derived scenario's items in the place of those with the same id, or after them; and where each went. */
function joined(base: Json, own: Derived, list: 'constraints' | 'events'): { list: Json[]; places: number[] } {
  const known = [...(((base as Record<string, Json>)[list] as Json[] | undefined) ?? [])];
  const places = own[list].map((item) => {
    const same = known.findIndex((one) => (one as { id?: Json }).id === item.id);
    const at = same < 0 ? known.length : same;
    known[at] = item as unknown as Json;
    return at;
  });
  return { list: known, places };
}

export function isDerived(data: Json): boolean {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && Object.hasOwn(data, 'based_on');
}

/** What does not fit, in the words of this format: what a base says in other fields is changed under "set". */
function misfitsOf(issues: Parameters<typeof misfits>[0], data: Json): Flaw[] {
  const schema = () => z.toJSONSchema(derived, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  return misfits(issues, data, { name: 'a scenario based on another', schema }).map((flaw): Flaw => {
    const [field, ...rest] = flaw.path;
    const ofBase = flaw.code === 'unknown-field' && rest.length === 0 && wholeFields().includes(String(field));
    return ofBase
      ? { ...flaw, hint: `change it by path under "set", as in set: { ${EXAMPLES[String(field)] ?? `${field}.…: …`} }` }
      : flaw;
  });
}

const EXAMPLES: Readonly<Record<string, string>> = {
  parties: 'parties.russia.reservation: 300',
  market: 'market.price: 60000',
  protocol: 'protocol.rounds: 20',
};

const beside = (name: string) =>
  /[\\/]/.test(name)
    ? 'a base stands beside this file: name it without a path'
    : 'there must be a file of that name beside this one';

/** Why the base of a base cannot be one, and which scenario can. */
function chain(own: Source, base: Source): Pick<Flaw, 'message' | 'hint'> {
  const first = String((base.data as Record<string, Json>)['based_on']);
  const name = ({ name }: Source) => name.split(/[\\/]/).at(-1);
  if (name(base) === name(own) || first === name(own))
    return { message: 'this scenario is based on itself', hint: 'name a whole scenario' };
  return { message: 'the base is itself based on another scenario', hint: `name that one, "${first}"` };
}

/** Weaves a derived scenario and its base into one. `read` gives the base's text, or undefined when it cannot be had. */
export function weave(source: Source, read?: (name: string) => ScenarioFile | undefined): Woven {
  const parsed = derived.safeParse(source.data);
  if (!parsed.success) return { ok: false, source, flaws: misfitsOf(parsed.error.issues, source.data) };
  const own = parsed.data;
  const file = read?.(own.based_on);
  if (file === undefined) {
    const message = `the base scenario "${own.based_on}" cannot be read`;
    return {
      ok: false,
      source,
      flaws: [{ path: ['based_on'], code: 'no-base', message, hint: beside(own.based_on) }],
    };
  }
  const base = parse(file.name, file.text);
  if (!base.ok) return { ok: false, unread: base };
  if (isDerived(base.source.data)) {
    return { ok: false, source, flaws: [{ path: ['based_on'], code: 'base-of-base', ...chain(source, base.source) }] };
  }
  const flaws: Flaw[] = [];
  const moved: { at: Path; from: Path }[] = [];
  let data = base.source.data;
  for (const [path, value] of Object.entries(own.set)) {
    const result = override(data, { path, value: value as Json, written: path });
    if ('code' in result) flaws.push({ ...result, path: ['set', path] });
    else {
      data = result.data;
      moved.push({ at: result.at, from: ['set', path] });
    }
  }
  if (flaws.length > 0) return { ok: false, source, flaws };
  const woven = { ...(data as Record<string, Json>) };
  for (const key of OWN) {
    const given = (source.data as Record<string, Json>)[key];
    if (given === undefined && (key === 'as_of' || key === 'sources')) continue;
    if (given === undefined) delete woven[key];
    else woven[key] = given;
    moved.push({ at: [key], from: [key] });
  }
  for (const list of ['constraints', 'events'] as const) {
    const { list: known, places } = joined(woven, own, list);
    for (const [i, at] of places.entries()) moved.push({ at: [list, at], from: [list, i] });
    woven[list] = known;
  }
  return {
    ok: true,
    data: woven,
    origin(path) {
      const change = moved.findLast(({ at }) => at.every((step, i) => path[i] === step));
      if (change === undefined) return { source: base.source, path };
      return { source, path: [...change.from, ...path.slice(change.at.length)] };
    },
  };
}
