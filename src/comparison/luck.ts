/** What a reader must know of the luck behind estimates: how often each negotiation was played, and whether that made a difference. */
export function doubtsOfLuck(repetitions: number, alike: boolean): string[] {
  if (repetitions === 1) return ['one repetition: intervals do not cover the luck of the draw'];
  if (alike)
    return ['repetitions are all alike: nothing in these talks was left to chance, so more of them add nothing'];
  return repetitions < 10
    ? [`only ${repetitions} repetitions: intervals and tests from fewer than 10 tend to be too sure`]
    : [];
}
