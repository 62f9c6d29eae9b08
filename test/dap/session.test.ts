import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
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

const at = async () => (await editor.top()).name.split(' ')[0];
const said = (category: string) =>
  editor.messages
    .filter(({ event, body }) => event === 'output' && body.category === category)
    .map(({ body }) => body.output as string);

describe('stepping', () => {
  it('in is a micro-step, over a turn, out a round; back goes the same ways', async () => {
    await editor.enter();
    expect((await editor.top()).name).toBe('before anything happens');
    await editor.go('stepIn');
    expect(await at()).toBe('r1.1.1');
    await editor.go('next');
    expect(await at()).toBe('r1.1.3');
    await editor.go('next');
    expect(await at()).toBe('r1.2.4');
    await editor.go('stepOut');
    expect(await at()).toBe('r1.3.4');
    await editor.go('next', { granularity: 'instruction' });
    expect(await at()).toBe('r2.1.1');
    await editor.go('stepOut');
    expect(await at()).toBe('r2.3.4');
    await editor.go('stepBack', { granularity: 'instruction' });
    expect(await at()).toBe('r2.3.3');
    await editor.go('stepBack');
    expect(await at()).toBe('r2.2.4');
    await editor.go('hashpact/reverseTurn');
    expect(await at()).toBe('r2.1.4');
    await editor.go('hashpact/reverseRound');
    expect(await at()).toBe('r1.3.4');
    await editor.go('hashpact/step', { granularity: 'stance', direction: 1 });
    expect(await at()).toBe('r3.2.5');
    await editor.go('hashpact/until', { condition: 'west.utility > 0.9', direction: -1 });
    expect(await at()).toBe('r2.1.3');
    const start = await editor.go('reverseContinue');
    expect(start).toMatchObject({ reason: 'entry', description: 'the start of the talks' });
    expect((await editor.top()).name).toBe('before anything happens');
  });

  it('back goes as far as the launch configuration says, where the editor does not', async () => {
    await editor.enter({ stepBack: 'micro' });
    await editor.go('stepOut');
    await editor.go('stepBack');
    expect(await at()).toBe('r1.3.3');
    await editor.go('stepBack', { granularity: 'line' });
    expect(await at()).toBe('r1.2.4');
  });

  it('stops at the end, goes back from there, and leaves when asked to go on', async () => {
    await editor.enter();
    expect(await editor.go('continue')).toMatchObject({ reason: 'pause', description: 'the end of the talks' });
    expect((await editor.top()).name).toBe('r10.2.3 the talks end in agreement');
    expect(said('console')).toContain('holds: zone.exists\n');
    await editor.go('stepBack');
    expect(await at()).toBe('r10.1.3');
    await editor.go('stepOut');
    await editor.go('stepIn');
    expect(await at()).toBe('r10.2.3');
    const exited = editor.waitForEvent('exited');
    const terminated = editor.waitForEvent('terminated');
    await editor.continueRequest({ threadId: 1 });
    expect((await exited).body.exitCode).toBe(0);
    await terminated;
  });

  it('without stopping at the end the talks just end, with what became of their expectations', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hashpact-dap-'));
    try {
      const program = join(folder, 'failing.yaml');
      writeFileSync(program, `hashpact: 1\nbased_on: lighthouse.yaml\nid: failing\ntitle: t\nexpect: [round == 3]\n`);
      writeFileSync(join(folder, 'lighthouse.yaml'), (await import('node:fs')).readFileSync(LIGHTHOUSE));
      const exited = editor.waitForEvent('exited');
      await Promise.all([editor.configurationSequence(), editor.launch({ program, stopOnEnd: false } as never)]);
      expect((await exited).body.exitCode).toBe(1);
      expect(said('stderr').join('')).toContain('fails: ');
      // What is written in the base is shown there.
      const { sources } = (await editor.customRequest('loadedSources')).body;
      expect(sources.map(({ name }: DebugProtocol.Source) => name)).toEqual(['failing.yaml', 'lighthouse.yaml']);
      const base = { path: join(folder, 'lighthouse.yaml') };
      const { breakpoints } = (
        await editor.setBreakpointsRequest({ source: base, breakpoints: [{ line: lineOf('- id: winter') }] })
      ).body;
      expect(breakpoints[0].verified).toBe(true);
      await editor.go('hashpact/goto', { address: 'start' });
      await editor.go('continue');
      expect(await editor.top()).toMatchObject({ line: lineOf('- id: winter'), source: base });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('jumps to any moment at which a line of the file was reached', async () => {
    await editor.enter();
    const targetsAt = async (line: number): Promise<DebugProtocol.GotoTarget[]> =>
      (await editor.gotoTargetsRequest({ source, line })).body.targets;
    const [only, ...others] = await targetsAt(lineOf('exponent: 1.5'));
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      label: expect.stringMatching(/^r3\.2\.5 north: firm -> probing/),
      line: lineOf('probing:'),
    });
    expect((await targetsAt(lineOf('{ id: letters'))).length).toBe(0);
    expect((await targetsAt(1)).length).toBe(0);
    const moves = await targetsAt(lineOf('- id: west'));
    expect(moves.length).toBeGreaterThan(15);
    await editor.go('goto', { targetId: moves[4].id });
    expect((await editor.top()).name).toBe(moves[4].label);
    expect((await editor.ask('goto', { threadId: 1, targetId: only.id })).success).toBe(false);
    expect((await editor.go('hashpact/goto', { address: 'r7.2.2' })).reason).toBe('goto');
    expect(await at()).toBe('r7.2.2');
  });

  it('tells what happens on the way, and nothing when asked to be quiet', async () => {
    await editor.enter();
    await editor.go('next');
    expect(said('stdout')).toEqual([
      'r1.1.1 round 1 begins\nr1.1.2 turn 1 begins\nr1.1.3 north offers keeper=north nights=7 dues=4/0/0\n',
    ]);
    await editor.go('stepBack');
    expect(said('stdout').length).toBe(1);
    const quiet = new Editor();
    await quiet.enter({ narrate: false });
    await quiet.go('continue');
    expect(quiet.messages.filter(({ event, body }) => event === 'output' && body.category === 'stdout')).toEqual([]);
    await quiet.stop();
  });
});

