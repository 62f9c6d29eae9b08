import type { Gather, Meaning } from './check.ts';
import { FUNCTIONS } from './functions.ts';
import type { CallTree, ComparisonOperator, ComparisonTree, Tree } from './tree.ts';
import type { ExprValue } from './vocabulary.ts';

/**
 * A compiled tree. It is called with the environment; inside a question to a group with the member first and the environment second, so that
 * the `read` of whatever is mostly spoken of is itself the closure, with no call around it.
 */
export type Run<T> = (env: unknown, other?: unknown) => T;

/**
 * Turns a checked tree into nested closures. Kinds were settled by `check`, so the closures test nothing; what contains no name is
 * computed here, once; and a comparison with a constant, which most guards are, costs one call instead of two.
 */
export function closures(tree: Tree, meaning: Meaning): Run<ExprValue> {
  return build(tree, false).run;

  function build(tree: Tree, inside: boolean): Piece {
    switch (tree.type) {
      case 'number':
      case 'boolean':
      case 'string':
        return constant(tree.value);
      case 'name': {
        const { name, ofMember } = meaning.names.get(tree)!;
        const read = name.read as Run<ExprValue>;
        return { run: inside && !ofMember ? (_member, env) => read(env) : read };
      }
      case 'unary': {
        const operand = build(tree.operand, inside);
        const x = operand.run as Run<number>;
        const b = operand.run as Run<boolean>;
        return folded(tree.operator === '-' ? (e, m) => -x(e, m) : (e, m) => !b(e, m), operand);
      }
      case 'binary': {
        const left = build(tree.left, inside);
        const right = build(tree.right, inside);
        return folded(arithmetic(tree.operator, left.run as Run<number>, right.run as Run<number>), left, right);
      }
      case 'comparison':
        return comparison(tree, inside);
      case 'logic': {
        const left = build(tree.left, inside);
        const right = build(tree.right, inside);
        const l = left.run as Run<boolean>;
        const r = right.run as Run<boolean>;
        return folded(
          tree.operator === '&&' ? (e, m) => l(e, m) && r(e, m) : (e, m) => l(e, m) || r(e, m),
          left,
          right,
        );
      }
      case 'membership': {
        const operand = build(tree.operand, inside);
        const items = tree.items.map((item) => build(item, inside));
        const wanted = !tree.negated;
        const x = operand.run;
        const runs = items.map((item) => item.run);
        const found: Run<boolean> = (e, m) => {
          const value = x(e, m);
          for (let i = 0; i < runs.length; i++) if (runs[i](e, m) === value) return wanted;
          return !wanted;
        };
        return folded(found, operand, ...items);
      }
      case 'choice': {
        const condition = build(tree.condition, inside);
        const then = build(tree.then, inside);
        const otherwise = build(tree.otherwise, inside);
        const c = condition.run;
        const a = then.run;
        const b = otherwise.run;
        return folded((e, m) => (c(e, m) ? a(e, m) : b(e, m)), condition, then, otherwise);
      }
      case 'call': {
        const gathered = meaning.gathers.get(tree);
        if (gathered)
          return { run: gather(gathered, tree.args.length === 0 ? undefined : build(tree.args[0], true).run) };
        const args = tree.args.map((arg) => build(arg, inside));
        const runs = args.map((arg) => arg.run as Run<number>);
        return folded(call(tree, runs), ...args);
      }
    }
    tree satisfies never;
  }

  function comparison(tree: ComparisonTree, inside: boolean): Piece {
    const left = build(tree.left, inside);
    const right = build(tree.right, inside);
    const l = left.run as Run<number>;
    const r = right.run as Run<number>;
    if (left.fixed !== undefined && right.fixed !== undefined) return folded(against(tree.operator, l, r), left, right);
    if (right.fixed !== undefined) return { run: againstConstant(tree.operator, l, right.fixed as number) };
    if (left.fixed !== undefined) return { run: againstConstant(MIRRORED[tree.operator], r, left.fixed as number) };
    return { run: against(tree.operator, l, r) };
  }
}

interface Piece {
  readonly run: Run<ExprValue>;
  /** The value, where no name can change it. */
  readonly fixed?: ExprValue;
}

