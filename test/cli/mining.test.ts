import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Console } from '../../src/cli/console.ts';
import { main } from '../../src/cli/main.ts';
import { zeroVolatility } from '../../src/mining/paths/process.ts';
import { type SiteInput, siteInput } from '../../src/mining/siteInput.ts';
import { projectSite } from '../../src/mining/siteProjection.ts';
import { siteRisk } from '../../src/mining/siteRisk.ts';

const PRICES = new URL('../../../shared/data/mining/btc_price_month_end.csv', import.meta.url);
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hashpact-mining-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

async function hashpact(line: string | readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const console: Console = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    paint: pc.createColors(false),
    width: 100,
    watched: false,
  };
  const code = await main(typeof line === 'string' ? line.split(' ') : line, console);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function json<T>(line: string | readonly string[]): Promise<T> {
  const { code, out, err } = await hashpact(typeof line === 'string' ? `${line} --json` : [...line, '--json']);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as T;
}

interface View {
  hashpriceUsdPerPhDay: number;
  networkShare: number;
  revenueUsdPerYear: number;
  revenueUsdPerMwh: number;
  cashMarginUsdPerMwh: number;
  fullMarginUsdPerMwh: number;
  paybackYears: number | 'never';
  npvAtTrendUsd: number;
  npvMeanUsd: number;
  npvStandardErrorUsd: number;
  npvQuantilesUsd: Record<string, number>;
  lossProbability: number;
}
interface SiteDocument {
  installedEhs: number;
  cashCostUsdPerMwh: number;
  depreciationUsdPerMwh: number;
  ownImpact: View;
  priceTaking: View;
  parameters: { field: string; option: string; value: number | string; origin: string; because: string }[];
}

const QUICK = '--years 1 --paths 2';

