/** Time value of money: discount factors, present value, internal rates of return, capital recovery, payback. Rates are a year's, as fractions. */
import { exp, expm1, log1p } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';

/** (1 + r)^-t, t in years. */
export const discountFactor = (rate: number, years: number): number => exp(-years * log1p(rate));

/** Sum of flows[t] / (1 + r)^t, t = 0, 1, ... periods of the rate. Spreadsheets' NPV starts at t = 1: put a 0 first. */
export const npv = (at: { rate: number; flows: ArrayLike<number> }): number => {
  requireInRange('rate', at.rate, { min: -1, max: 1e6, above: true, unit: '' });
  let value = 0;
  for (let t = at.flows.length - 1; t >= 0; t--) value = value / (1 + at.rate) + at.flows[t];
  return value;
};

export interface RatesOfReturn {
  /** Every rate found at which the present value is zero, ascending. */
  rates: readonly number[];
  found: 'none' | 'one' | 'several';
  /** True when Descartes' rule of signs proves that no other rate exists above -100 %. */
  all: boolean;
  searched: { min: number; max: number };
}

/** Internal rates of return by bracketing between -99.9 % and 10,000 % a period on a grid of 1 % in log(1 + r), then bisection. */
export const irr = (flows: ArrayLike<number>): RatesOfReturn => {
  const rates: number[] = [];
  let left = expm1(GRID_FROM);
  let atLeft = balance(flows, left);
  for (let i = 1; i <= GRID_STEPS; i++) {
    const right = expm1(GRID_FROM + i * GRID_STEP);
    const atRight = balance(flows, right);
    if (atLeft === 0 && atRight !== 0) rates.push(left);
    else if (atLeft * atRight < 0) rates.push(bisect(flows, left, right, atLeft));
    left = right;
    atLeft = atRight;
  }
  const changes = signChanges(flows);
  return {
    rates,
    found: rates.length === 0 ? 'none' : rates.length === 1 ? 'one' : 'several',
    all: changes === 0 || changes === rates.length,
    searched: { min: expm1(GRID_FROM), max: expm1(GRID_FROM + GRID_STEPS * GRID_STEP) },
  };
};

/** r / (1 - (1 + r)^-n): the level yearly payment that recovers 1 over n years; 1/n at r = 0. */
export const capitalRecoveryFactor = (at: { rate: number; years: number }): number => {
  requireInRange('rate', at.rate, { min: 0, max: 10, unit: 'a year' });
  requireInRange('years', at.years, { min: 0, max: 1000, above: true, unit: 'years' });
  return at.rate === 0 ? 1 / at.years : at.rate / -expm1(-at.years * log1p(at.rate));
};

/** Undiscounted payback in periods, linear within the period; 'never' when the flows run out first. */
export const payback = (at: { capitalUsd: number; cashUsd: ArrayLike<number> }): number | 'never' => {
  requireInRange('capitalUsd', at.capitalUsd, { min: 0, max: 1e15, unit: 'USD' });
  let open = at.capitalUsd;
  for (let t = 0; t < at.cashUsd.length; t++) {
    if (at.cashUsd[t] >= open) return open === 0 ? t : t + open / at.cashUsd[t];
    open -= at.cashUsd[t];
  }
  return 'never';
};

const GRID_FROM = -6.907755278982137; // log(0.001)
const GRID_STEP = 0.01;
const GRID_STEPS = 1153;

/** Same sign and zeros as the present value; powers of whichever of 1 + r and its inverse is below 1, so that nothing overflows. */
const balance = (flows: ArrayLike<number>, rate: number): number => {
  const growth = 1 + rate;
  let value = 0;
  if (growth >= 1) for (let t = flows.length - 1; t >= 0; t--) value = value / growth + flows[t];
  else for (let t = 0; t < flows.length; t++) value = value * growth + flows[t];
  return value;
};

const bisect = (flows: ArrayLike<number>, low: number, high: number, atLow: number): number => {
  let a = low;
  let b = high;
  for (let i = 0; i < 100; i++) {
    const middle = (a + b) / 2;
    if (balance(flows, middle) * atLow > 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
};

const signChanges = (flows: ArrayLike<number>): number => {
  let changes = 0;
  let last = 0;
  for (let t = 0; t < flows.length; t++) {
    const sign = Math.sign(flows[t]);
    if (sign !== 0 && last !== 0 && sign !== last) changes++;
    if (sign !== 0) last = sign;
  }
  return changes;
};
