import { describe, expect, it } from 'vitest';
import { makeRule } from '../../src/protocols/agreement_rule.ts';
import { PROTOCOLS } from '../../src/protocols/index.ts';
import { begin, fold, run } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import type { Move } from '../../src/session/move.ts';
import { decide } from '../../src/session/turn.ts';
import { under } from '../contracts/protocol_laws.ts';
import { PARTIES, plain, space, talks } from '../session/talks.ts';

const kindOf = (kind: string) => PROTOCOLS.find((one) => one.kind === kind)!;
const ALL = { rule: 'unanimity', of: 'all' } as const;
const offer = (outcome: number): Move => ({ type: 'offer', outcome });
const accept: Move = { type: 'accept' };
const reject: Move = { type: 'reject' };

/** The moves of a turn, by seat. */
type Turn = Readonly<Record<number, Move>>;

/** Plays moves turn by turn, by seat; returns what happened in each turn. */
function playing(game: Game, turns: readonly Turn[]): Fact[][] {
  let state = begin(game);
  return turns.map((moves) => {
    const facts = decide(game, state, new Map(Object.entries(moves).map(([seat, move]) => [Number(seat), move])));
    state = fold(game, state, facts).state;
    return facts;
  });
}
const ends = (facts: Fact[][]) => facts.flat().find((fact) => fact.type === 'ended');
const worth = (game: Game, seat: number, outcome: number) => game.valuation(game.world).utilities[seat][outcome];

describe('simultaneous offers', () => {
  it('agree on an offer that is worth to everybody at least the own demand', () => {
    const game = under(kindOf('simultaneous_offers'), {}, ALL);
    const [outcome] = space.allowed;
    expect(ends(playing(game, [{ 0: offer(outcome), 1: offer(outcome), 2: offer(outcome) }]))).toEqual({
      type: 'ended',
      end: 'agreement',
      outcome,
    });
  });

  it('go on while every offer is worth less than its demand to somebody', () => {
    const game = under(kindOf('simultaneous_offers'), {}, ALL);
    const best = PARTIES.map((_, seat) => game.valuation(game.world).order(seat).at(-1)!);
    const turns = playing(game, [{ 0: offer(best[0]), 1: offer(best[1]), 2: offer(best[2]) }]);
    expect(ends(turns)).toBeUndefined();
    expect(turns[0].filter(({ type }) => type === 'offered')).toHaveLength(3);
  });

  it('as Nash’s demand game, find an outcome nobody offered that meets all demands', () => {
    const nash = under(kindOf('simultaneous_offers'), { compatible: 'any_outcome' }, ALL);
    const utilities = nash.valuation(nash.world).utilities;
    // three demands, none of which suits the others, that some fourth outcome meets
    const triple = findTriple(utilities);
    expect(triple).toBeDefined();
    const [a, b, c] = triple!;
    const moves = { 0: offer(a), 1: offer(b), 2: offer(c) };
    expect(ends(playing(under(kindOf('simultaneous_offers'), {}, ALL), [moves]))).toBeUndefined();
    const end = ends(playing(nash, [moves])) as { end: string; outcome: number };
    expect(end.end).toBe('agreement');
    for (const [seat, demand] of triple!.entries())
      expect(worth(nash, seat, end.outcome)).toBeGreaterThanOrEqual(worth(nash, seat, demand));
  });

  it('refuse, where concessions must be monotonic, to offer another party less than before', () => {
    const game = under(kindOf('simultaneous_offers'), { monotonic: true }, ALL);
    const order = game.valuation(game.world).order(1);
    const generous = order.at(-1)!;
    const mean = order[0];
    const turns = playing(game, [
      { 0: offer(generous), 1: { type: 'pass' }, 2: { type: 'pass' } },
      { 0: offer(mean), 1: { type: 'pass' }, 2: { type: 'pass' } },
    ]);
    expect(turns[1]).toContainEqual({
      type: 'refused',
      by: 'russia',
      move: { type: 'offer', outcome: mean },
      why: 'an offer may not be worth less to another party than the one before',
    });
  });

  it('break, where the rules say so, in the first round in which nobody moves', () => {
    const game = under(kindOf('simultaneous_offers'), { standstill_breaks: true }, ALL);
    const best = PARTIES.map((_, seat) => game.valuation(game.world).order(seat).at(-1)!);
    const moves = { 0: offer(best[0]), 1: offer(best[1]), 2: offer(best[2]) };
    const turns = playing(game, [moves, moves]);
    expect(turns[1].at(-1)).toEqual({ type: 'ended', end: 'broken', outcome: null });
  });
});

