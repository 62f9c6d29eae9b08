import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const canal = fileURLToPath(new URL('../fixtures/canal.yaml', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'hashpact-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function hashpact(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const console = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    paint: pc.createColors(false),
    width: 100,
    watched: false,
  };
  const code = await main(argv, console);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('hashpact compare', () => {
  test('ranks strategies, shows their payoffs as a game and writes what it played', async () => {
    const out = join(home, 'r.parquet');
    const nfg = join(home, 'r.nfg');
    const told = await hashpact(
      'compare',
      canal,
      '--strategies',
      'basel=linear,boulware',
      '--repetitions',
      '3',
      '--out',
      out,
      '--nfg',
      nfg,
    );
    expect(told.err).toBe('');
    expect(told.code).toBe(0);
    for (const word of ['basel', 'boulware', 'rank', 'equilibri', 'recorded executor'])
      expect(told.out).toContain(word);
    expect(readFileSync(out).subarray(0, 4).toString()).toBe('PAR1');
    expect(readFileSync(nfg, 'utf8')).toMatch(/^NFG 1 R/);
    expect(existsSync(`${out}.journal`)).toBe(false);
  });

  test('--json prints the report', async () => {
    const told = await hashpact('compare', canal, '--strategies', 'boulware,linear', '--rotate', '--json');
    const report = JSON.parse(told.out) as { kind: string; cells: unknown[]; schedule: { symmetric: boolean } };
    expect([report.kind, report.cells.length, report.schedule.symmetric]).toEqual(['comparison', 8, true]);
  });

  test.each([
    [['--strategies', 'basel=linaer'], 'did you mean "linear"?'],
    [['--strategies', 'bazel=linear'], 'did you mean "basel"?'],
    [['--vary', 'market.tol=1,2'], 'did you mean "toll"?'],
    [['--vary', 'parties.basel.reservation=1..x:3'], 'cannot be read'],
    [['--vary', 'parties.basel.reservation=soon,later'], 'refused'],
    [['--out', 'r.xlsx'], '.parquet, .csv or .jsonl'],
    [['--out', join(home, 'no', 'such', 'r.csv')], 'does not exist'],
    [['--rotate', '--strategies', 'basel=linear'], 'same strategies at every seat'],
    [['--repetitions', '0'], '--repetitions'],
    [['--payoff', 'fame'], '--payoff'],
    [['--audit', 'often'], '--audit'],
    [['--resume'], '--out or --journal'],
  ])('%j is refused with exit code 2 and a sentence', async (options, sentence) => {
    const told = await hashpact('compare', canal, ...options);
    expect(told.code).toBe(2);
    expect(told.err).toContain(sentence);
    expect(told.err).not.toMatch(/internal error/);
  });
});

describe('the columns of the rows', () => {
  test('were named in the footer of Parquet files alone', async () => {
    const told = await hashpact('compare', '--columns');
    expect([told.code, told.err]).toEqual([0, '']);
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const words = JSON.parse((await hashpact('compare', '--columns', '--json')).out) as {
      name: string;
      unit: string;
    }[];
    expect(words.length).toBeGreaterThan(20);
    for (const { name, unit } of words) {
      expect(told.out).toContain(name);
      expect(told.out).toContain(unit);
      expect(readme).toContain(`\`${name}\``);
    }
    for (const line of told.out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
    const nothing = await hashpact('compare');
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('compare needs a scenario')]);
  });

  test('of talks that failed say nothing of a distance', async () => {
    const out = join(home, 'failed.csv');
    await hashpact('compare', canal, '--strategies', 'hardliner', '--rounds', '3', '--out', out);
    const cells = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;
    const [head, row] = readFileSync(out, 'utf8')
      .split('\n')
      .map((line) => line.split(cells));
    const cell = (name: string) => row[head.indexOf(name)];
    expect(cell('end')).toBe('timedout');
    expect([cell('agreement'), cell('pareto_distance'), cell('nash_distance')]).toEqual(['', '', '']);
    expect(Number(cell('value_basel'))).not.toBeNaN();
  });
});

