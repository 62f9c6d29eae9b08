import { likeness } from '../domain/likeness.ts';
import type { KitContext } from '../session/contracts/tactic.ts';
import { type Layout, levelIn } from './frequencies.ts';

/**
 * How far a party has moved from its first offer, in [0, 1]: one minus the mean likeness of the two offers' values. It stands in for the utility a party has
 * given up, which nobody else can see, on the assumption that it opened with its best.
 */
export function distances({ issues }: Pick<KitContext, 'issues'>, layout: Layout): (a: number, b: number) => number {
  const likenesses = issues.map(likeness);
  return (a, b) => {
    let sum = 0;
    for (let issue = 0; issue < issues.length; issue++) {
      const x = levelIn(layout, a, issue);
      const y = levelIn(layout, b, issue);
      const row = likenesses[issue];
      sum += 1 - (row ? row[x * layout.sizes[issue] + y] : x === y ? 1 : 0);
    }
    return issues.length === 0 ? 0 : sum / issues.length;
  };
}
