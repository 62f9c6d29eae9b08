import { type AdditiveParty, spanOf } from './additive.ts';
import { duplicates, fewEnough, type GeniusIssue, indexOf, objectiveOf, rangeOf, typeOf } from './domain.ts';
import { discreteTable, integerTable, type Line, type Mode, realTable } from './evaluate.ts';
import { baseName, fileName } from './identifiers.ts';
import { decimal, leftToRight } from './numbers.ts';
import { didYouMean, type Problems, type Source } from './problem.ts';
import { childrenNamed, readXml, type XmlElement } from './xml.ts';

/**
 * How far the weights' sum may be from 1. Published profiles reach 1.00005 (Laptop); a third written with three digits leaves 0.001. GENIUS takes any
 * sum silently and clips the utility at 1.
 */
export const WEIGHT_TOLERANCE = 0.005;

/** What is closer to 1 than this is rounding and needs no word. */
const ROUNDING = 1e-9;

/** Reads one party's `<utility_space>` against the domain's issues. */
export function readProfile(
  source: Source,
  issues: readonly GeniusIssue[],
  mode: Mode,
  problems: Problems,
): AdditiveParty | undefined {
  const root = readXml(source, problems);
  if (root === undefined) return undefined;
  if (root.name !== 'utility_space') {
    const hint = 'a GENIUS profile begins with <utility_space>; the domain is named once, before the profiles';
    problems.add(source, root.offset, 'not-a-profile', `the file begins with <${root.name}>`, hint);
    return undefined;
  }
  const before = problems.list.length;
  refuseNonLinear(source, root, problems);
  const objective = objectiveOf(source, root, problems);
  if (objective === undefined) return undefined;
  refuseNonLinear(source, objective, problems);
  const elements = matchIssues(source, objective, issues, problems);
  if (elements === undefined) return undefined;
  const tables = issues.map((issue, i) => tableOf(source, elements[i], issue, mode, problems));
  const weights = weightsOf(source, objective, issues, problems);
  const discount = discountOf(source, root, problems);
  const reservation = figureOf(source, root, 'reservation', problems);
  if (problems.list.length > before || weights === undefined) return undefined;
  const party = {
    name: baseName(source.name),
    weights,
    tables: tables.map((table) => table!),
    reservation: reservation ?? 0,
    discount: discount ?? 1,
  };
  if (reservation === undefined) problems.warn(`${fileName(source.name)}: no reservation value is given; 0 is read`);
  return mode === 'negmas' ? asNegmasDiscounts(source, party, problems) : warnOfGenius(source, party, problems);
}

function refuseNonLinear(source: Source, element: XmlElement, problems: Problems): void {
  for (const name of ['ufun', 'utility_function', 'utility', 'rank_weights']) {
    const found = childrenNamed(element, name).at(0);
    if (!found) continue;
    const message = `<${name}> makes the utility depend on combinations of values; only sums over issues are read`;
    problems.add(source, found.offset, 'not-additive', message);
  }
}

/** The profile's element for every issue of the domain; name and index must agree, or the weights could mean another issue. */
function matchIssues(
  source: Source,
  objective: XmlElement,
  issues: readonly GeniusIssue[],
  problems: Problems,
): XmlElement[] | undefined {
  const elements = childrenNamed(objective, 'issue');
  if (!fewEnough(source, objective, elements, problems)) return undefined;
  const before = problems.list.length;
  const own = elements.map((element, at) => {
    const index = indexOf(source, element, at + 1, problems);
    return index === undefined ? undefined : { index, name: element.attributes.get('name')?.value ?? '' };
  });
  duplicates(source, elements, own, problems);
  for (const [at, given] of own.entries()) {
    if (given === undefined) continue;
    const element = elements[at];
    const { offset } = element.attributes.get('name') ?? element;
    const issue = issues.find(({ name }) => name === given.name);
    if (issue === undefined) {
      const names = issues.map(({ name }) => name);
      const hint = didYouMean(given.name, names, `the domain's issues: ${names.join(', ')}`);
      problems.add(source, offset, 'unknown-issue', `the domain has no issue "${given.name}"`, hint);
    } else if (issue.index !== given.index) {
      const message = `"${given.name}" is issue ${given.index} here and issue ${issue.index} in the domain`;
      problems.add(source, offset, 'mismatched-issue', message);
    } else if (typeOf(source, element, problems) !== issue.type) {
      problems.add(source, element.offset, 'mismatched-issue', `"${given.name}" is ${issue.type} in the domain`);
    }
  }
  for (const { name } of issues) {
    if (own.some((given) => given?.name === name)) continue;
    problems.add(source, objective.offset, 'missing-issue', `the profile says nothing of the issue "${name}"`);
  }
  if (problems.list.length > before) return undefined;
  return issues.map(({ name }) => elements[own.findIndex((given) => given?.name === name)]);
}

