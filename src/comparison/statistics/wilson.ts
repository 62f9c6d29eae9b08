import { normalInv } from '../../domain/arith.ts';
import type { Interval } from './interval.ts';

/**
 * Wilson score interval of a proportion, such as an agreement rate (E. B. Wilson, JASA 22, 1927; method 3 of R. G. Newcombe, Statistics
 * in Medicine 17, 1998). Sane at 0 and at n of n, where the textbook p +- z sqrt(p(1-p)/n) has no width.
 * Trials are taken as independent; for those that share luck see `clusteredRate`.
 */
export const wilson = (successes: number, trials: number, confidence = 0.95): Interval => {
  if (!(trials > 0) || successes < 0 || successes > trials) {
    throw new RangeError(`wilson: ${successes} of ${trials} is no proportion`);
  }
  const z = normalInv(0.5 + confidence / 2);
  const p = successes / trials;
  const spread = z * Math.sqrt((p * (1 - p) + (z * z) / (4 * trials)) / trials);
  const centre = p + (z * z) / (2 * trials);
  const scale = 1 + (z * z) / trials;
  return {
    estimate: p,
    low: successes === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: successes === trials ? 1 : Math.min(1, (centre + spread) / scale),
    confidence,
    method: 'Wilson score interval',
    completeness: 'estimate',
    warnings: [],
  };
};
