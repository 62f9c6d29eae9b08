import { type Contract, capitalShare, flowAmount, stockShare, stockWorth, type Window, windowOf } from './contract.ts';
import { COLUMN, type Layer } from './site.ts';
import type { PactTerms, VentureSpec } from './spec.ts';

/** One addend of a party's total: coefficient of a column if the pact breaks, and if it survives. */
export interface Piece {
  readonly bar: string;
  readonly label: string;
  readonly column: number;
  readonly broken: number;
  readonly survived: number;
}

/** Coefficients by column, reused between calls. */
export interface Coefficients {
  readonly broken: Float64Array;
  readonly survived: Float64Array;
}

export const coefficients = (windows: number): Coefficients => ({
  broken: new Float64Array(COLUMN.windows + windows),
  survived: new Float64Array(COLUMN.windows + windows),
});

/** Writes a party's coefficients. Allocates nothing. */
export const fillCoefficients = (
  spec: VentureSpec,
  contract: Contract,
  seat: number,
  controller: number,
  share: number,
  kept: number,
  out: Coefficients,
): void => {
  const mine = contract.parties[seat];
  const { broken, survived } = out;
  const sold = share * (1 - kept) * mine.sold;
  const paid = capitalShare(contract.financing, seat, share);
  const stock = stockWorth(spec, stockShare(spec, contract.custody, seat, share), share);
  broken[COLUMN.revenue] = sold + kept * mine.kept * stock;
  survived[COLUMN.revenue] = sold + kept * mine.kept * share;
  broken[COLUMN.cost] = -share;
  survived[COLUMN.cost] = -share;
  broken[COLUMN.replacement] = -paid;
  survived[COLUMN.replacement] = -paid;
  broken[COLUMN.ownLoss] = -1;
  survived[COLUMN.ownLoss] = -1;
  const rho = seat === controller ? contract.rho : 0;
  broken[COLUMN.restRevenue] = rho * mine.sold;
  broken[COLUMN.restCost] = -rho;
  broken[COLUMN.restPlant] = rho;
  broken[COLUMN.plant] = share;
  survived[COLUMN.plant] = share;
  broken[COLUMN.surplus] = 1;
  survived[COLUMN.surplus] = 1;
  broken[COLUMN.capital] = -paid;
  survived[COLUMN.capital] = -paid;
  broken[COLUMN.discount] = mine.breakdown;
  survived[COLUMN.discount] = mine.end;
  broken[COLUMN.one] = mine.signature;
  survived[COLUMN.one] = mine.signature;
  for (let w = 0; w < mine.alive.length; w++) {
    broken[COLUMN.windows + w] = mine.alive[w];
    survived[COLUMN.windows + w] = mine.alive[w];
  }
};

/** The same, addend by addend, in the order of the waterfall. */
export const piecesOf = (
  spec: VentureSpec,
  contract: Contract,
  windows: readonly Window[],
  seat: number,
  terms: PactTerms,
): readonly Piece[] => {
  const party = spec.parties[seat];
  const mine = contract.parties[seat];
  const share = terms.shares[seat];
  const { kept } = terms;
  const paid = capitalShare(contract.financing, seat, share);
  const stock = stockWorth(spec, stockShare(spec, contract.custody, seat, share), share);
  const both = (bar: string, label: string, column: number, k: number): Piece => ({
    bar,
    label,
    column,
    broken: k,
    survived: k,
  });
  const out: Piece[] = [
    both('coins_sold', 'bitcoin sold when mined', COLUMN.revenue, share * (1 - kept) * mine.sold),
    both('coins_kept', 'bitcoin kept, at spot when mined', COLUMN.revenue, share * kept * mine.kept),
    {
      bar: 'custody',
      label: 'kept bitcoin won or lost at breakdown',
      column: COLUMN.revenue,
      broken: kept * mine.kept * (stock - share),
      survived: 0,
    },
    both('mining_cost', 'mining: fuel and operation', COLUMN.cost, -share),
    both('plant', 'plant: tariffs less fuel and fixed cost', COLUMN.plant, share),
    both('capital', 'capital: restart, works, machines, housing', COLUMN.capital, -paid),
    both('capital', 'capital: restart, works, machines, housing', COLUMN.replacement, -paid),
    both('grid_power', 'power received, beyond its tariff', COLUMN.surplus, 1),
    both('own_miners', 'own miners earn less', COLUMN.ownLoss, -1),
  ];
  if (party.id === spec.breakdown.controller) {
    const rest = (column: number, k: number): Piece => ({
      bar: 'site_after_breakdown',
      label: 'site cash after a breakdown',
      column,
      broken: k,
      survived: 0,
    });
    out.push(rest(COLUMN.restRevenue, contract.rho * mine.sold));
    out.push(rest(COLUMN.restCost, -contract.rho), rest(COLUMN.restPlant, contract.rho));
  }
  for (const flow of party.flows) {
    const amount = flowAmount(flow, terms);
    const w = windowOf(flow);
    const column =
      flow.when === 'while_alive'
        ? COLUMN.windows + windows.findIndex((o) => o.from === w.from && o.to === w.to)
        : flow.when === 'signature'
          ? COLUMN.one
          : COLUMN.discount;
    out.push({
      bar: flow.id,
      label: flow.label,
      column,
      broken: flow.when === 'end' ? 0 : amount,
      survived: flow.when === 'breakdown' ? 0 : amount,
    });
  }
  return out;
};

/** Exact mean of X. */
export const meanTotal = (layer: Layer, { broken, survived }: Coefficients): number => {
  let mean = 0;
  for (let c = 0; c < broken.length; c++) mean += broken[c] * layer.broken[c] + survived[c] * layer.survived[c];
  return mean;
};

/** The atoms of X into `x`: a bucket's mean plus what its strata deviate. */
export const spreadTotal = (layer: Layer, { broken, survived }: Coefficients, x: Float64Array): void => {
  const { buckets, basis, first, deviation } = layer;
  const columns = broken.length;
  const spread = deviation.length;
  if (spread === 0) {
    for (let b = 0; b < buckets; b++)
      x[b] = centreOf(basis, b * columns, b === buckets - 1 ? survived : broken, columns);
    return;
  }
  const d0 = deviation[0];
  const d1 = deviation[1];
  const d2 = deviation[2];
  const d3 = deviation[3];
  for (let b = 0; b < buckets; b++) {
    const k = b === buckets - 1 ? survived : broken;
    const centre = centreOf(basis, b * columns, k, columns);
    const k0 = k[0];
    const k1 = k[1];
    const k2 = k[2];
    const k3 = k[3];
    const to = first[b + 1];
    for (let i = first[b]; i < to; i++) x[i] = centre + k0 * d0[i] + k1 * d1[i] + k2 * d2[i] + k3 * d3[i];
  }
  if (spread <= 4 || broken[4] === 0) return;
  const k4 = broken[4];
  const k5 = broken[5];
  const d4 = deviation[4];
  const d5 = deviation[5];
  const to = first[buckets - 1];
  for (let i = 0; i < to; i++) x[i] += k4 * d4[i] + k5 * d5[i];
};

const centreOf = (basis: Float64Array, from: number, k: Float64Array, columns: number): number => {
  let centre = 0;
  for (let c = 0; c < columns; c++) centre += k[c] * basis[from + c];
  return centre;
};
