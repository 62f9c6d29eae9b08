import { z } from 'zod';
import { exp, log, pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import type { Observation, OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { distances } from './distance.ts';
import { layoutOf } from './frequencies.ts';
import { count, likingOf } from './smith_frequency.ts';

/** Concession exponents considered: conceder below 1, boulware above. */
export const EXPONENTS = [0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1, 1.25, 1.6, 2.5, 4, 6, 10];

const spec = z.strictObject({
  type: z.literal('candidate_elimination'),
  /** How far, as a share of the whole way, an offer may lie off a candidate's curve. */
  tolerance: figureIn(0.001, 1).default(0.08),
});

interface Belief {
  readonly counts: readonly number[];
  readonly first: number;
  readonly start: number;
  readonly tolerance: number;
  /** Per candidate: the least and the most it could move altogether; least above most: eliminated. */
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/**
 * Candidate elimination of the concession rate. A party that concedes with exponent e has moved D·s^e from its first offer when a share s of the time since then
 * is gone. Every offer bounds D for each candidate e, give or take the tolerance; a candidate whose bounds cross is eliminated. When none is left the tolerance
 * was too tight: all start again with one half as wide again.
 *
 * Likings are those of the Smith frequency model. Estimates: `concession_rate` (the geometric mean of the surviving exponents), `candidates`, `extent` (D).
 */
export const candidateElimination: OpponentModelKind<z.infer<typeof spec>> = {
  type: 'candidate_elimination',
  summary: 'rules out the concession rates that the offers contradict',
  source: 'Mitchell, Generalization as search, 1982, over the tactics of Faratin, Sierra & Jennings, 1998',
  spec,
  example: { type: 'candidate_elimination', tolerance: 0.08 },
  make({ tolerance }, context) {
    const layout = layoutOf(context);
    const distance = distances(context, layout);
    const fresh = { least: EXPONENTS.map(() => 0), most: EXPONENTS.map(() => 1) };
    const initial: Belief = {
      counts: new Array<number>(layout.total + 1).fill(0),
      first: -1,
      start: 0,
      tolerance,
      ...fresh,
    };
    const bound = (belief: Belief, moved: number, share: number): Belief => {
      const least = belief.least.slice();
      const most = belief.most.slice();
      for (const [c, exponent] of EXPONENTS.entries()) {
        const scale = pow(share, exponent);
        least[c] = Math.max(least[c], (moved - belief.tolerance) / scale);
        most[c] = Math.min(most[c], (moved + belief.tolerance) / scale);
      }
      return { ...belief, least, most };
    };
    return made({
      initial: initial as unknown as Json,
      observe(given, { outcome, time }: Observation) {
        const before = given as unknown as Belief;
        const belief = { ...before, counts: count(layout, before.counts, outcome) };
        if (before.first < 0) return { ...belief, first: outcome, start: time } as unknown as Json;
        const share = (time - before.start) / (1 - before.start);
        if (!(share > 0)) return belief as unknown as Json;
        const moved = distance(before.first, outcome);
        let next = bound(belief, moved, share);
        while (surviving(next).length === 0 && next.tolerance < 1) {
          next = bound({ ...belief, ...fresh, tolerance: next.tolerance * 1.5 }, moved, share);
        }
        return next as unknown as Json;
      },
      liking: (belief) => likingOf(layout, (belief as unknown as Belief).counts),
      estimates(given): Readonly<Record<string, number>> {
        const belief = given as unknown as Belief;
        const alive = surviving(belief);
        if (belief.first < 0 || alive.length === 0) return {};
        const rate = exp(alive.reduce((sum, c) => sum + log(EXPONENTS[c]), 0) / alive.length);
        const extent = alive.reduce((sum, c) => sum + (belief.least[c] + belief.most[c]) / 2, 0) / alive.length;
        return { concession_rate: rate, candidates: alive.length, extent };
      },
    });
  },
};

function surviving({ least, most }: Belief): number[] {
  return EXPONENTS.map((_, c) => c).filter((c) => least[c] <= most[c]);
}
