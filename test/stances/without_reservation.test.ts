import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { run } from '../../src/session/engine.ts';

const canal = readFileSync(new URL('../fixtures/canal.yaml', import.meta.url), 'utf8');

/** Where arnhem's stance stands when basel has made its first offer. */
function stanceAfter(offer: string, reservation: string, strategy: string): unknown {
  const text = canal
    .replace(/reservation: \{ value: 8.*/, `reservation: ${reservation}`)
    .replace('offer: { operator: company, depth: 4, stakes: 1/3/0 }', `offer: ${offer}`);
  const loaded = loadScenario({ name: 'canal.yaml', text }, { strategies: { arnhem: strategy } });
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  const turns = [...run(loaded.scenario.game({ seed: 1 }))];
  return turns[1].state.seats[0].stance.value;
}

const LITTLE = '{ operator: company, depth: 3, stakes: 1/3/0 }';
const MUCH = '{ operator: joint, depth: 6, stakes: 4/0/0 }';

describe('a ready-made stance without a reservation value', () => {
  it.each(['none', '-1000', '8'])(
    'is no quicker to close than others, with a reservation value of %s',
    (reservation) => {
      expect(stanceAfter(LITTLE, reservation, 'dealmaker')).toBe('exploring');
      expect(stanceAfter(MUCH, reservation, 'dealmaker')).toBe('closing');
    },
  );
});
