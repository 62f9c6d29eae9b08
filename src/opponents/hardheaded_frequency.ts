import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import type { Liking, OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { additive, type Layout, layoutOf, levelIn } from './frequencies.ts';

const spec = z.strictObject({
  type: z.literal('hardheaded_frequency'),
  /** How much weight an issue gains when its value stays the same from one offer to the next, shared over the issues. */
  learning: figureIn(0, 1).default(0.2),
  /** What is added to a value's score each time it is offered; all values start at 1. */
  addition: figureIn(0, 100).default(1),
});

/**
 * The frequency model of HardHeaded: an issue weighs more the more often its value stays put between two offers; a value's score grows each time it is
 * offered, and is taken relative to the highest score of its issue.
 *
 * Belief: `[last offer or -1, weight of each issue ..., score of each value of each issue ...]`.
 */
export const hardheadedFrequency: OpponentModelKind<z.infer<typeof spec>> = {
  type: 'hardheaded_frequency',
  summary: 'issues weigh more the more rarely their values change; values score as often as offered',
  source: 'van Krimpen, Looije & Hajizadeh, HardHeaded, 2013',
  spec,
  example: { type: 'hardheaded_frequency', learning: 0.2, addition: 1 },
  make({ learning, addition }, context) {
    const layout = layoutOf(context);
    const issues = layout.sizes.length;
    const initial = new Array<number>(1 + issues + layout.total).fill(1);
    initial[0] = -1;
    for (let issue = 0; issue < issues; issue++) initial[1 + issue] = 1 / issues;
    return made({
      initial,
      observe(belief, { outcome }) {
        const next = (belief as readonly number[]).slice();
        const last = next[0];
        next[0] = outcome;
        if (last >= 0) reweigh(next, layout, last, outcome, learning);
        for (let issue = 0; issue < issues; issue++) {
          next[1 + issues + layout.starts[issue] + levelIn(layout, outcome, issue)] += addition;
        }
        return next;
      },
      liking: (belief) => likingOf(layout, belief as readonly number[]),
    });
  },
};

/** Issues whose value stayed put gain `learning / issues`, then all weights are scaled to sum to 1; a weight at its ceiling gains no more. */
function reweigh(belief: number[], layout: Layout, last: number, outcome: number, learning: number): void {
  const issues = layout.sizes.length;
  const gain = learning / issues;
  let kept = 0;
  for (let i = 0; i < issues; i++) if (levelIn(layout, last, i) === levelIn(layout, outcome, i)) kept++;
  const total = 1 + gain * kept;
  const ceiling = 1 - (issues * gain) / total;
  let sum = 0;
  for (let i = 0; i < issues; i++) {
    const stays = levelIn(layout, last, i) === levelIn(layout, outcome, i);
    if (stays && belief[1 + i] < ceiling) belief[1 + i] += gain;
    sum += belief[1 + i];
  }
  for (let i = 0; i < issues; i++) belief[1 + i] /= sum;
}

function likingOf(layout: Layout, belief: readonly number[]): Liking {
  const { sizes, starts, total } = layout;
  const values = 1 + sizes.length;
  const scores = new Array<number>(total);
  for (let i = 0; i < sizes.length; i++) {
    const end = starts[i] + sizes[i];
    let most = 0;
    for (let at = starts[i]; at < end; at++) if (belief[values + at] > most) most = belief[values + at];
    for (let at = starts[i]; at < end; at++) scores[at] = (belief[1 + i] * belief[values + at]) / most;
  }
  return additive(layout, scores);
}
