import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { concessionChart } from '../../src/report/charts/concession.ts';
import { deviationsChart } from '../../src/report/charts/deviations.ts';
import { heatMapChart } from '../../src/report/charts/heat_map.ts';
import { sweepChart } from '../../src/report/charts/lines.ts';
import { matrixChart, shadeOf } from '../../src/report/charts/matrix.ts';
import { tornadoChart } from '../../src/report/charts/tornado.ts';
import { utilitySpaceChart } from '../../src/report/charts/utility_space.ts';
import { type Fall, fallSteps, waterfallChart } from '../../src/report/charts/waterfall.ts';
import { whiskersChart } from '../../src/report/charts/whiskers.ts';
import type { Markup } from '../../src/report/html.ts';
import { extent, linear, px } from '../../src/report/svg.ts';
import { comparison, fixture, HOSTILE, played } from './samples.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a drawing as an XML parser sees them: it throws where a browser would forgive. */
function elements(drawing: Markup): Node[] {
  const found: Node[] = [];
  const open: Node[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes: attributes as Record<string, string>, text: '' };
    found.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    for (const node of open) node.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(drawing.text).close();
  return found;
}

const having = (drawing: Markup, kind: string) =>
  elements(drawing).filter(({ attributes }) => (attributes['class'] ?? '').split(' ').includes(kind));

const reservoir = played(fixture('reservoir.yaml'));
const amounts = fc.array(
  fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 16),
  { minLength: 1, maxLength: 12 },
);
const fallOf = (bars: readonly number[], delayCost = 0): Fall => ({
  label: 'Ann',
  unit: 'points',
  bars: bars.map((amount, i) => ({ label: `bar ${i}`, amount })),
  value: bars.reduce((sum, x) => sum + x, 0),
  standardError: 0,
  reservation: null,
  delayCost,
});

describe('a waterfall', () => {
  it('sums exactly: each bar starts where the one before ended, and the last total is the value', () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), (bars, delayed) => {
        const fall = fallOf(bars, delayed ? 3.5 : 0);
        const steps = fallSteps(fall);
        let at = 0;
        for (const { kind, from, to, amount } of steps) {
          if (kind === 'bar') {
            expect(from).toBe(at);
            expect(to).toBe(at + amount);
            at = to;
          } else expect([from, to]).toEqual([0, at]);
        }
        expect(steps.find(({ label }) => label === 'value')?.to).toBe(fall.value);
        if (delayed) expect(steps.at(-1)?.to).toBe(fall.value - 3.5);
      }),
    );
  });

  it('is drawn as it sums, on real settlements too', () => {
    for (const { waterfall, value } of reservoir.settlement.parties) {
      const fall = { ...fallOf(waterfall.map(({ amount }) => amount)), value };
      expect(fallSteps(fall).at(-1)?.to).toBe(value);
      const drawing = waterfallChart('w', fall);
      const [total] = having(drawing, 'total').map(({ attributes }) => boxOf(attributes['d']));
      const bars = [...having(drawing, 'gain'), ...having(drawing, 'loss')].map(({ attributes }) =>
        boxOf(attributes['d']),
      );
      expect(Math.max(...bars.map(({ right }) => right))).toBeCloseTo(total.right, 0);
    }
  });

  it('tells losses from gains by shape as well as colour', () => {
    const drawing = waterfallChart('w', fallOf([5, -2, 4]));
    expect(having(drawing, 'gain')).toHaveLength(2);
    expect(having(drawing, 'loss')).toHaveLength(1);
    expect(drawing.text).toContain('−2.000');
  });
});

/** Left and right end of a `M x y h w v ...` box. */
function boxOf(path: string) {
  const [, left, , width] = /^M([\d.-]+) ([\d.-]+)h([\d.-]+)/.exec(path) ?? [];
  return { left: Number(left), right: Number(left) + Number(width) };
}

