import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/scenario/diagnose.ts';
import { type LoadOptions, loadScenario, type Scenario } from '../../src/scenario/load.ts';
import { begin, run } from '../../src/session/engine.ts';
import type { State } from '../../src/session/state.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const canal = readFileSync(at('../fixtures/canal.yaml'), 'utf8');

function load(text: string, options?: LoadOptions): Scenario {
  const loaded = loadScenario({ name: 'canal.yaml', text }, options);
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  return loaded.scenario;
}

function said(text: string, options?: LoadOptions): string {
  const loaded = loadScenario({ name: 'canal.yaml', text }, options);
  return loaded.ok ? 'nothing' : render(loaded.diagnostics);
}

function talk(scenario: Scenario, luck?: { seed?: number; repetition?: number }) {
  const game = scenario.game(luck);
  const facts = [];
  let state: State = begin(game);
  for (const turn of run(game)) {
    facts.push(...turn.facts);
    state = turn.state;
  }
  return { game, facts, state };
}

describe('a scenario file', () => {
  it('negotiates from end to end and holds to what it expects', () => {
    const scenario = load(canal);
    const { game, state } = talk(scenario);
    expect(state.end).toBe('agreement');
    expect(scenario.judge(game, state).map((verdict) => verdict.holds)).toEqual([true, true]);
  });

  it('plays the moves it scripts: Basel opens boldly in round 1', () => {
    const { facts, game } = talk(load(canal));
    const offer = facts.find((fact) => fact.type === 'offered' && fact.by === 'basel');
    expect(offer).toMatchObject({ says: 'Let us be bold.' });
    expect(game.space.values((offer as { outcome: number }).outcome)).toEqual({
      operator: 'company',
      depth: 4,
      stakes: '1/3/0',
    });
  });

  it('fires its events: the toll falls by a fifth in round 4, the summit reaches Arnhem alone', () => {
    const { facts } = talk(load(canal));
    expect(facts).toContainEqual({ type: 'marketMoved', event: 'flood', name: 'toll', from: 40, to: 32 });
    const heard = facts.filter((fact) => fact.type === 'stanceChanged' && fact.on === 'toll_talks');
    expect(heard.every((fact) => fact.type === 'stanceChanged' && fact.party === 'arnhem')).toBe(true);
  });

  it('sorts constraints out exactly: what the tables forbid is what the sentences forbid', () => {
    const { space } = load(canal).game();
    const forbidden = (v: Record<string, string | number>) =>
      (v['depth'] === 6 && v['operator'] !== 'joint') || Number(String(v['stakes']).split('/')[0]) === 0;
    for (let outcome = 0; outcome < space.size; outcome++) {
      expect(space.isAllowed(outcome)).toBe(!forbidden(space.values(outcome)));
    }
  });
});

describe('the resolved scenario', () => {
  const { resolved, hash } = load(canal);

  it('is a scenario file itself, with the same hash and the same talks', () => {
    const again = load(JSON.stringify(resolved));
    expect(again.hash).toBe(hash);
    expect(again.resolved).toEqual(resolved);
    expect(talk(again).facts).toEqual(talk(load(canal)).facts);
  });

  it('has no notes, sources or evidence left in it', () => {
    expect(JSON.stringify(resolved)).not.toMatch(/"(note|source|sources|assumption|because|range|variants)"/);
  });

  it.each([
    ['comments', canal.replace('issues:', '# what is on the table\nissues:')],
    [
      'the order of keys',
      canal.replace('id: canal\ntitle: Three cities along a canal', 'title: Three cities along a canal\nid: canal'),
    ],
    ['sources', canal.replace('source: the toll list of 2025', 'source: a newer list')],
    ['defaults written out', canal.replace('reservation: 4\n', 'reservation: 4\n    discount: 1\n')],
    ['variants', canal.replace(/\nvariants:[\s\S]*$/, '\n')],
    ['a short strategy written long', canal.replace('stance: linear', 'stance: { use: linear }')],
  ])('%s do not change its hash', (_, text) => {
    expect(text).not.toBe(canal);
    expect(load(text).hash).toBe(hash);
  });

  it.each([
    ['a figure', canal.replace('reservation: 4\n', 'reservation: 4.5\n')],
    ['a guard', canal.replace('time > 0.5', 'time > 0.6')],
    ['the multiple a shock makes', canal.replace('times: 0.8', 'times: 0.7')],
    ['the order of the parties of a rule', canal.replace('{ rule: unanimity }', '{ rule: unanimity, of: present }')],
  ])('%s changes its hash', (_, text) => {
    expect(text).not.toBe(canal);
    expect(load(text).hash).not.toBe(hash);
  });
});

