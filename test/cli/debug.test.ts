import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/repl/commands.ts';
import type { Desk } from '../../src/cli/repl/desk.ts';
import { answer, complete } from '../../src/cli/repl/repl.ts';
import { debugOf, RESERVOIR, scenarioOf } from '../debugger/reservoir.ts';
import { hashpact } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-debug-'));
afterAll(() => rmSync(folder, { recursive: true }));
const MAIN = [resolve('src/cli/bin.mjs')];
const scenario = scenarioOf();
const FLAGSHIP = 'scenarios/zaporizhzhia.yaml';

function desk(): Desk & { readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  const console = { paint: pc.createColors(false), width: 100 };
  return {
    debug: debugOf(1, scenario),
    console,
    files,
    write: (path, text) => void files.set(path, text),
    patience: () => () => false,
  };
}

/** A session as a person would see it: what was typed after a mark, then what was said. */
function transcript(lines: readonly string[]): { text: string; said: string[] } {
  const one = desk();
  const said = ['status', ...lines].map((line) => answer(one, line).text);
  return { text: said.map((text, i) => `${i === 0 ? '' : `> ${lines[i - 1]}\n`}${text}\n`).join(''), said };
}

/** The command line in a process of its own, its input a pipe. */
function piped(args: readonly string[], input: string): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [...MAIN, ...args], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => done({ code, out, err }));
    child.stdin.end(input);
  });
}

const TOUR = [
  's',
  'n',
  'r',
  'rn',
  'list',
  'b upper.probing',
  'b on lower.utility if lower.utility > 0.5 hits 2',
  'b deal log deal in round {round}',
  'watch lower.gap',
  'c',
  'why',
  'stance upper',
  'rc',
  'c',
  'c',
  'goto r5.3',
  'why',
  'why upper',
  'p upper.gap > 0.1 && time < 0.6',
  'p upper.context',
  'p tiem',
  'info',
  'table upper.utility; standing.by',
  'diff r4.2.4 r4.2.5',
  'origin market.power',
  'note here the price rose',
  'goto r5.3',
  'fork strategy lower=hardliner',
  'end',
  'tree',
  'compare 0 1',
  'branch 0',
  'goto r5.3',
  'play upper',
  'offer release=999',
  'offer keeper=joint release=60',
  'verify',
  'notes',
  'frobnicate',
  'goto r99',
  'fork market powr=3',
  'b nowhere at all',
  'help why',
  'until round >',
  'quit',
];