describe('the single negotiating text', () => {
  it('climbs: with every round the text is worth no less to any party', () => {
    const game = under(kindOf('single_text'), {}, ALL, 40);
    let text = -1;
    let changes = 0;
    for (const { state } of run(game)) {
      const now = state.protocol as number;
      if (now !== text && text >= 0) {
        changes++;
        for (const seat of PARTIES.keys())
          expect(worth(game, seat, now)).toBeGreaterThanOrEqual(worth(game, seat, text));
      }
      text = now;
    }
    expect(changes).toBeGreaterThan(0);
  });

  it('changes one issue at a time, and only to allowed outcomes', () => {
    const game = under(kindOf('single_text'), {}, ALL, 30);
    for (const { facts, before } of run(game)) {
      const text = before.protocol as number;
      for (const fact of facts) {
        if (fact.type !== 'tabled' || text < 0 || fact.outcome === text) continue;
        expect(space.isAllowed(fact.outcome)).toBe(true);
        const levels = space.decode(text);
        expect(space.decode(fact.outcome).filter((level, i) => level !== levels[i])).toHaveLength(1);
      }
    }
  });

  it('is ratified at the deadline by the parties’ own acceptance rules, or the talks time out', () => {
    const start = { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' };
    const game = under(kindOf('single_text'), { start }, ALL, 1);
    const outcome = space.find(start) as number;
    const votes = (last: Move): Turn[] => [
      {},
      { 0: accept, 1: accept, 2: accept },
      {},
      { 0: accept, 1: accept, 2: last },
    ];
    const agreed = playing(game, votes(accept));
    expect(agreed[0]).toContainEqual({ type: 'tabled', event: 'mediator', outcome });
    expect(ends(agreed)).toEqual({ type: 'ended', end: 'agreement', outcome });
    expect(ends(playing(game, votes(reject)))).toEqual({ type: 'ended', end: 'timedout', outcome: null });
  });

  it.each(['veto', 'hill_climbing'])(
    'changes one issue of its first text though nobody consented to that: %s',
    (vote) => {
      const start = { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' };
      const game = under(kindOf('single_text'), { vote, start }, ALL, 8);
      const no: Turn = { 0: reject, 1: reject, 2: reject };
      const tabled = playing(
        game,
        Array.from({ length: 14 }, (_, i): Turn => (i % 2 === 0 ? {} : no)),
      ).flatMap((facts) => facts.flatMap((fact) => (fact.type === 'tabled' ? [fact.outcome] : [])));
      expect(tabled[0]).toBe(space.find(start));
      expect(tabled.length).toBe(7);
      const first = space.decode(tabled[0]);
      for (const text of tabled.slice(1))
        expect(space.decode(text).filter((level, i) => level !== first[i])).toHaveLength(1);
    },
  );

  it('keeps the old text when a party with a veto votes a change down', () => {
    const start = { stakes: 'thirds', custody: 'two_of_three', oversight: 'iaea' };
    const game = under(kindOf('single_text'), { vote: 'veto', start }, ALL, 5);
    const outcome = space.find(start) as number;
    const yes: Turn = { 0: accept, 1: accept, 2: accept };
    let state = begin(game);
    for (const moves of [{}, yes, {}, { ...yes, 1: reject }] as Turn[]) {
      const facts = decide(game, state, new Map(Object.entries(moves).map(([seat, move]) => [Number(seat), move])));
      state = fold(game, state, facts).state;
    }
    expect(state.protocol).toBe(outcome);
  });
});

describe('the ultimatum', () => {
  const [outcome] = space.allowed;
  it('is one offer, taken or left', () => {
    const game = under(kindOf('ultimatum'), {}, ALL);
    expect(ends(playing(game, [{ 0: offer(outcome) }, { 1: accept }, { 2: accept }]))).toEqual({
      type: 'ended',
      end: 'agreement',
      outcome,
    });
    expect(playing(game, [{ 0: offer(outcome) }, { 1: reject }])[1]).toEqual([
      { type: 'turnBegan', turn: 2 },
      { type: 'rejected', by: 'ukraine', outcome },
      { type: 'ended', end: 'broken', outcome: null },
    ]);
  });

  it('does not break on a refusal that the agreement rule can do without', () => {
    const game = under(kindOf('ultimatum'), { proposer: 'ukraine' }, { rule: 'quorum', count: 2 });
    const turns = playing(game, [{ 1: offer(outcome) }, { 0: reject }, { 2: accept }]);
    expect(ends(turns)).toEqual({ type: 'ended', end: 'agreement', outcome });
  });

  it('refuses a counter-offer', () => {
    const turns = playing(under(kindOf('ultimatum'), {}, ALL), [{ 0: offer(outcome) }, { 1: offer(space.allowed[3]) }]);
    expect(turns[1]).toContainEqual({
      type: 'refused',
      by: 'ukraine',
      move: offer(space.allowed[3]),
      why: 'the one offer has been made',
    });
  });
});

describe('a side deal', () => {
  const rule = { ...ALL, side_deals: [{ parties: ['russia', 'united_states'], when: "oversight == 'none'" }] };
  const covered = space.find({ stakes: 'thirds', custody: 'escrow', oversight: 'none' }) as number;
  const other = space.find({ stakes: 'thirds', custody: 'escrow', oversight: 'iaea' }) as number;

  it('is concluded by its parties without the rest, and only where its condition holds', () => {
    const game = under(kindOf('alternating_offers'), {}, rule);
    const without = (outcome: number) =>
      playing(game, [{ 0: offer(outcome) }, { 1: { type: 'offer', outcome } }, { 2: accept }]);
    expect(ends(without(covered))).toBeUndefined();
    const deal = playing(game, [{}, {}, { 2: offer(covered) }, { 0: accept }]);
    expect(ends(deal)).toEqual({ type: 'ended', end: 'agreement', outcome: covered });
    expect(ends(playing(game, [{}, {}, { 2: offer(other) }, { 0: accept }]))).toBeUndefined();
  });

  it('keeps the talks alive when a party that it does not need has left', () => {
    const leaving: Turn[] = [{}, { 1: { type: 'walk', why: 'enough' } }];
    expect(ends(playing(under(kindOf('alternating_offers'), {}, ALL), leaving))).toMatchObject({ end: 'broken' });
    expect(ends(playing(under(kindOf('alternating_offers'), {}, rule), leaving))).toBeUndefined();
  });

  it('is refused where it names nobody, or no issue', () => {
    const made = makeRule(
      { ...ALL, side_deals: [{ parties: ['rusia'], when: "oversigt == 'none'" }] },
      { parties: PARTIES, deciding: [0, 1, 2] },
      space,
    );
    expect(made.ok ? [] : made.flaws.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['side_deals.0.parties.0', 'unknown-party'],
      ['side_deals.0.when', expect.stringMatching(/^unknown/)],
    ]);
  });
});

describe('consent when somebody leaves', () => {
  it('makes an agreement of what all who stay have accepted', () => {
    const game = talks({ charts: [plain, plain, plain], rule: { rule: 'unanimity', of: 'present' } });
    const [outcome] = space.allowed;
    const turns = playing(game, [{ 0: offer(outcome) }, { 1: accept }, { 2: { type: 'walk', why: 'enough' } }]);
    expect(turns[2].slice(-2)).toEqual([
      { type: 'walked', by: 'united_states', why: 'enough' },
      { type: 'ended', end: 'agreement', outcome },
    ]);
  });
});

function findTriple(utilities: readonly Float64Array[]): [number, number, number] | undefined {
  const meets = (outcome: number, demands: readonly number[]) =>
    utilities.every((worth, seat) => worth[outcome] >= worth[demands[seat]]);
  for (const a of space.allowed)
    for (const b of space.allowed)
      for (const c of space.allowed) {
        const demands = [a, b, c] as [number, number, number];
        if (demands.some((outcome) => meets(outcome, demands))) continue;
        if (space.allowed.some((outcome) => meets(outcome, demands))) return demands;
      }
  return undefined;
}
