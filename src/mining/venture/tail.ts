import { BENCH, ROOM } from './bench.ts';
import { type Foothold, LADDERS } from './ladder.ts';

const bench = BENCH;
const ladders = LADDERS;

/** Weight of the atoms below a value, and their sum by weight. An array, since the engine makes a variable of the module anew each time it is set. */
const tallied = new Float64Array(2);

/** By bucket: the value of the lowest rung that is not below the boundary, and that of the rung under it. */
const ahead = new Float64Array(ROOM.months + 1);
const behind = new Float64Array(ROOM.months + 1);

/** Less than alpha by so little: weights that add up to alpha, as a twentieth and a twentieth to a tenth, are then beyond it however they were rounded. */
const SHORT = 1 - 3e-11;

/** So often the boundary is looked for anew, at most: it is found the first time, or the second. */
const TURNS = 16;

/**
 * CVaR: the mean of the worst alpha of a holding, the atom on the boundary counted in part (Rockafellar and Uryasev, J. Risk 2, 2000). `BENCH.centre` holds
 * the holding's averages by bucket. The boundary is the largest value that less than alpha lies below. It is looked for from where it was last, which
 * decides how fast the answer comes and never what it is: the sums go over the buckets in their order, whatever was looked at before.
 */
export function tailMean(hold: Foothold, buckets: number, alpha: number): number {
  const enough = alpha * SHORT;
  let boundary = valueAt(hold);
  for (let turn = 1; ; turn++) {
    tally(hold.feet, buckets, boundary);
    const below = tallied[0];
    if (below >= enough) descend(hold, buckets, below, enough);
    else if (below + weightAt(hold) < enough) climb(hold, buckets, below, enough);
    const next = valueAt(hold);
    if (next === boundary || turn === TURNS) return (tallied[1] + (alpha - below) * boundary) / alpha;
    boundary = next;
  }
}

// Arrays are taken into constants of each function here: from within loops in loops the engine would not see that they never change.

const valueAt = ({ bucket, from, rung }: Foothold): number => bench.centre[bucket] + ladders.rungs[3 * (from + rung)];

const weightAt = ({ bucket, from, rung }: Foothold): number => {
  const { rungs } = ladders;
  const at = 3 * (from + rung) + 1;
  return bench.probability[bucket] * (rungs[at + 3] - rungs[at]);
};

/** Sets the feet right for a boundary and adds up what lies below. */
function tally(foot: number, buckets: number, boundary: number): void {
  const { probability, centre } = bench;
  const { rungs, feet } = ladders;
  const up = ahead;
  const down = behind;
  let below = 0;
  let worst = 0;
  for (let b = 0; b < buckets; b++) {
    const mean = centre[b];
    let rung = feet[foot + b];
    while (mean + rungs[3 * rung] < boundary) rung++;
    while (mean + rungs[3 * rung - 3] >= boundary) rung--;
    feet[foot + b] = rung;
    up[b] = mean + rungs[3 * rung];
    down[b] = mean + rungs[3 * rung - 3];
    const share = rungs[3 * rung + 1];
    below += probability[b] * share;
    worst += probability[b] * (share * mean + rungs[3 * rung + 2]);
  }
  tallied[0] = below;
  tallied[1] = worst;
}

/** From a boundary that too much lies below down to the first that no longer has: always the highest rungs of all buckets next. */
function descend(hold: Foothold, buckets: number, below: number, enough: number): void {
  const { rungs, feet } = ladders;
  let rest = below;
  do {
    const bucket = highest(buckets);
    const value = behind[bucket];
    if (value === -Infinity) return;
    const mean = bench.centre[bucket];
    let rung = feet[hold.feet + bucket];
    const before = rungs[3 * rung + 1];
    do rung--;
    while (mean + rungs[3 * rung - 3] === value);
    behind[bucket] = mean + rungs[3 * rung - 3];
    feet[hold.feet + bucket] = rung;
    rest -= bench.probability[bucket] * (before - rungs[3 * rung + 1]);
    hold.bucket = bucket;
    hold.rung = rung - hold.from;
  } while (rest >= enough);
}

/** From a boundary that too little lies below up to the first that makes up for it: always the lowest rungs of all buckets next. */
function climb(hold: Foothold, buckets: number, below: number, enough: number): void {
  const { rungs, feet } = ladders;
  let rest = below;
  for (;;) {
    const bucket = lowest(buckets);
    const value = ahead[bucket];
    if (value === Infinity) return;
    const mean = bench.centre[bucket];
    let rung = feet[hold.feet + bucket];
    const before = rungs[3 * rung + 1];
    hold.bucket = bucket;
    hold.rung = rung - hold.from;
    do rung++;
    while (mean + rungs[3 * rung] === value);
    ahead[bucket] = mean + rungs[3 * rung];
    rest += bench.probability[bucket] * (rungs[3 * rung + 1] - before);
    if (rest >= enough) return;
    feet[hold.feet + bucket] = rung;
  }
}

/** The bucket whose next rung down is the highest. */
function highest(buckets: number): number {
  const values = behind;
  let best = 0;
  let value = values[0];
  for (let b = 1; b < buckets; b++) {
    if (values[b] <= value) continue;
    value = values[b];
    best = b;
  }
  return best;
}

/** The bucket whose next rung up is the lowest. */
function lowest(buckets: number): number {
  const values = ahead;
  let best = 0;
  let value = values[0];
  for (let b = 1; b < buckets; b++) {
    if (values[b] >= value) continue;
    value = values[b];
    best = b;
  }
  return best;
}