describe('hashpact mining site', () => {
  // Mining economics 2.6, computed apart from this code: MW, EH/s, share, hashprice and revenue ($bn a year) at eps 0, 1 and infinity
  const TABLE = [
    [950, 60, 5.4, [35.2, 36.1, 37.2], [0.77, 0.8, 0.82]],
    [2850, 181, 14.6, [31.8, 34.1, 37.2], [2.1, 2.26, 2.46]],
    [5700, 362, 25.4, [27.7, 31.4, 37.2], [3.66, 4.15, 4.91]],
  ] as const;

  it('prints the own-impact table of the definitions to its digits', async () => {
    for (const [mw, ehs, share, hashprices, revenues] of TABLE) {
      for (const [i, eps] of ['0', '1', 'inf'].entries()) {
        const site = await json<SiteDocument>(
          `mining site --mw ${mw} --date 2025-12-25 --uptime 1 --pool-fee 0 --eps ${eps} ${QUICK}`,
        );
        expect(Math.round(site.installedEhs)).toBe(ehs);
        expect(site.ownImpact.hashpriceUsdPerPhDay.toFixed(1)).toBe(hashprices[i].toFixed(1));
        expect((site.ownImpact.revenueUsdPerYear / 1e9).toFixed(2)).toBe(revenues[i].toFixed(2));
        expect(site.priceTaking.hashpriceUsdPerPhDay.toFixed(1)).toBe('37.2');
        if (eps === '0') expect((100 * site.ownImpact.networkShare).toFixed(1)).toBe(share.toFixed(1));
      }
    }
  });

  it('keeps cash and full cost apart and never flatters the site that moves the market', async () => {
    const site = await json<SiteDocument>('mining site --mw 5700 --paths 40 --years 4');
    for (const view of [site.ownImpact, site.priceTaking]) {
      expect(view.cashMarginUsdPerMwh).toBeCloseTo(view.revenueUsdPerMwh - site.cashCostUsdPerMwh, 9);
      expect(view.fullMarginUsdPerMwh).toBeCloseTo(view.cashMarginUsdPerMwh - site.depreciationUsdPerMwh, 9);
      const q = view.npvQuantilesUsd;
      const ascending = [q['p5'], q['p25'], q['p50'], q['p75'], q['p95']];
      expect([...ascending].sort((a, b) => a - b)).toEqual(ascending);
      expect(view.npvStandardErrorUsd).toBeGreaterThan(0);
    }
    expect(site.ownImpact.npvMeanUsd).toBeLessThan(site.priceTaking.npvMeanUsd);
    expect(site.ownImpact.lossProbability).toBeGreaterThanOrEqual(site.priceTaking.lossProbability);
  });

  it('names a source or the word assumption for every parameter that was not given', async () => {
    const site = await json<SiteDocument>(`mining site --mw 100 ${QUICK}`);
    const fields = Object.keys(siteInput({ powerMw: 100 })).filter((field) => field !== 'date');
    expect(site.parameters.map(({ field }) => field).sort()).toEqual(fields.sort());
    for (const { field, origin, because } of site.parameters) {
      expect(['given', 'source', 'assumption', 'protocol'], field).toContain(origin);
      if (origin !== 'given') expect(because.length, field).toBeGreaterThan(5);
    }
    const { out } = await hashpact(`mining site --mw 100 ${QUICK}`);
    for (const { option, origin } of site.parameters) {
      const row = out.split('\n').filter((line) => line.trim().startsWith(`${option} `));
      expect(
        row.some((line) => line.includes(origin)),
        option,
      ).toBe(true);
    }
  });

  it('lets every default be changed by the option printed beside it', async () => {
    const base = siteInput({ powerMw: 100 });
    const { parameters } = await json<SiteDocument>(`mining site --mw 100 ${QUICK}`);
    const options = parameters.filter(({ field }) => field !== 'subsidyBtc' && field !== 'powerMw');
    expect(options.length).toBe(23);
    for (const { field, option } of options) {
      const was = base[field as keyof SiteInput] as number;
      const wanted = field === 'uptime' ? 0.9 : Number.isInteger(was) ? was + 1 : was * 1.01;
      const rest = option === '--years' ? '--paths 2' : QUICK;
      const changed = await json<SiteDocument>(`mining site --mw 100 ${option} ${wanted} ${rest}`);
      const found = changed.parameters.find((one) => one.field === field);
      expect(found, option).toMatchObject({ value: wanted, origin: 'given', because: '' });
    }
  });

  it('reads numbers as people write them: per cent, k, T', async () => {
    const plain = await json<SiteDocument>(
      `mining site --mw 100 --price 60000 --difficulty 125e12 --pool-fee 0.02 --fees 0.03125 ${QUICK}`,
    );
    const short = await json<SiteDocument>(
      `mining site --mw 0.1k --price 60k --difficulty 125T --pool-fee 2% --fees ${100 / 101}% ${QUICK}`,
    );
    expect(short.ownImpact.revenueUsdPerYear).toBeCloseTo(plain.ownImpact.revenueUsdPerYear, 4);
  });

  it('prints the same bytes for the same seed and others for another', async () => {
    const line = 'mining site --mw 950 --years 2 --paths 10';
    const [a, b, c] = [await hashpact(line), await hashpact(line), await hashpact(`${line} --seed 2`)];
    expect(a.out).toBe(b.out);
    expect(c.out).not.toBe(a.out);
    expect(a.out).toContain('payback');
    expect(a.out).not.toContain('\u001b');
  });
});

describe('the worth of a site over price paths', () => {
  const input = siteInput({ powerMw: 950, powerUsdPerMwh: 25, horizonYears: 5 });

  it('is the projection itself, without error, when the price is certain', () => {
    const risk = siteRisk(input, { process: zeroVolatility(input.priceDrift), seed: 1, paths: 50 });
    expect(risk.paths).toBe(1);
    for (const [found, own] of [
      [risk.ownImpact, true],
      [risk.priceTaking, false],
    ] as const) {
      const { npvUsd } = projectSite(input, own);
      expect(found.npvUsd.mean / npvUsd).toBeCloseTo(1, 9);
      expect(found.npvUsd.standardError).toBe(0);
      expect(found.quantilesUsd.every((q) => q === found.npvUsd.mean)).toBe(true);
    }
  });

  it('rises with the price of a stated path', () => {
    const at = (priceUsd: number) =>
      siteRisk(input, { process: { kind: 'fixed', pricesUsd: [priceUsd] }, seed: 1, paths: 1 }).ownImpact.npvUsd.mean;
    expect(at(120_000)).toBeGreaterThan(at(82_826));
    expect(at(82_826)).toBeGreaterThan(at(40_000));
  });
});

