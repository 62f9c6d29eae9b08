import { type core, z } from 'zod';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';
import { scenario } from './schema.ts';

type Path = readonly (string | number)[];
type ZodIssue = core.$ZodIssue;

/** What was read, for messages: what it is called, and its JSON Schema, asked for only when a hint needs it. */
export interface Format {
  readonly name: string;
  readonly schema: () => SchemaNode;
}

let whole: SchemaNode | undefined;

/** The fields of a whole scenario. */
export const wholeFields = (): string[] => fieldsAt([], {}, SCENARIO.schema());

/** A whole scenario. Its JSON Schema is made once: it costs more than all the rest of a refusal. */
const SCENARIO: Format = {
  name: 'a scenario',
  schema: () => {
    whole ??= z.toJSONSchema(scenario, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as SchemaNode;
    return whole;
  },
};

/** What a schema found wrong with data, in sentences with stable codes. */
export function misfits(issues: readonly ZodIssue[], data: Json, format = SCENARIO): Flaw[] {
  return issues.flatMap((issue) => misfit(issue, [], { data, format }));
}

/** Fields that one mapping lacks, told in one sentence. */
export function together(flaws: readonly Flaw[]): Flaw[] {
  const parentOf = ({ path }: Flaw) => JSON.stringify(path.slice(0, -1));
  return flaws.flatMap((flaw): Flaw[] => {
    if (flaw.code !== 'missing-field') return [flaw];
    const alike = flaws.filter((one) => one.code === flaw.code && parentOf(one) === parentOf(flaw));
    if (alike.length === 1) return [flaw];
    if (alike[0] !== flaw) return [];
    const fields = alike.map(({ path }) => `"${path.at(-1)}"`).join(', ');
    return [{ ...flaw, message: flaw.message.replace(/"[^"]*"$/, fields) }];
  });
}

interface Read {
  readonly data: Json;
  readonly format: Format;
}

function misfit(issue: ZodIssue, base: Path, read: Read): Flaw[] {
  const { data, format } = read;
  const quote = (path: Path) => quoted(path, format.name);
  const path = [...base, ...(issue.path as (string | number)[])];
  const given = at(data, path);
  const name = String(path.at(-1) ?? 'the file');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(path, key, read));
    case 'invalid_type':
      if (given === undefined) return [missing(path)];
      return [
        {
          path,
          code: 'wrong-type',
          message: `${quote(path)} must be ${worded(issue.expected)}, and this is ${described(given)}`,
          ...hintFor(given, issue.expected),
        },
      ];
    case 'invalid_union':
      return union(issue, path, given, read);
    case 'invalid_value': {
      if (given === undefined) return [missing(path)];
      if (issue.values.length === 1) {
        const only = String(issue.values[0]);
        const hashpact = name === 'hashpact';
        const message = hashpact
          ? `this is format ${show(given)}, and only format ${only} can be read`
          : `${quote(path)} must be ${only}`;
        return [{ path, code: hashpact ? 'unknown-format' : 'wrong-value', message }];
      }
      return [choice(path, given, issue.values.map(String), 'wrong-value')];
    }
    case 'invalid_key':
      return [
        {
          path,
          code: 'bad-name',
          message: `"${name}" cannot be a name here: ${issue.issues.map((one) => one.message).join('; ')}`,
        },
      ];
    case 'too_small':
    case 'too_big':
      return [{ path, code: 'out-of-range', message: range(issue, path) }];
    case 'invalid_format':
      return [
        {
          path,
          code: /^id$|^use$/.test(name) ? 'bad-id' : 'wrong-value',
          message: `${issue.message}; this is ${show(given)}`,
        },
      ];
    default:
      return [{ path, code: 'wrong-value', message: `${quote(path)}: ${issue.message}` }];
  }
}

/** Several shapes were allowed and none fits: what is said is about the shape that the writer most likely meant. */
function union(
  issue: Extract<ZodIssue, { code: 'invalid_union' }>,
  path: Path,
  given: Json | undefined,
  read: Read,
): Flaw[] {
  if ('discriminator' in issue && typeof issue.discriminator === 'string') {
    const known = ('options' in issue ? (issue.options as unknown[]) : []).map(String);
    if (given === undefined) return [{ ...missing(path), hint: `known: ${known.join(', ')}` }];
    return [choice(path, given, known, `unknown-${issue.discriminator}`)];
  }
  if (given === undefined) return [missing(path)];
  const branches = issue.errors;
  const fitting = branches.filter((errors) => !errors.some((e) => e.code === 'invalid_type' && e.path.length === 0));
  if (fitting.length === 0) {
    const expected = branches.flatMap((errors) =>
      errors.flatMap((e) => (e.code === 'invalid_type' && e.path.length === 0 ? [worded(e.expected)] : [])),
    );
    const shapes = [...new Set(expected)].join(' or ') || 'something else';
    const message = `${quoted(path)} must be ${shapes}, and this is ${described(given)}`;
    return [{ path, code: 'wrong-type', message, ...hintFor(given, shapes) }];
  }
  const best = fitting.reduce((least, errors) => (weight(errors) < weight(least) ? errors : least));
  return best.flatMap((inner) => misfit(inner, path, read));
}

/** How far from fitting a shape is: alien fields weigh most, small faults deep inside least. */
function weight(errors: readonly ZodIssue[]): number {
  return errors.reduce((sum, error) => {
    if (error.code === 'unrecognized_keys') return sum + 10 * error.keys.length;
    // Shapes within a shape: it is as far as the nearest of them.
    if (error.code === 'invalid_union' && error.path.length === 0 && error.errors.length > 0)
      return sum + Math.min(...error.errors.map(weight));
    return sum + (error.path.length === 0 ? 100 : error.path.length === 1 ? 5 : 1);
  }, 0);
}

function unknownField(path: Path, key: string, { data, format }: Read): Flaw {
  const known = fieldsAt(path, data, format.schema());
  // a scenario is a whole one, or based on another: with this word misspelt it counts as whole
  if (path.length === 0 && format === SCENARIO) known.push('based_on');
  const near = suggest(key, known);
  const hint = near ? `did you mean "${near}"?` : known.length > 0 ? `known here: ${known.join(', ')}` : undefined;
  return {
    path: [...path, key],
    code: 'unknown-field',
    message: `there is no field "${key}" in ${quoted(path, format.name)}`,
    ...(hint && { hint }),
  };
}

function choice(path: Path, given: Json, known: readonly string[], code: string): Flaw {
  const near = typeof given === 'string' ? suggest(given, known) : undefined;
  return {
    path,
    code,
    message: `${quoted(path)} cannot be ${show(given)}`,
    hint: near ? `did you mean "${near}"?` : `known: ${known.join(', ')}`,
  };
}

function missing(path: Path): Flaw {
  const field = path.at(-1);
  if (typeof field === 'number') return { path, code: 'missing-field', message: `${quoted(path)} is missing an item` };
  return {
    path,
    code: 'missing-field',
    message: `${quoted(path.slice(0, -1), 'a scenario')} needs "${field}"`,
  };
}

function range(issue: Extract<ZodIssue, { code: 'too_small' | 'too_big' }>, path: Path): string {
  const least = issue.code === 'too_small';
  const bound = Number(least ? issue.minimum : issue.maximum);
  const how = issue.inclusive === false ? (least ? 'above' : 'below') : least ? 'at least' : 'at most';
  const thing = issue.origin === 'array' ? ' item' : issue.origin === 'string' ? ' character' : '';
  const things = thing !== '' && bound !== 1 ? `${thing}s` : thing;
  return `${quoted(path)} must ${things ? 'have' : 'be'} ${how} ${bound}${things}`;
}

/** The last named step of a path: list positions mean little to a reader. */
function quoted(path: Path, top = 'this'): string {
  const names = path.filter((step) => typeof step === 'string');
  const last = path.at(-1);
  if (last === undefined) return top;
  if (typeof last === 'number') return `item ${last + 1} of "${names.at(-1) ?? 'the list'}"`;
  return `"${last}"`;
}

const WORDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  null: 'nothing',
};
const worded = (expected: string) => WORDS[expected] ?? expected;

