/**
 * One mining site judged on its own: what it earns today before and after its own weight on the network, and what it is worth over the years
 * at the trend of difficulty, with the price-taking answer side by side.
 */
import { DAYS_PER_YEAR, depreciationUsdPerMwh, shellUsd } from './costs/fleet.ts';
import { elasticOthers } from './network/elastic.ts';
import { hashRateEhsFromDifficulty } from './protocol.ts';
import {
  breakEvenPowerUsdPerMwh,
  type CashAndFull,
  costUsdPerBtc,
  HOURS_PER_DAY,
  hashpriceUsdPerPhDay,
  hashRateEhsFromPower,
  type MiningCost,
  minedBtcPerDay,
  revenueUsdPerMwh,
} from './revenue.ts';
import { type SiteInput, validateSite } from './siteInput.ts';
import { type Projection, projectSite } from './siteProjection.ts';

export interface SiteView {
  /** $/PH/day the site is paid. */
  hashpriceUsdPerPhDay: number;
  /** Share of the network, 0 to 1. */
  networkShare: number;
  networkEhs: number;
  minedBtcPerDay: number;
  /** After uptime and pool fee. */
  revenueUsdPerYear: number;
  /** Of a MWh used, after the pool's fee. */
  revenueUsdPerMwh: number;
  marginUsdPerMwh: CashAndFull;
  breakEvenPowerUsdPerMwh: CashAndFull;
  breakEvenPriceUsd: CashAndFull;
  projection: Projection;
}

export interface SiteEvaluation {
  input: SiteInput;
  /** Hash rate installed, and on average after downtime, which is what the network feels. */
  installedEhs: number;
  averageEhs: number;
  /** The network before the site. */
  networkBeforeEhs: number;
  hashpriceBeforeUsdPerPhDay: number;
  investmentUsd: { machines: number; shell: number };
  cost: MiningCost;
  /** Hashprice answers the site, others with elasticity eps. */
  ownImpact: SiteView;
  /** The textbook answer that leaves own impact out. */
  priceTaking: SiteView;
}

/** Throws MiningInputError naming the field and its range. */
export const evaluateSite = (input: SiteInput): SiteEvaluation => {
  validateSite(input);
  const networkBeforeEhs = hashRateEhsFromDifficulty(input.difficulty);
  const hashpriceBefore = hashpriceUsdPerPhDay(input);
  const installedEhs = hashRateEhsFromPower(input);
  const averageEhs = installedEhs * input.uptime;
  const machines = installedEhs * 1e6 * input.machinePriceUsdPerTh;
  const shell = shellUsd(input);
  const mwhPerYear = input.powerMw * HOURS_PER_DAY * DAYS_PER_YEAR * input.uptime;
  const cost: MiningCost = {
    powerUsdPerMwh: input.powerUsdPerMwh,
    otherOpexUsdPerMwh: input.otherOpexUsdPerMwh,
    depreciationUsdPerMwh: depreciationUsdPerMwh({
      investments: [
        { costUsd: machines, lifeYears: input.machineLifeYears },
        { costUsd: shell, lifeYears: input.shellLifeYears },
      ],
      mwhPerYear,
    }),
  };
  const impact = elasticOthers({
    baseHashprice: hashpriceBefore,
    baseEhs: networkBeforeEhs,
    newEhs: averageEhs,
    eps: input.eps,
  });
  const view = (hashprice: number, networkEhs: number, projection: Projection): SiteView => {
    const at = { ...input, hashpriceUsdPerPhDay: hashprice, hashvalueBtcPerPhDay: hashprice / input.priceUsd, cost };
    const revenue = revenueUsdPerMwh(at);
    const mined = minedBtcPerDay({ ...at, hashRateEhs: installedEhs });
    return {
      hashpriceUsdPerPhDay: hashprice,
      networkShare: averageEhs / networkEhs,
      networkEhs,
      minedBtcPerDay: mined,
      revenueUsdPerYear: mined * input.priceUsd * DAYS_PER_YEAR,
      revenueUsdPerMwh: revenue,
      marginUsdPerMwh: {
        cash: revenue - cost.powerUsdPerMwh - cost.otherOpexUsdPerMwh,
        full: revenue - cost.powerUsdPerMwh - cost.otherOpexUsdPerMwh - cost.depreciationUsdPerMwh,
      },
      breakEvenPowerUsdPerMwh: breakEvenPowerUsdPerMwh(at),
      breakEvenPriceUsd: costUsdPerBtc(at),
      projection,
    };
  };
  return {
    input,
    installedEhs,
    averageEhs,
    networkBeforeEhs,
    hashpriceBeforeUsdPerPhDay: hashpriceBefore,
    investmentUsd: { machines, shell },
    cost,
    ownImpact: view(impact.hashpriceUsdPerPhDay, impact.totalEhs, projectSite(input, true)),
    priceTaking: view(hashpriceBefore, networkBeforeEhs, projectSite(input, false)),
  };
};
