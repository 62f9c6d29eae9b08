import { pow } from '../domain/arith.ts';
import type { PartyId, Seat } from '../domain/id.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import type { Appraiser, Valuation } from '../value/valuation.ts';
import type { World } from '../value/world.ts';
import { type ChanceKey, chanceKey, hashText } from './chance.ts';
import type { Protocol } from './contracts/protocol.ts';
import type { Player } from './player.ts';
import type { ScriptedEvent } from './script.ts';

export interface Party {
  readonly id: PartyId;
  readonly label: string;
  /** An observer takes no turn, is not asked and is nobody's opponent; its values are counted beside the others'. */
  readonly observer: boolean;
  /** What a round of talking costs the party, in the scenario's unit of value; sunk whether a deal comes or not. */
  readonly delayCost: number;
  /** What is left of a utility when all the time has passed: an outcome at time t is worth utility x discount^t. 1: waiting is free. */
  readonly discount: number;
}

export interface GameParts {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly space: OutcomeSpace;
  readonly parties: readonly Party[];
  readonly appraiser: Appraiser;
  readonly protocol: Protocol;
  readonly players: readonly Player[];
  readonly script: readonly ScriptedEvent[];
  readonly world: World;
  readonly seed: number;
  readonly repetition: number;
  /** The share of the time after which stances hear `deadlineNear`. */
  readonly deadlineNear: number;
  /** How this game was resolved: the scenario's hash names it in traces and reports. */
  readonly hash: string;
  /** Told before every draw, to whoever wants to know whether a negotiation leaves anything to chance. */
  readonly onChance?: () => void;
}

/**
 * A scenario, compiled: everything a negotiation needs that does not change while it runs. Immutable; `with` makes a game that differs in some parts and
 * shares the rest (the outcome space and its valuations above all).
 */
export class Game {
  readonly parts: GameParts;
  readonly space: OutcomeSpace;
  readonly parties: readonly Party[];
  readonly protocol: Protocol;
  readonly players: readonly Player[];
  /** The seats that take turns and are asked; observers are not among them. */
  readonly deciding: readonly Seat[];
  readonly script: readonly ScriptedEvent[];
  readonly #chance: ChanceKey;
  readonly offeringConsents: boolean;
  /** Whether any party’s tactics or acceptance rules remember facts. */
  readonly listens: boolean;
  readonly streams: readonly number[];
  readonly ids: readonly PartyId[];
  readonly seatOf: (party: PartyId) => Seat;

  constructor(parts: GameParts) {
    this.parts = parts;
    this.space = parts.space;
    this.parties = parts.parties;
    this.protocol = parts.protocol;
    this.players = parts.players;
    this.deciding = [...parts.parties.keys()].filter((seat) => !parts.parties[seat].observer);
    this.script = parts.script;
    this.#chance = chanceKey(parts.seed, parts.id, parts.repetition);
    this.offeringConsents = parts.protocol.offeringConsents;
    this.listens = parts.players.some((player) => player.listeners.length > 0);
    this.streams = parts.parties.map((party) => hashText(party.id));
    this.ids = parts.parties.map((party) => party.id);
    const { ids } = this;
    this.seatOf = (party) => {
      // a handful of parties: comparing is quicker than hashing
      for (let seat = 0; seat < ids.length; seat++) if (ids[seat] === party) return seat;
      return -1;
    };
  }

  /** The same game with some parts replaced; what is not replaced is shared. */
  with(parts: Partial<GameParts>): Game {
    return new Game({ ...this.parts, ...parts });
  }

  /** The key of every draw. Reading it means that a number is about to be drawn. */
  get chance(): ChanceKey {
    this.parts.onChance?.();
    return this.#chance;
  }

  valuation(world: World): Valuation {
    return this.parts.appraiser.valuation(world);
  }

  eventIndex(id: string): number {
    return this.script.findIndex((event) => event.id === id);
  }

  /** The world before anything happened. */
  get world(): World {
    return this.parts.world;
  }

  /** Time in round r of n: r / (n + 1), so that it is above 0 in the first round and below 1 in the last. */
  time(round: number, world: World): number {
    return timeOf(round, world.rounds);
  }

  /** What waiting until a time leaves of a party's utility: discount^time. */
  discounted(seat: Seat, time: number): number {
    return pow(this.parties[seat].discount, time);
  }

  isSeat(party: PartyId): boolean {
    return this.seatOf(party) >= 0;
  }
}

/** How much of the time is gone in round r of n: r / (n + 1). */
export const timeOf = (round: number, rounds: number): number => round / (rounds + 1);
