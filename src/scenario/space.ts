import { ISSUES } from '../catalog.ts';
import { decimalText } from '../domain/decimal_text.ts';
import type { Flaw, Issue } from '../domain/issue.ts';
import { LARGEST_SPACE, OutcomeSpace, type Rule } from '../domain/outcome_space.ts';
import { type Condition, condition } from '../expression/index.ts';
import { constraintVocabulary } from '../session/vocabulary.ts';
import { EVERYTHING, expressionFlaws, twice } from './flaws.ts';
import type { ScenarioSpec } from './schema.ts';

/** A constraint, compiled: whether it lets an outcome, by its levels, on the table. */
export interface Constraint extends Rule {
  readonly id: string;
  readonly source: string;
  readonly because?: string;
}

/** What is on the table. After mistakes it is what could be understood, so that the rest of the file can still be checked. */
export interface Ground {
  readonly space: OutcomeSpace;
  readonly constraints: readonly Constraint[];
  /** Issues that could not be made: what is said of them elsewhere follows from that. */
  readonly lost: readonly string[];
}

/** The outcome space of a scenario, or what stands in its way. */
export function makeSpace(spec: ScenarioSpec, flaws: Flaw[]): Ground | undefined {
  const { issues, lost } = makeIssues(spec, flaws);
  if (issues.length === 0) return undefined;
  const size = issues.reduce((product, issue) => product * issue.size, 1);
  if (size > LARGEST_SPACE) {
    const sizes = issues.map((issue) => `${issue.id} ${issue.size}`).join(' x ');
    flaws.push({
      path: ['issues'],
      code: 'space-too-large',
      message: `these issues make ${decimalText(size, 0, 0)} outcomes, and at most ${decimalText(LARGEST_SPACE, 0, 0)} can be valued`,
      hint: `use fewer or coarser levels: ${sizes}`,
    });
    return undefined;
  }
  const constraints = makeConstraints(spec, issues, flaws);
  const space = new OutcomeSpace(issues, constraints);
  if (space.allowed.length === 0) {
    const alone = constraints.find((one) => new OutcomeSpace(issues, [one]).allowed.length === 0);
    const at = alone ? spec.constraints.findIndex(({ id }) => id === alone.id) : -1;
    flaws.push({
      path:
        at < 0
          ? ['constraints']
          : ['constraints', at, spec.constraints[at].forbid === undefined ? 'require' : 'forbid'],
      code: 'nothing-allowed',
      message: alone
        ? `the constraint "${alone.id}" alone forbids all ${size} outcomes`
        : `the constraints together forbid all ${size} outcomes`,
      hint: 'at least one outcome must stay on the table',
    });
    return undefined;
  }
  return { space, constraints, lost };
}

function makeIssues(spec: ScenarioSpec, flaws: Flaw[]): { issues: Issue[]; lost: string[] } {
  const lost: string[] = [];
  const parties = spec.parties.map((party) => party.id);
  const doubled = twice(spec.issues, ['issues'], 'issue');
  // Which name was meant cannot be known, so whatever name is not found elsewhere follows from this.
  if (doubled.length > 0) lost.push(EVERYTHING);
  flaws.push(...doubled);
  const issues: Issue[] = [];
  for (const [i, given] of spec.issues.entries()) {
    if (WORDS.has(given.id)) {
      lost.push(EVERYTHING);
      flaws.push({
        path: ['issues', i, 'id'],
        code: 'reserved-word',
        message: `"${given.id}" is a word of the expression language, so no issue can be called by it`,
      });
    }
    const result = ISSUES.get(given.kind)!.make(given, parties);
    if (result.ok) {
      if (!issues.some((issue) => issue.id === given.id)) issues.push(result.made);
      continue;
    }
    lost.push(given.id);
    flaws.push(...result.flaws.map((flaw) => ({ ...flaw, path: ['issues', i, ...flaw.path] })));
  }
  return { issues, lost };
}

const WORDS = new Set(['true', 'false', 'and', 'or', 'not', 'in']);

function makeConstraints(spec: ScenarioSpec, issues: readonly Issue[], flaws: Flaw[]): Constraint[] {
  flaws.push(...twice(spec.constraints, ['constraints'], 'constraint'));
  const vocabulary = constraintVocabulary({ issues });
  const constraints: Constraint[] = [];
  for (const [i, given] of spec.constraints.entries()) {
    const { id, forbid, require, because } = given;
    if ((forbid === undefined) === (require === undefined)) {
      flaws.push({
        path: ['constraints', i],
        code: 'forbid-or-require',
        message: `the constraint "${id}" needs either "forbid" or "require"`,
      });
      continue;
    }
    const source = (forbid ?? require)!;
    const compiled = condition(source, vocabulary);
    if (!compiled.ok) {
      const path = ['constraints', i, forbid === undefined ? 'require' : 'forbid'];
      flaws.push(...expressionFlaws(compiled.problems, path));
      continue;
    }
    const named = issuesOf(compiled.expression.names, issues);
    const holds = tabled(compiled.expression, issues, named);
    const allows = forbid === undefined ? holds : (levels: ArrayLike<number>) => !holds(levels);
    constraints.push({ id, source, ...(because !== undefined && { because }), last: named.at(-1) ?? 0, allows });
  }
  return constraints;
}

/** A table larger than this would cost more than it saves. */
const LARGEST_TABLE = 100_000;

/** A condition worked out once for every combination of the issues it names: a look-up for each of millions of outcomes. */
function tabled(
  expression: Condition<ArrayLike<number>>,
  issues: readonly Issue[],
  named: readonly number[],
): (levels: ArrayLike<number>) => boolean {
  const sizes = named.map((at) => issues[at].size);
  const cells = sizes.reduce((product, size) => product * size, 1);
  if (cells > LARGEST_TABLE) return expression.holds;
  const table = new Uint8Array(cells);
  const levels = new Int32Array(issues.length);
  for (let cell = 0; cell < cells; cell++) {
    let rest = cell;
    for (const [k, at] of named.entries()) {
      levels[at] = rest % sizes[k];
      rest = Math.trunc(rest / sizes[k]);
    }
    table[cell] = expression.holds(levels) ? 1 : 0;
  }
  return (given) => {
    let cell = 0;
    for (let k = named.length - 1; k >= 0; k--) cell = cell * sizes[k] + given[named[k]];
    return table[cell] === 1;
  };
}

/** Positions of the issues that a condition names, ascending. */
const issuesOf = (names: readonly string[], issues: readonly Issue[]): number[] =>
  issues.flatMap(({ id }, at) => (names.some((name) => name === id || name.startsWith(`${id}.`)) ? [at] : []));
