/**
 * Between retargets difficulty stands still: when hash rate jumps by a factor g, blocks come g times faster for at most 14/g days
 * and every hash is paid as before, until the retarget (itself within a factor of 4) catches up.
 */
import { MiningInputError, requireInRange } from '../inputError.ts';
import { BLOCKS_PER_DAY, BLOCKS_PER_RETARGET, clampedRetargetSeconds, RETARGET_SECONDS } from '../protocol.ts';

export interface LagPeriod {
  fromDay: number;
  days: number;
  /** Difficulty relative to the one before the jump. */
  difficultyFactor: number;
  blocksPerDay: number;
}

/**
 * The retarget periods after a jump, until difficulty has caught up to within a part in a million (or 60 periods).
 * blocksDone of the current period's 2016 were found before the jump, at the old pace.
 */
export const difficultyLag = (at: { hashRateFactor: number; blocksDone?: number }): LagPeriod[] => {
  const g = requireInRange('hashRateFactor', at.hashRateFactor, { min: 1e-3, max: 1e3, unit: '' });
  const done = at.blocksDone ?? 0;
  if (!Number.isInteger(done) || done < 0 || done >= BLOCKS_PER_RETARGET)
    throw new MiningInputError('blocksDone', done, `a whole number from 0 to ${BLOCKS_PER_RETARGET - 1}`);
  const periods: LagPeriod[] = [];
  let difficulty = 1;
  let day = 0;
  let before = done;
  for (let i = 0; i < 60; i++) {
    const pace = (BLOCKS_PER_DAY * g) / difficulty;
    const days = (BLOCKS_PER_RETARGET - before) / pace;
    periods.push({ fromDay: day, days, difficultyFactor: difficulty, blocksPerDay: pace });
    if (Math.abs(difficulty / g - 1) < 1e-6) break;
    day += days;
    difficulty *= RETARGET_SECONDS / clampedRetargetSeconds((before / BLOCKS_PER_DAY + days) * 86400);
    before = 0;
  }
  return periods;
};
