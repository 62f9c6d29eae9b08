import { COLUMN, type FixedColumns, type Site } from './site.ts';

/** The columns of a site gathered by what multiplies them, so that a value needs four products an atom instead of a dozen. */
export const GATHERED = {
  /** Times what the party has of the coins. */
  coins: 0,
  /** Times its share: the plant's cash less the cost of mining. */
  stake: 1,
  /** Times its part of capital: first capital and replacements, negative. */
  capital: 2,
  /** Certain, whatever the wording: power beyond its tariff less what its own miners lose. */
  certain: 3,
  /** Times rho, controller only: plant cash less mining cost from the breakdown on, and the coins then. */
  rest: 4,
  restCoins: 5,
  discount: 6,
  windows: 7,
} as const;

/** A site as one party sees it, before anything is known of the wording: rows by month of breakdown, atoms by bucket. */
export interface Outlook {
  readonly months: number;
  readonly edges: readonly number[];
  readonly columns: number;
  /** `rows[column * (months + 1) + m]`, m = months being survival; means over price paths. */
  readonly rows: Float64Array;
  /** Atoms in the order they are looked at: worst strata first, survival last, from `survival` on. */
  readonly atoms: number;
  readonly survival: number;
  readonly bucket: Int32Array;
  /** Part of the bucket's probability. */
  readonly share: Float64Array;
  /** How far each atom lies from its bucket's mean, for the columns before `discount`. */
  readonly deviation: readonly Float64Array[];
}

export const outlookOf = (site: Site, seat: number): Outlook => {
  const { months } = site;
  const digest = site.digests?.[seat];
  const fixed = site.fixed[seat];
  const edges = digest?.edges ?? Array.from({ length: months + 1 }, (_, m) => m);
  const width = months + 1;
  const nothing = new Float64Array(width);
  const mined = (c: number) =>
    digest !== undefined && c < digest.columns ? digest.mean.subarray(c * width, (c + 1) * width) : nothing;
  const columns = gathered(mined, (c) => fixed[c - COLUMN.plant], nothing);
  columns.push(...windowRows(fixed));
  const rows = new Float64Array(columns.length * width);
  columns.forEach((row, c) => {
    rows.set(row, c * width);
  });
  const first = digest?.first ?? Int32Array.from({ length: edges.length + 1 }, (_, b) => b);
  const atoms = first[edges.length];
  const still = new Float64Array(atoms);
  const spread = gathered(
    (c) => (digest !== undefined && c < digest.columns ? digest.deviation[c] : still),
    () => still,
    still,
  ).slice(0, GATHERED.discount);
  const bucketOf = new Int32Array(atoms);
  for (let b = 0; b < edges.length; b++) bucketOf.fill(b, first[b], first[b + 1]);
  const order = worstFirst(first, bucketOf, spread);
  return {
    months,
    edges,
    columns: columns.length,
    rows,
    atoms,
    survival: first[edges.length - 1],
    bucket: Int32Array.from(order, (i) => bucketOf[i]),
    share: Float64Array.from(order, (i) => digest?.share[i] ?? 1),
    deviation: spread.map((column) => Float64Array.from(order, (i) => column[i])),
  };
};

/** Sums of the site's columns, without the windows. */
const gathered = (
  mined: (column: number) => Float64Array,
  fixed: (column: number) => Float64Array,
  nothing: Float64Array,
): Float64Array[] => {
  const less = (a: Float64Array, b: Float64Array) => a.map((v, i) => v - b[i]);
  return [
    mined(COLUMN.revenue),
    less(fixed(COLUMN.plant), mined(COLUMN.cost)),
    less(less(nothing, mined(COLUMN.replacement)), fixed(COLUMN.capital)),
    less(fixed(COLUMN.surplus), mined(COLUMN.ownLoss)),
    less(fixed(COLUMN.restPlant), mined(COLUMN.restCost)),
    mined(COLUMN.restRevenue),
    fixed(COLUMN.discount),
  ];
};

const windowRows = (fixed: FixedColumns) => fixed.slice(COLUMN.windows - COLUMN.plant);

/**
 * Atoms before survival by their rank within the bucket, worst for a holder of the whole mine first: the tail then lies together, and whether the next
 * atom belongs to it is easily predicted.
 */
const worstFirst = (first: Int32Array, bucketOf: Int32Array, spread: readonly Float64Array[]): number[] => {
  const score = (i: number) => spread[GATHERED.coins][i] + spread[GATHERED.stake][i];
  const last = first.length - 2;
  const rank = new Float64Array(bucketOf.length);
  for (let b = 0; b <= last; b++) {
    const members = Array.from({ length: first[b + 1] - first[b] }, (_, k) => first[b] + k);
    members.sort((i, j) => score(i) - score(j) || i - j);
    members.forEach((i, k) => {
      rank[i] = k / members.length;
    });
  }
  const all = Array.from({ length: bucketOf.length }, (_, i) => i);
  return all.sort((i, j) => Number(bucketOf[i] === last) - Number(bucketOf[j] === last) || rank[i] - rank[j] || i - j);
};
