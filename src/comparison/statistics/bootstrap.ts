import { normalCdf, normalInv } from '../../domain/arith.ts';
import { type Interval, quantile, sorted } from './interval.ts';
import { clusterMeans, columnMeans, type Panel } from './panel.ts';
import { studentInv } from './student.ts';
import { below } from './uniform.ts';

/**
 * Which sources of chance are resampled.
 *
 * - `both` (the default): scenarios, then repetitions within each. A little wide where repetitions scatter much more than scenarios:
 *   the scatter of a scenario's mean is then counted once between and once within (Davison & Hinkley 1997, 3.8).
 * - `scenarios`: whole scenarios, their repetitions kept.
 * - `repetitions`: the scenarios are the ones of interest and are kept; says nothing about others.
 */
export type Stages = 'both' | 'scenarios' | 'repetitions';

export type BootstrapOptions = {
  /** Number of resamples, at least 1000 for an interval that is to be printed. */
  readonly resamples?: number;
  readonly seed?: number;
  readonly stages?: Stages;
};

/** Bootstrap replicates of every column's mean, with what the intervals need. */
export type Bootstrap = {
  readonly columns: readonly string[];
  readonly resamples: number;
  readonly stages: Stages;
  readonly estimates: Float64Array;
  /** `replicates[resample * columns + column]` */
  readonly replicates: Float64Array;
  /** Estimates with one cluster (or, of a single cluster, one repetition) left out: `[left out * columns + column]`. */
  readonly jackknife: Float64Array;
  readonly warnings: readonly string[];
};

/**
 * Cluster bootstrap of column means (Davison & Hinkley 1997, 3.8; Field & Welsh, JRSS B 69, 2007). All columns see the same resampled
 * rows, which keeps comparisons under common random numbers paired. Deterministic in the seed; independent of the order of clusters.
 */
export const bootstrap = (panel: Panel, options: BootstrapOptions = {}): Bootstrap => {
  const resamples = options.resamples ?? 2000;
  const seed = options.seed ?? 1;
  const { clusters, columns } = panel;
  const stages = clusters.length === 1 ? 'repetitions' : (options.stages ?? 'both');
  const width = columns.length;
  const means = clusterMeans(panel);
  const replicates = new Float64Array(resamples * width);
  const kept = columns.map(() => 0);
  for (let b = 0; b < resamples; b++) {
    kept.fill(0);
    for (let k = 0; k < clusters.length; k++) {
      const picked = stages === 'repetitions' ? k : below(clusters.length, seed, b, k, 0);
      if (stages === 'scenarios') for (let c = 0; c < width; c++) kept[c] += means[picked * width + c];
      else addResampledMean(kept, clusters[picked], drawCounts(clusters[picked].repetitions, seed, b, k));
    }
    for (let c = 0; c < width; c++) replicates[b * width + c] = kept[c] / clusters.length;
  }
  return {
    columns,
    resamples,
    stages,
    estimates: columnMeans(panel),
    replicates,
    jackknife: clusters.length === 1 ? leaveOneRepetition(panel) : leaveOneCluster(panel, means),
    warnings: warningsOf(panel, resamples, options.stages),
  };
};

/** The replicates of one column. */
export const replicatesOf = (b: Bootstrap, column: number): Float64Array => {
  const out = new Float64Array(b.resamples);
  for (let i = 0; i < out.length; i++) out[i] = b.replicates[i * b.columns.length + column];
  return out;
};

/** Percentile interval of one column: the replicates' own quantiles. */
export const percentile = (b: Bootstrap, column: number, confidence = 0.95): Interval => {
  const ascending = sorted(replicatesOf(b, column));
  const tail = (1 - confidence) / 2;
  return interval(b, column, ascending, tail, 1 - tail, confidence, 'percentile', []);
};

/**
 * Bias-corrected and accelerated interval of one column (B. Efron, JASA 82, 1987), acceleration from the jackknife over clusters. Falls
 * back to the percentile interval, and says so, where the replicates do not vary or the correction leaves the sample.
 */
export const bca = (b: Bootstrap, column: number, confidence = 0.95): Interval => {
  const ascending = sorted(replicatesOf(b, column));
  const estimate = b.estimates[column];
  const n = ascending.length;
  let less = 0;
  let equal = 0;
  const slack = 1e-12 * Math.abs(estimate);
  for (const x of ascending) {
    if (x < estimate - slack) less++;
    else if (x <= estimate + slack) equal++;
  }
  const share = (less + equal / 2) / n;
  if (!(share > 0 && share < 1)) {
    const warning = 'the estimate lies outside its replicates: percentile interval instead of BCa';
    return { ...percentile(b, column, confidence), warnings: [...b.warnings, warning] };
  }
  const z0 = normalInv(share);
  const a = acceleration(b, column);
  const at = (p: number) => {
    const z = z0 + normalInv(p);
    return normalCdf(z0 + z / (1 - a * z));
  };
  const tail = (1 - confidence) / 2;
  return interval(b, column, ascending, at(tail), at(1 - tail), confidence, 'BCa', []);
};

/** From so many independent units on, the bootstrap's quantiles are those of the population well enough. */
const ENOUGH = 30;

/**
 * The interval to print for one column's mean. Below 30 independent units (scenarios, or the repetitions of a single one) it is Student's t on their means:
 * resamples of n units scatter too little by (n - 1) / n and know nothing of the tails, so that percentile and BCa intervals cover 50 % instead of 95 % at 2
 * units and 90 % at 12 (Hesterberg, The American Statistician 69, 2015). From 30 on it is the BCa interval of the cluster bootstrap, which follows skew. Where
 * fewer than two units differ there is nothing to measure scatter by: low and high are then the estimate itself, and a warning says so.
 */
