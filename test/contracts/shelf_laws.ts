import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { ACCEPTANCE } from '../../src/acceptance/index.ts';
import { OPPONENTS } from '../../src/opponents/index.ts';
import type { AcceptanceKind } from '../../src/session/contracts/acceptance.ts';
import type { StanceExecutor } from '../../src/session/contracts/stance.ts';
import type { TacticKind } from '../../src/session/contracts/tactic.ts';
import { begin } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import type { Move } from '../../src/session/move.ts';
import type { Note } from '../../src/session/note.ts';
import { Sitting } from '../../src/session/sitting.ts';
import { type State, thaw } from '../../src/session/state.ts';
import type { Shelves } from '../../src/session/strategy.ts';
import { takeTurn } from '../../src/session/turn.ts';
import { TACTICS } from '../../src/tactics/index.ts';
import { oneStance, tableOf } from '../fixtures/table.ts';

/**
 * What is true of every tactic and every acceptance rule, as functions that return what breaks the law. The same functions judge the shelves and the offenders
 * planted beside them.
 */

type Spec = { readonly type: string } & Readonly<Record<string, unknown>>;

/** One member under trial, with what completes a strategy around it. */
export interface Subject {
  readonly tactic: Spec;
  readonly acceptance: Spec;
  readonly model?: Spec;
  readonly shelves: Shelves;
  readonly may: { readonly offerBelow: boolean; readonly acceptBelow: boolean };
}

/** A table for a trial: three parties with values of their own; the subject sits at one of the seats. */
export interface Deal {
  readonly seed: number;
  readonly seat: number;
  readonly utilities: readonly (readonly number[])[];
  readonly reservation: number;
  readonly rounds: number;
  /** The others' offers by round, where the trial scripts them. */
  readonly offers: readonly number[];
}

export const SIZES = [4, 5, 3];
const RAW = 60;
const permits = (levels: ArrayLike<number>) => (levels[0] + levels[1] + levels[2]) % 4 !== 3;

const { space } = tableOf({
  sizes: SIZES,
  permits,
  seats: [],
  shelves: { tactics: new Map(), acceptance: new Map(), opponents: new Map() },
});

/** These laws are about what stands on the shelves, so stances stay put; the executors have laws of their own. */
const still: StanceExecutor = {
  name: 'still',
  prepare: () => ({ start: () => ({ value: 'talking', context: {} }), hear: () => undefined }),
};

const utility = fc.double({ min: 0, max: 1, noNaN: true });
const coarse = fc.integer({ min: 0, max: 6 }).map((n) => n / 6);
const values = fc
  .oneof(utility, coarse)
  .chain((first) => fc.array(first === 0 ? coarse : utility, { minLength: RAW, maxLength: RAW }));

export const deals: fc.Arbitrary<Deal> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  seat: fc.integer({ min: 0, max: 2 }),
  utilities: fc.tuple(values, values, values),
  reservation: fc.constantFrom(0, 0.3, 0.6, 0.95),
  rounds: fc.integer({ min: 2, max: 12 }),
  offers: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 24, maxLength: 24 }),
});

export const shelves: Shelves = {
  tactics: new Map(TACTICS.map((kind) => [kind.type, kind])),
  acceptance: new Map(ACCEPTANCE.map((kind) => [kind.type, kind])),
  opponents: new Map(OPPONENTS.map((kind) => [kind.type, kind])),
};

export function tacticOnTrial(kind: TacticKind, model?: Spec): Subject {
  return {
    tactic: kind.example as Spec,
    acceptance: { type: 'ac_const', utility: 2 },
    model,
    shelves: { ...shelves, tactics: new Map([...shelves.tactics, [kind.type, kind]]) },
    may: { offerBelow: kind.mayOfferBelowReservation === true, acceptBelow: false },
  };
}

export function ruleOnTrial(kind: AcceptanceKind): Subject {
  return {
    tactic: { type: 'time_dependent', exponent: 1 },
    acceptance: kind.example as Spec,
    shelves: { ...shelves, acceptance: new Map([...shelves.acceptance, [kind.type, kind]]) },
    may: { offerBelow: false, acceptBelow: kind.mayAcceptBelowReservation === true },
  };
}

/** What a cheat would need: the values of everybody at the table last laid. Planted offenders read it; honest members cannot. */
export const smuggled: { utilities: readonly (readonly number[])[] } = { utilities: [] };

/** Lays the table. `scripted`: the others make the deal's offers, whatever they are worth to them; else they walk at random and may accept. */
export function lay(subject: Subject, deal: Deal, scripted: boolean): Game {
  const moves = (seat: number) =>
    new Map<number, Move>(
      deal.offers.map((at, i) => {
        const outcome = space.allowed[(at + seat * 7) % space.allowed.length];
        return [i + 1, { type: 'offer', outcome }];
      }),
    );
  const others = oneStance({ type: 'random_walk', least: 0 }, { type: 'ac_const', utility: 0.9 });
  const own = oneStance(subject.tactic, subject.acceptance, subject.model);
  smuggled.utilities = deal.utilities;
  return tableOf({
    sizes: SIZES,
    space,
    executors: [still],
    shelves: subject.shelves,
    rounds: deal.rounds,
    seed: deal.seed,
    seats: deal.utilities.map((utility, seat) => ({
      utility,
      reservation: seat === deal.seat ? deal.reservation : 0,
      strategy: seat === deal.seat ? own : others,
      ...(scripted && seat !== deal.seat && { scripted: moves(seat) }),
    })),
  });
}

