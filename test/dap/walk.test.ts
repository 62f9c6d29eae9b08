import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Editor, LIGHTHOUSE, lineOf } from './client.ts';
import { makeJudge, makeOfficialJudge } from './protocol_schema.ts';

const judge = makeJudge();
const official = makeOfficialJudge();
const source = { path: LIGHTHOUSE };
const line = fc.integer({ min: -2, max: 120 });

/** Whatever an editor, or a broken one, may send. None of it leaves the talks' own branch. */
const requests = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('stepIn', 'next', 'stepOut', 'stepBack', 'hashpact/reverseTurn', 'hashpact/reverseRound')
      .map((command) => ({ command, args: { threadId: 1 } as object })),
  },
  fc
    .constantFrom('instruction', 'line', 'statement')
    .map((granularity) => ({ command: 'stepBack', args: { granularity } })),
  fc.record({
    command: fc.constant('hashpact/goto'),
    args: fc.record({ address: fc.constantFrom('r3', 'r5.2', 'r8.1.4', 'start', 'end', 'r40', 'x') }),
  }),
  fc.record({
    command: fc.constant('setBreakpoints'),
    args: fc.record({ source: fc.constant(source), breakpoints: fc.array(fc.record({ line }), { maxLength: 3 }) }),
  }),
  fc.record({ command: fc.constant('gotoTargets'), args: fc.record({ source: fc.constant(source), line }) }),
  fc
    .constantFrom(
      'reverseContinue',
      'threads',
      'stackTrace',
      'loadedSources',
      'exceptionInfo',
      'pause',
      'configurationDone',
    )
    .map((command) => ({ command, args: {} })),
  fc.record({ command: fc.constant('scopes'), args: fc.record({ frameId: fc.integer({ min: -1, max: 9 }) }) }),
  fc.record({ command: fc.constant('variables'), args: fc.record({ variablesReference: fc.nat(60) }) }),
  fc.record({
    command: fc.constant('evaluate'),
    args: fc.record({ expression: fc.constantFrom('round', 'north', 'parties', '1 +', '', 'south.gap') }),
  }),
  fc.record({
    command: fc.constantFrom('evaluate', 'setBreakpoints', 'variables', 'nonesuch', 'goto', 'completions'),
    args: fc.anything() as fc.Arbitrary<object>,
  }),
);
const MOVING = /^(stepIn|next|stepOut|stepBack|reverseContinue|hashpact\/.*)$/;

describe('a random walk of requests', () => {
  it('never leaves the adapter silent, and a moment looks the same whatever the way to it', async () => {
    const looks = new Map<string, string>();
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 12, maxLength: 30 }), async (walk) => {
        const editor = new Editor();
        await editor.enter({ narrate: false });
        for (const { command, args } of walk) {
          const before = editor.messages.length;
          const { success } = await editor.ask(command, args);
          await new Promise(setImmediate);
          const after = editor.messages.slice(before);
          expect(after.filter(({ type }) => type === 'response').length).toBe(1);
          const stops = after.filter(({ event }) => event === 'stopped').length;
          expect(stops, command).toBe(success && MOVING.test(command) ? 1 : 0);
          if (stops === 0) continue;
          moved++;
          const [moment] = (await editor.top()).name.split(' ');
          const state = JSON.stringify([
            await editor.value('parties'),
            await editor.value('table'),
            await editor.value('market'),
            await editor.value('round * 100 + turn'),
          ]);
          expect(looks.get(moment) ?? state, moment).toBe(state);
          looks.set(moment, state);
        }
        expect(editor.messages.flatMap((message) => judge(message))).toEqual([]);
        if (official) expect(editor.messages.flatMap((message) => official(message))).toEqual([]);
        await editor.stop();
      }),
      { numRuns: 12 },
    );
    expect(moved).toBeGreaterThan(40);
    expect(looks.size).toBeGreaterThan(10);
  });
});

describe('the judge of messages', () => {
  const seq = 1;
  const response = { seq, type: 'response', request_seq: 1, success: true };
  it.each([
    ['a body that is missing', { ...response, command: 'continue' }],
    ['a member that is missing', { seq, type: 'event', event: 'stopped', body: { threadId: 1 } }],
    ['a member of the wrong kind', { seq, type: 'event', event: 'stopped', body: { reason: 'step', threadId: 'one' } }],
    [
      'a member that is misspelt',
      { seq, type: 'event', event: 'stopped', body: { reason: 'step', hitBreakpointsIds: [1] } },
    ],
    [
      'a value that is none of its kind',
      { ...response, command: 'exceptionInfo', body: { exceptionId: 'x', breakMode: 'sometimes' } },
    ],
  ])('finds %s', (_, message) => {
    expect(judge(message).length).toBeGreaterThan(0);
  });

  it('lets a sound message pass', () => {
    expect(judge({ ...response, command: 'continue', body: {} } as never)).toEqual([]);
    expect(lineOf('id: lighthouse')).toBe(3);
  });
});
