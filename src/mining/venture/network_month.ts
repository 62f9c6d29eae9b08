import { exp, log } from '../../domain/arith.ts';
import type { MonthSolver } from '../network/monthSolver.ts';

/**
 * One month of the network as the Monte Carlo's inner loop needs it: everything no path changes, prepared once.
 * Hash rates in EH/s, hashprice in USD per PH/s and day; the pot R is in thousand USD a day, so that hashprice times EH/s is R.
 */
export interface NetworkMonth {
  readonly eps: number;
  readonly kappa: number;
  readonly solver: MonthSolver;
  /** ln R = ln price + this. */
  readonly logBlockValue: number;
  /** ln K, K = kappa H0 G: what the adjusting others would be at the anchor; -Infinity when kappa is 0. */
  readonly logAdjusting: number;
  /** ln c, c = pi0 / G: the hashprice at which the others, adjusted, are H0 G. */
  readonly logAnchor: number;
}

/** Hashprice and the others' hash rate at the end of a month. */
export interface MonthAnswer {
  pi: number;
  others: number;
}

/** Solves one month for a venture hash rate that is given; `staying` = (1 - kappa) H_others. Writes into `out` to allocate nothing. */
export const solveMonth = (
  month: NetworkMonth,
  logR: number,
  staying: number,
  venture: number,
  out: MonthAnswer,
): void => {
  const logPi = month.solver.logHashprice(logR, log(staying + venture), month.logAdjusting, month.logAnchor);
  out.pi = exp(logPi);
  out.others = exp(logR - logPi) - venture;
};

/** B(pi) = kappa H*(pi), the hash rate of those others who adjust this month, at a hashprice. */
export const adjustingAt = (month: NetworkMonth, pi: number): number => {
  if (month.kappa === 0) return 0;
  if (month.eps === 0) return exp(month.logAdjusting);
  return exp(month.logAdjusting + month.eps * (log(pi) - month.logAnchor));
};
