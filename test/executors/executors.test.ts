import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import type { Json } from '../../src/domain/id.ts';
import { live, machineOf } from '../../src/executors/live.ts';
import { table } from '../../src/executors/table.ts';
import {
  type Chart,
  RestlessStance,
  type StanceExecutor,
  type StanceRunner,
} from '../../src/session/contracts/stance.ts';
import type { StanceState } from '../../src/session/fact.ts';
import { charts, compileChart, environment, type Heard, heard } from './charts.ts';

function runnerOf(executor: StanceExecutor, chart: Chart): StanceRunner {
  const runner = executor.prepare(compileChart(chart));
  if ('cannot' in runner) throw new Error(runner.cannot.join(', '));
  return runner;
}

/** Every step of a runner over some events, until the stance turns out restless; `between` may replace the state between two events. */
function story(runner: StanceRunner, events: readonly Heard[], between = (state: StanceState) => state): unknown[] {
  const env = environment();
  const told: unknown[] = [];
  try {
    let state = runner.start(env);
    told.push(state);
    for (const event of events) {
      const step = runner.hear(state, env.at(event, state.context));
      told.push(step ?? 'nothing');
      if (step) state = between(step.state);
    }
  } catch (error) {
    if (!(error instanceof RestlessStance)) throw error;
    told.push('restless');
  }
  return told;
}

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const everything = { parallel: true, history: true, innerFinals: true };

describe('the live executor', () => {
  it('does what an actor of the same machine does, on random machines and events', () => {
    let moved = 0;
    fc.assert(
      fc.property(charts(everything), heard, (chart, events) => {
        const told = story(runnerOf(live, chart), events) as (
          | 'nothing'
          | 'restless'
          | { state: StanceState }
          | StanceState
        )[];
        if (told[0] === 'restless') return;
        const env = environment();
        const actor = createActor(machineOf(compileChart(chart)), { input: { env } });
        actor.start();
        let state = told[0] as StanceState;
        expect(json(actor.getSnapshot().value)).toEqual(json(state.value));
        for (const [i, event] of events.entries()) {
          const step = told[i + 1];
          if (step === 'restless') break;
          if (actor.getSnapshot().status === 'done') {
            expect(step).toBe('nothing');
            continue;
          }
          actor.send({ type: event.type, env: env.at(event, state.context) });
          if (step !== 'nothing') {
            state = (step as { state: StanceState }).state;
            moved++;
          }
          const { value, context } = actor.getSnapshot();
          expect({ value, context }).toEqual({ value: state.value, context: state.context });
        }
        actor.stop();
      }),
      { numRuns: 80 },
    );
    expect(moved).toBeGreaterThan(50);
  });

  it('goes on from a state that came back from JSON as if nothing had happened', () => {
    fc.assert(
      fc.property(charts(everything), heard, (chart, events) => {
        const runner = runnerOf(live, chart);
        expect(story(runnerOf(live, chart), events, json)).toEqual(story(runner, events));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the table executor', () => {
  it('takes the same steps as the live one, on random nested machines and events', () => {
    let moved = 0;
    let nested = 0;
    fc.assert(
      fc.property(charts(), heard, (chart, events) => {
        const expected = story(runnerOf(live, chart), events);
        expect(story(runnerOf(table, chart), events)).toEqual(expected);
        expect(story(runnerOf(table, chart), events, json)).toEqual(expected);
        moved += expected.filter((step) => step !== 'nothing').length;
        if (expected.some((step) => typeof (step as { state?: { value?: Json } }).state?.value === 'object')) nested++;
      }),
      { numRuns: 200 },
    );
    expect(moved).toBeGreaterThan(300);
    expect(nested).toBeGreaterThan(10);
  });

  it('would be caught if it forgot what happens on leaving a state', () => {
    const forgetful = (chart: Chart): Chart =>
      JSON.parse(JSON.stringify(chart, (key, value) => (key === 'exit' ? [] : value)));
    const law = fc.property(charts(), heard, (chart, events) => {
      expect(story(runnerOf(table, forgetful(chart)), events)).toEqual(story(runnerOf(live, chart), events));
    });
    expect(fc.check(law, { numRuns: 300 }).failed).toBe(true);
  });

  it('names what it cannot express', () => {
    const inner = (state: Chart['states']): Chart => ({
      initial: 'a',
      states: { a: {}, b: { initial: 'x', states: { x: {}, ...state } } },
    });
    const cannot = (chart: Chart) => {
      const runner = table.prepare(compileChart(chart));
      return 'cannot' in runner ? runner.cannot : [];
    };
    expect(cannot({ type: 'parallel', states: { a: {}, b: {} } })).toEqual(['parallel regions (the machine itself)']);
    expect(cannot(inner({ back: { type: 'history' } }))).toEqual(['history ("b.back")']);
    expect(cannot(inner({ over: { type: 'final' } }))).toEqual(['a final state inside another state ("b.over")']);
    expect(cannot({ initial: 'a', states: { a: { on: { offered: [{ target: ['a', 'b'] }] } }, b: {} } })).toEqual([
      'a transition to several states at once ("a")',
    ]);
    expect(cannot({ initial: 'a', states: { a: {}, over: { type: 'final' } } })).toEqual([]);
  });

  it('allocates no new state or step for moves that leave the memory alone', () => {
    const chart: Chart = {
      initial: 'a',
      states: { a: { on: { offered: [{ target: 'b' }] } }, b: { on: { offered: [{ target: 'a' }] } } },
    };
    const runner = runnerOf(table, chart);
    const env = environment();
    const begin = runner.start(env);
    const go = (state: StanceState) => runner.hear(state, env.at({ type: 'offered', time: 0.1 }, state.context))!;
    const first = go(begin);
    const second = go(first.state);
    expect(second.state).toBe(begin);
    expect(go(second.state)).toBe(first);
  });
});

describe('a stance whose eventless transitions never come to rest', () => {
  const restless: Chart = {
    initial: 'calm',
    states: {
      calm: { on: { offered: [{ target: 'a' }] } },
      a: { always: [{ target: 'b' }] },
      b: { always: [{ target: 'a' }] },
    },
  };
  it.each([live, table])('is told so by the $name executor, at once', (executor) => {
    expect(story(runnerOf(executor, restless), [{ type: 'offered', time: 0.1 }]).at(-1)).toBe('restless');
    expect(story(runnerOf(executor, { ...restless, initial: 'a' }), [])).toEqual(['restless']);
  });
});
