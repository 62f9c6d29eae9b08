/**
 * The site month by month at the trend of difficulty: one certain price path, others adjusting slowly and getting more efficient, halvings by
 * height, machines bought over the ramp and replaced when that is expected to pay.
 *
 * Timing: investment falls at a month's start, operating cash at its end. Shells are rebuilt at the end of their life; nothing is
 * resold. Old machines that lose cash are off; one that would only run in part stays off.
 */
import { exp, log1p } from '../domain/arith.ts';
import { irr, type RatesOfReturn } from './costs/capital.ts';
import { buyCohort, type Cohort, DAYS_PER_YEAR, deliveredMw, shellUsd, worthBuying } from './costs/fleet.ts';
import { efficiencyTrend, settleMonth } from './network/adjustment.ts';
import { BLOCKS_PER_DAY, BLOCKS_PER_HALVING, hashRateEhsFromDifficulty } from './protocol.ts';
import { HOURS_PER_DAY, hashpriceUsdPerPhDay, potUsdPerDay, revenueUsdPerMwh } from './revenue.ts';
import type { SiteInput } from './siteInput.ts';

export interface ProjectedMonth {
  month: number;
  hashpriceUsdPerPhDay: number;
  networkEhs: number;
  /** Running, after downtime. */
  siteEhs: number;
  revenueUsd: number;
  operatingUsd: number;
  investmentUsd: number;
  minedBtc: number;
  energyMwh: number;
}

export interface Projection {
  npvUsd: number;
  /** Of yearly cash flows, investment and operation netted by year. */
  irr: RatesOfReturn;
  /** Years until operating cash has repaid all investment up to then, replacements included; 'never' within the horizon. */
  paybackYears: number | 'never';
  levelisedCostUsdPerBtc: number | 'nothing mined';
  /** First month in which no machine runs though some are there, null when there is none. */
  darkMonth: number | null;
  months: ProjectedMonth[];
}

/** `closesUsd`: month-end bitcoin prices, month 0 first, in place of the input's price growing at its drift. */
export const projectSite = (input: SiteInput, ownImpact: boolean, closesUsd?: ArrayLike<number>): Projection => {
  const months = simulate(input, ownImpact, closesUsd);
  const perMonth = log1p(input.discountRate) / 12;
  let npvUsd = 0;
  let costPv = 0;
  let btcPv = 0;
  const yearly: number[] = new Array(Math.ceil(months.length / 12) + 1).fill(0);
  for (const m of months) {
    const start = exp(-perMonth * m.month);
    const end = exp(-perMonth * (m.month + 1));
    npvUsd += (m.revenueUsd - m.operatingUsd) * end - m.investmentUsd * start;
    costPv += m.operatingUsd * end + m.investmentUsd * start;
    btcPv += m.minedBtc * end;
    // Investment at the year's start, operation at its end: yearly flows from t = 0
    yearly[Math.floor(m.month / 12)] -= m.investmentUsd;
    yearly[Math.floor(m.month / 12) + 1] += m.revenueUsd - m.operatingUsd;
  }
  const dark = months.find((m) => m.siteEhs === 0 && m.month > 0);
  return {
    npvUsd,
    irr: irr(yearly),
    paybackYears: paybackYears(months, input.rampMonths),
    levelisedCostUsdPerBtc: btcPv > 0 ? costPv / btcPv : 'nothing mined',
    darkMonth: dark === undefined ? null : dark.month,
    months,
  };
};

/** First time, once the ramp is over, at which operating cash so far covers all investment so far, replacements included. */
const paybackYears = (months: readonly ProjectedMonth[], rampMonths: number): number | 'never' => {
  let open = 0;
  for (const m of months) {
    open += m.investmentUsd;
    const cash = m.revenueUsd - m.operatingUsd;
    if (m.month >= rampMonths - 1 && cash >= open) return (m.month + (open > 0 ? open / cash : 0)) / 12;
    open -= cash;
  }
  return 'never';
};

