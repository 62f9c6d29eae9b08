import { listOf } from '../../domain/list.ts';
import { builtShare, discounts, sunkShare } from './contract.ts';
import type { AloneRows, MinePaths } from './kernel.ts';
import type { Plan } from './plan.ts';
import { DAYS_PER_MONTH, type VentureSpec } from './spec.ts';

/**
 * Months of breakdown grouped for the tail: [edges[b], edges[b+1]) is bucket b, and the last bucket, after all edges, is survival.
 * Quarters before the first machine, months while the first batch arrives, then years; and an edge after every month that spends
 * capital at once, because a pact that breaks before or after it is worth something else. Depends on the mine alone, never on which
 * terms asked first. Means weigh every month exactly, whatever the grouping.
 */
export const bucketEdges = (spec: VentureSpec, plan: Plan): readonly number[] => {
  const { months } = plan;
  const start = plan.batches[0].month;
  const edges = new Set<number>([0, months, start]);
  for (let m = 0; m < start; m += 3) edges.add(m);
  for (let m = start; m <= start + spec.mining.rampMonths; m++) edges.add(m);
  for (let m = start + 12; m < months; m += 12) edges.add(m);
  for (const u of spec.plant.units) edges.add(u.onlineMonth + 1);
  for (const w of spec.plant.works) edges.add(w.month + 1);
  for (const b of plan.batches) edges.add(b.month + 1);
  return [...edges].filter((m) => m <= months).sort((x, y) => x - y);
};

/**
 * Cumulative shares at which the paths of a bucket, sorted by what the mine earned by then, are cut: the less the bucket spreads beside
 * the widest one, the fewer.
 */
const CUTS: readonly { readonly spread: number; readonly cuts: readonly number[] }[] = [
  { spread: 0.02, cuts: [1] },
  { spread: 0.15, cuts: [0.15, 0.5, 1] },
  { spread: Infinity, cuts: [0.05, 0.15, 0.3, 0.5, 0.75, 1] },
];

/** What a column of a digest holds: present values per unit of coefficient, by month of breakdown m (months 0..m-1 were paid). */
export const COLUMNS = {
  /** Coins at spot, operating cost, replacement capital, own miners' loss: sums over months before m. */
  revenue: 0,
  cost: 1,
  replacement: 2,
  ownLoss: 3,
  /** The controller's rest: sums from m on, times the share of mining capital in place. */
  restRevenue: 4,
  restCost: 5,
} as const;

/**
 * One mine seen by one party (its discount rate), boiled down. Means over paths are kept for every month of breakdown and are exact.
 * The spread is kept as atoms: per bucket the paths are sorted by the mine's operating result up to there and cut into up to 6 strata,
 * each in two by what replacement cost less what the controller would go on earning (parties rank paths by these differently); an atom
 * holds how far its stratum's mean lies from the bucket's. What lies within a stratum or bucket is averaged, so CVaR comes out a
 * little high: see the measured error at `compileVenture`.
 */
export interface Digest {
  readonly columns: number;
  readonly months: number;
  readonly edges: readonly number[];
  /** `mean[c * (months + 1) + m]`, m = months being survival. */
  readonly mean: Float64Array;
  /** Atoms of bucket b are [first[b], first[b+1]); `share` sums to 1 in each bucket. */
  readonly first: Int32Array;
  readonly share: Float64Array;
  /** `deviation[c][atom]`. */
  readonly deviation: readonly Float64Array[];
}

export const digestOf = (
  spec: VentureSpec,
  plan: Plan,
  mine: MinePaths,
  alone: AloneRows,
  seat: number,
  isController: boolean,
): Digest => {
  const { months } = plan;
  const { paths } = mine;
  const party = spec.parties[seat];
  const d = discounts(party.discountRate, months);
  const built = builtShare(spec, months, plan.machines, plan.shell);
  const edges = bucketEdges(spec, plan);
  const buckets = edges.length; // the last is survival
  const columns = isController ? 6 : 4;
  const width = months + 1;
  const mean = new Float64Array(columns * width);
  // Running sums by path: revenue, cost, replacement and own miners' loss until now.
  const run = listOf(4, () => new Float64Array(paths));
  // One stretch of memory for all: thousands of small ones are costly to get and to give back.
  const room = new Float64Array(buckets * columns * paths);
  const inBucket = listOf(buckets, (k) =>
    listOf(columns, (c) => room.subarray((k * columns + c) * paths, (k * columns + c + 1) * paths)),
  );
  const builtIn = new Float64Array(buckets);
  const watchesFleet = party.ownFleet.ehs > 0 && party.ownFleet.weight !== 0;
  const counted = watchesFleet ? [0, 1, 2, 3] : [0, 1, 2];
  let b = 0;
  for (let m = 0; m <= months; m++) {
    while (m < months ? m >= edges[b + 1] : b < buckets - 1) b++;
    const weight = 1 / (m === months ? 1 : edges[b + 1] - edges[b]);
    const bucket = inBucket[b];
    builtIn[b] += built[m] * weight;
    for (const c of counted) mean[c * width + m] = addTimes(bucket[c], run[c], weight) / paths;
    if (isController) {
      addTimes(bucket[COLUMNS.restRevenue], run[COLUMNS.revenue], -built[m] * weight);
      addTimes(bucket[COLUMNS.restCost], run[COLUMNS.cost], -built[m] * weight);
    }
    if (m === months) break;
    addMonth(run[COLUMNS.revenue], mine.revenue, m, d[m]);
    addMonth(run[COLUMNS.cost], mine.operatingCost, m, d[m]);
    addMonth(run[COLUMNS.replacement], mine.replacement, m, d[m]);
    const loss = watchesFleet ? fleetLoss(spec, seat, m) * d[m] : 0;
    if (loss > 0) addFall(run[COLUMNS.ownLoss], alone.hashprice, mine.hashprice, m, loss);
  }
  if (isController) {
    for (const [rest, of] of [
      [COLUMNS.restRevenue, COLUMNS.revenue],
      [COLUMNS.restCost, COLUMNS.cost],
    ]) {
      for (let m = 0; m <= months; m++)
        mean[rest * width + m] = built[m] * (mean[of * width + months] - mean[of * width + m]);
      for (let k = 0; k < buckets; k++) addTimes(inBucket[k][rest], run[of], builtIn[k]);
    }
  }
  return { columns, months, edges, mean, ...strata(inBucket, columns, paths, spec.breakdown.rho) };
};

