import { exp, log } from '../../domain/arith.ts';
import type { PricePaths } from '../paths/sample.ts';
import { hashRateEhsFromDifficulty } from '../protocol.ts';
import { adjustingAt, type MonthAnswer, type NetworkMonth, solveMonth } from './network_month.ts';
import { ehsPerMw, machineAt, machineCostPerMw, type Plan } from './plan.ts';
import { breakEvenHashprice, replacementPays } from './reference.ts';
import { DAYS_PER_MONTH, HOURS_PER_MONTH, type MarketState, type VentureSpec } from './spec.ts';

/**
 * What the mine earns on every path, month by month: row m holds month m of all paths, `[m * paths + p]`. Million USD, but the
 * hashprices: USD per PH/s and day. This is all that path-dependence there is; shares, custody, tariffs and hazard are linear on top.
 */
export interface MinePaths {
  readonly paths: number;
  readonly group: 1 | 2;
  readonly months: number;
  readonly revenue: Float64Array;
  readonly operatingCost: Float64Array;
  readonly replacement: Float64Array;
  readonly hashprice: Float64Array;
  /** Log price in USD, the same rows. */
  readonly logPrice: Float64Array;
}

/** Price paths turned so that a month's values lie together. */
export interface PriceRows {
  readonly paths: number;
  readonly group: 1 | 2;
  readonly months: number;
  readonly log: Float64Array;
  /** USD. */
  readonly usd: Float64Array;
}

export const rowsOf = ({ paths, group, months, log: source }: PricePaths): PriceRows => {
  const out = new Float64Array(source.length);
  for (let p = 0; p < paths; p++) for (let m = 0; m < months; m++) out[m * paths + p] = source[p * months + m];
  const usd = new Float64Array(out.length);
  for (let i = 0; i < usd.length; i++) usd[i] = exp(out[i]);
  return { paths, group, months, log: out, usd };
};

/** The world without the venture, rows as above: hashprice, and the others' hash rate in EH/s. */
export interface AloneRows {
  readonly hashprice: Float64Array;
  readonly others: Float64Array;
}

export const simulateAlone = (market: MarketState, network: readonly NetworkMonth[], rows: PriceRows): AloneRows => {
  const { paths } = rows;
  const hashprice = new Float64Array(network.length * paths);
  const others = new Float64Array(network.length * paths);
  const first = hashRateEhsFromDifficulty(market.difficulty);
  for (let m = 0; m < network.length; m++) {
    const { kappa, solver, logBlockValue, logAdjusting, logAnchor } = network[m];
    const blockValue = exp(logBlockValue);
    for (let i = m * paths; i < (m + 1) * paths; i++) {
      const staying = (1 - kappa) * (m === 0 ? first : others[i - paths]);
      const pi = exp(solver.logHashprice(rows.log[i] + logBlockValue, log(staying), logAdjusting, logAnchor));
      hashprice[i] = pi;
      others[i] = (rows.usd[i] * blockValue) / pi;
    }
  }
  return { hashprice, others };
};

/** The mine as it stands in one month with one set of living cohorts; slices ascend by threshold. */
interface MineState {
  readonly ehs: number;
  /** Million USD a month if everything mines. */
  readonly cost: number;
  /** The same if nothing does. */
  readonly idleCost: number;
  /** Highest threshold: above it everything mines. */
  readonly safe: number;
  readonly sliceEhs: Float64Array;
  readonly sliceCost: Float64Array;
  /** Million USD a month earned by a slice that does not mine. */
  readonly sliceElsewhere: Float64Array;
  readonly threshold: Float64Array;
}

/**
 * The fast simulation: months outside, paths inside, tabulated network months, and the mine's cohorts as a bit mask per path, so that
 * everything but the network equation is shared among paths. About 60 ns a path-month.
 */