/** Plays talks out from a state, without the recorder's patches. At most `turns` turns. */
export function told(game: Game, from: State = begin(game), listen = false, turns = Number.POSITIVE_INFINITY) {
  const facts: Fact[] = [];
  const notes: Note[] = [];
  const sitting = new Sitting(
    game,
    thaw(from),
    (fact) => facts.push(fact),
    listen ? (note) => notes.push(note) : undefined,
  );
  let played = 0;
  for (; sitting.state.end === null && played < turns; played++) takeTurn(sitting);
  return { facts, notes, played, state: sitting.state as State };
}

export type Law = (subject: Subject, deal: Deal) => string | undefined;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The same seed gives the same facts: on a table laid afresh, and a second time on the same one. */
export const deterministic: Law = (subject, deal) => {
  const game = lay(subject, deal, false);
  const once = told(game).facts;
  if (!same(told(game).facts, once)) return 'a second run on the same table went another way';
  if (!same(told(lay(subject, deal, false)).facts, once)) return 'a run on a table laid afresh went another way';
  return undefined;
};

/** Notes are for the record: with and without a listener the same happens, and each choice is explained. */
export const explained: Law = (subject, deal) => {
  const quiet = told(lay(subject, deal, false)).facts;
  const { facts, notes } = told(lay(subject, deal, false), undefined, true);
  if (!same(facts, quiet)) return 'listening changed what happened';
  const mute = notes.some((note) => (note.about === 'offer' || note.about === 'answer') && note.because === '');
  return mute ? 'a choice came without a reason' : undefined;
};

/** Never below the own reservation value, unless the kind says so. */
export const rational: Law = (subject, deal) => {
  for (const scripted of [false, true]) {
    const game = lay(subject, deal, scripted);
    const own = game.ids[deal.seat];
    for (const fact of told(game).facts) {
      if ((fact.type !== 'offered' && fact.type !== 'accepted') || fact.by !== own) continue;
      const free = fact.type === 'offered' ? subject.may.offerBelow : subject.may.acceptBelow;
      const worth = deal.utilities[deal.seat][fact.outcome];
      if (!free && worth < deal.reservation) return `${fact.type} ${worth}, below the reservation ${deal.reservation}`;
    }
  }
  return undefined;
};

/** Proposals are outcomes that the constraints allow. */
export const allowed: Law = (subject, deal) => {
  const game = lay(subject, deal, false);
  for (const fact of told(game).facts) {
    if (fact.type === 'refused') return `refused: ${fact.why}`;
    if (fact.type === 'offered' && !game.space.isAllowed(fact.outcome))
      return `offered ${fact.outcome}, a forbidden outcome`;
  }
  return undefined;
};

/** A state written to disk in mid-talk and read back, at a table laid afresh, goes on as if nothing had happened. */
export const survivesJson: Law = (subject, deal) => {
  const { facts, played } = told(lay(subject, deal, true));
  const { state } = told(lay(subject, deal, true), undefined, false, Math.floor(played / 2));
  const read = JSON.parse(JSON.stringify(state)) as State;
  if (!isDeepStrictEqual(read, { ...state })) return 'the state is not JSON';
  const rest = told(lay(subject, deal, true), read).facts;
  return same(rest, facts.slice(facts.length - rest.length)) ? undefined : 'the talks went on another way';
};

/** What others' outcomes are worth to them changes nothing, as long as they do the same. */
export const seesOnlyItsView: Law = (subject, deal) => {
  const facts = told(lay(subject, deal, true)).facts;
  const utilities = deal.utilities.map((own, seat) => (seat === deal.seat ? own : own.map((u) => 1 - u)));
  const others = told(lay(subject, { ...deal, utilities }, true)).facts;
  return same(facts, others) ? undefined : 'it did otherwise when only the others’ values were different';
};

export const LAWS: Readonly<Record<string, Law>> = {
  deterministic,
  explained,
  rational,
  allowed,
  survivesJson,
  seesOnlyItsView,
};

/** The first deal on which a law is broken, in words; undefined when none was found. */
export function broken(law: Law, subject: Subject, runs: number): string | undefined {
  let found: string | undefined;
  const result = fc.check(
    fc.property(deals, (deal) => {
      found = law(subject, deal);
      return found === undefined;
    }),
    { numRuns: runs, seed: 20251225, endOnFailure: true },
  );
  if (!result.failed) return undefined;
  return found ?? String(result.errorInstance ?? 'it failed');
}

/** Every way of spoiling a member's example that its spec must refuse. */
export function spoilt(example: unknown): unknown[] {
  const given = example as Spec;
  const wrong: unknown[] = [{ ...given, no_such_parameter: 1 }, { ...given, type: 'another' }, null, 'text', [given]];
  for (const [key, value] of Object.entries(given)) {
    if (key === 'type') continue;
    wrong.push({ ...given, [key]: null }, { ...given, [key]: { nonsense: true } });
    if (typeof value === 'number') {
      wrong.push({ ...given, [key]: Number.NaN }, { ...given, [key]: '1' }, { ...given, [key]: -1e9 });
    }
  }
  return wrong;
}
