import { FUNCTIONS } from './functions.ts';
import { type Problem, quote } from './problem.ts';
import { didYouMean } from './suggest.ts';
import type { CallTree, ComparisonTree, MembershipTree, NameTree, Span, Tree } from './tree.ts';
import { type ExprKind, type Group, type Name, VERBS, type Verb, type Vocabulary } from './vocabulary.ts';

/** What the names of a tree stand for. Environments have lost their type here: `compile` puts it back. */
export interface Meaning {
  readonly kind: ExprKind;
  /** Every name used, sorted: `time`; for a group `others`, and `others.concession` for what it asks of a member. */
  readonly used: readonly string[];
  readonly names: ReadonlyMap<NameTree, { readonly name: Name<unknown>; readonly ofMember: boolean }>;
  readonly gathers: ReadonlyMap<CallTree, Gather>;
}

/** A question to a group. */
export interface Gather {
  readonly group: Group<unknown, unknown>;
  readonly verb: Verb;
}

/** More than this many problems in one expression help nobody. */
const MOST = 20;

/** Resolves every name and settles every kind, or says all that stands in the way. */
export function check<E>(
  tree: Tree,
  vocabulary: Vocabulary<E>,
  expected?: ExprKind,
): { ok: true; meaning: Meaning } | { ok: false; problems: Problem[] } {
  const problems = new Map<string, Problem>();
  const used = new Set<string>();
  const names = new Map<NameTree, { name: Name<unknown>; ofMember: boolean }>();
  const gathers = new Map<CallTree, Gather>();
  const outer = vocabulary.names as Readonly<Record<string, Name<unknown>>>;
  const groups = (vocabulary.groups ?? {}) as Readonly<Record<string, Group<unknown, unknown>>>;
  type Inside = { readonly id: string; readonly group: Group<unknown, unknown> } | undefined;

  const kind = kindOf(tree, undefined);
  if (expected !== undefined && kind !== undefined && kind !== expected) {
    const hint = expected === 'boolean' && kind === 'number' ? COMPARE : undefined;
    problem('wrong-kind', tree, `a ${expected} is needed here, and this is a ${kind}`, hint);
  }
  if (problems.size > 0 || kind === undefined) {
    return { ok: false, problems: [...problems.values()].sort((a, b) => a.at - b.at).slice(0, MOST) };
  }
  return { ok: true, meaning: { kind, used: [...used].sort(), names, gathers } };

  /** Undefined where a problem below has been told already, so that one mistake is one problem. */
  function kindOf(tree: Tree, inside: Inside): ExprKind | undefined {
    switch (tree.type) {
      case 'number':
      case 'boolean':
      case 'string':
        return tree.type;
      case 'name':
        return nameKind(tree, inside);
      case 'unary': {
        const kind = tree.operator === '-' ? 'number' : 'boolean';
        return want(kind, tree.operand, inside, tree.operator) ? kind : undefined;
      }
      case 'binary':
        want('number', tree.left, inside, tree.operator);
        want('number', tree.right, inside, tree.operator);
        return 'number';
      case 'logic':
        want('boolean', tree.left, inside, tree.operator);
        want('boolean', tree.right, inside, tree.operator);
        return 'boolean';
      case 'comparison':
        compared(tree, inside);
        return 'boolean';
      case 'membership':
        listed(tree, inside);
        return 'boolean';
      case 'choice': {
        want('boolean', tree.condition, inside, '?');
        const then = kindOf(tree.then, inside);
        const otherwise = kindOf(tree.otherwise, inside);
        if (then && otherwise && then !== otherwise) {
          problem(
            'kinds-differ',
            tree.otherwise,
            `both arms of a choice are of one kind; these are ${then} and ${otherwise}`,
          );
          return undefined;
        }
        return then && otherwise;
      }
      case 'call':
        return callKind(tree, inside);
    }
    tree satisfies never;
  }

  function want(kind: ExprKind, tree: Tree, inside: Inside, by: string): boolean {
    const found = kindOf(tree, inside);
    if (found === undefined || found === kind) return true;
    const hint = found === 'string' ? TEXT : by === '!' ? OPPOSITE : kind === 'boolean' ? COMPARE : undefined;
    problem('wrong-kind', tree, `${by} works on a ${kind}, and this is a ${found}`, hint);
    return false;
  }

  function nameKind(tree: NameTree, inside: Inside): ExprKind | undefined {
    const { path } = tree;
    const ofMember = inside !== undefined && Object.hasOwn(inside.group.names, path);
    if (ofMember || Object.hasOwn(outer, path)) {
      const name = ofMember ? inside.group.names[path] : outer[path];
      names.set(tree, { name, ofMember });
      used.add(ofMember ? `${inside.id}.${path}` : path);
      return name.kind;
    }
    problem('unknown-name', tree, `there is no name ${quote(path)} here`, nameHint(path, inside));
    return undefined;
  }

  function nameHint(path: string, inside: Inside): string | undefined {
    if (Object.hasOwn(groups, path)) return `a group is asked a question: ${path}.count()`;
    if (Object.hasOwn(FUNCTIONS, path)) return `a function takes its arguments in parentheses: ${path}(...)`;
    const known = [...Object.keys(inside?.group.names ?? {}), ...Object.keys(outer)];
    const below = known.filter((name) => name.startsWith(`${path}.`)).sort();
    if (below.length > 0) return `it has ${some(below)}`;
    for (const [id, group] of Object.entries(groups)) {
      if (!inside && Object.hasOwn(group.names, path)) return `a member has it: ${id}.max(${path}), for example`;
      const [, verb, ...rest] = path.startsWith(`${id}.`) ? path.slice(id.length).split('.') : [];
      if (verb !== undefined && Object.hasOwn(VERBS, verb) && rest.length === 0) return `write ${path}(...)`;
    }
    return didYouMean(path, [...known, ...Object.keys(groups)]);
  }

  function compared(tree: ComparisonTree, inside: Inside): void {
    const { left, right, operator } = tree;
    if (operator !== '==' && operator !== '!=') {
      want('number', left, inside, operator);
      want('number', right, inside, operator);
      return;
    }
    if (bareWord(left, right, inside) || bareWord(right, left, inside)) return;
    const one = kindOf(left, inside);
    const other = kindOf(right, inside);
    if (one && other && one !== other) {
      problem('kinds-differ', tree, `a ${one} is never equal to a ${other}`, quoted(one, other));
      return;
    }
    optionsHold(left, right);
    optionsHold(right, left);
  }

  function listed(tree: MembershipTree, inside: Inside): void {
    const kind = kindOf(tree.operand, inside);
    for (const item of tree.items) {
      if (bareWord(item, tree.operand, inside)) continue;
      const other = kindOf(item, inside);
      if (kind && other && kind !== other) {
        problem('kinds-differ', item, `a ${kind} is looked for, and this is a ${other}`, quoted(kind, other));
      } else optionsHold(tree.operand, item);
    }
  }

  /** `stance == anchoring`: an unknown name that is one of the other side's options only lacks its quotes. */
  function bareWord(tree: Tree, against: Tree, inside: Inside): boolean {
    if (tree.type !== 'name' || Object.hasOwn(outer, tree.path)) return false;
    if (inside && Object.hasOwn(inside.group.names, tree.path)) return false;
    if (kindOf(against, inside) !== 'string' || !options(against)?.includes(tree.path)) return false;
    problem('unknown-name', tree, `there is no name ${quote(tree.path)} here`, `text stands in quotes: '${tree.path}'`);
    return true;
  }

  /** Every text or number that `value` can be must be one of those that `of` can be, where these are known: anything else is a typing mistake. */
  function optionsHold(of: Tree, value: Tree): void {
    const levels = of.type === 'name' ? names.get(of)?.name.levels : undefined;
    if (levels && value.type === 'number' && !levels.includes(value.value)) {
      problem('unknown-level', value, `this is never ${value.value}`, `its levels are ${some(levels.map(String))}`);
    }
    const allowed = options(of);
    if (allowed === undefined) return;
    for (const literal of literals(value)) {
      if (allowed.includes(literal.value)) continue;
      const hint = didYouMean(literal.value, allowed) ?? `it is one of ${some(allowed)}`;
      problem('unknown-option', literal, `this is never ${quote(literal.value)}`, hint);
    }
  }

  function options(tree: Tree): readonly string[] | undefined {
    if (tree.type === 'name') return names.get(tree)?.name.options;
    if (tree.type !== 'choice') return undefined;
    const then = options(tree.then);
    const otherwise = options(tree.otherwise);
    return then && otherwise && [...then, ...otherwise];
  }

  function callKind(tree: CallTree, inside: Inside): ExprKind | undefined {
    const dot = tree.callee.lastIndexOf('.');
    if (dot >= 0) return gatherKind(tree, tree.callee.slice(0, dot), tree.callee.slice(dot + 1), inside);
    const span = { at: tree.at, length: tree.callee.length };
    if (!Object.hasOwn(FUNCTIONS, tree.callee)) {
      const hint = Object.hasOwn(outer, tree.callee)
        ? 'it is a name: leave the parentheses out'
        : didYouMean(tree.callee, [...Object.keys(FUNCTIONS), ...questions()]);
      problem('unknown-function', span, `there is no function ${quote(tree.callee)}`, hint);
      for (const arg of tree.args) kindOf(arg, inside);
      return undefined;
    }
    const { least, most, doc } = FUNCTIONS[tree.callee];
    const given = tree.args.length;
    if (given < least || given > most) {
      const takes = least === most ? `${least}` : `at least ${least}`;
      problem('arity', tree, `${tree.callee} takes ${takes} argument${takes === '1' ? '' : 's'}, not ${given}`, doc);
    }
    for (const arg of tree.args) want('number', arg, inside, tree.callee);
    return 'number';
  }

  function gatherKind(tree: CallTree, id: string, verb: string, inside: Inside): ExprKind | undefined {
    const span = { at: tree.at, length: tree.callee.length };
    if (!Object.hasOwn(groups, id)) {
      problem('unknown-group', span, `there is no group ${quote(id)}`, didYouMean(tree.callee, questions()));
      return undefined;
    }
    if (!Object.hasOwn(VERBS, verb)) {
      const verbs = Object.keys(VERBS);
      const hint = didYouMean(verb, verbs) ?? `ask ${some(verbs)}`;
      problem('unknown-function', span, `a group is not asked for ${quote(verb)}`, hint);
      return undefined;
    }
    const { takes, gives } = VERBS[verb as Verb];
    if (inside) {
      problem('nested-group', span, 'a group cannot be asked inside a question to a group', 'ask one after the other');
      return gives;
    }
    const group = groups[id];
    gathers.set(tree, { group, verb: verb as Verb });
    used.add(id);
    const alone = tree.args.length === 0 && verb === 'count';
    if (tree.args.length !== 1 && !alone) {
      const hint = takes === 'number' ? 'what of each member?' : 'which condition on each member?';
      problem('arity', tree, `${verb} takes 1 argument, not ${tree.args.length}`, hint);
    }
    for (const arg of tree.args) want(takes, arg, { id, group }, tree.callee);
    return gives;
  }

  function questions(): string[] {
    return Object.keys(groups).flatMap((id) => Object.keys(VERBS).map((verb) => `${id}.${verb}`));
  }

  /** The middle of a range is visited twice and reported once. */
  function problem(code: string, { at, length }: Span, message: string, hint?: string): void {
    const key = `${code} ${at} ${length}`;
    if (problems.has(key) || problems.size >= MOST) return;
    problems.set(key, { code, at, length, message, ...(hint === undefined ? {} : { hint }) });
  }
}

const TEXT = 'text can only be compared, with ==, != or in';
const OPPOSITE = 'the opposite of a comparison is written !(a > b) or not a > b';
const COMPARE = 'compare it with something: ... > 0';

const quoted = (a: ExprKind, b: ExprKind) =>
  a !== 'string' && b !== 'string' ? undefined : 'text stands in quotes, numbers and true or false do not';

function some(words: readonly string[]): string {
  return words.length > 8 ? `${words.slice(0, 8).join(', ')} ...` : words.join(', ');
}

/** The texts an expression can come out as, as far as they stand in it. */
function literals(tree: Tree): Extract<Tree, { type: 'string' }>[] {
  if (tree.type === 'string') return [tree];
  return tree.type === 'choice' ? [...literals(tree.then), ...literals(tree.otherwise)] : [];
}
