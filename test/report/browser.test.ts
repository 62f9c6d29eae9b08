import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type Report, reportPage } from '../../src/report/page.ts';
import { FLAGS, findChromium } from './chromium.ts';
import { analysed, comparison, fixture, HOSTILE, played, sweep } from './samples.ts';

const reservoir = played(fixture('reservoir.yaml'));
const reports: Readonly<Record<string, Report>> = {
  run: reservoir.report,
  analysis: analysed(fixture('reservoir.yaml')),
  comparison: comparison([
    ['own', 'boulware', 'conceder'],
    ['linear', 'boulware', 'tit-for-tat'],
    ['a', 'b', 'c', 'd'],
  ]),
  hostile: comparison(
    [
      [HOSTILE[0], HOSTILE[1]],
      [HOSTILE[2], HOSTILE[3]],
    ],
    { labels: HOSTILE, title: HOSTILE[0] },
  ),
  sweep: sweep(1),
  map: sweep(2),
};
const folder = mkdtempSync(join(tmpdir(), 'hashpact-report-'));
const fileOf = (name: string) => join(folder, `${name}.html`);

let browser: Browser | undefined;
let missing = '';

beforeAll(async () => {
  const found = findChromium();
  if ('missing' in found) {
    missing = found.missing;
    console.warn(`reports are not tested in a browser: ${missing}`);
    return;
  }
  browser = await chromium.launch({ executablePath: found.path, args: FLAGS });
  for (const [name, report] of Object.entries(reports)) writeFileSync(fileOf(name), reportPage(report));
}, 600_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page opened from disk, with no network, that keeps what it complained of and what it asked for. */
async function opened(context: TestContext, name: string, hash = '', options: BrowserContextOptions = {}) {
  if (browser === undefined) context.skip(missing);
  const room = await (browser as Browser).newContext({
    viewport: { width: 1280, height: 900 },
    offline: true,
    acceptDownloads: true,
    ...options,
  });
  const page = await room.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${pathToFileURL(fileOf(name)).href}${hash}`);
  return { page, complaints, asked, close: () => room.close() };
}

const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Numbers every control in view; those that a screen reader could not name. Text for the page, since the tests themselves know no page. */
const CONTROLS = `(() => {
  const all = [...document.querySelectorAll('a[href],button,select,input,summary,[tabindex]')];
  const seen = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  seen.forEach((one, i) => one.setAttribute('data-test', i));
  const named = (one) => [one.getAttribute('aria-label'), one.textContent.trim(), ...[...(one.labels ?? [])].map((label) => label.textContent)].some(Boolean);
  return { count: seen.length, nameless: seen.filter((one) => !named(one)).map((one) => one.outerHTML.slice(0, 80)) };
})()`;

/** The control in focus, and whether it shows. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const cell = one.querySelector(':scope > rect');
  const ringed = getComputedStyle(one).outlineStyle !== 'none' || (cell !== null && getComputedStyle(cell).strokeWidth === '3px');
  return [one.dataset.test ?? '', ringed];
})()`;

/** How light the page's ground and its palest words are, from 0 to 255. */
const LIGHTNESS = `(() => {
  const light = (colour) => colour.match(/\\d+/g).slice(0, 3).reduce((sum, c) => sum + Number(c), 0) / 3;
  return [light(getComputedStyle(document.body).backgroundColor), light(getComputedStyle(document.querySelector('svg.chart .tick')).fill)];
})()`;

describe('in a browser', () => {
  it('every page opens from disk, asks for nothing, complains of nothing and fits its window', async (context) => {
    for (const name of Object.keys(reports)) {
      const { page, complaints, asked, close } = await opened(context, name);
      expect(asked, name).toEqual([pathToFileURL(fileOf(name)).href]);
      expect(complaints, name).toEqual([]);
      expect(await overflow(page), name).toBe(0);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await overflow(page), `${name}, narrow`).toBe(0);
      expect(await page.evaluate<boolean>("'pwned' in window")).toBe(false);
      await close();
    }
  });

  it('a drawing wider than its window was cut off without a word', async (context) => {
    const { page, close } = await opened(context, 'comparison');
    const hints = page.locator('.hint:visible');
    expect(await hints.count()).toBe(0);
    await page.setViewportSize({ width: 500, height: 800 });
    const wider = await page
      .locator('.canvas:visible')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect(wider).toBeGreaterThan(0);
    expect(await hints.count()).toBe(wider);
    await close();
  });

  it('every control can be reached by keyboard, shows it, and has a name', async (context) => {
    for (const name of ['run', 'comparison']) {
      const { page, close } = await opened(context, name);
      const wanted = await page.evaluate<{ count: number; nameless: string[] }>(CONTROLS);
      expect(wanted.nameless).toEqual([]);
      expect(wanted.count).toBeGreaterThan(20);
      const reached = new Set<string>();
      const dim: string[] = [];
      for (let i = 0; i < wanted.count + 5; i++) {
        await page.keyboard.press('Tab');
        const [id, shown] = await page.evaluate<[string, boolean]>(FOCUSED);
        if (id !== '') reached.add(id);
        if (id !== '' && !shown) dim.push(id);
      }
      expect(reached.size, name).toBe(wanted.count);
      expect(dim, name).toEqual([]);
      await close();
    }
  });

  it('the pair selector shows one pair of parties at a time, by keyboard too', async (context) => {
    const { page, close } = await opened(context, 'run');
    const shown = () => page.locator('[data-choice="pair"] > [data-panel]:visible h3').allTextContents();
    expect(await shown()).toEqual(['Utility space: Upper Valley and Middle Valley']);
    await page.selectOption('#pair-select', { label: 'Middle Valley and Lower Valley' });
    expect(await shown()).toEqual(['Utility space: Middle Valley and Lower Valley']);
    await page.focus('#pair-select');
    await page.keyboard.press('ArrowUp');
    expect(await shown()).toEqual(['Utility space: Upper Valley and Lower Valley']);
    await close();
  });

  it('an address leads to its moment, and the slider walks from there', async (context) => {
    const { page, close } = await opened(context, 'run', '#r3.2');
    const now = () => page.locator('tr.now').getAttribute('id');
    expect(await now()).toBe('r3.2');
    expect(await page.locator('.stepper output').textContent()).toContain('Middle Valley');
    const line = () => page.locator('#concession-svg .cursor-line').getAttribute('transform');
    const before = await line();
    await page.getByLabel('One step on').click();
    expect(await now()).not.toBe('r3.2');
    await page.getByLabel('One step on').click();
    expect(await line()).not.toBe(before);
    await page.getByLabel('First step').click();
    expect(await now()).toBe('r1.1');
    await page.getByLabel('Step of the record').focus();
    await page.keyboard.press('ArrowRight');
    expect(await now()).not.toBe('r1.1');
    const dot = page.locator('#space-upper-middle-svg .cursor');
    const [x, y] = [Number(await dot.getAttribute('cx')), Number(await dot.getAttribute('cy'))];
    expect(x > 60 && x < 700 && y > 10 && y < 505).toBe(true);
    await close();
  });

  it('the tables say what the drawings show', async (context) => {
    const { page, close } = await opened(context, 'comparison');
    const figure = page.locator('#matrix-p0-0');
    const drawn = await figure.locator('svg a .mean').allTextContents();
    const told = await figure
      .locator('details data')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('value')).toFixed(2)));
    expect(drawn).toHaveLength(9);
    expect(drawn).toEqual(told);
    await figure.locator('svg a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate<string>("document.activeElement.getAttribute('href')")).toBe('#profile-16');
    await page.keyboard.press('Enter');
    await page.locator('#profile-16').waitFor({ state: 'visible' });
    await close();

    const run = await opened(context, 'run');
    for (const { party, value } of reservoir.settlement.parties) {
      const amounts = await run.page
        .locator(`#fall-${party} details tr td:nth-child(2) data`)
        .evaluateAll((all) => all.map((one) => Number(one.getAttribute('value'))));
      expect(amounts.at(-1)).toBe(value);
      expect(amounts.slice(0, -1).reduce((sum, x) => sum + x, 0)).toBe(value);
      const texts = await run.page.locator(`#fall-${party} svg .figure`).allTextContents();
      const cells = await run.page.locator(`#fall-${party} details tr td:nth-child(2)`).allTextContents();
      expect(texts).toEqual(cells);
    }
    await run.close();
  });

  it('a drawing can be saved as an SVG file of its own, with its provenance, and the scenario as a file', async (context) => {
    const { page, complaints, close } = await opened(context, 'run');
    const saved = async (press: () => Promise<void>) => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
    };
    const { name, text } = await saved(() => page.locator('[data-export="concession"]').click());
    expect(name).toBe('concession.svg');
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
    expect(text).toContain('seed 1');
    expect(text).toContain(reservoir.scenario.hash.slice(0, 16));
    expect(text).toContain('Upper Valley');
    expect(text).not.toMatch(/var\(|class=|cursor/);
    const scenario = await saved(() => page.locator('[data-save]').click());
    expect(scenario.name).toBe('reservoir.json');
    expect(JSON.parse(scenario.text)).toEqual(reservoir.scenario.resolved);
    expect(complaints).toEqual([]);
    await close();
  });

  it('without a script everything is there to read, one pair after the other', async (context) => {
    const { page, close } = await opened(context, 'run', '', { javaScriptEnabled: false });
    expect(await page.locator('[data-choice="pair"] h3:visible').count()).toBe(3);
    expect(await page.locator('.needs-script:visible').count()).toBe(0);
    expect(await page.locator('.record tbody tr:visible').count()).toBe(reservoir.report.moments.length);
    await close();
  });

  it('in the dark the words stay legible', async (context) => {
    const { page, close } = await opened(context, 'run', '', { colorScheme: 'dark' });
    const [ground, words] = await page.evaluate<[number, number]>(LIGHTNESS);
    expect(ground).toBeLessThan(60);
    expect(words).toBeGreaterThan(140);
    await close();
  });
});
