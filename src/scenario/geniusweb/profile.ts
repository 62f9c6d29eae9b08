import { type AdditiveParty, utilityOf } from '../genius/additive.ts';
import { baseName, fileName } from '../genius/identifiers.ts';
import { didYouMean, type Problems, type Source } from '../genius/problem.ts';
import { add, compare, type Decimal, divide, subtract, times, toNumber } from './decimals.ts';
import { decimalOf, readWebDomain, type WebIssue } from './domain.ts';
import { type JsonNode, type JsonObject, member, readJson } from './json.ts';

/** GeniusWeb demands a sum of exactly 1; doubles that were written out may miss it by a rounding. */
export const WEIGHT_TOLERANCE = 1e-6;

/** How many decimals GeniusWeb keeps of the utility of a number. */
const PLACES = 8;

/** Reads one party's `{ "LinearAdditiveUtilitySpace": { ... } }` against the domain's issues. */
export function readWebProfile(
  source: Source,
  issues: readonly WebIssue[],
  problems: Problems,
): AdditiveParty | undefined {
  const root = readJson(source, problems);
  if (root === undefined) return undefined;
  const space = member(root, 'LinearAdditiveUtilitySpace');
  if (space?.kind !== 'object') {
    const kind = root.kind === 'object' ? [...root.members.keys()].at(0) : undefined;
    const hint = 'a profile that can be read is { "LinearAdditiveUtilitySpace": { ... } }';
    const known = kind !== undefined && /UtilitySpace|Ordering/.test(kind);
    const message = known ? `a profile of the kind "${kind}" is not read` : 'this is not a GeniusWeb profile';
    problems.add(source, root.offset, known ? 'unknown-profile' : 'not-a-profile', message, hint);
    return undefined;
  }
  const before = problems.list.length;
  sameDomain(source, space, issues, problems);
  const utilities = perIssue(source, space, 'issueUtilities', issues, problems);
  const weightNodes = perIssue(source, space, 'issueWeights', issues, problems);
  const tables = utilities && issues.map((issue, i) => tableOf(source, issue, utilities[i], problems));
  const weights = weightNodes && weightsOf(source, issues, weightNodes, problems);
  if (tables === undefined || weights === undefined || problems.list.length > before) return undefined;
  const name = member(space, 'name');
  const party: AdditiveParty = {
    name: name?.kind === 'string' && name.text.trim() !== '' ? name.text : baseName(source.name),
    weights,
    tables: tables.map((table) => table!),
    reservation: 0,
    discount: discountOf(source, space, problems),
  };
  const reservation = reservationOf(source, space, issues, party, problems);
  return problems.list.length > before ? undefined : { ...party, reservation };
}

/** A profile carries its own copy of the domain; another domain's profile would put worths on the wrong things. */
function sameDomain(source: Source, space: JsonObject, issues: readonly WebIssue[], problems: Problems): void {
  const copy = member(space, 'domain');
  if (copy === undefined) return;
  const own = readWebDomain(source, copy, problems)?.issues;
  for (const issue of own ?? []) {
    const twin = issues.find(({ name }) => name === issue.name);
    const same = twin?.values.length === issue.values.length && twin.values.every((v, i) => v === issue.values[i]);
    if (same) continue;
    const message =
      twin === undefined
        ? `the domain has no issue "${issue.name}", though this profile's copy of it has`
        : `the issue "${issue.name}" has other values in the domain than in this profile's copy of it`;
    problems.add(source, copy.offset, 'mismatched-issue', message);
  }
}

/** The members of an object by issue: one for each, and no others. */
function perIssue(
  source: Source,
  space: JsonObject,
  name: string,
  issues: readonly WebIssue[],
  problems: Problems,
): JsonNode[] | undefined {
  const node = member(space, name);
  if (node?.kind !== 'object') {
    problems.add(source, (node ?? space).offset, 'not-a-profile', `the profile has no object "${name}"`);
    return undefined;
  }
  const names = issues.map((issue) => issue.name);
  const before = problems.list.length;
  for (const [given, { offset }] of node.members) {
    if (names.includes(given)) continue;
    const hint = didYouMean(given, names, `the domain's issues: ${names.join(', ')}`);
    problems.add(source, offset, 'unknown-issue', `"${name}" speaks of "${given}", which is not an issue`, hint);
  }
  for (const issue of names) {
    if (node.members.has(issue)) continue;
    const code = name === 'issueWeights' ? 'missing-weight' : 'missing-issue';
    problems.add(source, node.offset, code, `"${name}" says nothing of the issue "${issue}"`);
  }
  return problems.list.length > before ? undefined : names.map((issue) => node.members.get(issue)!);
}

