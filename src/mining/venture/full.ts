import { exp, log } from '../../domain/arith.ts';
import { builtShare, discounts } from './contract.ts';
import { fleetLoss } from './digest.ts';
import { breakdownWeights, type Leaving } from './hazard.ts';
import type { AloneRows, MinePaths } from './kernel.ts';
import type { Coefficients } from './linear.ts';
import type { Plan } from './plan.ts';
import { cvarOf, meanOf, measureOf, RUIN } from './risk.ts';
import { COLUMN, type FixedColumns } from './site.ts';
import type { RiskMeasure, VentureSpec } from './spec.ts';

/**
 * A party's total on every path and month of breakdown, nothing grouped: `x[p * (months + 1) + m]` with probability `w`. Slow; used for
 * standard errors and to measure what the strata cost.
 */
export interface FullDistribution {
  readonly x: Float64Array;
  readonly w: Float64Array;
  readonly paths: number;
  readonly group: 1 | 2;
  readonly months: number;
}

export const fullDistribution = (
  spec: VentureSpec,
  plan: Plan,
  fixed: FixedColumns,
  mine: MinePaths | null,
  alone: AloneRows,
  seat: number,
  hazard: number,
  leaving: Leaving | null,
  k: Coefficients,
): FullDistribution => {
  const { months } = plan;
  const paths = mine?.paths ?? 1;
  const width = months + 1;
  const d = discounts(spec.parties[seat].discountRate, months);
  const built = builtShare(spec, months, plan.machines, plan.shell);
  const once = breakdownWeights(hazard, months, leaving);
  const x = new Float64Array(paths * width);
  const w = new Float64Array(paths * width);
  const certain = new Float64Array(width);
  for (let m = 0; m <= months; m++) {
    const own = m === months ? k.survived : k.broken;
    for (let c = COLUMN.plant; c < own.length; c++) certain[m] += own[c] * fixed[c - COLUMN.plant][m];
  }
  const loss = Float64Array.from({ length: months }, (_, m) => fleetLoss(spec, seat, m));
  for (let p = 0; p < paths; p++) {
    let revenue = 0;
    let cost = 0;
    let replacement = 0;
    let own = 0;
    let allRevenue = 0;
    let allCost = 0;
    if (mine !== null) {
      for (let m = 0; m < months; m++) {
        allRevenue += mine.revenue[m * paths + p] * d[m];
        allCost += mine.operatingCost[m * paths + p] * d[m];
      }
    }
    for (let m = 0; m <= months; m++) {
      const [k0, k1, k2, k3, k4, k5] = m === months ? k.survived : k.broken;
      x[p * width + m] =
        certain[m] +
        k0 * revenue +
        k1 * cost +
        k2 * replacement +
        k3 * own +
        built[m] * (k4 * (allRevenue - revenue) + k5 * (allCost - cost));
      w[p * width + m] = once[m] / paths;
      if (mine === null || m === months) continue;
      const i = m * paths + p;
      revenue += mine.revenue[i] * d[m];
      cost += mine.operatingCost[i] * d[m];
      replacement += mine.replacement[i] * d[m];
      own += (alone.hashprice[i] - mine.hashprice[i]) * loss[m] * d[m];
    }
  }
  return { x, w, paths, group: mine?.group ?? 1, months };
};

/**
 * The measure on the full distribution, and what each path contributes to it: to first order the measure is the mean of `influence` over
 * paths, so that the standard error is that of this mean. Breakdown is weighed exactly and adds none.
 */
export const measureByPath = (
  risk: RiskMeasure,
  full: FullDistribution,
): { readonly value: number; readonly influence: Float64Array } => {
  const { x, w, paths, months } = full;
  const width = months + 1;
  const value = measureOf(risk, meanOf(x, w, x.length), x, w, x.length);
  const influence = new Float64Array(paths);
  const quantile = risk.kind === 'mean_cvar' ? quantileOf(x, w, risk.alpha) : 0;
  for (let p = 0; p < paths; p++) {
    let sum = 0;
    for (let i = p * width; i < (p + 1) * width; i++) sum += w[i] * paths * influenceOf(risk, x[i], quantile);
    influence[p] = sum;
  }
  if (risk.kind !== 'crra') return { value, influence };
  // Delta method: CE = W0 U^(1/(1-gamma)) - W0, or W0 e^U - W0 at gamma = 1.
  const mean = influence.reduce((sum, one) => sum + one, 0) / paths;
  const slope =
    risk.gamma === 1
      ? risk.wealth * exp(mean)
      : (risk.wealth / (1 - risk.gamma)) * exp((risk.gamma / (1 - risk.gamma)) * log(mean));
  return { value, influence: influence.map((one) => slope * one) };
};

/** What one outcome adds to the estimate; for CVaR the integrand of Rockafellar and Uryasev at its quantile. */
const influenceOf = (risk: RiskMeasure, x: number, quantile: number): number => {
  if (risk.kind === 'mean') return x;
  if (risk.kind === 'mean_cvar') return (1 - risk.w) * x + risk.w * (quantile - Math.max(0, quantile - x) / risk.alpha);
  const logWealth = log(Math.max(RUIN, 1 + x / risk.wealth));
  return risk.gamma === 1 ? logWealth : exp((1 - risk.gamma) * logWealth);
};

/** The alpha quantile by bisection on the value; exact to 1e-9 of the range, which is far below any standard error. */
const quantileOf = (x: Float64Array, w: Float64Array, alpha: number): number => {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < x.length; i++) {
    low = Math.min(low, x[i]);
    high = Math.max(high, x[i]);
  }
  for (let step = 0; step < 32; step++) {
    const mid = 0.5 * (low + high);
    let mass = 0;
    for (let i = 0; i < x.length; i++) if (x[i] <= mid) mass += w[i];
    if (mass >= alpha) high = mid;
    else low = mid;
  }
  return high;
};

/** CVaR of the full distribution. */
export const fullCvar = ({ x, w }: FullDistribution, alpha: number): number => cvarOf(x, w, x.length, alpha);