describe('where the talks stand', () => {
  it('is one thread, whose stack is what happens, every party in its stance, and the round', async () => {
    await editor.enter();
    expect((await editor.threadsRequest()).body.threads).toEqual([{ id: 1, name: 'Three islands share a lighthouse' }]);
    await editor.go('hashpact/goto', { address: 'r5.1.2' });
    const { stackFrames, totalFrames } = (await editor.stackTraceRequest({ threadId: 1 })).body;
    expect(totalFrames).toBe(5);
    expect(stackFrames.map(({ name, line }) => [name, line])).toEqual([
      ['r5.1.2 south: talks.opening -> talks.closing on roundBegan, since round > 4', lineOf('roundBegan:')],
      ['North Island in probing', lineOf('probing:')],
      ['South Island in talks.closing', lineOf('closing:', 'states:')],
      ['West Island in steady', lineOf('stance: { initial: steady')],
      [expect.stringMatching(/^round 5 of 12, turn \d, time 0\.38/), lineOf('protocol:')],
    ]);
    const page = (await editor.stackTraceRequest({ threadId: 1, startFrame: 1, levels: 2 })).body;
    expect(page.stackFrames.map(({ id }) => id)).toEqual([2, 3]);
    expect(page.totalFrames).toBe(5);
  });

  it('shows a library stance at the line that names it', async () => {
    const program = resolve('test/fixtures/reservoir.yaml');
    await editor.enter({ program, strategies: { upper: 'hardliner' } });
    const { stackFrames } = (await editor.stackTraceRequest({ threadId: 1 })).body;
    expect(stackFrames[1].line).toBe(lineOf('stance:', '- id: upper', program));
    expect(stackFrames[2].line).toBe(lineOf('stance: linear', '', program));
  });

  it('unfolds into parties, offers, table, market and what the step changed', async () => {
    await editor.enter();
    await editor.go('hashpact/goto', { address: 'r3.1.1' });
    await editor.go('stepIn');
    await editor.go('stepIn');
    const scopes = (await editor.scopesRequest({ frameId: 1 })).body.scopes.map(({ name }) => name);
    expect(scopes).toEqual(['Parties', 'Offers', 'Table', 'Market', 'Changed by this step']);
    expect((await editor.scopesRequest({ frameId: 3 })).body.scopes[0].name).toBe('South Island');
    expect((await editor.unfold('Parties')).get('north')?.value).toBe('firm, utility 0.473684');
    expect((await editor.unfold('Parties', 'north')).get('stance')).toMatchObject({
      value: 'firm',
      evaluateName: 'parties.north.stance',
    });
    const [latest] = await editor.unfold('Offers');
    expect(latest[0]).toBe('r2.3.4');
    expect(latest[1].value).toBe('west: keeper=north nights=7 dues=0/0/4');
    expect((await editor.unfold('Offers', 'r2.3.4', 'utilities')).get('west')?.value).toBe('0.875');
    expect((await editor.unfold('Table', 'offer')).get('dues')?.value).toBe('0/0/4');
    expect((await editor.unfold('Table')).get('round')?.value).toBe('3');
    const market = await editor.unfold('Market');
    expect([market.get('oil')?.value, market.get('north.dues')?.value, market.get('fired.winter')?.value]).toEqual([
      '30',
      '1',
      '1',
    ]);
    expect([...(await editor.unfold('Changed by this step'))].map(([name, { value }]) => `${name}: ${value}`)).toEqual([
      'market.oil: 20 -> 30',
    ]);
  });

  it('keeps what was unfolded until the stop after next, then says that it is forgotten', async () => {
    await editor.enter();
    const reference = await editor.scope('Market');
    await editor.go('stepIn');
    expect((await editor.ask('variables', { variablesReference: reference })).success).toBe(true);
    await editor.go('stepIn');
    const gone = await editor.ask('variables', { variablesReference: reference });
    expect(gone).toMatchObject({ success: false, message: expect.stringContaining('earlier stop') });
  });

  it('answers expressions, words of the file under the cursor, and a party’s own words in its frame', async () => {
    await editor.enter();
    await editor.go('hashpact/goto', { address: 'r3.2.5' });
    expect(await editor.value('north.utility + west.utility')).toBe('0.115132');
    expect(await editor.value("north.stance == 'probing'", { context: 'watch' })).toBe('true');
    expect(await editor.value('keeper', { context: 'hover' })).toBe('south');
    expect(await editor.value('oil', { context: 'hover' })).toBe('30');
    expect(await editor.value('winter', { context: 'hover' })).toBe('1');
    expect(await editor.value('utility', { frameId: 3 })).toBe('1');
    const north = await editor.evaluateRequest({ expression: 'north' });
    expect(north.body.variablesReference).toBeGreaterThan(0);
    const bad = await editor.ask('evaluate', { expression: 'north.utility + whst.utility' });
    expect(bad).toMatchObject({
      success: false,
      message: expect.stringMatching(/^column 17: [\s\S]*did you mean "west.utility"/),
    });
    const text = 'north.ut';
    const { targets } = (await editor.completionsRequest({ text: `1 + ${text}`, column: 13 })).body;
    expect(targets).toEqual([{ label: 'north.utility', start: 5, length: 8, type: 'property' }]);
  });

  it('counts lines and columns as the editor does', async () => {
    await editor.initializeRequest({
      adapterID: 'x',
      linesStartAt1: false,
      columnsStartAt1: false,
      pathFormat: 'path',
    });
    const initialized = editor.waitForEvent('initialized');
    await editor.launchRequest({ program: LIGHTHOUSE, stopOnEntry: true } as never);
    await initialized;
    const line = lineOf('- id: winter') - 1;
    const [found] = (await editor.setBreakpointsRequest({ source, breakpoints: [{ line: line + 1 }] })).body
      .breakpoints;
    expect(found).toMatchObject({ line, column: 4 });
    const stopped = editor.waitForEvent('stopped');
    await editor.configurationDoneRequest();
    await stopped;
    await editor.go('continue');
    expect(await editor.top()).toMatchObject({ line, column: 4 });
  });
});

