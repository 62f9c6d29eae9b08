/**
 * One month of the network with others who adjust slowly: each month they close a fraction kappa of the gap to
 * H* = H0 G (pi G / pi0)^eps, where G = e^(a t) is the efficiency trend, while hashprice clears pi x (H_others + H_venture) = pot.
 *
 * Solved implicitly (hashprice and the others' hash rate at once): an explicit step oscillates at high eps. pi0 is the calibration's
 * hashprice, never the month's, or a higher bitcoin price would invite no entry. Source: the network rules of the venture model.
 */
import { exp, log } from '../../domain/arith.ts';
import { MiningInputError, requireInRange } from '../inputError.ts';
import { solveByNewton } from './monthSolver.ts';

export interface Month {
  /** R: what all miners together earn, blocks x (subsidy + fees) x price. */
  potUsdPerDay: number;
  /** The others' hash rate a month ago. */
  othersEhs: number;
  /** The venture's hash rate this month. */
  ventureEhs: number;
  /** H0: the others' hash rate at calibration, when hashprice was calibrationHashprice. */
  calibrationOthersEhs: number;
  /** pi0, $/PH/day. */
  calibrationHashprice: number;
  /** G >= 1: how much less a hash costs than at calibration. */
  efficiencyTrend: number;
  /** Elasticity of the others' long-run hash rate to hashprice; 0 fixed, Infinity free entry. */
  eps: number;
  /** Fraction of the gap closed in the month, 0 to 1. */
  kappa: number;
}

export interface SettledMonth {
  /** $/PH/day. */
  hashpriceUsdPerPhDay: number;
  othersEhs: number;
  totalEhs: number;
}

/** Unique solution, rising in the pot and falling in the venture's hash rate. */
export const settleMonth = (month: Month): SettledMonth => {
  requireInRange('potUsdPerDay', month.potUsdPerDay, { min: 0, max: 1e15, above: true, unit: 'USD/day' });
  requireInRange('othersEhs', month.othersEhs, { min: 0, max: 1e9, unit: 'EH/s' });
  requireInRange('ventureEhs', month.ventureEhs, { min: 0, max: 1e9, unit: 'EH/s' });
  requireInRange('calibrationOthersEhs', month.calibrationOthersEhs, { min: 0, max: 1e9, unit: 'EH/s' });
  requireInRange('calibrationHashprice', month.calibrationHashprice, {
    min: 0,
    max: 1e9,
    above: true,
    unit: '$/PH/day',
  });
  requireInRange('efficiencyTrend', month.efficiencyTrend, { min: 0, max: 1e9, above: true, unit: '' });
  requireInRange('kappa', month.kappa, { min: 0, max: 1, unit: 'a month' });
  if (month.eps !== Infinity) requireInRange('eps', month.eps, { min: 0, max: Number.MAX_VALUE, unit: '' });

  const staying = (1 - month.kappa) * month.othersEhs + month.ventureEhs;
  const adjusting = month.kappa * month.calibrationOthersEhs * month.efficiencyTrend;
  if (!(staying + adjusting > 0))
    throw new MiningInputError('othersEhs', month.othersEhs, 'above 0 when nobody else mines');
  const anchor = month.calibrationHashprice / month.efficiencyTrend;
  const pot = month.potUsdPerDay / 1000;
  const free = staying > 0 ? Math.min(anchor, pot / staying) : anchor;
  const hashprice =
    month.eps !== Infinity
      ? exp(solveByNewton(month.eps, log(pot), log(staying), log(adjusting), log(anchor)))
      : adjusting > 0
        ? free
        : pot / staying;
  const totalEhs = pot / hashprice;
  // The others' law gives the same number; the pot is what must clear to the last bit. Rounding may leave a speck below zero.
  const othersEhs = Math.max(totalEhs - month.ventureEhs, (1 - month.kappa) * month.othersEhs);
  return { hashpriceUsdPerPhDay: hashprice, othersEhs, totalEhs };
};

/** G after t years at rate a a year; a is about .20 (hashprice fell 22 to 37 % a year in every window 2017..2024 to 2026). */
export const efficiencyTrend = (at: { ratePerYear: number; years: number }): number => exp(at.ratePerYear * at.years);
