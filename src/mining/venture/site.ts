import { builtShare, discounts, type Window } from './contract.ts';
import type { Digest } from './digest.ts';
import { breakdownWeights, type Leaving, type SiteWorth } from './hazard.ts';
import type { Outlook } from './outlook.ts';
import { gridSurplus, monthlyMoney, type Plan } from './plan.ts';
import type { PactTerms, VentureSpec } from './spec.ts';

/**
 * The columns of a party's total. X is linear in them: X(path, month of breakdown) = sum over columns of coefficient x column, with one
 * coefficient if the pact breaks and one if it survives. All are present values at the party's rate, million USD per unit.
 */
export const COLUMN = {
  revenue: 0,
  cost: 1,
  replacement: 2,
  ownLoss: 3,
  restRevenue: 4,
  restCost: 5,
  /** The plant's operating cash: tariffs and spare power sold, less fuel and fixed cost. */
  plant: 6,
  /** Worth of delivered power beyond its tariff. */
  surplus: 7,
  /** First capital. */
  capital: 8,
  /** The plant's operating cash from the breakdown on, times the share of plant capital in place. */
  restPlant: 9,
  /** Discount factor of the breakdown month (of the last month at survival). */
  discount: 10,
  one: 11,
  /** First of the annuities, one per window of while-alive flows: 1/12 a month. */
  windows: 12,
} as const;

/** What a plan is worth to one party whatever the price, `[column - 6][m]` for columns plant to windows, m = months of life. */
export type FixedColumns = readonly Float64Array[];

/** One combination of MW, deliveries, consent and years; heavy to make, cheap to value against. */
export interface Site {
  readonly plan: Plan;
  readonly months: number;
  readonly fixed: readonly FixedColumns[];
  /** By seat; null where nothing is mined. */
  readonly digests: readonly Digest[] | null;
  readonly worth: SiteWorth;
  /** By seat, made when first looked at. */
  readonly outlooks: Outlook[];
}

/** A site seen by one party under one hazard: bucket by bucket, the breakdown weighed exactly within each. */
export interface Layer {
  readonly buckets: number;
  readonly columns: number;
  /** P(bucket), the last being survival. */
  readonly probability: Float64Array;
  /** `basis[b * columns + column]`, mean of a column in bucket b. */
  readonly basis: Float64Array;
  /** Exact mean of each column over breakdown before the end, and at survival (both times their probability). */
  readonly broken: Float64Array;
  readonly survived: Float64Array;
  readonly atoms: number;
  readonly first: Int32Array;
  readonly weight: Float64Array;
  readonly deviation: readonly Float64Array[];
}

export const fixedColumnsOf = (
  spec: VentureSpec,
  terms: PactTerms,
  plan: Plan,
  windows: readonly Window[],
  seat: number,
): FixedColumns => {
  const { months } = plan;
  const d = discounts(spec.parties[seat].discountRate, months);
  const built = builtShare(spec, months, plan.restart, plan.works);
  const surplus = gridSurplus(spec, terms, plan, seat);
  const cumulative = (at: (m: number) => number) => {
    const out = new Float64Array(months + 1);
    for (let m = 0; m < months; m++) out[m + 1] = out[m] + at(m) * d[m];
    return out;
  };
  const plant = cumulative((m) => plantCash(plan, m));
  return [
    plant,
    cumulative((m) => surplus[m]),
    cumulative((m) => firstCapital(plan, m)),
    plant.map((value, m) => built[m] * (plant[months] - value)),
    Float64Array.from({ length: months + 1 }, (_, m) => d[Math.min(m, months - 1)]),
    new Float64Array(months + 1).fill(1),
    ...windows.map((w) => cumulative((m) => (m >= w.from && m < w.to ? 1 / 12 : 0))),
  ];
};

/** The plant's operating cash in month m. */
export const plantCash = (plan: Plan, m: number): number =>
  plan.tariffRevenue[m] + plan.spareRevenue[m] - plan.gridFuel[m] - plan.fixedCost[m];

/** Capital of month m other than replacement machines. */
export const firstCapital = (plan: Plan, m: number): number =>
  plan.restart[m] + plan.works[m] + plan.machines[m] + plan.shell[m];

/** Worth of all delivered power to its receivers per year. */
export const deliveredWorth = (spec: VentureSpec, terms: PactTerms, plan: Plan): number => {
  let total = 0;
  terms.deliveries.forEach((delivery, k) => {
    const grid = spec.grids.find((g) => g.id === delivery.to)!;
    for (let m = 0; m < plan.months; m++) {
      let left = plan.deliveredMw[k][m];
      for (const block of grid.worth) {
        total += monthlyMoney(spec, Math.min(left, block.mw), block.usdPerMwh);
        left = Math.max(0, left - block.mw);
      }
    }
  });
  return (total * 12) / plan.months;
};

export const layerOf = (site: Site, seat: number, hazard: number, leaving: Leaving | null = null): Layer => {
  const { months } = site;
  const digest = site.digests?.[seat];
  const fixed = site.fixed[seat];
  const edges = digest?.edges ?? Array.from({ length: months + 1 }, (_, m) => m);
  const buckets = edges.length;
  const columns = COLUMN.plant + fixed.length;
  const weights = breakdownWeights(hazard, months, leaving);
  const probability = new Float64Array(buckets);
  const basis = new Float64Array(columns * buckets);
  const broken = new Float64Array(columns);
  const survived = new Float64Array(columns);
  for (let b = 0; b < buckets - 1; b++) for (let m = edges[b]; m < edges[b + 1]; m++) probability[b] += weights[m];
  probability[buckets - 1] = weights[months];
  for (let c = 0; c < columns; c++) {
    if (c < COLUMN.plant && c >= (digest?.columns ?? 0)) continue;
    const row = c < COLUMN.plant ? digest!.mean : fixed[c - COLUMN.plant];
    const at = c < COLUMN.plant ? c * (months + 1) : 0;
    for (let b = 0; b < buckets - 1; b++) {
      let sum = 0;
      for (let m = edges[b]; m < edges[b + 1]; m++) sum += weights[m] * row[at + m];
      broken[c] += sum;
      basis[b * columns + c] = probability[b] > 0 ? sum / probability[b] : 0;
    }
    basis[(buckets - 1) * columns + c] = row[at + months];
    survived[c] = weights[months] * row[at + months];
  }
  const first = digest?.first ?? Int32Array.from({ length: buckets + 1 }, (_, b) => b);
  const atoms = first[buckets];
  const weight = new Float64Array(atoms);
  for (let b = 0; b < buckets; b++)
    for (let i = first[b]; i < first[b + 1]; i++) weight[i] = probability[b] * (digest?.share[i] ?? 1);
  return {
    buckets,
    columns,
    probability,
    basis,
    broken,
    survived,
    atoms,
    first,
    weight,
    deviation: digest?.deviation ?? [],
  };
};
