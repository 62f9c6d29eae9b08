/** What `hashpact mining site` can be told: every parameter of the site, the option that sets it, and what its default rests on. */
import { DEFAULTS, type Figure, MARKET_SETS, type MarketDate, type MarketSet } from '../../mining/data/defaults.ts';
import { requireInRange } from '../../mining/inputError.ts';
import { subsidyBtc } from '../../mining/protocol.ts';
import { feesFromShare } from '../../mining/revenue.ts';
import { type SiteInput, siteInput } from '../../mining/siteInput.ts';
import { Refusal } from '../console.ts';
import { elasticityOf, feesOf, numberOf, refusing } from './mining_numbers.ts';

export type Given = Readonly<Record<string, unknown>>;

/** A parameter as it is printed: value, unit, and where it comes from. */
export interface Parameter {
  readonly field: keyof SiteInput;
  readonly option: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly origin: 'given' | 'source' | 'assumption' | 'protocol';
  /** The source, or the assumption with its range; empty where the user gave the value. */
  readonly because: string;
}

interface Entry {
  readonly field: Exclude<keyof SiteInput, 'date' | 'subsidyBtc'>;
  readonly option: string;
  readonly label: string;
  readonly unit: string;
  readonly figure: (set: MarketSet) => Figure | undefined;
}

const entry = (
  field: Entry['field'],
  option: string,
  label: string,
  unit: string,
  figure: (set: MarketSet) => Figure | undefined,
): Entry => ({ field, option, label, unit, figure });

const ENTRIES: readonly Entry[] = [
  entry('powerMw', '--mw', 'power of the site, cooling included', 'MW', () => undefined),
  entry('efficiencyJPerTh', '--jth', 'efficiency of the machines', 'J/TH', () => DEFAULTS.efficiencyJPerTh),
  entry('pue', '--pue', 'site power over machine power', '', () => DEFAULTS.pue),
  entry('uptime', '--uptime', 'share of hours in which machines run', '', () => DEFAULTS.uptime),
  entry('poolFee', '--pool-fee', 'pool fee', 'of revenue', () => DEFAULTS.poolFee),
  entry('priceUsd', '--price', 'bitcoin price', 'USD', (set) => set.priceUsd),
  entry('difficulty', '--difficulty', 'difficulty', '', (set) => set.difficulty),
  entry('height', '--height', 'height of the chain', 'blocks', (set) => set.height),
  entry('feesBtcPerBlock', '--fees', 'fees', 'BTC a block', (set) => set.feeShareOfReward),
  entry('eps', '--eps', 'elasticity of the others’ hash rate', '', () => DEFAULTS.eps),
  entry('kappaPerMonth', '--kappa', 'part of the gap the others close', 'a month', () => DEFAULTS.kappaPerMonth),
  entry('networkTrend', '--trend', 'growth of hashes per dollar', 'a year', () => DEFAULTS.networkTrend),
  entry('priceDrift', '--drift', 'growth of the bitcoin price', 'a year', () => DEFAULTS.priceDrift),
  entry('powerUsdPerMwh', '--power-cost', 'cost of power', '$/MWh', () => DEFAULTS.powerUsdPerMwh),
  entry('otherOpexUsdPerMwh', '--opex', 'other operating cost', '$/MWh', () => DEFAULTS.otherOpexUsdPerMwh),
  entry('machinePriceUsdPerTh', '--machine-price', 'price of machines', '$/TH', () => DEFAULTS.machinePriceUsdPerTh),
  entry('machineLifeYears', '--life', 'life of machines', 'years', () => DEFAULTS.machineLifeYears),
  entry(
    'machinePriceDecline',
    '--machine-decline',
    'fall of machine prices',
    'a year',
    () => DEFAULTS.machinePriceDecline,
  ),
  entry('efficiencyProgress', '--progress', 'fall of new machines’ J/TH', 'a year', () => DEFAULTS.efficiencyProgress),
  entry('shellMusdPerMw', '--shell', 'housing', 'M$/MW', () => DEFAULTS.shellMusdPerMw),
  entry('shellLifeYears', '--shell-life', 'life of the housing', 'years', () => DEFAULTS.shellLifeYears),
  entry('rampMonths', '--ramp', 'months until all machines stand', 'months', () => DEFAULTS.rampMonths),
  entry('horizonYears', '--years', 'horizon', 'years', () => DEFAULTS.horizonYears),
  entry('discountRate', '--discount', 'discount rate', 'a year', () => DEFAULTS.discountRate),
];

