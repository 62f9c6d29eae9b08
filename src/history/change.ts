import type { Json, PartyId } from '../domain/id.ts';
import { suggest } from '../expression/index.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Chart, ChartNode } from '../session/contracts/stance.ts';
import { pathOf } from '../session/contracts/stance.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import type { State } from '../session/state.ts';
import { type Answer, type Refused, refuse, said } from './refused.ts';

/** The one thing a fork changes. Figures are in the scenario's units; `times` is the multiplier of a value term. */
export type Change =
  | { readonly kind: 'move'; readonly party: PartyId; readonly move: Move }
  | { readonly kind: 'stance'; readonly party: PartyId; readonly to: string }
  | { readonly kind: 'market'; readonly name: string; readonly to: number }
  | { readonly kind: 'term'; readonly party: PartyId; readonly term: string; readonly times: number }
  | { readonly kind: 'reservation'; readonly party: PartyId; readonly to: number }
  | { readonly kind: 'deadline'; readonly to: number }
  | { readonly kind: 'strategy'; readonly party: PartyId; readonly strategy: string }
  | { readonly kind: 'seed'; readonly to: number }
  | { readonly kind: 'hand'; readonly party: PartyId };

/** The name that stands as `event` in the facts an edit makes. No scripted event need have it. */
export const EDIT = 'edit';

/** A change in a line, as the tree of branches shows it. */
export function changeText(change: Change, game: Game): string {
  switch (change.kind) {
    case 'move':
      return `${change.party}: ${moveText(change.move, game)}`;
    case 'stance':
      return `${change.party} in stance ${change.to}`;
    case 'market':
      return `market ${change.name} = ${change.to}`;
    case 'term':
      return `${change.party}: term ${change.term} x ${change.times}`;
    case 'reservation':
      return `${change.party}: reservation = ${change.to}`;
    case 'deadline':
      return `deadline = round ${change.to}`;
    case 'strategy':
      return `${change.party} plays ${change.strategy}`;
    case 'seed':
      return `seed = ${change.to}`;
    case 'hand':
      return `${change.party} is played by hand`;
    default:
      return change satisfies never;
  }
}

/** A move in words. */
export function moveText(move: Move, game: Game): string {
  if (move.type === 'offer') {
    const values = Object.entries(game.space.values(move.outcome)).map(([id, value]) => `${id}=${value}`);
    return `offers ${values.join(' ')}`;
  }
  if (move.type === 'walk') return `walks: ${move.why}`;
  return `${move.type}s`;
}

/** The facts that make a change of the world or of a stance in a state; none for changes of who plays how. */
export function factsOf(change: Change, game: Game, state: State): Answer<{ facts: Fact[] }> {
  const { world } = state;
  if ('party' in change && !game.isSeat(change.party)) return unknown('party', change.party, game.ids);
  const number = 'to' in change && typeof change.to === 'number' ? change.to : 'times' in change ? change.times : 0;
  if (!Number.isFinite(number)) return refuse('not-a-number', 'the new figure is no finite number');
  const facts = (...made: Fact[]): Answer<{ facts: Fact[] }> => ({ ok: true, facts: made });
  switch (change.kind) {
    case 'market': {
      const from = world.market[change.name];
      if (from === undefined) return unknown('market figure', change.name, Object.keys(world.market));
      const to = { ...world, market: { ...world.market, [change.name]: change.to } };
      return priced(game, to) ?? facts({ type: 'marketMoved', event: EDIT, name: change.name, from, to: change.to });
    }
    case 'term': {
      const { party, term, times } = change;
      const terms = game.parts.appraiser.parties[game.seatOf(party)].terms.map(({ id }) => id);
      if (!terms.includes(term)) return unknown('value term', term, terms);
      const from = world.terms[`${party}.${term}`] ?? 1;
      const to = { ...world, terms: { ...world.terms, [`${party}.${term}`]: times } };
      return priced(game, to) ?? facts({ type: 'termMoved', event: EDIT, party, term, from, to: times });
    }
    case 'reservation': {
      const { party, to } = change;
      const stated = world.reservations[party] ?? game.parts.appraiser.parties[game.seatOf(party)].reservation;
      return facts({ type: 'reservationMoved', event: EDIT, party, from: Number.isFinite(stated) ? stated : null, to });
    }
    case 'deadline':
      if (!Number.isInteger(change.to) || change.to < 1 || change.to > 1_000_000) {
        return refuse('bad-deadline', 'a deadline is a whole number of rounds from 1 to 1000000');
      }
      return facts({ type: 'deadlineMoved', event: EDIT, from: world.rounds, to: change.to });
    case 'stance': {
      const { party, to } = change;
      const seat = game.seatOf(party);
      const { stance } = state.seats[seat];
      const player = game.players[seat];
      const value = stanceValue(player.compiled.chart, to);
      if (value === undefined || !player.postures.has(pathOf(value))) {
        return unknown('stance', to, [...player.postures.keys()]);
      }
      const from = pathOf(stance.value);
      return facts({ type: 'stanceChanged', party, from, to: pathOf(value), on: EDIT, stance: { ...stance, value } });
    }
    case 'move':
    case 'strategy':
    case 'seed':
    case 'hand':
      return facts();
    default:
      return change satisfies never;
  }
}

