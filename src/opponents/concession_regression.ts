import { z } from 'zod';
import { exp, log, pow } from '../domain/arith.ts';
import { figureIn } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';
import { made } from '../domain/issue.ts';
import type { OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { distances } from './distance.ts';
import { layoutOf } from './frequencies.ts';
import { count, likingOf } from './smith_frequency.ts';

const spec = z.strictObject({
  type: z.literal('concession_regression'),
  /** The spread, as a share of the whole way, of offers around the other's concession curve. */
  spread: figureIn(0.005, 1).default(0.05),
});

/** Deadlines considered, in units of the talks' own: a party may mean to stop before, or act as if there were more time. */
const DEADLINES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5];
/** Reservation levels considered: what of its opening is left when a party has conceded all it will. */
const RESERVATIONS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** Offers kept for the fit; of more, every other is dropped, so that the whole of the talks stays covered. */
const KEPT = 32;

interface Belief {
  readonly counts: readonly number[];
  readonly first: number;
  readonly times: readonly number[];
  /** How much of the first offer was left in each, from 1 down. */
  readonly left: readonly number[];
}

/**
 * Reservation value and deadline by regression and Bayes' rule: for every cell of a grid of (deadline T, reservation r) the concession curve
 * left(t) = 1 - (1 - r)·(t / T)^e is fitted to the offers (e by least squares on logarithms), and the cell's probability is how well the curve fits them.
 *
 * Likings are those of the Smith frequency model. Estimates, once there are three offers: `reservation` (share of the opening that it will not go below), `deadline` (in
 * units of the talks' own), `concession_rate` (the exponent), and `certainty` (the probability of the likeliest cell).
 */
export const concessionRegression: OpponentModelKind<z.infer<typeof spec>> = {
  type: 'concession_regression',
  summary: 'estimates another’s reservation value and deadline from the course of its offers',
  source: 'Yu, Ren & Zhang, An adaptive bilateral negotiation model based on Bayesian learning, 2013',
  spec,
  example: { type: 'concession_regression', spread: 0.05 },
  make({ spread }, context) {
    const layout = layoutOf(context);
    const distance = distances(context, layout);
    const initial: Belief = { counts: new Array<number>(layout.total + 1).fill(0), first: -1, times: [], left: [] };
    return made({
      initial: initial as unknown as Json,
      observe(given, { outcome, time }) {
        const before = given as unknown as Belief;
        const first = before.first < 0 ? outcome : before.first;
        let times = [...before.times, time];
        let left = [...before.left, 1 - distance(first, outcome)];
        if (times.length > KEPT) {
          times = times.filter((_, i) => i % 2 === 0);
          left = left.filter((_, i) => i % 2 === 0);
        }
        return { counts: count(layout, before.counts, outcome), first, times, left } as unknown as Json;
      },
      liking: (belief) => likingOf(layout, (belief as unknown as Belief).counts),
      estimates: (belief) => estimate(belief as unknown as Belief, spread),
    });
  },
};

function estimate({ times, left }: Belief, spread: number): Readonly<Record<string, number>> {
  if (times.length < 3) return {};
  let mass = 0;
  let likeliest = 0;
  let reservation = 0;
  let deadline = 0;
  let rate = 0;
  const now = times[times.length - 1];
  const lowest = left.reduce((a, b) => Math.min(a, b));
  for (const T of DEADLINES) {
    if (T < now) continue;
    for (const r of RESERVATIONS) {
      if (r > lowest) continue;
      const exponent = slope(times, left, T, r);
      let squares = 0;
      for (const [i, t] of times.entries()) {
        const off = (left[i] - 1 + (1 - r) * pow(t / T, exponent)) / spread;
        squares += off * off;
      }
      // The error of one typical offer, not of all together: offers that follow one another are not independent evidence.
      const weight = exp((-0.5 * squares * Math.min(times.length, 8)) / times.length);
      mass += weight;
      likeliest = Math.max(likeliest, weight);
      reservation += weight * r;
      deadline += weight * T;
      rate += weight * exponent;
    }
  }
  if (!(mass > 0)) return {};
  return {
    reservation: reservation / mass,
    deadline: deadline / mass,
    concession_rate: rate / mass,
    certainty: likeliest / mass,
  };
}

/** The exponent that fits best: least squares of log((1 - left) / (1 - r)) = e·log(t / T), through the origin, over offers that moved at all. */
function slope(times: readonly number[], left: readonly number[], T: number, r: number): number {
  let xy = 0;
  let xx = 0;
  for (const [i, t] of times.entries()) {
    const moved = (1 - left[i]) / (1 - r);
    if (moved <= 0 || t <= 0 || t >= T) continue;
    const x = log(t / T);
    xy += x * log(moved);
    xx += x * x;
  }
  return xx > 0 ? Math.max(0.05, Math.min(20, xy / xx)) : 20;
}
