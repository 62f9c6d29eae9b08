/** The parse tree. Every node knows the slice of source it was read from; parentheses leave no node, they widen the slice. */
export type Tree =
  | NumberTree
  | BooleanTree
  | StringTree
  | NameTree
  | UnaryTree
  | BinaryTree
  | ComparisonTree
  | LogicTree
  | MembershipTree
  | ChoiceTree
  | CallTree;

export interface Span {
  readonly at: number;
  readonly length: number;
}

export interface NumberTree extends Span {
  readonly type: 'number';
  /** Finite and not negative: a minus sign is an operator. */
  readonly value: number;
}
export interface BooleanTree extends Span {
  readonly type: 'boolean';
  readonly value: boolean;
}
export interface StringTree extends Span {
  readonly type: 'string';
  readonly value: string;
}
export interface NameTree extends Span {
  readonly type: 'name';
  readonly path: string;
}
export interface UnaryTree extends Span {
  readonly type: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Tree;
}
export interface BinaryTree extends Span {
  readonly type: 'binary';
  readonly operator: '+' | '-' | '*' | '/' | '%';
  readonly left: Tree;
  readonly right: Tree;
}
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export interface ComparisonTree extends Span {
  readonly type: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Tree;
  readonly right: Tree;
}
export interface LogicTree extends Span {
  readonly type: 'logic';
  readonly operator: '&&' | '||';
  readonly left: Tree;
  readonly right: Tree;
}
export interface MembershipTree extends Span {
  readonly type: 'membership';
  readonly negated: boolean;
  readonly operand: Tree;
  readonly items: readonly Tree[];
}
export interface ChoiceTree extends Span {
  readonly type: 'choice';
  readonly condition: Tree;
  readonly then: Tree;
  readonly otherwise: Tree;
}
/** A function (`max(a, b)`) or a question to a group (`others.max(concession)`): the dot tells. */
export interface CallTree extends Span {
  readonly type: 'call';
  readonly callee: string;
  readonly args: readonly Tree[];
}

/** The nodes directly below, in source order. */
export function children(tree: Tree): readonly Tree[] {
  switch (tree.type) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'name':
      return [];
    case 'unary':
      return [tree.operand];
    case 'binary':
    case 'comparison':
    case 'logic':
      return [tree.left, tree.right];
    case 'membership':
      return [tree.operand, ...tree.items];
    case 'choice':
      return [tree.condition, tree.then, tree.otherwise];
    case 'call':
      return tree.args;
  }
  tree satisfies never;
}

/** Whether two trees say the same, wherever they stand in their sources. */
export function same(a: Tree, b: Tree): boolean {
  if (a === b) return true;
  if (head(a) !== head(b)) return false;
  const below = children(a);
  const other = children(b);
  return below.length === other.length && below.every((tree, i) => same(tree, other[i]));
}

/** How tightly a node's text holds together; the parser and the formatter share these levels. */
export const LEVEL = { choice: 1, or: 2, and: 3, comparison: 4, sum: 5, product: 6, unary: 7, atom: 8 } as const;

/** `0 < x && x <= 1` can be written `0 < x <= 1`: this gives the comparisons of such a range, or nothing. */
export function range(tree: Tree): readonly ComparisonTree[] | undefined {
  if (tree.type === 'comparison') return direction(tree.operator) === 0 ? undefined : [tree];
  if (tree.type !== 'logic' || tree.operator !== '&&' || tree.right.type !== 'comparison') return undefined;
  if (direction(tree.right.operator) === 0) return undefined;
  const before = range(tree.left);
  const last = before?.at(-1);
  if (!before || !last || direction(last.operator) !== direction(tree.right.operator)) return undefined;
  return same(last.right, tree.right.left) ? [...before, tree.right] : undefined;
}

/** 1 for `<` and `<=`, -1 for `>` and `>=`, 0 for the equalities, which do not form ranges. */
export function direction(operator: ComparisonOperator): -1 | 0 | 1 {
  if (operator === '==' || operator === '!=') return 0;
  return operator[0] === '<' ? 1 : -1;
}

function head(tree: Tree): string {
  switch (tree.type) {
    case 'number':
    case 'boolean':
    case 'string':
      return `${tree.type} ${tree.value}`;
    case 'name':
      return `name ${tree.path}`;
    case 'unary':
    case 'binary':
    case 'comparison':
    case 'logic':
      return `${tree.type} ${tree.operator}`;
    case 'membership':
      return `membership ${tree.negated}`;
    case 'choice':
      return 'choice';
    case 'call':
      return `call ${tree.callee}`;
  }
  tree satisfies never;
}
