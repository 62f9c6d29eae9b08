import { nash } from '../analysis/nash.ts';
import type { Json } from '../domain/id.ts';
import { type Flaw, flawed, type Made, made } from '../domain/issue.ts';
import { makeRule } from '../protocols/agreement_rule.ts';
import { asVariant, derived, isDerived } from './derive.ts';
import { nearest } from './flaws.ts';
import type { ScenarioFile } from './load.ts';
import { parse } from './parse.ts';
import { override } from './resolve.ts';
import { type ScenarioSpec, scenario as schema, type ThreatFound, type ThreatSpec } from './schema.ts';
import { makeSpace } from './space.ts';
import { firstWorld, makeAppraiser, seatsOf } from './values.ts';

/**
 * A reservation value from a pact of the others. Who is left out of a pact that the others can sign has that pact, and not the status quo, for its
 * disagreement; but only if the threat is credible: each of those who sit at that table reaches its own reservation value, and so does whoever controls the
 * site, without whom the pact would be agreed and not implementable. Of the pacts that do, the Nash bargaining solution among the signatories is the one
 * meant (the first, if several tie). It is valued in the world before anything happened, and with everybody's `otherwise` in the place of other threats.
 */

/** Where the differences of a variant are found. */
export interface Surroundings {
  /** The scenario's data, woven, with overrides made. */
  readonly data: Json;
  /** Names of files whose differences can be laid over it: its own and its base's. */
  readonly files: readonly string[];
  readonly read?: (name: string) => ScenarioFile | undefined;
}

interface Variant {
  readonly id: string;
  readonly set: Readonly<Record<string, Json>>;
}

/** Fills in what came of every threat that is not settled yet. Flaws are placed at the `from` that has them. */
export function settleThreats(spec: ScenarioSpec, around: Surroundings, flaws: Flaw[]): ScenarioSpec {
  const tables = new Map<string, Made<Table>>();
  const parties = spec.parties.map((party, seat) => {
    const { reservation } = party;
    if (typeof reservation !== 'object' || reservation.found !== undefined) return party;
    const { from } = reservation;
    const table = tables.get(from) ?? tableOf(from, around);
    tables.set(from, table);
    const found = table.ok ? weigh(table.made, party.id, from) : table;
    if (found.ok) return { ...party, reservation: { ...reservation, found: found.made } };
    flaws.push(...found.flaws.map((flaw) => ({ ...flaw, path: ['parties', seat, 'reservation', 'from'] })));
    return party;
  });
  return { ...spec, parties };
}

/** Whether a party's reservation value comes from a pact of the others. */
export const threatOf = ({ reservation }: { readonly reservation: unknown }): ThreatSpec | undefined =>
  typeof reservation === 'object' ? (reservation as ThreatSpec) : undefined;

/** The variant's scenario, valued. */
type Table = ReturnType<typeof valued> & object;

function tableOf(from: string, around: Surroundings): Made<Table> {
  const variant = variantFrom(from, around);
  if (!variant.ok) return variant;
  const wrong = (flaws: readonly Flaw[]) =>
    flawed({
      path: [],
      code: 'bad-threat',
      message: `the pact "${from}" cannot be valued: ${flaws[0]?.message ?? 'its scenario has mistakes'}`,
    });
  let data = withoutThreats(around.data);
  for (const [path, value] of Object.entries(variant.made.set)) {
    const changed = override(data, { path, value, written: path });
    if ('code' in changed) return wrong([changed]);
    data = changed.data;
  }
  const read = schema.safeParse(withoutThreats(data));
  if (!read.success) return wrong(read.error.issues.map(({ message }) => ({ path: [], code: '', message })));
  const flaws: Flaw[] = [];
  const table = valued(read.data, flaws);
  return table === undefined ? wrong(flaws) : made(table);
}

function valued(spec: ScenarioSpec, flaws: Flaw[]) {
  const ground = makeSpace(spec, flaws);
  if (ground === undefined || flaws.length > 0) return undefined;
  const world = firstWorld(spec);
  const appraiser = makeAppraiser(spec, ground.space, world, flaws);
  return appraiser && { spec, space: ground.space, world, appraiser };
}

