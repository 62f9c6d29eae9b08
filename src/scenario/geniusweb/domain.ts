import { MOST_ISSUES } from '../genius/domain.ts';
import type { Problems, Source } from '../genius/problem.ts';
import { add, compare, type Decimal, quotient, subtract, times, toDecimal, toNumber } from './decimals.ts';
import { type JsonNode, type JsonObject, member } from './json.ts';

/** An issue of a GeniusWeb domain: a set of texts, or the numbers of an even range. */
export interface WebIssue {
  readonly name: string;
  readonly values: readonly string[] | readonly number[];
  readonly range?: WebRange;
}

export interface WebRange {
  readonly low: Decimal;
  readonly high: Decimal;
  readonly step: Decimal;
}

const MOST_VALUES = 2_000;

/** Reads `{ "name": ..., "issuesValues": { issue: { "values": [...] } | { "range": [low, high, step] } } }`, issues in the order of the file. */
export function readWebDomain(
  source: Source,
  root: JsonNode | undefined,
  problems: Problems,
): { readonly name: string; readonly issues: WebIssue[] } | undefined {
  if (root === undefined) return undefined;
  const listed = member(root, 'issuesValues');
  if (listed?.kind !== 'object') {
    const profile = root.kind === 'object' && [...root.members.keys()].some((key) => key.endsWith('UtilitySpace'));
    const hint = profile ? 'this looks like a profile: the domain comes first, then the profiles' : undefined;
    const message = 'a GeniusWeb domain has a member "issuesValues" with an object of issues';
    problems.add(source, (listed ?? root).offset, 'not-a-domain', message, hint);
    return undefined;
  }
  const before = problems.list.length;
  if (listed.members.size > MOST_ISSUES) {
    const message = `there are ${listed.members.size} issues; a scenario holds at most ${MOST_ISSUES}`;
    problems.add(source, listed.offset, 'too-many-issues', message);
    return undefined;
  }
  if (listed.members.size === 0) problems.add(source, listed.offset, 'no-issues', 'the domain has no issues');
  const issues = [...listed.members].map(([name, node]) => issueOf(source, name, node, problems));
  if (problems.list.length > before) return undefined;
  const name = member(root, 'name');
  return { name: name?.kind === 'string' ? name.text : '', issues: issues.map((issue) => issue!) };
}

function issueOf(source: Source, name: string, node: JsonNode, problems: Problems): WebIssue | undefined {
  const values = member(node, 'values');
  const range = member(node, 'range');
  if (range) return rangeIssue(source, name, range, problems);
  if (values?.kind !== 'array') {
    const message = `the issue "${name}" has neither "values" nor a "range"`;
    problems.add(source, node.offset, 'no-values', message);
    return undefined;
  }
  const texts: string[] = [];
  for (const item of values.items) {
    if (item.kind !== 'string' && item.kind !== 'number') {
      problems.add(source, item.offset, 'not-a-value', `a value of the issue "${name}" is not a text`);
    } else if (texts.includes(item.text)) {
      const message = `the value "${item.text}" is listed twice for the issue "${name}"`;
      problems.add(source, item.offset, 'duplicate-value', message);
    } else texts.push(item.text);
    if (texts.length > MOST_VALUES) {
      const message = `the issue "${name}" has more than ${MOST_VALUES} values, the most that is read`;
      problems.add(source, values.offset, 'too-many-values', message);
      return undefined;
    }
  }
  if (texts.length === 0) problems.add(source, values.offset, 'no-values', `the issue "${name}" has no values`);
  return { name, values: texts };
}

/** A range as `[low, high, step]` or `{ low, high, step }`, in decimals: low, low + step, ... up to high. */
function rangeIssue(source: Source, name: string, node: JsonNode, problems: Problems): WebIssue | undefined {
  const parts = ['low', 'high', 'step'].map((part, i) =>
    node.kind === 'array' ? node.items.at(i) : member(node as JsonObject, part),
  );
  const [low, high, step] = parts.map((part) => decimalOf(part));
  if (low === undefined || high === undefined || step === undefined) {
    const message = `the range of the issue "${name}" needs three numbers: low, high and step`;
    problems.add(source, node.offset, 'not-a-number', message);
    return undefined;
  }
  const nothing = { digits: 0n, scale: 0 };
  if (compare(step, nothing) <= 0 || compare(high, low) <= 0) {
    const message = `the range of the issue "${name}" must rise in positive steps`;
    problems.add(source, node.offset, 'empty-range', message);
    return undefined;
  }
  const steps = quotient(subtract(high, low), step);
  if (steps >= MOST_VALUES) {
    const message = `the issue "${name}" has ${steps + 1n} values; at most ${MOST_VALUES} are read`;
    problems.add(source, node.offset, 'too-many-values', message);
    return undefined;
  }
  const values = Array.from({ length: Number(steps) + 1 }, (_, i) =>
    toNumber(add(low, times(step, { digits: BigInt(i), scale: 0 }))),
  );
  return { name, values, range: { low, high, step } };
}

/** A number, also one written as a text, as GeniusWeb writes them. */
export const decimalOf = (node: JsonNode | undefined): Decimal | undefined =>
  node?.kind === 'number' || node?.kind === 'string' ? toDecimal(node.text) : undefined;
