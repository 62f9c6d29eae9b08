import type { PricePaths } from './sample.ts';

/** A Monte Carlo mean with its standard error; `independent` is how many independent draws stand behind it. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly independent: number;
}

/**
 * Mean and standard error of one number per path. Antithetic partners are averaged first, because only pairs are independent: taking
 * the 2n paths for independent would overstate the error of monotone quantities and understate that of even ones. Zero error for a
 * single deterministic path.
 */
export const estimate = (values: ArrayLike<number>, group: 1 | 2 = 1): Estimate => {
  const n = Math.floor(values.length / group);
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const x = group === 2 ? 0.5 * (values[2 * i] + values[2 * i + 1]) : values[i];
    const gap = x - mean;
    mean += gap / (i + 1);
    squares += gap * (x - mean);
  }
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0, independent: n };
};

/** `estimate` for a quantity of each price path. */
export const estimateOver = (paths: PricePaths, of: (path: number) => number): Estimate =>
  estimate(
    Float64Array.from({ length: paths.paths }, (_, p) => of(p)),
    paths.group,
  );
