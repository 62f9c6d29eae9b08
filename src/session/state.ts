import { current, isDraft } from 'immer';
import type { Json, PartyId } from '../domain/id.ts';
import { listOf } from '../domain/list.ts';
import type { World } from '../value/world.ts';
import type { End, Fact, StanceState } from './fact.ts';
import type { Game } from './game.ts';

/** What stands on the table. `by` is a seat, NOBODY, or MEDIATOR; `consent` has one bit per seat that agrees to it. */
export interface Table {
  readonly outcome: number;
  readonly by: number;
  readonly consent: number;
}

export const NONE = -1;
export const NOBODY = -1;
export const MEDIATOR = -2;

/** What one party brings through time. Every field is replaced whole, never changed inside, so that a shallow copy thaws a state. */
export interface SeatState {
  readonly here: boolean;
  readonly stance: StanceState;
  /** One entry per tactic of the party's strategy that remembers anything. */
  readonly memory: readonly Json[];
  /** One entry per seat: what this party believes of that one's preferences; null for its own, for observers and without a model. */
  readonly beliefs: readonly Json[];
  readonly firstOffer: number;
  readonly previousOffer: number;
  readonly lastOffer: number;
  readonly offers: number;
  readonly refusals: number;
  /** The best outcome this party was ever offered, by raw index. */
  readonly bestOffered: number;
}

/**
 * A negotiation at one moment: plain, serialisable, shallow, frozen. It is the facts, folded; nothing derivable is kept, save what would take the whole
 * record to derive (a party's first and last offers).
 */
export interface State {
  readonly round: number;
  readonly turn: number;
  readonly table: Table;
  readonly seats: readonly SeatState[];
  readonly world: World;
  /** How often each scripted event has fired, in the scenario's order. */
  readonly fired: readonly number[];
  readonly deadlineNear: boolean;
  readonly end: End | null;
  readonly agreement: number;
  /** What a protocol keeps beside the table. */
  readonly protocol: Json;
}

/** The same state with its fields open to `apply`: what Immer hands a recipe, or what the batch executor keeps. */
export type Draft = {
  -readonly [K in keyof State]: K extends 'seats' ? { -readonly [F in keyof SeatState]: SeatState[F] }[] : State[K];
};

/**
 * Folds one fact into the state: the Immer recipe, and the batch executor's step, by the same lines. `utilities`, by seat, spares the look-up of what
 * outcomes are worth in the draft's world, where the caller has it at hand.
 */
export function apply(game: Game, draft: Draft, fact: Fact, utilities?: readonly Float64Array[]): void {
  switch (fact.type) {
    case 'roundBegan':
      foldRound(draft, fact.round);
      break;
    case 'turnBegan':
      foldTurn(draft, fact.turn);
      break;
    case 'deadlineNear':
      draft.deadlineNear = true;
      break;
    case 'offered':
      foldOffer(game, draft, game.seatOf(fact.by), fact.outcome);
      noteOffer(game, draft, game.seatOf(fact.by), fact.outcome, utilities);
      break;
    case 'tabled':
      draft.table = { outcome: fact.outcome, by: MEDIATOR, consent: 0 };
      break;
    case 'accepted': {
      const { outcome, by, consent } = draft.table;
      draft.table = { outcome, by, consent: consent | (1 << game.seatOf(fact.by)) };
      break;
    }
    case 'rejected':
      foldRefusal(draft, game.seatOf(fact.by));
      break;
    case 'walked':
      draft.seats[game.seatOf(fact.by)].here = false;
      break;
    case 'stanceChanged':
      draft.seats[game.seatOf(fact.party)].stance = fact.stance;
      break;
    case 'happened': {
      const event = game.eventIndex(fact.event);
      if (event >= 0) draft.fired = plain(draft.fired).map((n, i) => (i === event ? n + 1 : n));
      break;
    }
    case 'marketMoved': {
      const world = plain(draft.world);
      draft.world = { ...world, market: { ...world.market, [fact.name]: fact.to } };
      break;
    }
    case 'termMoved': {
      const world = plain(draft.world);
      draft.world = { ...world, terms: { ...world.terms, [`${fact.party}.${fact.term}`]: fact.to } };
      break;
    }
    case 'reservationMoved': {
      const world = plain(draft.world);
      draft.world = { ...world, reservations: { ...world.reservations, [fact.party]: fact.to } };
      break;
    }
    case 'deadlineMoved':
      draft.world = { ...plain(draft.world), rounds: fact.to };
      draft.deadlineNear = false;
      break;
    case 'ended':
      draft.end = fact.end;
      draft.agreement = fact.outcome ?? NONE;
      break;
    case 'passed':
    case 'refused':
    case 'signalled':
      break;
    default:
      fact satisfies never;
  }
  game.protocol.fold?.(draft, fact);
  if (game.listens) remember(game, draft, fact, utilities);
}