export const simulateMines = (
  spec: VentureSpec,
  market: MarketState,
  network: readonly NetworkMonth[],
  plan: Plan,
  rows: PriceRows,
  alone: AloneRows,
): MinePaths => {
  const { paths } = rows;
  const { months, batches } = plan;
  const size = months * paths;
  const revenue = new Float64Array(size);
  const operatingCost = new Float64Array(size);
  const replacement = new Float64Array(size);
  const hashprice = new Float64Array(size);
  // Until the first machine runs the world is the one without the venture.
  const start = batches.length === 0 ? months : batches[0].month;
  hashprice.set(alone.hashprice.subarray(0, start * paths));
  const others = new Float64Array(paths).fill(hashRateEhsFromDifficulty(market.difficulty));
  if (start > 0) others.set(alone.others.subarray((start - 1) * paths, start * paths));
  const dead = new Int32Array(paths);
  const idle = new Uint8Array(paths);
  const bought = batches.map((b) => b.month);
  const states = new Map<number, MineState>();
  const answer: MonthAnswer = { pi: 0, others: 0 };
  const ran = { ehs: 0, cost: 0 };
  const money = (1000 * DAYS_PER_MONTH * (1 - spec.mining.poolFee)) / 1e6;
  for (let m = start; m < months; m++) {
    const month = network[m];
    const { solver, logBlockValue, logAdjusting, logAnchor } = month;
    const keeps = 1 - month.kappa;
    const blockValue = exp(logBlockValue);
    if (m === start || changes(spec, plan, m)) states.clear();
    for (let b = 0; b < batches.length; b++) {
      const age = m - batches[b].month;
      if (age <= 0 || age % spec.mining.lifeMonths !== 0) continue;
      const critical = criticalHashprice(spec, m, months);
      const price = batches[b].mw * machineCostPerMw(spec, m);
      const bit = 1 << b;
      for (let p = 0; p < paths; p++) {
        if ((dead[p] & bit) !== 0) continue;
        if (hashprice[(m - 1) * paths + p] >= critical) replacement[m * paths + p] += price;
        else dead[p] |= bit;
      }
      bought[b] = m;
    }
    let mask = -1;
    let state = EMPTY;
    for (let p = 0; p < paths; p++) {
      if (dead[p] !== mask) {
        mask = dead[p];
        const known = states.get(mask);
        state = known ?? stateOf(spec, plan, bought, m, mask);
        if (known === undefined) states.set(mask, state);
      }
      const i = m * paths + p;
      const logR = rows.log[i] + logBlockValue;
      const staying = keeps * others[p];
      if (idle[p] === 1) {
        // A mine that stood still last month is tried at rest first: one solve instead of several.
        const calm = exp(solver.logHashprice(logR, log(staying), logAdjusting, logAnchor));
        if (state.threshold.length === 0 || calm <= state.threshold[0]) {
          operatingCost[i] = state.idleCost;
          others[p] = (rows.usd[i] * blockValue) / calm;
          hashprice[i] = calm;
          continue;
        }
        idle[p] = 0;
      }
      const pi = exp(solver.logHashprice(logR, log(staying + state.ehs), logAdjusting, logAnchor));
      if (pi >= state.safe) {
        revenue[i] = pi * state.ehs * money;
        operatingCost[i] = state.cost;
        others[p] = (rows.usd[i] * blockValue) / pi - state.ehs;
        hashprice[i] = pi;
      } else {
        throttle(month, logR, staying, state, answer, ran);
        revenue[i] = answer.pi * ran.ehs * money;
        operatingCost[i] = ran.cost;
        others[p] = answer.others;
        hashprice[i] = answer.pi;
        if (ran.ehs === 0) idle[p] = 1;
      }
    }
  }
  return { paths, group: rows.group, months, revenue, operatingCost, replacement, hashprice, logPrice: rows.log };
};

/** Switches slices off from the least profitable down; the marginal one runs in the part that keeps the hashprice at its threshold. */
const throttle = (
  month: NetworkMonth,
  logR: number,
  staying: number,
  state: MineState,
  answer: MonthAnswer,
  ran: { ehs: number; cost: number },
): void => {
  const pot = exp(logR);
  let ehs = state.ehs;
  let cost = state.cost;
  for (let k = state.threshold.length - 1; k >= 0; k--) {
    const level = state.threshold[k];
    const rest = ehs - state.sliceEhs[k];
    const entering = adjustingAt(month, level);
    const room = pot / level - staying - entering;
    const off = state.sliceCost[k] + state.sliceElsewhere[k];
    if (room >= rest) {
      const on = Math.min(1, (room - rest) / state.sliceEhs[k]);
      ran.ehs = rest + on * state.sliceEhs[k];
      ran.cost = cost - (1 - on) * off;
      answer.pi = level;
      answer.others = staying + entering;
      return;
    }
    ehs = rest;
    cost -= off;
    solveMonth(month, logR, staying, ehs, answer);
    if (k === 0) ehs = 0;
    if (k === 0 || answer.pi >= state.threshold[k - 1]) break;
  }
  ran.ehs = ehs;
  ran.cost = cost;
};

