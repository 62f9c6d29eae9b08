import type { Issue } from '../domain/issue.ts';
import type { ExprKind, Name, Vocabulary } from '../expression/index.ts';
import { floorOf } from './aspiration.ts';
import type { StanceEnv } from './contracts/stance.ts';
import { pathOf } from './contracts/stance.ts';
import { disagreement } from './disagreement.ts';
import type { Game } from './game.ts';
import { CLOCK, DEEDS, OFFERS, OWN, SETTLED, TABLE } from './inputs.ts';
import { NOBODY, NONE, type State } from './state.ts';
import type { Other, View } from './view.ts';

/** What names an expression may use depends on the scenario's public shape. */
export interface Shape {
  readonly issues: readonly Issue[];
  readonly strides: readonly number[];
  readonly parties: readonly string[];
  readonly market: readonly string[];
  readonly events: readonly string[];
}

/** Words that head names in the world's vocabulary, so no party may be called by them. */
export const RESERVED = [
  'market',
  'standing',
  'agreement',
  'parties',
  'others',
  'mine',
  'context',
  'event',
  'zone',
  'nash',
  'pareto',
  'time',
  'round',
  'rounds',
  'turn',
  'deal',
  'end',
  'ended',
];

type Names<E> = Record<string, Name<E>>;

const number = <E>(doc: string, read: (env: E) => number, unit?: string): Name<E> => ({
  kind: 'number',
  doc,
  read,
  unit,
});
const flag = <E>(doc: string, read: (env: E) => boolean): Name<E> => ({ kind: 'boolean', doc, read });
const text = <E>(doc: string, read: (env: E) => string, options?: readonly string[]): Name<E> => ({
  kind: 'string',
  doc,
  read,
  options,
});

/** Names that are read from these inputs. */
function from<E>(inputs: number, names: Names<E>): Names<E> {
  return Object.fromEntries(Object.entries(names).map(([name, entry]) => [name, { ...entry, inputs }]));
}

/** The values of an outcome under a prefix: `standing.custody`, `agreement.stakes.russia`. Before there is one: '' and 0. */
function outcomeNames<E>(
  prefix: string,
  { issues, strides }: Shape,
  outcome: (env: E) => number,
  what: string,
): Names<E> {
  const names: Names<E> = {};
  for (const [i, issue] of issues.entries()) {
    for (const reading of issue.readings) {
      const none = reading.kind === 'number' ? 0 : '';
      const name = [prefix, issue.id, reading.suffix].filter(Boolean).join('.');
      names[name] = {
        kind: reading.kind as ExprKind,
        doc: `${reading.doc} of ${issue.label} in ${what}`,
        unit: reading.unit,
        options: reading.options && [...reading.options, ''],
        levels: reading.levels && [...reading.levels, 0],
        read: (env) => {
          const at = outcome(env);
          return at < 0 ? none : reading.read(Math.trunc(at / strides[i]) % issue.size);
        },
      };
    }
  }
  return names;
}

/** Values of an outcome by levels, for constraints: the bare issue names, `custody == 'one_key'`, `stakes.russia > 0`. */
export function constraintVocabulary({ issues }: Pick<Shape, 'issues'>): Vocabulary<ArrayLike<number>> {
  const names: Names<ArrayLike<number>> = {};
  for (const [i, issue] of issues.entries()) {
    for (const { suffix, kind, doc, unit, options, levels, read } of issue.readings) {
      const name = suffix ? `${issue.id}.${suffix}` : issue.id;
      names[name] = { kind, doc: `${doc} of ${issue.label}`, unit, options, levels, read: (at) => read(at[i]) };
    }
  }
  return { names };
}

const latest = ({ view, seat }: Other) => (view.lastOffer(seat) === NONE ? 0 : view.utility(view.lastOffer(seat)));

