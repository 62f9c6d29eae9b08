import { describe, expect, it } from 'vitest';
import { OutcomeSpace } from '../../src/domain/outcome_space.ts';
import { Partner } from '../../src/value/partner/partner.ts';
import { boardFor } from '../../src/value/partner/turns.ts';
import { type Addend, addUp, pointsOf, type Sum } from '../../src/value/points.ts';
import { sumUp } from '../../src/value/sums.ts';
import { wholeIssue } from '../../src/value/term.ts';
import { issueOf } from '../fixtures/table.ts';
import { doneBy } from './done_by.ts';

/** Large enough for the partner to be asked. */
const SIZES = [13, 11, 7, 12, 16];
const space = new OutcomeSpace(SIZES.map(issueOf), [{ allows: (levels) => (levels[0] + levels[3]) % 3 !== 1 }]);

/** Three addends over one, two and three issues: an odd number, so that the last stands alone. */
const addends = [[0], [1, 3], [0, 2, 4]].map((issues, a): Addend => {
  const points = pointsOf(
    space,
    issues.map((issue) => wholeIssue(space.issues, issue)),
  );
  return {
    points,
    cells: Float64Array.from({ length: points.size }, (_, k) => Math.sin(k + a) * 100),
    times: 1 + a / 7,
  };
});

/** What every outcome comes to, by its levels. */
function expected({ addends: [first, second, third], scale }: Sum): Float64Array {
  return Float64Array.from({ length: space.size }, (_, outcome) => {
    if (!space.isAllowed(outcome)) return Number.NaN;
    const l = space.decode(outcome);
    let value = first.times * first.cells[l[0]];
    value += second.times * second.cells[l[1] * SIZES[3] + l[3]];
    value += third.times * third.cells[(l[0] * SIZES[2] + l[2]) * SIZES[4] + l[4]];
    if (scale === undefined) return value;
    const { low, high } = scale;
    if (high === low) return value > low ? 1 : 0;
    return (value - low) / (high - low);
  });
}

const bytes = (values: Float64Array) => Buffer.from(values.buffer).toString('base64');
const room = () => new Float64Array(new SharedArrayBuffer(8 * space.size)).fill(-1);

describe('a sum over outcomes', () => {
  for (const scale of [undefined, { low: -150, high: 220 }, { low: 3, high: 3 }]) {
    const sum = { addends, scale };
    const named = scale === undefined ? 'as it is' : `scaled from ${scale.low} to ${scale.high}`;

    it(`is that of its addends, left to right, and NaN where an outcome is forbidden: ${named}`, () => {
      const values = room();
      sumUp(space.allowed, sum, values);
      expect(bytes(values)).toBe(bytes(expected(sum)));
    });

    it(`comes out the same in whatever order its parts are written: ${named}`, () => {
      const values = room();
      for (const part of [2, 0, 3, 1]) addUp(space.allowed, sum, values, part, 4);
      expect(bytes(values)).toBe(bytes(expected(sum)));
    });
  }

  it('is the same where the partner writes it', async () => {
    const partner = Partner.hire();
    // on one core there is none, and everything is done here
    if (partner === undefined) return;
    expect(space.allowed.length).toBeGreaterThan(100_000);
    const sum = { addends, scale: { low: -150, high: 220 } };
    const values = room();
    const board = boardFor(4);
    partner.sum(space.allowed, { sum, values, board });
    for (const part of board.keys()) await doneBy(board, part);
    expect(bytes(values)).toBe(bytes(expected(sum)));
  });
});
