import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { fanChart, histogram, lineChart } from '../../src/cli/render/chart.ts';

const paint = pc.createColors(false);
const frame = { width: 60, height: 8, title: 'A price', along: ['then', 'now'], paint };
const rowsOf = (chart: string) => chart.split('\n').filter((line) => /[│┤]/.test(line));
/** Row of the topmost ink in the first or last inked column. */
const inkAt = (chart: string, side: 'first' | 'last'): number => {
  const bodies = rowsOf(chart).map((line) => [...line.slice(line.search(/[│┤]/) + 1)]);
  const columns = bodies.flatMap((body) => body.flatMap((glyph, c) => (glyph === ' ' ? [] : [c])));
  const column = side === 'first' ? Math.min(...columns) : Math.max(...columns);
  return bodies.findIndex((body) => (body[column] ?? ' ') !== ' ');
};

describe('terminal charts', () => {
  it('draw a rising series from the bottom left to the top right, and a falling one the other way', () => {
    for (const log of [false, true]) {
      const up = lineChart([{ label: 'up', values: [1, 10, 100] }], { ...frame, log });
      expect([inkAt(up, 'first'), inkAt(up, 'last')]).toEqual([7, 0]);
      const down = lineChart([{ label: 'down', values: [100, 10, 1] }], { ...frame, log });
      expect([inkAt(down, 'first'), inkAt(down, 'last')]).toEqual([0, 7]);
    }
  });

  it('put a geometric series on a straight line only when logarithmic', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => 1.2 ** i);
    const middle = (log: boolean) => {
      const rows = rowsOf(lineChart([{ label: '', values }], { ...frame, log })).map((r) =>
        r.slice(r.search(/[│┤]/) + 1),
      );
      return rows.findIndex((row) => (row[22] ?? ' ') !== ' ');
    };
    expect(middle(true)).toBeGreaterThanOrEqual(3);
    expect(middle(true)).toBeLessThanOrEqual(4);
    expect(middle(false)).toBe(7);
  });

  it('never exceed their width, whatever the numbers', () => {
    const number = fc.double({ min: -1e15, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 50, max: 120 }),
        (values, width) => {
          const at = { ...frame, width };
          const charts = [
            lineChart(
              [
                { label: 'a', values },
                { label: 'b', values: [1] },
              ],
              at,
            ),
            fanChart([values, values, values], ['a', 'b', 'c'], at),
            histogram(values, { ...at, figure: (x) => x.toExponential(2) }),
          ];
          return charts.every((chart) => chart.split('\n').every((line) => [...line].length <= width));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keep the quartiles of a fan inside its outer band and the middle inside both', () => {
    const band = (q: number) => Float64Array.from({ length: 40 }, (_, i) => 100 + q * i);
    const rows = rowsOf(fanChart([-2, -1, 0, 1, 2].map(band), ['5', '25', '50', '75', '95'], frame));
    const last = rows.map((row) => [...row].at(60 - 3) ?? ' ').join('');
    expect(rows.map((row) => row.trimEnd().at(-1)).join('')).toMatch(/^░+▒+━▒+░+$/);
    expect(last.length).toBe(8);
  });

  it('count every value once in a histogram', () => {
    const text = histogram([1, 1, 1, 2, 3, 4, 4, 4, 4, 10], { width: 80, title: 't', paint, bins: 3 });
    const shares = [...text.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
    expect(shares).toEqual([50, 40, 10]);
    expect(histogram([5, 5], { width: 80, title: 't', paint })).toContain('100.0 %');
  });
});
