import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { average, BENCH, deviate, place, weigh, word } from '../../src/mining/venture/bench.ts';
import { clearLadders, foothold, ladder } from '../../src/mining/venture/ladder.ts';
import { GATHERED, type Outlook } from '../../src/mining/venture/outlook.ts';
import { tailOf } from '../../src/mining/venture/risk.ts';
import { tailMean } from '../../src/mining/venture/tail.ts';

const MONTHS = 12;
const EDGES = [0, 1, 3, 6, 7, 12];

/** A site with so many atoms a bucket; whole numbers, so that atoms tie within buckets and across them. */
function siteOf(counts: readonly number[], draws: readonly number[]): Outlook {
  const draw = (i: number) => draws[i % draws.length];
  const first = Int32Array.from({ length: counts.length + 1 }, (_, b) => counts.slice(0, b).reduce((a, n) => a + n, 0));
  const columns = GATHERED.windows + 1;
  return {
    months: MONTHS,
    edges: EDGES,
    columns,
    rows: Float64Array.from({ length: columns * (MONTHS + 1) }, (_, i) => draw(i)),
    first,
    share: Float64Array.from(counts.flatMap((n) => Array.from({ length: n }, () => 1 / n))),
    deviation: Array.from({ length: GATHERED.discount }, (_, c) =>
      Float64Array.from({ length: first[counts.length] }, (__, i) => draw(7 * i + c)),
    ),
  };
}

/** The same by sorting all atoms. */
function sorted(buckets: number, alpha: number): number {
  const { centre, off, first, part, probability } = BENCH;
  const x: number[] = [];
  const w: number[] = [];
  for (let b = 0; b < buckets; b++)
    for (let i = first[b]; i < first[b + 1]; i++) {
      x.push(centre[b] + off[i]);
      w.push(probability[b] * part[i]);
    }
  return tailOf(Float64Array.from(x), Float64Array.from(w), x.length, alpha).cvar;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b));

describe('the tail of a holding', () => {
  it('is that of all its atoms put in order, under every hazard and wording, wherever the search begins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: EDGES.length, maxLength: EDGES.length }),
        fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 5, maxLength: 40 }),
        fc.array(fc.record({ hazard: fc.constantFrom(0, 0.01, 0.3, 2, 40), flow: fc.integer({ min: -9, max: 9 }) }), {
          minLength: 2,
          maxLength: 6,
        }),
        fc.constantFrom(1e-6, 0.05, 0.1, 0.5, 0.75, 1),
        fc.constantFrom(0, 0.35),
        (counts, draws, steps, alpha, rest) => {
          clearLadders();
          place(siteOf(counts, draws));
          const holdings = [0, 0.5, 1].map((share) => ({
            coins: share + 0.25,
            coinsKept: share,
            share,
            paid: share / 2,
            mean: 0,
            tail: 0,
          }));
          const holds = holdings.map((one) => {
            deviate(one, rest, rest);
            return foothold(ladder(EDGES.length), EDGES.length, undefined);
          });
          for (const { hazard, flow } of steps) {
            weigh(hazard, null, rest !== 0);
            word({ signature: 1, breakdown: flow, end: 0, alive: Float64Array.of(flow), rest, restCoins: rest });
            for (const [k, one] of holdings.entries()) {
              const buckets = average(one);
              const found = tailMean(holds[k], buckets, alpha);
              const fresh = tailMean(foothold(holds[k].from, buckets, undefined), buckets, alpha);
              expect(fresh).toBe(found);
              deviate(one, rest, rest);
              expect(near(found, sorted(buckets, alpha))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