/** What a party's stance may speak of: its own view, and nothing else. All utilities are the party's own, at the current market. */
export function stanceVocabulary(shape: Shape, context: Readonly<Record<string, unknown>> = {}): Vocabulary<StanceEnv> {
  const standing = (env: StanceEnv) => env.view.standing;
  const utilityOr0 = (view: View, outcome: number) => (outcome === NONE ? 0 : view.utility(outcome));
  const names: Names<StanceEnv> = {
    ...from(CLOCK, {
      time: number('how much of the time is gone: round / (rounds + 1)', ({ view }) => view.time, '0 to 1'),
      round: number('the round being played, from 1', ({ view }) => view.round, 'round'),
      rounds: number('rounds until the deadline', ({ view }) => view.rounds, 'round'),
      rounds_left: number('rounds after this one', ({ view }) => view.rounds - view.round, 'round'),
    }),
    ...from(TABLE, {
      'standing.exists': flag('whether anything is on the table', ({ view }) => view.standing !== NONE),
      'standing.utility': number('utility of what is on the table; 0 before the first offer', ({ view }) =>
        utilityOr0(view, view.standing),
      ),
      'standing.by': text("who put it there: a party's id, `mediator`, or '' before the first offer", ({ view }) =>
        byName(view),
      ),
      'standing.gain': number(
        'utility of what is on the table over mine.floor; 0 before the first offer',
        ({ view }) => (view.standing === NONE ? 0 : view.utility(view.standing) - floorOf(view)),
      ),
    }),
    ...from(SETTLED, {
      'mine.reservation': number('the reservation value', ({ view }) => view.reservation),
      'mine.floor': number(
        'the least worth aiming at: the reservation value, or the worst utility in the outcome space where that is more',
        ({ view }) => floorOf(view),
      ),
      'mine.best': number('the best utility in the outcome space', ({ view }) => view.best),
    }),
    ...from(OWN, {
      'mine.last': number('utility of the last offer made; the best there is before the first', ({ view }) => {
        const last = view.lastOffer(view.seat);
        return last === NONE ? view.best : view.utility(last);
      }),
      'mine.offers': number('offers made so far', ({ view }) => view.offers(view.seat)),
      'mine.refusals': number('offers refused so far', ({ view }) => view.refusals(view.seat)),
    }),
    ...from(DEEDS, {
      'mine.best_offered': number(
        'utility of the best outcome the others ever offered; 0 before the first',
        ({ view }) => utilityOr0(view, view.bestOffered),
      ),
    }),
    'event.name': text('the name of the event being heard', ({ on }) => on),
    'event.by': text("who did what is being heard: a party's id, or ''", ({ fact }) =>
      fact !== undefined && 'by' in fact ? fact.by : '',
    ),
    'event.id': text(
      "the scripted event being heard, or ''",
      ({ fact }) => (fact !== undefined && 'event' in fact ? fact.event : ''),
      [...shape.events, ''],
    ),
    'event.utility': number('utility of the outcome being heard of; 0 where there is none', ({ fact, view }) =>
      utilityOr0(view, (fact as { outcome?: number | null } | undefined)?.outcome ?? NONE),
    ),
    ...from(TABLE, outcomeNames('standing', shape, standing, 'what is on the table')),
  };
  const settled: Names<StanceEnv> = {};
  for (const name of shape.market) {
    settled[`market.${name}`] = number(`${name} now`, ({ view }) => view.market(name));
    settled[`market.${name}_change`] = number(
      `${name} now against the start, as a share (-0.2 is a fall of 20 %)`,
      ({ view }) => view.market(name) / view.marketAtStart(name) - 1,
    );
  }
  for (const [key, value] of Object.entries(context)) {
    const doc = `the stance's own memory "${key}"`;
    if (typeof value === 'string') settled[`context.${key}`] = text(doc, (env) => String(env.context[key]));
    else if (typeof value === 'boolean') settled[`context.${key}`] = flag(doc, (env) => env.context[key] === true);
    else settled[`context.${key}`] = number(doc, (env) => Number(env.context[key] ?? 0));
  }
  Object.assign(names, from(SETTLED, settled));
  const member: Names<Other> = {
    ...from(SETTLED, {
      id: text("the other party's id", ({ view, seat }) => view.partyId(seat), shape.parties),
      here: flag('whether it is still in the talks', ({ view, seat }) => view.isHere(seat)),
    }),
    ...from(TABLE, {
      consents: flag('whether it consents to what is on the table', ({ view, seat }) => view.consents(seat)),
    }),
    ...from(DEEDS, {
      offers: number('offers it made', ({ view, seat }) => view.offers(seat)),
      refusals: number('offers it refused', ({ view, seat }) => view.refusals(seat)),
    }),
    ...from(OFFERS, {
      latest: number('own utility of its latest offer; 0 before its first', latest),
      first: number('own utility of its first offer; 0 before it', ({ view, seat }) =>
        utilityOr0(view, view.firstOffer(seat)),
      ),
      concession: number(
        'rise in own utility from its first offer to its latest; 0 before two offers',
        ({ view, seat }) => view.concession(seat),
      ),
    }),
    ...from(DEEDS, {
      step: number('rise in own utility from its previous offer to its latest; 0 before two offers', ({ view, seat }) =>
        view.step(seat),
      ),
    }),
  };
  return {
    names,
    groups: {
      others: {
        doc: 'the other parties that negotiate, as this party sees them; observers are not among them',
        size: ({ view }: StanceEnv) => view.others.length,
        member: ({ view }: StanceEnv, i: number) => view.others[i],
        members: ({ view }: StanceEnv) => view.others,
        label: ({ view }: StanceEnv, i: number) => view.partyId(view.others[i].seat),
        inputs: SETTLED,
        names: member,
      },
    } as unknown as NonNullable<Vocabulary<StanceEnv>['groups']>,
  };
}

function byName(view: View): string {
  if (view.standing === NONE) return '';
  return view.standingBy >= 0 ? view.partyId(view.standingBy) : 'mediator';
}

/** What events, expectations, breakpoints and watches may speak of: the whole world, every party's values included. */
export interface WorldEnv {
  readonly game: Game;
  readonly state: State;
}

interface Member extends WorldEnv {
  readonly seat: number;
}