/** The game after a change of luck or line-up, in a scenario that holds the line-up so far. */
export function gameAfter(change: Change, scenario: Scenario, game: Game): Answer<{ scenario: Scenario; game: Game }> {
  const { repetition } = game.parts;
  if (change.kind === 'seed') {
    if (!Number.isSafeInteger(change.to) || change.to < 0) return refuse('bad-seed', 'a seed is a whole number from 0');
    return { ok: true, scenario, game: scenario.game({ seed: change.to, repetition }) };
  }
  if (change.kind !== 'strategy') return { ok: true, scenario, game };
  const loaded = scenario.with({ [change.party]: change.strategy });
  if (!loaded.ok) {
    const [first] = loaded.diagnostics;
    return refuse(first?.code ?? 'bad-strategy', first?.message.replace(/^--strategy [^:]*: /, '') ?? '', first?.hint);
  }
  return { ok: true, scenario: loaded.scenario, game: loaded.scenario.game({ seed: game.parts.seed, repetition }) };
}

export function unknown(what: string, name: string, known: readonly string[]): Refused {
  const near = suggest(name, known);
  const hint = near ? `did you mean "${near}"?` : `there is: ${known.join(', ') || 'none'}`;
  return refuse(`unknown-${what.replaceAll(' ', '-')}`, `there is no ${what} "${name}"`, hint);
}

/** A refusal where the value models cannot price the outcomes of a world. */
function priced(game: Game, world: State['world']): Refused | undefined {
  try {
    const { utilities } = game.valuation(world);
    const lost = utilities.some((u) => game.space.allowed.some((o) => !Number.isFinite(u[o])));
    return lost ? refuse('cannot-be-valued', 'some outcomes have no value in such a world') : undefined;
  } catch (error) {
    return refuse('cannot-be-valued', `outcomes cannot be valued in such a world: ${said(error)}`);
  }
}

/** The machine value of a path (`closing`, `talks.probing`, `a.x | b.y`), initial states filled in below it; undefined when there is no such state. */
export function stanceValue(chart: Chart, path: string): Json | undefined {
  const regions = path.split('|').map((part) => part.trim().split('.'));
  if (regions.some((keys) => keys.some((key) => key === ''))) return undefined;
  const value = below(chart, regions);
  return value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
    ? undefined
    : value;
}

function below(node: ChartNode, wanted: readonly (readonly string[])[]): Json | undefined {
  const states = node.states ?? {};
  const names = Object.keys(states).filter((key) => states[key].type !== 'history');
  if (names.length === 0) return wanted.length === 0 ? {} : undefined;
  if (node.type === 'parallel') {
    if (wanted.some(([head]) => !names.includes(head))) return undefined;
    const value: Record<string, Json> = {};
    for (const name of names) {
      const rest = wanted.filter(([head]) => head === name).map((keys) => keys.slice(1));
      const inner = below(
        states[name],
        rest.filter((keys) => keys.length > 0),
      );
      if (inner === undefined) return undefined;
      value[name] = inner;
    }
    return value;
  }
  const heads = new Set(wanted.map(([head]) => head));
  if (heads.size > 1) return undefined;
  const name = [...heads][0] ?? node.initial ?? names[0];
  if (!names.includes(name)) return undefined;
  const inner = below(
    states[name],
    wanted.map((keys) => keys.slice(1)).filter((keys) => keys.length > 0),
  );
  if (inner === undefined) return undefined;
  return typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0 ? name : { [name]: inner };
}