export function foldRound(draft: Draft, round: number): void {
  draft.round = round;
  draft.turn = 0;
}

export function foldTurn(draft: Draft, turn: number): void {
  draft.turn = turn;
}

/** A seat's offer stands on the table. */
export function foldOffer(game: Game, draft: Draft, by: number, outcome: number): void {
  const own = draft.seats[by];
  draft.table = { outcome, by, consent: game.offeringConsents === true ? 1 << by : 0 };
  if (own.offers === 0) own.firstOffer = outcome;
  own.previousOffer = own.lastOffer;
  own.lastOffer = outcome;
  own.offers++;
}

export function foldRefusal(draft: Draft, by: number): void {
  draft.seats[by].refusals++;
}

/**
 * Other parties note an offer: the best they were ever made, and what it says of the one who made it. Without opponent models, the same offer made again in the
 * same world tells nobody anything new.
 */
export function noteOffer(
  game: Game,
  draft: Draft,
  by: number,
  outcome: number,
  given?: readonly Float64Array[],
): void {
  const { players, deciding } = game;
  const worth = given ?? game.valuation(plain(draft.world)).utilities;
  for (let i = 0; i < deciding.length; i++) {
    const seat = deciding[i];
    if (seat === by) continue;
    const other = draft.seats[seat];
    const utilities = worth[seat];
    if (other.bestOffered === NONE || utilities[outcome] > utilities[other.bestOffered]) other.bestOffered = outcome;
    const { model } = players[seat];
    if (model === undefined) continue;
    const beliefs = plain(other.beliefs);
    const time = draft.round / (draft.world.rounds + 1);
    const belief = model.observe(beliefs[by], { outcome, round: draft.round, time });
    if (belief !== beliefs[by]) other.beliefs = replaced(beliefs, by, belief);
  }
}

/** Tactics and acceptance rules with a memory fold every fact into it that their party may know. */
function remember(game: Game, draft: Draft, fact: Fact, given?: readonly Float64Array[]): void {
  const { players, seatOf, deciding } = game;
  for (let i = 0; i < deciding.length; i++) {
    const seat = deciding[i];
    const { listeners } = players[seat];
    if (listeners.length === 0 || isPrivate(fact, game.ids[seat])) continue;
    const own = draft.seats[seat];
    const before = plain(own.memory);
    let memory = before;
    const utilities = (given ?? game.valuation(plain(draft.world)).utilities)[seat];
    const context = { seat, utilities, seatOf, round: draft.round };
    for (const { slot, hear } of listeners) {
      const next = hear(memory[slot], fact, context);
      if (next !== memory[slot]) memory = replaced(memory, slot, next);
    }
    if (memory !== before) own.memory = memory;
  }
}

function replaced<T>(list: readonly T[], at: number, by: T): readonly T[] {
  const copy = list.slice();
  copy[at] = by;
  return copy;
}

/** Whether a fact is none of a party's business: where another stands in its own posture, and what a script whispers to another. */
function isPrivate(fact: Fact, to: PartyId): boolean {
  if (fact.type === 'stanceChanged') return fact.party !== to;
  return fact.type === 'signalled' && fact.to !== undefined && fact.to !== to;
}

/**
 * A copy that `apply` may change. Fields are replaced whole, so the seats are as deep as a copy must go. They are written out because what a spread copies takes
 * after what it was copied from: the engine would meet a differently built state, and compile itself anew, in every negotiation.
 */
export function thaw(state: State): Draft {
  const { round, turn, table, seats, world, fired, deadlineNear, end, agreement, protocol } = state;
  return {
    round,
    turn,
    table,
    seats: listOf(seats.length, (seat) => thawSeat(seats[seat])),
    world,
    fired,
    deadlineNear,
    end,
    agreement,
    protocol,
  };
}

function thawSeat(seat: SeatState): Draft['seats'][number] {
  const { here, stance, memory, beliefs, firstOffer, previousOffer, lastOffer, offers, refusals, bestOffered } = seat;
  return { here, stance, memory, beliefs, firstOffer, previousOffer, lastOffer, offers, refusals, bestOffered };
}

const plain = <T>(value: T): T => (isDraft(value) ? (current(value as object) as T) : value);
