import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { render } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { selfContained } from '../../src/scenario/self_contained.ts';
import { hashpact } from '../cli/capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-derive-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SHALLOW = 'test/fixtures/canal_shallow.yaml';
const read = (name: string) =>
  existsSync(`test/fixtures/${name}`) ? { name, text: readFileSync(`test/fixtures/${name}`, 'utf8') } : undefined;

function loaded(text: string) {
  const found = loadScenario({ name: 'canal_shallow.yaml', text }, { read });
  return found.ok ? found.scenario : render(found.diagnostics);
}

describe('a scenario based on another', () => {
  it('is the base with its own figures, events, constraints and expectations', () => {
    const scenario = loaded(readFileSync(SHALLOW, 'utf8'));
    if (typeof scenario === 'string') throw new Error(scenario);
    expect(scenario.spec.protocol.rounds).toBe(10);
    expect(scenario.spec.parties[0].reservation).toBe(5);
    expect(scenario.spec.events.map(({ id }) => id)).toEqual(['flood', 'summit', 'strike', 'drought']);
    expect(scenario.spec.expect).toEqual(['fired.drought == 1']);
    expect(scenario.spec.variants).toEqual([]);
  });

  it('stands by itself once woven, with the same hash', () => {
    const file = { name: 'canal_shallow.yaml', text: readFileSync(SHALLOW, 'utf8') };
    const alone = loadScenario(selfContained(file, read));
    const together = loadScenario(file, { read });
    if (!alone.ok || !together.ok) throw new Error('refused');
    expect(alone.scenario.hash).toBe(together.scenario.hash);
  });

  it('has its mistakes placed in the file they were written in', () => {
    const text = readFileSync(SHALLOW, 'utf8');
    expect(loaded(text.replace('depth == 6', 'dept == 6'))).toMatch(/canal_shallow\.yaml:12:\d+ {2}unknown-name/);
    expect(loaded(text.replace('protocol.rounds', 'protocol.round'))).toContain('did you mean "rounds"?');
    expect(loaded(text.replace('canal.yaml', 'no_such.yaml'))).toContain('no-base');
  });

  it.each([
    [
      'based_on: canal.yaml',
      'parties: []',
      'there is no field "parties" in a scenario based on another',
      'change it by path under "set"',
    ],
    ['based_on: canal_shallow.yaml', '', 'this scenario is based on itself', 'name a whole scenario'],
    [
      'based_on: lake.yaml',
      '',
      'the base scenario "lake.yaml" cannot be read',
      'there must be a file of that name beside this one',
    ],
    ['based_on: ../canal.yaml', '', 'the base scenario "../canal.yaml" cannot be read', 'name it without a path'],
  ])('says what to do instead of %s with %j', (base, more, message, hint) => {
    const said = loaded(`hashpact: 1\n${base}\nid: canal_shallow\ntitle: Shallow\n${more}\n`);
    expect(said).toContain(message);
    expect(said).toContain(hint);
  });

  it('names the base of its base', () => {
    const other = loadScenario(
      { name: 'deeper.yaml', text: 'hashpact: 1\nbased_on: canal_shallow.yaml\nid: deeper\ntitle: Deeper\n' },
      { read },
    );
    expect(other.ok ? '' : render(other.diagnostics)).toContain('name that one, "canal.yaml"');
  });

  it('can be compared, and a row of the comparison reopens', async () => {
    for (const kind of ['csv', 'parquet']) {
      const out = join(folder, `shallow.${kind}`);
      const compared = await hashpact(
        'compare',
        SHALLOW,
        '--strategies',
        'basel=linear,conceder',
        '--out',
        out,
        '--workers',
        '1',
      );
      expect(compared.code, compared.err).toBe(0);
      const { openRow } = await import('../../src/comparison/open_row.ts');
      const { game } = await openRow(out, 1);
      expect(game.parts.id).toBe('canal_shallow');
    }
  });

  it('can be swept', async () => {
    const { code, err } = await hashpact('sweep', SHALLOW, '--vary', 'parties.basel.reservation=0..8:2', '--zone-only');
    expect(code, err).toBe(0);
  });

  it('is refused by comparisons with the place of its mistake', async () => {
    const { code, err } = await hashpact('compare', 'test/fixtures/canal_shallow.yaml', '--strategies', 'basel=linaer');
    expect(code).toBe(2);
    expect(err).toContain('linear');
  });
});