describe('a changed value', () => {
  it.each([
    ['a market figure', 'Market', [], 'oil', '12.5', 'market oil = 12.5'],
    ['a value term', 'Market', [], 'north.dues', '2', 'north: term dues x 2'],
    ['the deadline', 'Table', [], 'rounds', '6', 'deadline = round 6'],
    ['the seed', 'Table', [], 'seed', '9', 'seed = 9'],
    ['a stance', 'Parties', ['north'], 'stance', "'conceding'", 'north in stance conceding'],
    ['a strategy', 'Parties', ['west'], 'strategy', 'boulware', 'west plays boulware'],
    ['a reservation value', 'Parties', ['south'], 'reservation_value', '15', 'south: reservation = 15'],
    ['an issue of the offer', 'Table', ['offer'], 'nights', '7', 'south: offers keeper=south nights=7 dues=0/4/0'],
  ])('(%s) forks the talks, and the original goes on as before', async (_, scope, path, name, value, label) => {
    await editor.enter();
    await editor.go('hashpact/goto', { address: 'r3.2.4' });
    const variable = (await editor.unfold(scope, ...path)).get(name);
    expect(variable?.presentationHint?.attributes).toEqual([]);
    let reference = await editor.scope(scope);
    for (const inner of path) {
      const { variables } = (await editor.variablesRequest({ variablesReference: reference })).body;
      reference = variables.find((one) => one.name === inner)!.variablesReference;
    }
    const stopped = editor.waitForEvent('stopped');
    const { body } = await editor.setVariableRequest({ variablesReference: reference, name, value });
    await stopped;
    expect(body.value).toBe(value.replaceAll("'", ''));
    expect((await editor.threadsRequest()).body.threads[0].name).toBe(
      `Three islands share a lighthouse, branch 1: ${label}`,
    );
    expect(said('console')).toContain(`branch 1: ${label}\n`);
    await editor.go('continue');
    await editor.go('hashpact/goto', { address: '0:end' });
    expect((await editor.top()).name).toBe('r10.2.3 the talks end in agreement');
  });

  it('may be written as an expression; an editor that can is told to draw anew', async () => {
    const args = { adapterID: 'x', supportsInvalidatedEvent: true };
    const initialized = editor.waitForEvent('initialized');
    await editor.initializeRequest(args);
    await editor.launchRequest({ program: LIGHTHOUSE, stopOnEntry: true } as never);
    await initialized;
    const stopped = editor.waitForEvent('stopped');
    await editor.configurationDoneRequest();
    await stopped;
    await editor.go('hashpact/goto', { address: 'r3.2.4' });
    const invalidated = editor.waitForEvent('invalidated');
    const { body } = await editor.customRequest('setExpression', { expression: 'standing.keeper', value: 'west' });
    expect(body.value).toBe('west');
    expect((await invalidated).body.areas).toEqual(['all']);
    expect((await editor.top()).name).toMatch(/^r3\.2\.4 south offers keeper=west/);
    expect(
      (await editor.customRequest('setExpression', { expression: 'north.stance', value: 'conceding' })).body.value,
    ).toBe('conceding');
  });

  it('that makes no sense is refused in words, and nothing moves', async () => {
    await editor.enter();
    await editor.go('hashpact/goto', { address: 'r3.1.2' });
    const refused: [string, string, RegExp][] = [
      ['market.oil', 'dear', /no number/],
      ['market.oill', '3', /did you mean "oil"/],
      ['round', '3', /cannot be changed/],
      ['north.stance', 'asleep', /there is no stance "asleep"/],
      ['standing.keeper', 'west', /no offer was made in this turn/],
      ['rounds', '0', /whole number/],
      ['west.strategy', 'nonesuch', /nonesuch/],
    ];
    for (const [expression, value, why] of refused) {
      const answer = await editor.ask('setExpression', { expression, value });
      expect(answer).toMatchObject({ success: false, message: expect.stringMatching(why) });
      expect(await at()).toBe('r3.1.2');
    }
    expect((await editor.threadsRequest()).body.threads[0].name).toBe('Three islands share a lighthouse');
  });
});

