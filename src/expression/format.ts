import { LEVEL, range, type Tree } from './tree.ts';

/**
 * The canonical source of a tree: one way of spacing, symbols for the words, only the parentheses that are needed, ranges written as ranges.
 * `parse(format(tree))` says the same as `tree` (a law), as long as the text stays within the limits of a source.
 */
export function format(tree: Tree): string {
  switch (tree.type) {
    case 'number':
    case 'boolean':
      return String(tree.value);
    case 'string':
      return `'${tree.value.replace(/[\\'\n\r\t]/g, (c) => ESCAPED[c])}'`;
    case 'name':
      return tree.path;
    case 'unary':
      return `${tree.operator}${within(tree.operand, LEVEL.unary)}`;
    case 'binary':
      return `${within(tree.left, level(tree))} ${tree.operator} ${within(tree.right, level(tree) + 1)}`;
    case 'comparison':
      return `${within(tree.left, LEVEL.sum)} ${tree.operator} ${within(tree.right, LEVEL.sum)}`;
    case 'logic': {
      const ranked = range(tree);
      if (!ranked) return `${within(tree.left, level(tree))} ${tree.operator} ${within(tree.right, level(tree) + 1)}`;
      const steps = ranked.map(({ operator, right }) => ` ${operator} ${within(right, LEVEL.sum)}`);
      return `${within(ranked[0].left, LEVEL.sum)}${steps.join('')}`;
    }
    case 'membership':
      return `${within(tree.operand, LEVEL.sum)} ${tree.negated ? 'not in' : 'in'} [${tree.items.map(format).join(', ')}]`;
    case 'choice':
      return `${within(tree.condition, LEVEL.or)} ? ${format(tree.then)} : ${format(tree.otherwise)}`;
    case 'call':
      return `${tree.callee}(${tree.args.map(format).join(', ')})`;
  }
  tree satisfies never;
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function within(tree: Tree, least: number): string {
  return level(tree) < least ? `(${format(tree)})` : format(tree);
}

function level(tree: Tree): number {
  switch (tree.type) {
    case 'unary':
      return LEVEL.unary;
    case 'binary':
      return tree.operator === '+' || tree.operator === '-' ? LEVEL.sum : LEVEL.product;
    case 'comparison':
    case 'membership':
      return LEVEL.comparison;
    case 'logic':
      if (tree.operator === '||') return LEVEL.or;
      return range(tree) ? LEVEL.comparison : LEVEL.and;
    case 'choice':
      return LEVEL.choice;
    default:
      return LEVEL.atom;
  }
}