/** Whether the mine of month `m` may differ from the month before, retirements on single paths apart. */
const changes = (spec: VentureSpec, plan: Plan, m: number): boolean => {
  if (plan.mineMw[m] !== plan.mineMw[m - 1]) return true;
  for (const b of plan.batches) {
    const age = m - b.month;
    if (age >= 0 && (age < spec.mining.rampMonths || age % spec.mining.lifeMonths === 0)) return true;
  }
  const now = plan.outlets[m];
  const before = plan.outlets[m - 1];
  return now.some((o, k) => o.contestedMw !== before[k].contestedMw);
};

const EMPTY: MineState = {
  ehs: 0,
  cost: 0,
  idleCost: 0,
  safe: 0,
  sliceEhs: new Float64Array(0),
  sliceCost: new Float64Array(0),
  sliceElsewhere: new Float64Array(0),
  threshold: new Float64Array(0),
};

const stateOf = (spec: VentureSpec, plan: Plan, bought: readonly number[], m: number, dead: number): MineState => {
  const { mining, plant } = spec;
  const mws = plan.batches.map((b, k) =>
    (dead & (1 << k)) !== 0 || m < b.month ? 0 : b.mw * Math.min(1, (m - b.month + 1) / mining.rampMonths),
  );
  const installed = mws.reduce((a, b) => a + b, 0);
  if (installed === 0 || plan.mineMw[m] <= 0) return EMPTY;
  const running = Math.min(installed, plan.mineMw[m]);
  const duty = plant.capacityFactor * mining.uptime;
  const slices: { ehs: number; cost: number; elsewhere: number; threshold: number }[] = [];
  const variable = plant.fuelUsdPerMwh + mining.opexUsdPerMwh;
  mws.forEach((installedMw, k) => {
    const mw = (installedMw * running) / installed;
    const e = machineAt(spec, bought[k]).joulesPerTh;
    let open = 1;
    let rest = mw;
    const add = (part: number, margin: number) => {
      if (part <= 0) return;
      const mwh = part * HOURS_PER_MONTH * duty;
      slices.push({
        ehs: part * ehsPerMw(spec, e) * duty,
        cost: (mwh * variable) / 1e6,
        elsewhere: (mwh * margin) / 1e6,
        threshold: breakEvenHashprice(spec, e, variable + margin),
      });
    };
    for (const o of plan.outlets[m]) {
      if (o.contestedMw <= 0) continue;
      const share = Math.min(open, o.contestedMw / running);
      open -= share;
      add(mw * share * o.hoursShare, o.usdPerMwh - plant.fuelUsdPerMwh);
      rest -= mw * share * o.hoursShare;
    }
    add(rest, 0);
  });
  slices.sort((a, b) => a.threshold - b.threshold);
  const sum = (of: (s: (typeof slices)[number]) => number) => slices.reduce((total, s) => total + of(s), 0);
  return {
    ehs: sum((s) => s.ehs),
    cost: sum((s) => s.cost),
    idleCost: -sum((s) => s.elsewhere),
    safe: slices.length === 0 ? 0 : slices[slices.length - 1].threshold,
    sliceEhs: Float64Array.from(slices, (s) => s.ehs),
    sliceCost: Float64Array.from(slices, (s) => s.cost),
    sliceElsewhere: Float64Array.from(slices, (s) => s.elsewhere),
    threshold: Float64Array.from(slices, (s) => s.threshold),
  };
};

/** Lowest hashprice at which a replacement pays in month `m`; the value of new machines rises with it. */
const criticalHashprice = (spec: VentureSpec, m: number, months: number): number => {
  let low = 1e-9;
  let high = 1;
  while (!replacementPays(spec, m, months, high)) {
    low = high;
    high *= 2;
    if (high > 1e12) return Infinity;
  }
  for (let i = 0; i < 60; i++) {
    const mid = 0.5 * (low + high);
    if (replacementPays(spec, m, months, mid)) high = mid;
    else low = mid;
  }
  return high;
};