describe('what cannot be', () => {
  it('is told before there is a scenario', async () => {
    await editor.initializeRequest();
    for (const command of ['continue', 'stackTrace', 'setBreakpoints', 'evaluate', 'hashpact/step'])
      expect(await editor.ask(command, {})).toMatchObject({
        success: false,
        message: expect.stringContaining('comes after launch'),
      });
  });

  it('is told of a bad launch: the mistakes of a scenario with their places, a missing file, options of the wrong kind', async () => {
    await editor.initializeRequest();
    const folder = mkdtempSync(join(tmpdir(), 'hashpact-dap-'));
    try {
      const program = join(folder, 'bad.yaml');
      writeFileSync(program, 'hashpact: 1\nid: bad\ntitel: x\n');
      const bad = await editor.ask('launch', { program });
      expect(bad).toMatchObject({ success: false, message: expect.stringMatching(/^bad\.yaml:\d+:\d+: .* more\)/) });
      expect(said('stderr').join('')).toMatch(/bad\.yaml:3:1 {2}unknown-field/);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const wrong = [
      {},
      { program: 7 },
      { program: '/nowhere.yaml' },
      { program: tmpdir() },
      { program: LIGHTHOUSE, seed: -1 },
      { program: LIGHTHOUSE, set: 'x' },
    ];
    for (const args of wrong) expect((await editor.ask('launch', args)).success).toBe(false);
    expect(
      (
        await editor.ask('launch', {
          program: LIGHTHOUSE,
          set: ['market.oil=7'],
          variant: 'bribery',
          rounds: 5,
          seed: 3,
        })
      ).success,
    ).toBe(true);
    expect(await editor.ask('launch', { program: LIGHTHOUSE })).toMatchObject({
      success: false,
      message: 'a scenario is open already',
    });
    expect(await editor.value('market.oil + rounds')).toBe('12');
  });

  it('wants the token, where one is asked for', async () => {
    await editor.stop();
    editor = new Editor('sesame');
    await editor.initializeRequest();
    for (const token of [undefined, '', 'sesam', 7]) {
      const answer = await editor.ask('launch', { program: LIGHTHOUSE, token });
      expect(answer).toMatchObject({ success: false, message: expect.stringContaining('"token"') });
    }
    expect((await editor.ask('attach', { program: LIGHTHOUSE, token: 'sesame' })).success).toBe(true);
  });

  it('is refused by name, and the session goes on', async () => {
    await editor.enter();
    for (const command of ['restart', 'readMemory', 'disassemble', 'source', 'nonesuch', 'constructor', '__proto__'])
      expect(await editor.ask(command, {})).toMatchObject({
        success: false,
        message: expect.stringContaining('not supported'),
      });
    expect((await editor.ask('pause', { threadId: 1 })).success).toBe(false);
    expect((await editor.ask('hashpact/goto', { address: 'r99' })).message).toContain('there is no r99');
    expect((await editor.ask('hashpact/goto', { address: 5 })).success).toBe(false);
    expect((await editor.ask('hashpact/until', { condition: 'rond > 1' })).message).toMatch(/^column 1/);
    expect((await editor.ask('hashpact/step', { granularity: 'year' })).success).toBe(false);
    expect((await editor.ask('setBreakpoints')).success).toBe(false);
    await editor.go('stepIn');
    expect(await at()).toBe('r1.1.1');
  });

  it('announces what it does: every request its capabilities promise is answered', async () => {
    const { body } = await editor.initializeRequest();
    const promised = Object.entries(body ?? {}).filter(([name, value]) => value === true && name.endsWith('Request'));
    expect(promised.length).toBeGreaterThan(6);
    await Promise.all([
      editor.configurationSequence(),
      editor.launchRequest({ program: LIGHTHOUSE, stopOnEntry: true } as never),
    ]);
    for (const [name] of promised) {
      const command = name.replace(
        /^supports(.)(.*)Request$/,
        (_, first: string, rest: string) => first.toLowerCase() + rest,
      );
      const { message = '' } = await editor.ask(command, { source, line: 1, text: '', column: 1 });
      expect(message, command).not.toContain('not supported');
    }
  });
});

describe('long talks', () => {
  it('can be paused, and asked about, while they run', async () => {
    await editor.enter({
      rounds: 400_000,
      narrate: false,
      strategies: { north: 'hardliner', south: 'hardliner', west: 'hardliner' },
    });
    const stopped = editor.waitForEvent('stopped');
    await editor.continueRequest({ threadId: 1 });
    expect(await editor.ask('next', { threadId: 1 })).toMatchObject({ success: false, message: 'notStopped' });
    expect((await editor.ask('pause', { threadId: 1 })).success).toBe(true);
    expect((await stopped).body.reason).toBe('pause');
    expect(Number(await editor.value('round'))).toBeGreaterThan(100);
    await editor.go('stepBack', { granularity: 'instruction' });
  });
});