/** The outcome that counts for a party now: the agreement, else what is on the table; NONE when talks ended without one or nothing was offered. */
const counting = ({ state }: WorldEnv) => (state.end === null ? state.table.outcome : state.agreement);

export function utilityNow(env: WorldEnv, seat: number): number {
  const { game, state } = env;
  const outcome = counting(env);
  if (outcome !== NONE) return game.valuation(state.world).utilities[seat][outcome];
  return state.end === null ? 0 : disagreement(game, seat, state.world).utility;
}

export function valueNow(env: WorldEnv, seat: number): number {
  const { game, state } = env;
  const outcome = counting(env);
  if (outcome !== NONE) return game.valuation(state.world).value(seat, outcome);
  return state.end === null ? 0 : disagreement(game, seat, state.world).value;
}

function memberNames(): Names<Member> {
  const own = ({ state, seat }: Member) => state.seats[seat];
  return {
    utility: number(
      'utility of the agreement, or of what is on the table while talks go on; after talks without one the reservation value, or the worst outcome for want of one',
      (m) => utilityNow(m, m.seat),
    ),
    value: number("the same as value, in the scenario's unit", (m) => valueNow(m, m.seat)),
    reservation: number('the reservation value, as utility', ({ game, state, seat }) =>
      game.parts.appraiser.reservation(seat, state.world),
    ),
    stance: text('the state of the stance machine', (m) => pathOf(own(m).stance.value)),
    here: flag('whether the party is still in the talks', (m) => own(m).here),
    offers: number('offers made', (m) => own(m).offers),
    refusals: number('offers refused', (m) => own(m).refusals),
    last: number('own utility of the last offer made; 0 before the first', ({ game, state, seat }) => {
      const { lastOffer } = state.seats[seat];
      return lastOffer === NONE ? 0 : game.valuation(state.world).utilities[seat][lastOffer];
    }),
    consents: flag(
      'whether the party consents to what is on the table',
      ({ state, seat }) => (state.table.consent & (1 << seat)) !== 0,
    ),
  };
}

export function worldVocabulary(shape: Shape): Vocabulary<WorldEnv> {
  const names: Names<WorldEnv> = {
    time: number(
      'how much of the time is gone: round / (rounds + 1)',
      ({ game, state }) => game.time(state.round, state.world),
      '0 to 1',
    ),
    round: number('the round being played, from 1', ({ state }) => state.round, 'round'),
    rounds: number('rounds until the deadline', ({ state }) => state.world.rounds, 'round'),
    turn: number('the turn of the round, from 1', ({ state }) => state.turn, 'turn'),
    ended: flag('whether the talks are over', ({ state }) => state.end !== null),
    end: text("how the talks ended; '' while they go on", ({ state }) => state.end ?? '', [
      'agreement',
      'timedout',
      'broken',
      '',
    ]),
    deal: flag('whether there is an agreement', ({ state }) => state.end === 'agreement'),
    'standing.exists': flag('whether anything is on the table', ({ state }) => state.table.outcome !== NONE),
    'standing.index': number(
      'raw index of what is on the table; -1 before the first offer',
      ({ state }) => state.table.outcome,
    ),
    'standing.by': text("who put it there: a party's id, `mediator`, or ''", ({ game, state }) =>
      state.table.by >= 0 ? game.parties[state.table.by].id : state.table.by === NOBODY ? '' : 'mediator',
    ),
    'agreement.index': number('raw index of the agreement; -1 without one', ({ state }) => state.agreement),
    ...outcomeNames('standing', shape, ({ state }: WorldEnv) => state.table.outcome, 'what is on the table'),
    ...outcomeNames('agreement', shape, ({ state }: WorldEnv) => state.agreement, 'the agreement'),
  };
  for (const name of shape.market) {
    names[`market.${name}`] = number(`${name} now`, ({ state }) => state.world.market[name]);
    names[`market.${name}_change`] = number(
      `${name} now against the start, as a share`,
      ({ game, state }) => state.world.market[name] / game.world.market[name] - 1,
    );
  }
  for (const event of shape.events) {
    names[`fired.${event}`] = number(
      `how often the event "${event}" has fired`,
      ({ game, state }) => state.fired[game.eventIndex(event)],
    );
  }
  const member = memberNames();
  for (const [seat, party] of shape.parties.entries()) {
    for (const [name, entry] of Object.entries(member)) {
      names[`${party}.${name}`] = {
        ...entry,
        doc: `${party}: ${entry.doc}`,
        read: (env) => entry.read({ game: env.game, state: env.state, seat }),
      };
    }
  }
  return {
    names,
    groups: {
      parties: {
        doc: 'all the parties that negotiate; observers are not among them',
        size: ({ game }: WorldEnv) => game.deciding.length,
        member: ({ game, state }: WorldEnv, i: number) => ({ game, state, seat: game.deciding[i] }),
        label: ({ game }: WorldEnv, i: number) => game.ids[game.deciding[i]],
        names: {
          id: text("the party's id", ({ game, seat }: Member) => game.parties[seat].id, shape.parties),
          ...member,
        },
      },
    } as unknown as NonNullable<Vocabulary<WorldEnv>['groups']>,
  };
}
