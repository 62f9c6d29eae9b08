import type { Range } from './domain.ts';
import { clampToUnit } from './numbers.ts';

/**
 * Whose rules read a profile. `genius` is what the files were written for and what the literature's figures rest on; `negmas` is what NegMAS makes of
 * the same files: no division by the maximum, no clamp, numeric issues as slope * value + offset.
 */
export type Mode = 'genius' | 'negmas';

/** The linear or constant function of a numeric issue. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** Below this a maximum counts as none and the whole issue is worth nothing (GENIUS 10.4, EvaluatorDiscrete). */
const NO_MAXIMUM = 0.00001;

/**
 * The table of a discrete issue. GENIUS divides every evaluation by the highest, also where that is at most 1 (its documentation says otherwise,
 * its code does not ask). NegMAS takes evaluations as they are.
 */
export function discreteTable(evaluations: readonly number[], mode: Mode): number[] {
  if (mode === 'negmas') return [...evaluations];
  const highest = Math.max(...evaluations);
  return evaluations.map((evaluation) => (highest < NO_MAXIMUM ? 0 : evaluation / highest));
}

/** An integer issue: GENIUS counts from the lower bound and clamps, clamp01(slope * (v - lower) + offset). NegMAS does neither. */
export function integerTable(values: readonly number[], { lower }: Range, line: Line, mode: Mode): number[] {
  return values.map((v) =>
    mode === 'negmas' ? line.slope * v + line.offset : clampToUnit(line.slope * (v - lower) + line.offset),
  );
}

/** A real issue: GENIUS clamps, clamp01(slope * v + offset), and here does not count from the lower bound. NegMAS does not clamp. */
export function realTable(values: readonly number[], line: Line, mode: Mode): number[] {
  const raw = values.map((v) => line.slope * v + line.offset);
  return mode === 'negmas' ? raw : raw.map(clampToUnit);
}