const simulate = (input: SiteInput, ownImpact: boolean, closesUsd?: ArrayLike<number>): ProjectedMonth[] => {
  const networkEhs = hashRateEhsFromDifficulty(input.difficulty);
  const calibrationHashprice = hashpriceUsdPerPhDay(input);
  const cashCost = input.powerUsdPerMwh + input.otherOpexUsdPerMwh;
  const hours = (HOURS_PER_DAY * DAYS_PER_YEAR) / 12;
  const machines = {
    efficiencyJPerTh: input.efficiencyJPerTh,
    priceUsdPerTh: input.machinePriceUsdPerTh,
    lifeYears: input.machineLifeYears,
    efficiencyProgress: input.efficiencyProgress,
    priceDecline: input.machinePriceDecline,
  };
  const shellMonths = Math.round(input.shellLifeYears * 12);
  let othersEhs = networkEhs;
  let hashprice = calibrationHashprice;
  let cohorts: Cohort[] = [];
  const months: ProjectedMonth[] = [];
  for (let month = 0; month < Math.round(input.horizonYears * 12); month++) {
    let investmentUsd = 0;
    const buy = (powerMw: number) => buyCohort({ machines, powerMw, pue: input.pue, month });
    const fresh = deliveredMw({ ...input, month });
    if (fresh > 0) {
      const cohort = buy(fresh);
      investmentUsd += cohort.costUsd;
      cohorts.push(cohort);
    }
    const rebuilt = month >= shellMonths ? deliveredMw({ ...input, month: month % shellMonths }) : 0;
    const dying = cohorts.filter((c) => c.diesMonth === month).reduce((mw, c) => mw + c.powerMw, 0);
    cohorts = cohorts.filter((c) => c.diesMonth > month);
    if (dying > 0) {
      const cohort = buy(dying);
      const terms = { ...input, cohort, hashpriceUsdPerPhDay: hashprice, cashCostUsdPerMwh: cashCost };
      if (worthBuying({ ...terms, hashpriceDecline: input.networkTrend, rate: log1p(input.discountRate) })) {
        cohorts.push(cohort);
        investmentUsd += cohort.costUsd;
      }
    }
    if (cohorts.length > 0) investmentUsd += shellUsd({ ...input, powerMw: month < shellMonths ? fresh : rebuilt });

    const years = (month + 1) / 12;
    const halvings =
      Math.floor((input.height + years * DAYS_PER_YEAR * BLOCKS_PER_DAY) / BLOCKS_PER_HALVING) -
      Math.floor(input.height / BLOCKS_PER_HALVING);
    const priceUsd = closesUsd?.[month] ?? input.priceUsd * exp(input.priceDrift * years);
    let subsidy = input.subsidyBtc;
    for (let i = 0; i < halvings; i++) subsidy /= 2;
    const pot = potUsdPerDay({ subsidyBtc: subsidy, feesBtcPerBlock: input.feesBtcPerBlock, priceUsd });
    const settle = (siteEhs: number) =>
      settleMonth({
        potUsdPerDay: pot,
        othersEhs,
        ventureEhs: ownImpact ? siteEhs : 0,
        calibrationOthersEhs: networkEhs,
        calibrationHashprice,
        efficiencyTrend: efficiencyTrend({ ratePerYear: input.networkTrend, years }),
        eps: input.eps,
        kappa: input.kappaPerMonth,
      });
    // Newest machines first: switch off the oldest until those that run pay their cash cost at the hashprice they cause.
    const running = cohorts.slice().sort((a, b) => a.efficiencyJPerTh - b.efficiencyJPerTh);
    const ehs = () => running.reduce((total, c) => total + c.hashRateEhs, 0) * input.uptime;
    const earns = (c: Cohort, price: number) =>
      revenueUsdPerMwh({ ...input, efficiencyJPerTh: c.efficiencyJPerTh, hashpriceUsdPerPhDay: price }) >= cashCost;
    let settled = settle(ehs());
    while (running.length > 0 && !earns(running[running.length - 1], settled.hashpriceUsdPerPhDay)) {
      running.pop();
      settled = settle(ehs());
    }
    othersEhs = settled.othersEhs;
    hashprice = settled.hashpriceUsdPerPhDay;
    const siteEhs = ehs();
    const energyMwh = running.reduce((total, c) => total + c.powerMw, 0) * hours * input.uptime;
    const revenueUsd = (siteEhs * 1000 * hashprice * (1 - input.poolFee) * DAYS_PER_YEAR) / 12;
    months.push({
      month,
      hashpriceUsdPerPhDay: hashprice,
      networkEhs: settled.totalEhs,
      siteEhs,
      revenueUsd,
      operatingUsd: energyMwh * cashCost,
      investmentUsd,
      minedBtc: revenueUsd / priceUsd,
      energyMwh,
    });
  }
  return months;
};
