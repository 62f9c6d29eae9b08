import { exp, log, normalInv } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';
import { checkProcess, logDrift, logReturns, type MertonProcess, type PriceProcess } from './process.ts';
import { pathKey, uniformOf } from './uniform.ts';

/**
 * Month-end bitcoin prices of many paths. `log[p * months + m]` is the natural log of path p's close, m + 1 months from today, in USD.
 *
 * With `group` = 2 paths 2j and 2j + 1 are an antithetic pair and only pairs are independent; standard errors must average within
 * groups first. Historical windows overlap, so their `group` is 1 but their standard error is a lower bound, which `overlapping` says.
 */
export interface PricePaths {
  readonly paths: number;
  readonly months: number;
  readonly group: 1 | 2;
  readonly overlapping: boolean;
  readonly log: Float64Array;
}

export interface SampleOptions {
  readonly seed: number;
  readonly paths: number;
  readonly months: number;
  /** Antithetic pairs (default true): path 2j + 1 mirrors every normal of path 2j and shares its jump times. */
  readonly antithetic?: boolean;
}

/** Draws paths of a process from today's price. Deterministic processes give one path; historical windows as many as fit. */
export const samplePaths = (process: PriceProcess, priceUsd: number, options: SampleOptions): PricePaths => {
  checkProcess(process);
  requireInRange('priceUsd', priceUsd, { min: 1e-6, max: 1e12, unit: 'USD' });
  requireInRange('months', options.months, { min: 1, max: 1200, unit: 'months' });
  requireInRange('paths', options.paths, { min: 1, max: 10_000_000, unit: 'paths' });
  requireInRange('seed', options.seed, { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'integer' });
  if (process.kind === 'fixed') return fixedPath(process.pricesUsd, options.months);
  if (process.kind === 'historical') return windows(process.closesUsd, priceUsd, options);
  if (isDeterministic(process)) return sample(process, priceUsd, { ...options, paths: 1, antithetic: false });
  return sample(process, priceUsd, options);
};

const isDeterministic = (p: MertonProcess) =>
  p.volatility === 0 && (p.jumpsPerYear === 0 || (p.jumpSd === 0 && p.jumpMean === 0));

/**
 * The exact monthly law: (mu - s^2/2 - lambda k)/12 + s sqrt(1/12) Z + N muJ + sqrt(N) sJ Z', N ~ Poisson(lambda/12). No time step to
 * refine: the sum of N normal jumps is itself normal given N.
 */
const sample = (process: MertonProcess, priceUsd: number, options: SampleOptions): PricePaths => {
  const { seed, months } = options;
  const group = (options.antithetic ?? true) ? 2 : 1;
  const paths = group === 2 ? options.paths + (options.paths % 2) : options.paths;
  const drift = logDrift(process) / 12;
  const step = process.volatility / Math.sqrt(12);
  const { jumpMean, jumpSd } = process;
  const jumps = poissonTable(process.jumpsPerYear / 12);
  const start = log(priceUsd);
  const out = new Float64Array(paths * months);
  for (let p = 0; p < paths; p += group) {
    const key = pathKey(seed, p / group);
    let here = start;
    let mirror = start;
    for (let m = 0; m < months; m++) {
      const count = jumps.length === 0 ? 0 : countOf(jumps, uniformOf(key, m, 1));
      let shock = step * normalInv(uniformOf(key, m, 0));
      if (count > 0) shock += Math.sqrt(count) * jumpSd * normalInv(uniformOf(key, m, 2));
      const known = drift + count * jumpMean;
      here += known + shock;
      out[p * months + m] = here;
      if (group === 2) {
        mirror += known - shock;
        out[(p + 1) * months + m] = mirror;
      }
    }
  }
  return { paths, months, group, overlapping: false, log: out };
};

/** Cumulative Poisson probabilities until the tail is below 1e-15; empty for rate 0. */
const poissonTable = (rate: number): Float64Array => {
  if (rate === 0) return new Float64Array(0);
  const out: number[] = [];
  let term = exp(-rate);
  let total = 0;
  for (let k = 0; k < 2000; k++) {
    total += term;
    out.push(total);
    if (k > rate && term < 1e-16) break;
    term *= rate / (k + 1);
  }
  return Float64Array.from(out);
};

const countOf = (cumulative: Float64Array, u: number): number => {
  let k = 0;
  while (k < cumulative.length - 1 && u > cumulative[k]) k++;
  return k;
};

const fixedPath = (pricesUsd: readonly number[], months: number): PricePaths => ({
  paths: 1,
  months,
  group: 1,
  overlapping: false,
  log: Float64Array.from({ length: months }, (_, m) => log(pricesUsd[Math.min(m, pricesUsd.length - 1)])),
});

/** Every window of `months` consecutive returns; with too short a history the returns wrap around, so no window is lost. */
const windows = (closesUsd: readonly number[], priceUsd: number, { months, paths }: SampleOptions): PricePaths => {
  const returns = logReturns(closesUsd);
  const fitting = returns.length - months + 1;
  const available = fitting >= 1 ? fitting : returns.length;
  const count = Math.min(paths, available);
  const start = log(priceUsd);
  const out = new Float64Array(count * months);
  for (let p = 0; p < count; p++) {
    const first = Math.floor((p * available) / count);
    let here = start;
    for (let m = 0; m < months; m++) {
      here += returns[(first + m) % returns.length];
      out[p * months + m] = here;
    }
  }
  return { paths: count, months, group: 1, overlapping: true, log: out };
};
