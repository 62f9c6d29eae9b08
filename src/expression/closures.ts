import type { Gather, Meaning } from './check.ts';
import { FUNCTIONS } from './functions.ts';
import type { CallTree, ComparisonTree, Tree } from './tree.ts';
import type { ExprValue } from './vocabulary.ts';

/** A compiled tree. `member` is whoever a group is being asked about; outside a question nobody reads it. */
export type Run<T> = (env: unknown, member?: unknown) => T;

/**
 * Turns a checked tree into nested closures. Kinds were settled by `check`, so the closures test nothing; what contains no name is
 * computed here, once; and a comparison with a constant, which most guards are, costs one call instead of two.
 */
export function closures(tree: Tree, meaning: Meaning): Run<ExprValue> {
  return build(tree).run;

  function build(tree: Tree): Piece {
    switch (tree.type) {
      case 'number':
      case 'boolean':
      case 'string':
        return constant(tree.value);
      case 'name': {
        const { name, ofMember } = meaning.names.get(tree)!;
        const read = name.read;
        return { run: ofMember ? (_env, member) => read(member) : (read as Run<ExprValue>) };
      }
      case 'unary': {
        const operand = build(tree.operand);
        const x = operand.run as Run<number>;
        const b = operand.run as Run<boolean>;
        return folded(tree.operator === '-' ? (e, m) => -x(e, m) : (e, m) => !b(e, m), operand);
      }
      case 'binary': {
        const left = build(tree.left);
        const right = build(tree.right);
        return folded(arithmetic(tree.operator, left.run as Run<number>, right.run as Run<number>), left, right);
      }
      case 'comparison':
        return comparison(tree);
      case 'logic': {
        const left = build(tree.left);
        const right = build(tree.right);
        const l = left.run as Run<boolean>;
        const r = right.run as Run<boolean>;
        return folded(
          tree.operator === '&&' ? (e, m) => l(e, m) && r(e, m) : (e, m) => l(e, m) || r(e, m),
          left,
          right,
        );
      }
      case 'membership': {
        const operand = build(tree.operand);
        const items = tree.items.map(build);
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
        const condition = build(tree.condition);
        const then = build(tree.then);
        const otherwise = build(tree.otherwise);
        const c = condition.run;
        const a = then.run;
        const b = otherwise.run;
        return folded((e, m) => (c(e, m) ? a(e, m) : b(e, m)), condition, then, otherwise);
      }
      case 'call': {
        const args = tree.args.map(build);
        const gathers = meaning.gathers.get(tree);
        return gathers
          ? { run: gather(gathers, args[0]?.run) }
          : folded(
              call(
                tree,
                args.map((arg) => arg.run as Run<number>),
              ),
              ...args,
            );
      }
    }
    tree satisfies never;
  }

  function comparison(tree: ComparisonTree): Piece {
    const left = build(tree.left);
    const right = build(tree.right);
    const l = left.run as Run<number>;
    const r = right.run as Run<number>;
    const c = right.fixed as number;
    // Strings and booleans only meet === and !==, which serve all three kinds.
    const run = right.fixed === undefined ? against(tree.operator, l, r) : againstConstant(tree.operator, l, c);
    return folded(run, left, right);
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

function against(operator: ComparisonTree['operator'], l: Run<number>, r: Run<number>): Run<boolean> {
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

function againstConstant(operator: ComparisonTree['operator'], l: Run<number>, c: number): Run<boolean> {
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
  switch (verb) {
    case 'max':
      return (e) => {
        let most = -Infinity;
        for (let i = 0, n = group.size(e); i < n; i++) most = Math.max(most, x(e, group.member(e, i)));
        return most;
      };
    case 'min':
      return (e) => {
        let least = Infinity;
        for (let i = 0, n = group.size(e); i < n; i++) least = Math.min(least, x(e, group.member(e, i)));
        return least;
      };
    case 'sum':
      return (e) => {
        let sum = 0;
        for (let i = 0, n = group.size(e); i < n; i++) sum += x(e, group.member(e, i));
        return sum;
      };
    case 'mean':
      return (e) => {
        const n = group.size(e);
        let sum = 0;
        for (let i = 0; i < n; i++) sum += x(e, group.member(e, i));
        return sum / n;
      };
    case 'count':
      if (!asked) return (e) => group.size(e);
      return (e) => {
        let count = 0;
        for (let i = 0, n = group.size(e); i < n; i++) if (holds(e, group.member(e, i))) count++;
        return count;
      };
    case 'any':
      return (e) => {
        for (let i = 0, n = group.size(e); i < n; i++) if (holds(e, group.member(e, i))) return true;
        return false;
      };
    case 'all':
      return (e) => {
        for (let i = 0, n = group.size(e); i < n; i++) if (!holds(e, group.member(e, i))) return false;
        return true;
      };
  }
}