function tableOf(source: Source, element: XmlElement, issue: GeniusIssue, mode: Mode, problems: Problems) {
  if (issue.type === 'discrete') return discreteOf(source, element, issue, mode, problems);
  const before = problems.list.length;
  const range = rangeOf(source, element, issue.type, problems) ?? issue.range!;
  const { lower, upper } = issue.range!;
  if (range.lower !== lower || range.upper !== upper) {
    const message = `"${issue.name}" runs from ${range.lower} to ${range.upper} here and from ${lower} to ${upper} in the domain`;
    problems.add(source, element.offset, 'mismatched-issue', message);
  }
  const line = lineOf(source, element, issue, problems);
  if (line === undefined || problems.list.length > before) return undefined;
  const values = issue.values as readonly number[];
  if (mode === 'negmas') {
    problems.warn(
      `${fileName(source.name)}: NegMAS reads "${issue.name}" as slope * value + offset, without counting from the lower bound and without a clamp; where all issues are numeric its own sums may differ in the last bit`,
    );
  }
  return issue.type === 'integer' ? integerTable(values, range, line, mode) : realTable(values, line, mode);
}

/** Evaluations by the domain's values; a value the profile does not rate would leave outcomes without a utility. */
function discreteOf(source: Source, element: XmlElement, issue: GeniusIssue, mode: Mode, problems: Problems) {
  const values = issue.values as readonly string[];
  const levels = new Map(values.map((value, level) => [value, level]));
  const evaluations = new Map<number, number>();
  const rated = new Set<number>();
  for (const item of childrenNamed(element, 'item')) {
    const value = item.attributes.get('value');
    const level = value && levels.get(value.value);
    if (value === undefined || level === undefined) {
      const message = value
        ? `"${value.value}" is not a value of the issue "${issue.name}" in the domain`
        : `an item of the issue "${issue.name}" has no value`;
      const hint = didYouMean(value?.value ?? '', values);
      problems.add(source, (value ?? item).offset, 'unknown-value', message, hint);
    } else if (rated.has(level)) {
      const message = `the value "${value.value}" of the issue "${issue.name}" is rated twice`;
      problems.add(source, value.offset, 'duplicate-value', message);
    } else {
      rated.add(level);
      const evaluation = evaluationOf(source, item, value.value, mode, problems);
      if (evaluation !== undefined) evaluations.set(level, evaluation);
    }
  }
  for (const [level, value] of values.entries()) {
    if (rated.has(level)) continue;
    const message = `the value "${value}" of the issue "${issue.name}" is not rated`;
    problems.add(source, element.offset, 'missing-evaluation', message);
  }
  if (evaluations.size < values.length) return undefined;
  const table = values.map((_, level) => evaluations.get(level)!);
  const highest = Math.max(...table);
  if (mode === 'genius' && highest !== 1) {
    const per = `"${issue.name}" (${highest})`;
    divided(source, per, problems);
  }
  return discreteTable(table, mode);
}

function evaluationOf(source: Source, item: XmlElement, value: string, mode: Mode, problems: Problems) {
  const attribute = item.attributes.get('evaluation');
  const evaluation = decimal(attribute?.value);
  if (attribute === undefined) {
    problems.add(source, item.offset, 'missing-evaluation', `the value "${value}" has no evaluation`);
  } else if (evaluation === undefined) {
    const message = `the evaluation "${attribute.value}" of "${value}" is not a number`;
    problems.add(source, attribute.offset, 'not-a-number', message);
  } else if (evaluation < 0 && mode === 'genius') {
    const message = `the evaluation ${evaluation} of "${value}" is negative; GENIUS accepts none below 0`;
    problems.add(source, attribute.offset, 'negative-evaluation', message);
  }
  return evaluation;
}

/** `<evaluator ftype="linear" slope offset>` of an integer issue, `parameter1` and `parameter0` of a real one. */
function lineOf(source: Source, element: XmlElement, issue: GeniusIssue, problems: Problems): Line | undefined {
  const evaluator = childrenNamed(element, 'evaluator').at(0);
  if (evaluator === undefined) {
    problems.add(source, element.offset, 'missing-evaluation', `the numeric issue "${issue.name}" has no <evaluator>`);
    return undefined;
  }
  const kind = evaluator.attributes.get('ftype');
  if (kind && kind.value !== 'linear' && kind.value !== 'constant') {
    const message = `the evaluator "${kind.value}" of "${issue.name}" is not read`;
    problems.add(source, kind.offset, 'unknown-evaluator', message, 'linear and constant evaluators are');
    return undefined;
  }
  const number = (...names: string[]) => {
    const attribute = names.map((name) => evaluator.attributes.get(name)).find((found) => found !== undefined);
    const value = decimal(attribute?.value);
    if (value !== undefined) return value;
    const message = attribute ? `"${attribute.value}" is not a number` : `the evaluator has no ${names[0]}`;
    problems.add(source, (attribute ?? evaluator).offset, 'not-a-number', message);
    return undefined;
  };
  const slope = kind?.value === 'constant' ? 0 : number('slope', 'parameter1');
  const offset = number('offset', 'parameter0');
  return slope === undefined || offset === undefined ? undefined : { slope, offset };
}

