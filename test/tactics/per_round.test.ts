import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { View } from '../../src/session/view.ts';
import { perRound } from '../../src/tactics/pick.ts';

const orders: Int32Array[] = [Int32Array.of(0, 1, 2), Int32Array.of(2, 0, 1)];
const moment = fc.record({
  round: fc.integer({ min: 1, max: 12 }),
  rounds: fc.constantFrom(10, 12),
  reservation: fc.constantFrom(0, 0.5, Number.NEGATIVE_INFINITY),
  order: fc.constantFrom(...orders),
});
type Moment = Pick<View, 'round' | 'rounds' | 'reservation' | 'order'>;

/** A number that tells all of these moments apart, -1 (to pass) among them. */
const choice = ({ round, rounds, reservation, order }: Moment) =>
  1000 * round +
  100 * (rounds - 10) +
  20 * orders.indexOf(order) +
  (reservation === 0.5 ? 1 : reservation === 0 ? 2 : 3) -
  (round === 1 ? 10_000 : 0);

/** Whether a choice kept per round is, in whatever order the moments come, the choice worked out anew. */
const kept = (choose: (moment: Moment) => number) =>
  fc.property(fc.array(moment, { minLength: 1, maxLength: 30 }), (moments) => {
    const known = perRound(choose as (view: View) => number);
    for (const one of moments) expect(known(one as View)).toBe(choose(one));
  });

test('a choice that is kept is the one that would be made anew, whatever moves in between', () => {
  fc.assert(kept(choice), { numRuns: 300 });
});

test('a choice that follows from more than the clock and the party’s own worths would be caught', () => {
  let moods = 0;
  expect(
    fc.check(
      kept((one) => choice(one) + moods++),
      { numRuns: 300 },
    ).failed,
  ).toBe(true);
});
