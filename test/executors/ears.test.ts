import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { playOut } from '../../src/executors/batch.ts';
import { live } from '../../src/executors/live.ts';
import { Quiet } from '../../src/executors/quiet.ts';
import { table } from '../../src/executors/table.ts';
import { PROTOCOLS } from '../../src/protocols/index.ts';
import type { Chart, ChartTransition, GuardPart, StanceExecutor } from '../../src/session/contracts/stance.ts';
import { Ears } from '../../src/session/ears.ts';
import { run } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import { timeOf } from '../../src/session/game.ts';
import { CLOCK, DEEDS, OWN, SETTLED } from '../../src/session/inputs.ts';
import { stanceVocabulary } from '../../src/session/vocabulary.ts';
import { must } from '../fixtures/table.ts';
import { type EventBlock, issues, PARTIES, plain, space, talks } from '../session/talks.ts';

/** Names that guards compare, with what they are compared to: every number and flag of the vocabulary. */
const { names, groups } = stanceVocabulary(
  { issues, strides: space.strides, parties: PARTIES, market: ['price'], events: [] },
  { patience: 0 },
);
const LEVELS: Readonly<Record<string, readonly number[]>> = {
  time: [0.2, 0.5, 0.8],
  'market.price': [90, 100],
};
const levelsOf = (name: string) =>
  LEVELS[name] ?? (/offers|refusals|round|patience/.test(name) ? [1, 2, 4, 8] : [0, 0.3, 0.6]);
const comparison = (kind: string, name: string, whole = name): fc.Arbitrary<string> =>
  kind === 'boolean'
    ? fc.constantFrom(whole, `!${whole}`)
    : fc
        .tuple(fc.constantFrom('<', '>=', '=='), fc.constantFrom(...levelsOf(name)))
        .map(([operator, level]) => `${whole} ${operator} ${level}`);
const numeric = (entries: Readonly<Record<string, { kind: string }>>) =>
  Object.entries(entries).filter(([, { kind }]) => kind !== 'string');
const atom = fc.oneof(
  ...numeric(names).map(([name, { kind }]) => comparison(kind, name)),
  ...numeric(groups!['others'].names).map(([name, { kind }]) =>
    kind === 'boolean'
      ? fc.constantFrom('any', 'all').map((verb) => `others.${verb}(${name})`)
      : fc.constantFrom('min', 'max').chain((verb) => comparison(kind, name, `others.${verb}(${name})`)),
  ),
  fc.constantFrom(...PARTIES).map((party) => `standing.by == '${party}'`),
);
const guard = fc.oneof(
  { weight: 2, arbitrary: atom },
  { weight: 2, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `${a} && ${b}`) },
  { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `${a} || ${b}`) },
);

