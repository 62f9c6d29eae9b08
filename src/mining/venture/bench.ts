import { exp, expm1 } from '../../domain/arith.ts';
import type { Leaving } from './hazard.ts';
import { GATHERED, type Outlook } from './outlook.ts';

/** How much fits: 25 years of months as buckets of 12 atoms each, and this many columns. */
export const ROOM = { months: 300, columns: 64, atoms: 12 * 301 } as const;

const column = (length: number) => new Float64Array(length);

/**
 * Where one party's distribution at one site lies while it is looked at. Constants of the module on purpose: the engine reads and writes a constant array
 * in a third of the time it needs for one that it finds in a field, whose kind and buffer it checks at every access. Whoever uses them takes
 * them into constants of its own module, and lays out anew what another has written over (`Lens.turn`).
 */
export const BENCH = {
  /** By bucket: probability, what is certain there under a wording, and with that what a holding is worth on average. */
  probability: column(ROOM.months + 1),
  certain: column(ROOM.months + 1),
  centre: column(ROOM.months + 1),
  /** Exact mean of each column before the end and at survival, times probability. */
  broken: column(ROOM.columns),
  survived: column(ROOM.columns),
  /** Atoms of bucket b are [first[b], first[b + 1]): part of the bucket's probability, and how far a holding lies off the bucket's mean there. */
  first: new Int32Array(ROOM.months + 2),
  part: column(ROOM.atoms),
  off: column(ROOM.atoms),
} as const;

const { probability, certain, centre, broken, survived, first, part, off } = BENCH;

/** The site as it was placed: `Outlook` by its own names. */
const rows = column(ROOM.columns * (ROOM.months + 1));
const deviations = Array.from({ length: GATHERED.discount }, () => column(ROOM.atoms));
const [ofCoins, ofShare, ofCapital, ofCertain, ofRest, ofRestCoins] = deviations;
const edges = new Int32Array(ROOM.months + 1);
const byMonth = column(ROOM.months);
/** Mean of each gathered column by bucket, `[column * buckets + bucket]`. */
const basis = column(ROOM.columns * (ROOM.months + 1));
let months = 0;
let buckets = 0;
let columns = 0;

/** What a share multiplies: coins if the pact breaks and if it survives, the stake, and its part of capital; and what it comes to: the mean, and that of the tail. */
export interface Holding {
  coins: number;
  coinsKept: number;
  share: number;
  paid: number;
  mean: number;
  tail: number;
}

/** What a wording pays one party whatever its share; million USD, `alive` per year and window. */
export interface Certain {
  readonly signature: number;
  readonly breakdown: number;
  readonly end: number;
  readonly alive: Float64Array;
  /** Of the site's cash and of its coins after a breakdown; 0 for all but the controller. */
  readonly rest: number;
  readonly restCoins: number;
}

/** Puts a site on the bench. */
export function place(site: Outlook): void {
  ({ months, columns } = site);
  buckets = site.edges.length;
  rows.set(site.rows);
  edges.set(site.edges);
  first.set(site.first);
  part.set(site.share);
  site.deviation.forEach((values, c) => {
    deviations[c].set(values);
  });
}

/**
 * Weighs the months of breakdown by e^(-h m/12) (1 - e^(-h/12)), bucket by bucket and exactly within each; `hazard` in breakdowns a year, raised from where
 * somebody would rather leave. Columns of the controller's rest are left out for others.
 */
