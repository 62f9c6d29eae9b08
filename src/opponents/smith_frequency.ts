import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { Liking, OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { additive, type Layout, layoutOf, levelIn, likeness } from './frequencies.ts';

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
  const { sizes, starts } = layout;
  const issues = sizes.length;
  const scores: Float64Array[] = [];
  if (counts[0] === 0) {
    for (let i = 0; i < issues; i++) scores.push(new Float64Array(sizes[i]).fill(0.5 / issues));
    return additive(layout, scores);
  }
  let weights = 0;
  for (let i = 0; i < issues; i++) {
    const ofIssue = new Float64Array(sizes[i]);
    const start = 1 + starts[i];
    let offered = 0;
    for (let level = 0; level < ofIssue.length; level++) {
      ofIssue[level] = counts[start + level];
      if (ofIssue[level] > offered) offered = ofIssue[level];
    }
    const near = kernels?.[i];
    const smooth = near === undefined ? ofIssue : spreadOut(ofIssue, near);
    const most = near === undefined ? offered : smooth.reduce((a, b) => Math.max(a, b));
    for (let level = 0; level < smooth.length; level++) smooth[level] = (smooth[level] / most) * offered;
    weights += offered;
    scores.push(smooth);
  }
  for (const ofIssue of scores) for (let level = 0; level < ofIssue.length; level++) ofIssue[level] /= weights;
  return additive(layout, scores);
}

/** How much an offered value speaks for another: all for itself, falling evenly to nothing `spread` of the range away. */
function kernel(alike: Float64Array | undefined, spread: number): Float64Array | undefined {
  return alike?.map((same) => Math.max(0, 1 - (1 - same) / spread));
}

function spreadOut(counts: Float64Array, near: Float64Array): Float64Array {
  const n = counts.length;
  const smooth = new Float64Array(n);
  for (let from = 0; from < n; from++) {
    if (counts[from] === 0) continue;
    for (let to = 0; to < n; to++) smooth[to] += counts[from] * near[from * n + to];
  }
  return smooth;
}
