import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { render, warningText } from '../../src/scenario/diagnose.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { hashpact } from '../cli/capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-warnings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const canal = readFileSync('test/fixtures/canal.yaml', 'utf8');

/** The canal with one thing changed, and what is warned of then, beside the toll that nothing depends on. */
function warned(from: string, to: string): string[] {
  expect(canal).toContain(from);
  const loaded = loadScenario({ name: 'canal.yaml', text: canal.replace(from, to) });
  if (!loaded.ok) throw new Error(render(loaded.diagnostics));
  return loaded.scenario.warnings.map(warningText).filter((line) => !line.includes('"toll"'));
}

describe('a warning', () => {
  it.each([
    [
      'at: 4',
      'at: 40',
      'canal.yaml:58:22  warning after-the-end  "flood" cannot happen before round 40 (the talks have 12 rounds)',
    ],
    [
      'from: 2, until: 8',
      'from: 20',
      'canal.yaml:60:39  warning after-the-end  "strike" cannot happen before round 20 (the talks have 12 rounds)',
    ],
    [
      'round: 1, offer',
      'round: 13, offer',
      'canal.yaml:47:18  warning after-the-end  "basel" never comes to its move in round 13 (the talks have 12 rounds)',
    ],
    [
      'to: arnhem }] }',
      'to: basel }] }',
      'canal.yaml:59:78  warning unheard-signal  the stance of "basel" does not listen for "toll_talks" (write a transition for it under "on")',
    ],
    [
      'reservation: 4\n',
      'reservation: 400\n',
      'canal.yaml:44:18  warning reservation-out-of-reach  no outcome on the table is worth as much to "basel" as no deal (its best is worth 27.75)',
    ],
    [
      '{ rule: unanimity }',
      '{ rule: quorum, count: 1 }',
      'canal.yaml:55:85  warning quorum-of-one  any party agrees alone, on whatever it offers',
    ],
    [
      '          meta: { tactic: { type: time_dependent, exponent: 1 }, acceptance: { type: ac_next } }',
      '          description: thinks',
      'canal.yaml:37:9  warning idle-state  in "open" the stance neither offers nor accepts anything (give it a tactic and an acceptance rule in "meta")',
    ],
  ])('is given for %j changed to %j', (from, to, said) => {
    expect(warned(from, to)).toEqual([said]);
  });

  it('is not given for what is meant: late events where another moves the deadline, figures that are read', () => {
    expect(warned('at: 4, effects: [', 'at: 40, effects: [{ kind: deadline, by: 40 }, ')).toEqual([]);
    const read = canal.replace('when: time > 0.6 && !deal', 'when: market.toll < 39');
    const loaded = loadScenario({ name: 'canal.yaml', text: read });
    expect(loaded.ok && loaded.scenario.warnings).toEqual([]);
  });

  it('is placed in the file it was written in', () => {
    const derived =
      'hashpact: 1\nbased_on: canal.yaml\nid: late\ntitle: Late\nset: { protocol.rounds: 3 }\nexpect: []\n';
    const loaded = loadScenario(
      { name: 'late.yaml', text: derived },
      { read: () => ({ name: 'canal.yaml', text: canal }) },
    );
    if (!loaded.ok) throw new Error(render(loaded.diagnostics));
    expect(loaded.scenario.warnings.map(({ file, code }) => `${file} ${code}`)).toContain('canal.yaml after-the-end');
  });

  it('stops nothing: a run and a check tell it on standard error, or in their documents', async () => {
    const file = join(folder, 'late.yaml');
    writeFileSync(file, canal.replace('at: 4', 'at: 40'));
    const line = `${file}:58:22  warning after-the-end  "flood" cannot happen before round 40 (the talks have 12 rounds)`;
    for (const command of ['run', 'check']) {
      const told = await hashpact(command, file);
      expect([told.code, told.err.split('\n')]).toEqual([0, expect.arrayContaining([line])]);
      const document = await hashpact(command, file, '--json');
      expect(document.err.trim()).toBe('');
      const data = JSON.parse(document.out);
      expect((command === 'run' ? data : data[0]).warnings).toContainEqual({
        file,
        line: 58,
        column: 22,
        code: 'after-the-end',
        message: '"flood" cannot happen before round 40',
        hint: 'the talks have 12 rounds',
      });
    }
  });
});
