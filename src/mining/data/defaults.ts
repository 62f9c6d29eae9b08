/**
 * The dated market sets and the default figures of the model. Every figure carries its unit and either its source or the plain statement
 * that it is an assumption with the range worth sweeping. Reports print them as they stand here.
 */
export type Figure =
  | { value: number; unit: string; source: string }
  | { value: number; unit: string; assumption: string; range: readonly [number, number] };

export type MarketDate = '2025-12-25' | '2026-06-30' | '2026-10-10';

export interface MarketSet {
  date: MarketDate;
  difficulty: Figure;
  priceUsd: Figure;
  /** Fees' share of subsidy and fees together. */
  feeShareOfReward: Figure;
  height: Figure;
}

const cited = (value: number, unit: string, source: string): Figure => ({ value, unit, source });
const assumed = (value: number, unit: string, range: readonly [number, number], assumption: string): Figure => ({
  value,
  unit,
  assumption,
  range,
});

const CHAIN = 'chain: difficulty_epochs.csv';
const LIBAI = 'libai663106-maker/bitcoin-mining-cost-model, market.json of 2026-10-10 (MIT)';

export const MARKET_SETS: Readonly<Record<MarketDate, MarketSet>> = {
  '2025-12-25': {
    date: '2025-12-25',
    difficulty: cited(148.26e12, '', `${CHAIN}, epoch 461`),
    priceUsd: assumed(
      87_245,
      'USD',
      [87_150, 87_250],
      'the own-impact table prints $87.2k; this value reproduces every one of its digits',
    ),
    feeShareOfReward: assumed(
      0.0051,
      '',
      [0.0048, 0.0055],
      'between Braiins 2025-12-13 (0.48 %) and Hashrate Index 2026-01-12 (0.55 %); printed as 0.5 %',
    ),
    height: cited(929_376, 'blocks', `${CHAIN}, epoch 461 starts within a day`),
  },
  '2026-06-30': {
    date: '2026-06-30',
    difficulty: cited(124.9e12, '', `${CHAIN}, epoch 473`),
    priceUsd: cited(58_500, 'USD', 'month-end close, rounded'),
    feeShareOfReward: cited(0.0066, '', 'fee_share_points.csv, May 2026'),
    height: assumed(956_016, 'blocks', [955_700, 956_300], '17 days at 144 blocks after epoch 473 began'),
  },
  '2026-10-10': {
    date: '2026-10-10',
    difficulty: cited(132.716e12, '', LIBAI),
    priceUsd: cited(82_826, 'USD', LIBAI),
    feeShareOfReward: assumed(
      0.0064,
      '',
      [0.004, 0.05],
      'about 0.6 %, the level of 2025-26, and inside what the own-impact table needs; 22 % in December 2023',
    ),
    height: cited(970_748, 'blocks', LIBAI),
  },
};

export const DEFAULT_MARKET: MarketDate = '2026-10-10';

const CAMBRIDGE = 'Cambridge Digital Mining Industry Report 2025';

/** Names carry their unit; rates are fractions a year unless they say otherwise. */
export const DEFAULTS = {
  efficiencyJPerTh: cited(15, 'J/TH', 'Bitmain Antminer S21 Pro (asic_models.csv)'),
  worldEfficiencyJPerTh: cited(28.2, 'J/TH', CAMBRIDGE),
  pue: assumed(1.05, '', [1.03, 1.2], 'hydro or immersion cooling; Cambridge guesses 1.10 for the world'),
  uptime: assumed(0.95, '', [0.85, 0.99], 'share of hours the machines run when they are meant to'),
  poolFee: assumed(0.01, '', [0, 0.04], 'default of common calculators; full pay-per-share pools ask 2 to 4 %'),
  machinePriceUsdPerTh: assumed(15, '$/TH', [4, 25.7], 'between old hydro stock (4) and the newest machines (25)'),
  machineLifeYears: assumed(4, 'years', [3, 5], 'between IEEE 2016 (3) and CBECI (5)'),
  efficiencyProgress: assumed(0.2, 'a year', [0.1, 0.24], 'fleet mean improved 24 % in 2024 (Cambridge)'),
  machinePriceDecline: assumed(0.2, 'a year', [0, 0.4], 'machines get cheaper per TH about as they get better'),
  shellMusdPerMw: assumed(0.4, 'M$/MW', [0.16, 0.7], 'from Kalinin (0.16) to large new sites'),
  shellLifeYears: assumed(15, 'years', [10, 25], 'industrial building'),
  rampMonths: assumed(12, 'months', [3, 36], 'a third of the world network is not delivered in a quarter'),
  powerUsdPerMwh: cited(45, '$/MWh', `${CAMBRIDGE}: median power cost`),
  otherOpexUsdPerMwh: cited(10.5, '$/MWh', `${CAMBRIDGE}: all-in 55.5 less power 45`),
  nuclearCostUsdPerMwh: cited(32, '$/MWh', 'United States all-in 31.6 (multi-unit, 2016) to 33.9 (NEI)'),
  nuclearFuelUsdPerMwh: assumed(8, '$/MWh', [5, 12], 'fuel is the variable part; dispatch looks at it alone'),
  capacityFactor: assumed(0.76, '', [0.6, 0.9], '38 TWh a year of 5,700 MW'),
  restartUsdPerKw: assumed(600, '$/kW', [250, 1900], 'no public estimate for this plant'),
  firstUnitMonths: assumed(9, 'months', [3, 24], 'after a ceasefire'),
  unitIntervalMonths: assumed(3, 'months', [2, 12], 'one unit after another'),
  lineCapMw: assumed(5300, 'MW', [1000, 5700], 'lines repaired; 1,000 MW with one live line'),
  exportCapMw: assumed(2100, 'MW', [0, 2450], 'corridor towards the European Union'),
  exportEurPerMwh: cited(100, 'EUR/MWh', 'Ember, CC BY 4.0: PL, SK, HU, RO 100 to 105 in 2025'),
  eps: assumed(1, '', [0, 8], "elasticity of others' hash rate in the first year"),
  epsLater: assumed(4, '', [1, 20], 'the same from year 3'),
  kappaPerMonth: assumed(0.09, 'a month', [0.05, 0.15], 'speed at which others adjust; weakly estimated'),
  networkTrend: cited(0.2, 'a year', 'hashprice fell 22 to 37 % a year in every window 2017..2024 to 2026'),
  priceDrift: assumed(0.05, 'a year', [0, 0.1], 'history is no forecast'),
  priceVolatility: assumed(
    0.5,
    'a year',
    [0.42, 0.68],
    'diffusion part; daily closes 2016 to 2026 gave .42 to .68 in all',
  ),
  jumpsPerYear: assumed(12, 'a year', [0, 52], 'readable preset'),
  jumpMean: assumed(0, '', [-0.05, 0.02], 'log size'),
  jumpDeviation: assumed(0.09, '', [0.05, 0.15], 'log size'),
  discountRate: assumed(0.12, 'a year', [0.08, 0.2], 'mining 12 to 20 %, regulated nuclear 8 to 10 %'),
  hazardPerYear: assumed(0.15, 'a year', [0.05, 0.3], 'no source gives one for this case'),
  monitorDetection: assumed(0.8, '', [0.6, 0.95], 'chance that diversion is noticed'),
  horizonYears: assumed(15, 'years', [5, 30], 'life of the shell'),
} as const satisfies Readonly<Record<string, Figure>>;
