import { z } from 'zod';
import { exp } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import { type Issue, made } from '../domain/issue.ts';
import type { OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { additive, type Layout, layoutOf, levelIn } from './frequencies.ts';

const spec = z.strictObject({
  type: z.literal('bayesian'),
  /** How much of its own utility the other is assumed to give up by the deadline, evenly over time. */
  concession: figureIn(0, 1).default(0.3),
  /** The spread, in utility, of its offers around that assumption. */
  spread: figureIn(0.01, 1).default(0.15),
});

/** What an issue may weigh before weights are scaled to sum to 1. */
const WEIGHTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** Where the peak of a triangular hypothesis may lie, as a share of the range. */
const PEAKS = [0.25, 0.5, 0.75];

/**
 * Bayesian learning of preferences, in its scalable form: beliefs about each issue's weight and the shape of its values are kept apart, each updated by how well
 * the offer fits the assumption that the other concedes evenly, with everything else at its expectation.
 *
 * Shapes: along every number that can be read of a value (a level, a party's share) rising, falling, or with a peak inside; where values have no number, one
 * hypothesis per value: this one is best, the rest are worth half as much.
 *
 * Belief: for each issue the probabilities of its weights, then those of its shapes.
 */
export const bayesian: OpponentModelKind<z.infer<typeof spec>> = {
  type: 'bayesian',
  summary: 'updates beliefs about weights and value shapes by Bayes’ rule',
  source: 'Hindriks & Tykhonov, Opponent modelling in automated multi-issue negotiation using Bayesian learning, 2008',
  spec,
  example: { type: 'bayesian', concession: 0.3, spread: 0.15 },
  make({ concession, spread }, context) {
    const layout = layoutOf(context);
    const shapes = context.issues.map(shapesOf);
    const starts: number[] = [];
    const initial: number[] = [];
    for (const ofIssue of shapes) {
      starts.push(initial.length);
      for (const _ of WEIGHTS) initial.push(1 / WEIGHTS.length);
      for (const _ of ofIssue) initial.push(1 / ofIssue.length);
    }
    const model = { layout, shapes, starts };
    return made({
      initial,
      observe: (belief, { outcome, time }) =>
        update(model, belief as readonly number[], outcome, 1 - concession * time, spread),
      liking(belief) {
        const expected = expectations(model, belief as readonly number[]);
        const scores = new Array<number>(layout.total);
        for (let i = 0; i < shapes.length; i++) {
          for (let level = 0; level < layout.sizes[i]; level++) {
            scores[layout.starts[i] + level] = (expected.weights[i] / expected.sum) * expected.values[i][level];
          }
        }
        return additive(layout, scores);
      },
    });
  },
};

interface Model {
  readonly layout: Layout;
  /** Per issue, per hypothesis: the score of every level. */
  readonly shapes: readonly (readonly Float64Array[])[];
  /** Where an issue's probabilities start in a belief. */
  readonly starts: readonly number[];
}

function shapesOf(issue: Issue): Float64Array[] {
  const score = (of: (level: number) => number) => Float64Array.from({ length: issue.size }, (_, level) => of(level));
  const numbers = issue.readings.filter((reading) => reading.kind === 'number');
  if (numbers.length === 0 || issue.size === 1) {
    return Array.from({ length: issue.size }, (_, best) => score((level) => (level === best ? 1 : 0.5)));
  }
  return numbers.flatMap(({ read }) => {
    const column = score((level) => Number(read(level)));
    const low = column.reduce((a, b) => Math.min(a, b));
    const high = column.reduce((a, b) => Math.max(a, b));
    const at = (level: number) => (high > low ? (column[level] - low) / (high - low) : 0.5);
    return [
      score(at),
      score((level) => 1 - at(level)),
      ...PEAKS.map((peak) => score((level) => (at(level) < peak ? at(level) / peak : (1 - at(level)) / (1 - peak)))),
    ];
  });
}

function expectations({ layout, shapes, starts }: Model, belief: readonly number[]) {
  const weights = shapes.map((_, i) => WEIGHTS.reduce((sum, weight, w) => sum + belief[starts[i] + w] * weight, 0));
  const values = shapes.map((ofIssue, i) => {
    const expected = new Float64Array(layout.sizes[i]);
    for (const [h, score] of ofIssue.entries()) {
      const probability = belief[starts[i] + WEIGHTS.length + h];
      for (let level = 0; level < expected.length; level++) expected[level] += probability * score[level];
    }
    return expected;
  });
  return { weights, values, sum: weights.reduce((a, b) => a + b, 0) };
}

function update(model: Model, belief: readonly number[], outcome: number, assumed: number, spread: number): number[] {
  const { layout, shapes, starts } = model;
  const { weights, values, sum } = expectations(model, belief);
  const next = belief.slice();
  let total = 0;
  for (let i = 0; i < shapes.length; i++) total += weights[i] * values[i][levelIn(layout, outcome, i)];
  const likelihood = (utility: number) => {
    const off = (utility - assumed) / spread;
    return exp(-0.5 * off * off);
  };
  for (let i = 0; i < shapes.length; i++) {
    const level = levelIn(layout, outcome, i);
    const rest = total - weights[i] * values[i][level];
    const start = starts[i];
    for (const [w, weight] of WEIGHTS.entries()) {
      next[start + w] *= likelihood((rest + weight * values[i][level]) / (sum - weights[i] + weight));
    }
    const first = start + WEIGHTS.length;
    for (const [h, score] of shapes[i].entries())
      next[first + h] *= likelihood((rest + weights[i] * score[level]) / sum);
    normalise(next, start, first);
    normalise(next, first, first + shapes[i].length);
  }
  return next;
}

/** Scales probabilities to sum to 1; none is let fall to nothing, so that later evidence can still raise it. */
function normalise(belief: number[], from: number, to: number): void {
  let sum = 0;
  for (let at = from; at < to; at++) sum += belief[at];
  let again = 0;
  for (let at = from; at < to; at++) {
    belief[at] = sum > 0 ? Math.max(1e-9, belief[at] / sum) : 1 / (to - from);
    again += belief[at];
  }
  for (let at = from; at < to; at++) belief[at] /= again;
}
