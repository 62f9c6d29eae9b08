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
  /** Atoms of bucket b are [first[b], first[b + 1]), the last bucket being survival. */
  readonly first: Int32Array;
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
  const share = digest?.share ?? new Float64Array(atoms).fill(1);
  return { months, edges, columns: columns.length, rows, first, share, deviation: spread };
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
