import { PASS } from '../session/contracts/tactic.ts';
import type { View } from '../session/view.ts';

/** How close below a level an outcome may lie to be taken instead of the next above. */
const NEAR = 1e-6;

/**
 * How NegMAS turns a utility back into an outcome: the lowest at or above a level, or one within 1e-6 below it that is nearer; of equally good ones that of
 * lowest index; of the best ones where the level is out of reach. Only positions of the own order from `lowest` on count; PASS when there are none.
 */
export function nearestAbove(view: View, level: number, lowest: number): number {
  const { order, utilities } = view;
  if (lowest >= order.length) return PASS;
  const at = Math.max(lowest, view.firstAtLeast(Math.min(level, view.best)));
  if (at > lowest) {
    const below = view.utility(order[at - 1]);
    const above = utilities[order[at]];
    if (level - below <= NEAR && level - below < above - level) return order[view.firstAtLeast(below)];
  }
  return order[at];
}
