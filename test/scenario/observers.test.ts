import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROTOCOLS, STRATEGIES } from '../../src/catalog.ts';
import type { Json } from '../../src/domain/id.ts';
import { render } from '../../src/scenario/diagnose.ts';
import { learning } from '../../src/scenario/learning.ts';
import { loadScenario, type Scenario } from '../../src/scenario/load.ts';
import { parse } from '../../src/scenario/parse.ts';
import { run } from '../../src/session/engine.ts';

type Party = Record<string, Json>;
type Data = Record<string, Json> & { parties: Party[] };

const text = readFileSync(new URL('../fixtures/canal.yaml', import.meta.url), 'utf8');
const parsed = parse('canal.yaml', text);
if (!parsed.ok) throw new Error('the fixture cannot be read');
const canal = parsed.source.data as Data;

const load = (data: unknown): Scenario => {
  const loaded = loadScenario({ name: 'canal.yaml', text: JSON.stringify(data) });
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  return loaded.scenario;
};
const talks = (scenario: Scenario, seed: number) => [...run(scenario.game({ seed }))];

const WATCHER = {
  id: 'herons',
  observer: true,
  reservation: 3,
  terms: [
    {
      kind: 'curve',
      id: 'depth',
      issue: 'depth',
      points: [
        [3, 10],
        [6, 0],
      ],
    },
  ] as Json,
};
const strategy = fc.constantFrom(...STRATEGIES.keys());
const around = fc.record({
  strategies: fc.tuple(strategy, strategy, strategy),
  watching: strategy,
  place: fc.nat(3),
  seed: fc.nat(1e6),
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant(PROTOCOLS.keys().next().value!) },
    fc.constantFrom(...PROTOCOLS.keys()),
  ),
  agreement: fc.constantFrom<Json>(
    { rule: 'unanimity' },
    { rule: 'unanimity', of: 'present' },
    { rule: 'quorum', count: 2 },
    { rule: 'required', parties: ['arnhem', 'cologne'] },
  ),
});

describe('an observer', () => {
  it('changes nothing: the talks have the same facts with it and without', () => {
    let agreed = 0;
    fc.assert(
      fc.property(around, ({ strategies, watching, place, seed, kind, agreement }) => {
        const parties = canal.parties.map(({ stance: _, moves: __, ...party }, i) => ({
          ...party,
          stance: strategies[i],
        }));
        const alone = {
          ...canal,
          parties,
          events: [...(canal['events'] as Json[]), MOVED],
          protocol: { kind, rounds: 12, agreement },
        };
        const watched = { ...alone, parties: parties.toSpliced(place, 0, { ...WATCHER, stance: watching } as never) };
        const facts = talks(load(alone), seed).flatMap((turn) => turn.facts);
        expect(talks(load(watched), seed).flatMap((turn) => turn.facts)).toEqual(facts);
        if (facts.some((fact) => fact.type === 'ended' && fact.end === 'agreement')) agreed++;
      }),
      { numRuns: 60, seed: 20251225 },
    );
    expect(agreed).toBeGreaterThan(20);
  });

  it('is no opponent: nobody believes anything of it, and it believes nothing of anybody', () => {
    const [arnhem, basel, cologne] = canal.parties;
    const parties = [
      arnhem,
      { ...basel, observer: true, moves: [], stance: 'dealmaker' },
      { ...cologne, stance: 'dealmaker' },
    ];
    const scenario = load({ ...canal, parties });
    const { state } = talks(scenario, 1).at(-1)!;
    expect(learning(scenario.game(), state).map(({ party, about }) => `${party} of ${about}`)).toEqual([
      'cologne of arnhem',
    ]);
    expect(state.seats[1].beliefs).toEqual([null, null, null]);
    expect(state.seats[2].beliefs[1]).toBeNull();
  });

  it('is not asked to consent, so no rule may wait for it', () => {
    const [arnhem, basel, cologne] = canal.parties;
    const refused = (agreement: Json) => {
      const parties = [arnhem, { ...basel, observer: true, moves: [] }, cologne];
      const data = { ...canal, parties, protocol: { kind: 'alternating_offers', rounds: 12, agreement } };
      const loaded = loadScenario({ name: 'canal.yaml', text: JSON.stringify(data) });
      return loaded.ok ? [] : loaded.diagnostics.map(({ code, message }) => `${code}: ${message}`);
    };
    expect(refused({ rule: 'unanimity' })).toEqual([]);
    expect(refused({ rule: 'required', parties: ['arnhem', 'basel'] })).toEqual([
      'observer-consents: "basel" is an observer: it is not asked to consent',
    ]);
    expect(refused({ rule: 'weighted_majority', weights: { basel: 1 }, threshold: 0.5 })).toHaveLength(1);
    expect(refused({ rule: 'quorum', count: 3 })).toEqual([
      'quorum-too-large: a quorum of 3 cannot be met by 2 parties that are asked; observers are not',
    ]);
  });
});

/** An event that asks something of all the parties. */
const MOVED = {
  id: 'moved',
  when: 'parties.all(offers >= 2)',
  effects: [{ kind: 'signal', name: 'toll_talks' }],
} as Json;