function described(given: Json): string {
  if (given === null) return 'empty';
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'object') return 'a mapping';
  if (typeof given === 'number' && !Number.isFinite(given)) return Number.isNaN(given) ? 'not a number' : 'infinite';
  return typeof given === 'string' ? `the text ${show(given)}` : show(given);
}

function hintFor(given: Json, expected: string): { hint?: string } {
  if (/number/.test(expected) && typeof given === 'string' && given.trim() !== '') {
    const bare = given.replace(/[,_\s%]/g, '');
    if (Number.isFinite(Number(bare))) return { hint: `write ${Number(bare)} without quotes, commas or units` };
  }
  if (expected === 'text' || expected === 'string') {
    if (typeof given === 'number' || typeof given === 'boolean') return { hint: `quote it: "${given}"` };
  }
  if ((expected === 'array' || expected === 'a list') && given !== null && typeof given === 'object') {
    return { hint: 'begin each item with "- "' };
  }
  return {};
}

function show(given: Json | undefined): string {
  const text = typeof given === 'string' ? `"${given}"` : (JSON.stringify(given) ?? 'missing');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function at(data: Json, path: Path): Json | undefined {
  let here: Json | undefined = data;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.hasOwn(here, step) ? (here as Record<string | number, Json>)[step] : undefined;
  }
  return here;
}

export type SchemaNode = { readonly [key: string]: Json };

/** The fields a mapping may have at a path, by the format's own JSON Schema; where kinds differ, those of the kind that is written there. */
export function fieldsAt(path: Path, data: Json, root: SchemaNode): string[] {
  let here = shapes(root, root, data);
  for (const [i, step] of path.entries()) {
    const inner = at(data, path.slice(0, i + 1)) ?? null;
    here = here.flatMap((node) => inside(node, step)).flatMap((node) => shapes(root, node, inner));
  }
  return [...new Set(here.flatMap((node) => Object.keys((node['properties'] as SchemaNode | undefined) ?? {})))].sort();
}

/** A schema node's alternatives, references followed, those of another kind than the data's left out. */
function shapes(root: SchemaNode, node: SchemaNode, data: Json): SchemaNode[] {
  const reference = node['$ref'];
  if (typeof reference === 'string') {
    const target = reference
      .split('/')
      .slice(1)
      .reduce((from: Json, key) => (from as SchemaNode)[key], root as Json);
    return shapes(root, target as SchemaNode, data);
  }
  const several = (node['anyOf'] ?? node['oneOf']) as SchemaNode[] | undefined;
  if (several) return several.flatMap((one) => shapes(root, one, data));
  const given = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as SchemaNode) : {};
  for (const [name, field] of Object.entries((node['properties'] as SchemaNode | undefined) ?? {})) {
    const fixed = (field as SchemaNode)['const'];
    if (fixed !== undefined && name in given && given[name] !== fixed) return [];
  }
  return [node];
}

function inside(node: SchemaNode, step: string | number): SchemaNode[] {
  if (typeof step === 'number') {
    const items = node['items'];
    const one = Array.isArray(items) ? items[step] : items;
    return typeof one === 'object' && one !== null ? [one as SchemaNode] : [];
  }
  const named = (node['properties'] as SchemaNode | undefined)?.[step] ?? node['additionalProperties'];
  return typeof named === 'object' && named !== null ? [named as SchemaNode] : [];
}
