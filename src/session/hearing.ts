import { lowest as lowest_ } from '../domain/bits.ts';
import type { ChartNode, ChartTransition, StanceEnv } from './contracts/stance.ts';
import { pathOf } from './contracts/stance.ts';
import type { Fact, FactType, StanceState } from './fact.ts';
import type { NoteSink } from './note.ts';
import type { Player } from './player.ts';

// Taken in, as in `turn.ts`.
const lowest = lowest_;

/** The events every stance machine may listen to; a script may send others by name. */
export const STANCE_EVENTS = [
  'roundBegan',
  'offered',
  'tabled',
  'accepted',
  'rejected',
  'walked',
  'deadlineNear',
  'shocked',
] as const;

/** The bit that stands for every event a script sends by name. */
export const SIGNALS = 1 << STANCE_EVENTS.length;
const EVERYTHING = 2 * SIGNALS - 1;

/** The bits of events that are somebody's doing. */
export const SPOKEN = 2 | 8 | 16 | 32;

/** The event that facts of a type are heard as, as a bit; 0 when stances do not hear them. A scripted event is heard once, as `shocked`, before what it does. */
export function sound(type: FactType): number {
  switch (type) {
    case 'roundBegan':
      return 1;
    case 'offered':
      return 2;
    case 'tabled':
      return 4;
    case 'accepted':
      return 8;
    case 'rejected':
      return 16;
    case 'walked':
      return 32;
    case 'deadlineNear':
      return 64;
    case 'happened':
      return 128;
    case 'signalled':
      return SIGNALS;
    default:
      return 0;
  }
}

/** The name of the event a fact is heard as; `heard` is its bit, where the caller has it. */
export function hearing(fact: Fact, heard = sound(fact.type)): string {
  if (heard === SIGNALS) return (fact as Extract<Fact, { type: 'signalled' }>).signal;
  return STANCE_EVENTS[lowest(heard)];
}

/** An event's bit, by the name it is heard as. */
export function bitOf(name: string): number {
  const place = (STANCE_EVENTS as readonly string[]).indexOf(name);
  return place < 0 ? SIGNALS : 1 << place;
}

/** What a stance can react to, given its active states: an event no state lists changes nothing, unless some transition waits for no event at all. */
export function earsOf(active: readonly ChartNode[]): number {
  let ears = 0;
  for (const { on = {}, always = [] } of active) {
    if (always.length > 0) return EVERYTHING;
    for (const event of Object.keys(on)) ears |= event === '*' ? EVERYTHING : bitOf(event);
  }
  return ears;
}

/**
 * The transitions that could answer an event from a state, in the order XState tries them: those of the event itself, deepest state first, those by name
 * before those for any event (`*`); then the eventless ones. Worked out once for every chart, state and event.
 */
export function candidates(chart: ChartNode, value: StanceState['value'], event: string): readonly ChartTransition[] {
  const known = answers(chart, pathOf(value));
  let found = known.get(event);
  if (found === undefined) {
    const active = activeNodes(chart, value).reverse();
    const eventful = active.flatMap((node) => [...(node.on?.[event] ?? []), ...(node.on?.['*'] ?? [])]);
    found = [...eventful, ...active.flatMap((node) => node.always ?? [])];
    known.set(event, found);
  }
  return found;
}

type Answers = Map<string, readonly ChartTransition[]>;
const ANSWERS = new WeakMap<ChartNode, Map<string, Answers>>();

/** What a chart's state is known to answer, by event. */
function answers(chart: ChartNode, path: string): Answers {
  const states = ANSWERS.get(chart) ?? new Map<string, Answers>();
  if (states.size === 0) ANSWERS.set(chart, states);
  const events = states.get(path) ?? new Map();
  if (events.size === 0) states.set(path, events);
  return events;
}

/** The active nodes, outermost first. */
export function activeNodes(chart: ChartNode, value: StanceState['value']): ChartNode[] {
  if (typeof value === 'string') {
    const child = chart.states?.[value];
    return child ? [chart, child] : [chart];
  }
  const inner = Object.entries((value ?? {}) as Record<string, StanceState['value']>).flatMap(([key, rest]) => {
    const child = chart.states?.[key];
    return child ? activeNodes(child, rest) : [];
  });
  return [chart, ...inner];
}

/** Notes which guards were tried on an event, with what each one saw. */
export function tried(
  sink: NoteSink,
  player: Player,
  by: string,
  stance: StanceState,
  env: StanceEnv,
  moved: boolean,
): void {
  const options = candidates(player.compiled.chart, stance.value, env.on);
  if (options.length === 0) return;
  env.context = stance.context;
  sink({
    about: 'stance',
    by,
    stance: pathOf(stance.value),
    on: env.on,
    tried: options.map(({ guard, target }) => {
      const compiled = guard === undefined ? undefined : player.compiled.guards.get(guard);
      return {
        guard: guard ?? 'always',
        to: target === undefined ? 'stay' : String(target),
        holds: compiled?.holds(env) ?? true,
        parts: compiled?.explain(env),
      };
    }),
    moved,
  });
}
