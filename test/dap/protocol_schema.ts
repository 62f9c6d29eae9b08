import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import ts from 'typescript';

type Schema = Readonly<Record<string, unknown>>;
type Message = {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
};

/** Where the protocol's own JSON Schema may lie; it is not part of any package. `DAP_SCHEMA` names another place. */
const OFFICIAL = [
  process.env['DAP_SCHEMA'],
  'node_modules/@vscode/debugprotocol/debugAdapterProtocol.json',
  '../shared/debugAdapterProtocol.json',
  '../shared/conformance/dap/debugAdapterProtocol.json',
];

const TYPINGS = createRequire(import.meta.url)
  .resolve('@vscode/debugprotocol/package.json')
  .replace('package.json', 'lib/debugProtocol.d.ts');

/**
 * Says what is wrong with a message an adapter sends, by a schema read off the protocol's typings. Stricter than the protocol's own in one thing: members
 * that the protocol does not know are refused, so that a misspelt one is found.
 */
export function makeJudge(): (message: Message) => string[] {
  return judgeBy(fromTypings(readFileSync(TYPINGS, 'utf8')));
}

/** The same by the protocol's published JSON Schema, where there is a copy of it. */
export function makeOfficialJudge(): ((message: Message) => string[]) | undefined {
  const path = OFFICIAL.find((one) => one !== undefined && existsSync(one));
  if (path === undefined) return undefined;
  const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, Schema> };
  return judgeBy(definitions);
}

function judgeBy(definitions: Readonly<Record<string, Schema>>): (message: Message) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'dap', definitions });
  const validators = new Map<string, ValidateFunction>();
  return (message) => {
    const name = definitionOf(message, definitions);
    let validate = validators.get(name);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `dap#/definitions/${name}` });
      validators.set(name, validate);
    }
    if (validate(message)) return [];
    return (validate.errors ?? []).map((e) => `${name}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  };
}

function definitionOf(message: Message, definitions: Readonly<Record<string, Schema>>): string {
  if (message.type === 'response' && message.success === false) return 'ErrorResponse';
  const [subject, kind] = message.type === 'event' ? [message.event, 'Event'] : [message.command, 'Response'];
  const name = `${(subject ?? '').charAt(0).toUpperCase()}${(subject ?? '').slice(1)}${kind}`;
  return name in definitions ? name : kind;
}

/** JSON Schema definitions of every interface and type of the typings. Inheritance is flattened, so that members can be closed. */
function fromTypings(text: string): Record<string, Schema> {
  const file = ts.createSourceFile('debugProtocol.d.ts', text, ts.ScriptTarget.Latest, true);
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  const definitions: Record<string, Schema> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
    else if (ts.isTypeAliasDeclaration(node)) definitions[node.name.text] = typeSchema(node.type);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  const membersOf = (node: ts.InterfaceDeclaration): ts.TypeElement[] => {
    const bases = (node.heritageClauses ?? []).flatMap((clause) =>
      clause.types.map((type) => type.expression.getText()),
    );
    return [...bases.flatMap((base) => membersOf(interfaces.get(base)!)), ...node.members];
  };
  for (const [name, node] of interfaces) definitions[name] = objectSchema(membersOf(node));
  return definitions;
}

function objectSchema(members: readonly ts.TypeElement[]): Schema {
  const properties: Record<string, Schema> = {};
  const required = new Set<string>();
  let additionalProperties: Schema | boolean = false;
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) additionalProperties = typeSchema(member.type);
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const name = (member.name as ts.Identifier).text;
    properties[name] = typeSchema(member.type);
    if (member.questionToken === undefined) required.add(name);
  }
  return { type: 'object', properties, required: [...required], additionalProperties };
}

function typeSchema(type: ts.TypeNode): Schema {
  if (ts.isTypeLiteralNode(type)) return objectSchema(type.members);
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: typeSchema(type.elementType) };
  if (ts.isParenthesizedTypeNode(type)) return typeSchema(type.type);
  if (ts.isUnionTypeNode(type)) return { anyOf: type.types.map(typeSchema) };
  if (ts.isLiteralTypeNode(type))
    return type.literal.kind === ts.SyntaxKind.NullKeyword
      ? { type: 'null' }
      : { const: (type.literal as ts.StringLiteral).text };
  if (ts.isTypeReferenceNode(type)) return { $ref: `dap#/definitions/${type.typeName.getText()}` };
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
      return {};
    case ts.SyntaxKind.ObjectKeyword:
      return { type: 'object' };
    default:
      throw new Error(`a type of the protocol this cannot read: ${type.getText()}`);
  }
}
