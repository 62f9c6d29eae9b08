import { TERMS } from '../catalog.ts';
import type { Flaw } from '../domain/issue.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import type { Term } from '../value/term.ts';
import { Appraiser, type Valuer } from '../value/valuation.ts';
import { makeVenture } from '../value/venture/venture.ts';
import type { World } from '../value/world.ts';
import { twice, within } from './flaws.ts';
import type { PartySpec, ScenarioSpec } from './schema.ts';

/** A party's reservation value in the scenario's unit; -Infinity where it would sign anything. */
export function reservationOf({ reservation }: Pick<PartySpec, 'reservation'>): number {
  if (reservation === 'none') return Number.NEGATIVE_INFINITY;
  if (typeof reservation === 'number') return reservation;
  const { found, otherwise } = reservation;
  return found?.credible && found.worth !== null ? found.worth : reservationOf({ reservation: otherwise });
}

/** Who sits there, and the seats of those who are asked. */
export function seatsOf({ parties }: Pick<ScenarioSpec, 'parties'>) {
  return {
    parties: parties.map(({ id }) => id),
    deciding: [...parties.keys()].filter((seat) => !parties[seat].observer),
  };
}

/** The world before anything happened. */
export function firstWorld(spec: ScenarioSpec): World {
  return { market: spec.market, terms: {}, reservations: {}, rounds: spec.protocol.rounds };
}

/** The parties with their value terms, or what stands in the way. */
export function makeValuers(spec: ScenarioSpec, space: OutcomeSpace, flaws: Flaw[]): Valuer[] | undefined {
  const before = flaws.length;
  const parties = spec.parties.map((party) => party.id);
  const venture = spec.venture && makeVenture(spec.venture, space.issues, parties, spec.market);
  if (venture && !venture.ok) flaws.push(...within(['venture'], venture.flaws));
  const valuers = spec.parties.map((party, seat): Valuer => {
    flaws.push(...twice(party.terms, ['parties', seat, 'terms'], 'term'));
    const terms = party.terms.flatMap((given, t): Term[] => {
      const context = { party: party.id, seat, parties, space, venture: venture?.ok ? venture.made : undefined };
      // Terms that stand on a venture which cannot be made would only repeat that.
      if (venture && !venture.ok && given.kind === 'venture') return [];
      const result = TERMS.get(given.kind)!.make(given, context);
      if (result.ok) return [result.made];
      flaws.push(...within(['parties', seat, 'terms', t], result.flaws));
      return [];
    });
    return { id: party.id, terms, reservation: reservationOf(party) };
  });
  return flaws.length > before ? undefined : valuers;
}

/** What every outcome is worth to every party, or what stands in the way. */
export function makeAppraiser(
  spec: ScenarioSpec,
  space: OutcomeSpace,
  world: World,
  flaws: Flaw[],
): Appraiser | undefined {
  const valuers = makeValuers(spec, space, flaws);
  if (valuers === undefined) return undefined;
  const before = flaws.length;
  const appraiser = new Appraiser(space, valuers, world, spec.utility === 'own');
  const { utilities } = appraiser.valuation(world);
  for (const [seat, values] of utilities.entries()) {
    const bad = notFinite(values, space.allowed);
    if (bad === undefined) continue;
    const text = Object.entries(space.values(bad))
      .map(([id, value]) => `${id} ${value}`)
      .join(', ');
    flaws.push({
      path: ['parties', seat, 'terms'],
      code: 'value-not-finite',
      message: `the terms of "${valuers[seat].id}" give no finite value to the outcome ${text}`,
    });
  }
  return flaws.length > before ? undefined : appraiser;
}

/** The first outcome without a finite value. */
function notFinite(values: Float64Array, outcomes: Int32Array): number | undefined {
  for (const outcome of outcomes) if (!Number.isFinite(values[outcome])) return outcome;
  return undefined;
}
