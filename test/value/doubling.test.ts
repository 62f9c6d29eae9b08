import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';

/** The flagship with fewer levels, so that it is valued twice in seconds. */
const text = readFileSync(new URL('../../scenarios/zaporizhzhia.yaml', import.meta.url), 'utf8');
const valued = (paths: number) => {
  const set = [
    `venture.paths=${paths}`,
    'issues.mining_mw.levels=[0, 950, 1900]',
    'issues.stakes.parts=3',
    "constraints.ceiling_binds.forbid=mining_mw > 2850 && grid == 'kyiv_2850_35'",
    ...['russia', 'ukraine', 'united_states'].map((party) => `parties.${party}.stance=dealmaker`),
    'events=[]',
    'expect=[]',
  ];
  const loaded = loadScenario({ name: 'zaporizhzhia.yaml', text }, { set });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  const game = loaded.scenario.game();
  return { game, valuation: game.valuation(game.world) };
};

test('doubling the price paths moves no party’s best ten by more than the standard error explains', () => {
  // The first half of 120 paths are the 60: V(2n) - V(n) is half the difference of two independent halves, and its standard error that of V(2n).
  const few = valued(60).valuation;
  const { game, valuation: many } = valued(120);
  const most = 3.5;
  let uncertain = 0;
  for (const seat of game.parties.keys()) {
    const best = (valuation: typeof few) => [...valuation.order(seat).slice(-10)].reverse();
    for (const outcome of best(few)) {
      const error = many.standardError(seat, outcome);
      const moved = Math.abs(many.value(seat, outcome) - few.value(seat, outcome));
      if (error > 0.5) uncertain++;
      expect(moved).toBeLessThanOrEqual(most * error + 1e-6);
    }
    const [before] = best(few);
    const [after] = best(many);
    const missed = many.value(seat, after) - many.value(seat, before);
    expect(missed).toBeLessThanOrEqual(
      most * (many.standardError(seat, after) + many.standardError(seat, before)) + 1e-6,
    );
  }
  // Else the bar would be about outcomes that no price touches.
  expect(uncertain).toBeGreaterThanOrEqual(10);
});
