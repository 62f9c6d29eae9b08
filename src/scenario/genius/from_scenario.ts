import type { Issue } from '../../domain/issue.ts';
import type { OutcomeSpace } from '../../domain/outcome_space.ts';
import type { Term } from '../../value/term.ts';
import type { Appraiser } from '../../value/valuation.ts';
import type { World } from '../../value/world.ts';
import type { ScenarioSpec } from '../schema.ts';
import type { AdditiveDomain, AdditiveIssue, AdditiveParty } from './additive.ts';
import { leftToRight } from './numbers.ts';

/** Why something cannot be exported, in a sentence. */
export interface ExportRefusal {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export type Exported<T> =
  | ({ readonly ok: true; readonly warnings: readonly string[] } & T)
  | { readonly ok: false; readonly refusals: readonly ExportRefusal[] };

/** What export needs of a compiled scenario. */
export interface Compiled {
  readonly spec: Pick<ScenarioSpec, 'id' | 'utility' | 'constraints' | 'parties' | 'events'>;
  readonly space: OutcomeSpace;
  readonly appraiser: Pick<Appraiser, 'parties' | 'scales' | 'utilityOf'>;
  readonly world: World;
}

/** What a format can hold of one party as it is; anything else is rescaled, and loses its last bits. */
export type Holds = (party: AdditiveParty) => boolean;

/**
 * The additive domain a scenario amounts to, before any event. What is a sum over issues passes, whatever the kind of its terms; a scenario whose utilities
 * the format holds as they are (imported ones) passes bit for bit; any other is rescaled to [0, 1], with a warning. What depends on two issues at once,
 * forbidden outcomes and costs of delay no additive format can say: they are refused by name.
 */
export function additiveDomain(compiled: Compiled, holds: Holds): Exported<{ readonly domain: AdditiveDomain }> {
  const { spec, space, appraiser } = compiled;
  const refusals: ExportRefusal[] = [];
  const warnings: string[] = [];
  const refuse = (code: string, message: string, hint?: string) => refusals.push({ code, message, hint });
  for (const { id } of space.allowed.length < space.size ? spec.constraints : []) {
    refuse('constraint', `the constraint "${id}" forbids outcomes; the format allows every combination of values`);
  }
  if (spec.events.length > 0) warnings.push('the events of the scenario are not exported: the format has none');
  const own = spec.utility === 'own';
  const parties = spec.parties.map((party, seat): AdditiveParty | undefined => {
    const { terms } = appraiser.parties[seat];
    for (const term of terms) {
      if (term.coordinates.length <= 1) continue;
      const ids = term.coordinates.map(({ issue }) => space.issues[issue].id).join(', ');
      const message = `the term "${term.id}" of ${party.id} depends on several issues at once (${ids})`;
      refuse('interaction', message, 'additive formats hold a worth for each value of one issue, and their sum');
    }
    if (party.delay_cost !== 0) {
      refuse('delay-cost', `${party.id} pays ${party.delay_cost} for every round; the format knows discounts only`);
    }
    if (refusals.length > 0) return undefined;
    const rest = {
      name: party.label ?? party.id,
      reservation: Number.isFinite(appraiser.parties[seat].reservation)
        ? appraiser.parties[seat].reservation
        : undefined,
      discount: party.discount,
    };
    const written = own ? asWritten(compiled, seat) : undefined;
    if (written && holds({ ...rest, ...written })) return { ...rest, ...written };
    const scaled = rescaled(compiled, seat);
    if (scaled === undefined) {
      refuse('flat', `every outcome is worth the same to ${party.id}; weights that sum to 1 cannot say so`);
      return undefined;
    }
    const { low, high, ...tables } = scaled;
    if (own && low !== 0 && party.discount !== 1) {
      refuse(
        'discount',
        `${party.id} discounts utilities that begin at ${low}; scaled to [0, 1] they would not be the same`,
      );
    }
    warnings.push(
      `${party.id}: values were scaled from [${low}, ${high}] to [0, 1]; the last bits of a utility may differ`,
    );
    const reservation = rest.reservation === undefined ? undefined : (rest.reservation - low) / (high - low);
    return { ...rest, ...tables, reservation };
  });
  if (refusals.length > 0) return { ok: false, refusals };
  const issues = space.issues.map(issueOf);
  return { ok: true, warnings, domain: { name: spec.id, issues, parties: parties.map((party) => party!) } };
}

/** Weights and tables as the scenario writes them: at most one term an issue, in the issues' order, or the sum would round differently. */
function asWritten({ spec, space, appraiser, world }: Compiled, seat: number) {
  const { terms } = appraiser.parties[seat];
  const at = terms.map((term) => (term.coordinates.length === 1 ? term.coordinates[0].issue : -1));
  if (at.some((issue, i) => issue < 0 || (i > 0 && issue <= at[i - 1]))) return undefined;
  const weights = space.issues.map(() => 0);
  const tables = space.issues.map((issue) => new Array<number>(issue.size).fill(0));
  for (const [i, term] of terms.entries()) {
    const issue = space.issues[at[i]];
    const worth = worths(term, `${spec.parties[seat].id}.${term.id}`, issue, at[i], space.issues.length, world);
    const { weight, values, otherwise } = spec.parties[seat].terms[i] as Partial<WeightedTable>;
    weights[at[i]] = 1;
    tables[at[i]] = worth;
    if (typeof weight !== 'number' || values === undefined) continue;
    const amounts = worth.map((_, level) => values[String(issue.value(level))] ?? otherwise ?? Number.NaN);
    // Only what multiplies back to the same worth may stand in its place.
    if (amounts.some((amount, level) => !Object.is(weight * amount + 0, worth[level] + 0))) continue;
    weights[at[i]] = weight;
    tables[at[i]] = amounts;
  }
  return { weights, tables };
}

/** What a term that keeps its weight apart from its amounts looks like in a scenario. */
interface WeightedTable {
  readonly weight: number;
  readonly values: Readonly<Record<string, number>>;
  readonly otherwise?: number;
}

/** Per issue the worth above its least, over the most a party can gain: the weights are the shares in that gain. */
function rescaled({ spec, space, appraiser, world }: Compiled, seat: number) {
  const worth = space.issues.map(({ size }) => new Array<number>(size).fill(0));
  let constant = 0;
  for (const term of appraiser.parties[seat].terms) {
    const issue = term.coordinates.at(0)?.issue;
    if (issue === undefined) {
      constant += term.at(world).value(new Int32Array(space.issues.length));
      continue;
    }
    const added = worths(
      term,
      `${spec.parties[seat].id}.${term.id}`,
      space.issues[issue],
      issue,
      space.issues.length,
      world,
    );
    worth[issue] = worth[issue].map((sum, level) => sum + added[level]);
  }
  const least = worth.map((table) => Math.min(...table));
  const spans = worth.map((table, i) => Math.max(...table) - least[i]);
  const whole = leftToRight(spans);
  if (!(whole > 0)) return undefined;
  const low = constant + leftToRight(least);
  return {
    low,
    high: low + whole,
    weights: spans.map((span) => span / whole),
    tables: worth.map((table, i) => table.map((x) => (spans[i] === 0 ? 0 : (x - least[i]) / spans[i]))),
  };
}

/** What one party's term is worth at each level of its issue. `key` is the term's name in the world. */
function worths(term: Term, key: string, { size }: Issue, at: number, issues: number, world: World): number[] {
  const appraisal = term.at(world);
  const levels = new Int32Array(issues);
  const { classOf, levelOf } = term.coordinates[0];
  const times = world.terms[key] ?? 1;
  return Array.from({ length: size }, (_, level) => {
    levels[at] = levelOf[classOf[level]];
    return times * appraisal.value(levels);
  });
}

/** Names for people where they tell the values apart, ids where they do not. */
function issueOf(issue: Issue): AdditiveIssue {
  const levels = Array.from({ length: issue.size }, (_, level) => level);
  const numbers = levels.map((level) => issue.value(level));
  if (numbers.every((value) => typeof value === 'number')) return { name: issue.label, values: numbers as number[] };
  const texts = levels.map((level) => issue.text(level));
  const distinct = new Set(texts).size === texts.length;
  return { name: issue.label, values: distinct ? texts : levels.map((level) => String(issue.value(level))) };
}
