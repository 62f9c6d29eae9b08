/**
 * A site's machines over time: delivered over a ramp, dead after their life, replaced only if the new ones are expected to earn their price.
 * Machines improve: J/TH and $/TH of what is bought in month m fall at yearly rates. Source: fleet rules of the venture model.
 */
import { exp } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';
import { HOURS_PER_DAY, hashRateEhsFromPower, revenueUsdPerMwh } from '../revenue.ts';
import { capitalRecoveryFactor } from './capital.ts';

export interface Machines {
  efficiencyJPerTh: number;
  priceUsdPerTh: number;
  lifeYears: number;
  /** Yearly decline of J/TH of new machines, continuous. */
  efficiencyProgress: number;
  /** Yearly decline of $/TH of new machines, continuous. */
  priceDecline: number;
}

/** Power whose machines were bought together. */
export interface Cohort {
  powerMw: number;
  boughtMonth: number;
  diesMonth: number;
  efficiencyJPerTh: number;
  hashRateEhs: number;
  costUsd: number;
}

/** Months are counted from 0; a machine dies at the start of diesMonth. */
export const buyCohort = (at: { machines: Machines; powerMw: number; pue: number; month: number }): Cohort => {
  const years = at.month / 12;
  const efficiencyJPerTh = at.machines.efficiencyJPerTh * exp(-at.machines.efficiencyProgress * years);
  const hashRateEhs = hashRateEhsFromPower({ powerMw: at.powerMw, pue: at.pue, efficiencyJPerTh });
  return {
    powerMw: at.powerMw,
    boughtMonth: at.month,
    diesMonth: at.month + Math.max(1, Math.round(at.machines.lifeYears * 12)),
    efficiencyJPerTh,
    hashRateEhs,
    // 1 EH/s is a million TH/s
    costUsd: hashRateEhs * 1e6 * at.machines.priceUsdPerTh * exp(-at.machines.priceDecline * years),
  };
};

/** MW delivered in a month: equal parts over the ramp. */
export const deliveredMw = (at: { powerMw: number; rampMonths: number; month: number }): number =>
  at.month >= 0 && at.month < at.rampMonths ? at.powerMw / at.rampMonths : 0;

/**
 * Is the cohort expected to earn back its price? Hashprice is expected to fall at `hashpriceDecline` a year from today's; a month counts
 * only while it pays its cash cost, and months are discounted at the yearly `rate`.
 */
export const worthBuying = (at: {
  cohort: Cohort;
  pue: number;
  hashpriceUsdPerPhDay: number;
  hashpriceDecline: number;
  cashCostUsdPerMwh: number;
  uptime: number;
  poolFee: number;
  rate: number;
}): boolean => {
  const { cohort } = at;
  const revenue = revenueUsdPerMwh({ ...at, efficiencyJPerTh: cohort.efficiencyJPerTh });
  const mwhPerMonth = (cohort.powerMw * HOURS_PER_DAY * DAYS_PER_YEAR * at.uptime) / 12;
  let value = 0;
  for (let m = 0; m < cohort.diesMonth - cohort.boughtMonth; m++) {
    const margin = revenue * exp((-at.hashpriceDecline * m) / 12) - at.cashCostUsdPerMwh;
    if (margin <= 0) break;
    value += margin * mwhPerMonth * exp((-at.rate * (m + 1)) / 12);
  }
  return value >= cohort.costUsd;
};

/** Buildings and cooling, $ for so many MW at $M/MW. */
export const shellUsd = (at: { powerMw: number; shellMusdPerMw: number }): number =>
  at.powerMw * requireInRange('shellMusdPerMw', at.shellMusdPerMw, { min: 0, max: 100, unit: 'M$/MW' }) * 1e6;

export interface Investment {
  costUsd: number;
  lifeYears: number;
}

/** Straight-line write-off of investments per MWh used in a year: the accountant's full-cost line. */
export const depreciationUsdPerMwh = (at: { investments: readonly Investment[]; mwhPerYear: number }): number =>
  at.investments.reduce((total, { costUsd, lifeYears }) => total + costUsd / lifeYears, 0) / at.mwhPerYear;

/** The same with interest: a level yearly payment by the capital recovery factor. */
export const capitalChargeUsdPerMwh = (at: {
  investments: readonly Investment[];
  mwhPerYear: number;
  rate: number;
}): number =>
  at.investments.reduce(
    (total, { costUsd, lifeYears }) => total + costUsd * capitalRecoveryFactor({ rate: at.rate, years: lifeYears }),
    0,
  ) / at.mwhPerYear;

export const DAYS_PER_YEAR = 365;