describe('concession curves', () => {
  const { report, game } = reservoir;
  const drawing = concessionChart('c', report.parties, report.curves);

  it('have a panel, bands and a target for every party, and a numbered flag for every event', () => {
    const bands = report.curves.bands.flat();
    expect(having(drawing, 'band')).toHaveLength(bands.length);
    expect(bands.some(({ stance }) => stance === 'probing')).toBe(true);
    expect(having(drawing, 'event')).toHaveLength(report.curves.events.length + 1);
    expect(report.curves.events.length).toBeGreaterThan(0);
    expect(having(drawing, 'target')).toHaveLength(game.parties.length + 1);
    for (const { label } of game.parties) expect(drawing.text).toContain(label);
  });

  it('put own offers where the facts put them', () => {
    const own = report.curves.offers.filter(({ by }) => by === 0);
    const facts = reservoir.turns.flatMap(({ facts: all }) =>
      all.filter((f) => f.type === 'offered' && f.by === 'upper'),
    );
    expect(own).toHaveLength(facts.length);
    const { utilities } = game.valuation(reservoir.turns.at(-1)?.state.world ?? game.world);
    expect(own.at(-1)?.utilities[0]).toBe(utilities[0][own.at(-1)?.outcome ?? -1]);
  });

  it('mark the agreement in every panel and in the key', () => {
    expect(having(drawing, 'agreed')).toHaveLength(game.parties.length + 1);
  });

  it('had lines of events through the words of the panels and of the axes', () => {
    const all = elements(drawing);
    const words = all.filter(({ name }) => name === 'text').map(({ attributes }) => Number(attributes['y']));
    const lines = having(drawing, 'happened').map(
      ({ attributes }) => /M[\d.]+ ([\d.]+)V([\d.]+)/.exec(attributes['d']) ?? [],
    );
    expect(lines).toHaveLength(report.curves.events.length * game.parties.length);
    for (const [, top, bottom] of lines.map((one) => one.map(Number)))
      for (const y of words.filter((at) => at > top + 20)) expect(y < bottom + 6 || y > bottom + 8, `${y}`).toBe(true);
  });

  it('had flags that covered each other, and names of stances cut to two letters', () => {
    const events = [2, 2, 2, 2.1, 2.2].map((at) => ({ at, round: 2, label: 'e', effects: [] }));
    const bands = report.curves.bands.map(() => [{ from: 1, to: 1.2, stance: 'hardening_slowly' }]);
    const crowded = concessionChart('c', report.parties, { ...report.curves, events, bands });
    const circles = elements(crowded)
      .filter(({ name, attributes }) => name === 'circle' && attributes['r'] === '8.5' && attributes['cy'] !== '14')
      .map(({ attributes }) => [Number(attributes['cx']), Number(attributes['cy'])]);
    expect(circles).toHaveLength(5);
    for (const [i, [x, y]] of circles.entries())
      for (const [a, b] of circles.slice(i + 1)) expect(Math.abs(x - a) >= 17 || Math.abs(y - b) >= 17).toBe(true);
    expect(elements(crowded).filter(({ name, text }) => name === 'text' && text.includes('…'))).toEqual([]);
  });
});

describe('a utility space', () => {
  const { space, curves } = reservoir.report;
  const drawing = utilitySpaceChart('u', space, space.pairs[0], { offers: curves.offers, agreement: [0.5, 0.5, 0.5] });

  it('shows frontier, solutions, disagreement point, traces and agreement', () => {
    for (const kind of ['frontier-points', 'solution', 'disagree', 'trace', 'agreed', 'zone']) {
      expect(having(drawing, kind).length, kind).toBeGreaterThan(0);
    }
    for (const { name } of space.solutions) expect(drawing.text).toContain(name);
  });

  it('draws every outcome once, at its utilities', () => {
    const [x, y] = ['x', 'y'].map((axis) => {
      const [low, high, from, to] = elements(drawing)[0].attributes[`data-${axis}`].split(',').map(Number);
      return (u: number) => from + ((u - low) / (high - low)) * (to - from);
    });
    const spots = new Set((space.dots ?? []).map(({ utilities: u }) => `M${px(x(u[0]))} ${px(y(u[1]))}h0`));
    const drawn = having(drawing, 'dots')
      .map(({ attributes }) => attributes['d'])
      .join('');
    expect(spots.size).toBeGreaterThan(50);
    for (const spot of spots) expect(drawn).toContain(spot);
  });

  it('falls back to cells where outcomes are too many to tell apart, and counts them all', () => {
    const cells = utilitySpaceChart('u', { ...space, dots: null }, space.pairs[0]);
    expect(having(cells, 'dense').length + having(cells, 'zone').length).toBeGreaterThan(3);
    const total = Array.from(space.pairs[0].counts).reduce((sum, n) => sum + n, 0);
    expect(total).toBe(space.outcomes);
  });

  it('shows a crowded corner once more, larger, and only there with labels', () => {
    const [pair] = space.pairs;
    const crowded = {
      ...space,
      frontier: [
        [0.9, 0.9, 0.9],
        [0.92, 0.88, 0.9],
      ],
      reservation: [0.89, 0.87, 0.8],
      solutions: space.solutions.map((one, k) => ({
        ...one,
        points: [{ outcomes: [1], utilities: [0.9 + k / 200, 0.9 - k / 200, 0.9] }],
      })),
    };
    const close = utilitySpaceChart('u', crowded, pair, { offers: [], agreement: [0.91, 0.89, 0.9] });
    expect(having(close, 'lens')).toHaveLength(2);
    expect(having(drawing, 'lens')).toHaveLength(0);
    const labels = having(close, 'halo').map(({ text }) => text);
    expect(labels.filter((text) => text.includes('agreement'))).toHaveLength(1);
    for (const { letter } of space.solutions) expect(labels.join()).toContain(letter);
  });

  it('has a picture for every pair of three parties', () => {
    expect(space.pairs.map(({ seats }) => seats.join())).toEqual(['0,1', '0,2', '1,2']);
  });
});

