/**
 * How much hash rate one large miner should add when it moves the network: profit(X) = (x0 + X) R / (h0 + X) - X D - N.
 * Source: "Minting Money With Megawatts", Proc. IEEE 104(9), 2016 (vectors TV21..TV23); the existing fleet x0 is ours.
 */
import { requireInRange } from '../inputError.ts';

export interface LargeMiner {
  /** h0: the network before, own existing fleet included; any hash-rate unit, used throughout. */
  networkHashRate: number;
  /** x0: the miner's own part of h0, already paid for. */
  ownHashRate?: number;
  /** R: what the whole network earns in a period, times the miner's uptime. */
  pot: number;
  /** D: cost of a unit of added hash rate in the period, capital and operation. */
  unitCost: number;
  /** The operating part of unitCost. */
  unitOperatingCost: number;
  /** One-off cost spread over the periods. */
  fixedCost?: number;
}

export interface LargeMinerOptimum {
  /** X*, never negative. */
  addition: number;
  /** sqrt((h0 - x0) R / D): the network at the unconstrained optimum; below h0 means "do not enter". */
  networkAtOptimum: number;
  /** Period profit of the addition, own old fleet's loss counted. */
  profit: number;
  /** Network at which the pot only pays the operating cost of every hash. */
  operatingCap: number;
  /** Networks at which the addition's profit is exactly zero, descending; empty when it never is. */
  breakEvens: readonly number[];
}

export const largeMinerOptimum = (at: LargeMiner): LargeMinerOptimum => {
  const h0 = requireInRange('networkHashRate', at.networkHashRate, { min: 0, max: 1e15, above: true, unit: '' });
  const x0 = requireInRange('ownHashRate', at.ownHashRate ?? 0, { min: 0, max: h0, unit: '' });
  const pot = requireInRange('pot', at.pot, { min: 0, max: 1e18, above: true, unit: '' });
  const cost = requireInRange('unitCost', at.unitCost, { min: 0, max: 1e18, above: true, unit: '' });
  const operating = requireInRange('unitOperatingCost', at.unitOperatingCost, { min: 0, max: cost, unit: '' });
  const fixed = requireInRange('fixedCost', at.fixedCost ?? 0, { min: 0, max: 1e18, unit: '' });
  const product = ((h0 - x0) * pot) / cost;
  const networkAtOptimum = Math.sqrt(product);
  const addition = Math.max(networkAtOptimum - h0, 0);
  const gain = (x: number) => ((x0 + x) * pot) / (h0 + x) - (x0 * pot) / h0 - x * cost - fixed;
  return {
    addition,
    networkAtOptimum,
    profit: addition > 0 ? gain(addition) : 0,
    operatingCap: operating > 0 ? pot / operating : Number.POSITIVE_INFINITY,
    breakEvens: zeroProfitNetworks(h0, x0, pot, cost, fixed),
  };
};

/** h with (x0 + h - h0) R / h - x0 R / h0 - (h - h0) D - N = 0. */
const zeroProfitNetworks = (h0: number, x0: number, pot: number, cost: number, fixed: number): number[] => {
  const sum = h0 + (pot - (x0 * pot) / h0 - fixed) / cost;
  const product = ((h0 - x0) * pot) / cost;
  const discriminant = sum * sum - 4 * product;
  if (discriminant < 0) return [];
  const larger = (sum + Math.sqrt(discriminant)) / 2;
  return larger > 0 ? [larger, product / larger] : [];
};
