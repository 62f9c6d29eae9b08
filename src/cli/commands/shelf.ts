import { stringify } from 'yaml';
import { type ZodType, z } from 'zod';
import { ACCEPTANCE, ISSUES, OPPONENTS, PROTOCOLS, SHOCKS, STRATEGIES, TACTICS, TERMS } from '../../catalog.ts';
import { suggest } from '../../expression/index.ts';
import { AGREEMENT_RULES } from '../../protocols/agreement_rule.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { type FieldSchema, fieldsOf } from '../render/fields.ts';
import { table } from '../render/table.ts';
import { entry, wrapped } from '../render/wrap.ts';

interface Member {
  readonly name: string;
  readonly summary: string;
  readonly source?: string;
  readonly schema: FieldSchema;
  readonly example: unknown;
}

interface Shelf {
  readonly name: string;
  /** Where a scenario says it. */
  readonly where: string;
  readonly members: readonly Member[];
}

interface Kind {
  readonly summary: string;
  readonly source?: string;
  readonly spec?: ZodType;
  readonly params?: ZodType;
  readonly example: unknown;
}

const shelf = (name: string, where: string, kinds: ReadonlyMap<string, Kind>): Shelf => ({
  name,
  where,
  members: [...kinds].map(([name, { summary, source, spec, params, example }]) => ({
    name,
    summary,
    source,
    get schema() {
      return schemaOf((spec ?? params)!, example);
    },
    example,
  })),
});

/** The JSON Schema of a kind, with the defaults that figures have: those are put in when a figure is read, so they are asked for by leaving it out. */
function schemaOf(spec: ZodType, example: unknown): FieldSchema {
  const schema = z.toJSONSchema(spec, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as FieldSchema;
  const properties = Object.entries(schema.properties ?? {}).map(([name, node]) => {
    if (node.default !== undefined || schema.required?.includes(name)) return [name, node];
    const { [name]: _, ...without } = example as Record<string, unknown>;
    const read = spec.safeParse(without);
    const otherwise = read.success ? (read.data as Record<string, unknown>)[name] : undefined;
    return [name, otherwise === undefined ? node : { ...node, default: otherwise }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

const shelves = (): readonly Shelf[] => [
  shelf('issues', 'under "issues:"', ISSUES),
  shelf('terms', 'under "terms:" of a party', TERMS as never),
  shelf('protocols', 'under "protocol:"', PROTOCOLS),
  shelf('agreement', '"agreement:" of a protocol', new Map(AGREEMENT_RULES.map((rule) => [rule.rule, rule]))),
  shelf('tactics', '"tactic:" in the meta of a stance', TACTICS),
  shelf('acceptance', '"acceptance:" in the meta of a stance', ACCEPTANCE),
  shelf('opponents', '"opponent_model:" of a strategy', OPPONENTS),
  shelf('strategies', '"strategy:" of a party, or --strategy', STRATEGIES),
  shelf('effects', '"effects:" of an event', SHOCKS),
];

/** `hashpact shelf`: what a scenario may be made of: every kind by shelf, a shelf, or one kind with its fields and an example. */
export function shelfCommand(
  [name]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): number {
  const all = shelves();
  const whole = name === undefined ? all : all.filter((one) => one.name === name);
  const single = all.flatMap((one) =>
    one.members.filter((member) => member.name === name).map((member) => ({ shelf: one, member })),
  );
  if (whole.length === 0 && single.length === 0) throw unknown(name, all);
  if (given['json'])
    console.out(JSON.stringify(whole.length > 0 ? whole : single.map(({ member }) => member), null, 2));
  else if (whole.length > 0) console.out(whole.map((one) => list(one, console)).join('\n\n'));
  else console.out(single.map(({ shelf, member }) => page(shelf, member, console)).join('\n\n'));
  return EXIT.done;
}

function unknown(name: string, all: readonly Shelf[]): Refusal {
  const names = all.flatMap((one) => [one.name, ...one.members.map((member) => member.name)]);
  const near = suggest(name, names);
  return new Refusal(
    `no shelf and nothing on one is called "${name}"`,
    near ? `did you mean "${near}"?` : 'hashpact shelf lists them all',
  );
}

function list({ name, where, members }: Shelf, { paint, width }: Console): string {
  const rows = members.map((member) => [member.name, member.summary]);
  return `${paint.bold(name)}, ${where}\n${table([{ title: 'name' }, { title: 'what it is' }], rows, paint, '  ', width)}`;
}

function page(shelf: Shelf, { name, summary, source, schema, example }: Member, { paint, width }: Console): string {
  const fields = fieldsOf(schema);
  const columns = [{ title: 'field' }, { title: 'what it takes' }, { title: 'if not given' }];
  const rows = fields.map((field) => [field.name, field.takes, field.otherwise]);
  const empty = typeof example === 'object' && example !== null && Object.keys(example).length === 0;
  return [
    wrapped(`${paint.bold(name)}: ${summary}`, width, '  '),
    entry(paint.dim('where'), `${shelf.name}, ${shelf.where}`, 8, width),
    ...(source === undefined ? [] : [entry(paint.dim('source'), source, 8, width)]),
    fields.length === 0 ? 'It has no fields.' : table(columns, rows, paint, '  ', width),
    ...(empty ? [] : [`${paint.dim('example')}\n${indented(stringify(example, { lineWidth: width }))}`]),
  ].join('\n');
}

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '  ');
