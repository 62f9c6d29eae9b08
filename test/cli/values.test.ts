import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { Figures, figuresOf } from '../../src/cli/render/values.ts';
import { waterfall } from '../../src/cli/render/waterfall.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { settle } from '../../src/scenario/settlement.ts';
import { begin } from '../../src/session/engine.ts';

/** A printed figure in units of its last decimal, exact however large: `1,234.5` is 12345 tenths. */
function printed(text: string): { units: bigint; decimals: number; exponent: string } {
  const [, minus, digits, exponent = ''] = /^([+−]?)([\d,.]+)(e−?-?\d+)?$/.exec(text)!;
  const [whole, fraction = ''] = digits.replaceAll(',', '').split('.');
  return { units: BigInt(whole + fraction) * (minus === '−' ? -1n : 1n), decimals: fraction.length, exponent };
}

function addUp(parts: readonly string[], total: string): void {
  const sum = printed(total);
  for (const part of parts)
    expect([printed(part).decimals, printed(part).exponent]).toEqual([sum.decimals, sum.exponent]);
  expect(
    parts.reduce((at, part) => at + printed(part).units, 0n),
    `${parts.join(' ')} = ${total}`,
  ).toBe(sum.units);
}

const amount = fc.oneof(
  fc.double({ min: -5000, max: 5000, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -0.01, max: 0.01, noNaN: true }),
);

describe('printed figures', () => {
  it('of parts add up to the printed figure of their sum, whatever the scale', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -30, max: 30 }),
        (drawn, power) => {
          const parts = drawn.map((x) => x * Number(`1e${power}`));
          const total = parts.reduce((sum, x) => sum + x, 0);
          const said = new Figures([...parts, total].map(Math.abs)).sum(parts, total);
          addUp(said.parts, said.total);
        },
      ),
    );
  });

  it('of parts are each no further from the figure than one unit of the last decimal', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (parts) => {
        const total = parts.reduce((sum, x) => sum + x, 0);
        const figures = new Figures([Math.max(...parts.map(Math.abs), 1)]);
        for (const [i, part] of figures.sum(parts, total).parts.entries()) {
          const { units, decimals } = printed(part);
          expect(Math.abs(Number(units) - parts[i] * 10 ** decimals)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
  });

  it('are the same wherever they stand: 4.5 is never 5, and small figures are not nothing', () => {
    const figures = new Figures([9.5, 12]);
    expect(figures.text(4.5)).toBe('4.5');
    expect(figures.column([4.5, 5, 0.25])).toEqual(['4.50', '5.00', '0.25']);
    expect(new Figures([0.0031]).column([0.003, 0.0004])).toEqual(['0.0030', '0.0004']);
    expect(new Figures([1e308, 5]).text(1e308)).toBe('1e308');
    expect(new Figures([3054, 4341]).text(261.4)).toBe('261');
  });
});

/** The figure of a waterfall's row: what stands before its bar, or before the unit. */
const figureOf = (line: string) => / ([+−]?\d[\d,.]*(?:e-?\d+)?)(?: [ ▏▎▍▌▋▊▉█]*| points.*)$/.exec(`${line} `)?.[1];

describe('a waterfall', () => {
  const files = [
    ...readdirSync('scenarios').flatMap((name) =>
      /^(?!.*\.sweep\.).*\.yaml$/.test(name) ? [join('scenarios', name)] : [],
    ),
    'test/fixtures/canal.yaml',
    'test/fixtures/reservoir.yaml',
    'test/fixtures/lighthouse.yaml',
    'test/fixtures/ferry_pact.yaml',
  ];

  it.each(files)('of %s has printed bars that add up to the printed value', { timeout: 60_000 }, (file) => {
    const read = (name: string) => ({ name, text: readFileSync(join(dirname(file), name), 'utf8') });
    const loaded = loadScenario({ name: file, text: readFileSync(file, 'utf8') }, { read });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics[0]));
    const game = loaded.scenario.game();
    const figures = figuresOf(game);
    const { allowed } = game.space;
    for (let n = 0; n < 40; n++) {
      const outcome = allowed[Math.floor((n * allowed.length) / 40)];
      const state = { ...begin(game), table: { outcome, by: 0, consent: 0 } };
      for (const party of settle(game, state).parties) {
        const lines = waterfall(party, figures, 'points', pc.createColors(false), 100).split('\n').slice(1);
        const said = lines.filter((line) => !line.includes('worth 0 here')).flatMap((line) => figureOf(line) ?? []);
        expect(said.length).toBe(party.waterfall.filter((bar) => bar.amount !== 0).length + 1);
        addUp(said.slice(0, -1), said.at(-1)!);
      }
    }
  });
});
