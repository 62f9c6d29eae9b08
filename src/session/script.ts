import { hashText, uniform } from './chance.ts';
import type { Shock } from './contracts/shock.ts';
import type { Sitting } from './sitting.ts';

const WORLD = hashText('world');

/** Something the script makes happen: at a round, when a condition becomes true, or by seeded chance per round. */
export interface ScriptedEvent {
  readonly id: string;
  readonly label: string;
  /** The round it is due in; undefined when a condition or chance decides. */
  readonly round?: number;
  readonly from: number;
  readonly until: number;
  /** The chance per round, in [0, 1]; 1 when a round or a condition alone decides. */
  readonly chance: number;
  readonly condition?: { readonly source: string; holds(sitting: Sitting): boolean };
  /** How often it may fire. */
  readonly limit: number;
  readonly shocks: readonly Shock[];
}

/**
 * Whether a scripted event is due in the round being opened; asked once a round, in the script's order, each on the state its predecessors left. Chance
 * decides whether, never how much.
 */
export function isDue(sitting: Sitting, event: ScriptedEvent, index: number, round: number): boolean {
  const { game } = sitting;
  if (sitting.state.fired[index] >= event.limit) return false;
  if (event.round !== undefined ? event.round !== round : round < event.from || round > event.until) return false;
  if (event.condition && !event.condition.holds(sitting)) return false;
  const luck = event.chance < 1 ? uniform(game.chance, WORLD, round, 0, hashText(event.id)) : 0;
  if (luck >= event.chance) return false;
  sitting.note?.({
    about: 'event',
    event: event.id,
    because: event.condition
      ? `${event.condition.source} holds`
      : event.chance < 1
        ? 'by chance'
        : `it is round ${round}`,
    numbers: event.chance < 1 ? { drawn: luck, chance: event.chance } : { round },
  });
  return true;
}
