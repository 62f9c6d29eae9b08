import type { Json } from '../domain/id.ts';
import { pathOf } from '../session/contracts/stance.ts';
import { reservationValue } from '../session/disagreement.ts';
import type { Game } from '../session/game.ts';
import { MEDIATOR, NONE, type State } from '../session/state.ts';
import { utilityNow, valueNow } from '../session/vocabulary.ts';

/** Whatever can be looked at in a frame, as plain JSON; undefined fields are left out. */
export type Tree = { readonly [key: string]: Tree | Json };

/** A value that is not the same in two frames; null stands for one that is not there. */
export interface Difference {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** A frame as people look at it: outcomes by their values, parties by id. Everything but utilities and values is the state itself. */
export function inspect(game: Game, state: State): Tree {
  const outcome = (o: number): Json => (o === NONE ? null : (game.space.values(o) as Json));
  const { table } = state;
  const by = table.by === MEDIATOR ? 'mediator' : (game.ids[table.by] ?? null);
  return {
    round: state.round,
    turn: state.turn,
    time: game.time(state.round, state.world),
    rounds: state.world.rounds,
    end: state.end,
    agreement: outcome(state.agreement),
    table: {
      offer: outcome(table.outcome),
      index: table.outcome,
      by,
      consents: game.ids.filter((_, seat) => (table.consent & (1 << seat)) !== 0),
    },
    parties: Object.fromEntries(game.ids.map((id, seat) => [id, party(game, state, seat)])),
    market: { ...state.world.market },
    terms: { ...state.world.terms },
    fired: Object.fromEntries(game.script.map((event, i) => [event.id, state.fired[i]])),
    deadline_near: state.deadlineNear,
    protocol: state.protocol,
  };
}

/** One party's branch of the tree: `utility` and `value` as in the world's vocabulary. */
export function party(game: Game, state: State, seat: number): Tree {
  const own = state.seats[seat];
  const env = { game, state };
  const reservation = game.parts.appraiser.reservation(seat, state.world);
  const utilities = game.valuation(state.world).utilities[seat];
  const offer = (o: number): Json => (o === NONE ? null : (game.space.values(o) as Json));
  return {
    utility: utilityNow(env, seat),
    value: valueNow(env, seat),
    reservation: finite(reservation),
    reservation_value: finite(reservationValue(game, seat, state.world)),
    strategy: game.players[seat].name,
    stance: pathOf(own.stance.value),
    context: own.stance.context,
    here: own.here,
    ...(game.parties[seat].observer && { observer: true }),
    offers: own.offers,
    refusals: own.refusals,
    first_offer: offer(own.firstOffer),
    last_offer: offer(own.lastOffer),
    last_utility: own.lastOffer === NONE ? null : utilities[own.lastOffer],
    best_offered: offer(own.bestOffered),
    beliefs: Object.fromEntries(
      game.ids.flatMap((id, other) => (own.beliefs[other] === null ? [] : [[id, own.beliefs[other]]])),
    ),
    memory: own.memory as Json,
  };
}

const finite = (x: number): Json => (Number.isFinite(x) ? x : null);

/** The part of a tree that a dotted path names (`parties.russia.stance`, `market.price`); undefined when there is none. */
export function at(tree: Tree | Json, path: string): Json | undefined {
  let here = tree as Json;
  for (const step of path === '' ? [] : path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as { readonly [key: string]: Json })[step];
  }
  return here;
}

/** The leaves in which two trees differ, in the order of the later one. */
export function differences(before: Tree | Json, after: Tree | Json): Difference[] {
  const found: Difference[] = [];
  walk(before as Json, after as Json, '', found);
  return found;
}

function walk(a: Json | undefined, b: Json | undefined, path: string, found: Difference[]): void {
  if (a === b || Object.is(a, b)) return;
  if (branches(a) && branches(b)) {
    const keys = new Set([...Object.keys(b), ...Object.keys(a)]);
    for (const key of keys) {
      walk(
        (a as Record<string, Json>)[key],
        (b as Record<string, Json>)[key],
        path === '' ? key : `${path}.${key}`,
        found,
      );
    }
    return;
  }
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  found.push({ path, before: a ?? null, after: b ?? null });
}

const branches = (x: Json | undefined): x is { readonly [key: string]: Json } => typeof x === 'object' && x !== null;
