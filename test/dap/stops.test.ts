import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Editor, LIGHTHOUSE, lineOf } from './client.ts';
import { makeJudge, makeOfficialJudge } from './protocol_schema.ts';

const judge = makeJudge();
const official = makeOfficialJudge();
const source = { path: LIGHTHOUSE };
let editor: Editor;
beforeEach(() => {
  editor = new Editor();
});
afterEach(async () => {
  await editor.stop();
  expect(editor.messages.length).toBeGreaterThan(0);
  expect(editor.messages.flatMap((message) => judge(message))).toEqual([]);
  if (official) expect(editor.messages.flatMap((message) => official(message))).toEqual([]);
});

const set = async (
  ...breakpoints: { line: number; column?: number; condition?: string; hitCondition?: string; logMessage?: string }[]
) => (await editor.setBreakpointsRequest({ source, breakpoints })).body.breakpoints;

describe('a breakpoint on a line', () => {
  it.each([
    ['a stance state, when it is entered', 'probing:', '', 'r3.2.5'],
    ['a transition, when it is taken', 'fog: conceding', 'probing:', 'r8.1.4'],
    ['a scripted event, when it happens', '- id: winter', '', 'r3.1.2'],
    ['an issue, when its value on the table changes', 'id: keeper', '', 'r1.1.3'],
    ['a nested state', 'closing:', 'states:', 'r5.1.2'],
    ['a party, when it moves', '- id: west', '', 'r1.3.2'],
  ])('stops at %s', async (_, text, after, at) => {
    const line = lineOf(text, after);
    await editor.hitBreakpoint({ program: LIGHTHOUSE } as never, { path: LIGHTHOUSE, line });
    expect((await editor.top()).name.split(' ')[0]).toBe(at);
  });

  it('inside a block snaps backward to where the block begins', async () => {
    await editor.enter();
    const [tactic, guard, action, gap, level, term, initial, closing] = await set(
      { line: lineOf('exponent: 1.5') },
      { line: lineOf('guard: "time') },
      { line: lineOf('actions: [') },
      { line: lineOf('# Nobody sees') },
      { line: lineOf('levels: [2') },
      { line: lineOf('values: { south: 9') },
      { line: lineOf('initial: firm') },
      { line: lineOf('exponent: 1 }', 'closing:') },
    );
    expect(tactic).toMatchObject({ verified: true, line: lineOf('probing:') });
    expect(guard).toMatchObject({ verified: true, line: lineOf('offered:') });
    // A transition that only takes note stops nothing, so its line belongs to the state.
    expect(action).toMatchObject({ verified: true, line: lineOf('firm:', 'states:') });
    expect(gap).toMatchObject({ verified: true, line: lineOf('firm:', 'states:') });
    expect(level).toMatchObject({ verified: true, line: lineOf('kind: levels') });
    expect(term).toMatchObject({ verified: true, line: lineOf('- id: south') });
    expect(initial).toMatchObject({ verified: true, line: lineOf('stance:') });
    expect(closing).toMatchObject({ verified: true, line: lineOf('closing:', 'states:') });
  });

  it('where nothing can stop says so, and so does one in another file', async () => {
    await editor.enter();
    const found = await set({ line: 1 }, { line: lineOf('title:') }, { line: lineOf('zone.exists') });
    for (const { verified, message } of found) {
      expect(verified).toBe(false);
      expect(message).toContain('nothing stops here');
    }
    const other = await editor.setBreakpointsRequest({
      source: { path: '/elsewhere.yaml' },
      breakpoints: [{ line: 3 }],
    });
    expect(other.body.breakpoints[0]).toMatchObject({ verified: false, message: 'this file is no part of the talks' });
  });

  it('may stand on any of the stops an editor is told of, and on no other line unmoved', async () => {
    await editor.enter();
    const all = await editor.customRequest('breakpointLocations', { source, line: 1, endLine: 999 });
    const stops = all.body.breakpoints as { line: number; column: number }[];
    expect(stops.length).toBeGreaterThan(20);
    const found = await set(...stops);
    expect(found.every(({ verified }) => verified)).toBe(true);
    expect(found.map(({ line, column }) => ({ line, column }))).toEqual(stops);
    const lines = new Set(stops.map(({ line }) => line));
    const others = Array.from({ length: 105 }, (_, i) => i + 1).filter((line) => !lines.has(line));
    for (const { verified, line } of await set(...others.map((line) => ({ line }))))
      expect(verified && lines.has(line!)).toBe(verified);
  });

  it('with a condition stops only where it holds; hits are counted; a message is told in passing', async () => {
    await editor.enter({ narrate: false });
    const party = lineOf('- id: west');
    await set({ line: party, condition: 'round == 6' });
    expect((await editor.go('continue')).reason).toBe('breakpoint');
    expect((await editor.top()).name).toMatch(/^r6\.3\.2 west does not accept/);
    await editor.go('hashpact/goto', { address: 'start' });
    await set({ line: party, hitCondition: '7' });
    await editor.go('continue');
    expect((await editor.top()).name).toMatch(/^r4\.3\.2/);
    await editor.go('hashpact/goto', { address: 'start' });
    await set({ line: lineOf('- id: winter'), logMessage: 'oil at {market.oil} in {{week}} {round}' });
    const seen = editor.messages.length;
    await editor.go('continue');
    const logs = editor.messages.slice(seen).filter(({ event, body }) => event === 'output' && body.line !== undefined);
    expect(logs.map(({ body }) => body)).toMatchObject([
      { category: 'console', output: 'r3.1.2 oil at 20 in {week} 3\n', line: lineOf('- id: winter') },
    ]);
  });

  it('with a bad condition, hit count or message comes back unverified with the reason and its column', async () => {
    await editor.enter();
    const line = lineOf('- id: winter');
    const [condition, kind, hits, log, good] = await set(
      { line, condition: 'rond > 3' },
      { line, condition: 'round + 1' },
      { line, hitCondition: 'often' },
      { line, logMessage: 'oil at {market.oill}' },
      { line, condition: ' ', hitCondition: '', logMessage: '' },
    );
    expect(condition).toMatchObject({
      verified: false,
      message: expect.stringMatching(/^column 1: [\s\S]*did you mean "round"/),
    });
    expect(kind.verified).toBe(false);
    expect(hits).toMatchObject({ verified: false, message: expect.stringContaining('"often" is no hit count') });
    expect(log).toMatchObject({ verified: false, message: expect.stringMatching(/^column 9: /) });
    expect(good.verified).toBe(true);
  });

  it('that is taken away stops no more', async () => {
    await editor.enter();
    await set({ line: lineOf('- id: winter') });
    await set();
    expect((await editor.go('continue')).description).toBe('the end of the talks');
  });
});

