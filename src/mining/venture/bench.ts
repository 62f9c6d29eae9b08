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
  /** By bucket: probability, and what is certain there under a wording. */
  probability: column(ROOM.months + 1),
  constant: column(ROOM.months + 1),
  /** Mean of each gathered column by bucket, `[column * buckets + bucket]`. */
  basis: column(ROOM.columns * (ROOM.months + 1)),
  /** Exact mean of each column before the end and at survival, times probability. */
  broken: column(ROOM.columns),
  survived: column(ROOM.columns),
  /** By atom: weight, what is multiplied by coins, share and capital, what is certain at the site, and what is certain under the wording. */
  weight: column(ROOM.atoms),
  byCoins: column(ROOM.atoms),
  byShare: column(ROOM.atoms),
  byCapital: column(ROOM.atoms),
  certain: column(ROOM.atoms),
  under: column(ROOM.atoms),
} as const;

const { probability, constant, basis, broken, survived, weight, byCoins, byShare, byCapital, certain, under } = BENCH;

/** The site as it was placed: `Outlook` by its own names. */
const rows = column(ROOM.columns * (ROOM.months + 1));
const share = column(ROOM.atoms);
const bucket = new Int32Array(ROOM.atoms);
const deviations = Array.from({ length: GATHERED.discount }, () => column(ROOM.atoms));
const [ofCoins, ofShare, ofCapital, ofCertain, ofRest, ofRestCoins] = deviations;
const edges = new Int32Array(ROOM.months + 1);
const byMonth = column(ROOM.months);
let months = 0;
let buckets = 0;
let columns = 0;
let atoms = 0;
let survival = 0;

/** Puts a site on the bench. */
export function place(site: Outlook): void {
  ({ months, columns, atoms, survival } = site);
  buckets = site.edges.length;
  rows.set(site.rows);
  share.set(site.share);
  bucket.set(site.bucket);
  edges.set(site.edges);
  site.deviation.forEach((values, c) => {
    deviations[c].set(values);
  });
}

/**
 * Weighs the months of breakdown by e^(-h m/12) (1 - e^(-h/12)), bucket by bucket and exactly within each; `hazard` in breakdowns a year, raised from where
 * somebody would rather leave. Columns of the controller's rest are left out for others.
 */
export function weigh(hazard: number, leaving: Leaving | null, controls: boolean): void {
  let keeps = exp(-hazard / 12);
  let breaks = -expm1(-hazard / 12);
  const turn = leaving?.month ?? months;
  const last = buckets - 1;
  let alive = 1;
  for (let b = 0; b < last; b++) {
    let sum = 0;
    const to = edges[b + 1];
    for (let m = edges[b]; m < to; m++) {
      if (m === turn) {
        const raised = (hazard + leaving!.adds) / 12;
        keeps = exp(-raised);
        breaks = -expm1(-raised);
      }
      const dies = alive * breaks;
      byMonth[m] = dies;
      sum += dies;
      alive *= keeps;
    }
    probability[b] = sum;
  }
  probability[last] = alive;
  const width = months + 1;
  for (let c = 0; c < columns; c++) {
    const row = c * width;
    broken[c] = 0;
    survived[c] = alive * rows[row + months];
    basis[c * buckets + last] = rows[row + months];
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
      const to = edges[b + 1];
      for (let m = edges[b]; m < to; m++) {
        const dies = byMonth[m];
        sum1 += dies * rows[first + m];
        sum2 += dies * rows[second + m];
      }
      total1 += sum1;
      total2 += sum2;
      const mass = probability[b];
      basis[c * buckets + b] = mass > 0 ? sum1 / mass : 0;
      if (second > first) basis[(c + 1) * buckets + b] = mass > 0 ? sum2 / mass : 0;
    }
    broken[c] = total1;
    if (second > first) broken[c + 1] = total2;
  }
}

/** Lays out the atoms of the weighed site: bucket means and what each atom lies off them. */
export function layOut(): void {
  for (let i = 0; i < atoms; i++) {
    const b = bucket[i];
    weight[i] = probability[b] * share[i];
    byCoins[i] = basis[GATHERED.coins * buckets + b] + ofCoins[i];
    byShare[i] = basis[GATHERED.stake * buckets + b] + ofShare[i];
    byCapital[i] = basis[GATHERED.capital * buckets + b] + ofCapital[i];
    certain[i] = basis[GATHERED.certain * buckets + b] + ofCertain[i];
  }
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

/** The mean of what is certain. */
export function certainMean({ signature, breakdown, end, alive, rest, restCoins }: Certain): number {
  let mean = broken[GATHERED.certain] + survived[GATHERED.certain] + signature;
  mean += breakdown * broken[GATHERED.discount] + end * survived[GATHERED.discount];
  if (rest !== 0) mean += rest * broken[GATHERED.rest] + restCoins * broken[GATHERED.restCoins];
  for (let w = 0; w < alive.length; w++)
    mean += alive[w] * (broken[GATHERED.windows + w] + survived[GATHERED.windows + w]);
  return mean;
}

/** Lays what is certain under every atom. */
export function layUnder({ signature, breakdown, end, alive, rest, restCoins }: Certain): void {
  const last = buckets - 1;
  for (let b = 0; b < buckets; b++)
    constant[b] = signature + (b === last ? end : breakdown) * basis[GATHERED.discount * buckets + b];
  for (let w = 0; w < alive.length; w++) {
    const flow = alive[w];
    const row = (GATHERED.windows + w) * buckets;
    for (let b = 0; b < buckets; b++) constant[b] += flow * basis[row + b];
  }
  if (rest !== 0) {
    for (let b = 0; b < last; b++)
      constant[b] += rest * basis[GATHERED.rest * buckets + b] + restCoins * basis[GATHERED.restCoins * buckets + b];
  }
  for (let i = 0; i < atoms; i++) under[i] = certain[i] + constant[bucket[i]];
  if (rest === 0) return;
  for (let i = 0; i < survival; i++) under[i] += rest * ofRest[i] + restCoins * ofRestCoins[i];
}
