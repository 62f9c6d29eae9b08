import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compare, standingsOptions } from '../../src/comparison/compare.ts';
import { prepare } from '../../src/comparison/request.ts';
import { standings } from '../../src/comparison/standings.ts';
import { type Report, reportPage } from '../../src/report/page.ts';
import { STYLE } from '../../src/report/style.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { analysed, comparison, DELTA, fixture, HOSTILE, played, sweep } from './samples.ts';

/** The bar of an ordinary report, in bytes. */
const BAR = 500_000;

const delta = played(DELTA);
const reservoir = played(fixture('reservoir.yaml'));
const strategies = [
  ['own', 'boulware', 'conceder'],
  ['linear', 'boulware', 'tit-for-tat'],
  ['conceder', 'boulware', 'linear', 'hardliner'],
];
const reports: Readonly<Record<string, Report>> = {
  run: reservoir.report,
  'long run': delta.report,
  analysis: analysed(fixture('reservoir.yaml')),
  comparison: comparison(strategies),
  'comparison of two': comparison([
    ['a', 'b', 'c'],
    ['x', 'y'],
  ]),
  sweep: sweep(1),
  'sweep of two': sweep(2),
};
const pages = Object.entries(reports).map(([name, report]) => ({ name, page: reportPage(report) }));

describe('every page', () => {
  it('stays under the size bar', () => {
    expect(delta.settlement.rounds).toBe(200);
    expect(delta.report.parties).toHaveLength(4);
    for (const { name, page } of pages) expect(Buffer.byteLength(page), name).toBeLessThan(BAR);
  });

  it('allows nothing but its own style sheet and script, and names them by their true hashes', () => {
    for (const { page } of pages) {
      const policy =
        /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1].replaceAll('&#39;', "'") ?? '';
      const [style, script] = [/<style>([\s\S]*?)<\/style>/, /<script>([\s\S]*?)<\/script>/].map(
        (pattern) => pattern.exec(page)?.[1] ?? '',
      );
      const hash = (text: string) => createHash('sha256').update(text).digest('base64');
      expect(policy).toBe(
        `default-src 'none'; style-src 'sha256-${hash(style)}'; script-src 'sha256-${hash(script)}'; base-uri 'none'; form-action 'none'`,
      );
      expect(page.match(/<style/g)).toHaveLength(1);
      expect(page.match(/<script>/g)).toHaveLength(1);
      expect(page).not.toMatch(/ style="| on\w+="|<(?:link|img|iframe|object|embed|base)\b|@import|url\(/);
    }
  });

  it('has an export button, a text table and a provenance for every chart', () => {
    for (const { name, page } of pages) {
      const charts = page.match(/<svg [^>]*class="chart"/g)?.length ?? 0;
      expect(charts, name).toBeGreaterThan(0);
      for (const part of [
        'data-export="',
        '<details class="behind"><summary>',
        '<p class="provenance">hashpact 0.1.0 · scenario ',
      ])
        expect(page.split(part).length - 1, `${name}: ${part}`).toBeGreaterThanOrEqual(charts);
      expect(page.match(/<desc id/g)).toHaveLength(charts);
    }
  });

  it('uses every id once, and leads every inner link somewhere', () => {
    for (const { name, page } of pages) {
      const ids = [...page.matchAll(/<[^>]*? id="([^"]*)"/g)].map((m) => m[1]);
      expect(new Set(ids).size, name).toBe(ids.length);
      const links = [...page.matchAll(/href="#([^"]*)"/g)].map((m) => m[1]);
      expect(links.length).toBeGreaterThan(0);
      expect(
        links.filter((link) => !ids.includes(link)),
        name,
      ).toEqual([]);
    }
  });

  it('is the same bytes every time', () => {
    for (const [name, report] of Object.entries(reports))
      expect(reportPage(report) === pages.find((p) => p.name === name)?.page, name).toBe(true);
  });
});

