import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const text = readFileSync(new URL('../cli/mining_pact.yaml', import.meta.url), 'utf8');
const plain = '  hazard: { base: 0.1, cap: 0.6 }\n';
const withLeaving = (leaving: string) => {
  expect(text).toContain(plain);
  return text.replace(plain, `  hazard:\n    base: 0.1\n    cap: 0.6\n    leaving: ${leaving}\n`);
};
const loadedFrom = (given: string) => {
  const loaded = loadScenario({ name: 'dam.yaml', text: given });
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  return loaded.scenario;
};
const refusal = (given: string) => {
  const loaded = loadScenario({ name: 'dam.yaml', text: given });
  return loaded.ok ? '' : render(loaded.diagnostics);
};
const keyed = { mine: 400, stakes: '1/1/1', treasury: 'kept', keys: 'key_fund' };

describe('venture.hazard.leaving', () => {
  it('is off by default: a scenario without it, and one where it adds nothing, are worth the same to the byte', () => {
    const [a, b] = [text, withLeaving('{ adds: 0 }')].map((one) => loadedFrom(one).game());
    const of = (game: typeof a) => game.valuation(game.world).utilities.map((u) => [...u]);
    expect(of(b)).toEqual(of(a));
  });

  it('makes every party look at everybody’s stake, and costs whoever lives off the pact', () => {
    const [a, b] = [text, withLeaving('{ adds: { value: 2, assumption: from wish to deed }, parties: [fund] }')].map(
      (one) => loadedFrom(one).game(),
    );
    const worth = (game: typeof a, party: string, stakes: string) => {
      const outcome = game.space.find({ ...keyed, stakes });
      if (typeof outcome !== 'number') throw new Error('no such outcome');
      return game.valuation(game.world).value(game.seatOf(party), outcome);
    };
    // The valley owns nothing and is paid rent while the pact lives; its worth then hangs on the division among the others.
    expect(worth(a, 'valley', '0/0/3')).toBe(worth(a, 'valley', '3/0/0'));
    expect(worth(b, 'valley', '3/0/0')).toBeLessThan(worth(a, 'valley', '3/0/0'));
    expect(worth(b, 'valley', '0/0/3')).not.toBe(worth(b, 'valley', '3/0/0'));
  });

  it('values an outcome as its waterfall and its utility say, whoever asks first', () => {
    const game = loadedFrom(withLeaving('{ adds: 2, parties: [fund, dam] }')).game();
    const valuation = game.valuation(game.world);
    for (const outcome of game.space.allowed)
      for (const seat of game.parties.keys())
        expect(game.parts.appraiser.valueOf(seat, valuation.utilities[seat][outcome])).toBeCloseTo(
          valuation.value(seat, outcome),
          6,
        );
  });

  it('is itself in the resolved scenario', () => {
    const scenario = loadedFrom(withLeaving('{ adds: 2, parties: [fund] }'));
    const again = loadScenario({ name: 'resolved.json', text: JSON.stringify(scenario.resolved) });
    expect(again.ok && again.scenario.hash).toBe(scenario.hash);
    expect(scenario.hash).not.toBe(loadedFrom(text).hash);
  });

  it('is refused in place', () => {
    const line = text.slice(0, text.indexOf(plain)).split('\n').length + 3;
    const at = (column: number) => `dam.yaml:${line}:${column}`;
    expect(refusal(withLeaving('{ adds: -1 }'))).toContain(at(22));
    expect(refusal(withLeaving('{ adds: 2000 }'))).toContain(at(22));
    const stranger = refusal(withLeaving('{ adds: 1, parties: [found] }'));
    expect(stranger).toContain(at(35));
    expect(stranger).toContain('there is no party "found"');
    expect(stranger).toContain('did you mean "fund"?');
    expect(refusal(withLeaving('{ add: 1 }'))).toContain('did you mean "adds"?');
    expect(refusal(withLeaving('{ parties: [fund] }'))).toContain('adds');
    expect(refusal(withLeaving('{ adds: 1, parties: [] }'))).toContain(at(34));
  });
});
