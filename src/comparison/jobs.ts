import type { Results } from './results.ts';

/** The negotiations of some seatings, in every case and repetition. */
export function jobsOf({ schedule }: Results, seatings: readonly number[]): number[] {
  return schedule.cases.flatMap(({ index }) =>
    seatings.flatMap((seating) =>
      Array.from({ length: schedule.request.repetitions }, (_, r) => schedule.numberOf(index, seating, r)),
    ),
  );
}

export const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
