import { describe, expect, it } from 'vitest';
import type { BreakpointSpec, Spot } from '../../src/debugger/breakpoint.ts';
import { refusalText } from '../../src/debugger/debugger.ts';
import type { Fact } from '../../src/session/fact.ts';
import { debugOf, scenarioOf } from './reservoir.ts';

const scenario = scenarioOf();

/** Every address a breakpoint stops at, going forward through the whole run. */
function stops(spec: BreakpointSpec, seed = 1): string[] {
  const debug = debugOf(seed, scenario);
  const set = debug.setBreakpoint(spec);
  if (!set.ok) throw new Error(refusalText(set));
  const found: string[] = [];
  while (debug.proceed(1).reason === 'breakpoint') found.push(debug.frame.at);
  return found;
}

/** The addresses of the facts for which something holds, found without the debugger's breakpoints. */
function addresses(holds: (fact: Fact) => boolean, seed = 1): string[] {
  const { recording } = debugOf(seed, scenario).branch;
  recording.reach(Number.POSITIVE_INFINITY);
  return Array.from({ length: recording.size }, (_, i) => i + 1)
    .filter((p) => holds(recording.fact(p)!))
    .map((p) => recording.addressText(p));
}

const at = (spot: Spot) => stops({ spot });

describe('a breakpoint', () => {
  it('stops at every fact of its kind, and at nothing else', () => {
    const cases: [Spot, (fact: Fact) => boolean][] = [
      [{ kind: 'deal' }, (f) => f.type === 'ended' && f.end === 'agreement'],
      [{ kind: 'end' }, (f) => f.type === 'ended'],
      [{ kind: 'event' }, (f) => f.type === 'happened'],
      [{ kind: 'event', event: 'alarm' }, (f) => f.type === 'happened' && f.event === 'alarm'],
      [{ kind: 'refusal' }, (f) => f.type === 'rejected'],
      [{ kind: 'refusal', party: 'lower' }, (f) => f.type === 'rejected' && f.by === 'lower'],
      [{ kind: 'transition' }, (f) => f.type === 'stanceChanged' && f.from !== f.to],
      [
        { kind: 'state', state: 'probing', on: 'entered' },
        (f) => f.type === 'stanceChanged' && f.from !== f.to && f.to === 'probing',
      ],
      [
        { kind: 'state', state: 'anchoring', on: 'left' },
        (f) => f.type === 'stanceChanged' && f.from === 'anchoring' && f.to !== f.from,
      ],
      [{ kind: 'party', party: 'middle' }, (f) => 'by' in f && f.by === 'middle'],
    ];
    for (const [spot, holds] of cases) {
      expect(at(spot), JSON.stringify(spot)).toEqual(addresses(holds));
      expect(at(spot).length, JSON.stringify(spot)).toBeGreaterThan(0);
    }
  });

  it('set after a step stops that step when it is taken back', () => {
    const back = (set: boolean) => {
      const debug = debugOf(1, scenario);
      debug.step('round');
      debug.step('round');
      if (set) debug.setBreakpoint({ spot: { kind: 'party', party: 'middle' } });
      return debug.step('round', -1);
    };
    expect(back(false).reason).toBe('step');
    expect(back(true).reason).toBe('breakpoint');
  });

  it('on a walk-out stops where a party leaves', () => {
    const debug = debugOf(1, scenario);
    debug.goto('r3.1');
    debug.fork({ kind: 'move', party: 'upper', move: { type: 'walk', why: 'enough' } });
    debug.restart();
    debug.setBreakpoint({ spot: { kind: 'walkout' } });
    expect(debug.proceed(1).reason).toBe('breakpoint');
    expect(debug.frame.fact).toMatchObject({ type: 'walked', by: 'upper' });
  });

  it('counts its hits from the start of the talks, whichever way one comes', () => {
    const all = at({ kind: 'refusal' });
    const spot: Spot = { kind: 'refusal' };
    expect(stops({ spot, hits: '3' })).toEqual([all[2]]);
    expect(stops({ spot, hits: '>= 5' })).toEqual(all.slice(4));
    expect(stops({ spot, hits: '% 2' })).toEqual(all.filter((_, i) => i % 2 === 1));
    const debug = debugOf(1, scenario);
    debug.setBreakpoint({ spot, hits: '3' });
    debug.toEnd();
    debug.proceed(-1);
    expect(debug.frame.at).toBe(all[2]);
  });

  it('with a condition stops only where it holds', () => {
    const found = stops({ spot: { kind: 'party', party: 'upper' }, condition: 'round > 4 && upper.utility < 0.9' });
    const debug = debugOf(1, scenario);
    expect(found.length).toBeGreaterThan(0);
    for (const place of found) {
      debug.goto(place);
      expect(debug.evaluate('round > 4 && upper.utility < 0.9')).toMatchObject({ value: true });
    }
  });

  it('on data stops exactly where the value is another than one fact before', () => {
    for (const what of [
      'upper.utility',
      'lower.gap',
      'market.power',
      'middle.believes.lower',
      'parties.middle.beliefs',
      'table.by',
      'standing.keeper',
    ]) {
      const debug = debugOf(1, scenario);
      debug.toEnd();
      const value = (position: number) => {
        const found = debug.evaluate(what, debug.frameOf(position));
        return found.ok ? JSON.stringify(found.value) : 'none';
      };
      const expected = Array.from({ length: debug.position }, (_, i) => i + 1)
        .filter((p) => value(p) !== value(p - 1))
        .map((p) => debug.frameOf(p).at);
      expect(at({ kind: 'data', what }), what).toEqual(expected);
      expect(expected.length, what).toBeGreaterThan(0);
    }
  });

  it('that only logs tells its text and goes on', () => {
    const debug = debugOf(1, scenario);
    debug.setBreakpoint({ spot: { kind: 'deal' }, log: 'deal {{round {round}}} at {upper.utility}' });
    const stop = debug.proceed(1);
    expect(stop.reason).toBe('end');
    expect(stop.logs.map(({ text }) => text)).toEqual(['deal {round 8} at 0.570833']);
  });

  it('that is temporary is gone after one stop, and a disabled one is passed by', () => {
    const debug = debugOf(1, scenario);
    debug.setBreakpoint({ spot: { kind: 'event' }, temporary: true });
    const set = debug.setBreakpoint({ spot: { kind: 'deal' } });
    debug.proceed(1);
    expect(debug.breakpoints.length).toBe(1);
    if (set.ok) debug.enable(set.breakpoint.id, false);
    expect(debug.proceed(1).reason).toBe('end');
  });

  it('that makes no sense is refused with the column, and nothing is set', () => {
    const debug = debugOf(1, scenario);
    const bad: BreakpointSpec[] = [
      { spot: { kind: 'if', condition: 'tiem > 1' } },
      { spot: { kind: 'deal' }, condition: 'upper.utility >' },
      { spot: { kind: 'deal' }, hits: 'many' },
      { spot: { kind: 'deal' }, hits: '% 0' },
      { spot: { kind: 'deal' }, log: 'at {tiem}' },
      { spot: { kind: 'deal' }, log: 'at {round' },
      { spot: { kind: 'party', party: 'nobody' } },
      { spot: { kind: 'event', event: 'nothing' } },
      { spot: { kind: 'issue', issue: 'nothing' } },
      { spot: { kind: 'data', what: 'nothing.at.all' } },
    ];
    for (const spec of bad) expect(debug.setBreakpoint(spec).ok, JSON.stringify(spec)).toBe(false);
    expect(debug.breakpoints).toEqual([]);
    const refused = debug.setBreakpoint({ spot: { kind: 'deal' }, log: 'at {tiem}' });
    if (!refused.ok) expect(refusalText(refused)).toContain('column 5');
  });
});

