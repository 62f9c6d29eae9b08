import type { Meaning } from './check.ts';
import { closures } from './closures.ts';
import { children, type Tree } from './tree.ts';

/** One of the parts of a condition that must all hold. */
export interface Conjunct<E> {
  holds(env: E): boolean;
  /** The inputs of the environment that decide it, one bit each: while they stay as they are, it comes out the same. */
  readonly inputs: number;
}

/** Every input there may be: what nothing is known of. */
export const ANY_INPUT = -1;

/**
 * A condition taken apart at its outermost `&&`, left to right: it holds when all parts hold, and when it does not, the first part that does not is reason enough,
 * so that only what that part reads could change the answer.
 */
export function conjuncts<E>(tree: Tree, meaning: Meaning): readonly Conjunct<E>[] {
  if (tree.type === 'logic' && tree.operator === '&&')
    return [...conjuncts<E>(tree.left, meaning), ...conjuncts<E>(tree.right, meaning)];
  return [{ holds: closures(tree, meaning) as (env: E) => boolean, inputs: inputsOf(tree, meaning) }];
}

function inputsOf(tree: Tree, meaning: Meaning): number {
  let inputs = 0;
  if (tree.type === 'name') inputs = meaning.names.get(tree)!.name.inputs ?? ANY_INPUT;
  if (tree.type === 'call') {
    const gathered = meaning.gathers.get(tree);
    if (gathered) inputs = gathered.group.inputs ?? ANY_INPUT;
  }
  for (const child of children(tree)) inputs |= inputsOf(child, meaning);
  return inputs;
}
