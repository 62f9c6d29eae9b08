import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at, HEAD, measure, widthOf } from '../../src/comparison/measure.ts';
import { condition } from '../../src/expression/index.ts';
import { render } from '../../src/scenario/diagnose.ts';
import { expectVocabulary } from '../../src/scenario/expect.ts';
import { loadScenario, type Scenario } from '../../src/scenario/load.ts';
import { settle } from '../../src/scenario/settlement.ts';
import { run } from '../../src/session/engine.ts';
import type { State } from '../../src/session/state.ts';
import { hashpact } from '../cli/capture.ts';

const FILE = 'test/fixtures/canal.yaml';
const canal = readFileSync(FILE, 'utf8');

const load = (...set: string[]): Scenario => {
  const loaded = loadScenario({ name: 'canal.yaml', text: canal }, { set });
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  return loaded.scenario;
};

function ended(scenario: Scenario) {
  const game = scenario.game({ seed: 1 });
  let last: State | undefined;
  for (const { state } of run(game)) last = state;
  const state = last!;
  const vocabulary = expectVocabulary(scenario.stage.shape);
  /** A number of the expression language, found by asking whether it is that number. */
  const says = (name: string, number: number) => {
    const made = condition(`abs(${name} - (${number})) < 1e-9`, vocabulary);
    if (!made.ok) throw new Error(made.problems[0].message);
    return made.expression.holds({ game, state });
  };
  const row = new Float64Array(widthOf(game.parties.length));
  measure(game, { end: state.end!, round: state.round, agreement: state.agreement, state }, row, 0);
  return { settlement: settle(game, state), valuation: game.valuation(state.world), row, says };
}

describe('talks without an agreement', () => {
  const hard = [
    'parties.arnhem.stance=hardliner',
    'parties.basel.stance=hardliner',
    'parties.cologne.stance=hardliner',
    'protocol.rounds=2',
  ];

  it.each([[[]], [['parties.basel.reservation=none']]])(
    'are measured alike by settlement, rows and expressions: %j',
    (more) => {
      const { settlement, row, says } = ended(load(...hard, ...more));
      expect(settlement.end).toBe('timedout');
      expect([settlement.paretoDistance, settlement.nashDistance]).toEqual([null, null]);
      expect([...row.slice(HEAD.indexOf('pareto_distance'), HEAD.length)]).toEqual([Number.NaN, Number.NaN]);
      expect(says('pareto.distance', -1) && says('nash.distance', -1)).toBe(true);
      for (const [seat, party] of settlement.parties.entries()) {
        expect(row[at(seat, 'value')]).toBe(party.value);
        expect(row[at(seat, 'left_value')]).toBe(party.leftOnTableValue);
        expect(says(`${party.party}.value`, party.value)).toBe(true);
        expect(says(`${party.party}.left_on_table`, party.leftOnTableValue)).toBe(true);
        expect(Number.isFinite(party.value)).toBe(true);
        expect(party.leftOnTableValue).toBeGreaterThan(0);
      }
    },
  );

  it('leave on the table what the best outcome of the zone would have given beyond the reservation value', () => {
    const scenario = load(...hard);
    const { settlement, valuation } = ended(scenario);
    const { utilities } = valuation;
    const reservations = settlement.parties.map(({ reservation }) => reservation);
    const { allowed } = scenario.game().space;
    const zone = [...allowed].filter((o) => utilities.every((u, seat) => u[o] >= reservations[seat]));
    expect(zone.length).toBeGreaterThan(0);
    for (const [seat, party] of settlement.parties.entries()) {
      const most = Math.max(...zone.map((o) => valuation.value(seat, o)));
      expect(party.leftOnTableValue).toBeCloseTo(most - party.reservationValue, 9);
    }
  });

  it('have no distance to any solution, in words either', async () => {
    const { out } = await hashpact('run', FILE, ...hard.flatMap((one) => ['--set', one]));
    expect(out).toContain('No agreement');
    expect(out).not.toContain('Distance to');
  });
});

describe('a party to whom every outcome is worth the same', () => {
  const indifferent = canal.replace(
    '      - { kind: curve, id: stake, issue: stakes, points: [[0, 0], [1, 22]] }\n    reservation: 2',
    '    reservation: 10',
  );

  it('keeps its reservation value', () => {
    const loaded = loadScenario({ name: 'canal.yaml', text: indifferent });
    if (!loaded.ok) throw new Error(render(loaded.diagnostics));
    const { settlement, row, says } = ended(loaded.scenario);
    expect(settlement.end).not.toBe('agreement');
    expect(settlement.parties[2]).toMatchObject({ reservationValue: 10, value: 10 });
    expect(row[at(2, 'value')]).toBe(10);
    expect(says('cologne.value', 10)).toBe(true);
  });
});

describe('an expectation of a group that fails', () => {
  it('names the party of every number', () => {
    const text = canal.replace('  - round <= 12', '  - parties.all(utility > 0.1 && value >= 100)');
    const loaded = loadScenario({ name: 'canal.yaml', text });
    if (!loaded.ok) throw new Error(render(loaded.diagnostics));
    const game = loaded.scenario.game();
    const state = [...run(game)].at(-1)!.state;
    const [, verdict] = loaded.scenario.judge(game, state);
    const parts = verdict.why.slice(verdict.why.indexOf('): ') + 3).split(', ');
    expect(parts).toHaveLength(6);
    for (const part of parts) expect(part).toMatch(/^(?:arnhem|basel|cologne): (?:utility|value) is [\d.]+$/);
  });
});
