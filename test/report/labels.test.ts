import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviationsChart, drawnArrows } from '../../src/report/charts/deviations.ts';
import { matrixChart } from '../../src/report/charts/matrix.ts';
import { caseNames, clip, wrapped } from '../../src/report/labels.ts';
import { reportPage } from '../../src/report/page.ts';
import { comparison } from './samples.ts';

const rows = (page: string) => [...page.matchAll(/<text[^>]*class="end"[^>]*>([^<]*)<\/text>/g)].map((m) => m[1]);

describe('labels', () => {
  it('were cut exactly where the cases differ', () => {
    const report = comparison([
      ['a', 'b'],
      ['x', 'y'],
    ]);
    const path = 'parties.the_upper_valley_and_its_many_towns.terms.reservoir_depth.points.1';
    const cases = [10, 20, 30].map((value, index) => ({
      ...report.cases[0],
      index,
      set: [`${path}=${value}`],
      label: `${path}=${value}`,
    }));
    const page = reportPage({ ...report, cases });
    const chart = page.slice(page.indexOf('id="case-rates-svg"')).split('</svg>')[0];
    expect(rows(chart)).toEqual(['1=10', '1=20', '1=30']);
  });

  it('of cases keep what differs and drop what all share', () => {
    const named = (sets: readonly string[][], files: readonly string[]) =>
      caseNames(
        sets.flatMap((set) => files.map((_, scenario) => ({ scenario, set, label: 'as written' }))),
        files,
      );
    expect(named([['market.price=5'], ['market.price=6']], ['a.yaml'])).toEqual(['price=5', 'price=6']);
    expect(named([['market.price=5', 'market.power=1']], ['in/a.yaml', 'in/b.yaml'])).toEqual([
      'a.yaml, price=5, power=1',
      'b.yaml, price=5, power=1',
    ]);
    expect(named([['parties.a.reservation=5', 'parties.b.reservation=1']], ['a.yaml'])).toEqual([
      'a.reservation=5, b.reservation=1',
    ]);
    expect(named([[]], ['a.yaml', 'b.yaml'])).toEqual(['a.yaml', 'b.yaml']);
    expect(named([[]], ['a.yaml'])).toEqual(['as written']);
  });

  it('that are too long keep both ends, and stay within their lines', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z._ ]{1,90}$/), fc.integer({ min: 3, max: 30 }), (text, most) => {
        expect([...clip(text, most)].length).toBeLessThanOrEqual(most);
        const lines = wrapped(text, most);
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(most);
      }),
    );
    expect(clip('parties.ash.terms.harbour', 9)).toBe('part…bour');
    expect(wrapped('parties.ash.terms.harbour', 14)).toEqual(['parties.ash.', 'terms.harbour']);
  });

  it('of long parties and strategies ran out of the card or lost what they are', () => {
    const long = 'The confederation of the upper valleys and their many small towns';
    const report = comparison(
      [
        ['reciprocator', 'dealmaker'],
        ['reciprocator', 'status_quo_holder'],
        ['reciprocator', 'status_quo_holder'],
      ],
      { labels: [long, 'Bob', long] },
    );
    const { players, cells, game } = report;
    const graph = { players, ...game.deviations, weight: cells.map(() => null), names: cells.map(({ name }) => name) };
    const drawing = deviationsChart('d', graph).text;
    expect(drawing.replace(/<[^>]*>/g, ' ').replace(/ +/g, ' ')).toContain('reciprocator · status quo holder');
    expect(drawing).toContain(`rows ↓ ${long}`);
    const matrix = matrixChart('m', {
      title: 't',
      measure: 'mean utility',
      rows: { label: long, names: ['a'] },
      columns: { label: long, names: ['x'] },
      cells: [],
      span: [0, 1],
    }).text;
    expect(matrix).toContain(`rows ↓ ${long}`);
    expect(matrix).not.toContain('rotate(-90)');
  });
});

describe('a deviation graph of many profiles', () => {
  it('drew so many arrows that none could be followed', () => {
    const arrows = Array.from({ length: 121 }, (_, from) =>
      [0, 1].map((player) => ({ player, from, to: 60, gain: from + player })),
    ).flat();
    const drawn = drawnArrows({ arrows });
    expect(drawn).toHaveLength(121);
    expect(drawn.every(({ player }) => player === 1)).toBe(true);
    expect(drawnArrows({ arrows: arrows.slice(0, 20) })).toHaveLength(20);
  });
});
