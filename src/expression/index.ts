/** The small language of guards, constraints, events, expectations, breakpoints and watches. */
export {
  type Compiled,
  type Condition,
  compile,
  condition,
  type Expression,
  type Quantity,
  quantity,
} from './compile.ts';
export { ANY_INPUT, type Conjunct } from './conjuncts.ts';
export type { Comparison, Explanation } from './explain.ts';
export { format } from './format.ts';
export { FUNCTIONS } from './functions.ts';
export { parse } from './parse.ts';
export { caret, type Problem } from './problem.ts';
export { didYouMean, suggest } from './suggest.ts';
export type { ComparisonOperator, Tree } from './tree.ts';
export { children, same } from './tree.ts';
export {
  describe,
  type ExprKind,
  type ExprValue,
  type Group,
  type Name,
  type Vocabulary,
  type VocabularyRow,
} from './vocabulary.ts';