export function weigh(hazard: number, leaving: Leaving | null, controls: boolean): void {
  // Taken into constants of the function: from within loops in loops the engine would not see that they never change.
  const dying = byMonth;
  const edge = edges;
  const read = rows;
  const means = basis;
  const chances = probability;
  let keeps = exp(-hazard / 12);
  let breaks = -expm1(-hazard / 12);
  const turn = leaving?.month ?? months;
  const last = buckets - 1;
  let alive = 1;
  for (let b = 0; b < last; b++) {
    let sum = 0;
    const to = edge[b + 1];
    for (let m = edge[b]; m < to; m++) {
      if (m === turn) {
        const raised = (hazard + leaving!.adds) / 12;
        keeps = exp(-raised);
        breaks = -expm1(-raised);
      }
      const dies = alive * breaks;
      dying[m] = dies;
      sum += dies;
      alive *= keeps;
    }
    chances[b] = sum;
  }
  chances[last] = alive;
  const width = months + 1;
  for (let c = 0; c < columns; c++) {
    const row = c * width;
    broken[c] = 0;
    survived[c] = alive * read[row + months];
    means[c * buckets + last] = read[row + months];
  }
  // Two columns at a time: a sum waits for the one before it, two do not wait for each other.
  for (let c = 0; c < columns; c += 2) {
    if (!controls && c === GATHERED.rest) continue;
    const first = c * width;
    const second = c + 1 < columns ? first + width : first;
    let total1 = 0;
    let total2 = 0;
    for (let b = 0; b < last; b++) {
      let sum1 = 0;
      let sum2 = 0;
      const to = edge[b + 1];
      for (let m = edge[b]; m < to; m++) {
        const dies = dying[m];
        sum1 += dies * read[first + m];
        sum2 += dies * read[second + m];
      }
      total1 += sum1;
      total2 += sum2;
      const mass = chances[b];
      means[c * buckets + b] = mass > 0 ? sum1 / mass : 0;
      if (second > first) means[(c + 1) * buckets + b] = mass > 0 ? sum2 / mass : 0;
    }
    broken[c] = total1;
    if (second > first) broken[c + 1] = total2;
  }
}

/** The mean of what is certain. */
export function certainMean({ signature, breakdown, end, alive, rest, restCoins }: Certain): number {
  let mean = broken[GATHERED.certain] + survived[GATHERED.certain] + signature;
  mean += breakdown * broken[GATHERED.discount] + end * survived[GATHERED.discount];
  if (rest !== 0) mean += rest * broken[GATHERED.rest] + restCoins * broken[GATHERED.restCoins];
  for (let w = 0; w < alive.length; w++)
    mean += alive[w] * (broken[GATHERED.windows + w] + survived[GATHERED.windows + w]);
  return mean;
}

/** Lays what is certain into every bucket. */
export function word({ signature, breakdown, end, alive, rest, restCoins }: Certain): void {
  const last = buckets - 1;
  for (let b = 0; b < buckets; b++)
    certain[b] =
      basis[GATHERED.certain * buckets + b] +
      signature +
      (b === last ? end : breakdown) * basis[GATHERED.discount * buckets + b];
  for (let w = 0; w < alive.length; w++) {
    const flow = alive[w];
    const row = (GATHERED.windows + w) * buckets;
    for (let b = 0; b < buckets; b++) certain[b] += flow * basis[row + b];
  }
  if (rest === 0) return;
  for (let b = 0; b < last; b++)
    certain[b] += rest * basis[GATHERED.rest * buckets + b] + restCoins * basis[GATHERED.restCoins * buckets + b];
}

/** What a holding is worth on average, bucket by bucket. Returns how many buckets there are. */
export function average({ coins, coinsKept, share, paid }: Holding): number {
  const last = buckets - 1;
  const stake = GATHERED.stake * buckets;
  const capital = GATHERED.capital * buckets;
  for (let b = 0; b < last; b++)
    centre[b] = certain[b] + coins * basis[b] + share * basis[stake + b] + paid * basis[capital + b];
  centre[last] = certain[last] + coinsKept * basis[last] + share * basis[stake + last] + paid * basis[capital + last];
  return buckets;
}

/** How far a holding lies off the average of its bucket, atom by atom. No hazard and no timed flow has a part in it. Returns how many atoms there are. */
export function deviate({ coins, coinsKept, share, paid }: Holding, rest: number, restCoins: number): number {
  const survival = first[buckets - 1];
  const atoms = first[buckets];
  for (let i = 0; i < atoms; i++)
    off[i] = (i < survival ? coins : coinsKept) * ofCoins[i] + share * ofShare[i] + paid * ofCapital[i] + ofCertain[i];
  if (rest !== 0) for (let i = 0; i < survival; i++) off[i] += rest * ofRest[i] + restCoins * ofRestCoins[i];
  return atoms;
}
