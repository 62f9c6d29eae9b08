/**
 * What a site is worth when the bitcoin price is not certain: its net present value on every price path, with and without its own weight on
 * the network, over the same paths (common random numbers).
 *
 * Difficulty, replacement and switching off follow each path month by month, as in `projectSite`; nobody foresees the price. Discounted at
 * the site's own rate, so price risk shows in the spread alone and is not charged twice.
 */
import { exp } from '../domain/arith.ts';
import { type Estimate, estimate } from './paths/estimate.ts';
import { quantileOfSorted } from './paths/fan.ts';
import type { PriceProcess } from './paths/process.ts';
import { type PricePaths, samplePaths } from './paths/sample.ts';
import type { SiteInput } from './siteInput.ts';
import { projectSite } from './siteProjection.ts';

export const NPV_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface NpvRisk {
  /** USD; antithetic pairs averaged before the standard error is taken. */
  readonly npvUsd: Estimate;
  /** At `NPV_LEVELS`, USD. */
  readonly quantilesUsd: readonly number[];
  /** Part of the paths on which the site is worth less than nothing. */
  readonly lossProbability: number;
  /** Part of the paths on which it never pays back within the horizon. */
  readonly neverPaysBack: number;
  /** By path, ascending. */
  readonly sortedUsd: Float64Array;
}

export interface SiteRisk {
  readonly paths: number;
  readonly ownImpact: NpvRisk;
  readonly priceTaking: NpvRisk;
}

export interface SiteRiskOptions {
  readonly process: PriceProcess;
  readonly seed: number;
  readonly paths: number;
  /** Told after every path, for a progress line. */
  readonly told?: (done: number, of: number) => void;
}

/** The caller has validated the input (`evaluateSite` does). Throws MiningInputError for a process or a number of paths that cannot be. */
export const siteRisk = (input: SiteInput, options: SiteRiskOptions): SiteRisk => {
  const { process, seed, paths, told } = options;
  const months = Math.max(1, Math.round(input.horizonYears * 12));
  const prices = samplePaths(process, input.priceUsd, { seed, paths, months });
  const own = new Runs(prices);
  const taking = new Runs(prices);
  const closes = new Float64Array(months);
  for (let p = 0; p < prices.paths; p++) {
    for (let m = 0; m < months; m++) closes[m] = exp(prices.log[p * months + m]);
    own.add(p, projectSite(input, true, closes));
    taking.add(p, projectSite(input, false, closes));
    told?.(p + 1, prices.paths);
  }
  return { paths: prices.paths, ownImpact: own.summary(), priceTaking: taking.summary() };
};

class Runs {
  readonly #prices: PricePaths;
  readonly #npv: Float64Array;
  #never = 0;

  constructor(prices: PricePaths) {
    this.#prices = prices;
    this.#npv = new Float64Array(prices.paths);
  }

  add(path: number, { npvUsd, paybackYears }: { npvUsd: number; paybackYears: number | 'never' }): void {
    this.#npv[path] = npvUsd;
    if (paybackYears === 'never') this.#never++;
  }

  summary(): NpvRisk {
    const { group, paths } = this.#prices;
    const sortedUsd = this.#npv.slice().sort();
    return {
      npvUsd: estimate(this.#npv, group),
      quantilesUsd: NPV_LEVELS.map((level) => quantileOfSorted(sortedUsd, level)),
      lossProbability: this.#npv.reduce((n, x) => n + (x < 0 ? 1 : 0), 0) / paths,
      neverPaysBack: this.#never / paths,
      sortedUsd,
    };
  }
}
