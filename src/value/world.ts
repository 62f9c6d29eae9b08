/**
 * The public facts that values depend on and events may move. Small, flat, JSON; replaced wholesale when anything moves, so that its identity
 * tells whether it changed.
 */
export interface World {
  /** Market figures by name (`price`, `difficulty`, `fees`), in the units the scenario's market states. */
  readonly market: Readonly<Record<string, number>>;
  /** Multipliers put on value terms by events, by `party.term`; a term not named here counts once. */
  readonly terms: Readonly<Record<string, number>>;
  /** Reservation values moved by events, by party id, in the scenario's unit of value. */
  readonly reservations: Readonly<Record<string, number>>;
  /** Rounds until the deadline. */
  readonly rounds: number;
}

/** What a valuation depends on: reservations and the deadline move cut-offs and clocks, never what an outcome is worth. */
export function valuationKey(world: World): string {
  return JSON.stringify([sorted(world.market), sorted(world.terms)]);
}

const sorted = (record: Readonly<Record<string, number>>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