describe('hashpact mining hashprice', () => {
  interface Hashprice {
    convention: string;
    hashpriceUsdPerPhDay: number;
    hashpriceUsdPerThDay: number;
    hashvalueBtcPerPhDay: number;
    realised: { convention: string; hashpriceUsdPerThDay: number } | null;
  }

  it('gives the published hashvalue and hashprice of 3 November 2025 (Hashrate Index)', async () => {
    const found = await json<Hashprice>(
      'mining hashprice --difficulty 155.97T --height 921000 --fees 0.62% --price 106935',
    );
    expect(found.hashvalueBtcPerPhDay / 0.00040577).toBeCloseTo(1, 2.9);
    expect(Math.abs(found.hashpriceUsdPerPhDay / 43.33 - 1)).toBeLessThan(0.002);
    expect(found.convention).toMatch(/^by difficulty/);
    expect(found.realised).toBeNull();
  });

  it('keeps the convention by realised hash rate apart and names it (asic.report: 0.0416 against 0.0371)', async () => {
    const line = 'mining hashprice --difficulty 141.67T --height 940000 --fees 0 --price 83625 --realised 904.29';
    const found = await json<Hashprice>(line);
    expect(found.hashpriceUsdPerThDay.toFixed(5)).toBe('0.03711');
    expect(found.realised?.hashpriceUsdPerThDay.toFixed(4)).toBe('0.0416');
    expect(found.realised?.convention).toMatch(/^by realised hash rate/);
    const { out } = await hashpact(line);
    expect(out).toContain('by difficulty');
    expect(out).toContain('by realised hash rate');
  });
});

describe('hashpact mining history', () => {
  interface Row {
    month: string;
    hashvalueBtcPerPhDay: number;
    hashpriceUsdPerPhDay: number | null;
  }

  it('is in bitcoin without a price file: reward a day over the hash rate that difficulty implies', async () => {
    const { months } = await json<{ months: Row[] }>('mining history');
    expect(months[0].month).toBe('2014-01');
    const last = months.find(({ month }) => month === '2026-06');
    expect(last?.hashpriceUsdPerPhDay).toBeNull();
    expect(last?.hashvalueBtcPerPhDay).toBeCloseTo((144 * 3.125) / 934_460, 7);
    const { out } = await hashpact('mining history --from 2020-01');
    expect(out).toContain('Hashvalue, BTC/PH/day');
    expect(out).not.toContain('2019');
  });

  it('is in dollars with one, month by month', async () => {
    const file = written('two.csv', '# mine\nclose,month,other\n90000,2026-05,x\n60000,2026-06-30,y\n');
    const bitcoin = await json<{ months: Row[] }>('mining history --from 2026-05');
    const { months } = await json<{ months: Row[] }>(['mining', 'history', '--prices', file]);
    expect(months.map(({ month }) => month)).toEqual(['2026-05', '2026-06']);
    for (const [i, close] of [90_000, 60_000].entries())
      expect(months[i].hashpriceUsdPerPhDay).toBeCloseTo(bitcoin.months[i].hashvalueBtcPerPhDay * close, 12);
  });

  it.skipIf(!existsSync(PRICES))(
    'comes near the published yearly means of 2021 and 2022 (needs ../shared/data/mining/btc_price_month_end.csv)',
    async () => {
      const text = readFileSync(PRICES, 'utf8').replace('close_usd_rounded', 'close');
      const { months } = await json<{ months: Row[] }>(['mining', 'history', '--prices', written('btc.csv', text)]);
      // Published: daily means with fees; here month-end closes without fees, which were 1 to 7 % of the reward in those years
      for (const [year, mean] of [
        ['2021', 314.61],
        ['2022', 123.88],
      ] as const) {
        const own = months.filter(({ month }) => month.startsWith(year)).map((m) => m.hashpriceUsdPerPhDay ?? 0);
        expect(own.length).toBe(12);
        const found = own.reduce((a, b) => a + b, 0) / 12;
        expect(found / mean).toBeGreaterThan(0.9);
        expect(found / mean).toBeLessThan(1.01);
      }
    },
  );
});

