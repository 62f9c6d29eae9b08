import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashpact } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-'));
afterAll(() => rmSync(folder, { recursive: true }));
const CANAL = 'test/fixtures/canal.yaml';
const BILL = 'scenarios/bill_and_jack.yaml';

describe('hashpact run', () => {
  it('prints one JSON document and nothing else with --json', async () => {
    const { code, out, err } = await hashpact('run', CANAL, '--json');
    expect(code).toBe(0);
    expect(err).toBe('\n');
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      seed: 1,
      end: expect.stringMatching(/agreement|timedout|broken/),
      offers: expect.any(Array),
    });
    expect(document.utilities).toHaveLength(document.parties.length);
  });

  it('has waterfalls whose bars add up, left to right, exactly to the value', async () => {
    const { out } = await hashpact('run', BILL, '--json');
    for (const { waterfall, value } of JSON.parse(out).parties) {
      expect(waterfall.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0)).toBe(value);
    }
  });

  it('gives the same bytes for the same seed, and other talks for other luck where there is luck', async () => {
    const [a, b] = [await hashpact('run', CANAL, '--seed', '5'), await hashpact('run', CANAL, '--seed', '5')];
    expect(a.out).toBe(b.out);
  });

  it('writes a trace that replays to the byte, and names the line where an edited one differs', async () => {
    const trace = join(folder, 'talks.jsonl');
    expect((await hashpact('run', CANAL, '--trace', trace, '--quiet')).code).toBe(0);
    const same = await hashpact('replay', trace);
    expect(same.code, same.out).toBe(0);
    const lines = readFileSync(trace, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"fact":{"type":"offered"'));
    lines[at] = lines[at].replace(/"outcome":(\d+)/, '"outcome":1$1');
    const edited = join(folder, 'edited.jsonl');
    writeFileSync(edited, lines.join('\n'));
    const differs = await hashpact('replay', edited);
    expect(differs.code).toBe(1);
    expect(differs.out).toContain(`edited.jsonl:${at + 1}:`);
  });

  describe('a trace in which anything at all was changed is not identical', () => {
    const path = join(folder, 'whole.jsonl');
    const changed = join(folder, 'tampered.jsonl');
    const first = (change: (header: Record<string, unknown>) => unknown) => (text: string) => {
      const [head, ...rest] = text.split('\n');
      return [JSON.stringify(change(JSON.parse(head))), ...rest].join('\n');
    };
    const lines = () => readFileSync(path, 'utf8').split('\n').length - 1;
    beforeAll(async () => {
      // Without chance: another seed plays the same
      const calm = join(folder, 'calm.yaml');
      writeFileSync(calm, readFileSync(CANAL, 'utf8').replace(/^.*id: strike.*\n/m, ''));
      await hashpact('run', calm, '--strategy', 'basel=boulware', '--trace', path, '--quiet');
    });

    it.each<[string, (text: string) => string, (last: number) => number]>([
      ['the strategies', first((header) => ({ ...header, strategies: { basel: 'linear' } })), (last) => last],
      ['the seed', first((header) => ({ ...header, seed: 12 })), (last) => last],
      ['the repetition', first((header) => ({ ...header, repetition: 1 })), (last) => last],
      ['the version', first((header) => ({ ...header, version: '9.9.9' })), (last) => last],
      ['a source', (text) => text.replace('"toll":40', '"toll":{"value":40,"source":"hearsay"}'), () => 1],
      ['an extra key', first((header) => ({ ...header, extra: true })), () => 1],
      ['the order of the keys', first(({ version, ...header }) => ({ ...header, version })), () => 1],
      ['a blank', (text) => text.replace('":', '": '), () => 1],
      ['a byte order mark', (text) => `\uFEFF${text}`, () => 1],
      ['the last newline', (text) => text.slice(0, -1), (last) => last],
      ['the digest', (text) => text.replace(/"digest":"./, '"digest":"x'), (last) => last],
      ['no digest', (text) => text.replace(/,"digest":"\w+"/, ''), (last) => last],
      ['an empty line at the end', (text) => `${text}\n`, (last) => last + 1],
      ['garbage at the end', (text) => `${text}garbage\n`, (last) => last + 1],
      ['Windows line ends', (text) => text.replaceAll('\n', '\r\n'), () => 1],
    ])('%s', async (_what, change, line) => {
      const text = readFileSync(path, 'utf8');
      expect(change(text)).not.toBe(text);
      writeFileSync(changed, change(text));
      const { code, out } = await hashpact('replay', changed);
      expect(code, out).toBe(1);
      expect(out).toContain(`tampered.jsonl:${line(lines())}:`);
      expect(out).not.toMatch(/torn/);
      for (const row of out.split('\n')) expect(row.length).toBeLessThan(260);
    });

    it('and one in which nothing was says how many lines it has', async () => {
      expect((await hashpact('replay', path)).out).toBe(`${path}: identical, ${lines()} lines\n`);
    });
  });

  it('replays a trace up to a moment, and does not mind what was edited after it', async () => {
    const trace = join(folder, 'moments.jsonl');
    await hashpact('run', CANAL, '--trace', trace, '--quiet');
    const lines = readFileSync(trace, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.startsWith('{"at":"3.') && line.includes('"fact":{"type":"offered"'));
    expect(at).toBeGreaterThan(0);
    const { fact, ...rest } = JSON.parse(lines[at]);
    const offers = lines
      .filter((line) => line.includes('"fact":{"type":"offered"'))
      .map((line) => JSON.parse(line).fact);
    const other = offers.find(({ outcome }) => outcome !== fact.outcome);
    lines[at] = JSON.stringify({ ...rest, fact: { ...fact, outcome: other.outcome, values: other.values } });
    writeFileSync(trace, lines.join('\n'));
    const before = await hashpact('replay', `${trace}#r2`);
    expect(before.code, before.err).toBe(0);
    expect(before.out).toContain('up to r2');
    const after = await hashpact('replay', `${trace}#r3`);
    expect(after.code).toBe(1);
    expect(after.out).toContain(`moments.jsonl:${at + 1}:`);
    expect((await hashpact('replay', `${trace}#noon`)).code).toBe(2);
    expect((await hashpact('replay', `${trace}#r99`)).code).toBe(2);
  });

  it('replays a debugging session with its branches', async () => {
    const session = join(folder, 'session.jsonl');
    const commands = join(folder, 'commands.txt');
    writeFileSync(commands, `goto r2\nfork seed 9\nc\nexport ${session}\nquit\n`);
    await hashpact('debug', CANAL, '--command', commands);
    const { code, out, err } = await hashpact('replay', session);
    expect(code, err + out).toBe(0);
    expect(out).toContain('2 branches');
  });

  it('replays a run whose figures, strategies and seed were changed on the command line', async () => {
    const trace = join(folder, 'changed.jsonl');
    await hashpact(
      'run',
      BILL,
      '--strategy',
      'jack=boulware',
      '--set',
      'parties.bill.reservation=10',
      '--seed',
      '9',
      '--trace',
      trace,
      '--quiet',
    );
    expect((await hashpact('replay', trace)).code).toBe(0);
  });

  it.each([
    ['a missing file', ['run', 'no_such.yaml'], 'there is no such file'],
    ['a folder', ['run', 'scenarios'], 'is a directory'],
    ['an unknown strategy', ['run', BILL, '--strategy', 'jack=boulwaer'], 'did you mean "boulware"?'],
    ['an unknown party', ['run', BILL, '--strategy', 'jim=boulware'], 'there is no party "jim"'],
    ['a bad seed', ['run', BILL, '--seed', '-1'], '--seed takes a whole number'],
    ['an unknown path', ['run', BILL, '--set', 'parties.bill.reservaton=3'], 'did you mean "reservation"?'],
    ['an unknown option', ['run', BILL, '--sed', '1'], 'did you mean one of --seed'],
    ['an unknown command', ['rnu', BILL], 'did you mean run'],
    ['an unwritable trace', ['run', BILL, '--trace', '/no/such/folder/talks.jsonl', '--quiet'], 'does not exist'],
    ['another tool that is not known', ['run', BILL, '--compat', 'gennius'], '--compat knows negmas'],
  ])('refuses %s with a sentence and exit code 2', async (_what, argv, words) => {
    const { code, err } = await hashpact(...argv);
    expect(code).toBe(2);
    expect(err.toLowerCase()).toContain(words.toLowerCase());
    expect(err).not.toMatch(/\bat .*\.ts:\d+|node:internal/);
  });
});

describe('hashpact check', () => {
  it('exits 1 when an expectation fails and says with which values', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, readFileSync(BILL, 'utf8').replace('space.size == 512', 'space.size == 511'));
    const { code, out } = await hashpact('check', broken);
    expect(code).toBe(1);
    expect(out).toContain('space.size is 512');
  });

  it('tells programs what is wrong, and where, as run does', async () => {
    const bad = join(folder, 'places.yaml');
    writeFileSync(
      bad,
      readFileSync(CANAL, 'utf8').replace('  reservation:', '  reservaton:').replace('unit:', 'unti:'),
    );
    const checked = await hashpact('check', bad, BILL, '--json');
    const [row, sound] = JSON.parse(checked.out);
    expect([checked.code, row.ok, sound.ok, sound.problems]).toEqual([2, false, true, undefined]);
    expect(row.problems.length).toBeGreaterThan(1);
    for (const problem of row.problems) {
      expect(Object.keys(problem)).toEqual(['file', 'line', 'column', 'code', 'message', 'hint']);
      expect([problem.file, problem.line > 0, problem.column > 0]).toEqual([bad, true, true]);
    }
    const run = await hashpact('run', bad, '--json');
    expect([run.code, JSON.parse(run.out)]).toEqual([2, { ok: false, problems: row.problems }]);
    const missing = await hashpact('run', 'no_such.yaml', '--json');
    expect(JSON.parse(missing.out)).toMatchObject({ ok: false, problems: [{ code: 'refused', line: null }] });
    expect(missing.code).toBe(2);
  });

  it('checks every file it is given, refusing some and passing others', async () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, 'hashpact: 1\n');
    const { code, out } = await hashpact('check', bad, BILL);
    expect(code).toBe(2);
    expect(out).toContain(`✓ ${BILL}`);
  });
});

