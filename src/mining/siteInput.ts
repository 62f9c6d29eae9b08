/** What `evaluateSite` needs to know, its defaults from a dated market set, and the door where bad numbers are turned away. */
import { dayFromDate } from './calendar.ts';
import { DEFAULT_MARKET, DEFAULTS, MARKET_SETS, type MarketDate } from './data/defaults.ts';
import { MiningInputError, type Range, requireInRange } from './inputError.ts';
import { hashRateEhsFromDifficulty, requireDifficulty, subsidyBtc } from './protocol.ts';
import { feesFromShare, hashRateEhsFromPower } from './revenue.ts';

export interface SiteInput {
  /** Drawn by the whole site, cooling included. */
  powerMw: number;
  efficiencyJPerTh: number;
  pue: number;
  uptime: number;
  poolFee: number;
  /** Date of the evaluation and of month 0. */
  date: string;
  height: number;
  difficulty: number;
  priceUsd: number;
  /** The price's growth in the projection, continuous a year. */
  priceDrift: number;
  subsidyBtc: number;
  feesBtcPerBlock: number;
  /** Elasticity of others' hash rate, 0 to Infinity. */
  eps: number;
  kappaPerMonth: number;
  /** Yearly rate at which a hash gets cheaper for everyone, continuous. */
  networkTrend: number;
  powerUsdPerMwh: number;
  otherOpexUsdPerMwh: number;
  machinePriceUsdPerTh: number;
  machineLifeYears: number;
  efficiencyProgress: number;
  machinePriceDecline: number;
  shellMusdPerMw: number;
  shellLifeYears: number;
  rampMonths: number;
  horizonYears: number;
  discountRate: number;
}

/** A complete input from the few figures given; the rest from the market set and the defaults. */
export const siteInput = (
  given: Partial<SiteInput> & { powerMw: number },
  market: MarketDate = DEFAULT_MARKET,
): SiteInput => {
  const set = MARKET_SETS[market];
  const height = given.height ?? set.height.value;
  const subsidy = given.subsidyBtc ?? subsidyBtc(height);
  const base: Omit<SiteInput, 'powerMw'> = {
    efficiencyJPerTh: DEFAULTS.efficiencyJPerTh.value,
    pue: DEFAULTS.pue.value,
    uptime: DEFAULTS.uptime.value,
    poolFee: DEFAULTS.poolFee.value,
    date: set.date,
    height,
    difficulty: set.difficulty.value,
    priceUsd: set.priceUsd.value,
    priceDrift: DEFAULTS.priceDrift.value,
    subsidyBtc: subsidy,
    feesBtcPerBlock: feesFromShare({ subsidyBtc: subsidy, feeShareOfReward: set.feeShareOfReward.value }),
    eps: DEFAULTS.eps.value,
    kappaPerMonth: DEFAULTS.kappaPerMonth.value,
    networkTrend: DEFAULTS.networkTrend.value,
    powerUsdPerMwh: DEFAULTS.powerUsdPerMwh.value,
    otherOpexUsdPerMwh: DEFAULTS.otherOpexUsdPerMwh.value,
    machinePriceUsdPerTh: DEFAULTS.machinePriceUsdPerTh.value,
    machineLifeYears: DEFAULTS.machineLifeYears.value,
    efficiencyProgress: DEFAULTS.efficiencyProgress.value,
    machinePriceDecline: DEFAULTS.machinePriceDecline.value,
    shellMusdPerMw: DEFAULTS.shellMusdPerMw.value,
    shellLifeYears: DEFAULTS.shellLifeYears.value,
    rampMonths: DEFAULTS.rampMonths.value,
    horizonYears: DEFAULTS.horizonYears.value,
    discountRate: DEFAULTS.discountRate.value,
  };
  return { ...base, ...given };
};

const RANGES: readonly (readonly [Exclude<keyof SiteInput, 'date' | 'eps' | 'difficulty' | 'height'>, Range])[] = [
  ['powerMw', { min: 0, max: 100_000, above: true, unit: 'MW' }],
  ['efficiencyJPerTh', { min: 0.1, max: 1e7, unit: 'J/TH' }],
  ['pue', { min: 1, max: 3, unit: '' }],
  ['uptime', { min: 0, max: 1, above: true, unit: '' }],
  ['poolFee', { min: 0, max: 0.5, unit: '' }],
  ['priceUsd', { min: 0, max: 1e9, above: true, unit: 'USD' }],
  ['priceDrift', { min: -2, max: 2, unit: 'a year' }],
  ['subsidyBtc', { min: 0, max: 50, unit: 'BTC' }],
  ['feesBtcPerBlock', { min: 0, max: 1000, unit: 'BTC' }],
  ['kappaPerMonth', { min: 0, max: 1, unit: 'a month' }],
  ['networkTrend', { min: -1, max: 2, unit: 'a year' }],
  ['powerUsdPerMwh', { min: -1000, max: 10_000, unit: '$/MWh' }],
  ['otherOpexUsdPerMwh', { min: 0, max: 10_000, unit: '$/MWh' }],
  ['machinePriceUsdPerTh', { min: 0, max: 1e6, unit: '$/TH' }],
  ['machineLifeYears', { min: 0.25, max: 20, unit: 'years' }],
  ['efficiencyProgress', { min: 0, max: 1, unit: 'a year' }],
  ['machinePriceDecline', { min: -1, max: 1, unit: 'a year' }],
  ['shellMusdPerMw', { min: 0, max: 100, unit: 'M$/MW' }],
  ['shellLifeYears', { min: 1, max: 100, unit: 'years' }],
  ['rampMonths', { min: 1, max: 120, unit: 'months' }],
  ['horizonYears', { min: 0, max: 60, above: true, unit: 'years' }],
  ['discountRate', { min: 0, max: 5, unit: 'a year' }],
];

/** A site this many times the whole network is a slip of the unit, not a plan. */
const MOST_TIMES_THE_NETWORK = 10;

export const validateSite = (input: SiteInput): void => {
  for (const [field, range] of RANGES) requireInRange(field, input[field], range);
  if (input.eps !== Infinity) requireInRange('eps', input.eps, { min: 0, max: Number.MAX_VALUE, unit: '' });
  requireDifficulty(input.difficulty);
  if (!Number.isInteger(input.height) || input.height < 0 || input.height > 1e7)
    throw new MiningInputError('height', input.height, 'a whole number from 0 to 10000000');
  if (!Number.isInteger(input.rampMonths))
    throw new MiningInputError('rampMonths', input.rampMonths, 'a whole number from 1 to 120 months');
  if (!(input.subsidyBtc + input.feesBtcPerBlock > 0))
    throw new MiningInputError('feesBtcPerBlock', input.feesBtcPerBlock, 'above 0 when there is no subsidy');
  dayFromDate(input.date);
  const most = MOST_TIMES_THE_NETWORK * hashRateEhsFromDifficulty(input.difficulty);
  const hashRateEhs = hashRateEhsFromPower(input);
  if (hashRateEhs > most)
    throw new MiningInputError(
      'hashRateEhs',
      hashRateEhs,
      `at most ${most.toPrecision(4)} EH/s, ten times the network`,
    );
};
