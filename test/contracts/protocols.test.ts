import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementSpec } from '../../src/protocols/agreement_rule.ts';
import { alternatingOffers } from '../../src/protocols/alternating_offers.ts';
import { PROTOCOLS } from '../../src/protocols/index.ts';
import type { Protocol, ProtocolKind } from '../../src/session/contracts/protocol.ts';
import { run } from '../../src/session/engine.ts';
import { moody, PARTIES, plain } from '../session/talks.ts';
import { altered } from './altered.ts';
import { broken, type Hand, under } from './protocol_laws.ts';

const BLOCKS: readonly (readonly [string, object])[] = [
  ['alternating_offers', {}],
  ['alternating_offers', { offering_consents: false }],
  ['simultaneous_offers', {}],
  ['simultaneous_offers', { compatible: 'any_outcome', monotonic: true, standstill_breaks: true }],
  ['single_text', {}],
  ['single_text', { vote: 'veto', start: { stakes: 'thirds', custody: 'escrow', oversight: 'iaea' } }],
  ['ultimatum', {}],
  ['ultimatum', { proposer: 'ukraine' }],
];
const RULES: AgreementSpec[] = [
  { rule: 'unanimity', of: 'all' },
  { rule: 'unanimity', of: 'present' },
  { rule: 'required', parties: ['russia', 'united_states'] },
  { rule: 'quorum', count: 2 },
  { rule: 'weighted_majority', weights: { russia: 2, ukraine: 2, united_states: 1 }, threshold: 0.6 },
  {
    rule: 'unanimity',
    of: 'all',
    side_deals: [{ parties: ['russia', 'united_states'], when: "custody == 'one_key'" }],
  },
];

const hands = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 40 }).map(
  (numbers): Hand =>
    ({ round, turn }, seat) =>
      numbers[(round * 11 + turn * 3 + seat) % numbers.length],
);
const kindOf = (kind: string) => PROTOCOLS.find((one) => one.kind === kind)!;

describe('every protocol', () => {
  it('is tried here', () => {
    expect(new Set(BLOCKS.map(([kind]) => kind))).toEqual(new Set(PROTOCOLS.map(({ kind }) => kind)));
  });

  it.each(BLOCKS)('%s %o keeps the laws whatever the parties do', (kind, block) => {
    fc.assert(
      fc.property(hands, fc.constantFrom(...RULES), (hand, rule) => {
        expect(broken(under(kindOf(kind), block, rule), hand)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it.each(BLOCKS)('%s %o gives the same facts twice, and stances that follow it end the talks', (kind, block) => {
    for (const rule of RULES) {
      const game = under(kindOf(kind), block, rule, 8, [moody, plain, moody]);
      const turns = [...run(game)];
      expect([...run(game)].map(({ facts }) => facts)).toEqual(turns.map(({ facts }) => facts));
      expect(turns.at(-1)!.state.end).not.toBeNull();
    }
  });

  it.each(PROTOCOLS.map((kind) => [kind.kind, kind] as const))('%s reads its own example', (_, kind) => {
    expect(kind.spec.safeParse(kind.example).success).toBe(true);
  });
});

describe('the laws', () => {
  /** Alternating offers with one thing about it made wrong. */
  const offender = (wrong: (right: Protocol) => Partial<Protocol>): ProtocolKind => ({
    ...(alternatingOffers as unknown as ProtocolKind),
    make(spec, context) {
      const made = (alternatingOffers as unknown as ProtocolKind).make(spec, context);
      // what counts as a mere counter-offer is not resolved, so that most offenders would go unseen
      return made.ok ? { ok: true, made: altered(made.made, { counters: undefined, ...wrong(made.made) }) } : made;
    },
  });
  let secret = 0;
  const offenders: Record<string, ProtocolKind> = {
    'only movers move': offender((right) => ({
      resolve: (state, moves, ids, referee) => [
        ...right.resolve(state, moves, ids, referee).filter(({ type }) => type !== 'ended'),
        { type: 'passed', by: PARTIES[state.turn % 3] },
      ],
    })),
    'it ends': offender(() => ({ turns: () => Number.POSITIVE_INFINITY, movers: () => [] })),
    'the same state gives the same facts, back from JSON too': offender((right) => ({
      resolve: (state, moves, ids, referee) =>
        secret++ % 2 === 0 ? right.resolve(state, moves, ids, referee) : [{ type: 'passed', by: ids[moves[0].seat] }],
    })),
    'its state is JSON': offender(() => ({
      fold: (draft) => {
        draft.protocol = { now: undefined } as never;
      },
    })),
    'an offer nobody asked for is refused': offender(() => ({ question: () => ({ answer: -1, mayOffer: false }) })),
    'what it takes for a mere counter-offer resolves to one': offender(() => ({
      counters: () => true,
      resolve: (_state, moves, ids) => [{ type: 'passed', by: ids[moves[0].seat] }],
    })),
    'nobody accepts who did not move so': offender((right) => ({
      resolve: (state, moves, ids, referee) =>
        right.resolve(
          state,
          moves.map(({ seat }) => ({ seat, move: { type: 'accept' } })),
          ids,
          referee,
        ),
    })),
  };
  it.each(Object.entries(offenders))('catch an offender against "%s"', (law, kind) => {
    const caught = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const hand: Hand = ({ round, turn }, seat) =>
        5 + 7 * (round + 3 * turn + 5 * seat + n) + (n % 3 === 0 ? turn : 0);
      for (const one of broken(under(kind, {}, RULES[0]), hand)) caught.add(one);
    }
    expect([...caught]).toContain(law);
  });
});
