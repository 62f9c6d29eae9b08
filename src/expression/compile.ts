import { check } from './check.ts';
import { closures } from './closures.ts';
import { type Conjunct, conjuncts } from './conjuncts.ts';
import { type Comparison, type Explanation, interpret } from './explain.ts';
import { parse } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';
import type { ExprKind, ExprValue, Vocabulary } from './vocabulary.ts';

/** A source that has been read, checked against a vocabulary and compiled. Evaluation is pure and does not throw unless a name does. */
export interface Expression<E> {
  readonly source: string;
  readonly tree: Tree;
  readonly kind: ExprKind;
  /** Every name used, sorted; a group as `others`, what is asked of its members as `others.concession`. */
  readonly names: readonly string[];
  evaluate(env: E): ExprValue;
  explain(env: E): Explanation;
  /** Every atomic comparison in the expression as it comes out in `env`, in source order, deciding or not. */
  comparisons(env: E): Comparison[];
}

/** An expression that holds or not: a guard, a constraint, a breakpoint. */
export interface Condition<E> extends Expression<E> {
  readonly kind: 'boolean';
  holds(env: E): boolean;
  /** The parts of it that must all hold, in source order. */
  readonly conjuncts: readonly Conjunct<E>[];
  /** Whether it would hold if some comparisons, by their index in `comparisons(env)`, came out as given: for asking "why not". */
  holdsIf(env: E, forced: ReadonlyMap<number, boolean>): boolean;
}

/** An expression for a number: a watch, a target. */
export interface Quantity<E> extends Expression<E> {
  readonly kind: 'number';
  of(env: E): number;
}

export type Compiled<T> = { ok: true; expression: T } | { ok: false; problems: Problem[] };

/**
 * Reads, checks and compiles. Problems of grammar are told one at a time, problems of names and kinds all at once (at most 20).
 *
 * Numbers are doubles and follow IEEE 754: x / 0 is an infinity, 0 / 0 is NaN, every comparison with NaN is false but `!=`, which is true.
 * The remainder has the sign of its left side. `==` is exact.
 */
export function compile<E>(source: string, vocabulary: Vocabulary<E>, expected?: ExprKind): Compiled<Expression<E>> {
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  const { tree } = parsed;
  const checked = check(tree, vocabulary, expected);
  if (!checked.ok) return checked;
  const { meaning } = checked;
  const evaluate = closures(tree, meaning) as (env: E) => ExprValue;
  const expression: Expression<E> = {
    source,
    tree,
    kind: meaning.kind,
    names: meaning.used,
    evaluate,
    explain: (env) => interpret(tree, source, meaning, env),
    comparisons: (env) => {
      const found: Comparison[] = [];
      interpret(tree, source, meaning, env, (comparison) => {
        found.push(comparison);
        return undefined;
      });
      return found;
    },
  };
  if (meaning.kind !== 'boolean') return { ok: true, expression };
  const holdsIf = (env: E, forced: ReadonlyMap<number, boolean>) => {
    let index = 0;
    return interpret(tree, source, meaning, env, () => forced.get(index++)).value as boolean;
  };
  return {
    ok: true,
    expression: { ...expression, holds: evaluate, conjuncts: conjuncts(tree, meaning), holdsIf } as Expression<E>,
  };
}

/** `compile` for what must be true or false; `holds` is the closure itself, with nothing around it. */
export function condition<E>(source: string, vocabulary: Vocabulary<E>): Compiled<Condition<E>> {
  return compile(source, vocabulary, 'boolean') as Compiled<Condition<E>>;
}

/** `compile` for what must be a number. */
export function quantity<E>(source: string, vocabulary: Vocabulary<E>): Compiled<Quantity<E>> {
  const compiled = compile(source, vocabulary, 'number');
  if (!compiled.ok) return compiled;
  const { expression } = compiled;
  return { ok: true, expression: { ...expression, of: expression.evaluate } as Quantity<E> };
}