/** Which option sets which field, for refusals. */
export const OPTION_OF: Readonly<Record<string, string>> = Object.fromEntries([
  ...ENTRIES.map(({ field, option }) => [field, option]),
  ['hashRateEhs', '--mw, --jth and --pue'],
  ['feeShareOfReward', '--fees'],
  ['paths', '--paths'],
  ['seed', '--seed'],
  ['months', '--years'],
]);

export const MARKET_DATES = Object.keys(MARKET_SETS) as MarketDate[];

export function marketDateOf(given: unknown): MarketDate {
  const found = MARKET_DATES.find((date) => date === given);
  if (found === undefined) {
    throw new Refusal(
      `--date ${String(given)} names no dated market set`,
      `sets: ${MARKET_DATES.join(', ')}; single figures by --price, --difficulty, --fees, --height`,
    );
  }
  return found;
}

export const camel = (option: string): string =>
  option.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The site from the command's options, and every parameter with its origin. */
export function siteParameters(given: Given): { input: SiteInput; parameters: readonly Parameter[] } {
  const date = marketDateOf(given['date']);
  const set = MARKET_SETS[date];
  const numbers: Partial<Record<Entry['field'], number>> = {};
  for (const { field, option } of ENTRIES) {
    const text = given[camel(option)];
    if (typeof text !== 'string' || field === 'feesBtcPerBlock') continue;
    numbers[field] = field === 'eps' ? elasticityOf(option, text) : numberOf(option, text);
  }
  return refusing(OPTION_OF, () => {
    const height = requireWhole(numbers.height ?? set.height.value);
    const subsidy = subsidyBtc(height);
    if (typeof given['fees'] === 'string') {
      const fees = feesOf('--fees', given['fees']);
      numbers.feesBtcPerBlock =
        'btcPerBlock' in fees
          ? fees.btcPerBlock
          : feesFromShare({ subsidyBtc: subsidy, feeShareOfReward: fees.shareOfReward });
    }
    const input = siteInput({ ...numbers, powerMw: numbers.powerMw ?? Number.NaN, height }, date);
    const parameters = ENTRIES.map(({ field, option, label, unit, figure }): Parameter => {
      const value = input[field];
      const shown = { field, option, label, value, unit };
      if (numbers[field] !== undefined) return { ...shown, origin: 'given', because: '' };
      return { ...shown, ...restsOn(figure(set), field === 'feesBtcPerBlock') };
    });
    const minted: Parameter = {
      field: 'subsidyBtc',
      option: '--height',
      label: 'subsidy at that height',
      value: input.subsidyBtc,
      unit: 'BTC a block',
      origin: 'protocol',
      because: 'consensus: 50 BTC halved every 210,000 blocks',
    };
    const at = parameters.findIndex(({ field }) => field === 'feesBtcPerBlock');
    return { input, parameters: [...parameters.slice(0, at), minted, ...parameters.slice(at)] };
  });
}

/** A figure's evidence in words. Fees rest on a share of the reward, which is said. */
export function restsOn(figure: Figure | undefined, asShare = false): Pick<Parameter, 'origin' | 'because'> {
  if (figure === undefined) return { origin: 'given', because: '' };
  const share = asShare ? `${percent(figure.value)} % of the reward; ` : '';
  if ('source' in figure) return { origin: 'source', because: share + figure.source };
  const [low, high] = figure.range;
  const range = asShare ? `${percent(low)} to ${percent(high)} %` : `${low} to ${high}`;
  return { origin: 'assumption', because: `${share}${figure.assumption} [${range}]` };
}

const percent = (share: number): string => String(Number((100 * share).toPrecision(4)));

const requireWhole = (height: number): number => {
  requireInRange('height', height, { min: 0, max: 1e7, unit: 'blocks' });
  return height;
};
