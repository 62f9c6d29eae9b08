import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/files.ts';
import { hashpact } from './capture.ts';

const CANAL = resolve('test/fixtures/canal.yaml');
const BIN = resolve('src/cli/bin.mjs');
const home = mkdtempSync(join(tmpdir(), 'hashpact-files-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;
/** A folder of its own for each test. */
function folder(): string {
  const path = join(home, String(count++));
  mkdirSync(path);
  return path;
}

const posix = process.platform !== 'win32';

describe.runIf(posix)('what is written', () => {
  it('goes where a link leads, and the link stays a link', () => {
    const at = folder();
    writeFileSync(join(at, 'target.txt'), 'old');
    symlinkSync('target.txt', join(at, 'link'));
    symlinkSync(join(at, 'later.txt'), join(at, 'nowhere'));
    writeWhole(join(at, 'link'), 'new');
    writeWhole(join(at, 'nowhere'), 'first');
    expect(readFileSync(join(at, 'target.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(at, 'later.txt'), 'utf8')).toBe('first');
    expect(lstatSync(join(at, 'link')).isSymbolicLink() && lstatSync(join(at, 'nowhere')).isSymbolicLink()).toBe(true);
    expect(readdirSync(at).sort()).toEqual(['later.txt', 'link', 'nowhere', 'target.txt']);
  });

  it.each([0o600, 0o640, 0o777])('keeps the mode %o of the file it replaces', (mode) => {
    const path = join(folder(), 'private.jsonl');
    writeFileSync(path, 'old');
    chmodSync(path, mode);
    writeWhole(path, 'new');
    expect(statSync(path).mode & 0o777).toBe(mode);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('goes through a pipe, which is a pipe afterwards, and does not mind a reader who has had enough', async () => {
    const at = folder();
    const pipe = join(at, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const long = 'x'.repeat(1 << 20);
    for (const [reader, read] of [
      [`cat < ${pipe} > ${join(at, 'copy')}`, long.length],
      [`head -c 10 < ${pipe} > ${join(at, 'copy')}`, 10],
    ] as const) {
      const done = new Promise((end) => spawn('sh', ['-c', reader]).on('close', end));
      writeWhole(pipe, long);
      await done;
      expect(readFileSync(join(at, 'copy'))).toHaveLength(read);
    }
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it.runIf(existsSync('/proc/self/fd/1'))('joins what is printed where it names the file of standard output', () => {
    const at = folder();
    symlinkSync('/proc/self/fd/1', join(at, 'stdout'));
    const talks = join(at, 'talks.txt');
    const command = `"${process.execPath}" "${BIN}" run "${CANAL}" --quiet --trace "${join(at, 'stdout')}" > "${talks}"`;
    expect(spawnSync('sh', ['-c', command]).status).toBe(0);
    const text = readFileSync(talks, 'utf8');
    expect(text).toContain('"format":"hashpact-trace/1"');
    expect(text.trimEnd().split('\n').at(-1)).not.toContain('"end"');
    expect(lstatSync(join(at, 'stdout')).isSymbolicLink()).toBe(true);
  });
});

describe.runIf(posix)('what never ends', () => {
  it('is not read to its end: a device', async () => {
    for (const argv of [
      ['run', '/dev/zero'],
      ['check', '/dev/zero'],
      ['sweep', '/dev/zero', '--tornado'],
    ]) {
      const { code, out, err } = await hashpact(...argv);
      expect(code).toBe(2);
      expect(out + err).toContain('/dev/zero holds more than 1 MB');
    }
  });

  it('is not read to its end: standard input', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `yes abc | "${process.execPath}" "${BIN}" run -`]);
    expect(status).toBe(2);
    expect(stderr.toString()).toContain('<stdin> holds more than 1 MB');
  });
});

describe.runIf(existsSync('/dev/full'))('what is printed', () => {
  const shell = (text: string) => {
    const { status, stderr } = spawnSync('bash', [
      '-c',
      `set -o pipefail; h() { "${process.execPath}" "${BIN}" "$@"; }; ${text}`,
    ]);
    return [status, stderr.toString()];
  };

  it('is not lost without a word where the disk is full', () => {
    const trace = join(folder(), 't.jsonl');
    const full = 'hashpact: cannot write standard output: the disk is full\n';
    expect(shell(`h run "${CANAL}" --trace "${trace}" > /dev/full`)).toEqual([2, expect.stringMatching(`${full}$`)]);
    expect(readFileSync(trace, 'utf8')).toContain('{"end":');
    expect(shell(`h schema > /dev/full`)).toEqual([2, full]);
    expect(shell(`h --help > /dev/full`)).toEqual([2, full]);
  });

  it('may be read in part only', () => {
    expect(shell(`h schema | head -1 > "${join(folder(), 'line')}"`)).toEqual([0, '']);
  });

  it('keeps its exit code where nobody can be told anything', () => {
    expect(shell(`h run no_such.yaml 2> /dev/full`)).toEqual([2, '']);
  });
});
