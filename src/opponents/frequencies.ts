import type { Liking } from '../session/contracts/opponent_model.ts';
import type { KitContext } from '../session/contracts/tactic.ts';

/** The issues as frequency models see them: how many values each has, and where each issue's figures start in a flat belief. */
export interface Layout {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly starts: readonly number[];
  readonly total: number;
}

export function layoutOf({ issues, strides }: Pick<KitContext, 'issues' | 'strides'>): Layout {
  const sizes = issues.map((issue) => issue.size);
  let total = 0;
  const starts = sizes.map((size) => {
    const start = total;
    total += size;
    return start;
  });
  return { sizes, strides, starts, total };
}

export function levelIn({ sizes, strides }: Layout, outcome: number, issue: number): number {
  return Math.floor(outcome / strides[issue]) % sizes[issue];
}

/**
 * A belief that is additive over issues, from the weighted scores of each issue's levels, one issue after the other. They are a plain array because beliefs change
 * with every offer: making a typed one costs several times as much as filling it.
 */
export function additive(layout: Layout, scores: readonly number[]): Liking {
  return {
    scores,
    of(outcome) {
      let sum = 0;
      for (let issue = 0; issue < layout.sizes.length; issue++) {
        sum += scores[layout.starts[issue] + levelIn(layout, outcome, issue)];
      }
      return sum;
    },
  };
}