function tableOf(source: Source, issue: WebIssue, node: JsonNode, problems: Problems): number[] | undefined {
  const discrete = member(node, 'discreteutils') ?? member(node, 'DiscreteValueSetUtilities');
  const numeric = member(node, 'numberutils') ?? member(node, 'NumberValueSetUtilities');
  if (discrete && !issue.range) return discreteOf(source, issue, discrete, problems);
  if (numeric && issue.range) return numericOf(source, issue, numeric, problems);
  const expects = issue.range ? '"numberutils"' : '"discreteutils"';
  const other = discrete || numeric;
  const message = `the utilities of the issue "${issue.name}" must be ${expects}`;
  problems.add(source, node.offset, other ? 'mismatched-issue' : 'unknown-evaluator', message);
  return undefined;
}

function discreteOf(source: Source, issue: WebIssue, node: JsonNode, problems: Problems): number[] | undefined {
  const listed = member(node, 'valueUtilities');
  if (listed?.kind !== 'object') {
    const message = `the issue "${issue.name}" has no object "valueUtilities"`;
    problems.add(source, node.offset, 'missing-evaluation', message);
    return undefined;
  }
  const values = issue.values as readonly string[];
  const known = new Set(values);
  const before = problems.list.length;
  for (const [value, { offset }] of listed.members) {
    if (known.has(value)) continue;
    const message = `"${value}" is not a value of the issue "${issue.name}" in the domain`;
    problems.add(source, offset, 'unknown-value', message, didYouMean(value, values));
  }
  const table = values.map((value) => {
    const given = listed.members.get(value);
    if (given) return toNumber(unitOf(source, given, `the utility of "${value}"`, problems));
    const message = `the value "${value}" of the issue "${issue.name}" is not rated`;
    problems.add(source, listed.offset, 'missing-evaluation', message);
    return 0;
  });
  return problems.list.length > before ? undefined : table;
}

/** Linear between the two ends, in decimals, rounded to 8 places as GeniusWeb does: low + (high - low) (x - x0) / (x1 - x0). */
function numericOf(source: Source, issue: WebIssue, node: JsonNode, problems: Problems): number[] | undefined {
  const before = problems.list.length;
  const { low, high, step } = issue.range!;
  for (const [name, bound] of [
    ['lowValue', low],
    ['highValue', high],
  ] as const) {
    const given = member(node, name);
    const value = decimalOf(given);
    if (value !== undefined && compare(value, bound) === 0) continue;
    const message = `"${name}" of the issue "${issue.name}" must be the domain's ${toNumber(bound)}`;
    problems.add(source, (given ?? node).offset, 'mismatched-issue', message);
  }
  const [from, to] = ['lowUtility', 'highUtility'].map((name) => {
    const given = member(node, name);
    if (given) return unitOf(source, given, `"${name}"`, problems);
    problems.add(source, node.offset, 'missing-evaluation', `the issue "${issue.name}" has no "${name}"`);
    return { digits: 0n, scale: 0 };
  });
  if (problems.list.length > before) return undefined;
  return issue.values.map((_, i) => {
    const distance = times(step, { digits: BigInt(i), scale: 0 });
    const rise = times(subtract(to, from), distance);
    // Rounding comes last, over the whole sum: from + rise / width = (from * width + rise) / width.
    const width = subtract(high, low);
    return toNumber(divide(add(times(from, width), rise), width, PLACES));
  });
}

