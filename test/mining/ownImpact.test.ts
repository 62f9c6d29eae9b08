import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKET_SETS, type MarketDate } from '../../src/mining/data/defaults.ts';
import { elasticOthers } from '../../src/mining/network/elastic.ts';
import { potUsdPerDay } from '../../src/mining/revenue.ts';
import { evaluateSite } from '../../src/mining/site.ts';
import { siteInput } from '../../src/mining/siteInput.ts';

/** The conventions of the table: 15 J/TH, PUE 1.05, no downtime, no pool fee, 365 days. */
const site = (powerMw: number, eps: number, market: MarketDate) =>
  evaluateSite(
    siteInput({ powerMw, eps, efficiencyJPerTh: 15, pue: 1.05, uptime: 1, poolFee: 0, horizonYears: 1 }, market),
  );

describe('own-impact table of 25 December 2025', () => {
  // MW | EH/s | share % | hashprice at eps 0, 1, 4, infinity | $/MWh at 0, 1, infinity | $bn a year at 0, 1, infinity
  const rows = [
    [950, '60', '5.4', ['35.2', '36.1', '36.8', '37.2'], ['93', '96', '98'], ['0.77', '0.80', '0.82']],
    [1900, '121', '10.2', ['33.4', '35.1', '36.3', '37.2'], ['88', '93', '98'], ['1.47', '1.55', '1.64']],
    [2850, '181', '14.6', ['31.8', '34.1', '35.9', '37.2'], ['84', '90', '98'], ['2.10', '2.26', '2.46']],
    [5700, '362', '25.4', ['27.7', '31.4', '34.5', '37.2'], ['73', '83', '98'], ['3.66', '4.15', '4.91']],
  ] as const;

  for (const [mw, ehs, share, hashprices, perMwh, billions] of rows)
    it(`${mw} MW to its printed digits`, () => {
      const at = (eps: number) => site(mw, eps, '2025-12-25');
      expect(at(0).installedEhs.toFixed(0)).toBe(ehs);
      expect((100 * at(0).ownImpact.networkShare).toFixed(1)).toBe(share);
      expect([0, 1, 4, Infinity].map((eps) => at(eps).ownImpact.hashpriceUsdPerPhDay.toFixed(1))).toEqual(hashprices);
      expect([0, 1, Infinity].map((eps) => at(eps).ownImpact.revenueUsdPerMwh.toFixed(0))).toEqual(perMwh);
      expect([0, 1, Infinity].map((eps) => (at(eps).ownImpact.revenueUsdPerYear / 1e9).toFixed(2))).toEqual(billions);
    });

  it('starts from 1,061 EH/s and 37.2 $/PH/day', () => {
    const base = site(950, 0, '2025-12-25');
    expect(base.networkBeforeEhs.toFixed(0)).toBe('1061');
    expect(base.hashpriceBeforeUsdPerPhDay.toFixed(1)).toBe('37.2');
    expect((potUsdPerDay({ ...base.input }) / 1e6).toFixed(1)).toBe('39.5');
    expect((base.input.priceUsd / 1000).toFixed(1)).toBe('87.2');
    expect((100 * MARKET_SETS['2025-12-25'].feeShareOfReward.value).toFixed(1)).toBe('0.5');
  });

  it.each([
    ['2026-06-30', '29.6', ['2.79', '3.20', '3.92']],
    ['2026-10-10', '39.5', ['3.78', '4.32', '5.22']],
  ] as const)('%s: 5,700 MW to its printed digits', (date, before, billions) => {
    expect(MARKET_SETS[date].date).toBe(date);
    expect(site(5700, 0, date).hashpriceBeforeUsdPerPhDay.toFixed(1)).toBe(before);
    expect([0, 1, Infinity].map((eps) => (site(5700, eps, date).ownImpact.revenueUsdPerYear / 1e9).toFixed(2))).toEqual(
      billions,
    );
  });
});

describe('elastic others', () => {
  const base = fc.record({
    baseHashprice: fc.double({ min: 1, max: 500, noNaN: true }),
    baseEhs: fc.double({ min: 1, max: 5000, noNaN: true }),
    share: fc.double({ min: 0.0001, max: 0.9, noNaN: true }),
  });

  it('leave hashprice times hash rate equal to the pot, and satisfy their own law', () => {
    fc.assert(
      fc.property(base, fc.double({ min: 0, max: 50, noNaN: true }), (b, eps) => {
        const after = elasticOthers({ ...b, newEhs: b.share * b.baseEhs, eps });
        expect(after.hashpriceUsdPerPhDay * after.totalEhs).toBeCloseTo(b.baseHashprice * b.baseEhs, 6);
        const law = b.baseEhs * (after.hashpriceUsdPerPhDay / b.baseHashprice) ** eps;
        expect(after.othersEhs / law).toBeCloseTo(1, 9);
      }),
    );
  });

  it('pay more the more elastic they are, and less the larger the newcomer', () => {
    fc.assert(
      fc.property(
        base,
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (b, eps, more) => {
          const newEhs = b.share * b.baseEhs;
          const price = (e: number, n: number) => elasticOthers({ ...b, newEhs: n, eps: e }).hashpriceUsdPerPhDay;
          expect(price(eps + more, newEhs)).toBeGreaterThan(price(eps, newEhs));
          expect(price(eps, newEhs * (1 + more))).toBeLessThan(price(eps, newEhs));
        },
      ),
    );
  });

  it('approach price taking, one hash out for each hash in, as elasticity grows', () => {
    fc.assert(
      fc.property(base, (b) => {
        const newEhs = b.share * b.baseEhs;
        const free = elasticOthers({ ...b, newEhs, eps: Infinity });
        const steep = elasticOthers({ ...b, newEhs, eps: 1e7 });
        expect(free.hashpriceUsdPerPhDay).toBe(b.baseHashprice);
        expect(free.othersEhs / b.baseEhs).toBeCloseTo(1 - b.share, 9);
        expect(steep.hashpriceUsdPerPhDay / b.baseHashprice).toBeCloseTo(1, 5);
      }),
    );
  });

  it('cannot hold the price against a newcomer larger than the whole network', () => {
    const after = elasticOthers({ baseHashprice: 40, baseEhs: 1000, newEhs: 2000, eps: Infinity });
    expect(after).toMatchObject({ hashpriceUsdPerPhDay: 20, othersEhs: 0, share: 1 });
  });
});
