import fc from 'fast-check';
import { applyPatches } from 'immer';
import { describe, expect, it } from 'vitest';
import { playOut } from '../../src/executors/batch.ts';
import { live } from '../../src/executors/live.ts';
import { table } from '../../src/executors/table.ts';
import type { AgreementSpec } from '../../src/protocols/agreement_rule.ts';
import { PROTOCOLS } from '../../src/protocols/index.ts';
import type { StanceExecutor } from '../../src/session/contracts/stance.ts';
import { begin, fold, run } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import { Sitting } from '../../src/session/sitting.ts';
import { type State, thaw } from '../../src/session/state.ts';
import { decide, takeTurn } from '../../src/session/turn.ts';
import { must } from '../fixtures/table.ts';
import { type EventBlock, moody, PARTIES, plain, space, talks } from './talks.ts';

const effects = fc.constantFrom<{ kind: string }>(
  { kind: 'market', name: 'price', times: 0.8 } as never,
  { kind: 'market', name: 'price', to: 140 } as never,
  { kind: 'term', party: 'ukraine', term: 'politics', times: 2 } as never,
  { kind: 'reservation', party: 'russia', by: 40 } as never,
  { kind: 'deadline', by: -4 } as never,
  { kind: 'deadline', by: 6 } as never,
  { kind: 'text', offer: { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' } } as never,
  { kind: 'leave', party: 'united_states', why: 'a vote at home' } as never,
  { kind: 'signal', name: 'summit', to: 'ukraine' } as never,
  { kind: 'signal', name: 'summit' } as never,
);
const script = fc
  .array(
    fc.record({
      round: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      chance: fc.constantFrom(1, 0.3),
      limit: fc.integer({ min: 1, max: 3 }),
      effects: fc.array(effects, { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 3 },
  )
  .map((blocks) => blocks.map((block, i): EventBlock => ({ ...block, id: `event_${i}` })));
const rules = fc.constantFrom<AgreementSpec>(
  { rule: 'unanimity', of: 'all' },
  { rule: 'unanimity', of: 'present' },
  { rule: 'required', parties: ['russia', 'ukraine'] },
);
const protocols = fc.constantFrom(...PROTOCOLS);

/** A random negotiation of three; made anew by `with`, so that the same talks can be run by either executor. */
const random = fc
  .record({
    charts: fc.tuple(...PARTIES.map(() => fc.constantFrom(moody, moody, plain))),
    script,
    rules,
    kind: fc.oneof({ weight: 3, arbitrary: fc.constant(PROTOCOLS[0]) }, { weight: 1, arbitrary: protocols }),
    seed: fc.nat(1e6),
    rounds: fc.integer({ min: 1, max: 16 }),
  })
  .map(({ charts, script, rules, kind, seed, rounds }) => ({
    made: (executor: StanceExecutor = live, otherSeed = seed): Game =>
      talks({
        charts,
        script,
        rule: rules,
        seed: otherSeed,
        rounds,
        executors: [executor, live],
        protocol: (context) => must(kind.make(kind.spec.parse({ kind: kind.kind }), context)),
      }),
  }));

const factsOf = (game: Game, from?: State, explained = true): Fact[] =>
  [...run(game, from, explained)].flatMap(({ facts }) => facts);
const runs = { numRuns: 40 };

describe('every negotiation', () => {
  it('reaches, by folding a turn’s facts, the very state that the turn worked on', () => {
    fc.assert(
      fc.property(random, ({ made }) => {
        const game = made();
        for (let state = begin(game); state.end === null; ) {
          const facts: Fact[] = [];
          const sitting = new Sitting(game, thaw(state), (fact) => facts.push(fact));
          takeTurn(sitting);
          const { state: folded } = fold(game, state, facts);
          expect(folded).toEqual(sitting.state);
          expect(decide(game, state)).toEqual(facts);
          state = folded;
        }
      }),
      runs,
    );
  });

  it('steps back by its inverse patches to the state before, and forward again by its patches', () => {
    fc.assert(
      fc.property(random, ({ made }) => {
        for (const { before, state, patches, inverse } of run(made(), undefined, false)) {
          expect(applyPatches(state, [...inverse])).toEqual(before);
          expect(applyPatches(before, [...patches])).toEqual(state);
        }
      }),
      runs,
    );
  });

  it('freezes every state all through, and shares with the one before whatever did not change', () => {
    fc.assert(
      fc.property(random, ({ made }) => {
        for (const { before, state } of run(made(), undefined, false)) {
          expect(thawed(state)).toEqual([]);
          const changed = state.seats.map((seat, i) => JSON.stringify(seat) !== JSON.stringify(before.seats[i]));
          expect(state.seats.map((seat, i) => seat !== before.seats[i])).toEqual(changed);
          expect(state.seats !== before.seats).toBe(changed.includes(true));
        }
      }),
      runs,
    );
  });

  it('gives the same bytes for the same seed, and notes never change a fact', () => {
    fc.assert(
      fc.property(random, ({ made }) => {
        const facts = JSON.stringify(factsOf(made()));
        expect(JSON.stringify(factsOf(made()))).toBe(facts);
        expect(JSON.stringify(factsOf(made(), undefined, false))).toBe(facts);
      }),
      runs,
    );
  });

  it('goes on from a state that came back from JSON with the facts it would have had', () => {
    fc.assert(
      fc.property(random, fc.nat(30), ({ made }, after) => {
        const game = made();
        const turns = [...run(game)];
        const at = Math.min(after, turns.length - 1);
        const state: State = JSON.parse(JSON.stringify(turns[at].before));
        expect(state).toEqual(turns[at].before);
        expect(factsOf(made(), state)).toEqual(turns.slice(at).flatMap(({ facts }) => facts));
      }),
      runs,
    );
  });

  it('plays out in batch, with tables for stances, fact by fact as it is recorded with XState', () => {
    let moved = 0;
    fc.assert(
      fc.property(random, ({ made }) => {
        const recorded = [...run(made(live))];
        const facts = recorded.flatMap((turn) => turn.facts);
        const played = playOut(made(table), { facts: true });
        expect(JSON.stringify(played.facts)).toBe(JSON.stringify(facts));
        expect(played.state).toEqual(recorded.at(-1)!.state);
        const { end, round, agreement } = playOut(made(table));
        expect([end, round, agreement]).toEqual([played.end, played.round, played.agreement]);
        moved += facts.filter(({ type }) => type === 'stanceChanged').length;
      }),
      { numRuns: 80 },
    );
    expect(moved).toBeGreaterThan(50);
  });

  it('never ends in an agreement that is worth less to a rational party than its reservation value', () => {
    let agreements = 0;
    fc.assert(
      fc.property(random, ({ made }) => {
        const game = made();
        const { end, agreement, state } = playOut(game);
        if (end !== 'agreement') return;
        agreements++;
        const { utilities } = game.valuation(state.world);
        for (const [seat, { here }] of state.seats.entries()) {
          const consents = (state.table.consent & (1 << seat)) !== 0;
          if (!here || !consents || state.table.outcome !== agreement) continue;
          // what moved after a party consented is not its rule's doing
          const moves = factsOf(game).some(
            ({ type }) => type === 'marketMoved' || type === 'reservationMoved' || type === 'termMoved',
          );
          if (!moves)
            expect(utilities[seat][agreement]).toBeGreaterThanOrEqual(
              game.parts.appraiser.reservation(seat, state.world),
            );
        }
      }),
      { numRuns: 80 },
    );
    expect(agreements).toBeGreaterThan(10);
  });
});

describe('chance', () => {
  it('gives different talks for different seeds, where anything is left to it', () => {
    const chancy: EventBlock[] = [
      { id: 'jolt', chance: 0.3, limit: 9, effects: [{ kind: 'market', name: 'price', times: 0.9 } as never] },
    ];
    const told = new Set(
      Array.from({ length: 8 }, (_, seed) => JSON.stringify(factsOf(talks({ script: chancy, seed, rounds: 12 })))),
    );
    expect(told.size).toBeGreaterThan(4);
  });
});

describe('a move that is not allowed', () => {
  const game = talks();
  const forbidden = space.find({ stakes: 'mostly_us', custody: 'one_key', oversight: 'none' }) as number;
  it.each([
    ['accepting before anything stands', { type: 'accept' } as const, 'there is nothing to accept'],
    ['rejecting without an offer', { type: 'reject' } as const, 'a rejection must come with an offer'],
    [
      'offering what the constraints forbid',
      { type: 'offer', outcome: forbidden } as const,
      'there is no such outcome on the table',
    ],
    ['offering what is no outcome', { type: 'offer', outcome: 1e9 } as const, 'there is no such outcome on the table'],
    ['offering half an outcome', { type: 'offer', outcome: 0.5 } as const, 'there is no such outcome on the table'],
  ])('is refused as a fact, and the turn passes: %s', (_, move, why) => {
    const facts = decide(game, begin(game), new Map([[0, move]]));
    expect(facts).toContainEqual({ type: 'refused', by: 'russia', move, why });
    expect(facts).toContainEqual({ type: 'passed', by: 'russia' });
  });
});

describe('a stance', () => {
  it('hears what others do, in party order, and not its own doing', () => {
    const turns = [...run(talks({ charts: [moody, moody, moody] }))];
    for (const { facts } of turns) {
      let heard: Fact | undefined;
      let last = -1;
      for (const fact of facts) {
        if (fact.type !== 'stanceChanged') {
          heard = fact;
          last = -1;
          continue;
        }
        const seat = PARTIES.indexOf(fact.party);
        expect(seat).toBeGreaterThan(last);
        last = seat;
        expect(heard && 'by' in heard && heard.by).not.toBe(fact.party);
      }
    }
    expect(turns.some(({ facts }) => facts.some(({ type }) => type === 'stanceChanged'))).toBe(true);
  });
});

/** The paths within a value at which plain objects or lists could still be changed. */
function thawed(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const within = Object.entries(value).flatMap(([key, part]) => thawed(part, `${path}/${key}`));
  return Object.isFrozen(value) ? within : [path, ...within];
}