describe('a strategy matrix', () => {
  const report = comparison([
    ['a', 'b', 'c'],
    ['x', 'y'],
  ]);
  const drawing = matrixChart('m', {
    title: 'matrix',
    measure: 'mean utility',
    rows: { label: 'Ann', names: ['a', 'b', 'c'] },
    columns: { label: 'Bob', names: ['x', 'y'] },
    cells: report.cells.map(({ profile, name, n, payoffs: [{ estimate, low, high }] }) => ({
      href: `profile-${profile}`,
      name,
      mean: estimate,
      low,
      high,
      n,
      equilibrium: profile === 5,
      rowBest: false,
      columnBest: true,
    })),
    span: [0.1, 0.15],
  });

  it('says n, mean and interval in every cell, and marks the equilibrium', () => {
    const cells = elements(drawing).filter(({ name }) => name === 'a');
    expect(cells).toHaveLength(6);
    for (const [k, { text, attributes }] of cells.entries()) {
      expect(text).toContain(`n ${40 + k}`);
      expect(text).toContain((0.1 + 0.01 * k).toFixed(2));
      expect(text).toContain(`${(0.08 + 0.01 * k).toFixed(2)} – ${(0.12 + 0.01 * k).toFixed(2)}`);
      expect(attributes['href']).toBe(`#profile-${k}`);
      expect(attributes['aria-label']).toContain(`n ${40 + k}`);
    }
    expect(cells.filter(({ attributes }) => attributes['aria-label'].includes('equilibrium'))).toHaveLength(1);
  });

  it('gives darker shades to larger payoffs, the ends included', () => {
    expect([0, 0.5, 1].map((x) => shadeOf(x, [0, 1]))).toEqual([0, 3, 6]);
    expect(shadeOf(4, [4, 4])).toBe(3);
  });
});