describe('the width of a terminal', () => {
  test('was overrun by the matrix and by lists of equilibria', async () => {
    const names = ['boulware', 'linear', 'conceder', 'tit-for-tat', 'micro', 'hardliner', 'own'].join(',');
    const told = await hashpact(
      'compare',
      fileURLToPath(new URL('../../scenarios/bill_and_jack.yaml', import.meta.url)),
      '--strategies',
      names,
      '--rounds',
      '10',
    );
    expect(told.code).toBe(0);
    for (const line of told.out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
    const heads = told.out.split('\n').filter((line) => line.includes('Bill \\ Jack'));
    expect(heads.length).toBeGreaterThan(1);
    expect(
      heads
        .join(' ')
        .match(/\S+/g)
        ?.filter((word) => names.split(',').includes(word)),
    ).toEqual(names.split(','));
  });
});

describe('hashpact sweep and check', () => {
  test('a sweep tells the threshold', async () => {
    const told = await hashpact('sweep', canal, '--vary', 'parties.basel.reservation=1..41:5', '--zone-only');
    expect(told.err).toBe('');
    expect(told.out).toMatch(/It vanishes at parties\.basel\.reservation 27\.75 \(to within 0\.0+1\)/);
  });

  test('a sweep said nothing of how few talks stand behind a rate', async () => {
    const vary = ['--vary', 'parties.basel.reservation=2,3.5,40'];
    const once = await hashpact('sweep', canal, ...vary);
    expect(once.out).toContain('1 negotiation a point');
    expect(once.out).toContain('one repetition of talks that hold chance');
    const often = await hashpact('sweep', canal, ...vary, '--repetitions', '3');
    expect(often.out).toContain('3 negotiations a point');
    expect(often.out).not.toContain('one repetition');
    expect((await hashpact('sweep', canal, ...vary, '--zone-only')).out).not.toContain('negotiation');
  });

  test.each([
    ['2', 'One point shows no threshold; there is a zone of agreement at it.'],
    ['40,50', 'There is no zone of agreement at any of the 2 points.'],
    ['1,2,3', 'There is a zone of agreement at each of the 3 points'],
  ])('a sweep over %s explained why it found no threshold by what was not so', async (values, sentence) => {
    const told = await hashpact('sweep', canal, '--vary', `parties.basel.reservation=${values}`, '--zone-only');
    expect(told.out).toContain(sentence);
  });

  test('a column of figures mixed its decimals', async () => {
    const told = await hashpact('sweep', canal, '--vary', 'parties.basel.reservation=5,12.5,100', '--zone-only');
    const rows = told.out.split('\n').filter((line) => /^ +[\d.]+ +\d/.test(line));
    expect(rows).toHaveLength(3);
    const decimals = (cell: string) => cell.split('.')[1]?.length ?? 0;
    const columns = [0, 2, 3].map((c) => new Set(rows.map((row) => decimals(row.trim().split(/ {2,}/)[c]))));
    expect(columns.map(({ size }) => size)).toEqual([1, 1, 1]);
  });

  test('a map of two parameters hid the zone behind the talks', async () => {
    const vary = ['--vary', 'parties.basel.reservation=2,40', '--vary', 'parties.cologne.reservation=1,2'];
    const told = await hashpact('sweep', canal, ...vary);
    expect(told.out).toContain('Share of outcomes in the zone');
    expect(told.out).toContain('Agreement rate, of 1 negotiation a cell');
  });

  test('check holds a scenario to a sweep file and says where an ordering breaks', async () => {
    const file = join(home, 'o.sweep.yaml');
    const check = (holds: string) =>
      `hashpact_sweep: 1\nscenario: ${canal}\nchecks:\n  - { id: wide, text: There is room., holds: ${holds}, vary: { parties.basel.reservation: [2, 4, 40] }, measures: { zone: { quantity: zone.size } }, expect: zone > 0 }\n`;
    writeFileSync(file, check('mostly'));
    const mostly = await hashpact('check', file);
    expect(mostly.code).toBe(0);
    expect(mostly.out).toContain(
      '(2 of 3 points, claimed: mostly; holds at parties.basel.reservation=2 | parties.basel.reservation=4; breaks at parties.basel.reservation=40)',
    );
    writeFileSync(file, check('everywhere'));
    expect((await hashpact('check', file)).code).toBe(1);
    expect((await hashpact('sweep', file)).code).toBe(1);
    writeFileSync(file, check('always'));
    const wrong = await hashpact('check', file);
    expect(wrong.code).toBe(2);
    expect(wrong.out + wrong.err).toMatch(/o\.sweep\.yaml:4: checks\.0\.holds/);
  });
});
