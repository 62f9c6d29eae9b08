import { exp } from '../../domain/arith.ts';
import { samplePaths } from '../paths/sample.ts';
import { builtShare, type Contract, discounts, flowAmount, stockShare, stockWorth, windowOf } from './contract.ts';
import { type MinePaths, rowsOf, simulateAlone, simulateMines } from './kernel.ts';
import type { NetworkMonth } from './network_month.ts';
import { gridSurplus, type Plan } from './plan.ts';
import { plantCash } from './site.ts';
import type { MarketState, PactTerms, VentureSpec } from './spec.ts';

/** When one party would rather leave than stay. Months count from 1: leaving after month m. null: never within the term. */
export interface LeaveReport {
  readonly party: number;
  readonly id: string;
  /** With the bitcoin price standing still at today's level. */
  readonly firstMonth: number | null;
  readonly byPrice: readonly { readonly priceUsd: number; readonly firstMonth: number | null }[];
  /** Over the price paths: how often it ever comes to that, and the first month in the 10th, 50th and 90th of 100 paths. */
  readonly probability: number;
  readonly quantiles: { readonly p10: number | null; readonly p50: number | null; readonly p90: number | null };
}

/** One party's gain of leaving over staying at one month on one path, million USD of that month. Leaves if above 0. */
export interface LeaveGain {
  /** `[(m - 1) * paths + path]`, m = 1 .. months - 1. */
  readonly gain: Float64Array;
  readonly firstMonth: readonly (number | null)[];
}

/**
 * Who holds the private keys when the music stops. After month m a party compares
 *
 *   leaving: its grab of the stock at today's spot + rho x the site's remaining cash (the controller only) + snap-back (as signed)
 *   staying: its share of the rest + power, instalments and end payment still to come + its share of the stock at today's spot
 *
 * where the rest is operating cash on both sides: capital still to come buys its own future and is left out [assumption; counting it
 * makes everybody leave an unprofitable extension before it is built, whatever the keys say],
 *
 * discounted at its own rate. The rest is not known in advance: it is its expectation given today's price and hashprice, by least
 * squares across paths (Longstaff and Schwartz, Review of Financial Studies 14, 2001; regressors 1, P, P^2, pi). On a single path, as
 * with a price that stands still, it is what comes. Staying is taken to last to the end of the term: the hazard that others leave is
 * left out on both sides [assumption], so a party that leaves here does so with the best hopes for the pact; that
 * holds too where the test feeds the hazard, or each would leave because the others might.
 */
export const leaveGain = (
  spec: VentureSpec,
  contract: Contract,
  terms: PactTerms,
  plan: Plan,
  mine: MinePaths | null,
  seat: number,
): LeaveGain => {
  const { months } = plan;
  const party = spec.parties[seat];
  const paths = mine?.paths ?? 1;
  const share = terms.shares[seat];
  const { sold, kept, breakdown, end } = contract.parties[seat];
  const rho = party.id === spec.breakdown.controller ? contract.rho : 0;
  const grab = terms.kept * kept * stockWorth(spec, stockShare(spec, contract.custody, seat, share), share);
  const hold = terms.kept * kept * share;
  const d = discounts(party.discountRate, months);
  const surplus = gridSurplus(spec, terms, plan, seat);
  const flows = party.flows
    .filter((flow) => flow.when === 'while_alive')
    .map((flow) => ({ ...windowOf(flow), monthly: flowAmount(flow, terms) / 12 }));
  const builtMine = builtShare(spec, months, plan.machines, plan.shell);
  const builtPlant = builtShare(spec, months, plan.restart, plan.works);

  const stock = new Float64Array(months * paths); // at spot of month m, million USD if all is kept
  if (mine !== null) {
    const coins = new Float64Array(paths);
    for (let m = 0; m < months; m++)
      for (let p = 0; p < paths; p++) {
        const i = m * paths + p;
        const price = exp(mine.logPrice[i]);
        coins[p] += mine.revenue[i] / price;
        stock[i] = coins[p] * price;
      }
  }

  const gain = new Float64Array((months - 1) * paths);
  const stayMine = new Float64Array(paths);
  const siteMine = new Float64Array(paths);
  let stayPlant = end * d[months - 1];
  let sitePlant = 0;
  for (let m = months - 1; m >= 1; m--) {
    for (let p = 0; mine !== null && p < paths; p++) {
      const i = m * paths + p;
      stayMine[p] +=
        d[m] * (share * ((1 - terms.kept) * sold * mine.revenue[i] - mine.operatingCost[i]) + hold * mine.revenue[i]);
      siteMine[p] += d[m] * (sold * mine.revenue[i] - mine.operatingCost[i]);
    }
    let instalments = 0;
    for (const { from, to, monthly } of flows) if (m >= from && m < to) instalments += monthly;
    stayPlant += d[m] * (share * plantCash(plan, m) + surplus[m] + instalments);
    sitePlant += d[m] * plantCash(plan, m);
    const at = (m - 1) * paths;
    for (let p = 0; p < paths; p++) gain[at + p] = rho * builtMine[m] * siteMine[p] - stayMine[p];
    if (mine !== null) expectGiven(gain, mine, m - 1);
    const known = breakdown * d[m] + rho * builtPlant[m] * sitePlant - stayPlant;
    for (let p = 0; p < paths; p++) gain[at + p] = (gain[at + p] + known) / d[m - 1] + (grab - hold) * stock[at + p];
  }
  const firstMonth = Array.from({ length: paths }, (_, p) => {
    for (let m = 1; m < months; m++) if (gain[(m - 1) * paths + p] > 0) return m;
    return null;
  });
  return { gain, firstMonth };
};