function weightsOf(source: Source, objective: XmlElement, issues: readonly GeniusIssue[], problems: Problems) {
  const before = problems.list.length;
  const weights = new Map<number, number>();
  for (const [at, element] of childrenNamed(objective, 'weight').entries()) {
    const index = indexOf(source, element, at + 1, problems);
    const attribute = element.attributes.get('value');
    const value = decimal(attribute?.value);
    if (index === undefined) continue;
    const { offset } = attribute ?? element;
    if (!issues.some((issue) => issue.index === index)) {
      problems.add(source, element.offset, 'unknown-issue', `a weight is given for issue ${index}, which there is not`);
    } else if (weights.has(index)) {
      problems.add(source, element.offset, 'duplicate-weight', `issue ${index} is given a weight twice`);
    } else if (value === undefined) {
      const message = `the weight "${attribute?.value ?? ''}" of issue ${index} is not a number`;
      problems.add(source, offset, 'not-a-number', message);
    } else if (value < 0) {
      problems.add(source, offset, 'negative-weight', `the weight ${value} of issue ${index} is negative`);
    }
    if (!weights.has(index)) weights.set(index, value ?? 0);
  }
  for (const { index, name } of issues) {
    if (weights.has(index)) continue;
    problems.add(source, objective.offset, 'missing-weight', `the issue "${name}" (${index}) has no weight`);
  }
  if (problems.list.length > before) return undefined;
  const inOrder = issues.map(({ index }) => weights.get(index)!);
  const sum = leftToRight(inOrder);
  const first = childrenNamed(objective, 'weight')[0];
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
    const hint = `a difference of up to ${WEIGHT_TOLERANCE} passes as rounding`;
    problems.add(source, first.offset, 'weights-sum', `the weights sum to ${sum}, not to 1`, hint);
    return undefined;
  }
  if (Math.abs(sum - 1) > ROUNDING)
    problems.warn(`${fileName(source.name)}: the weights sum to ${sum}, not to 1; they are kept`);
  return inOrder;
}

/** The factor in (0, 1]; GENIUS drops one that is 0, negative or above 1, and so do we, with a word. */
function discountOf(source: Source, root: XmlElement, problems: Problems): number | undefined {
  const factor = figureOf(source, root, 'discount_factor', problems);
  if (factor === undefined || (factor > 0 && factor <= 1)) return factor;
  problems.warn(`${fileName(source.name)}: the discount factor ${factor} is not in (0, 1] and is read as no discount`);
  return 1;
}

function figureOf(source: Source, root: XmlElement, name: string, problems: Problems): number | undefined {
  const [element, second] = childrenNamed(root, name);
  if (element === undefined) return undefined;
  if (second) problems.add(source, second.offset, 'duplicate-figure', `<${name}> is given twice`);
  const attribute = element.attributes.get('value');
  const value = decimal(attribute?.value);
  if (value !== undefined) return value;
  const message = attribute ? `the ${name} "${attribute.value}" is not a number` : `<${name}> has no value`;
  problems.add(source, (attribute ?? element).offset, 'not-a-number', message);
  return undefined;
}

function divided(source: Source, per: string, problems: Problems): void {
  const head = `${fileName(source.name)}: evaluations were divided by their issue's maximum, as GENIUS does and NegMAS does not: `;
  const at = problems.warnings.findIndex((warning) => warning.startsWith(head));
  if (at < 0) problems.warnings.push(head + per);
  else problems.warnings[at] += `, ${per}`;
}

function warnOfGenius(source: Source, party: AdditiveParty, problems: Problems): AdditiveParty {
  const { high } = spanOf(party);
  if (high > 1) {
    problems.warn(
      `${fileName(source.name)}: the highest utility is ${high}; GENIUS clips utilities at 1, the scenario does not`,
    );
  }
  if (party.discount !== 1) {
    problems.warn(
      `${fileName(source.name)}: utilities and the reservation value are discounted by ${party.discount}^t, t in [0, 1], as in GENIUS; NegMAS would take ${party.discount}^step`,
    );
  }
  return party;
}

/** NegMAS multiplies by d^step, which a scenario's discount (d^t, t in [0, 1]) cannot say, and drops the reservation value then. */
function asNegmasDiscounts(source: Source, party: AdditiveParty, problems: Problems): AdditiveParty {
  const { high } = spanOf(party);
  const reservation = party.reservation ?? 0;
  if (high > 1.5 && reservation > 0 && reservation <= 1) {
    problems.warn(
      `${fileName(source.name)}: the reservation value ${reservation} stands against utilities up to ${high}, because NegMAS does not divide evaluations by their maximum`,
    );
  }
  if (party.discount === 1) return party;
  problems.warn(
    `${fileName(source.name)}: NegMAS would discount by ${party.discount}^step and drop the reservation value; a scenario discounts by d^t, so the discount was left out and the reservation value with it`,
  );
  return { ...party, discount: 1, reservation: undefined };
}
