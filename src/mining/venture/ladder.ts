import { BENCH, ROOM } from './bench.ts';

const bench = BENCH;

/** So many rungs fit at a time; one ladder has at most `ROOM.atoms` and two a bucket. */
const RUNGS = 1 << 17;

/**
 * The atoms of a holding at a site, bucket by bucket, as rungs in ascending order of how far they lie off the bucket's mean. Hazards and timed flows move
 * whole buckets up and down and leave this order alone, so a ladder is built once for all wordings that differ in nothing else.
 *
 * `rungs[3 r]` is how far off rung r lies, and the next two are weight, and value off the mean by weight, of all rungs of the bucket below it. Each
 * bucket begins with a rung at -Infinity and ends with one at Infinity. Constants of the module for the reason given at `BENCH`.
 */
export const LADDERS = { rungs: new Float64Array(3 * RUNGS), feet: new Int32Array(RUNGS) } as const;
const ladders = LADDERS;

/** Where the boundary of a ladder's tail was when it was last looked for. */
export interface Foothold {
  /** The ladder's first rung. */
  readonly from: number;
  /** From here on in `feet`, by bucket: the lowest rung that was not below the boundary. */
  readonly feet: number;
  /** The bucket of the rung on the boundary, and that rung, counted from the ladder's first. */
  bucket: number;
  rung: number;
  /** What was found, and under which weighing. */
  weighing: number;
  mean: number;
}

let rungsUsed = 0;
let feetUsed = 0;

/** The atoms as they came in the ladder built last: in the next one they come much alike, and what is nearly in order is soon put in order. */
const order = new Int32Array(ROOM.atoms);

/** Takes all ladders away. */
export function clearLadders(): void {
  rungsUsed = 0;
  feetUsed = 0;
  for (let i = 0; i < order.length; i++) order[i] = i;
}

const rungsOf = (buckets: number) => bench.first[buckets] + 2 * buckets;

/** How many ladders of the site on the bench there can be at a time: 31 at least. */
export const mostLadders = (buckets: number): number => Math.floor(RUNGS / rungsOf(buckets));

/** Whether there is room for so many more of them, and for a foothold on each. */
export const roomForLadders = (count: number, buckets: number): boolean =>
  rungsUsed + count * rungsOf(buckets) <= RUNGS && feetUsed + count * buckets <= RUNGS;

/** Builds a ladder of what `deviate` laid out, and says which is its first rung. */
export function ladder(buckets: number): number {
  const { first, part, off } = bench;
  const { rungs } = ladders;
  const atoms = order;
  const from = rungsUsed;
  let rung = from;
  for (let b = 0; b < buckets; b++) {
    rungs[3 * rung] = -Infinity;
    const lowest = ++rung;
    for (let i = first[b]; i < first[b + 1]; i++) {
      const atom = atoms[i];
      const value = off[atom];
      let at = rung++;
      // Equals in the order of their atoms, so that what was built before leaves no trace.
      for (; rungs[3 * at - 3] >= value; at--) {
        if (rungs[3 * at - 3] === value && rungs[3 * at - 2] < atom) break;
        rungs[3 * at] = rungs[3 * at - 3];
        rungs[3 * at + 1] = rungs[3 * at - 2];
      }
      rungs[3 * at] = value;
      rungs[3 * at + 1] = atom;
    }
    let weight = 0;
    let total = 0;
    for (let at = lowest; at < rung; at++) {
      const atom = rungs[3 * at + 1];
      const share = part[atom];
      atoms[first[b] + at - lowest] = atom;
      rungs[3 * at + 1] = weight;
      rungs[3 * at + 2] = total;
      weight += share;
      total += share * rungs[3 * at];
    }
    rungs[3 * rung] = Infinity;
    rungs[3 * rung + 1] = weight;
    rungs[3 * rung + 2] = total;
    rung++;
  }
  rungsUsed = rung;
  return from;
}

/** A first foothold on a ladder: where the foot is on another ladder of the site, or on the ground. */
export function foothold(from: number, buckets: number, like: Foothold | undefined): Foothold {
  const { first } = bench;
  const { feet } = ladders;
  const foot = feetUsed;
  for (let b = 0; b < buckets; b++)
    feet[foot + b] = like === undefined ? from + first[b] + 2 * b + 1 : feet[like.feet + b] - like.from + from;
  feetUsed += buckets;
  return { from, feet: foot, bucket: like?.bucket ?? 0, rung: like?.rung ?? 1, weighing: -1, mean: 0.5 };
}
