/**
 * Several strategic blocs in Cournot competition over a fixed pot: bloc i earns R x_i / H - c_i x_i, the proportional (Tullock) contest.
 * Closed form among the n participants: H = R (n - 1) / sum c, x_i = H (1 - c_i H / R); a bloc whose cost reaches R / H stays out.
 */
import { MiningInputError, requireInRange } from '../inputError.ts';

export interface Bloc {
  id: string;
  /** Marginal cost of a unit of hash rate over the period of the pot, above 0. */
  unitCost: number;
}

export interface BlocEquilibrium {
  totalHashRate: number;
  /** In the order given; 0 for those who stay out. */
  blocs: { id: string; hashRate: number; share: number; profit: number }[];
}

/**
 * The unique equilibrium. Participants are the cheapest n for which the nth still has c_n < sum(c_1..c_n) / (n - 1).
 * A single bloc with nobody to beat has no optimum (less is always better), hence at least two.
 */
export const blocEquilibrium = (at: { blocs: readonly Bloc[]; pot: number }): BlocEquilibrium => {
  requireInRange('pot', at.pot, { min: 0, max: 1e18, above: true, unit: '' });
  if (at.blocs.length < 2) throw new MiningInputError('blocs', at.blocs.length, 'at least 2 blocs');
  for (const bloc of at.blocs)
    requireInRange(`blocs.${bloc.id}.unitCost`, bloc.unitCost, { min: 0, max: 1e18, above: true, unit: '' });
  const costs = at.blocs.map((bloc) => bloc.unitCost).sort((a, b) => a - b);
  let sum = costs[0] + costs[1];
  let n = 2;
  while (n < costs.length && costs[n] < (sum + costs[n]) / n) sum += costs[n++];
  const total = (at.pot * (n - 1)) / sum;
  return {
    totalHashRate: total,
    blocs: at.blocs.map(({ id, unitCost }) => {
      const share = Math.max(0, 1 - (unitCost * (n - 1)) / sum);
      const hashRate = total * share;
      return { id, hashRate, share, profit: at.pot * share - unitCost * hashRate };
    }),
  };
};