function weigh({ spec, space, world, appraiser }: Table, party: string, from: string): Made<ThreatFound> {
  const seats = seatsOf(spec);
  const ids = seats.parties;
  const signers = seats.deciding.filter((seat) => ids[seat] !== party);
  const rule = makeRule(spec.protocol.agreement, seats, space);
  if (!rule.ok) return rule;
  const consent = signers.reduce((set, seat) => set | (1 << seat), 0);
  const { utilities } = appraiser.valuation(world);
  const reservation = ids.map((_, seat) => appraiser.reservation(seat, world));
  const binding = space.allowed.filter((outcome) => rule.made.agreed(consent, consent, outcome));
  if (binding.length === 0) {
    return flawed({
      path: [],
      code: 'bad-threat',
      message: `the pact "${from}" cannot be signed without "${party}": ${rule.made.text}`,
      hint: `let the variant say protocol.agreement: { rule: required, parties: [${signers.map((seat) => ids[seat]).join(', ')}] }`,
    });
  }
  const controller = ids.indexOf(spec.venture?.breakdown.controller ?? '');
  const outcomes =
    controller < 0 ? binding : binding.filter((o) => utilities[controller][o] >= reservation[controller]);
  const [pact] = nash({
    parties: signers.map((seat) => ids[seat]),
    utilities: signers.map((seat) => utilities[seat]),
    outcomes,
    reservation: signers.map((seat) => reservation[seat]),
  }).outcomes;
  const signed_by = signers.map((seat) => ids[seat]);
  if (pact === undefined) return made({ credible: false, worth: null, values: null, signed_by });
  const seat = ids.indexOf(party);
  const worth = appraiser.valueOf(seat, utilities[seat][pact]);
  return made({ credible: true, worth, values: space.values(pact), signed_by });
}

/** A variant by its id, or the file of a scenario that is based on the same one. */
export function variantFrom(from: string, { data, files, read }: Surroundings): Made<Variant> {
  const known = variantsOf(data);
  const variant = known.find(({ id }) => id === from);
  if (variant !== undefined) return made(variant);
  const refuse = (message: string, hint: string) => flawed({ path: [], code: 'unknown-variant', message, hint });
  const file = isFileName(from) ? read?.(from) : undefined;
  if (file === undefined) {
    const message = isFileName(from) ? `the scenario "${from}" cannot be read` : `there is no variant "${from}"`;
    const hint =
      known.length > 0
        ? nearest(
            from,
            known.map(({ id }) => id),
            'variants',
          )
        : 'name a scenario file beside this one';
    return refuse(message, hint);
  }
  const parsed = parse(file.name, file.text);
  const own = parsed.ok && isDerived(parsed.source.data) ? derived.safeParse(parsed.source.data) : undefined;
  if (!own?.success || !files.includes(own.data.based_on)) {
    return refuse(
      `"${from}" is no variant of this scenario`,
      `it must be a scenario that says based_on: ${files.at(-1)}, and have no mistakes of its own`,
    );
  }
  return made(asVariant(own.data, data));
}

/** The files that reservation values come from, in the parties or in variants that change them; each once. */
export function filesOf(data: Json): string[] {
  const found = new Set<string>();
  const look = (node: Json): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isThreat(node) && isFileName(String(node['from']))) found.add(String(node['from']));
    for (const inner of Object.values(node)) look(inner as Json);
  };
  look(data);
  return [...found];
}

export const isThreat = (node: Json): node is { readonly [key: string]: Json } =>
  typeof node === 'object' && node !== null && 'from' in node && (node as { if?: Json }).if === 'credible';

const isFileName = (from: string): boolean => /\.(ya?ml|json)$/.test(from);

function variantsOf(data: Json): Variant[] {
  const { variants } = data as { variants?: unknown };
  const list = Array.isArray(variants) ? (variants as Variant[]) : [];
  return list.filter(({ set }) => typeof set === 'object' && set !== null);
}

/** The data with every party's own figure in the place of a threat. */
function withoutThreats(data: Json): Json {
  const { parties } = data as { parties?: Json };
  if (!Array.isArray(parties)) return data;
  const plain = parties.map((party): Json => {
    const { reservation } = (party ?? {}) as { reservation?: Json };
    if (reservation === undefined || !isThreat(reservation)) return party;
    return { ...(party as object), reservation: reservation['otherwise'] } as Json;
  });
  return { ...(data as object), parties: plain } as Json;
}
