import { exp, expm1 } from '../../domain/arith.ts';
import type { Contract } from './contract.ts';
import type { MinePaths } from './kernel.ts';
import type { VentureSpec } from './spec.ts';

/** Expected sizes that the coin factor of the hazard compares, million USD at spot. */
export interface SiteWorth {
  /** Stock if every coin is kept, mean over the months of the term. */
  readonly stock: number;
  /** Mining revenue and worth of delivered power, per year. */
  readonly yearly: number;
}

/** From which month on the hazard is raised because somebody would rather leave, and by how much. */
export interface Leaving {
  /** Months paid before anybody leaves: month `month`, counted from 0, is the first with the raised hazard. */
  readonly month: number;
  /** Breakdowns a year that come on top from then on. */
  readonly adds: number;
  /** Seats that would leave then. */
  readonly seats: readonly number[];
}

/** Breakdowns a year: before the coins, times the coin factor 1 + weight x kept x min(1, kept stock / what the pact is worth a year). */
export const hazardOf = (spec: VentureSpec, worth: SiteWorth, contract: Contract, kept: number): number => {
  const yearly = worth.yearly + contract.yearlyFlows;
  const size = yearly > 0 ? Math.min(1, (kept * worth.stock) / yearly) : 0;
  const coins = Math.max(0, 1 + contract.custody.hazardWeight * kept * size);
  return Math.min(spec.hazard.cap, contract.hazardBeforeCoins * coins);
};

/**
 * How far each price path alone would move the hazard, to first order: stock and revenue in the coin factor are means over the paths, so the hazard is
 * an estimate too. Breakdowns a year by path, mean 0; null where the hazard does not depend on the paths.
 */
export const hazardPull = (
  spec: VentureSpec,
  worth: SiteWorth,
  contract: Contract,
  kept: number,
  mine: MinePaths,
): Float64Array | null => {
  const yearly = worth.yearly + contract.yearlyFlows;
  const size = yearly > 0 ? (kept * worth.stock) / yearly : 0;
  const slope = contract.hazardBeforeCoins * contract.custody.hazardWeight * kept;
  const hazard = hazardOf(spec, worth, contract, kept);
  if (slope === 0 || size === 0 || size >= 1 || hazard <= 0 || hazard >= spec.hazard.cap) return null;
  const { stock, revenue } = stockAndRevenueByPath(mine);
  const mean = revenue.reduce((sum, one) => sum + one, 0) / mine.paths;
  return stock.map((one, p) => (slope * (kept * (one - worth.stock) - size * (revenue[p] - mean))) / yearly);
};

/** Stock of an all-kept treasury at spot, mean over months and paths, and mining revenue a year. */
export const stockAndRevenue = (mine: MinePaths): { stock: number; revenue: number } => {
  const { paths, months } = mine;
  const coins = new Float64Array(paths); // million USD of revenue at a price of 1 USD
  let stock = 0;
  let revenue = 0;
  for (let m = 0; m < months; m++) {
    for (let p = 0; p < paths; p++) {
      const i = m * paths + p;
      const price = exp(mine.logPrice[i]);
      coins[p] += mine.revenue[i] / price;
      stock += coins[p] * price;
      revenue += mine.revenue[i];
    }
  }
  return { stock: stock / paths / months, revenue: (revenue * 12) / paths / months };
};

/** The same, path by path. */
const stockAndRevenueByPath = (mine: MinePaths): { stock: Float64Array; revenue: Float64Array } => {
  const { paths, months } = mine;
  const stock = new Float64Array(paths);
  const revenue = new Float64Array(paths);
  for (let p = 0; p < paths; p++) {
    let coins = 0;
    for (let i = p; i < months * paths; i += paths) {
      const price = exp(mine.logPrice[i]);
      coins += mine.revenue[i] / price;
      stock[p] += (coins * price) / months;
      revenue[p] += (mine.revenue[i] * 12) / months;
    }
  }
  return { stock, revenue };
};

/**
 * P(the pact breaks in month m), m = 0 .. months - 1, and at `months` P(it survives): e^(-h m/12) (1 - e^(-h/12)), with h raised from the month on
 * in which somebody would leave.
 */
export const breakdownWeights = (hazard: number, months: number, leaving: Leaving | null = null): Float64Array => {
  const out = new Float64Array(months + 1);
  const turn = Math.min(leaving?.month ?? months, months);
  const once = -expm1(-hazard / 12);
  for (let m = 0; m < turn; m++) out[m] = exp((-hazard * m) / 12) * once;
  const raised = hazard + (leaving?.adds ?? 0);
  const before = (-hazard * turn) / 12;
  for (let m = turn; m < months; m++) out[m] = exp(before - (raised * (m - turn)) / 12) * -expm1(-raised / 12);
  out[months] = exp(before - (raised * (months - turn)) / 12);
  return out;
};