describe('overrides', () => {
  it.each([
    ['parties.basel.reservation=5.5', (s: Scenario) => s.spec.parties[1].reservation, 5.5],
    ['parties.arnhem.reservation=9', (s: Scenario) => s.spec.parties[0].reservation, 9],
    ['market.toll=50', (s: Scenario) => s.spec.market['toll'], 50],
    ['protocol.rounds=7', (s: Scenario) => s.game().world.rounds, 7],
    ['parties.cologne.delay_cost=2', (s: Scenario) => s.game().parties[2].delayCost, 2],
    [
      'parties.arnhem.terms.operator.values.council=99',
      (s: Scenario) => s.game().parts.appraiser.scales[0].high > 99,
      true,
    ],
    ['parties.basel.stance=boulware', (s: Scenario) => s.game().players[1].name, 'boulware'],
    ['events.strike.chance=0', (s: Scenario) => s.game().script[2].chance, 0],
  ] as const)('--set %s', (set, read, expected) => {
    expect(read(load(canal, { set: [set] }))).toBe(expected);
  });

  it('are addressed by id, and a wrong one is told with what was meant', () => {
    expect(said(canal, { set: ['parties.basle.reservation=5'] })).toBe(
      'canal.yaml  unknown-path  --set parties.basle.reservation=5: there is no "basle" in "parties.basle.reservation"\n  did you mean "basel"?',
    );
  });

  it('of a field that does not exist are refused as the override’s fault, not the file’s', () => {
    expect(said(canal, { set: ['protocol.round=5'] })).toBe(
      'canal.yaml  unknown-field  --set protocol.round=5: there is no field "round" in "protocol"\n  did you mean "rounds"?',
    );
  });

  it('with values that do not fit are refused', () => {
    expect(said(canal, { set: ['market.toll=cheap'] })).toContain('--set market.toll=cheap: "toll" must be a number');
    expect(said(canal, { set: ['market.toll'] })).toContain('write path=value');
    expect(said(canal, { rounds: 0 })).toContain('--rounds 0: "rounds" must be at least 1');
  });

  it('of a variant are made before those of the command line', () => {
    const scenario = load(canal, { variant: 'shallow', set: ['parties.basel.reservation=3'] });
    expect(scenario.game().world.rounds).toBe(6);
    expect(scenario.spec.parties[1].reservation).toBe(3);
    expect(said(canal, { variant: 'shalow' })).toContain('did you mean "shallow"?');
  });
});

describe('a line-up', () => {
  const scenario = load(canal);

  it('by party or by seat replaces strategies, shares the outcome space, and is told apart by its hash', () => {
    const byParty = load(canal, { strategies: { arnhem: 'conceder' } });
    const bySeat = scenario.with({ 0: 'conceder' });
    if (!bySeat.ok) throw new Error(render(bySeat.diagnostics));
    expect(bySeat.scenario.hash).toBe(byParty.hash);
    expect(bySeat.scenario.hash).not.toBe(scenario.hash);
    expect(bySeat.scenario.game().space).toBe(scenario.game().space);
    expect(bySeat.scenario.game().players.map((player) => player.name)).toEqual(['conceder', 'linear', 'conceder']);
    expect(load(JSON.stringify(byParty.resolved)).hash).toBe(byParty.hash);
  });

  it('plays the same talks in batches as it does recorded, on the same ground', () => {
    const batch = scenario.batch();
    expect(batch.hash).toBe(scenario.hash);
    expect(batch.game().space).toBe(scenario.game().space);
    for (let repetition = 0; repetition < 5; repetition++) {
      expect(talk(batch, { repetition }).facts).toEqual(talk(scenario, { repetition }).facts);
    }
  });

  it('with an unknown name is refused with what was meant', () => {
    expect(said(canal, { strategies: { basel: 'boulwar' } })).toContain(
      '--strategy basel=boulwar: there is no strategy "boulwar"',
    );
    expect(said(canal, { strategies: { bassel: 'boulware' } })).toContain('did you mean "basel"?');
    expect(said(canal, { strategies: { 3: 'boulware' } })).toContain('there is no party "3"');
  });

  it('same seed, same talks; another repetition meets other luck on the same ground', () => {
    expect(talk(scenario, { seed: 5 }).facts).toEqual(talk(scenario, { seed: 5 }).facts);
    const struck = Array.from({ length: 20 }, (_, repetition) =>
      talk(scenario, { repetition }).facts.some((fact) => fact.type === 'happened' && fact.event === 'strike'),
    );
    expect(new Set(struck).size).toBe(2);
  });
});

describe('what a scenario expects', () => {
  it('and does not get is explained with the value of each part', () => {
    const scenario = load(canal.replace('- round <= 12', '- agreement.depth == 6 && arnhem.utility > 0.9'));
    const { game, state } = talk(scenario);
    const [, verdict] = scenario.judge(game, state);
    expect(verdict.holds).toBe(false);
    expect(verdict.why).toMatch(
      /^agreement\.depth == 6 && arnhem\.utility > 0\.9: agreement\.depth is \d, arnhem\.utility is [\d.]+$/,
    );
  });
});

describe('the inventory', () => {
  const entries = new Map(
    load(canal)
      .inventory()
      .map((entry) => [entry.path, entry]),
  );

  it('tells sourced, assumed and bare figures apart, and a block covers the figures in it', () => {
    expect(entries.get('market.toll')).toEqual({
      path: 'market.toll',
      value: 40,
      standing: 'sourced',
      text: 'the toll list of 2025',
      unit: 'EUR/ship',
    });
    expect(entries.get('parties.arnhem.reservation')).toMatchObject({ standing: 'assumed', range: [4, 12] });
    expect(entries.get('parties.arnhem.terms.depth.points.1.1')).toMatchObject({
      standing: 'assumed',
      value: 12,
      range: [6, 24],
    });
    expect(entries.get('parties.basel.reservation')).toMatchObject({ standing: 'bare', value: 4 });
  });

  it('lists every path as --set takes it', () => {
    for (const [path, { value }] of entries) expect(said(canal, { set: [`${path}=${value}`] }), path).toBe('nothing');
  });

  it('leaves out what claims nothing about the world', () => {
    expect([...entries.keys()].filter((path) => /stance|moves|rounds|issues/.test(path))).toEqual([]);
  });
});
