import type { OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { bayesian } from './bayesian.ts';
import { candidateElimination } from './candidate_elimination.ts';
import { concessionRegression } from './concession_regression.ts';
import { hardheadedFrequency } from './hardheaded_frequency.ts';
import { smithFrequency } from './smith_frequency.ts';

/** Every opponent model that ships. */
export const OPPONENTS: readonly OpponentModelKind[] = [
  smithFrequency,
  hardheadedFrequency,
  bayesian,
  candidateElimination,
  concessionRegression,
];
