import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { uniform } from '../../src/comparison/statistics/uniform.ts';

/** Kills in all; `HASHPACT_KILLS=100` for the long run. */
const KILLS = Number(process.env['HASHPACT_KILLS'] ?? 8);
const SEED = Number(process.env['HASHPACT_KILL_SEED'] ?? 1);

const child = fileURLToPath(new URL('./compare_child.ts', import.meta.url));
const canal = fileURLToPath(new URL('../fixtures/canal.yaml', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'hashpact-kill-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ended {
  readonly killed: boolean;
  /** Negotiations that the process said were safe. */
  readonly acknowledged: number;
  readonly first: number;
  readonly lasted: number;
}

/** Runs the comparison; kills it so long after its first batch was acknowledged, or after its start where the delay is negative. */
function play(name: string, workers: number, kill?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const files = [join(home, `${name}.journal`), join(home, `${name}.csv`)];
    const run = spawn(process.execPath, ['--import', 'tsx', child, canal, ...files, String(workers)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let trouble = '';
    let began = 0;
    const end = () => run.kill('SIGKILL');
    if (kill !== undefined && kill < 0) setTimeout(end, -kill);
    run.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (began > 0) return;
      began = performance.now();
      if (kill !== undefined && kill >= 0) setTimeout(end, kill);
    });
    run.stderr.on('data', (data: Buffer) => {
      trouble += data.toString();
    });
    run.on('close', (code, signal) => {
      if (signal === null && code !== 0) return reject(new Error(trouble));
      const lines = said.split('\n').slice(0, -1);
      const counts = lines.map(Number).filter((n) => !Number.isNaN(n));
      resolve({
        killed: signal === 'SIGKILL',
        acknowledged: counts.at(-1) ?? 0,
        first: counts[0] ?? 0,
        lasted: began > 0 ? performance.now() - began : 0,
      });
    });
  });
}

test(`a comparison killed ${KILLS} times at random moments ends in the bytes of one never killed, with nothing acknowledged lost`, {
  timeout: 60_000 + 20_000 * KILLS,
}, async () => {
  const whole = await play('whole', 1);
  const reference = readFileSync(join(home, 'whole.csv'));
  let kills = 0;
  let before = 0;
  let finished = 0;
  for (let attempt = 0; kills < KILLS; attempt++) {
    const name = `killed${finished}`;
    // One in eight dies before it has played anything; the others somewhere between their first batch and a little after their last.
    const early = uniform(SEED, attempt, 1) < 1 / 8;
    const moment = uniform(SEED, attempt, 2);
    const ended = await play(
      name,
      attempt % 4 === 3 ? 2 : 1,
      early ? -1 - 800 * moment : 1.1 * whole.lasted * moment * moment,
    );
    if (ended.first > 0) expect(ended.first).toBeGreaterThan(before);
    before = Math.max(before, ended.acknowledged);
    if (ended.killed) kills++;
    if (existsSync(join(home, `${name}.csv`))) {
      // Results appear whole or not at all, whenever the process died.
      expect(readFileSync(join(home, `${name}.csv`)).equals(reference)).toBe(true);
      finished++;
      before = 0;
    }
  }
  const last = `killed${finished}`;
  const journal = join(home, `${last}.journal`);
  if (existsSync(journal)) copyFileSync(journal, join(home, 'left.journal'));
  await play('left', 1);
  expect(readFileSync(join(home, 'left.csv')).equals(reference)).toBe(true);
  expect(kills).toBe(KILLS);
});

test('Ctrl-C leaves a valid partial result, says how to go on, and going on gives the whole', {
  timeout: 120_000,
}, async () => {
  const out = join(home, 'stopped.csv');
  const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const options = [
    'compare',
    canal,
    '--strategies',
    'boulware,linear,conceder',
    '--repetitions',
    '300',
    '--workers',
    '1',
    '--resamples',
    '100',
  ];
  const start = (...more: string[]) =>
    new Promise<{ code: number | null; err: string }>((resolve) => {
      const run = spawn(process.execPath, ['--import', 'tsx', cli, ...options, '--out', out, ...more], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let err = '';
      run.stderr.on('data', (data: Buffer) => {
        err += data.toString();
      });
      const watch = setInterval(() => {
        // Its own journal tells when it has begun to play.
        if (
          more.length > 0 ||
          !existsSync(`${out}.journal`) ||
          readFileSync(`${out}.journal`, 'utf8').split('\n').length < 4
        )
          return;
        clearInterval(watch);
        run.kill('SIGINT');
      }, 5);
      run.on('close', (code) => {
        clearInterval(watch);
        resolve({ code, err });
      });
    });
  const stopped = await start();
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(
    /interrupted after \d+ of 8100 negotiations; the finished ones are in .*: the first of the schedule, .*not a balanced sample; .*--resume/,
  );
  const finished = Number(/after (\d+) of/.exec(stopped.err)?.[1]);
  const partial = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(partial).toHaveLength(finished + 1);
  const resumed = await start('--resume');
  expect(resumed.err).not.toMatch(/interrupted|hashpact:/);
  expect(resumed.code).toBe(0);
  const whole = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(whole).toHaveLength(8101);
  expect(whole.slice(0, finished + 1)).toEqual(partial);
  expect(existsSync(`${out}.journal`)).toBe(false);
});
