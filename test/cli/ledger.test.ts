import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashpact } from './capture.ts';

const CANAL = resolve('test/fixtures/canal.yaml');
const at = mkdtempSync(join(tmpdir(), 'hashpact-ledger-'));
afterAll(() => rmSync(at, { recursive: true, force: true }));

describe('an output is refused before anything is played', () => {
  const own = join(at, 'own.yaml');
  const other = join(at, 'other.yaml');
  copyFileSync(CANAL, own);
  copyFileSync(CANAL, other);
  writeFileSync(
    join(at, 'derived.yaml'),
    'hashpact: 1\nbased_on: own.yaml\nid: derived\ntitle: The same again\nset: { parties.basel.reservation: 3 }\n',
  );
  symlinkSync(own, join(at, 'link.yaml'));
  linkSync(own, join(at, 'twin.yaml'));
  const out = join(at, 'out.csv');
  const contents = () => readdirSync(at).map((name) => `${name} ${readFileSync(join(at, name), 'utf8').length}`);
  const files = contents();

  it.each([
    ['the scenario as the trace', ['run', own, '--trace', own], 'would replace'],
    ['the scenario by another spelling', ['run', own, '--trace', relative('.', own)], 'would replace'],
    ['the scenario behind a link', ['run', own, '--report', join(at, 'link.yaml')], 'would replace'],
    ['the scenario by its other name', ['run', own, '--trace', join(at, 'twin.yaml')], 'would replace'],
    ['the scenario another is based on', ['run', join(at, 'derived.yaml'), '--trace', own], 'would replace'],
    ['one file for two outputs', ['run', own, '--trace', out, '--report', out], 'are the same file'],
    ['a folder', ['run', own, '--trace', '.'], 'it is a directory'],
    ['standard output, which is taken', ['run', own, '--trace', '-'], 'standard output'],
    ['a name that is empty', ['run', own, '--report', ''], 'needs a name'],
    ['a report over the scenario', ['analyze', own, '--report', own], 'would replace'],
    ['a game over one of the scenarios', ['compare', own, other, '--nfg', other], 'would replace'],
    ['results and journal in one file', ['compare', own, '--out', out, '--journal', out], 'are the same file'],
    ['a journal over the scenario', ['compare', own, '--journal', own, '--resume'], 'would replace'],
    ['a page where there is no folder', ['compare', own, '--report', join(at, 'no', 'x.html')], 'does not exist'],
    ['a game where there is no folder', ['compare', own, '--nfg', join(at, 'no', 'x.nfg')], 'does not exist'],
    ['a payoff nobody knows', ['compare', own, '--payoff', 'foo', '--out', out], '--payoff takes'],
    ['no resamples', ['compare', own, '--resamples', '0', '--out', out], '--resamples takes'],
    [
      'a sweep’s page where there is no folder',
      ['sweep', own, '--vary', 'parties.basel.reservation=1..5:2', '--report', join(at, 'no', 'x.html')],
      'does not exist',
    ],
    [
      'a sweep’s page over the scenario',
      ['sweep', own, '--vary', 'parties.basel.reservation=1..5:2', '--report', own],
      'would replace',
    ],
    [
      'a tornado of nothing',
      ['sweep', own, '--vary', 'parties.basel.reservation=1..5:2', '--tornado', '--match', 'nothing'],
      'no figure',
    ],
    ['a domain over the profile it is read from', ['import', 'genius', own, own, other, '-o', other], 'would replace'],
  ])('%s', async (_what, argv, words) => {
    const { code, out: said, err } = await hashpact(...argv);
    expect(err).toContain(words);
    expect(code).toBe(2);
    expect(said).toBe('\n');
    expect(err).not.toMatch(/internal error|\bat .*\.ts:\d+/);
    expect(contents()).toEqual(files);
  });

  it('results on a folder leave no journal behind', async () => {
    const taken = join(at, 'taken.csv');
    mkdirSync(taken);
    const { code, err } = await hashpact('compare', own, '--out', taken);
    expect([code, err]).toEqual([2, expect.stringContaining('it is a directory')]);
    expect(existsSync(`${taken}.journal`)).toBe(false);
  });

  it('the debugger exports over no file it reads', async () => {
    const commands = join(at, 'commands.txt');
    writeFileSync(commands, `n\nexport ${own}\nexport ${commands}.jsonl\n`);
    symlinkSync(commands, `${commands}.jsonl`);
    const text = readFileSync(own, 'utf8');
    const { out: said } = await hashpact('debug', own, '--command', commands);
    expect(said.match(/would replace/g)).toHaveLength(2);
    expect(readFileSync(own, 'utf8')).toBe(text);
  });
});
