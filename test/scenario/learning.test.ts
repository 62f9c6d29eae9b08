import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelError } from '../../src/opponents/model_error.ts';
import { learning } from '../../src/scenario/learning.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { begin, run } from '../../src/session/engine.ts';

const canal = () => {
  const text = readFileSync(new URL('../fixtures/canal.yaml', import.meta.url), 'utf8');
  const loaded = loadScenario({ name: 'canal.yaml', text });
  if (!loaded.ok) throw new Error('the fixture does not load');
  const dealt = loaded.scenario.with({ arnhem: 'dealmaker', basel: 'boulware', cologne: 'dealmaker' });
  if (!dealt.ok) throw new Error('the strategies are not understood');
  return dealt.scenario.game({ seed: 1 });
};

describe('what the parties learnt', () => {
  it('is told of every party with an opponent model, about every other, against the values they truly have', () => {
    const game = canal();
    let state = begin(game);
    for (const turn of run(game)) state = turn.state;
    const learnt = learning(game, state);
    expect(learnt.map(({ party, about }) => `${party} of ${about}`)).toEqual([
      'arnhem of basel',
      'arnhem of cologne',
      'cologne of arnhem',
      'cologne of basel',
    ]);
    const { model } = game.players[0];
    const { utilities } = game.valuation(state.world);
    const of = modelError(model!.liking(state.seats[0].beliefs[2]), utilities[2], game.space.allowed);
    expect(learnt[1]).toEqual({ party: 'arnhem', about: 'cologne', ...of });
    expect(learnt.some(({ correlation }) => correlation > 0.2)).toBe(true);
  });

  it('is nothing before anybody has spoken', () => {
    const game = canal();
    for (const { correlation } of learning(game, begin(game))) expect(correlation).toBeNaN();
  });
});