/** A utility in [0, 1]. */
function unitOf(source: Source, node: JsonNode, what: string, problems: Problems): Decimal {
  const value = decimalOf(node);
  const [zero, one] = [
    { digits: 0n, scale: 0 },
    { digits: 1n, scale: 0 },
  ];
  if (value === undefined) problems.add(source, node.offset, 'not-a-number', `${what} is not a number`);
  else if (compare(value, zero) < 0 || compare(value, one) > 0) {
    problems.add(source, node.offset, 'not-in-unit', `${what} is ${toNumber(value)}, which is not between 0 and 1`);
  }
  return value ?? zero;
}

function weightsOf(source: Source, issues: readonly WebIssue[], nodes: readonly JsonNode[], problems: Problems) {
  const before = problems.list.length;
  const exact = nodes.map((node, i) => unitOf(source, node, `the weight of "${issues[i].name}"`, problems));
  if (problems.list.length > before) return undefined;
  const sum = exact.reduce(add);
  const off = toNumber(subtract(sum, { digits: 1n, scale: 0 }));
  if (Math.abs(off) > WEIGHT_TOLERANCE) {
    problems.add(source, nodes[0].offset, 'weights-sum', `the weights sum to ${toNumber(sum)}, not to 1`);
  } else if (off !== 0) {
    problems.warn(`${fileName(source.name)}: the weights miss 1 by ${off}; GeniusWeb itself accepts only an exact sum`);
  }
  return exact.map(toNumber);
}

/** GeniusWeb has no discounts; NegMAS writes one into the same files. */
function discountOf(source: Source, space: JsonObject, problems: Problems): number {
  const node = member(space, 'discount_factor');
  if (node === undefined || node.kind === 'null') return 1;
  const factor = toNumber(unitOf(source, node, 'the discount factor', problems));
  if (factor !== 1)
    problems.warn(`${fileName(source.name)}: the discount factor ${factor} is NegMAS's addition to the format`);
  return factor === 0 ? 1 : factor;
}

/** The utility of the reservation bid; issues it leaves open add nothing, as in GeniusWeb. Without one any agreement is better than none. */
function reservationOf(
  source: Source,
  space: JsonObject,
  issues: readonly WebIssue[],
  party: AdditiveParty,
  problems: Problems,
): number {
  const bid = member(space, 'reservationBid');
  const chosen = member(bid, 'issuevalues');
  if (bid === undefined || bid.kind === 'null') {
    const stated = member(space, 'reserved_value');
    if (stated !== undefined && stated.kind !== 'null') {
      problems.warn(`${fileName(source.name)}: "reserved_value" is NegMAS's addition to the format`);
      return toNumber(unitOf(source, stated, 'the reserved value', problems));
    }
    problems.warn(
      `${fileName(source.name)}: no reservation bid is given; any agreement is better than none, so 0 is read`,
    );
    return 0;
  }
  if (chosen?.kind !== 'object') {
    problems.add(source, bid.offset, 'not-a-bid', 'the reservation bid has no object "issuevalues"');
    return 0;
  }
  for (const [name, { offset }] of chosen.members) {
    if (issues.some((issue) => issue.name === name)) continue;
    problems.add(source, offset, 'unknown-issue', `the reservation bid speaks of "${name}", which is not an issue`);
  }
  const levels = issues.map((issue) => levelIn(source, issue, chosen.members.get(issue.name), problems));
  const open = issues.filter((_, i) => levels[i] < 0).map(({ name }) => `"${name}"`);
  if (open.length > 0) problems.warn(`${fileName(source.name)}: the reservation bid leaves open ${open.join(', ')}`);
  const closed = { ...party, tables: party.tables.map((table, i) => (levels[i] < 0 ? [0] : table)) };
  return utilityOf(
    closed,
    levels.map((level) => Math.max(0, level)),
  );
}

function levelIn(source: Source, issue: WebIssue, node: JsonNode | undefined, problems: Problems): number {
  if (node === undefined) return -1;
  const number = decimalOf(node);
  const wanted = issue.range ? number && toNumber(number) : 'text' in node ? node.text : undefined;
  const level = (issue.values as readonly (string | number | undefined)[]).indexOf(wanted);
  if (level < 0 || wanted === undefined) {
    const given = 'text' in node ? node.text : node.kind;
    const message = `"${given}" is not a value of the issue "${issue.name}" in the domain`;
    problems.add(source, node.offset, 'unknown-value', message);
  }
  return level;
}
