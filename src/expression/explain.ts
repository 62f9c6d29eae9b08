import type { Gather, Meaning } from './check.ts';
import { FUNCTIONS } from './functions.ts';
import type { ComparisonOperator, Span, Tree } from './tree.ts';
import type { ExprKind, ExprValue } from './vocabulary.ts';

/** A value and what it came from. `&&`, `||` and `? :` show all their parts, also those that did not decide. */
export interface Explanation {
  /** The slice of source. */
  text: string;
  value: ExprValue;
  parts: Explanation[];
  /** Whom a part of a question to a group is about: the group's label for it, or `#1`, `#2` ... */
  member?: string;
}

/** An atomic comparison that was made: what stood on its sides, and whether it held. Inside a question to a group: one per member. */
export type Comparison = Span & { text: string; truth: boolean; member?: string } & (
    | { kind: 'number'; operator: ComparisonOperator; left: number; right: number }
    | { kind: 'boolean' | 'string'; operator: '==' | '!='; left: ExprValue; right: ExprValue }
    | { kind: 'list'; operator: 'in' | 'not in'; left: ExprValue; right: readonly ExprValue[] }
  );

/** Hears of every comparison, in source order, and may answer with the truth to go on with instead. */
export type Hear = (comparison: Comparison) => boolean | undefined;

/**
 * The same tree, interpreted: slower than the closures by far, and it keeps every value on the way. The number and the order of the
 * comparisons depend on the sizes of the groups alone, so the n-th comparison is the n-th again when another truth is forced upon it.
 */
export function interpret(
  tree: Tree,
  source: string,
  meaning: Meaning,
  env: unknown,
  hear: Hear = () => undefined,
): Explanation {
  return explain(tree, undefined);

  function explain(tree: Tree, about: About): Explanation {
    const parts: Explanation[] = [];
    const part = (below: Tree): ExprValue => {
      const told = explain(below, about);
      parts.push(told);
      return told.value;
    };
    const value = evaluate(tree, about, part, parts);
    return { text: slice(tree), value, parts };
  }

  function evaluate(tree: Tree, about: About, part: (tree: Tree) => ExprValue, parts: Explanation[]): ExprValue {
    switch (tree.type) {
      case 'number':
      case 'boolean':
      case 'string':
        return tree.value;
      case 'name': {
        const { name, ofMember } = meaning.names.get(tree)!;
        const { read } = name;
        return read(ofMember ? about?.member : env);
      }
      case 'unary': {
        const operand = part(tree.operand);
        return tree.operator === '-' ? -operand : !operand;
      }
      case 'binary':
        return calculate(tree.operator, part(tree.left) as number, part(tree.right) as number);
      case 'logic': {
        const left = part(tree.left);
        const right = part(tree.right);
        return tree.operator === '&&' ? left && right : left || right;
      }
      case 'comparison': {
        const left = part(tree.left);
        const right = part(tree.right);
        const { operator } = tree;
        const kind = typeof left as ExprKind;
        const truth = compare(operator, left as number, right as number);
        return heard(tree, about, { kind, operator, left, right, truth } as Heard);
      }
      case 'membership': {
        const left = part(tree.operand);
        const right = tree.items.map(part);
        const truth = right.some((item) => item === left) !== tree.negated;
        return heard(tree, about, { kind: 'list', operator: tree.negated ? 'not in' : 'in', left, right, truth });
      }
      case 'choice': {
        const condition = part(tree.condition);
        const then = part(tree.then);
        const otherwise = part(tree.otherwise);
        return condition ? then : otherwise;
      }
      case 'call': {
        const gather = meaning.gathers.get(tree);
        if (!gather) return FUNCTIONS[tree.callee].run(...(tree.args.map(part) as number[]));
        return ask(gather, tree.args[0], parts);
      }
    }
    tree satisfies never;
  }

  function ask({ group, verb }: Gather, asked: Tree | undefined, parts: Explanation[]): ExprValue {
    const size = group.size(env);
    if (asked === undefined) return size;
    for (let i = 0; i < size; i++) {
      const label = group.label?.(env, i) ?? `#${i + 1}`;
      parts.push({ ...explain(asked, { member: group.member(env, i), label }), member: label });
    }
    const values = parts.map(({ value }) => value);
    const sum = () => (values as number[]).reduce((total, value) => total + value, 0);
    switch (verb) {
      case 'max':
        return Math.max(...(values as number[]));
      case 'min':
        return Math.min(...(values as number[]));
      case 'sum':
        return sum();
      case 'mean':
        return sum() / size;
      case 'count':
        return values.filter(Boolean).length;
      case 'any':
        return values.some(Boolean);
      case 'all':
        return values.every(Boolean);
    }
  }

  function heard(tree: Tree, about: About, comparison: Heard): boolean {
    const { at, length } = tree;
    const member = about ? { member: about.label } : {};
    return hear({ text: slice(tree), at, length, ...member, ...comparison } as Comparison) ?? comparison.truth;
  }

  function slice({ at, length }: Span): string {
    return source.slice(at, at + length);
  }
}

type About = { readonly member: unknown; readonly label: string } | undefined;
type Omitted = keyof Span | 'text' | 'member';
type Heard = Comparison extends infer C ? (C extends Comparison ? Omit<C, Omitted> : never) : never;

function calculate(operator: '+' | '-' | '*' | '/' | '%', left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : left % right;
}

function compare(operator: ComparisonOperator, left: number, right: number): boolean {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}
