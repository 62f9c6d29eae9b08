import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashpact } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-restless-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The canal, its first stance going to and fro for as long as a guard holds. */
function pendulum(guard: string): string {
  const text = readFileSync('test/fixtures/canal.yaml', 'utf8')
    .replace('            toll_talks: open\n', `$&          always: { target: open, guard: "${guard}" }\n`)
    .replace(
      'exponent: 1 }, acceptance: { type: ac_next } }\n',
      `$&          always: { target: firm, guard: "${guard}" }\n`,
    );
  const file = join(folder, 'pendulum.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a stance whose guards keep it from coming to rest', () => {
  it.each([
    ['at the start', 'round >= 0'],
    ['in mid-talk', 'round > 2'],
  ])('%s is refused by the run, by name and without a stack', async (_, guard) => {
    const file = pendulum(guard);
    const { code, err } = await hashpact('run', file);
    expect(code).toBe(2);
    const said = err.split('\n').filter((line) => line !== '' && !line.includes('  warning '));
    expect(said).toEqual([
      'hashpact: the stance of "arnhem" never comes to rest: its eventless ("always") transitions lead to one another without end',
    ]);
    const checked = await hashpact('check', file);
    expect(checked.code).toBe(2);
    expect(checked.out).toContain('the stance of "arnhem" never comes to rest');
  });
});
