import { describe, expect, it, vi } from 'vitest';
import type { Debugger } from '../../src/debugger/debugger.ts';
import { Debugger as Engine } from '../../src/debugger/debugger.ts';
import { openSession } from '../../src/history/open_session.ts';
import { scriptedRun } from '../../src/history/scripted_run.ts';
import { sessionHeader, sessionText } from '../../src/history/session_file.ts';
import { TRACE_FORMAT, traceLines } from '../../src/history/trace.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { begin, run } from '../../src/session/engine.ts';
import { OwnPlan } from '../../src/session/player.ts';
import { debugOf, scenarioOf } from '../debugger/reservoir.ts';

const scenario = scenarioOf();

/** A session with a branch of every kind, one of them played by hand, and a fork of a fork. */
function busy(): Debugger {
  const debug = debugOf(1, scenario);
  debug.toEnd();
  const at = (place: string) => debug.goto(place);
  at('0:r3.2.2');
  debug.fork({ kind: 'market', name: 'power', to: 42 });
  debug.toEnd();
  at('1:r4.1');
  debug.fork({ kind: 'strategy', party: 'middle', strategy: 'hardliner' });
  debug.toEnd();
  at('2:r5.2.2');
  debug.fork({ kind: 'reservation', party: 'lower', to: 3 });
  debug.toEnd();
  at('0:start');
  debug.fork({ kind: 'strategy', party: 'upper', strategy: 'linear' });
  debug.toEnd();
  at('0:r2.3');
  debug.fork({ kind: 'seed', to: 5 });
  debug.toEnd();
  at('0:r4.2.1');
  debug.fork({ kind: 'stance', party: 'upper', to: 'conceding' });
  at('0:r5.2');
  debug.fork({ kind: 'move', party: 'middle', move: { type: 'walk', why: 'enough' } });
  at('0:r6.1');
  debug.play('lower');
  while (debug.proceed(1).reason === 'awaits')
    expect(debug.move({ type: 'offer', outcome: 20 + debug.position }).ok).toBe(true);
  debug.remark('look here', debug.frame);
  return debug;
}

const textOf = (debug: Debugger) =>
  sessionText(
    sessionHeader(debug.branches[0].recording.game, scenario.resolved, '0.0.0'),
    debug.branches,
    debug.remarks,
  );

function reopened(text: string) {
  const opened = openSession(text);
  if (!opened.ok) throw new Error(opened.message);
  return opened.session;
}