const STATES = ['a', 'b', 'c'];
const transition = fc.record(
  {
    guard,
    target: fc.constantFrom(...STATES),
    actions: fc.constantFrom<ChartTransition['actions']>([{ type: 'add', params: { key: 'patience' } }], []),
  },
  { requiredKeys: ['guard'] },
);
const listening = fc.dictionary(
  fc.constantFrom('offered', 'rejected', 'accepted', 'roundBegan', 'deadlineNear', 'shocked', 'summit', '*'),
  fc.array(transition, { minLength: 1, maxLength: 2 }),
  { minKeys: 1, maxKeys: 4 },
);
/** A machine of three states whose guards speak of everything a stance may speak of. */
const chart = fc.tuple(listening, listening, listening).map(
  (on): Chart => ({
    initial: 'a',
    context: { patience: 0 },
    // every state must be within reach
    on: { walked: ['.b', '.c'].map((target) => ({ target, guard: 'time > 2' })) },
    states: Object.fromEntries(
      STATES.map((name, i) => [
        name,
        {
          on: on[i] as Chart['on'],
          meta: { tactic: { type: 'time_dependent', exponent: [4, 1, 0.5][i] }, acceptance: { type: 'ac_next' } },
        },
      ]),
    ),
  }),
);
const effects = fc.constantFrom<{ kind: string }>(
  { kind: 'market', name: 'price', times: 0.8 } as never,
  { kind: 'reservation', party: 'russia', by: 20 } as never,
  { kind: 'deadline', by: 6 } as never,
  { kind: 'deadline', by: -3 } as never,
  { kind: 'signal', name: 'summit' } as never,
  { kind: 'text', offer: { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' } } as never,
);
const random = fc.record({
  charts: fc.tuple(chart, chart, chart),
  script: fc
    .array(
      fc.record({ round: fc.integer({ min: 2, max: 14 }), effects: fc.array(effects, { minLength: 1, maxLength: 1 }) }),
      {
        maxLength: 2,
      },
    )
    .map((blocks) => blocks.map((block, i): EventBlock => ({ ...block, id: `event_${i}` }))),
  rounds: fc.integer({ min: 4, max: 24 }),
  protocol: fc.oneof(
    { weight: 4, arbitrary: fc.constant(PROTOCOLS[0]) },
    { weight: 1, arbitrary: fc.constantFrom(...PROTOCOLS) },
  ),
});

type Random = typeof random extends fc.Arbitrary<infer T> ? T : never;
const gameOf = ({ charts, script, rounds, protocol }: Random, batch: boolean) =>
  talks({
    charts,
    script,
    rounds,
    signals: ['summit'],
    executors: batch ? [table, live] : [live],
    protocol: (context) => must(protocol.make(protocol.spec.parse({ kind: protocol.kind }), context)),
  });

let changes = 0;
const law = fc.property(random, (one) => {
  const facts: Fact[] = [...run(gameOf(one, false), undefined, false)].flatMap((turn) => turn.facts);
  const batch = gameOf(one, true);
  expect(JSON.stringify(playOut(batch, { facts: true }).facts)).toBe(JSON.stringify(facts));
  // without a record, most turns are folded without a fact
  const { state } = playOut(batch);
  expect(state).toEqual(playOut(batch, { facts: true }).state);
  changes += facts.filter(({ type }) => type === 'stanceChanged').length;
});

it('notes an offer made again once it is worth more than the best before it, as the world has moved', () => {
  const offered = [
    space.find({ stakes: 'mostly_ukraine', custody: 'one_key', oversight: 'none' }) as number,
    space.find({ stakes: 'thirds', custody: 'escrow', oversight: 'national' }) as number,
    space.find({ stakes: 'mostly_us', custody: 'two_of_three', oversight: 'iaea' }) as number,
  ];
  const made = (executors: readonly StanceExecutor[], times: number) =>
    talks({
      rounds: 10,
      script: [{ id: 'move', round: 5, effects: [{ kind: 'market', name: 'price', times } as never] }],
      executors,
      seats: PARTIES.map((id, seat) => ({
        id,
        utility: [],
        strategy: { name: 'own', chart: plain },
        scripted: new Map(Array.from({ length: 10 }, (_, i) => [i + 1, { type: 'offer', outcome: offered[seat] }])),
      })),
    });
  for (const [times, best] of [
    [1, 2],
    [2, 0],
  ]) {
    expect(playOut(made([table], times)).state.seats[1].bestOffered).toBe(offered[best]);
    expect([...run(made([live], times))].at(-1)!.state.seats[1].bestOffered).toBe(offered[best]);
  }
});

describe('a stance that is not asked again', () => {
  it('moves as one that is asked at every event, whatever its guards speak of', () => {
    fc.assert(law, { numRuns: 150 });
    expect(changes).toBeGreaterThan(150);
  });

  it.each(['tick', 'offered', 'reopen', 'reopenAll'] as const)(
    'would be caught if its ears stayed closed on "%s"',
    (method) => {
      const spy = vi.spyOn(Ears.prototype, method).mockImplementation(() => {});
      try {
        expect(fc.check(law, { numRuns: 4000, endOnFailure: true }).failed).toBe(true);
      } finally {
        spy.mockRestore();
      }
    },
  );

  it('is asked again when somebody refuses, the one who did for what it did itself', () => {
    const ears = new Ears(2);
    for (const seat of [0, 1]) {
      ears.close(seat, 2, OWN, 0);
      ears.close(seat, 16, DEEDS, 0);
    }
    ears.refused(0);
    expect([ears.open(2), ears.open(16)]).toEqual([0b01, 0b10]);
  });

  it('is not asked again before the round in which the clock matters', () => {
    const ears = new Ears(2);
    ears.close(0, 2, CLOCK, 7);
    ears.close(0, 16, SETTLED, 0);
    for (let round = 2; round < 7; round++) ears.tick(round);
    expect([ears.open(2), ears.open(16)]).toEqual([0b10, 0b10]);
    ears.tick(7);
    expect([ears.open(2), ears.open(16)]).toEqual([0b11, 0b10]);
    ears.reopenAll();
    expect([ears.open(2), ears.open(16)]).toEqual([0b11, 0b11]);
  });
});

describe('what the clock decides', () => {
  const part = (holds: (round: number, time: number) => boolean): GuardPart => ({
    inputs: CLOCK,
    holds: ({ view }) => holds(view.round, view.time),
  });
  it('is silent exactly as long as it does not hold, whichever rounds are asked of and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (_, pattern, asked) => {
          const holds = (round: number, time: number) => pattern[round] || time > 0.9;
          const quiet = new Quiet(part(holds));
          for (const [round, rounds] of asked) {
            if (round > rounds || holds(round, timeOf(round, rounds))) continue;
            const until = quiet.until(round, rounds);
            expect(until).toBeGreaterThan(round);
            for (let r = round; r < until && r <= rounds; r++) expect(holds(r, timeOf(r, rounds))).toBe(false);
            if (until <= rounds) expect(holds(until, timeOf(until, rounds))).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is asked of each round once, in all negotiations', () => {
    let asked = 0;
    const quiet = new Quiet(
      part((round) => {
        asked++;
        return round === 50;
      }),
    );
    for (let times = 0; times < 10; times++)
      for (let round = 1; round < 50; round++) expect(quiet.until(round, 99)).toBe(50);
    expect(asked).toBe(49);
  });
});
