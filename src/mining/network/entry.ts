/**
 * Entry that cannot be undone: revenue per hash has an upper barrier at which new machines are bought, falling with technical progress.
 * The form is J. Prat and B. Walter, "An Equilibrium Model of the Market for Bitcoin Mining", JPE 2021 (CESifo WP 6865); this closed form was
 * derived for the project in that setting and checked by simulation (vector TV35), and is not a quotation of theirs.
 */
import { exp } from '../../domain/arith.ts';
import { MiningInputError, requireInRange } from '../inputError.ts';

export interface EntryTerms {
  /** I: price of a TH/s of capacity today, present value of its power included, $/TH. */
  costUsdPerTh: number;
  /** r, a year. */
  discountRate: number;
  /** alpha: drift of the reward pot a year; must stay below r. */
  potDrift: number;
  /** sigma: volatility of the pot a year. */
  potVolatility: number;
  /** a: rate at which I falls a year. */
  progress: number;
}

export interface EntryBarrier {
  /** Positive root of sigma^2/2 b (b - 1) + (alpha + a) b - (r + a) = 0; above 1. */
  beta: number;
  /** Revenue per TH and year at which entry happens today. */
  barrierUsdPerThYear: number;
  /** The same as a hashprice. */
  barrierUsdPerPhDay: number;
}

export const entryBarrier = (terms: EntryTerms): EntryBarrier => {
  requireInRange('costUsdPerTh', terms.costUsdPerTh, { min: 0, max: 1e9, above: true, unit: '$/TH' });
  requireInRange('discountRate', terms.discountRate, { min: 0, max: 10, above: true, unit: 'a year' });
  requireInRange('potVolatility', terms.potVolatility, { min: 0, max: 10, above: true, unit: 'a year' });
  requireInRange('progress', terms.progress, { min: 0, max: 10, unit: 'a year' });
  if (!(terms.potDrift < terms.discountRate) || terms.potDrift < -10)
    throw new MiningInputError('potDrift', terms.potDrift, 'from -10 to below discountRate');
  const half = (terms.potVolatility * terms.potVolatility) / 2;
  const slope = terms.potDrift + terms.progress - half;
  const beta = (-slope + Math.sqrt(slope * slope + 4 * half * (terms.discountRate + terms.progress))) / (2 * half);
  const barrier = (terms.costUsdPerTh * (terms.discountRate - terms.potDrift) * beta) / (beta - 1);
  return { beta, barrierUsdPerThYear: barrier, barrierUsdPerPhDay: (barrier * 1000) / 365 };
};

/** Hash rate after a step: entry only, whenever the pot would pay more than the barrier, which has fallen for `years`. */
export const afterEntry = (at: {
  hashRateEhs: number;
  potUsdPerDay: number;
  barrier: EntryBarrier;
  progress: number;
  years: number;
}): number =>
  Math.max(at.hashRateEhs, at.potUsdPerDay / (1000 * at.barrier.barrierUsdPerPhDay * exp(-at.progress * at.years)));
