import type { OpponentModelKind } from '../session/contracts/opponent_model.ts';
import { hardheadedFrequency } from './hardheaded_frequency.ts';
import { smithFrequency } from './smith_frequency.ts';

/** Every opponent model that ships. */
export const OPPONENTS: readonly OpponentModelKind[] = [smithFrequency, hardheadedFrequency];