function constant(value: ExprValue): Piece {
  return { run: () => value, fixed: value };
}

function folded(run: Run<ExprValue>, ...parts: Piece[]): Piece {
  return parts.every((part) => part.fixed !== undefined) ? constant(run(undefined)) : { run };
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', l: Run<number>, r: Run<number>): Run<number> {
  switch (operator) {
    case '+':
      return (e, m) => l(e, m) + r(e, m);
    case '-':
      return (e, m) => l(e, m) - r(e, m);
    case '*':
      return (e, m) => l(e, m) * r(e, m);
    case '/':
      return (e, m) => l(e, m) / r(e, m);
    case '%':
      return (e, m) => l(e, m) % r(e, m);
  }
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function against(operator: ComparisonOperator, l: Run<number>, r: Run<number>): Run<boolean> {
  switch (operator) {
    case '<':
      return (e, m) => l(e, m) < r(e, m);
    case '<=':
      return (e, m) => l(e, m) <= r(e, m);
    case '>':
      return (e, m) => l(e, m) > r(e, m);
    case '>=':
      return (e, m) => l(e, m) >= r(e, m);
    case '==':
      return (e, m) => l(e, m) === r(e, m);
    case '!=':
      return (e, m) => l(e, m) !== r(e, m);
  }
}

function againstConstant(operator: ComparisonOperator, l: Run<number>, c: number): Run<boolean> {
  switch (operator) {
    case '<':
      return (e, m) => l(e, m) < c;
    case '<=':
      return (e, m) => l(e, m) <= c;
    case '>':
      return (e, m) => l(e, m) > c;
    case '>=':
      return (e, m) => l(e, m) >= c;
    case '==':
      return (e, m) => l(e, m) === c;
    case '!=':
      return (e, m) => l(e, m) !== c;
  }
}

function call(tree: CallTree, args: readonly Run<number>[]): Run<number> {
  const { run } = FUNCTIONS[tree.callee];
  const [a, b, c] = args;
  switch (args.length) {
    case 1:
      return (e, m) => run(a(e, m));
    case 2:
      return (e, m) => run(a(e, m), b(e, m));
    case 3:
      return (e, m) => run(a(e, m), b(e, m), c(e, m));
    default:
      return (e, m) => run(...args.map((arg) => arg(e, m)));
  }
}

function gather({ group, verb }: Gather, asked: Run<ExprValue> | undefined): Run<ExprValue> {
  const x = asked as Run<number>;
  const holds = asked as Run<boolean>;
  const members = group.members ?? ((e) => Array.from({ length: group.size(e) }, (_, i) => group.member(e, i)));
  switch (verb) {
    case 'max':
      return (e) => {
        let most = -Infinity;
        const all = members(e);
        for (let i = 0; i < all.length; i++) most = Math.max(most, x(all[i], e));
        return most;
      };
    case 'min':
      return (e) => {
        let least = Infinity;
        const all = members(e);
        for (let i = 0; i < all.length; i++) least = Math.min(least, x(all[i], e));
        return least;
      };
    case 'sum':
      return (e) => total(members(e), x, e);
    case 'mean':
      return (e) => {
        const all = members(e);
        return total(all, x, e) / all.length;
      };
    case 'count':
      if (!asked) return (e) => group.size(e);
      return (e) => {
        let count = 0;
        const all = members(e);
        for (let i = 0; i < all.length; i++) if (holds(all[i], e)) count++;
        return count;
      };
    case 'any':
      return found(members, holds, true);
    case 'all':
      return found(members, holds, false);
  }
}

type Members = (env: unknown) => readonly unknown[];

function total(all: readonly unknown[], x: Run<number>, env: unknown): number {
  let sum = 0;
  for (let i = 0; i < all.length; i++) sum += x(all[i], env);
  return sum;
}

/** Whether some member answers so: `any` looks for a yes, `all` for the absence of a no. */
function found(members: Members, holds: Run<boolean>, answer: boolean): Run<boolean> {
  return (e) => {
    const all = members(e);
    for (let i = 0; i < all.length; i++) if (holds(all[i], e) === answer) return answer;
    return !answer;
  };
}
