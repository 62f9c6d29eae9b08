import { exp, log, pow } from '../../domain/arith.ts';
import type { PricePaths } from '../paths/sample.ts';
import { hashRateEhsFromDifficulty } from '../protocol.ts';
import { epsAt, restingState, subsidyOfMonth } from './calendar.ts';
import { ehsPerMw, machineAt, machineCostPerMw, type Plan } from './plan.ts';
import { BLOCKS_PER_MONTH, DAYS_PER_MONTH, HOURS_PER_MONTH, type MarketState, type VentureSpec } from './spec.ts';

/**
 * One month of the mine on one price path, itemised. The plain implementation: cohorts as objects, every equation solved by bisection,
 * no tables. The kernel that values outcomes by the hundred thousand is judged against it.
 */
export interface MineMonth {
  readonly priceUsd: number;
  /** USD per PH/s and day, with the venture and in the same world without it. */
  readonly hashprice: number;
  readonly hashpriceWithout: number;
  readonly othersEhs: number;
  readonly ventureEhs: number;
  readonly miningMw: number;
  readonly coins: number;
  /** Million USD: coins at spot; fuel and opex of mining less margin of power sold instead; replacement machines. */
  readonly revenue: number;
  readonly operatingCost: number;
  readonly replacement: number;
}

interface Cohort {
  readonly start: number;
  readonly mw: number;
  alive: boolean;
  joulesPerTh: number;
}

/** A slice of the mine with one break-even: power of one cohort that could go to one outlet (or nowhere). */
interface Slice {
  /** Effective hash rate and energy (MWh) in this month if it mines. */
  readonly ehs: number;
  readonly mwh: number;
  /** USD/MWh net of fuel if it does not mine. */
  readonly elsewhere: number;
  /** Hashprice above which it mines. */
  readonly threshold: number;
}

/** Follows the mine of a plan along path `p`. */
export const simulateMine = (
  spec: VentureSpec,
  market: MarketState,
  plan: Plan,
  paths: PricePaths,
  p: number,
): readonly MineMonth[] => {
  const { mining, network, plant } = spec;
  const { h0, pi0 } = restingState(network);
  const cohorts: Cohort[] = plan.batches.map((b) => ({
    start: b.month,
    mw: b.mw,
    alive: true,
    joulesPerTh: machineAt(spec, b.month).joulesPerTh,
  }));
  let others = hashRateEhsFromDifficulty(market.difficulty);
  let othersWithout = others;
  let lastHashprice = 0;
  const out: MineMonth[] = [];
  for (let m = 0; m < plan.months; m++) {
    const priceUsd = exp(paths.log[p * paths.months + m]);
    const reward = subsidyOfMonth(market.height + m * BLOCKS_PER_MONTH) + market.feesBtcPerBlock;
    const pot = (144 * reward * priceUsd) / 1000; // per EH/s, so that pot / hash rate is USD/PH/day
    const eps = epsAt(network, m);
    const g = exp((network.efficiencyTrend * (m + 1)) / 12);
    const othersAt = (from: number) => (pi: number) =>
      (1 - network.kappa) * from + network.kappa * h0 * g * (eps === 0 ? 1 : pow((pi * g) / pi0, eps));

    let replacement = 0;
    for (const c of cohorts) {
      const age = m - c.start;
      if (!c.alive || age <= 0 || age % mining.lifeMonths !== 0) continue;
      if (replacementPays(spec, m, plan.months, lastHashprice)) {
        c.joulesPerTh = machineAt(spec, m).joulesPerTh;
        replacement += c.mw * machineCostPerMw(spec, m);
      } else c.alive = false;
    }

    const slices = slicesOf(spec, plan, cohorts, m);
    const follow = othersAt(others);
    const mineAt = (pi: number) => slices.reduce((sum, s) => sum + (pi > s.threshold ? s.ehs : 0), 0);
    const hashprice = rootOf((pi) => pi * (follow(pi) + mineAt(pi)) - pot, pi0);
    // At the root a slice may stand on its threshold: what it mines is what clears the month.
    const cleared = slices.length === 0 ? 0 : Math.max(0, pot / hashprice - follow(hashprice));
    let left = cleared;
    let mwh = 0;
    let elsewhere = 0;
    let ventureEhs = 0;
    for (const s of [...slices].sort((a, b) => a.threshold - b.threshold)) {
      const part = s.threshold < hashprice * (1 - 1e-9) ? 1 : s.ehs > 0 ? Math.min(1, Math.max(0, left / s.ehs)) : 0;
      const on = s.threshold > hashprice * (1 + 1e-9) ? 0 : part;
      left -= s.ehs * on;
      ventureEhs += s.ehs * on;
      mwh += s.mwh * on;
      elsewhere += s.mwh * (1 - on) * s.elsewhere;
    }
    others = follow(hashprice);
    const alone = othersAt(othersWithout);
    const hashpriceWithout = rootOf((pi) => pi * alone(pi) - pot, pi0);
    othersWithout = alone(hashpriceWithout);
    const revenue = (hashprice * ventureEhs * 1000 * DAYS_PER_MONTH * (1 - mining.poolFee)) / 1e6;
    out.push({
      priceUsd,
      hashprice,
      hashpriceWithout,
      othersEhs: others,
      ventureEhs,
      miningMw: mwh / (HOURS_PER_MONTH * plant.capacityFactor * mining.uptime),
      coins: (revenue * 1e6) / priceUsd,
      revenue,
      operatingCost: (mwh * (plant.fuelUsdPerMwh + mining.opexUsdPerMwh) - elsewhere) / 1e6,
      replacement,
    });
    lastHashprice = hashprice;
  }
  return out;
};

