import { exp, expm1, log } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';

/**
 * Merton's jump diffusion of the bitcoin price (J. Financial Economics 3, 1976); GBM is the case `jumpsPerYear: 0`.
 *
 * dP/P = mu dt + s dW + jumps; log P jumps by N(muJ, sJ) at rate lambda, and the drift is compensated so that E[P_t] = P_0 e^(mu t).
 */
export interface MertonProcess {
  readonly kind: 'merton';
  /** mu, expected growth of the price, per year (0.05 = 5 %). An assumption always: history is not a forecast. */
  readonly drift: number;
  /** s, volatility of the diffusion, per square root of a year. */
  readonly volatility: number;
  /** lambda, jumps per year. */
  readonly jumpsPerYear: number;
  /** muJ, mean of the jump in log price. */
  readonly jumpMean: number;
  /** sJ, standard deviation of the jump in log price. */
  readonly jumpSd: number;
}

/** Month-end prices stated one by one, in USD; the last one holds when the list is shorter than the horizon. */
export interface FixedProcess {
  readonly kind: 'fixed';
  readonly pricesUsd: readonly number[];
}

/** Overlapping windows of past monthly log returns, replayed from today's price. `closesUsd` are consecutive month-end closes. */
export interface HistoricalProcess {
  readonly kind: 'historical';
  readonly closesUsd: readonly number[];
}

export type PriceProcess = MertonProcess | FixedProcess | HistoricalProcess;

/** Geometric Brownian motion. */
export const gbm = (drift: number, volatility: number): MertonProcess => ({
  kind: 'merton',
  drift,
  volatility,
  jumpsPerYear: 0,
  jumpMean: 0,
  jumpSd: 0,
});

/** The price grows at its drift and nothing else: sigma = 0, no jumps. */
export const zeroVolatility = (drift = 0): MertonProcess => gbm(drift, 0);

export interface ProcessPreset {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly process: MertonProcess;
}

const CLOSES =
  'maximum likelihood on daily BTC/USD closes (Coin Metrics community data), jump rate fixed for readability';

const preset = (id: string, label: string, source: string, values: Omit<MertonProcess, 'kind'>): ProcessPreset => ({
  id,
  label,
  source,
  process: { kind: 'merton', ...values },
});

/**
 * Calibrations with a name. The historical ones carry the fitted drift of their window, which nobody should take for a forecast.
 * Where a fit with lambda = 6 reports only s and sJ, drift and muJ are those of the lambda = 12 fit of the same window, with muJ
 * doubled to keep the same expected jump drift [assumption].
 */
export const PROCESS_PRESETS: readonly ProcessPreset[] = [
  preset(
    'default',
    'drift 5 %, vol 50 % and a jump a month',
    'assumption: near 2021-25 volatility, drift within 0-10 %',
    {
      drift: 0.05,
      volatility: 0.5,
      jumpsPerYear: 12,
      jumpMean: 0,
      jumpSd: 0.09,
    },
  ),
  preset('2016-25', 'fit to 2016-25, 12 jumps a year', CLOSES, {
    drift: 0.77,
    volatility: 0.514,
    jumpsPerYear: 12,
    jumpMean: -0.006,
    jumpSd: 0.096,
  }),
  preset('2016-25-lambda6', 'fit to 2016-25, 6 jumps a year', `${CLOSES}; drift and jump mean carried over`, {
    drift: 0.77,
    volatility: 0.547,
    jumpsPerYear: 6,
    jumpMean: -0.012,
    jumpSd: 0.111,
  }),
  preset('2021-25', 'fit to 2021-25, 12 jumps a year', CLOSES, {
    drift: 0.37,
    volatility: 0.467,
    jumpsPerYear: 12,
    jumpMean: -0.001,
    jumpSd: 0.08,
  }),
  preset('gbm-2016-25', 'no jumps, volatility of 2016-25', 'realised volatility of daily closes, 365 days a year', {
    drift: 0.05,
    volatility: 0.68,
    jumpsPerYear: 0,
    jumpMean: 0,
    jumpSd: 0,
  }),
  preset('gbm-2021-25', 'no jumps, volatility of 2021-25', 'realised volatility of daily closes, 365 days a year', {
    drift: 0.05,
    volatility: 0.58,
    jumpsPerYear: 0,
    jumpMean: 0,
    jumpSd: 0,
  }),
];

/** k = E[e^J] - 1, what one jump adds to the price on average. */
export const jumpCompensator = (p: MertonProcess): number => expm1(p.jumpMean + 0.5 * p.jumpSd * p.jumpSd);

/** Drift of the log price per year outside jumps: mu - s^2/2 - lambda k. */
export const logDrift = (p: MertonProcess): number =>
  p.drift - 0.5 * p.volatility * p.volatility - p.jumpsPerYear * jumpCompensator(p);

/** Closed-form moments at `years`: E[P]/P_0, Var[P]/P_0^2, mean and variance of the log return, its excess kurtosis. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly logMean: number;
  readonly logVariance: number;
  readonly logExcessKurtosis: number;
}

/** Moments of Merton's law (mining-economics 27); Var[P] from E[P^2] = exp(2 g t + 2 s^2 t + lambda t (E[e^2J] - 1)). */
export const momentsOf = (p: MertonProcess, years: number): Moments => {
  const { volatility: s, jumpsPerYear: lambda, jumpMean: m, jumpSd: d } = p;
  const g = logDrift(p);
  const second = exp(years * (2 * g + 2 * s * s + lambda * expm1(2 * m + 2 * d * d)));
  const mean = exp(p.drift * years);
  const logVariance = years * (s * s + lambda * (m * m + d * d));
  const fourth = lambda * years * (m * m * m * m + 6 * m * m * d * d + 3 * d * d * d * d);
  return {
    mean,
    variance: second - mean * mean,
    logMean: years * (g + lambda * m),
    logVariance,
    logExcessKurtosis: logVariance === 0 ? 0 : fourth / (logVariance * logVariance),
  };
};

/** Refuses a process with an impossible number, naming the field. */
export const checkProcess = (p: PriceProcess, at = 'price'): void => {
  if (p.kind === 'merton') {
    requireInRange(`${at}.drift`, p.drift, { min: -2, max: 2, unit: 'per year' });
    requireInRange(`${at}.volatility`, p.volatility, { min: 0, max: 5, unit: 'per square root of a year' });
    requireInRange(`${at}.jumpsPerYear`, p.jumpsPerYear, { min: 0, max: 1000, unit: 'jumps a year' });
    requireInRange(`${at}.jumpMean`, p.jumpMean, { min: -2, max: 2, unit: 'log price' });
    requireInRange(`${at}.jumpSd`, p.jumpSd, { min: 0, max: 2, unit: 'log price' });
    return;
  }
  const list = p.kind === 'fixed' ? p.pricesUsd : p.closesUsd;
  const name = p.kind === 'fixed' ? 'pricesUsd' : 'closesUsd';
  requireInRange(`${at}.${name}.length`, list.length, {
    min: p.kind === 'fixed' ? 1 : 2,
    max: 100_000,
    unit: 'months',
  });
  for (let i = 0; i < list.length; i++)
    requireInRange(`${at}.${name}[${i}]`, list[i], { min: 1e-6, max: 1e12, unit: 'USD' });
};

/** Log returns of consecutive closes. */
export const logReturns = (closesUsd: readonly number[]): Float64Array =>
  Float64Array.from({ length: closesUsd.length - 1 }, (_, i) => log(closesUsd[i + 1] / closesUsd[i]));
