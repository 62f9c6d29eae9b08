import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { made } from '../domain/issue.ts';
import { likeness } from '../domain/likeness.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import { type KitContext, PASS, type TacticKind } from '../session/contracts/tactic.ts';
import { NONE } from '../session/state.ts';
import type { View } from '../session/view.ts';
import { ScoreTable, shapeOf } from './belief_table.ts';
import { just, lowestAtLeast, NOTHING } from './pick.ts';
import { upTo } from './trade_off.ts';

const spec = z.strictObject({
  type: z.literal('similarity'),
  ...aspiration,
  /** The width of the iso-curve: how far above the target, in own utility, an offer may lie. */
  band: figureIn(0, 1).default(0.02),
});

/**
 * Trade-off by similarity: of the outcomes on one's own iso-curve, offer the one most similar to what the others offered last. Similarity is a weighted sum over
 * issues: numbers by their distance over the issue's range, options by being the same. An issue weighs what the others are believed to care for it where
 * there is an additive opponent model, else all weigh the same. Several others count alike.
 */
export const similarity: TacticKind<z.infer<typeof spec>> = {
  type: 'similarity',
  summary: 'at its own target level, offers what is most like the others’ last offers',
  source:
    'Faratin, Sierra & Jennings, Using similarity criteria to make issue trade-offs in automated negotiations, 2002',
  spec,
  example: { type: 'similarity', exponent: 2, band: 0.03 },
  make(given, context) {
    const aim = aspirer(given);
    const likenesses = context.issues.map(likeness);
    const sizes = context.issues.map((issue) => issue.size);
    const table = new ScoreTable(sizes);
    const { width } = shapeOf(sizes);
    const scores = new Float64Array(sizes.reduce((sum, n) => sum + n, 0));
    const alike = (outcome: number) => {
      const head = Math.floor(outcome / width);
      return table.head[head] + table.tail[outcome - head * width];
    };
    return made({
      target: aim,
      propose(view, _memory, note) {
        const target = aim(view);
        const lowest = lowestAtLeast(view, target);
        const models = compare(view, context, likenesses, scores);
        if (lowest === PASS || models === 0) {
          const because = 'the outcome worth least above the target: nobody has offered anything to resemble yet';
          note?.({ because: lowest === PASS ? NOTHING : because, considered: just(view, lowest) });
          return lowest;
        }
        table.fill(scores);
        const { order, utilities } = view;
        const from = Math.min(view.firstAtLeast(Math.max(target, view.reservation)), order.length - 1);
        const to = Math.max(from + 1, upTo(view, target + given.band));
        let outcome = order[from];
        let top = alike(outcome);
        for (let k = from + 1; k < to; k++) {
          const score = alike(order[k]);
          if (score < top || (score === top && utilities[order[k]] <= utilities[outcome])) continue;
          top = score;
          outcome = order[k];
        }
        note?.({
          because: `of ${to - from} outcomes at this level, the one most like what the others offered last`,
          considered: just(view, outcome),
          numbers: { in_band: to - from, similarity: top },
        });
        return outcome;
      },
    });
  },
};

/** Fills in how like the others' last offers each value is, weighted; returns how many others have offered anything. */
function compare(
  view: View,
  { issues, strides }: KitContext,
  likenesses: readonly (Float64Array | undefined)[],
  scores: Float64Array,
): number {
  scores.fill(0);
  let others = 0;
  for (let seat = 0; seat < view.parties; seat++) {
    if (seat !== view.seat && view.isHere(seat) && view.lastOffer(seat) !== NONE) others++;
  }
  for (let seat = 0; seat < view.parties && others > 0; seat++) {
    const last = view.lastOffer(seat);
    if (seat === view.seat || !view.isHere(seat) || last === NONE) continue;
    const weights = weightsOf(view, seat, issues);
    for (let issue = 0, start = 0; issue < issues.length; start += issues[issue].size, issue++) {
      const n = issues[issue].size;
      const offered = Math.floor(last / strides[issue]) % n;
      const row = likenesses[issue];
      for (let level = 0; level < n; level++) {
        const alike = row ? row[offered * n + level] : level === offered ? 1 : 0;
        scores[start + level] += (weights[issue] * alike) / others;
      }
    }
  }
  return others;
}

/** How much each issue is believed to matter to a party: the span of its scores, summing to 1. */
function weightsOf(view: View, seat: number, issues: KitContext['issues']): number[] {
  const scores = view.liking(seat)?.scores;
  let start = 0;
  const spans = issues.map(({ size }) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let level = 0; level < size; level++) {
      const score = scores?.[start + level] ?? 0;
      if (score < low) low = score;
      if (score > high) high = score;
    }
    start += size;
    return high - low;
  });
  const sum = spans.reduce((a, b) => a + b, 0);
  return spans.map((span) => (sum > 0 ? span / sum : 1 / issues.length));
}
