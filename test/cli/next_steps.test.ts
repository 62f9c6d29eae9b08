import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashpact } from './capture.ts';

const CANAL = resolve('test/fixtures/canal.yaml');
const home = mkdtempSync(join(tmpdir(), 'hashpact-next-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The commands a run names, taken apart as a shell takes them. */
async function steps(...argv: string[]): Promise<string[][]> {
  const { out } = await hashpact('run', ...argv);
  const lines = out.slice(out.indexOf('Try next:')).split('\n').slice(1);
  return lines.flatMap((line) => {
    const [command] = line.trim().split(/ {2,}/);
    if (!command.startsWith('npx hashpact ')) return [];
    const words = execFileSync('sh', ['-c', `for w in ${command}; do printf '%s\\n' "$w"; done`], { encoding: 'utf8' });
    return [words.trimEnd().split('\n').slice(2)];
  });
}

describe('what a run says to try next', () => {
  it('can be pasted: paths with blanks, and whatever was changed', async () => {
    mkdirSync(join(home, 'my talks'));
    const path = join(home, 'my talks', "the canal's.yaml");
    writeFileSync(path, readFileSync(CANAL, 'utf8').replace('chance: 0.05', 'chance: 0.5'));
    const changed = [
      '--seed',
      '3',
      '--variant',
      'shallow',
      '--strategy',
      'basel=own',
      '--strategy',
      'cologne=boulware',
    ];
    const played = await steps(path, ...changed, '--set', 'market.toll=30', '--rounds', '14');
    expect(played.map(([command, file]) => [command, file])).toEqual(
      ['debug', 'run', 'analyze', 'compare'].map((command) => [command, path]),
    );
    const [debug, run, analyze, compare] = played;
    for (const option of [...changed, 'market.toll=30', '14']) expect(debug).toContain(option);
    expect(run[run.indexOf('--seed') + 1]).not.toBe('3');
    expect(analyze).toEqual(['analyze', path, '--variant', 'shallow', '--set', 'market.toll=30']);
    expect(compare.at(-1)).toBe('own,boulware,dealmaker,hardliner');
    const script = join(home, 'end.txt');
    writeFileSync(script, 'end\n');
    for (const argv of [[...debug, '--command', script], run, analyze, compare]) {
      const { code, err } = await hashpact(...argv);
      expect(code, err).toBe(0);
    }
  });

  it('names no other luck where there is none, and no date where the scenario has none', async () => {
    const path = join(home, 'calm.yaml');
    const text = readFileSync('scenarios/bill_and_jack.yaml', 'utf8').replace(/^as_of:.*\n/m, '');
    writeFileSync(path, text);
    const { out } = await hashpact('run', path, '--strategy', 'bill=boulware', '--strategy', 'jack=boulware');
    expect(out).not.toContain('undefined');
    expect(out).not.toContain('luck');
    expect(out).toContain('Try next:');
  });
});

it('own is the strategy that a seat has anyway', async () => {
  const run = async (...argv: string[]) => (await hashpact('run', CANAL, '--json', ...argv)).out;
  expect(await run('--strategy', 'basel=own', '--strategy', '0=own')).toBe(await run());
  expect((await hashpact('run', CANAL, '--strategy', 'bazel=own')).err).toContain('did you mean "basel"?');
});
