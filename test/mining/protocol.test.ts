import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFromDay, dayFromDate, estimateDate, halvingCalendar, nextHalvings } from '../../src/mining/calendar.ts';
import { DEFAULTS, MARKET_SETS } from '../../src/mining/data/defaults.ts';
import {
  asicModels,
  difficultyEpochs,
  feeSharePoints,
  networkMonths,
  powerPrices,
} from '../../src/mining/data/read.ts';
import { MiningInputError } from '../../src/mining/inputError.ts';
import {
  bitsFromDifficulty,
  bitsFromTarget,
  blocksPerDay,
  difficultyFromBits,
  difficultyFromHashRateEhs,
  difficultyFromTarget,
  expectedHashesFromTarget,
  expectedHashesPerBlock,
  hashRateEhsFromDifficulty,
  retargetBits,
  subsidyBtc,
  subsidySatoshi,
  supplySatoshi,
  targetFromBits,
} from '../../src/mining/protocol.ts';

describe('bits, target and difficulty', () => {
  it('bits survive the round trip through the target', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0x008000, max: 0x7fffff }),
        fc.integer({ min: 0x13, max: 0x1d }),
        (mantissa, exponent) => {
          const bits = (exponent * 0x1000000 + mantissa) >>> 0;
          expect(bitsFromTarget(targetFromBits(bits))).toBe(bits);
          expect(difficultyFromTarget(targetFromBits(bits))).toBe(difficultyFromBits(bits));
          expect(bitsFromDifficulty(difficultyFromBits(bits))).toBe(bits);
        },
      ),
    );
  });

  it('every shipped epoch has the difficulty of its target and a target that fits in bits', () => {
    const epochs = difficultyEpochs();
    expect(epochs).toHaveLength(459);
    for (const epoch of epochs) {
      expect(bitsFromTarget(epoch.target), `epoch ${epoch.epoch}`).toBeGreaterThan(0);
      expect(targetFromBits(bitsFromTarget(epoch.target))).toBe(epoch.target);
      expect(Math.abs(difficultyFromTarget(epoch.target) / epoch.difficulty - 1)).toBeLessThan(5e-3);
      if (epoch.difficulty > 1e6)
        expect(difficultyFromTarget(epoch.target)).toBeCloseTo(epoch.difficulty, -Math.log10(epoch.difficulty) + 8);
      expect(subsidyBtc(epoch.firstHeight + 2015)).toBeLessThanOrEqual(epoch.subsidyBtc);
      expect(epoch.firstHeight).toBe(epoch.epoch * 2016);
    }
  });

  it('refuse what is no target', () => {
    expect(() => targetFromBits(0x1d80ffff)).toThrow(MiningInputError);
    expect(() => targetFromBits(0xff7fffff)).toThrow(MiningInputError);
    expect(() => targetFromBits(1.5)).toThrow(/bits is 1.5/);
    expect(() => difficultyFromBits(0)).toThrow(MiningInputError);
    expect(() => expectedHashesPerBlock(0)).toThrow(/difficulty is 0; it must be above 0/);
  });

  it('2^32 hashes per unit of difficulty are right to 1.6e-5', () => {
    const bits = 0x17053894;
    const exact = Number(expectedHashesFromTarget(targetFromBits(bits)));
    expect(Math.abs(expectedHashesPerBlock(difficultyFromBits(bits)) / exact - 1)).toBeLessThan(1.6e-5);
  });

  it('hash rate and difficulty undo each other, and a lagging difficulty makes blocks come faster', () => {
    expect(hashRateEhsFromDifficulty(difficultyFromHashRateEhs(1000))).toBeCloseTo(1000, 9);
    const difficulty = difficultyFromHashRateEhs(1000);
    expect(blocksPerDay({ hashRateEhs: 1340, difficulty })).toBeCloseTo(144 * 1.34, 9);
  });
});

