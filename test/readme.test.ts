import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Commands and scenarios of the README run in a folder of their own, where `scenarios` and `test` are those of the project. */
const folder = mkdtempSync(join(tmpdir(), 'hashpact-readme-'));
for (const name of ['scenarios', 'test', 'src', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));

for (const text of yaml) {
  const name = /^# (\S+\.yaml)$/m.exec(text)?.[1];
  if (name) writeFileSync(join(folder, name), text);
}

describe('the README', () => {
  it('opens with the two commands, and package.json has what they call', () => {
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.start).toContain('scenarios/zaporizhzhia.yaml');
    expect(scripts.test).toContain('unit');
  });

  it('has blocks to run, and nothing left to fill in', () => {
    expect(yaml.length).toBeGreaterThan(0);
    expect(commands.length).toBeGreaterThan(10);
    expect(README).not.toMatch(/@@/);
  });

  it('has only YAML blocks that say which file they are', () => {
    for (const text of yaml) expect(text).toMatch(/^# \S+\.yaml$/m);
  });

  it.each(commands.filter((command) => !command.startsWith('npm ci')))('%s', { timeout: 240_000 }, (command) => {
    const run = command.replaceAll('npx hashpact', `"${process.execPath}" "${join(ROOT, 'src/cli/bin.mjs')}"`);
    // Exit codes other than 0 throw, with what was said.
    const said = execFileSync('bash', ['-c', run], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    expect(said).not.toMatch(/internal error|there is no command/);
  });
});
