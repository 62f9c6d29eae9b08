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
export function interpret(tree: Tree, source: string, meaning: Meaning, env: unknown, hear?: Hear): Explanation {
  return new Interpreter(source, meaning, env, hear).explain(tree, undefined);
}

/** One walk over a tree. A class, because functions made anew for every walk and node cost more than the walk. */
class Interpreter {
  readonly #source: string;
  readonly #meaning: Meaning;
  readonly #env: unknown;
  readonly #hear: Hear | undefined;

  constructor(source: string, meaning: Meaning, env: unknown, hear: Hear | undefined) {
    this.#source = source;
    this.#meaning = meaning;
    this.#env = env;
    this.#hear = hear;
  }

  explain(tree: Tree, about: About): Explanation {
    const parts: Explanation[] = [];
    const value = this.#evaluate(tree, about, parts);
    return { text: this.#slice(tree), value, parts };
  }

  /** Explains what lies directly below as a part of it. */
  #part(below: Tree, about: About, parts: Explanation[]): ExprValue {
    const told = this.explain(below, about);
    parts.push(told);
    return told.value;
  }

  #evaluate(tree: Tree, about: About, parts: Explanation[]): ExprValue {
    switch (tree.type) {
      case 'number':
      case 'boolean':
      case 'string':
        return tree.value;
      case 'name': {
        const { name, ofMember } = this.#meaning.names.get(tree)!;
        const { read } = name;
        return read(ofMember ? about?.member : this.#env);
      }
      case 'unary': {
        const operand = this.#part(tree.operand, about, parts);
        return tree.operator === '-' ? -operand : !operand;
      }
      case 'binary':
        return calculate(
          tree.operator,
          this.#part(tree.left, about, parts) as number,
          this.#part(tree.right, about, parts) as number,
        );
      case 'logic': {
        const left = this.#part(tree.left, about, parts);
        const right = this.#part(tree.right, about, parts);
        return tree.operator === '&&' ? left && right : left || right;
      }
      case 'comparison': {
        const left = this.#part(tree.left, about, parts);
        const right = this.#part(tree.right, about, parts);
        const { operator } = tree;
        const kind = typeof left as ExprKind;
        const truth = compare(operator, left as number, right as number);
        return this.#heard(tree, about, { kind, operator, left, right, truth } as Heard);
      }
      case 'membership': {
        const left = this.#part(tree.operand, about, parts);
        const right = tree.items.map((item) => this.#part(item, about, parts));
        const truth = right.some((item) => item === left) !== tree.negated;
        return this.#heard(tree, about, { kind: 'list', operator: tree.negated ? 'not in' : 'in', left, right, truth });
      }
      case 'choice': {
        const condition = this.#part(tree.condition, about, parts);
        const then = this.#part(tree.then, about, parts);
        const otherwise = this.#part(tree.otherwise, about, parts);
        return condition ? then : otherwise;
      }
      case 'call': {
        const gather = this.#meaning.gathers.get(tree);
        if (!gather)
          return FUNCTIONS[tree.callee].run(...(tree.args.map((arg) => this.#part(arg, about, parts)) as number[]));
        return this.#ask(gather, tree.args[0], parts);
      }
    }
    tree satisfies never;
  }

  #ask({ group, verb }: Gather, asked: Tree | undefined, parts: Explanation[]): ExprValue {
    const size = group.size(this.#env);
    if (asked === undefined) return size;
    for (let i = 0; i < size; i++) {
      const label = group.label?.(this.#env, i) ?? `#${i + 1}`;
      parts.push({ ...this.explain(asked, { member: group.member(this.#env, i), label }), member: label });
    }
    const values = parts.map(({ value }) => value);
    switch (verb) {
      case 'max':
        return Math.max(...(values as number[]));
      case 'min':
        return Math.min(...(values as number[]));
      case 'sum':
        return sum(values as number[]);
      case 'mean':
        return sum(values as number[]) / size;
      case 'count':
        return values.filter(Boolean).length;
      case 'any':
        return values.some(Boolean);
      case 'all':
        return values.every(Boolean);
    }
  }

  #heard(tree: Tree, about: About, comparison: Heard): boolean {
    const { at, length } = tree;
    const member = about ? { member: about.label } : {};
    return (
      this.#hear?.({ text: this.#slice(tree), at, length, ...member, ...comparison } as Comparison) ?? comparison.truth
    );
  }

  #slice({ at, length }: Span): string {
    return this.#source.slice(at, at + length);
  }
}

type About = { readonly member: unknown; readonly label: string } | undefined;
type Omitted = keyof Span | 'text' | 'member';
type Heard = Comparison extends infer C ? (C extends Comparison ? Omit<C, Omitted> : never) : never;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

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