describe('retarget', () => {
  it('moves the target by the time taken, within a factor of four', () => {
    const bits = 0x17053894;
    const target = Number(targetFromBits(bits));
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 2e7 }), (taken) => {
        const next = Number(targetFromBits(retargetBits({ bits, firstTimeUnix: 1e9, lastTimeUnix: 1e9 + taken })));
        const factor = Math.min(4, Math.max(0.25, taken / 1209600));
        expect(next / target).toBeLessThanOrEqual(factor * (1 + 1e-12));
        expect(next / target).toBeGreaterThan(factor * (1 - 2 ** -14));
      }),
    );
  });

  it('on-time blocks still raise difficulty by 1/2015, since only 2015 intervals are measured', () => {
    const bits = 0x17053894;
    const next = retargetBits({ bits, firstTimeUnix: 0, lastTimeUnix: 2015 * 600 });
    expect(difficultyFromBits(next) / difficultyFromBits(bits)).toBeCloseTo(2016 / 2015, 5);
  });
});

describe('subsidy and supply', () => {
  it('halves at each 210,000 blocks and ends', () => {
    expect([0, 209_999, 210_000, 840_000, 1_050_000].map(subsidyBtc)).toEqual([50, 50, 25, 3.125, 1.5625]);
    expect(subsidySatoshi(64 * 210_000)).toBe(0);
    expect(subsidySatoshi(33 * 210_000)).toBe(0);
    expect(subsidySatoshi(32 * 210_000)).toBe(1);
  });

  it('supply adds up to just under 21 million', () => {
    expect(supplySatoshi(0)).toBe(50e8);
    expect(supplySatoshi(210_000)).toBe(210_000 * 50e8 + 25e8);
    expect(supplySatoshi(1e8)).toBe(2_099_999_997_690_000);
  });
});

describe('the calendar', () => {
  it('puts the next halving on 12 April 2028 from the height of 10 October 2026', () => {
    expect(nextHalvings(1)[0]).toEqual({
      height: 1_050_000,
      subsidyAfterBtc: 1.5625,
      date: '2028-04-12',
      estimated: true,
    });
    expect(halvingCalendar(1).map((h) => h.date)).toEqual([
      '2012-11-28',
      '2016-07-09',
      '2020-05-11',
      '2024-04-20',
      '2028-04-12',
    ]);
    expect(estimateDate(970_748)).toBe('2026-10-10');
    expect(nextHalvings(100).length).toBe(28);
  });

  it('counts days as the Gregorian calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 200_000 }), (day) => {
        expect(dateFromDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(dayFromDate(dateFromDay(day))).toBe(day);
      }),
    );
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', 'soon'])
      expect(() => dayFromDate(wrong)).toThrow(/date/);
  });
});

describe('shipped data', () => {
  it('is complete, and holds no bitcoin price', () => {
    expect(networkMonths()).toHaveLength(150);
    expect(networkMonths().every((m) => m.difficulty > 0 && m.hashRateEhs > 0)).toBe(true);
    expect(Object.keys(networkMonths()[0])).toEqual(['month', 'difficulty', 'hashRateEhs', 'subsidyBtc']);
    expect(asicModels()).toHaveLength(107);
    expect(asicModels().every((m) => m.efficiencyJPerTh > 5)).toBe(true);
    expect(feeSharePoints()).toHaveLength(19);
    expect(feeSharePoints().every((p) => p.feeShareOfReward > 0 && p.feeShareOfReward < 0.3)).toBe(true);
    expect(powerPrices().length).toBeGreaterThan(6 * 120);
  });

  it('every default says where it comes from, or that it is an assumption inside its range', () => {
    const figures = [
      ...Object.entries(DEFAULTS),
      ...Object.values(MARKET_SETS).flatMap(({ date: _, ...set }) => Object.entries(set)),
    ];
    expect(figures.length).toBeGreaterThan(40);
    for (const [name, figure] of figures) {
      if ('source' in figure) expect(figure.source.length, name).toBeGreaterThan(3);
      else {
        expect(figure.assumption.length, name).toBeGreaterThan(5);
        expect(figure.range[0], name).toBeLessThanOrEqual(figure.value);
        expect(figure.range[1], name).toBeGreaterThanOrEqual(figure.value);
      }
    }
  });
});
