import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';

/*
 * Bad scenarios and what is said of them. A folder per case: `scenario.yaml` and, to the letter, `expected.txt`. Cases too large or too strange to keep
 * as files are made below.
 */
const cases = fileURLToPath(new URL('./cases/', import.meta.url));
const good = readFileSync(fileURLToPath(new URL('../fixtures/canal.yaml', import.meta.url)), 'utf8');
const folders = readdirSync(cases).sort();

/** What is said of a scenario, or undefined when nothing is wrong with it. */
function refusal(text: string | Uint8Array): string | undefined {
  const loaded = loadScenario({ name: 'scenario.yaml', text });
  return loaded.ok ? undefined : `${render(loaded.diagnostics)}\n`;
}

const TRACE = /\n\s+at |node_modules|\.ts:\d/;

describe('bad scenarios are refused, kindly and in place', () => {
  it('there are at least sixty of them', () => {
    expect(folders.length).toBeGreaterThanOrEqual(60);
  });

  it.each(folders)('%s', (name) => {
    const said = refusal(readFileSync(`${cases}${name}/scenario.yaml`));
    expect(said).toBe(readFileSync(`${cases}${name}/expected.txt`, 'utf8'));
    expect(said).not.toMatch(TRACE);
    for (const block of said!.trimEnd().split('\n\n'))
      expect(block).toMatch(/^scenario\.yaml:\d+:\d+ {2}[a-z][a-z0-9-]+ {2}\S/);
  });

  it('the alarm rings: the good scenario they were all made from would not pass as a bad one', () => {
    expect(refusal(good)).toBeUndefined();
  });
});

describe('bombs are refused before they are parsed', () => {
  const sizes = { flow: 200_000, block: 100_000 };
  const bombs: [string, string | Uint8Array, string][] = [
    ['a file over 256 KB', `# ${'x'.repeat(300_000)}\n${good}`, 'file-too-large'],
    ['one over 256 KB in bytes, not in characters', `# ${'\u00e9'.repeat(140_000)}\n${good}`, 'file-too-large'],
    ['bytes that are no UTF-8', Uint8Array.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0xfe]), 'not-utf8'],
    ['half a surrogate pair', 'id: "\ud800"\n', 'not-utf8'],
    ['open brackets', '['.repeat(sizes.flow), 'nested-too-deep'],
    ['open braces', `a: ${'{a: '.repeat(50_000)}`, 'nested-too-deep'],
    ['lists in lists on one line', '- '.repeat(sizes.block), 'nested-too-deep'],
    ['explicit keys in keys', '? '.repeat(sizes.block), 'nested-too-deep'],
    [
      'a staircase of mappings',
      Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'nested-too-deep',
    ],
    ['brackets behind a quote that looks open', `a: it's\nb: ${'['.repeat(5000)}`, 'nested-too-deep'],
  ];

  it.each(bombs)('%s', (_, text, code) => {
    const loaded = loadScenario({ name: 'scenario.yaml', text });
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) {
      expect(loaded.diagnostics.map((one) => one.code)).toEqual([code]);
      expect(render(loaded.diagnostics)).not.toMatch(TRACE);
    }
  });

  it('brackets in text are no nesting', () => {
    expect(refusal(good.replace('title: Three', `note: "${'['.repeat(500)}"\ntitle: Three`))).toBeUndefined();
  });
});

describe('whatever a file holds', () => {
  const lines = good.split('\n');
  const words = [
    'reservation',
    '-',
    '[',
    '}',
    ': ',
    '!',
    '&x',
    '*x',
    '|',
    '"',
    "'",
    '{a: 1}',
    '.nan',
    '1e999',
    '\t',
    '~',
    '\u202e',
    '0x10',
    '<<: 1',
  ];
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat(good.length), length: fc.nat(40) }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.nat(good.length),
      text: fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })),
    }),
    fc.record({ kind: fc.constant('swap' as const), a: fc.nat(lines.length - 1), b: fc.nat(lines.length - 1) }),
  );

  it('loading answers and never throws, and every answer has a place and a sentence', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        let text = good;
        for (const m of mutations) {
          if (m.kind === 'cut') text = text.slice(0, m.at) + text.slice(m.at + m.length);
          else if (m.kind === 'insert') text = text.slice(0, m.at) + m.text + text.slice(m.at);
          else {
            const swapped = text.split('\n');
            [swapped[m.a], swapped[m.b]] = [swapped[m.b] ?? '', swapped[m.a] ?? ''];
            text = swapped.join('\n');
          }
        }
        const loaded = loadScenario({ name: 'scenario.yaml', text });
        if (loaded.ok) return;
        refused++;
        expect(loaded.diagnostics.length).toBeGreaterThan(0);
        for (const one of loaded.diagnostics) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(text.split(/\r\n|\n/).length + 1);
          expect(one.column).toBeGreaterThanOrEqual(1);
          expect(one.code).toMatch(/^[a-z][a-z0-9-]*$/);
          expect(one.message.length).toBeGreaterThan(5);
        }
        expect(render(loaded.diagnostics)).not.toMatch(TRACE);
      }),
      { numRuns: 200, seed: 20251225 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('any value in the place of any other is taken or refused, never a crash', () => {
    const loaded = loadScenario({ name: 'scenario.yaml', text: good });
    if (!loaded.ok) throw new Error(render(loaded.diagnostics));
    const places = [...loaded.scenario.source.map.entries()].filter(({ value }) => value.end > value.start);
    const alien = fc.constantFrom(
      'null',
      '[]',
      '{}',
      '-1',
      '1e308',
      '"x"',
      'true',
      '[[1, 2], [3, 4]]',
      '{ value: 3 }',
      '{ id: q }',
      '[q, q]',
      '""',
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), alien, ({ value }, text) => {
        const changed = `${good.slice(0, value.start)}${text}${good.slice(value.start, value.end).endsWith('\n') ? '\n' : ''}${good.slice(value.end)}`;
        expect(refusal(changed) ?? '').not.toMatch(TRACE);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