/** Hashprice at which a J/TH machine earns `usdPerMwh` (7), pool fee taken off. */
export const breakEvenHashprice = (spec: VentureSpec, joulesPerTh: number, usdPerMwh: number): number =>
  (usdPerMwh * 24 * joulesPerTh * spec.mining.pue) / 1000 / (1 - spec.mining.poolFee);

/**
 * Replace at end of life only if it pays: this month's revenue per MWh for a new machine falls at the expected rate, months below
 * variable cost are not mined, and the margins over one life (or what is left of the term), discounted at the replacement rate, must
 * reach the price of the machine. The hashprice seen is last month's. No resale value.
 */
export const replacementPays = (spec: VentureSpec, m: number, months: number, hashprice: number): boolean => {
  const { mining, plant } = spec;
  const { joulesPerTh } = machineAt(spec, m);
  const now = (hashprice * 1000 * (1 - mining.poolFee)) / (24 * joulesPerTh * mining.pue);
  const cost = plant.fuelUsdPerMwh + mining.opexUsdPerMwh;
  const fall = pow(1 - mining.expectedHashpriceFall, 1 / 12);
  const discount = pow(1 + mining.replacementRate, -1 / 12);
  const mwh = HOURS_PER_MONTH * plant.capacityFactor * mining.uptime;
  let value = 0;
  let revenue = now;
  let weight = 1;
  for (let k = 1; k <= Math.min(mining.lifeMonths, months - m); k++) {
    revenue *= fall;
    weight *= discount;
    if (revenue <= cost) break;
    value += weight * (revenue - cost) * mwh;
  }
  return value / 1e6 >= machineCostPerMw(spec, m);
};

const slicesOf = (spec: VentureSpec, plan: Plan, cohorts: readonly Cohort[], m: number): readonly Slice[] => {
  const { mining, plant } = spec;
  const onSite = cohorts
    .filter((c) => c.alive && m >= c.start)
    .map((c) => ({ mw: c.mw * Math.min(1, (m - c.start + 1) / mining.rampMonths), joulesPerTh: c.joulesPerTh }));
  const installed = onSite.reduce((sum, c) => sum + c.mw, 0);
  if (installed === 0 || plan.mineMw[m] <= 0) return [];
  const running = Math.min(installed, plan.mineMw[m]);
  const outlets = plan.outlets[m].filter((o) => o.contestedMw > 0);
  const slices: Slice[] = [];
  for (const c of onSite) {
    const mw = (c.mw * running) / installed;
    let rest = mw;
    const add = (part: number, elsewhere: number) => {
      if (part <= 0) return;
      const usdPerMwh = elsewhere + plant.fuelUsdPerMwh + mining.opexUsdPerMwh;
      slices.push({
        ehs: part * ehsPerMw(spec, c.joulesPerTh) * plant.capacityFactor * mining.uptime,
        mwh: part * HOURS_PER_MONTH * plant.capacityFactor * mining.uptime,
        elsewhere,
        threshold: breakEvenHashprice(spec, c.joulesPerTh, usdPerMwh),
      });
    };
    let open = 1;
    for (const o of outlets) {
      const share = Math.min(open, o.contestedMw / running);
      open -= share;
      const part = mw * share * o.hoursShare;
      add(part, o.usdPerMwh - plant.fuelUsdPerMwh);
      rest -= part;
    }
    add(rest, 0);
  }
  return slices;
};

/** Root of an increasing function of the hashprice, which may jump; bisection in the logarithm down to the last bits. */
const rootOf = (excess: (pi: number) => number, near: number): number => {
  let low = near;
  let high = near;
  while (excess(low) > 0) low /= 4;
  while (excess(high) <= 0) high *= 4;
  let a = log(low);
  let b = log(high);
  for (let i = 0; i < 70; i++) {
    const mid = 0.5 * (a + b);
    if (excess(exp(mid)) > 0) b = mid;
    else a = mid;
  }
  return exp(0.5 * (a + b));
};
