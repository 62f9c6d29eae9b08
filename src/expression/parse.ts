import { type Problem, quote } from './problem.ts';
import { didYouMean } from './suggest.ts';
import { type Token, tokenize } from './token.ts';
import { type ComparisonOperator, children, direction, LEVEL, type Span, type Tree } from './tree.ts';

/** A source may have this many characters ... */
export const LONGEST = 2000;
/** ... this many parentheses, signs, choices and calls inside each other ... */
export const DEEPEST = 64;
/** ... and this many nodes once ranges are written out (they repeat their middle, so nested ranges would double without end). */
export const LARGEST = 4000;

/**
 * Reads a source into a tree, by operator precedence (Pratt 1973, https://doi.org/10.1145/512927.512931). From loose to tight:
 * `? :`, `||`, `&&`, `not`, comparisons and `in`, `+ -`, `* / %`, `-x !x`. The word `not` is looser than a comparison, as in SQL and Python;
 * the sign `!` is tighter, as in C. Comparisons do not chain, except as ranges in one direction: `0 < x <= 1` is `0 < x && x <= 1`.
 */
export function parse(source: string): { ok: true; tree: Tree } | { ok: false; problems: Problem[] } {
  if (source.length > LONGEST) {
    const message = `an expression has at most ${LONGEST} characters; this one has ${source.length}`;
    return { ok: false, problems: [{ code: 'too-long', at: LONGEST, length: source.length - LONGEST, message }] };
  }
  const cut = tokenize(source);
  if (!cut.ok) return { ok: false, problems: [cut.problem] };
  try {
    return { ok: true, tree: read(cut.tokens) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, problems: [thrown.problem] };
    throw thrown;
  }
}