describe('a session file', () => {
  const debug = busy();
  const text = textOf(debug);

  it('reopens to the same frames in every branch, to the byte, and is written again the same', () => {
    const session = reopened(text);
    expect(session.problem).toBeUndefined();
    expect(session.branches.length).toBe(debug.branches.length);
    expect(session.branches.length).toBe(9);
    for (const [i, branch] of session.branches.entries()) {
      const was = debug.branches[i].recording;
      const now = branch.recording;
      expect(now.size).toBe(was.size);
      for (let p = 0; p <= was.size; p += 5) {
        expect(now.addressText(p)).toBe(was.addressText(p));
        expect(JSON.stringify(now.state(p)), `branch ${i} at ${was.addressText(p)}`).toBe(JSON.stringify(was.state(p)));
      }
      expect(branch.at).toBe(debug.branches[i].at);
    }
    expect(session.notes).toEqual(debug.remarks);
    const again = sessionText(
      sessionHeader(session.game, session.scenario.resolved, '0.0.0'),
      session.branches,
      session.notes,
    );
    expect(again).toBe(text);
  });

  it('runs no strategy: no party is asked for a plan', () => {
    const asked = vi.spyOn(OwnPlan.prototype, 'begin');
    try {
      reopened(text);
      expect(asked).not.toHaveBeenCalled();
      debugOf(2, scenario).step('turn');
      expect(asked).toHaveBeenCalled();
    } finally {
      asked.mockRestore();
    }
  });

  it('plays again as it was recorded, and an edited move is found by it', () => {
    const session = reopened(text);
    const engine = new Engine(session.scenario, session.game, session.branches[0].recording);
    expect(engine.verify()).toBeUndefined();
    const rows = text.split('\n');
    const row = rows.findIndex((line) => line.includes('"type":"offered"') && line.startsWith('{"at":"2.1.'));
    const edited = JSON.parse(rows[row]) as { fact: { outcome: number; values: unknown } };
    edited.fact.outcome = 100;
    edited.fact.values = scenario.stage.space.values(100);
    const forged = reopened([...rows.slice(0, row), JSON.stringify(edited), ...rows.slice(row + 1)].join('\n'));
    expect(forged.problem?.message).toContain('edited');
    const found = new Engine(forged.scenario, forged.game, forged.branches[0].recording).verify();
    expect(found?.recorded).toMatchObject({ type: 'offered', outcome: 100 });
    expect(forged.branches[0].recording.addressText(found!.position).startsWith('r2.1.')).toBe(true);
  });

  it('cut anywhere keeps what is whole and says where it stops', () => {
    for (let length = text.indexOf('\n') + 1; length < text.length - 1; length += 14_983) {
      const { problem, branches } = reopened(text.slice(0, length));
      expect(problem?.message).toMatch(/cut short|torn|digest/);
      for (const [i, { recording }] of branches.entries()) {
        const was = debug.branches[i].recording;
        expect(recording.size).toBeLessThanOrEqual(was.size);
        expect(JSON.stringify(recording.last)).toBe(JSON.stringify(was.state(recording.size)));
      }
    }
  });

  it.each([
    ['no JSON', 'nonsense', /no JSON/],
    ['another line', '{"what":1}', /none that a recording has/],
    ['a skipped micro-step', '{"at":"2.1.9","fact":{"type":"turnBegan","turn":1}}', /out of order/],
    ['an unknown party', '{"at":"2.1.1","fact":{"type":"passed","by":"nobody"}}', /no party "nobody"/],
    ['an unknown fact', '{"at":"2.1.1","fact":{"type":"sneezed","by":"upper"}}', /no fact/],
    [
      'an outcome that is not there',
      '{"at":"2.1.1","fact":{"type":"offered","by":"upper","outcome":99999}}',
      /no outcome/,
    ],
    [
      'values of another outcome',
      '{"at":"2.1.1","fact":{"type":"offered","by":"upper","outcome":1,"values":{"keeper":"lower"}}}',
      /edited/,
    ],
  ])('with %s in the middle keeps what stands before it', (_, line, message) => {
    const rows = text.split('\n');
    const row = rows.findIndex((one) => one.startsWith('{"at":"2.1.'));
    const { problem, branches } = reopened([...rows.slice(0, row), line, ...rows.slice(row)].join('\n'));
    expect(problem?.message).toMatch(message);
    expect(problem?.line).toBe(row + 1);
    expect(branches[0].recording.last.round).toBe(1);
  });

  it('is refused when it is no recording at all', () => {
    for (const bad of [
      '',
      'hello',
      '{}',
      '[1]',
      '{"format":"hashpact-trace/1"}',
      '{"format":"hashpact-session/1","resolved":{}}',
    ]) {
      expect(openSession(bad).ok).toBe(false);
    }
  });

  it('may be a plain trace', () => {
    const game = scenario.game({ seed: 3 });
    const header = { ...sessionHeader(game, scenario.resolved, '0.0.0'), format: TRACE_FORMAT } as const;
    const trace = `${[...traceLines(game, header, run(game))].join('\n')}\n`;
    const { problem, branches } = reopened(trace);
    expect(problem).toBeUndefined();
    let state = begin(game);
    for (const turn of run(game)) state = turn.state;
    expect(JSON.stringify(branches[0].recording.last)).toBe(JSON.stringify(state));
    expect(branches[0].recording.turns.some(({ notes }) => notes.length > 0)).toBe(true);
  });
});

describe('a run up to here, exported as a scenario', () => {
  it('passes its own expectations as is, from every round of every branch', () => {
    const debug = busy();
    let exported = 0;
    for (const branch of debug.branches) {
      for (let position = 1; position <= branch.recording.size; position += 47) {
        const made = scriptedRun(branch, position);
        if (!made.ok && made.code === 'round-is-open') continue;
        if (!made.ok) throw new Error(`${branch.label} ${branch.recording.addressText(position)}: ${made.message}`);
        const loaded = loadScenario({ name: 'export.yaml', text: made.yaml });
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
        const game = loaded.scenario.game({});
        let state = begin(game);
        for (const turn of run(game)) state = turn.state;
        const verdicts = loaded.scenario.judge(game, state);
        expect(verdicts.length).toBeGreaterThan(8);
        expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
        exported++;
      }
    }
    expect(exported).toBeGreaterThan(10);
  });
});
