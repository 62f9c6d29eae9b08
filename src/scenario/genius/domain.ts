import { fileName } from './identifiers.ts';
import { decimal, whole } from './numbers.ts';
import type { Problems, Source } from './problem.ts';
import { childrenNamed, readXml, type XmlElement } from './xml.ts';

/** An issue as a GENIUS domain file declares it. `index` is what profiles and their weights refer to. */
export interface GeniusIssue {
  readonly index: number;
  readonly name: string;
  readonly values: readonly string[] | readonly number[];
  /** The bounds of an integer or a real issue. */
  readonly range?: Range;
  readonly type: IssueType;
}

export type IssueType = 'discrete' | 'integer' | 'real';

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** How many values a real issue is cut into. */
export const REAL_STEPS = 20;

/** More values than this a scenario's numeric issue cannot list. */
const MOST_VALUES = 2_000;

/** What the schema of a scenario allows. */
export const MOST_ISSUES = 40;

/** Reads `<negotiation_template><utility_space><objective><issue .../>...`, in document order, which is the order of the outcome index. */
export function readDomain(source: Source, problems: Problems): GeniusIssue[] | undefined {
  const root = readXml(source, problems);
  if (root === undefined) return undefined;
  const objective = root.name === 'negotiation_template' ? objectiveOf(source, root, problems) : undefined;
  if (root.name !== 'negotiation_template') {
    const hint =
      root.name === 'utility_space'
        ? 'this looks like a profile: the domain comes first, then the profiles'
        : 'a GENIUS domain begins with <negotiation_template>';
    problems.add(source, root.offset, 'not-a-domain', `the file begins with <${root.name}>`, hint);
  }
  if (objective === undefined) return undefined;
  const elements = childrenNamed(objective, 'issue');
  if (elements.length === 0) problems.add(source, objective.offset, 'no-issues', 'the domain has no issues');
  if (!fewEnough(source, objective, elements, problems)) return undefined;
  const issues = elements.map((element, at) => issueOf(source, element, at, problems));
  duplicates(source, elements, issues, problems);
  return problems.any ? undefined : issues.filter((issue) => issue !== undefined);
}

/** Refuses more issues than a scenario holds before anything is compared with anything. */
export function fewEnough(source: Source, at: XmlElement, issues: readonly unknown[], problems: Problems): boolean {
  if (issues.length <= MOST_ISSUES) return true;
  const message = `there are ${issues.length} issues; a scenario holds at most ${MOST_ISSUES}`;
  problems.add(source, at.offset, 'too-many-issues', message);
  return false;
}

/** The one objective that holds the issues; objectives inside it would need weights of their own. */
export function objectiveOf(source: Source, root: XmlElement, problems: Problems): XmlElement | undefined {
  const space = root.name === 'utility_space' ? root : childrenNamed(root, 'utility_space').at(0);
  const objective = space && childrenNamed(space, 'objective').at(0);
  if (objective === undefined) {
    problems.add(source, (space ?? root).offset, 'no-objective', 'there is no <objective> to hold the issues');
    return undefined;
  }
  const inner = childrenNamed(objective, 'objective').at(0);
  if (inner) {
    const message = 'objectives inside the objective are not read: only a flat list of issues has a clear sum';
    problems.add(source, inner.offset, 'nested-objective', message);
    return undefined;
  }
  return objective;
}

/** The issue's type: GENIUS writes it up to three times, `vtype` being what its loader obeys. */
export function typeOf(source: Source, element: XmlElement, problems: Problems): IssueType | undefined {
  const attribute =
    element.attributes.get('vtype') ?? element.attributes.get('type') ?? element.attributes.get('etype');
  const type = attribute?.value ?? 'discrete';
  if (type === 'discrete' || type === 'integer' || type === 'real') return type;
  const hint = 'discrete, integer and real issues are read';
  problems.add(source, attribute!.offset, 'unknown-issue-type', `"${type}" is not a type of issue`, hint);
  return undefined;
}

/** `lowerbound` and `upperbound`, on the issue or on a `<range>` inside it; undefined, without a complaint, where there are none. */
export function rangeOf(source: Source, element: XmlElement, type: IssueType, problems: Problems): Range | undefined {
  const holder = element.attributes.has('lowerbound') ? element : childrenNamed(element, 'range').at(0);
  if (holder === undefined) return undefined;
  const bound = (name: string) => {
    const attribute = holder.attributes.get(name);
    const value = type === 'integer' ? whole(attribute?.value) : decimal(attribute?.value);
    if (value === undefined) {
      const kind = type === 'integer' ? 'whole number' : 'number';
      const message = attribute ? `"${attribute.value}" is not a ${kind}` : `${name} is missing`;
      problems.add(source, attribute?.offset ?? holder.offset, 'not-a-number', message);
    }
    return value;
  };
  const lower = bound('lowerbound');
  const upper = bound('upperbound');
  if (lower === undefined || upper === undefined) return undefined;
  if (lower < upper || (type === 'integer' && lower === upper)) return { lower, upper };
  problems.add(source, holder.offset, 'empty-range', `the range from ${lower} to ${upper} is empty`);
  return undefined;
}