describe('a breakpoint by name', () => {
  const named = async (...names: string[]) =>
    (await editor.setFunctionBreakpointsRequest({ breakpoints: names.map((name) => ({ name })) })).body.breakpoints;

  it.each([
    ['conceding', 'r8.1.4'],
    ['south.closing', 'r5.1.2'],
    ['south.talks.closing', 'r5.1.2'],
    ['event fog_bank', 'r8.1.2'],
    ['r4.2', 'r4.2.1'],
    ['north.utility > 0.1 && north.utility < 0.3', 'r1.3.4'],
  ])('stops at %s', async (name, at) => {
    await editor.enter();
    expect((await named(name))[0].verified).toBe(true);
    expect((await editor.go('continue')).reason).toBe('function breakpoint');
    expect((await editor.top()).name.split(' ')[0]).toBe(at);
  });

  it('that names nothing is unverified', async () => {
    await editor.enter();
    const [nothing, event] = await named('nowhere', 'event none');
    expect(nothing.verified).toBe(false);
    expect(event).toMatchObject({ verified: false, message: expect.stringContaining('there is no event "none"') });
  });
});

describe('a data breakpoint', () => {
  const info = async (args: object) => (await editor.dataBreakpointInfoRequest(args as never)).body;

  it.each([
    ['a utility', 'north.utility', 'north.utility < 0.3', ['r1.2.4', 'r1.3.4', 'r2.2.4']],
    ['a gap', 'south.gap', 'south.gap > 0.5', ['r1.3.4', 'r2.1.4', 'r2.3.4']],
    ['the market', 'market.oil', undefined, ['r3.1.3']],
    ['a branch of the tree', 'parties.north.context', undefined, ['r1.2.3', 'r1.3.3']],
  ])('stops when %s changes, and at the same moments going back', async (_, name, condition, first) => {
    await editor.enter();
    const { dataId } = await info({ name });
    const [found] = (await editor.setDataBreakpointsRequest({ breakpoints: [{ dataId: dataId!, condition }] })).body
      .breakpoints;
    expect(found.verified).toBe(true);
    const forward: string[] = [];
    while ((await editor.go('continue')).reason === 'data breakpoint')
      forward.push((await editor.top()).name.split(' ')[0]);
    expect(forward.slice(0, first.length)).toEqual(first);
    const backward: string[] = [];
    while ((await editor.go('reverseContinue')).reason === 'data breakpoint')
      backward.push((await editor.top()).name.split(' ')[0]);
    expect(backward.reverse()).toEqual(forward);
  });

  it('can be set on a line of the variables view, and not on what never changes', async () => {
    await editor.enter();
    const reference = await editor.scope('Market');
    expect(await info({ variablesReference: reference, name: 'oil' })).toMatchObject({
      dataId: 'market.oil',
      accessTypes: ['write'],
    });
    expect((await info({ name: 'nothing.like.it' })).dataId).toBeNull();
    expect((await info({ variablesReference: 9999, name: 'oil' })).dataId).toBeNull();
    const [bad] = (
      await editor.setDataBreakpointsRequest({ breakpoints: [{ dataId: 'market.oil', condition: 'market.oil <' }] })
    ).body.breakpoints;
    expect(bad).toMatchObject({ verified: false, message: expect.stringMatching(/^column \d+: /) });
  });
});

describe('a filter of exceptions', () => {
  it.each([
    ['deal', {}, 'r10.2.3', 'Deal'],
    ['walkout', { variant: 'bribery' }, 'r4.2.2', 'Walk-out'],
    ['stance', {}, 'r3.2.5', 'Stance change'],
    ['event', {}, 'r3.1.2', 'Event'],
    ['refusal', {}, 'r1.2.2', 'Refusal'],
  ])('%s stops at that alone', async (filter, launch, at, label) => {
    await editor.enter(launch);
    await editor.setExceptionBreakpointsRequest({ filters: [filter] });
    const stopped = await editor.go('continue');
    expect(stopped).toMatchObject({ reason: 'exception', description: label });
    const top = await editor.top();
    expect(top.name.split(' ')[0]).toBe(at);
    const { body } = await editor.exceptionInfoRequest({ threadId: 1 });
    expect(body).toMatchObject({ exceptionId: filter, description: top.name, breakMode: 'always' });
  });

  it('may have a condition; an unknown one is unverified', async () => {
    await editor.enter();
    const { body } = await editor.setExceptionBreakpointsRequest({
      filters: ['nonesuch'],
      filterOptions: [{ filterId: 'refusal', condition: 'round > 5' }],
    });
    expect(body?.breakpoints?.map(({ verified }) => verified)).toEqual([false, true]);
    await editor.go('continue');
    expect((await editor.top()).name).toMatch(/^r6\.1\./);
  });
});
