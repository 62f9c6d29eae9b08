import { expm1, log } from '../../domain/arith.ts';
import { logSum } from './stationary.ts';

/**
 * Log of the probability that one mutant takes over a population of `m` under the Fermi imitation rule, when the mutant earns `gain` more
 * than the residents at any mixture: rho = (1 - e^-u) / (1 - e^-mu), u = alpha gain (Traulsen, Nowak & Pacheco, Phys. Rev. E 74, 2006;
 * Omidshafiei et al., Scientific Reports 9, 2019, for alpha-rank).
 */
export const logFixation = (gain: number, alpha: number, m: number): number => {
  const u = alpha * gain;
  if (Math.abs(u) * m < 1e-12) return -log(m);
  if (u > 0) return log(-expm1(-u)) - log(-expm1(-m * u));
  // (e^v - 1) / (e^mv - 1) with v = -u > 0, free of overflow
  const v = -u;
  return (1 - m) * v + log(-expm1(-v)) - log(-expm1(-m * v));
};

/**
 * The same within one population playing a symmetric two-player game: with k mutants each earns an average over the k - 1 other mutants
 * and m - k residents, so the advantage changes on the way.
 */
export const logFixationSymmetric = (
  payoff: readonly (readonly number[])[],
  mutant: number,
  resident: number,
  alpha: number,
  m: number,
): number => {
  const terms = [0];
  let total = 0;
  for (let k = 1; k < m; k++) {
    const ofMutant = ((k - 1) * payoff[mutant][mutant] + (m - k) * payoff[mutant][resident]) / (m - 1);
    const ofResident = (k * payoff[resident][mutant] + (m - k - 1) * payoff[resident][resident]) / (m - 1);
    total -= alpha * (ofMutant - ofResident);
    terms.push(total);
  }
  return -logSum(terms);
};
