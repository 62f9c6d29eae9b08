import { log } from '../../domain/arith.ts';
import { monthSolver } from '../network/monthSolver.ts';
import { BLOCKS_PER_HALVING, hashRateEhsFromDifficulty, subsidyBtc } from '../protocol.ts';
import type { NetworkMonth } from './network_month.ts';
import { BLOCKS_PER_MONTH, type MarketState, type NetworkSpec } from './spec.ts';

/** Mean subsidy per block over a month that starts at `height`, split at the halving if one falls inside. */
export const subsidyOfMonth = (height: number): number => {
  const next = (Math.floor(height / BLOCKS_PER_HALVING) + 1) * BLOCKS_PER_HALVING;
  const before = Math.min(BLOCKS_PER_MONTH, next - height);
  return (before * subsidyBtc(height) + (BLOCKS_PER_MONTH - before) * subsidyBtc(next)) / BLOCKS_PER_MONTH;
};

/** The calibration state: hash rate in EH/s and hashprice in USD/PH/day at which the others were at rest. */
export const restingState = ({ calibration: c }: NetworkSpec): { h0: number; pi0: number } => {
  const h0 = hashRateEhsFromDifficulty(c.difficulty);
  return { h0, pi0: (144 * (c.subsidyBtc + c.feesBtcPerBlock) * c.priceUsd) / h0 / 1000 };
};

/** eps in month `m` (0-based): constant over year one, then straight to its later value at the end of year `byYear`. */
export const epsAt = ({ eps }: NetworkSpec, m: number): number => {
  if (m < 12) return eps.first;
  const end = eps.byYear * 12;
  if (m >= end) return eps.later;
  return eps.first + ((eps.later - eps.first) * (m - 11)) / (end - 11);
};

/**
 * The network months of a term. Month m's reward uses the block height it has at 144 blocks a day, its month-end price and G at its
 * end. Blocks that come early between retargets (at most a fortnight) are left out [assumption: under 1 % of any year].
 */
export const networkMonths = (spec: NetworkSpec, market: MarketState, months: number): readonly NetworkMonth[] => {
  const { h0, pi0 } = restingState(spec);
  return Array.from({ length: months }, (_, m) => {
    const eps = epsAt(spec, m);
    const logG = (spec.efficiencyTrend * (m + 1)) / 12;
    const subsidy = subsidyOfMonth(market.height + m * BLOCKS_PER_MONTH);
    return {
      eps,
      kappa: spec.kappa,
      solver: monthSolver(eps),
      logBlockValue: log((144 * (subsidy + market.feesBtcPerBlock)) / 1000),
      logAdjusting: log(spec.kappa * h0) + logG,
      logAnchor: log(pi0) - logG,
    };
  });
};