export const meanInterval = (b: Bootstrap, column: number, confidence = 0.95): Interval => {
  const units = b.jackknife.length / b.columns.length;
  const error = jackknifeError(b, column);
  if (units >= ENOUGH && error > 0) return bca(b, column, confidence);
  const estimate = b.estimates[column];
  const reach = error > 0 ? studentInv(0.5 + confidence / 2, units - 1) * error : 0;
  return {
    estimate,
    low: estimate - reach,
    high: estimate + reach,
    confidence,
    method: `Student's t on the means of ${units} ${b.stages === 'repetitions' ? 'repetitions' : 'scenarios'}`,
    completeness: units < 2 ? 'one' : 'estimate',
    warnings: [...b.warnings, ...(error > 0 ? [] : [units < 2 ? 'a single unit has no scatter' : NO_VARIANCE])],
  };
};

// ---- helpers

const NO_VARIANCE = 'no variance: every replicate is the same';

/** Standard error of the mean, from the estimates with a unit left out; 0 where rounding is all that they differ by. */
const jackknifeError = (b: Bootstrap, column: number): number => {
  const width = b.columns.length;
  const n = b.jackknife.length / width;
  const estimate = b.estimates[column];
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = b.jackknife[i * width + column] - estimate;
    squares += d * d;
  }
  const error = n < 2 ? 0 : Math.sqrt((squares * (n - 1)) / n);
  return error > 1e-13 * Math.abs(estimate) ? error : 0;
};

const interval = (
  b: Bootstrap,
  column: number,
  ascending: Float64Array,
  lower: number,
  upper: number,
  confidence: number,
  kind: string,
  warnings: readonly string[],
): Interval => ({
  estimate: b.estimates[column],
  low: quantile(ascending, lower),
  high: quantile(ascending, upper),
  confidence,
  method: `${kind} cluster bootstrap over ${STAGES[b.stages]}, ${b.resamples} resamples`,
  completeness: 'estimate',
  warnings: [...b.warnings, ...warnings, ...(ascending[0] === ascending[ascending.length - 1] ? [NO_VARIANCE] : [])],
});

const STAGES: Record<Stages, string> = {
  both: 'scenarios, then repetitions',
  scenarios: 'scenarios',
  repetitions: 'repetitions within the given scenarios',
};

/** How often each repetition is drawn in this resample's k-th place. */
const drawCounts = (repetitions: number, seed: number, b: number, k: number): Uint32Array => {
  const counts = new Uint32Array(repetitions);
  for (let r = 0; r < repetitions; r++) counts[below(repetitions, seed, b, k, r + 1)]++;
  return counts;
};

const addResampledMean = (
  into: number[],
  { repetitions, values }: { readonly repetitions: number; readonly values: Float64Array },
  counts: Uint32Array,
): void => {
  for (let c = 0; c < into.length; c++) {
    let total = 0;
    for (let r = 0, at = c * repetitions; r < repetitions; r++, at++) total += counts[r] * values[at];
    into[c] += total / repetitions;
  }
};

const leaveOneCluster = ({ clusters, columns }: Panel, means: Float64Array): Float64Array => {
  const width = columns.length;
  const n = clusters.length;
  const out = new Float64Array(n * width);
  for (let c = 0; c < width; c++) {
    let total = 0;
    for (let k = 0; k < n; k++) total += means[k * width + c];
    for (let k = 0; k < n; k++) out[k * width + c] = (total - means[k * width + c]) / (n - 1);
  }
  return out;
};

const leaveOneRepetition = ({ clusters, columns }: Panel): Float64Array => {
  const { repetitions, values } = clusters[0];
  if (repetitions < 2) return new Float64Array(0);
  const width = columns.length;
  const out = new Float64Array(repetitions * width);
  for (let c = 0; c < width; c++) {
    let total = 0;
    for (let r = 0; r < repetitions; r++) total += values[c * repetitions + r];
    for (let r = 0; r < repetitions; r++)
      out[r * width + c] = (total - values[c * repetitions + r]) / (repetitions - 1);
  }
  return out;
};

const acceleration = (b: Bootstrap, column: number): number => {
  const width = b.columns.length;
  const n = b.jackknife.length / width;
  let centre = 0;
  for (let i = 0; i < n; i++) centre += b.jackknife[i * width + column] / n;
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const d = centre - b.jackknife[i * width + column];
    second += d * d;
    third += d * d * d;
  }
  return second > 0 ? third / (6 * second * Math.sqrt(second)) : 0;
};

const warningsOf = ({ clusters }: Panel, resamples: number, asked: Stages | undefined): string[] => {
  const out: string[] = [];
  if (resamples < 1000) out.push(`only ${resamples} resamples: intervals need 1000`);
  if (clusters.length === 1 && asked !== 'repetitions') {
    out.push('one scenario: the interval covers chance within it, not other scenarios');
    const [{ repetitions }] = clusters;
    if (repetitions > 1 && repetitions < 10) out.push(tooSure(repetitions, 'repetitions'));
  } else if (clusters.length < 10 && asked !== 'repetitions') {
    out.push(tooSure(clusters.length, 'scenarios'));
  }
  return out;
};

const tooSure = (n: number, units: string): string =>
  `only ${n} ${units}: shares of resamples over fewer than 10 tend to be too sure`;
