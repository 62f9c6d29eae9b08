import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { offsetInScalar } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { parse } from '../../src/scenario/parse.ts';
import { jsonSchema } from '../../src/scenario/schema.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const canal = readFileSync(`${root}test/fixtures/canal.yaml`, 'utf8');

describe('a place inside an expression', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const styles = {
    plain: (words: string[]) => `a: ${words.join(' ')}\n`,
    'plain over lines': (words: string[]) => `a: ${words.join('\n   ')}\n`,
    'in double quotes': (words: string[]) => `a: "${words.join(' ')}"\n`,
    'in double quotes with escapes': (words: string[]) => `a: "\\"\\t\\u0041 ${words.join(' ')}"\n`,
    'in single quotes': (words: string[]) => `a: 'it''s ${words.join(' ')}'\n`,
    folded: (words: string[]) => `a: >-\n    ${words.join('\n    ')}\n`,
    literal: (words: string[]) => `a: |\n    ${words.join('\n    ')}\n`,
    'in a flow mapping': (words: string[]) => `x: {b: 1, a: "${words.join(' ')}"}\n`,
  };

  it.each(Object.entries(styles))('is found %s', (_, style) => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), fc.nat(), (words, pick) => {
        const marked = words.map((w, i) => (i === pick % words.length ? `Q${w}` : w));
        const text = style(marked);
        const parsed = parse('x', text);
        if (!parsed.ok) throw new Error(parsed.flaws[0].message);
        const path = text.startsWith('x') ? ['x', 'a'] : ['a'];
        const value = String(follow(parsed.source.data, path));
        const place = parsed.source.map.value(path)!;
        expect(text[offsetInScalar(text, place, value.indexOf('Q'))]).toBe('Q');
      }),
    );
  });

  it('is found in every value of a real file', () => {
    const parsed = parse('canal', canal);
    if (!parsed.ok) throw new Error('canal.yaml does not parse');
    let seen = 0;
    for (const { path, value, key } of parsed.source.map.entries()) {
      if (key) expect(canal.slice(key.start, key.end)).toBe(String(path.at(-1)));
      const here = follow(parsed.source.data, path);
      if (typeof here !== 'number') continue;
      seen++;
      expect(Number(canal.slice(value.start, value.end))).toBe(here);
    }
    expect(seen).toBeGreaterThan(30);
  });
});

describe('the JSON Schema', () => {
  const check = new Ajv({ strict: false, allErrors: true }).compile(jsonSchema());
  const shipped = readdirSync(`${root}scenarios`).filter(
    (file) => file.endsWith('.yaml') && !file.endsWith('.sweep.yaml'),
  );

  it('is the one that ships beside the scenarios', async () => {
    await expect(`${JSON.stringify(jsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      `${root}scenarios/hashpact.schema.json`,
    );
  });

  it('takes every shipped scenario, and each names it to the editor', () => {
    expect(shipped.length).toBeGreaterThan(0);
    for (const file of shipped) {
      const text = readFileSync(`${root}scenarios/${file}`, 'utf8');
      expect(text, file).toMatch(/^# yaml-language-server: \$schema=hashpact\.schema\.json\n/);
      check(parseYaml(text));
      expect(check.errors ?? [], file).toEqual([]);
    }
  });

  it('takes what the loader takes, and refuses a field it does not know', () => {
    expect(check(parseYaml(canal))).toBe(true);
    expect(check(parseYaml(canal.replace('round_is', 'round_si')))).toBe(false);
  });
});

describe('the shipped scenario of Bill and Jack', () => {
  it('has Nash’s published answer', () => {
    const text = readFileSync(`${root}scenarios/bill_and_jack.yaml`, 'utf8');
    const loaded = loadScenario({ name: 'bill_and_jack.yaml', text });
    expect(loaded.ok && loaded.scenario.spec.expect.join(' ')).toContain("nash.box == 'bill'");
  });
});

function follow(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((here: unknown, step) => (here as Record<string | number, unknown>)[step], data);
}