describe('hashpact debug', () => {
  it('tells a session that a person can read', async () => {
    await expect(transcript(TOUR).text).toMatchFileSnapshot('../golden/debug_reservoir.txt');
  });

  it('says the same through a pipe, without prompts, and every refusal leaves the session alive', async () => {
    const { code, out, err } = await piped(['debug', resolve(RESERVOIR)], `${TOUR.join('\n')}\n`);
    expect(err).toBe('');
    // Some of the tour cannot be done: it goes on, and the exit code says so
    expect(code).toBe(2);
    expect(out).toBe(
      transcript(TOUR)
        .said.filter((text) => text !== '')
        .map((text) => `${text}\n`)
        .join(''),
    );
  });

  it('keeps a session that reopens at any moment, and exports a scenario that checks', async () => {
    const wrote = await piped(
      ['debug', resolve(RESERVOIR)],
      'goto r3.2\nfork market power=20\nend\nnote the end\ngoto r6\nexport here.yaml\nexport kept.jsonl\nq\n',
    );
    expect(wrote.out).toContain('hashpact check here.yaml passes');
    const checked = await hashpact('check', join(folder, 'here.yaml'));
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/(\d+) of \1 expectations hold/);
    const commands = join(folder, 'commands.txt');
    writeFileSync(commands, 'verify\ntree\nnotes\ngoto 1:r3.2\nverify\n');
    const reopened = await hashpact('debug', `${join(folder, 'kept.jsonl')}#r4.2.3`, '--command', commands);
    expect(reopened.code).toBe(0);
    expect(reopened.out).toContain('round 4 of 10, turn 2');
    expect(reopened.out).toContain('1 from r3.2.4: market power = 20');
    expect(reopened.out).toContain('the end');
    const lost = await hashpact('debug', `${join(folder, 'kept.jsonl')}#r44`, '--command', commands);
    expect(lost.code).toBe(2);
    expect(lost.err).toContain('there is no r44');
  });

  it('names the first fact that differs when a recording was changed, and exits with 1', async () => {
    const file = join(folder, 'talks.jsonl');
    await hashpact('run', RESERVOIR, '--trace', file, '--quiet');
    const commands = join(folder, 'verify.txt');
    writeFileSync(commands, 'verify\n');
    expect((await hashpact('debug', file, '--command', commands)).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    const forged = text.replace(/("at":"3\.1\.3","fact":\{"type":"marketMoved".*?"to":)90/, '$180');
    expect(forged).not.toBe(text);
    writeFileSync(file, forged);
    const found = await hashpact('debug', file, '--command', commands);
    expect(found.code).toBe(1);
    expect(found.out).toContain('at r3.1.3 it comes out otherwise');
    writeFileSync(file, text.slice(0, text.length / 2));
    const cut = await hashpact('debug', file, '--command', commands);
    expect(cut.err).toMatch(/talks\.jsonl:\d+: .*(torn|cut short).*what stands before it is here/);
    expect(cut.code).toBe(0);
    writeFileSync(file, 'nonsense\n');
    expect((await hashpact('debug', file)).code).toBe(2);
  });

  it.each([
    ['ends without quit', 'n\nwhy', 0],
    ['asks for a command that is none', 'frobnicate\nn', 2],
    ['goes to where the talks never come', 'goto r99\nn', 2],
    ['prints what cannot be read', 'p (', 2],
    ['breaks nowhere', 'b nowhere at all\nquit', 2],
    ['deletes what is not there', 'delete 7', 2],
    ['plays nobody', 'play nobody', 2],
  ])('a script that %s', async (_what, script, code) => {
    const commands = join(folder, 'script.txt');
    writeFileSync(commands, `${script}\n`);
    const told = await hashpact('debug', RESERVOIR, '--command', commands);
    expect(told.code, told.out).toBe(code);
  });

  it('takes the options of run, and refuses them for a recording', async () => {
    const commands = join(folder, 'p.txt');
    writeFileSync(commands, 'end\np rounds\nstance lower\n');
    const { out } = await hashpact(
      'debug',
      RESERVOIR,
      '--rounds',
      '4',
      '--strategy',
      'lower=boulware',
      '--seed',
      '3',
      '--set',
      'market.power=70',
      '--command',
      commands,
    );
    expect(out).toContain('rounds = 4');
    expect(out).toContain('lower (boulware)');
    expect(out).toContain('power 70');
    expect((await hashpact('debug', join(folder, 'talks.jsonl'), '--rounds', '3')).code).toBe(2);
  });

  it('has help with an example for every command, and every example is understood', () => {
    for (const { names, help, example } of COMMANDS) {
      expect(help.length).toBeGreaterThan(3);
      const one = desk();
      answer(one, 'goto r2.2');
      expect(answer(one, `help ${names[0]}`).text).toContain(`example: ${example}`);
      const { text } = answer(one, example);
      expect(text, example).not.toMatch(/there is no command|failed:|is no (place|change|number)/);
    }
  });

  it('completes commands, parties, issues and the words of expressions', () => {
    const one = desk();
    expect(complete(one, 'sta')[0]).toEqual(['start', 'status', 'stance']);
    expect(complete(one, 'play u')[0]).toEqual(['upper']);
    expect(complete(one, 'offer keeper=j')[0]).toEqual(['keeper=joint']);
    expect(complete(one, 'print upper.ut')[0]).toEqual(['upper.utility']);
    expect(complete(one, 'break upper.pro')[0]).toEqual(['upper.probing']);
    expect(complete(one, 'fork st')[0]).toEqual(['stance', 'strategy']);
  });

  it('survives anything that is typed', () => {
    const one = desk();
    answer(one, 'goto r2.2');
    const junk = [
      '',
      '   ',
      '#',
      'p',
      'p (',
      'b',
      'b if',
      'b r7 if',
      'goto',
      'diff',
      'diff x y',
      'table',
      'table ;',
      'fork',
      'fork market',
      'fork market power=',
      'fork term upper.keeper=x',
      'fork deadline -3',
      'fork seed 1.5',
      'fork stance upper=',
      'fork offer keeper',
      'fork accept',
      'branch',
      'branch 99',
      'compare',
      'compare 0 9',
      'play',
      'play nobody',
      'offer',
      'accept',
      'walk',
      'export',
      'export x.txt',
      'why nobody',
      'stance nobody',
      's x',
      's 99999999',
      'watch',
      'unwatch 3',
      'delete x',
      'origin',
      'until',
      'p \u001b[31m',
      'p "',
      'p __proto__',
      'p constructor',
      'p parties.__proto__',
      'toString',
      '__proto__',
      'b on __proto__',
      `p ${'('.repeat(5000)}`,
    ];
    for (const line of junk) {
      const { text, quit } = answer(one, line);
      expect(quit ?? false, line).toBe(false);
      expect(text, line.slice(0, 40)).not.toMatch(/ failed: |TypeError|undefined is/);
    }
    expect(one.debug.branches[0].recording.turns.length).toBeGreaterThan(0);
  });

  const terminal = spawnSync('script', ['--version']).status === 0;
  it.skipIf(!terminal)('prompts on a terminal, and an empty line takes the last step again', async () => {
    const command = [process.execPath, ...MAIN, 'debug', resolve(RESERVOIR)].join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'dumb', NO_COLOR: '1' },
    });
    let out = '';
    const typed = ['s\r', '\r', 'quit\r'];
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const prompts = out.match(/\((?:start|r[\d.]+)\) /g)?.length ?? 0;
      while (typed.length > 0 && 3 - typed.length < prompts) child.stdin.write(typed.shift()!);
    });
    const code = await new Promise((done) => child.on('close', done));
    expect(code).toBe(0);
    expect(out).toContain('(start) ');
    expect(out).toContain('(r1.1.1) ');
    expect(out).toContain('(r1.1.2) ');
  });

  it.skipIf(!existsSync(FLAGSHIP))(
    'steps through the flagship',
    async () => {
      const tour = [
        'b event',
        'c',
        'why',
        'n',
        'why russia',
        'stance ukraine',
        'k',
        'why',
        'p parties.russia.reservation_value',
        'table russia.utility; ukraine.utility; standing.by',
        'verify',
        'q',
      ];
      const { code, out, err } = await piped(['debug', resolve(FLAGSHIP), '--rounds', '8'], `${tour.join('\n')}\n`);
      expect(err).toBe('');
      expect(code).toBe(0);
      await expect(out).toMatchFileSnapshot('../golden/debug_zaporizhzhia.txt');
    },
    180_000,
  );
});