describe('the page of a run', () => {
  const page = reportPage(reservoir.report);

  it('holds the scenario as it was negotiated: it can be run again, with the same facts', () => {
    const text = /<script type="application\/json" id="scenario">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const loaded = loadScenario({ name: 'saved.json', text: JSON.stringify(JSON.parse(text), null, 2) });
    expect(loaded.ok && loaded.scenario.hash).toBe(reservoir.scenario.hash);
    const again = played(text);
    expect(again.turns.flatMap(({ facts }) => facts)).toEqual(reservoir.turns.flatMap(({ facts }) => facts));
  });

  it('gives every turn an address', () => {
    for (const { state } of reservoir.turns) expect(page).toContain(`<tr id="r${state.round}.${state.turn}"`);
  });

  it('has tables that sum to the values of the settlement, to the last digit', () => {
    for (const { party, value, waterfall } of reservoir.settlement.parties) {
      const figure = page.slice(page.indexOf(`<figure class="figure" id="fall-${party}"`));
      const table = figure.slice(figure.indexOf('<tbody>'), figure.indexOf('</tbody>'));
      const amounts = [...table.matchAll(/<td class="n"><data value="([^"]*)">/g)]
        .map((m) => Number(m[1]))
        .filter((_, i) => i % 2 === 0);
      const bars = amounts.slice(0, waterfall.filter(({ amount }) => amount !== 0).length);
      expect(bars.reduce((sum, x) => sum + x, 0)).toBe(value);
      expect(amounts[bars.length]).toBe(value);
    }
  });

  it('says why a move was made, and which figures reach the reservation value', () => {
    expect(page).toContain('class="why"');
    expect(page).toMatch(/<td class="r">/);
  });

  it('names version, hash, seed and the command that plays it again', () => {
    expect(page).toContain(reservoir.scenario.hash);
    expect(page).toContain('hashpact run sample.yaml --seed 1');
  });
});

describe('a table with an observer', () => {
  const set = ['parties.upper.observer=true', 'protocol.agreement={rule: required, parties: [middle, lower]}'];

  it('had no page', () => {
    const { report, game } = played(fixture('reservoir.yaml'), 1, set);
    const page = reportPage(report);
    expect(page).toContain('observes: takes no turn and is not asked');
    expect(page).toContain('Upper Valley, observing');
    expect(page).toContain('Utility space: Middle Valley and Lower Valley');
    expect(page).toContain('data-seats="1,2"');
    expect(report.space.parties.map(({ seat }) => seat)).toEqual([1, 2]);
    expect(game.parties).toHaveLength(3);
    const space = page.slice(page.indexOf('id="space-middle-lower-svg"')).split('</svg>')[0];
    expect(space).toContain('<g class="s1"><path class="trace"');
    expect(space).toContain('<g class="s2"><path class="trace"');
    expect(reportPage(analysed(fixture('reservoir.yaml'), set))).toContain(
      'Utility space: Middle Valley and Lower Valley',
    );
  });

  it('says where a reservation value came from, if from a pact of the others', () => {
    const page = reportPage(played(fixture('spring.yaml')).report);
    expect(page).toContain('without a deal: −7.0, from the pact &quot;without_lower&quot;, in the place of 2.0');
    expect(page).toContain('pact harsh');
  });
});

describe('hostile text', () => {
  const [script, image, focus, comment, bidi] = HOSTILE;
  const quoted = (text: string) => JSON.stringify(text);
  const nasty = fixture('reservoir.yaml')
    .replace('title: Three valleys share a reservoir', `title: ${quoted(script)}`)
    .replace('unit: million francs', `unit: ${quoted('<b>&"')}`)
    .replace('label: Upper Valley', `label: ${quoted(image)}`)
    .replace('label: Middle Valley', `label: ${quoted(focus)}`)
    .replace('label: Lower Valley', `label: ${quoted(bidi)}`)
    .replace('label: keeper of the gates', `label: ${quoted(comment)}`)
    .replace('says: Show us something.', `says: ${quoted(script)}`);

  it('from a scenario is shown and never obeyed', () => {
    const page = reportPage(played(nasty).report);
    harmless(page);
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;');
    harmless(reportPage(analysed(nasty)));
  });

  it('in strategy names, labels and paths of results is no different', () => {
    harmless(
      reportPage(
        comparison(
          [
            [script, image],
            [focus, comment],
            ['a', 'b'],
          ],
          { labels: HOSTILE, title: script },
        ),
      ),
    );
    harmless(reportPage(sweep(1, image)));
    harmless(reportPage(sweep(2, comment)));
  });

  function harmless(page: string) {
    expect(page.match(/<script/g)?.length).toBeLessThanOrEqual(2);
    expect(page.match(/<\/script/g)?.length).toBe(page.match(/<script/g)?.length);
    expect(page).not.toMatch(/<img|<b>|<!--/);
    expect(page).not.toMatch(/<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*\son\w+\s*=/);
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  }
});

