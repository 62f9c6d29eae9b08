import { exp } from '../../domain/arith.ts';
import { MiningInputError } from '../inputError.ts';
import type { PricePaths } from './sample.ts';

/** Quantiles of the price, month by month: `usd[q][m]` is quantile `levels[q]` of the close m + 1 months from today, in USD. */
export interface Fan {
  readonly levels: readonly number[];
  readonly usd: readonly Float64Array[];
}

/** The fan of a set of paths. Quantiles interpolate linearly between order statistics (type 7 of Hyndman and Fan, 1996). */
export const fanOf = (paths: PricePaths, levels: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]): Fan => {
  for (const level of levels)
    if (!(level >= 0 && level <= 1)) throw new MiningInputError('levels', level, 'between 0 and 1');
  const usd = levels.map(() => new Float64Array(paths.months));
  const column = new Float64Array(paths.paths);
  for (let m = 0; m < paths.months; m++) {
    for (let p = 0; p < paths.paths; p++) column[p] = paths.log[p * paths.months + m];
    column.sort();
    levels.forEach((level, q) => {
      usd[q][m] = exp(quantileOfSorted(column, level));
    });
  }
  return { levels, usd };
};

/** Quantile of ascending values, linear between order statistics. */
export const quantileOfSorted = (sorted: ArrayLike<number>, level: number): number => {
  const at = level * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
};