/** Leaves the recursion at the first problem; never leaves this file. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const INFIX: Readonly<Record<string, number>> = {
  '?': LEVEL.choice,
  '||': LEVEL.or,
  '&&': LEVEL.and,
  '<': LEVEL.comparison,
  '<=': LEVEL.comparison,
  '>': LEVEL.comparison,
  '>=': LEVEL.comparison,
  '==': LEVEL.comparison,
  '!=': LEVEL.comparison,
  in: LEVEL.comparison,
  not: LEVEL.comparison,
  '+': LEVEL.sum,
  '-': LEVEL.sum,
  '*': LEVEL.product,
  '/': LEVEL.product,
  '%': LEVEL.product,
};

function read(tokens: readonly Token[]): Tree {
  let next = 0;
  let depth = 0;
  let nodes = 0;

  const peek = () => tokens[next];
  const is = (symbol: string, ahead = 0) => {
    const token = tokens[next + ahead];
    return token?.type === 'symbol' && token.text === symbol;
  };

  const tree = expression(0);
  if (peek().type !== 'end') unexpected();
  return tree;

  function expression(least: number): Tree {
    let left = prefix();
    for (;;) {
      const token = peek();
      const level = token.type === 'symbol' ? INFIX[token.text] : undefined;
      if (level === undefined || level < least) return left;
      if (token.text === 'not' && !is('in', 1)) return left;
      left = infix(left, token, level);
    }
  }

  function infix(left: Tree, token: Token, level: number): Tree {
    next++;
    switch (token.text) {
      case '?': {
        const then = deeper(token, () => expression(0));
        expect(':', 'a choice reads: condition ? this : that');
        const otherwise = deeper(token, () => expression(LEVEL.choice));
        return node({ type: 'choice', condition: left, then, otherwise, ...between(left, otherwise) });
      }
      case '||':
      case '&&': {
        const right = expression(level + 1);
        return node({ type: 'logic', operator: token.text, left, right, ...between(left, right) });
      }
      case 'in':
        return unchained(membership(left, false));
      case 'not':
        next++;
        return unchained(membership(left, true));
      case '+':
      case '-':
      case '*':
      case '/':
      case '%': {
        const right = expression(level + 1);
        return node({ type: 'binary', operator: token.text, left, right, ...between(left, right) });
      }
      default:
        return comparisons(left, token);
    }
  }

  function comparisons(first: Tree, token: Token): Tree {
    let operator = token.text as ComparisonOperator;
    let right = expression(LEVEL.sum);
    let all: Tree = node({ type: 'comparison', operator, left: first, right, ...between(first, right) });
    while (INFIX[peek().text] === LEVEL.comparison && peek().type === 'symbol') {
      const following = peek().text as ComparisonOperator;
      const forward = following in COMPARISONS ? direction(following) : 0;
      if (forward === 0 || forward !== direction(operator)) break;
      next++;
      const left = right;
      nodes += size(left);
      operator = following;
      right = expression(LEVEL.sum);
      const step: Tree = node({ type: 'comparison', operator, left, right, ...between(left, right) });
      all = node({ type: 'logic', operator: '&&', left: all, right: step, ...between(first, right) });
    }
    return unchained(all);
  }

  function unchained(tree: Tree): Tree {
    const token = peek();
    if (token.type !== 'symbol' || INFIX[token.text] !== LEVEL.comparison) return tree;
    const hint = 'join two comparisons with &&, or put one in parentheses';
    refuse('chained-comparison', token, 'only ranges in one direction chain, such as 0 < x <= 1', hint);
  }

  function membership(operand: Tree, negated: boolean): Tree {
    const open = expect('[', 'a list is written [a, b]');
    const items = list(open, ']');
    const close = tokens[next - 1];
    if (items.length === 0) refuse('empty-list', between(open, close), 'nothing is in an empty list');
    return node({ type: 'membership', negated, operand, items, ...between(operand, close) });
  }

  function prefix(): Tree {
    const token = peek();
    next++;
    const { at, length } = token;
    if (token.type === 'number') return node({ type: 'number', value: token.value, at, length });
    if (token.type === 'string') return node({ type: 'string', value: token.text, at, length });
    if (token.type === 'name') return is('(') ? call(token) : node({ type: 'name', path: token.text, at, length });
    switch (token.text) {
      case 'true':
      case 'false':
        return node({ type: 'boolean', value: token.text === 'true', at, length });
      case '-':
      case '!':
      case 'not': {
        const operator = token.text === '-' ? '-' : '!';
        const operand = deeper(token, () => expression(token.text === 'not' ? LEVEL.comparison : LEVEL.unary));
        return node({ type: 'unary', operator, operand, ...between(token, operand) });
      }
      case '(': {
        const inner = deeper(token, () => expression(0));
        closing(token, ')');
        return { ...inner, ...between(token, tokens[next - 1]) };
      }
    }
    next--;
    return missing(token);
  }

  function call(name: Token): Tree {
    const open = peek();
    next++;
    const args = list(open, ')');
    return node({ type: 'call', callee: name.text, args, ...between(name, tokens[next - 1]) });
  }

  function list(open: Token, close: string): Tree[] {
    const items: Tree[] = [];
    if (is(close)) next++;
    else {
      items.push(deeper(open, () => expression(0)));
      while (is(',')) {
        next++;
        items.push(deeper(open, () => expression(0)));
      }
      closing(open, close);
    }
    return items;
  }

  function deeper(token: Span, inner: () => Tree): Tree {
    if (++depth > DEEPEST) refuse('too-deep', token, `an expression nests at most ${DEEPEST} deep`);
    const tree = inner();
    depth--;
    return tree;
  }

  function node(tree: Tree): Tree {
    if (++nodes > LARGEST)
      refuse(
        'too-large',
        tree,
        'the ranges in this expression repeat too much',
        'shorten what stands between the signs',
      );
    return tree;
  }

  function expect(symbol: string, hint: string): Token {
    const token = peek();
    if (!is(symbol)) refuse('unexpected', token, `expected ${symbol} here, found ${shown(token)}`, hint);
    next++;
    return token;
  }

  function closing(open: Token, symbol: string): void {
    if (is(symbol)) next++;
    else if (peek().type === 'end') refuse('unbalanced', open, `this ${open.text} is never closed`, `add a ${symbol}`);
    else unexpected();
  }

  /** An operand should begin at this token, and does not. */
  function missing(token: Token): never {
    const before = tokens[next - 1];
    if (tokens.length === 1) refuse('empty', token, 'there is no expression here', 'for example time > 0.8');
    const hint = BETWEEN[`${before?.text}${token.text}`] ?? (before?.text === '%' ? PERCENT : undefined);
    if (before === undefined && token.text === ')') unexpected();
    refuse('missing-operand', token, `a value is missing here, before ${shown(token)}`, hint);
  }

  /** A whole expression has been read, and something follows it that cannot. */
  function unexpected(): never {
    const token = peek();
    const before = tokens[next - 1];
    if (token.text === ')' || token.text === ']') {
      if (token.type === 'symbol') refuse('unbalanced', token, `nothing is open that this ${token.text} could close`);
    }
    const numbers = token.text === ',' && before?.type === 'number' && tokens[next + 1]?.type === 'number';
    const hint = numbers
      ? 'thousands are written 82_826'
      : before?.type === 'number' && before.text.endsWith('%')
        ? 'for the remainder leave a space before the sign: 7 % 2'
        : token.type === 'name'
          ? didYouMean(token.text, ['and', 'or', 'not in', 'in'])
          : undefined;
    refuse('unexpected', token, `${shown(token)} cannot follow what stands before it`, hint);
  }
}

const COMPARISONS = { '<': 0, '<=': 0, '>': 0, '>=': 0, '==': 0, '!=': 0 } satisfies Record<ComparisonOperator, 0>;

const PERCENT = 'a percentage is written without a space: 20%';
const BETWEEN: Readonly<Record<string, string>> = {
  '**': 'there is no power operator: write x * x',
  '<>': 'write !=',
};

function refuse(code: string, span: Span, message: string, hint?: string): never {
  const { at, length } = span;
  throw new Refusal({ code, at, length: Math.max(1, length), message, ...(hint === undefined ? {} : { hint }) });
}

const between = (from: Span, to: Span): Span => ({ at: from.at, length: to.at + to.length - from.at });

const shown = (token: Token) => (token.type === 'end' ? 'the end' : quote(token.text));

const size = (tree: Tree): number => children(tree).reduce((sum, child) => sum + size(child), 1);
