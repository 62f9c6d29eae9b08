import type { PartySpec, ScenarioSpec } from '../scenario/schema.ts';

/**
 * Two parties whose roles differ, if there are any: other terms, another reservation value, discount or cost of delay. Between such seats, what a strategy gets
 * is also a matter of where it sat.
 */
export function unlikeRoles({ parties }: Pick<ScenarioSpec, 'parties'>): readonly [string, string] | undefined {
  const [first, ...others] = parties;
  const other = others.find((party) => roleOf(party) !== roleOf(first));
  return other && [first.id, other.id];
}

const roleOf = ({ terms, reservation, discount, delay_cost, observer }: PartySpec): string =>
  JSON.stringify([terms.map((term) => sorted({ ...term, ...SILENT })), reservation, discount, delay_cost, observer]);

/** What a term is called and where it is from makes no role. */
const SILENT = {
  id: undefined,
  label: undefined,
  note: undefined,
  source: undefined,
  assumption: undefined,
  times: undefined,
};

const sorted = (fields: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
