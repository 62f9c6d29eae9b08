/** One machine's day, and the network's power: the arithmetic of miners' calculators, kept to check ours against theirs. */
import { requireInRange } from '../inputError.ts';
import { hashvalueRealisedBtcPerPhDay } from '../revenue.ts';

export interface MinerDay {
  revenueBtc: number;
  revenueUsd: number;
  electricityUsd: number;
  /** Straight line over the life. */
  machineUsd: number;
  /** Bitcoin prices at which the day breaks even, on cash and in full; never mix the two. */
  shutdownPriceUsd: { cash: number; full: number };
}

/** Source: the engine tests of libai663106-maker/bitcoin-mining-cost-model (MIT), vectors TV25 and TV26; years of 365 days. */
export const minerDay = (at: {
  hashRateTh: number;
  powerW: number;
  machinePriceUsd: number;
  lifeYears: number;
  networkEhs: number;
  subsidyBtc: number;
  feesBtcPerBlock: number;
  powerUsdPerKwh: number;
  priceUsd: number;
}): MinerDay => {
  const revenueBtc = (at.hashRateTh / 1000) * hashvalueRealisedBtcPerPhDay({ ...at, hashRateEhs: at.networkEhs });
  const electricityUsd = (at.powerW / 1000) * 24 * at.powerUsdPerKwh;
  const machineUsd = at.machinePriceUsd / (at.lifeYears * 365);
  return {
    revenueBtc,
    revenueUsd: revenueBtc * at.priceUsd,
    electricityUsd,
    machineUsd,
    shutdownPriceUsd: { cash: electricityUsd / revenueBtc, full: (electricityUsd + machineUsd) / revenueBtc },
  };
};

/** Bitcoin price at which the machine is paid back in so many days. */
export const targetPaybackPriceUsd = (at: { day: MinerDay; machinePriceUsd: number; days: number }): number =>
  (at.machinePriceUsd / requireInRange('days', at.days, { min: 0, max: 1e5, above: true, unit: 'days' }) +
    at.day.electricityUsd) /
  at.day.revenueBtc;

/** Electricity cost of one bitcoin from difficulty (Hayes' cost of production; TV11, TV36), $/BTC. */
export const electricityUsdPerBtc = (at: {
  difficulty: number;
  powerUsdPerKwh: number;
  efficiencyJPerTh: number;
  rewardBtc: number;
}): number => (at.difficulty * 4294967296 * at.efficiencyJPerTh * 1e-12 * at.powerUsdPerKwh) / (3.6e6 * at.rewardBtc);

/** Power of the whole network, GW, with overheads: 1.01 least, 1.10 guess, 1.20 most (Cambridge CBECI v1.4). */
export const networkPowerGw = (at: { hashRateEhs: number; efficiencyJPerTh: number; overhead: number }): number =>
  (at.hashRateEhs * at.efficiencyJPerTh * at.overhead) / 1000;

/** TWh in a year of 365.25 days at a steady power. */
export const yearlyTwh = (powerGw: number): number => (powerGw * 24 * 365.25) / 1000;

/** Hash rate that uses so much energy in so many hours at an efficiency, EH/s. */
export const hashRateEhsFromEnergy = (at: { energyTwh: number; hours: number; efficiencyJPerTh: number }): number =>
  (at.energyTwh * 1e6) / at.hours / at.efficiencyJPerTh;

/** Bitcoin mined per MW and year (vector TV29). */
export const btcPerMwYear = (at: { minedBtcPerYear: number; powerMw: number }): number =>
  at.minedBtcPerYear / at.powerMw;
