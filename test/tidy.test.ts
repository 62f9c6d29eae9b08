import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.ts';

/**
 * The floor plan: which rooms of src/ a room may import. Changing it is fine if you can say why in the commit.
 *
 * Two arrows differ from the first sketch of the house: `mining` uses the deterministic arithmetic of `domain`, and `scenario` uses `analysis`, since
 * expectations speak of the frontier.
 */
const MAY: Readonly<Record<string, readonly string[]>> = {
  expression: [],
  domain: ['expression'],
  mining: ['domain'],
  value: ['domain', 'mining', 'expression'],
  session: ['domain', 'value', 'expression'],
  protocols: ['session', 'value', 'domain', 'expression'],
  stances: ['session', 'value', 'domain'],
  tactics: ['session', 'value', 'domain'],
  acceptance: ['session', 'value', 'domain'],
  opponents: ['session', 'value', 'domain'],
  shocks: ['session', 'value', 'domain', 'expression'],
  executors: ['session', 'domain'],
  analysis: ['value', 'domain'],
  catalog: [
    'domain',
    'value',
    'session',
    'protocols',
    'stances',
    'tactics',
    'acceptance',
    'opponents',
    'shocks',
    'executors',
  ],
  scenario: ['catalog', 'session', 'value', 'mining', 'domain', 'expression', 'analysis', 'protocols', 'opponents'],
  history: ['expression', 'scenario', 'session', 'analysis', 'catalog', 'domain', 'value', 'version'],
  debugger: ['history', 'scenario', 'session', 'analysis', 'catalog', 'domain', 'value', 'expression'],
  comparison: [
    'history',
    'scenario',
    'session',
    'analysis',
    'catalog',
    'domain',
    'value',
    'expression',
    'executors',
    'mining',
    'version',
  ],
  report: [
    'comparison',
    'history',
    'scenario',
    'session',
    'analysis',
    'catalog',
    'domain',
    'value',
    'mining',
    'version',
  ],
};
/** The shells may import everything but each other; the command line starts the others. */
const SHELLS = ['cli', 'dap'];
/** Rooms whose answers must not depend on clocks, dice, files or screens. */
const CORE = [
  'expression',
  'domain',
  'mining',
  'value',
  'session',
  'protocols',
  'stances',
  'tactics',
  'acceptance',
  'opponents',
  'shocks',
  'executors',
  'analysis',
  'catalog',
];

const SRC = resolve(import.meta.dirname, '../src');

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const roomOf = (file: string) => relative(SRC, file).split(/[/\\]/)[0].replace(/\.ts$/, '');
const files = filesUnder(SRC).map((file) => {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/^\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)].map(
    (m) => m[1] ?? m[2],
  );
  return { file: relative(SRC, file), room: roomOf(file), path: file, text, specifiers };
});

describe('the house', () => {
  it('found the rooms it watches over', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const room of Object.keys(MAY))
      expect(
        files.some((f) => f.room === room),
        room,
      ).toBe(true);
  });

  it('has imports only in the directions of the floor plan', () => {
    const wrong = files.flatMap(({ file, room, path, specifiers }) =>
      specifiers
        .filter((s) => s.startsWith('.'))
        .map((s) => roomOf(resolve(dirname(path), s)))
        .filter((to) => to !== room && to !== 'index' && !allowed(room, to))
        .map((to) => `${file} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no rings: no two rooms import each other', () => {
    const arrows = new Set(
      files.flatMap(({ room, path, specifiers }) =>
        specifiers.filter((s) => s.startsWith('.')).map((s) => `${room}>${roomOf(resolve(dirname(path), s))}`),
      ),
    );
    const rings = [...arrows].filter((arrow) => {
      const [a, b] = arrow.split('>');
      return a < b && arrows.has(`${b}>${a}`);
    });
    expect(rings).toEqual([]);
  });

  it('keeps clocks, dice and inexact powers out of the core', () => {
    const banned: [RegExp, string][] = [
      [/\bDate\.now\b|\bnew Date\b|\bperformance\.now\b/, 'a clock'],
      [/\bMath\.random\b/, 'dice'],
      [
        /\bMath\.(?:exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|sinh|cosh|tanh|cbrt|hypot|atan|atan2|asin|acos)\b/,
        'a transcendental of Math',
      ],
      [/(?:[^\s*/n]|[^\d\s]n)\s*\*\*[^*/]/, 'the ** operator on doubles (BigInt is exact)'],
      [/\beval\(|\bnew Function\b/, 'code from text'],
    ];
    const wrong = files
      .filter(
        ({ room, file }) =>
          (CORE.includes(room) || room === 'scenario' || room === 'history') && file !== 'domain/arith.ts',
      )
      .flatMap(({ file, text }) => {
        const code = text
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\/\/.*$/gm, '')
          .replace(/`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
        return banned.filter(([pattern]) => pattern.test(code)).map(([, what]) => `${file}: ${what}`);
      });
    expect(wrong).toEqual([]);
  });

  it('imports xstate in one file, files only where data is read, and threads only for the partner', () => {
    const importing = (name: RegExp) =>
      files.filter(({ specifiers }) => specifiers.some((s) => name.test(s))).map(({ file }) => file);
    expect(importing(/^xstate/)).toEqual(['executors/live.ts']);
    const core = importing(/^node:fs/).filter((file) => CORE.includes(file.split('/')[0]));
    expect(core).toEqual(['mining/data/read.ts']);
    const threads = importing(/^node:worker_threads/).filter((file) => CORE.includes(file.split('/')[0]));
    expect(threads).toEqual(['value/partner/partner.ts', 'value/partner/thread.ts']);
  });

  it('speaks of no buyer and no seller', () => {
    const wrong = files.filter(({ text }) => /\bparty[AB]\b|\bbuyer\b|\bseller\b/i.test(text)).map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it('holds nothing at the top level beyond the agreed layout', () => {
    const extra = readdirSync(resolve(SRC, '..')).filter(
      (name) =>
        !name.startsWith('.') &&
        ![
          'src',
          'scenarios',
          'test',
          'package.json',
          'tsconfig.json',
          'README.md',
          'package-lock.json',
          'LICENSE',
          'node_modules',
        ].includes(name),
    );
    expect(extra).toEqual([]);
  });

  it('names its version as package.json does', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync(resolve(SRC, '../package.json'), 'utf8')).version);
  });
});

function allowed(from: string, to: string): boolean {
  if (from === 'index') return to !== 'cli' && to !== 'dap';
  // A command starts another shell; no shell knows the command line.
  if (SHELLS.includes(from)) return !SHELLS.includes(to) || from === 'cli';
  return (MAY[from] ?? []).includes(to);
}