/** Adds so many times one column to another, path by path, and says what the column it added comes to. */
function addTimes(to: Float64Array, column: Float64Array, times: number): number {
  let total = 0;
  for (let p = 0; p < column.length; p++) {
    const value = column[p];
    total += value;
    to[p] += value * times;
  }
  return total;
}

/** Adds so many times month m of what is given month by month. */
function addMonth(to: Float64Array, rows: Float64Array, m: number, times: number): void {
  const at = m * to.length;
  for (let p = 0; p < to.length; p++) to[p] += rows[at + p] * times;
}

/** Adds so many times how far month m falls from one to the other. */
function addFall(to: Float64Array, before: Float64Array, after: Float64Array, m: number, times: number): void {
  const at = m * to.length;
  for (let p = 0; p < to.length; p++) to[p] += (before[at + p] - after[at + p]) * times;
}

/** Million USD a month that one USD/PH/day of hashprice costs the party's own miners. */
export const fleetLoss = (spec: VentureSpec, seat: number, m: number): number => {
  const { ehs, weight, decayYears } = spec.parties[seat].ownFleet;
  return (ehs * weight * sunkShare(decayYears, m) * 1000 * DAYS_PER_MONTH) / 1e6;
};

const strata = (inBucket: readonly (readonly Float64Array[])[], columns: number, paths: number, rho: number) => {
  const first = new Int32Array(inBucket.length + 1);
  const share: number[] = [];
  const deviation: number[][] = Array.from({ length: columns }, () => []);
  const scores = inBucket.map(([y0, y1]) => y0.map((v, p) => v - y1[p]));
  // A third of the stakes beside rho of the rest; ranks paths within a stratum.
  const seconds = inBucket.map((y) => (columns > 4 ? y[2].map((v, p) => v - 3 * rho * (y[4][p] - y[5][p])) : y[2]));
  const spreads = scores.map((score, b) => spreadOf(score) + spreadOf(seconds[b]));
  const widest = Math.max(...spreads);
  inBucket.forEach((y, b) => {
    const { cuts } = CUTS.find((level) => spreads[b] <= level.spread * widest)!;
    const stratum = stratify(scores[b], seconds[b], cuts);
    const cells = 2 * cuts.length;
    const counts = new Float64Array(cells);
    for (let p = 0; p < paths; p++) counts[stratum[p]]++;
    const sums = y.map((column) => {
      const out = new Float64Array(cells);
      for (let p = 0; p < paths; p++) out[stratum[p]] += column[p];
      return out;
    });
    const centre = sums.map((s) => s.reduce((a, v) => a + v, 0) / paths);
    for (let s = 0; s < cells; s++) {
      if (counts[s] === 0) continue;
      share.push(counts[s] / paths);
      for (let c = 0; c < columns; c++) deviation[c].push(sums[c][s] / counts[s] - centre[c]);
    }
    first[b + 1] = share.length;
  });
  return { first, share: Float64Array.from(share), deviation: deviation.map((c) => Float64Array.from(c)) };
};

/** Cell of every path: twice its stratum by score, plus one if its second criterion lies above the stratum's mean. */
const stratify = (score: Float64Array, second: Float64Array, cuts: readonly number[]): Uint8Array => {
  const paths = score.length;
  const stratum = new Uint8Array(paths);
  if (cuts.length === 1) return stratum;
  const sorted = score.slice().sort();
  const limits = cuts.map((c) => sorted[Math.min(paths - 1, Math.max(0, Math.ceil(c * paths) - 1))]);
  const counts = new Float64Array(cuts.length);
  const sums = new Float64Array(cuts.length);
  for (let p = 0; p < paths; p++) {
    let s = 0;
    while (s < cuts.length - 1 && score[p] > limits[s]) s++;
    stratum[p] = 2 * s;
    counts[s]++;
    sums[s] += second[p];
  }
  for (let p = 0; p < paths; p++) {
    const s = stratum[p] >> 1;
    if (second[p] * counts[s] > sums[s] + 1e-9 * Math.abs(sums[s])) stratum[p]++;
  }
  return stratum;
};

/** Standard deviation. */
const spreadOf = (values: Float64Array): number => {
  let mean = 0;
  for (let p = 0; p < values.length; p++) mean += values[p];
  mean /= values.length;
  let squares = 0;
  for (let p = 0; p < values.length; p++) squares += (values[p] - mean) * (values[p] - mean);
  return Math.sqrt(squares / values.length);
};