describe('intervals', () => {
  const report = comparison([
    ['a', 'b'],
    ['x', 'y'],
  ]);
  const tables = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

  it('were printed of one observation, from itself to itself', () => {
    const alone = (one: (typeof report.cells)[number]['payoffs'][number]) => ({
      ...one,
      low: one.estimate,
      high: one.estimate,
    });
    const once = report.cells.map((cell) => ({ ...cell, n: 1, payoffs: cell.payoffs.map(alone) }));
    const page = tables(reportPage({ ...report, cells: once }));
    expect(page).not.toMatch(/0\.10+ – 0\.10+/);
    expect(page).toContain('n 1');
    const often = reportPage({ ...report, cells: once.map((cell) => ({ ...cell, n: 5 })) });
    expect(tables(often)).toContain('n 5');
  });

  it('and n stood in the drawing of a matrix and not in its table', () => {
    const page = reportPage(report);
    const table = page.slice(page.indexOf('id="matrix-p0-0"')).split('<details')[1].split('</details>')[0];
    for (const { n, payoffs } of report.cells)
      expect(tables(table)).toContain(`${payoffs[0].low.toFixed(3)} – ${payoffs[0].high.toFixed(3)}, n ${n}`);
  });

  it('stood under exact rates, from the rate to itself', () => {
    const rate = { ...report.overall.agreement, estimate: 0.5, low: 0.5, high: 0.5 };
    const page = reportPage({ ...report, cells: report.cells.map((cell) => ({ ...cell, agreement: rate })) });
    expect(tables(page)).not.toContain('50 % – 50 %');
  });

  it('stand under every rate of agreement', () => {
    expect(tables(reportPage(report)).match(/50 % 40 % – 60 %/g)?.length).toBeGreaterThanOrEqual(report.cells.length);
    expect(tables(reportPage(sweep(1)))).toContain('50 % 40 % – 60 %');
  });
});

describe('a real comparison of 36 profiles', () => {
  it('is drawn under the size bar with every cell in its table', async () => {
    const [upper, middle, lower] = strategies.map((names) => names.join(','));
    const prepared = prepare({
      scenarios: [{ name: 'reservoir.yaml', text: fixture('reservoir.yaml') }],
      strategies: [`upper=${upper}`, `middle=${middle}`, `lower=${lower}`],
      set: [],
      vary: [],
      repetitions: 2,
      seed: 1,
    });
    const results = await compare(prepared, { workers: 1 });
    const report = standings(results, standingsOptions(prepared, 'utility', 1000, 200));
    const page = reportPage(report);
    expect(report.cells).toHaveLength(36);
    expect(Buffer.byteLength(page)).toBeLessThan(BAR);
    for (const { profile, payoffs } of report.cells) {
      const row = page.slice(page.indexOf(`<tr id="profile-${profile}"`)).split('<tr ')[1];
      for (const { estimate } of payoffs) expect(row).toContain(`<data value="${estimate}">`);
    }
  });
});

describe('the colours', () => {
  const themes = [/:root\{([\s\S]*?)\}/, /:root:not\(\[data-theme=light\]\)\{([\s\S]*?)\}/].map((pattern) =>
    Object.fromEntries(
      [...(pattern.exec(STYLE)?.[1] ?? '').matchAll(/--(\w+):(#[0-9a-f]{3,6})\b/g)].map((m) => [m[1], m[2]]),
    ),
  );

  it('hold 4.5:1 for words and 3:1 for marks, in light and in dark', () => {
    for (const theme of themes) {
      for (const words of ['ink', 'soft', 'accent', 'good', 'bad'])
        for (const ground of ['paper', 'card', 'stripe'])
          expect(contrast(theme[words], theme[ground]), `${words} on ${ground}`).toBeGreaterThan(4.5);
      for (const mark of ['s0', 's1', 's2', 's3', 's4', 's5', 'gain', 'loss', 'total'])
        expect(contrast(theme[mark], theme['card']), mark).toBeGreaterThan(3);
      for (const [q, ink] of ['qi', 'qi', 'qi', 'qi', 'qi', 'qj', 'qj'].entries())
        expect(contrast(theme[ink], theme[`q${q}`]), `q${q}`).toBeGreaterThan(4.5);
    }
  });
});

/** WCAG 2.2 contrast ratio of two hex colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c).join('') : hex.slice(1);
    const [r, g, blue] = [0, 2, 4].map((at) => {
      const c = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
