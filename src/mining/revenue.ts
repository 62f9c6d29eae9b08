/**
 * What hashing earns. Convention: hashprice and hashvalue divide by the hash rate that the *difficulty* implies, as Hashrate Index does; some
 * sites divide by realised hash rate, which is the named alternative here (the two differed by 12 % in vector TV20).
 */
import { requireInRange } from './inputError.ts';
import { BLOCKS_PER_DAY, expectedHashesPerBlock, SECONDS_PER_DAY } from './protocol.ts';

export const HOURS_PER_DAY = 24;

export interface BlockReward {
  subsidyBtc: number;
  feesBtcPerBlock: number;
}

/** Fees per block (BTC) from their share of the whole reward, 0 <= share < 1: the convention of fee_share_points.csv. */
export const feesFromShare = (at: { subsidyBtc: number; feeShareOfReward: number }): number => {
  requireInRange('feeShareOfReward', at.feeShareOfReward, { min: 0, max: 0.999, unit: '' });
  return (at.subsidyBtc * at.feeShareOfReward) / (1 - at.feeShareOfReward);
};

/** Hashvalue, BTC per PH/s and day at a difficulty. */
export const hashvalueBtcPerPhDay = (at: BlockReward & { difficulty: number }): number =>
  ((at.subsidyBtc + at.feesBtcPerBlock) * SECONDS_PER_DAY * 1e15) / expectedHashesPerBlock(at.difficulty);

/** The same divided by realised hash rate (the other convention). */
export const hashvalueRealisedBtcPerPhDay = (
  at: BlockReward & { hashRateEhs: number; blocksPerDay?: number },
): number =>
  ((at.subsidyBtc + at.feesBtcPerBlock) * (at.blocksPerDay ?? BLOCKS_PER_DAY)) /
  (1000 * requireInRange('hashRateEhs', at.hashRateEhs, { min: 0, max: 1e9, above: true, unit: 'EH/s' }));

/** Hashprice, $ per PH/s and day. */
export const hashpriceUsdPerPhDay = (at: BlockReward & { difficulty: number; priceUsd: number }): number =>
  hashvalueBtcPerPhDay(at) * at.priceUsd;

export const hashpriceRealisedUsdPerPhDay = (
  at: BlockReward & { hashRateEhs: number; priceUsd: number; blocksPerDay?: number },
): number => hashvalueRealisedBtcPerPhDay(at) * at.priceUsd;

/** $ per TH/s and day. */
export const perThDay = (perPhDay: number): number => perPhDay / 1000;

/** What all miners earn together, $/day. */
export const potUsdPerDay = (at: BlockReward & { priceUsd: number; blocksPerDay?: number }): number =>
  (at.subsidyBtc + at.feesBtcPerBlock) * at.priceUsd * (at.blocksPerDay ?? BLOCKS_PER_DAY);

export interface Rig {
  /** J/TH at the machine. */
  efficiencyJPerTh: number;
  /** Site power over machine power, >= 1. */
  pue: number;
}

/** Hash rate of so many MW: MW / (PUE x J/TH), since 1 J/TH is 1 MW per EH/s. 5,700 MW at 15 J/TH and PUE 1.05 is 361.9 EH/s. */
export const hashRateEhsFromPower = (at: Rig & { powerMw: number }): number =>
  at.powerMw / (at.pue * at.efficiencyJPerTh);

/** Mined coin a day after downtime and the pool's fee. */
export const minedBtcPerDay = (at: {
  hashRateEhs: number;
  hashvalueBtcPerPhDay: number;
  uptime: number;
  poolFee: number;
}): number => 1000 * at.hashRateEhs * at.hashvalueBtcPerPhDay * at.uptime * (1 - at.poolFee);

/** Revenue of a MWh spent on mining, before the pool's fee unless it is given; uptime does not matter, since what is off draws nothing. */
export const revenueUsdPerMwh = (at: Rig & { hashpriceUsdPerPhDay: number; poolFee?: number }): number =>
  (at.hashpriceUsdPerPhDay * 1000 * (1 - (at.poolFee ?? 0))) / (HOURS_PER_DAY * at.efficiencyJPerTh * at.pue);

/** Hashprice at which a MWh just earns what it costs: the inverse of revenueUsdPerMwh. */
export const breakEvenHashprice = (at: Rig & { costUsdPerMwh: number; poolFee?: number }): number =>
  (at.costUsdPerMwh * HOURS_PER_DAY * at.efficiencyJPerTh * at.pue) / (1000 * (1 - (at.poolFee ?? 0)));

/** Cost kept in its two halves: the shutdown rule looks at cash alone, whether it was worth building at both. */
export interface MiningCost {
  powerUsdPerMwh: number;
  /** Other operating cost that stops with the machines. */
  otherOpexUsdPerMwh: number;
  /** Machines and shell written off, per MWh used; never part of the cash line. */
  depreciationUsdPerMwh: number;
}

export const cashCostUsdPerMwh = (cost: MiningCost): number => cost.powerUsdPerMwh + cost.otherOpexUsdPerMwh;
export const fullCostUsdPerMwh = (cost: MiningCost): number => cashCostUsdPerMwh(cost) + cost.depreciationUsdPerMwh;

export interface CashAndFull {
  cash: number;
  full: number;
}

/** Power price ($/MWh) at which mining just pays, on cash and in full. Negative when other cost already exceeds revenue. */
export const breakEvenPowerUsdPerMwh = (
  at: Rig & { hashpriceUsdPerPhDay: number; poolFee?: number; cost: MiningCost },
): CashAndFull => {
  const revenue = revenueUsdPerMwh(at);
  return {
    cash: revenue - at.cost.otherOpexUsdPerMwh,
    full: revenue - at.cost.otherOpexUsdPerMwh - at.cost.depreciationUsdPerMwh,
  };
};

/** Cost of producing one bitcoin, $/BTC: also the bitcoin price at which mining just pays. */
export const costUsdPerBtc = (
  at: Rig & { hashvalueBtcPerPhDay: number; poolFee?: number; cost: MiningCost },
): CashAndFull => {
  const btcPerMwh = revenueUsdPerMwh({ ...at, hashpriceUsdPerPhDay: at.hashvalueBtcPerPhDay });
  return { cash: cashCostUsdPerMwh(at.cost) / btcPerMwh, full: fullCostUsdPerMwh(at.cost) / btcPerMwh };
};

/** Runs now? Revenue against cash cost (shutdown rule). Sunk depreciation has no say. */
export const runs = (at: Rig & { hashpriceUsdPerPhDay: number; poolFee?: number; cost: MiningCost }): boolean =>
  revenueUsdPerMwh(at) >= cashCostUsdPerMwh(at.cost);
