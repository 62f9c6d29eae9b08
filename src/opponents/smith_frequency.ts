import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { likeness } from '../domain/likeness.ts';
import type { Liking, OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { additive, type Layout, layoutOf, levelIn } from './frequencies.ts';

const spec = z.strictObject({
  type: z.literal('smith_frequency'),
  /**
   * How far an offered value speaks for its neighbours, as a share of the issue's range: a share of 40 % then says something of 38 % too. 0: not at all, as
   * published; worth setting where issues have dozens of levels.
   */
  spread: figureIn(0, 1).default(0),
});

/**
 * The frequency model of Agent Smith: a value is liked as often as it was offered, against the most offered value of its issue; an issue weighs as much as
 * its most offered value's share of all offers. Before the first offer everything is liked alike, at 0.5.
 *
 * Belief: `[offers, times each value of each issue was offered ...]`.
 */
export const smithFrequency: OpponentModelKind<z.infer<typeof spec>> = {
  type: 'smith_frequency',
  summary: 'a value is liked as often as it was offered',
  source: 'van Galen Last, Agent Smith: opponent model estimation in bilateral multi-issue negotiation, 2012',
  spec,
  example: { type: 'smith_frequency', spread: 0.2 },
  make({ spread }, context) {
    const layout = layoutOf(context);
    const kernels = spread === 0 ? undefined : context.issues.map((issue) => kernel(likeness(issue), spread));
    return made({
      initial: new Array<number>(layout.total + 1).fill(0),
      observe: (belief, { outcome }) => count(layout, belief as readonly number[], outcome),
      liking: (belief) => likingOf(layout, belief as readonly number[], kernels),
    });
  },
};

/** Counts one offer: `counts[0]` all offers, then each value's. */
export function count(layout: Layout, counts: readonly number[], outcome: number): number[] {
  const next = counts.slice();
  next[0]++;
  for (let issue = 0; issue < layout.sizes.length; issue++) {
    next[1 + layout.starts[issue] + levelIn(layout, outcome, issue)]++;
  }
  return next;
}

export function likingOf(
  layout: Layout,
  counts: readonly number[],
  kernels?: readonly (Float64Array | undefined)[],
): Liking {
  const { sizes, starts, total } = layout;
  const scores = new Array<number>(total);
  if (counts[0] === 0) {
    for (let i = 0; i < sizes.length; i++) scores.fill(0.5 / sizes.length, starts[i], starts[i] + sizes[i]);
    return additive(layout, scores);
  }
  let weights = 0;
  for (let i = 0; i < sizes.length; i++) weights += mostOffered(counts, starts[i], starts[i] + sizes[i]);
  // (count / most offered) x weight, where the weight is what was most offered.
  for (let at = 0; at < total; at++) scores[at] = counts[1 + at] / weights;
  if (kernels === undefined) return additive(layout, scores);
  for (let i = 0; i < sizes.length; i++) {
    const near = kernels[i];
    if (near === undefined) continue;
    const [start, end] = [starts[i], starts[i] + sizes[i]];
    spreadOut(scores, counts, near, start, end, mostOffered(counts, start, end) / weights);
  }
  return additive(layout, scores);
}

function mostOffered(counts: readonly number[], start: number, end: number): number {
  let most = 0;
  for (let at = start; at < end; at++) if (counts[1 + at] > most) most = counts[1 + at];
  return most;
}

/** How much an offered value speaks for another: all for itself, falling evenly to nothing `spread` of the range away. */
function kernel(alike: Float64Array | undefined, spread: number): Float64Array | undefined {
  return alike?.map((same) => Math.max(0, 1 - (1 - same) / spread));
}

/** Scores of one issue's values with every offered value speaking for its neighbours, the highest being `weight`. */
function spreadOut(
  scores: number[],
  counts: readonly number[],
  near: Float64Array,
  start: number,
  end: number,
  weight: number,
): void {
  const n = end - start;
  for (let at = start; at < end; at++) scores[at] = 0;
  for (let from = 0; from < n; from++) {
    const times = counts[1 + start + from];
    if (times === 0) continue;
    for (let to = 0; to < n; to++) scores[start + to] += times * near[from * n + to];
  }
  let most = 0;
  for (let at = start; at < end; at++) if (scores[at] > most) most = scores[at];
  for (let at = start; at < end; at++) scores[at] = (scores[at] / most) * weight;
}
