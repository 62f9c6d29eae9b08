/** What a part of a scenario may be told, read from its JSON Schema: a line a field, for people. */
export interface Field {
  readonly name: string;
  /** What it takes, in words. */
  readonly takes: string;
  /** What it is when it is not given; 'required' where it must be. */
  readonly otherwise: string;
}

/** As much of JSON Schema as our own schemas make use of. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly additionalProperties?: boolean | FieldSchema;
  readonly required?: readonly string[];
  readonly items?: FieldSchema | readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
}

/** The fields of an object, the one that names its kind left out. */
export function fieldsOf({ properties = {}, required = [] }: FieldSchema): readonly Field[] {
  return Object.entries(properties)
    .filter(([, node]) => node.const === undefined)
    .map(([name, node]) => ({ name, takes: takes(node), otherwise: otherwise(node, required.includes(name)) }));
}

function otherwise(node: FieldSchema, required: boolean): string {
  if (node.default !== undefined) return written(node.default);
  return required ? 'required' : '';
}

function takes(node: FieldSchema): string {
  if (node.const !== undefined) return written(node.const);
  if (node.enum !== undefined) return node.enum.map(written).join(' | ');
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) {
    const number = choices.find(({ type }) => type === 'number' || type === 'integer');
    const evidenced = choices.some(({ properties }) => properties?.['value'] !== undefined);
    if (number !== undefined && evidenced) return `a figure${range(number)}`;
    return choices.map(takes).join(', or ');
  }
  if (Array.isArray(node.type)) return node.type.join(' or ');
  switch (node.type) {
    case 'number':
      return `a number${range(node)}`;
    case 'integer':
      return `a whole number${range(node)}`;
    case 'boolean':
      return 'true | false';
    case 'string':
      return node.pattern === ID ? 'an id' : 'text';
    case 'array':
      return Array.isArray(node.items) ? `[${node.items.map(takes).join(', ')}]` : listing(node.items as FieldSchema);
    case 'object':
      return mapping(node);
    default:
      return 'anything';
  }
}

const ID = '^[a-z][a-z0-9_]*$';

const listing = (items: FieldSchema | undefined): string =>
  `a list of: ${items === undefined ? 'anything' : takes(items)}`;

function mapping({ properties, additionalProperties }: FieldSchema): string {
  if (properties !== undefined) {
    const kind = Object.values(properties).find((node) => node.const !== undefined);
    const names = Object.entries(properties).flatMap(([name, node]) =>
      node === kind ? [`${name}: ${written(node.const)}`] : [name],
    );
    return `{ ${names.join(', ')} }`;
  }
  return typeof additionalProperties === 'object' ? `name: ${takes(additionalProperties)}` : 'a mapping';
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: FieldSchema): string {
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  const isLow = low !== undefined && low > -Number.MAX_SAFE_INTEGER;
  const isHigh = high !== undefined && high < Number.MAX_SAFE_INTEGER;
  if (isLow && isHigh) return ` from ${exclusiveMinimum === undefined ? '' : 'above '}${low} to ${high}`;
  if (isLow) return exclusiveMinimum === undefined ? `, at least ${low}` : ` above ${low}`;
  return isHigh ? `, at most ${high}` : '';
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
