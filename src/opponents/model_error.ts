import type { Liking } from '../session/contracts/opponent_model.ts';

/** How far a belief is from the truth, over a set of outcomes. */
export interface ModelError {
  /** Pearson correlation of believed and true utilities, in [-1, 1]; NaN where either is constant. */
  readonly correlation: number;
  /** Root mean square difference, after both are scaled to [0, 1] over the outcomes, so that only shape counts. */
  readonly rmse: number;
  readonly outcomes: number;
}

/**
 * Scores an opponent model by its distance to the truth, which only a laboratory knows.
 *
 * Source: Baarslag, Hendrikx, Hindriks & Jonker, Measuring the performance of online opponent models in automated bilateral negotiation, 2012.
 *
 * @example
 * modelError(model.liking(belief), valuation.utilities[seat], space.allowed); // { correlation: 0.83, rmse: 0.12, outcomes: 360 }
 */
export function modelError(believed: Liking, truth: ArrayLike<number>, outcomes: ArrayLike<number>): ModelError {
  const n = outcomes.length;
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    xs[k] = believed.of(outcomes[k]);
    ys[k] = truth[outcomes[k]];
  }
  scale(xs);
  scale(ys);
  const meanX = mean(xs);
  const meanY = mean(ys);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  let squares = 0;
  for (let k = 0; k < n; k++) {
    xy += (xs[k] - meanX) * (ys[k] - meanY);
    xx += (xs[k] - meanX) * (xs[k] - meanX);
    yy += (ys[k] - meanY) * (ys[k] - meanY);
    squares += (xs[k] - ys[k]) * (xs[k] - ys[k]);
  }
  const constant = !(xx > 0 && yy > 0);
  return {
    correlation: constant ? Number.NaN : xy / Math.sqrt(xx * yy),
    rmse: Math.sqrt(squares / n),
    outcomes: n,
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** To [0, 1], in place; a constant becomes 1/2. */
function scale(values: Float64Array): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (let k = 0; k < values.length; k++) values[k] = high - low > 1e-12 ? (values[k] - low) / (high - low) : 0.5;
}
