import { SHOCKS, TERMS } from '../catalog.ts';
import type { Flaw } from '../domain/issue.ts';
import { condition } from '../expression/index.ts';
import type { Shock } from '../session/contracts/shock.ts';
import type { ScriptedEvent } from '../session/script.ts';
import { worldVocabulary } from '../session/vocabulary.ts';
import { expressionFlaws, twice, within } from './flaws.ts';
import type { EventSpec, ScenarioSpec } from './schema.ts';
import type { Room } from './seats.ts';
import { reservationOf } from './values.ts';

/** The names of the events that a script sends to stances, beside the negotiation's own. */
export function signalsOf(spec: ScenarioSpec): string[] {
  const names = spec.events.flatMap(({ effects }) =>
    effects.flatMap((effect) => ('name' in effect && effect.kind === 'signal' ? [String(effect.name)] : [])),
  );
  return [...new Set(names)];
}

/** The events of a scenario, compiled in declared order. */
export function makeScript(spec: ScenarioSpec, room: Room, flaws: Flaw[]): ScriptedEvent[] {
  flaws.push(...twice(spec.events, ['events'], 'event'));
  return spec.events.map((event, e) => makeEvent(event, ['events', e], spec, room, flaws));
}

function makeEvent(
  event: EventSpec,
  path: (string | number)[],
  spec: ScenarioSpec,
  { space, shape }: Room,
  flaws: Flaw[],
): ScriptedEvent {
  if (event.at === undefined && event.when === undefined && event.chance === undefined) {
    const message = `nothing says when "${event.id}" happens`;
    flaws.push({
      path,
      code: 'event-never-due',
      message,
      hint: 'give it "at" (a round), "when" (a condition) or "chance"',
    });
  }
  const { from = 1, until = Number.MAX_SAFE_INTEGER } = event;
  if (from > until) {
    const message = `"${event.id}" may happen from round ${from} until round ${until}, which is never`;
    flaws.push({ path: [...path, 'until'], code: 'event-never-due', message });
  }
  if (event.at !== undefined && (event.from !== undefined || event.until !== undefined)) {
    const message = `"${event.id}" is due in round ${event.at}, so "from" and "until" mean nothing`;
    flaws.push({
      path: [...path, 'at'],
      code: 'event-due-twice',
      message,
      hint: 'keep either "at", or "from" and "until"',
    });
  }
  const shocks = event.effects.flatMap((effect, i): Shock[] => {
    const kind = SHOCKS.get(effect.kind);
    if (kind === undefined) return [];
    const made = kind.make(effect, {
      event: event.id,
      earliest: event.at ?? from,
      market: shape.market,
      terms: Object.fromEntries(spec.parties.map((party) => [party.id, party.terms.flatMap(scalable)])),
      reservations: Object.fromEntries(spec.parties.map((party) => [party.id, reservationOf(party)])),
      parties: shape.parties,
      issues: space.issues,
      strides: space.strides,
      allowed: space.allowed,
      isAllowed: (outcome) => space.isAllowed(outcome),
      find: (values) => space.find(values),
    });
    if (made.ok) return [made.made];
    flaws.push(...within([...path, 'effects', i], made.flaws));
    return [];
  });
  return {
    id: event.id,
    label: event.label ?? event.id.replaceAll('_', ' '),
    ...(event.at !== undefined && { round: event.at }),
    from,
    until,
    chance: event.chance ?? 1,
    ...dueWhen(event, path, shape, flaws),
    limit: event.limit,
    shocks,
  };
}

function dueWhen(
  event: EventSpec,
  path: (string | number)[],
  shape: Room['shape'],
  flaws: Flaw[],
): Pick<ScriptedEvent, 'condition'> {
  if (event.when === undefined) return {};
  const compiled = condition(event.when, worldVocabulary(shape));
  if (compiled.ok) return { condition: compiled.expression };
  flaws.push(...expressionFlaws(compiled.problems, [...path, 'when']));
  return {};
}

/** What an event can scale of a term: the whole, and its parts. */
const scalable = (term: { kind: string; id: string }): string[] => [
  term.id,
  ...(TERMS.get(term.kind)?.parts?.(term) ?? []).map((part) => `${term.id}.${part}`),
];