function issueOf(source: Source, element: XmlElement, at: number, problems: Problems): GeniusIssue | undefined {
  const name = element.attributes.get('name')?.value;
  const type = typeOf(source, element, problems);
  const index = indexOf(source, element, at + 1, problems);
  if (name === undefined) problems.add(source, element.offset, 'issue-without-name', 'an issue has no name');
  if (name === undefined || type === undefined || index === undefined) return undefined;
  if (type === 'discrete') {
    const values = valuesOf(source, element, name, problems);
    return values && { index, name, values, type };
  }
  const before = problems.list.length;
  const range = rangeOf(source, element, type, problems);
  if (range === undefined) {
    if (problems.list.length > before) return undefined;
    const message = `the issue "${name}" has neither lowerbound and upperbound nor a <range>`;
    problems.add(source, element.offset, 'missing-range', message);
    return undefined;
  }
  const values = type === 'integer' ? integers(range) : cuts(range);
  if (values === undefined) {
    const message = `the issue "${name}" has ${range.upper - range.lower + 1} values; at most ${MOST_VALUES} are read`;
    problems.add(source, element.offset, 'too-many-values', message);
    return undefined;
  }
  if (type === 'real') {
    problems.warn(
      `${fileName(source.name)}: the real issue "${name}" was cut into ${values.length} even levels from ${range.lower} to ${range.upper}`,
    );
  }
  return { index, name, values, range, type };
}

function valuesOf(source: Source, element: XmlElement, name: string, problems: Problems): string[] | undefined {
  const items = childrenNamed(element, 'item');
  if (items.length > MOST_VALUES) {
    const message = `the issue "${name}" has ${items.length} values; at most ${MOST_VALUES} are read`;
    problems.add(source, element.offset, 'too-many-values', message);
    return undefined;
  }
  const values: string[] = [];
  for (const item of items) {
    const value = item.attributes.get('value');
    if (value === undefined) {
      problems.add(source, item.offset, 'item-without-value', `an item of the issue "${name}" has no value`);
    } else if (values.includes(value.value)) {
      const message = `the value "${value.value}" is listed twice for the issue "${name}"`;
      problems.add(source, value.offset, 'duplicate-value', message);
    } else values.push(value.value);
  }
  if (items.length === 0) problems.add(source, element.offset, 'no-values', `the issue "${name}" has no values`);
  return values.length === items.length && values.length > 0 ? values : undefined;
}

/** An element's own `index`, or its place, from 1, where it carries none. */
export function indexOf(source: Source, element: XmlElement, place: number, problems: Problems): number | undefined {
  const attribute = element.attributes.get('index');
  if (attribute === undefined) return place;
  const index = whole(attribute.value);
  if (index === undefined) {
    problems.add(source, attribute.offset, 'not-a-number', `the index "${attribute.value}" is not a whole number`);
  }
  return index;
}

/** Two issues with one name, or one index, could not be told apart by a profile. */
export function duplicates(
  source: Source,
  elements: readonly XmlElement[],
  issues: readonly (Pick<GeniusIssue, 'name' | 'index'> | undefined)[],
  problems: Problems,
): void {
  for (const [at, issue] of issues.entries()) {
    if (issue === undefined) continue;
    const twin = issues.slice(0, at).find((other) => other?.name === issue.name || other?.index === issue.index);
    if (twin === undefined) continue;
    const what = twin.name === issue.name ? `the issue "${issue.name}"` : `the index ${issue.index}`;
    const { offset } = elements[at].attributes.get(twin.name === issue.name ? 'name' : 'index') ?? elements[at];
    problems.add(source, offset, 'duplicate-issue', `${what} is used twice`);
  }
}

function integers({ lower, upper }: Range): number[] | undefined {
  if (upper - lower + 1 > MOST_VALUES) return undefined;
  return Array.from({ length: upper - lower + 1 }, (_, i) => lower + i);
}

/** Each cut computed afresh, the ends exact, so that errors do not add up. */
function cuts({ lower, upper }: Range): number[] | undefined {
  const values = Array.from({ length: REAL_STEPS + 1 }, (_, i) =>
    i === REAL_STEPS ? upper : Number((lower + ((upper - lower) * i) / REAL_STEPS).toPrecision(12)),
  );
  values[0] = lower;
  return values.every((x, i) => i === 0 || x > values[i - 1]) ? values : undefined;
}