/** The mine on one path, a price that stands still. */
export const standingMine = (
  spec: VentureSpec,
  market: MarketState,
  network: readonly NetworkMonth[],
  plan: Plan,
  priceUsd: number,
): MinePaths => {
  const fixed = { kind: 'fixed', pricesUsd: [priceUsd] } as const;
  const rows = rowsOf(samplePaths(fixed, priceUsd, { seed: 0, paths: 1, months: plan.months }));
  const months = network.slice(0, plan.months);
  return simulateMines(spec, market, months, plan, rows, simulateAlone(market, months, rows));
};

/** The exit test for every party: along all paths, and with the price held at given levels. */
export const leaveReport = (
  spec: VentureSpec,
  market: MarketState,
  network: readonly NetworkMonth[],
  contract: Contract,
  terms: PactTerms,
  plan: Plan,
  mine: MinePaths | null,
  pricesUsd: readonly number[],
): readonly LeaveReport[] => {
  const held = (priceUsd: number) => (mine === null ? null : standingMine(spec, market, network, plan, priceUsd));
  const levels = pricesUsd.map((priceUsd) => ({ priceUsd, mine: held(priceUsd) }));
  const today = held(market.priceUsd);
  return spec.parties.map(({ id }, party) => {
    const first = (on: MinePaths | null) => leaveGain(spec, contract, terms, plan, on, party).firstMonth;
    const overPaths = first(mine);
    const sorted = Float64Array.from(overPaths, (m) => m ?? Infinity).sort();
    const quantile = (q: number) => {
      const m = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
      return m === Infinity ? null : m;
    };
    return {
      party,
      id,
      firstMonth: first(today)[0],
      byPrice: levels.map((level) => ({ priceUsd: level.priceUsd, firstMonth: first(level.mine)[0] })),
      probability: overPaths.filter((m) => m !== null).length / overPaths.length,
      quantiles: { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) },
    };
  });
};

const REGRESSORS = 4;

/** Replaces a future sum per path, row m of `rows`, by its least-squares expectation given price and hashprice of month m. */
const expectGiven = (rows: Float64Array, mine: MinePaths, m: number): void => {
  const { paths } = mine;
  if (paths < 20 * REGRESSORS) return;
  const y = rows.subarray(m * paths, (m + 1) * paths);
  const features = Array.from({ length: REGRESSORS }, () => new Float64Array(paths));
  let price = 0;
  let pi = 0;
  for (let p = 0; p < paths; p++) {
    features[0][p] = 1;
    features[1][p] = exp(mine.logPrice[m * paths + p]);
    features[3][p] = mine.hashprice[m * paths + p];
    price += features[1][p] / paths;
    pi += features[3][p] / paths;
  }
  for (let p = 0; p < paths; p++) {
    features[1][p] /= price;
    features[2][p] = features[1][p] * features[1][p];
    features[3][p] /= pi;
  }
  const a = Array.from({ length: REGRESSORS }, () => new Float64Array(REGRESSORS + 1));
  for (let r = 0; r < REGRESSORS; r++) {
    for (let c = 0; c < REGRESSORS; c++) for (let p = 0; p < paths; p++) a[r][c] += features[r][p] * features[c][p];
    for (let p = 0; p < paths; p++) a[r][REGRESSORS] += features[r][p] * y[p];
    a[r][r] *= 1 + 1e-9; // keeps the system solvable when a regressor does not vary
  }
  const beta = solve(a);
  for (let p = 0; p < paths; p++) {
    let fit = 0;
    for (let r = 0; r < REGRESSORS; r++) fit += beta[r] * features[r][p];
    y[p] = fit;
  }
};

/** Gaussian elimination with partial pivoting on an augmented matrix. */
const solve = (a: Float64Array[]): Float64Array => {
  const n = a.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) pivot = r;
    [a[c], a[pivot]] = [a[pivot], a[c]];
    for (let r = c + 1; r < n; r++) {
      const f = a[r][c] / a[c][c];
      for (let k = c; k <= n; k++) a[r][k] -= f * a[c][k];
    }
  }
  const out = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    let sum = a[r][n];
    for (let k = r + 1; k < n; k++) sum -= a[r][k] * out[k];
    out[r] = sum / a[r][r];
  }
  return out;
};