describe('conformance mode', () => {
  it('runs an imported domain as NegMAS did, from the command line alone', async () => {
    const domain = 'test/fixtures/conformance/domains/3p-plant-pact-360';
    const golden = JSON.parse(readFileSync('test/fixtures/conformance/golden/3p-plant-pact-360.json', 'utf8'));
    const scenario = join(folder, 'pact.yaml');
    const profiles = [1, 2, 3].map((n) => `${domain}/profile${n}.xml`);
    expect((await hashpact('import', 'genius', `${domain}/domain.xml`, ...profiles, '-o', scenario)).code).toBe(0);
    const names = new Set<string>(
      golden.negotiations.flatMap(({ strategies }: { strategies: string[] }) => strategies),
    );
    expect(names.size).toBeGreaterThan(2);
    for (const talks of golden.negotiations.slice(0, 8)) {
      const strategies = talks.strategies.flatMap((name: string, seat: number) => [
        '--strategy',
        `${seat}=${plain(name)}`,
      ]);
      const { out } = await hashpact(
        'run',
        scenario,
        ...strategies,
        '--rounds',
        String(talks.nSteps),
        '--compat',
        'negmas',
        '--json',
      );
      const played = JSON.parse(out);
      expect(played.end).toBe(talks.end);
      expect(played.rounds).toBe(talks.finalStep);
      expect(played.agreement?.index ?? null).toBe(talks.agreementIndex);
      expect(played.offers).toEqual(talks.traceStepProposerOutcome);
    }
  });
});

/** The golden files call strategies by NegMAS's class names or by ours. */
function plain(name: string): string {
  const known: Record<string, string> = { tft: 'tit-for-tat', toughtft: 'tit-for-tat', naivetft: 'tit-for-tat' };
  const low = name.toLowerCase().replace(/(tb)?(negotiator)?$/, '');
  return known[low] ?? low;
}
