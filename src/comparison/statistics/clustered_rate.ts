import type { Interval } from './interval.ts';
import { studentInv } from './student.ts';
import { wilson } from './wilson.ts';

/** What became of the negotiations that share one unit's luck. */
export type RateUnit = { readonly agreed: number; readonly of: number };

/**
 * Interval of a proportion whose trials come in independent units of dependent ones: Wilson's score interval on the effective number of trials, n* = N / design
 * effect, times (t_{N-1} / t_{n-1})^2 for having estimated the design effect from n units (L. Kish, Survey Sampling, 1965, 8.2; E. L. Korn & B. I. Graubard,
 * Survey Methodology 24, 1998; for Wilson's form N. Dean & M. Pauly, Survey Methodology 41, 2015). The design effect is never taken below 1; where it cannot be
 * measured (a single unit, or all units alike) a unit counts as one trial. Units of one trial each are independent trials: plain Wilson.
 */
export const clusteredRate = (units: readonly RateUnit[], confidence = 0.95): Interval => {
  const n = units.length;
  const trials = units.reduce((sum, { of }) => sum + of, 0);
  const agreed = units.reduce((sum, one) => sum + one.agreed, 0);
  if (trials === n) return wilson(agreed, trials, confidence);
  const p = agreed / trials;
  const squares = units.reduce((sum, one) => sum + (one.agreed - p * one.of) * (one.agreed - p * one.of), 0);
  const measured = n > 1 && squares > 1e-12 * trials;
  const effect = measured ? Math.max(1, (squares * n) / ((n - 1) * trials * p * (1 - p))) : trials / n;
  const tail = 0.5 + confidence / 2;
  const shrink = measured ? studentInv(tail, trials - 1) / studentInv(tail, n - 1) : 1;
  const effective = Math.max(1, (trials / effect) * shrink * shrink);
  return {
    ...wilson(p * effective, effective, confidence),
    estimate: p,
    method: `Wilson score interval on ${rounded(effective)} effective of ${trials} negotiations, since those of one unit share their luck: design effect ${rounded(effect)} ${measured ? 'from' : 'taken, with'} ${n} unit${n === 1 ? '' : 's'}`,
  };
};

const rounded = (x: number): string => (x < 10 ? x.toFixed(1) : String(Math.round(x)));