describe('a journey', () => {
  it('to a condition ends at the next frame at which it holds, either way', () => {
    const debug = debugOf(1, scenario);
    const stop = debug.until('standing.exists && lower.utility > 0.6');
    expect(stop).toMatchObject({ reason: 'condition' });
    const here = debug.position;
    for (let p = 1; p < here; p++) {
      expect(debug.evaluate('standing.exists && lower.utility > 0.6', debug.frameOf(p))).toMatchObject({
        value: false,
      });
    }
    debug.toEnd();
    debug.until('round == 2', -1);
    expect(debug.frame.state.round).toBe(2);
    expect(debug.frameOf(debug.position + 1).state.round).toBe(3);
  });

  it('to a moment that is not there is refused and nothing moves', () => {
    const debug = debugOf(1, scenario);
    debug.goto('r2.2');
    for (const place of ['r99', 'r2.9', 'r2.1.99', 'hello', '7:r1', 'r0', '-3']) {
      expect(debug.goto(place).ok, place).toBe(false);
      expect(debug.frame.at.startsWith('r2.2.')).toBe(true);
    }
  });
});

describe('looking', () => {
  it('a table holds, for every round, what a stop at its end shows', () => {
    const debug = debugOf(1, scenario);
    const found = debug.table(['upper.utility', 'standing.by', 'lower.gap > 0']);
    if (!found.ok) throw new Error(found.message);
    expect(found.rows.length).toBe(8);
    for (const { at, values } of found.rows) {
      debug.goto(at);
      expect(debug.evaluate('upper.utility')).toMatchObject({ value: values[0] });
      expect(debug.evaluate('standing.by')).toMatchObject({ value: values[1] });
    }
    expect(debug.table(['upper.utilty']).ok).toBe(false);
  });

  it('the origin of a value is the fact that set it', () => {
    const debug = debugOf(1, scenario);
    debug.goto('r6.2');
    const found = debug.origin('market.power');
    if (!found.ok) throw new Error(found.message);
    expect(found.frame.fact).toMatchObject({ type: 'marketMoved', name: 'power', to: 90 });
  });

  it('a diff lists what differs, and nothing else', () => {
    const debug = debugOf(1, scenario);
    const found = debug.diff('r3.1.2', 'r3.1.3');
    if (!found.ok) throw new Error(found.message);
    expect(found.differences).toEqual([{ path: 'market.power', before: 60, after: 90 }]);
    const none = debug.diff('r3', 'r3');
    expect(none.ok && none.differences).toEqual([]);
  });

  it('what the last fact changed is shown, and a watch has its value', () => {
    const debug = debugOf(1, scenario);
    debug.goto('r4.2');
    debug.watch('upper.stance');
    expect(debug.watches.at(-1)?.value).toBe('probing');
    expect(debug.changed()).toEqual([{ path: 'parties.upper.stance', before: 'anchoring', after: 'probing' }]);
  });
});

describe('a party played by hand', () => {
  it('is waited for at each of its turns, and a move that is not allowed changes nothing', () => {
    const debug = debugOf(1, scenario);
    debug.goto('r3.2');
    debug.play('upper');
    expect(debug.proceed(1).reason).toBe('awaits');
    const before = debug.branch.recording.size;
    expect(debug.move({ type: 'offer', outcome: 999_999 }).ok).toBe(false);
    expect(debug.move({ type: 'reject' }).ok).toBe(false);
    expect(debug.branch.recording.size).toBe(before);
    expect(debug.move({ type: 'offer', outcome: 0 }).ok).toBe(true);
    expect(debug.proceed(1).reason).toBe('awaits');
    expect(debug.move({ type: 'walk', why: 'enough' }).ok).toBe(true);
    expect(debug.frame.state.end).toBe('broken');
    expect(debug.verify()).toBeUndefined();
    expect(debug.branches[0].recording.hands.size).toBe(0);
  });
});
