import { describe, expect, it } from 'vitest';
import type { Chart } from '../../src/session/contracts/stance.ts';
import { begin, run, type Turn } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import { SHOCKS } from '../../src/shocks/index.ts';
import { type EventBlock, moody, plain, shockContext, shockOf, space, talks } from '../session/talks.ts';

const turnsOf = (game: Game): Turn[] => [...run(game)];
const factsOf = (game: Game): Fact[] => turnsOf(game).flatMap(({ facts }) => facts);
const at = (round: number, ...effects: { kind: string }[]): EventBlock => ({ id: 'jolt', round, effects });
const stubborn: Chart[] = [plain, plain, plain].map((chart) => ({
  ...chart,
  states: {
    talking: { meta: { tactic: { type: 'time_dependent', exponent: 1, end: 1 }, acceptance: { type: 'ac_next' } } },
  },
}));

describe('every kind of shock', () => {
  it.each(SHOCKS.map((kind) => [kind.kind, kind] as const))(
    '%s reads its own example and acts as facts of JSON',
    (_, kind) => {
      const parsed = kind.spec.safeParse(kind.example);
      expect(parsed.error).toBeUndefined();
      const example = parsed.data as { kind: string };
      const block = example.kind === 'text' ? { kind: 'text', offer: space.values(space.allowed[0]) } : example;
      const block2 = example.kind === 'term' ? { ...block, term: 'venture' } : block;
      const shock = shockOf('jolt', block2);
      const state = begin(talks());
      const facts = shock.facts(state);
      expect(facts.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      expect(shock.facts(state)).toEqual(facts);
    },
  );

  it('is refused kindly where it names what is not there', () => {
    const flaws = (block: { kind: string }) => {
      const kind = SHOCKS.find((one) => one.kind === block.kind)!;
      const parsed = kind.spec.safeParse(block);
      if (!parsed.success) return parsed.error.issues.map((issue) => issue.message);
      const made = kind.make(parsed.data, shockContext('jolt'));
      return made.ok ? [] : made.flaws.map(({ code, hint }) => `${code}: ${hint}`);
    };
    expect(flaws({ kind: 'market', name: 'prise', times: 2 } as never)).toEqual([
      'unknown-market-figure: did you mean "price"?',
    ]);
    expect(flaws({ kind: 'market', name: 'price', times: 2, to: 3 } as never)).toEqual([
      'give exactly one of to, times',
    ]);
    expect(flaws({ kind: 'reservation', party: 'russia' } as never)).toEqual(['give exactly one of to, by, times']);
    expect(flaws({ kind: 'term', party: 'russia', term: 'ventur', times: 2 } as never)).toEqual([
      'unknown-value-term: did you mean "venture"?',
    ]);
    expect(flaws({ kind: 'leave', party: 'rusia', why: 'x' } as never)).toEqual([
      'unknown-party: did you mean "russia"?',
    ]);
    expect(flaws({ kind: 'signal', name: 'offered' } as never)).toEqual([
      'reserved-signal: call the signal something else',
    ]);
    expect(flaws({ kind: 'text', offer: { stakes: 'halves', custody: 'escrow', oversigt: 'iaea' } } as never)).toEqual([
      'unknown-issue: did you mean "oversight"?',
      'unknown-value: one of mostly_russia, mostly_ukraine, thirds, mostly_us',
      'incomplete-offer: oversight: one of none, national, iaea',
    ]);
    expect(
      flaws({ kind: 'text', offer: { stakes: 'mostly_us', custody: 'one_key', oversight: 'iaea' } } as never)[0],
    ).toMatch(/^forbidden-outcome/);
  });
});

describe('a shock in the talks', () => {
  it('moves the market once, and every value that reads it from then on', () => {
    const game = talks({ script: [at(3, { kind: 'market', name: 'price', times: 0.8 } as never)] });
    const facts = factsOf(game);
    const moved = facts.filter((fact) => fact.type === 'marketMoved');
    expect(moved).toEqual([{ type: 'marketMoved', event: 'jolt', name: 'price', from: 100, to: 80 }]);
    const [first] = turnsOf(game);
    const after = turnsOf(game).find(({ state }) => state.round === 3)!.state;
    const outcome = space.allowed[0];
    expect(game.valuation(after.world).value(0, outcome)).toBeCloseTo(
      game.valuation(first.state.world).value(0, outcome) - 0.2 * 300 * 0.7,
      9,
    );
  });

  it('strikes on what the shock before it left: two falls of a fifth leave 64 of 100', () => {
    const fall = { kind: 'market', name: 'price', times: 0.8 } as never;
    const moved = factsOf(talks({ script: [at(2, fall, fall)] })).filter((fact) => fact.type === 'marketMoved');
    expect(moved.map(({ to }) => to)).toEqual([80, 64]);
  });

  it('scales a term on top of earlier scalings and moves a reservation value without touching what outcomes are worth', () => {
    const script = [
      at(
        2,
        { kind: 'term', party: 'ukraine', term: 'politics', times: 2 } as never,
        { kind: 'term', party: 'ukraine', term: 'politics', times: 3 } as never,
      ),
      { ...at(2, { kind: 'reservation', party: 'russia', by: 50 } as never), id: 'strike' },
    ];
    const game = talks({ script });
    const before = begin(game);
    const { state } = turnsOf(game).find((turn) => turn.state.round === 2)!;
    expect(state.world.terms).toEqual({ 'ukraine.politics': 6 });
    expect(state.world.reservations).toEqual({ russia: 140 });
    const worth = (world: typeof state.world, seat: number) => game.valuation(world).value(seat, space.allowed[8]);
    expect(worth(state.world, 0)).toBe(worth(before.world, 0));
    expect(worth(state.world, 1)).toBeGreaterThan(worth(before.world, 1));
    expect(game.parts.appraiser.reservation(0, state.world)).toBeGreaterThan(
      game.parts.appraiser.reservation(0, before.world),
    );
  });

  it('ends the talks as timed out when the deadline falls behind the round being opened', () => {
    const game = talks({ charts: stubborn, script: [at(7, { kind: 'deadline', to: 5 } as never)] });
    const turns = turnsOf(game);
    expect(turns.at(-1)!.facts).toEqual([
      { type: 'roundBegan', round: 7 },
      { type: 'happened', event: 'jolt' },
      { type: 'deadlineMoved', event: 'jolt', from: 20, to: 5 },
      { type: 'ended', end: 'timedout', outcome: null },
    ]);
  });

  it('lets a longer deadline turn the clock back, and announces its nearness again', () => {
    const game = talks({ charts: stubborn, rounds: 20, script: [at(20, { kind: 'deadline', by: 20 } as never)] });
    const turns = turnsOf(game);
    const near = turns.filter(({ facts }) => facts.some((fact) => fact.type === 'deadlineNear'));
    expect(near.map(({ state }) => state.round)).toEqual([19, 37]);
    expect(turns.at(-1)!.state.round).toBe(40);
  });

  it("puts a mediator's text on the table to which nobody has consented and which anybody may accept", () => {
    const offer = { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' };
    const game = talks({ charts: stubborn, script: [at(2, { kind: 'text', offer } as never)] });
    const turn = turnsOf(game).find(({ facts }) => facts.some((fact) => fact.type === 'tabled'))!;
    const outcome = space.find(offer) as number;
    expect(turn.facts.slice(0, 3)).toEqual([
      { type: 'roundBegan', round: 2 },
      { type: 'happened', event: 'jolt' },
      { type: 'tabled', event: 'jolt', outcome },
    ]);
    expect(turn.facts).toContainEqual({ type: 'rejected', by: 'russia', outcome });
  });

  it('breaks the talks when a party whose consent is needed leaves, and lets the others go on when the rule allows it', () => {
    const script = [at(4, { kind: 'leave', party: 'ukraine', why: 'shelling' } as never)];
    const broken = turnsOf(talks({ charts: stubborn, script })).at(-1)!;
    expect(broken.state).toMatchObject({ end: 'broken', round: 4, agreement: -1 });
    const present = turnsOf(talks({ charts: stubborn, script, rule: { rule: 'unanimity', of: 'present' } }));
    expect(present.at(-1)!.state).toMatchObject({ end: 'timedout', round: 20 });
    const later = present.filter(({ state }) => state.round > 4).flatMap(({ facts }) => facts);
    expect(later.some((fact) => 'by' in fact && fact.by === 'ukraine')).toBe(false);
  });

  it('does not let a party leave twice', () => {
    const leaving = { kind: 'leave', party: 'ukraine', why: 'shelling' } as never;
    const facts = factsOf(
      talks({ charts: stubborn, script: [at(4, leaving, leaving)], rule: { rule: 'unanimity', of: 'present' } }),
    );
    expect(facts.filter((fact) => fact.type === 'walked')).toHaveLength(1);
  });

  it('sends a signal that stances hear in party order, or one party alone', () => {
    const everyone = factsOf(
      talks({ charts: [moody, moody, moody], script: [at(2, { kind: 'signal', name: 'summit' } as never)] }),
    );
    const heard = (facts: Fact[]) => facts.filter((fact) => fact.type === 'stanceChanged' && fact.on === 'summit');
    expect(heard(everyone).map((fact) => 'party' in fact && fact.party)).toEqual([
      'russia',
      'ukraine',
      'united_states',
    ]);
    const one = factsOf(
      talks({
        charts: [moody, moody, moody],
        script: [at(2, { kind: 'signal', name: 'summit', to: 'ukraine' } as never)],
      }),
    );
    expect(heard(one)).toMatchObject([{ party: 'ukraine', from: 'anchoring', to: 'closing' }]);
  });

  it('fires on a condition over the whole world, by chance the same for every strategy, and no more often than its limit', () => {
    const when = (limit: number): EventBlock => ({
      id: 'jolt',
      when: 'round >= 3 && standing.exists',
      limit,
      effects: [{ kind: 'market', name: 'price', times: 0.9 } as never],
    });
    const rounds = (script: EventBlock[], charts = stubborn) =>
      turnsOf(talks({ charts, script }))
        .filter(({ facts }) => facts.some((fact) => fact.type === 'happened'))
        .map(({ state }) => state.round);
    expect(rounds([when(2)])).toEqual([3, 4]);
    const chance: EventBlock = { ...when(100), when: undefined, chance: 0.4 };
    const drawn = rounds([chance]);
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn.length).toBeLessThan(18);
    const other = rounds([chance], [plain, plain, plain]);
    expect(other).toEqual(drawn.slice(0, other.length));
  });
});