describe('hashpact mining paths', () => {
  interface Paths {
    fan: { month: number; quantilesUsd: number[] }[];
    moments: { month: number; meanUsd: number; standardErrorUsd: number; exactMeanUsd: number | null }[];
    independent: number;
    overlapping: boolean;
  }

  it('meets the closed-form mean within four standard errors, for every preset', async () => {
    for (const preset of ['default', '2016-25', '2016-25-lambda6', '2021-25', 'gbm-2016-25', 'gbm-2021-25']) {
      const found = await json<Paths>(`mining paths --process ${preset} --years 2 --n 2000`);
      expect(found.fan.length).toBe(24);
      for (const { meanUsd, standardErrorUsd, exactMeanUsd } of found.moments)
        expect(Math.abs(meanUsd - (exactMeanUsd ?? 0)), preset).toBeLessThan(4 * standardErrorUsd);
      for (const { quantilesUsd } of found.fan)
        expect(
          [...quantilesUsd].sort((a, b) => a - b),
          preset,
        ).toEqual(quantilesUsd);
    }
  });

  it('takes drift, volatility and jumps of the user, and collapses to the drift without chance', async () => {
    const found = await json<Paths>(
      'mining paths --process gbm-2021-25 --volatility 0 --drift 10% --price 100 --years 3',
    );
    expect(found.moments[2].meanUsd).toBeCloseTo(100 * Math.exp(0.3), 9);
    expect(found.moments[2].standardErrorUsd).toBe(0);
  });

  it('replays the windows of a price file and says that they overlap', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const month = `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
      return `${month},${1000 * 1.01 ** i}`;
    });
    const file = written('steady.csv', `month,close\n${rows.join('\n')}\n`);
    const found = await json<Paths>(['mining', 'paths', '--prices', file, '--years', '1', '--price', '500']);
    expect(found.overlapping).toBe(true);
    expect(found.fan[11].quantilesUsd[0]).toBeCloseTo(500 * 1.01 ** 12, 6);
    const { out } = await hashpact(['mining', 'paths', '--prices', file, '--years', '1']);
    expect(out).toContain('lower bound');
  });
});

describe('hashpact mining refuses, by the name of the option and its range, with exit code 2', () => {
  const CASES: readonly (readonly [string, RegExp])[] = [
    ['site', /required option '--mw/],
    ['site --mw -5', /--mw is -5; it must be above 0 to 100000 MW/],
    ['site --mw abc', /--mw takes a number, not "abc"/],
    ['site --mw NaN', /--mw takes a number/],
    ['site --mw 100 --pue 0.9', /--pue is 0.9; it must be from 1 to 3/],
    ['site --mw 100 --difficulty 0', /difficulty is 0; it must be above 0/],
    ['site --mw 100 --eps -1', /eps is -1; it must be from 0/],
    ['site --mw 100 --years 0', /--years is 0; it must be above 0 to 60 years/],
    ['site --mw 100000 --jth 0.1', /hashRateEhs is .* ten times the network\n {2}set it with --mw, --jth and --pue/],
    ['site --mw 100 --height -1', /height is -1/],
    ['site --mw 100 --height 1.5', /height is 1.5/],
    ['site --mw 100 --fees 100%', /--fees is 1/],
    ['site --mw 100 --date 2024-01-01', /sets: 2025-12-25, 2026-06-30, 2026-10-10/],
    ['site --mw 100 --process none', /presets: default/],
    ['site --mw 100 --paths 1', /--paths takes a whole number from 2/],
    ['hashprice --difficulty 0', /difficulty is 0; it must be above 0/],
    ['hashprice --price -1', /--price is -1; it must be above 0/],
    ['hashprice --realised 0', /--realised is 0; it must be/],
    ['history --prices nowhere.csv', /cannot read nowhere.csv/],
    ['history --from 2020', /--from takes a month yyyy-mm/],
    ['history --from 2030-01', /no month is left to show/],
    ['paths --years 0', /years is 0; it must be above 0/],
    ['paths --volatility 9', /--volatility is 9; it must be from 0 to 5/],
    ['paths --n 1000000 --years 100', /more than fit in memory/],
    ['paths --process 2016', /presets: default/],
    ['exit scenarios/zaporizhzhia.yaml --prices 0', /--prices is 0; it must be from/],
    ['exit', /missing required argument/],
    ['exit nowhere.yaml', /cannot read nowhere.yaml/],
    ['exit scenarios/bill_and_jack.yaml', /has no mining venture/],
  ];

  it.each(CASES)('mining %s', async (line, message) => {
    const { code, out, err } = await hashpact(`mining ${line}`);
    expect(err).toMatch(message);
    expect(err).not.toContain('internal error');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('a price file with a hole, by its line', async () => {
    const file = written('hole.csv', 'month,close\n2020-01,1\n2020-03,2\n');
    const { code, err } = await hashpact(['mining', 'history', '--prices', file]);
    expect(err).toMatch(
      /line 3 is 2020-03; it must be the month after 2020-01\n {2}a price file is CSV with the columns/,
    );
    expect(code).toBe(2);
  });
});

describe('the help of hashpact mining', () => {
  it.each(['site', 'hashprice', 'history', 'paths', 'exit'])(
    '%s shows an example that names the command',
    async (name) => {
      const { code, out } = await hashpact(`mining ${name} --help`);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`Examples:\\n {2}hashpact mining ${name}`));
    },
  );
});