describe('the other drawings', () => {
  it('rank with intervals in the order given', () => {
    const drawing = whiskersChart('r', {
      title: 't',
      axis: 'a',
      beside: 'rank',
      seat: 1,
      rows: [1, 2, 3].map((k) => ({
        label: `s${k}`,
        estimate: 1 - k / 10,
        low: 0.9 - k / 10,
        high: 1.1 - k / 10,
        beside: `${k}`,
      })),
    });
    const whiskers = having(drawing, 'whisker').map(({ attributes }) =>
      Number(/^M([\d.]+)/.exec(attributes['d'])?.[1]),
    );
    expect(whiskers).toHaveLength(3);
    expect(whiskers.toSorted((a, b) => b - a)).toEqual(whiskers);
  });

  it('draw an arrow for every deviation and a ring for every sink', () => {
    const { game, players, cells } = comparison([
      ['a', 'b', 'c'],
      ['x', 'y'],
      ['q', 'r'],
    ]);
    const drawing = deviationsChart('d', {
      players,
      ...game.deviations,
      weight: cells.map(({ alphaRank }) => alphaRank),
      names: cells.map(({ name }) => name),
    });
    expect(having(drawing, 'arrow')).toHaveLength(game.deviations.arrows.length + players.length);
    expect(having(drawing, 'node')).toHaveLength(cells.length + 2);
    expect(having(drawing, 'sink-ring')).toHaveLength(2);
    expect(having(drawing, 'circling-ring')).toHaveLength(3);
  });

  it('draw both ends of a tornado bar from the base, and leave out an end that was refused', () => {
    const drawing = tornadoChart(
      't',
      [
        { label: 'price', low: { at: 1, result: 10 }, high: { at: 2, result: 90 } },
        { label: 'years', low: { at: 5, result: null }, high: { at: 9, result: 40 } },
      ],
      30,
      'gain',
    );
    const [, low] = having(drawing, 'low').map(({ attributes }) => attributes);
    const [, high] = having(drawing, 'high').map(({ attributes }) => attributes);
    expect(having(drawing, 'low')).toHaveLength(2);
    expect(having(drawing, 'high')).toHaveLength(3);
    expect(Number(low['x']) + Number(low['width'])).toBeCloseTo(Number(high['x']), 0);
  });

  it('put thresholds where the parameter puts them', () => {
    const drawing = sweepChart('s', {
      title: 't',
      parameter: 'p',
      at: [10, 20, 30],
      thresholds: [{ value: 20, change: 'appears' }],
      panels: [
        {
          title: 'one',
          lines: [{ label: 'l', seat: 0, points: [{ estimate: 1 }, null, { estimate: 3, low: 2, high: 4 }] }],
        },
      ],
    });
    const [threshold] = having(drawing, 'threshold');
    const grid = having(drawing, 'grid')
      .map(({ attributes }) => attributes['d'])
      .filter((d) => d.includes('V'));
    expect(grid.some((d) => d.split(' ')[0] === threshold.attributes['d'].split(' ')[0])).toBe(true);
    expect(drawing.text).toContain('zone appears at 20');
    const [line] = having(drawing, 'line');
    expect(line.attributes['d'].match(/M/g)).toHaveLength(2);
  });

  it('leave an empty cell in a heat map where there is no figure', () => {
    const drawing = heatMapChart('h', {
      title: 't',
      measure: 'm',
      rows: { label: 'r', values: ['1', '2'] },
      columns: { label: 'c', values: ['x'] },
      cells: [0.25, null],
    });
    expect(having(drawing, 'none')).toHaveLength(1);
    expect(drawing.text).toContain('0.250');
  });

  it('stay well-formed with hostile names in every place', () => {
    for (const bad of HOSTILE) {
      const label = { label: bad };
      const drawings = [
        waterfallChart('w', { ...fallOf([1, -2]), label: bad, unit: bad, bars: [{ label: bad, amount: 1 }] }),
        concessionChart('c', [label, label, label], {
          ...reservoir.report.curves,
          events: [{ at: 2, round: 2, label: bad, effects: [bad] }],
        }),
        utilitySpaceChart(
          'u',
          { ...reservoir.report.space, parties: [0, 1, 2].map((seat) => ({ id: 'x', label: bad, seat })) },
          reservoir.report.space.pairs[0],
        ),
        matrixChart('m', {
          title: bad,
          measure: bad,
          rows: { label: bad, names: [bad] },
          columns: { label: bad, names: [bad] },
          cells: [
            {
              href: 'x',
              name: bad,
              mean: 1,
              low: 0,
              high: 2,
              n: 3,
              equilibrium: true,
              rowBest: true,
              columnBest: true,
            },
          ],
          span: [0, 1],
        }),
        whiskersChart('r', {
          title: bad,
          axis: bad,
          beside: bad,
          seat: 0,
          rows: [{ label: bad, estimate: 1, low: 0, high: 2, beside: bad }],
        }),
        deviationsChart('d', {
          players: [
            { label: bad, strategies: [bad] },
            { label: bad, strategies: [bad] },
          ],
          arrows: [],
          sinks: [0],
          cycles: [],
          weight: [null],
          names: [bad],
        }),
        tornadoChart('t', [{ label: bad, low: { at: 1, result: 2 }, high: { at: 1, result: 3 } }], 1, bad),
        heatMapChart('h', {
          title: bad,
          measure: bad,
          rows: { label: bad, values: [bad] },
          columns: { label: bad, values: [bad] },
          cells: [1],
        }),
        sweepChart('s', {
          title: bad,
          parameter: bad,
          at: [bad],
          thresholds: [],
          panels: [{ title: bad, lines: [{ label: bad, seat: 0, points: [{ estimate: 1 }] }] }],
        }),
      ];
      for (const drawing of drawings) {
        const names = new Set(elements(drawing).map(({ name }) => name));
        for (const name of ['script', 'img', 'style']) expect(names.has(name)).toBe(false);
        expect(drawing.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect(
          elements(drawing)
            .flatMap(({ attributes }) => Object.keys(attributes))
            .filter((name) => /^on/.test(name)),
        ).toEqual([]);
      }
    }
  });
});

describe('a scale', () => {
  it('keeps figures in their order and its marks inside its span', () => {
    const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const scale = linear(extent([a, b]), [0, 100]);
        if (a < b) expect(scale(a)).toBeLessThanOrEqual(scale(b));
        const slack = (scale.domain[1] - scale.domain[0]) * 1e-6;
        for (const tick of scale.ticks)
          expect(tick >= scale.domain[0] - slack && tick <= scale.domain[1] + slack).toBe(true);
        expect(scale.ticks.length).toBeGreaterThan(0);
        expect(scale.ticks.length).toBeLessThan(14);
      }),
    );
  });
});
