import { pow } from '../../domain/arith.ts';
import type {
  Axis,
  Conditional,
  CustodySpec,
  FactorTable,
  FinancingSpec,
  FlowSpec,
  PactTerms,
  VentureSpec,
} from './spec.ts';

/** A stretch of months in which a while-alive flow runs. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What the wording of a pact (not its numbers) means to one party; million USD. */
export interface PartyContract {
  readonly sold: number;
  readonly kept: number;
  readonly signature: number;
  readonly end: number;
  readonly breakdown: number;
  /** Per year, by window. */
  readonly alive: Float64Array;
}

/** The wording of a pact compiled: everything but MW, shares, kept part, deliveries and years. */
export interface Contract {
  readonly hazardBeforeCoins: number;
  readonly custody: CustodySpec;
  readonly financing: FinancingSpec;
  readonly rho: number;
  /** What while-alive flows pay all receivers together, per year: part of what the pact is worth keeping for. */
  readonly yearlyFlows: number;
  readonly parties: readonly PartyContract[];
}

/** The option an axis stands at. */
export const optionOf = (terms: PactTerms, axis: Axis): string =>
  axis === 'consent' ? (terms.consent ? 'yes' : 'no') : terms[axis];

/** Product of the factors that apply. */
export const factorOf = (tables: readonly FactorTable[] | undefined, terms: PactTerms, amount = 1): number => {
  let factor = 1;
  for (const table of tables ?? []) {
    if (table.only === 'negative' && !(amount < 0)) continue;
    if (table.only === 'positive' && !(amount > 0)) continue;
    factor *= table.factors[optionOf(terms, table.by)] ?? 1;
  }
  return factor;
};

export const conditionalOf = (value: Conditional, terms: PactTerms): number =>
  value.rules?.find((rule) => rule.options.includes(optionOf(terms, rule.by)))?.value ?? value.base;

/** What a flow pays under these terms: once, or per year if while alive. */
export const flowAmount = (flow: FlowSpec, terms: PactTerms): number => {
  const amount =
    typeof flow.amount === 'number' ? flow.amount : (flow.amount.amounts[optionOf(terms, flow.amount.by)] ?? 0);
  return amount * factorOf(flow.factors, terms, amount);
};

/** Months in which a flow runs, within a term. */
export const windowOf = (flow: FlowSpec): Window => {
  const from = flow.fromMonth ?? 0;
  return { from, to: flow.forYears === undefined ? Infinity : from + Math.round(flow.forYears * 12) };
};

/** Every window the flows of a spec use, once. */
export const windowsOf = (spec: VentureSpec): readonly Window[] => {
  const out: Window[] = [];
  for (const party of spec.parties)
    for (const flow of party.flows) {
      const w = windowOf(flow);
      if (flow.when === 'while_alive' && !out.some((o) => o.from === w.from && o.to === w.to)) out.push(w);
    }
  return out;
};

export const contractOf = (spec: VentureSpec, windows: readonly Window[], terms: PactTerms): Contract => {
  const parties = spec.parties.map((party) => {
    const out = {
      sold: conditionalOf(party.coin.sold, terms),
      kept: conditionalOf(party.coin.kept, terms),
      signature: 0,
      end: 0,
      breakdown: 0,
      alive: new Float64Array(windows.length),
    };
    for (const flow of party.flows) {
      const amount = flowAmount(flow, terms);
      if (flow.when !== 'while_alive') {
        out[flow.when] += amount;
        continue;
      }
      const w = windowOf(flow);
      out.alive[windows.findIndex((o) => o.from === w.from && o.to === w.to)] += amount;
    }
    return out;
  });
  return {
    hazardBeforeCoins: spec.hazard.base * factorOf(spec.hazard.factors, terms),
    custody: spec.custody.find((c) => c.id === terms.custody)!,
    financing: spec.financing.find((f) => f.id === terms.financing)!,
    rho: spec.breakdown.rho * factorOf(spec.breakdown.rhoFactors, terms),
    yearlyFlows: parties.reduce((sum, p) => p.alive.reduce((s, flow) => s + Math.max(0, flow), sum), 0),
    parties,
  };
};

/** Part of the stock of kept coins that reaches a seat at breakdown. */
export const stockShare = (spec: VentureSpec, custody: CustodySpec, seat: number, share: number): number => {
  if (custody.rule === 'at_source') return share;
  if (custody.rule === 'by_stakes') return share * (1 - custody.frozen);
  if (custody.rule === 'split') return custody.split![seat] * (1 - custody.frozen);
  return custody.holder === spec.parties[seat].id ? 1 - custody.frozen : 0;
};

/** Worth of a received part of the stock: at par up to one's own stake, at the grabbed worth beyond it [assumption]. */
export const stockWorth = (spec: VentureSpec, received: number, share: number): number =>
  Math.min(received, share) + spec.breakdown.grabbedWorth * Math.max(0, received - share);

/** A seat's part of capital. */
export const capitalShare = (financing: FinancingSpec, seat: number, share: number): number =>
  financing.rule === 'by_stakes' ? share : financing.shares![seat];

/** Month-end discount factors: `d[m]` for money at the end of month m (0-based), i.e. (1 + r)^-((m+1)/12). */
export const discounts = (rate: number, months: number): Float64Array =>
  Float64Array.from({ length: months }, (_, m) => pow(1 + rate, -(m + 1) / 12));

/** Straight-line decay of the miners that exist today: 1 at signature, 0 after `years`. */
export const sunkShare = (years: number, m: number): number => (years > 0 ? Math.max(0, 1 - (m + 1) / 12 / years) : 0);

/** Share of planned capital in place before month m; 1 throughout when there is nothing to build or all cash counts. */
export const builtShare = (spec: VentureSpec, months: number, ...capital: readonly Float64Array[]): Float64Array => {
  const out = new Float64Array(months + 1).fill(1);
  let total = 0;
  for (const row of capital) for (let m = 0; m < months; m++) total += row[m];
  if (spec.breakdown.remaining === 'all' || total === 0) return out;
  let spent = 0;
  for (let m = 0; m <= months; m++) {
    out[m] = spent / total;
    if (m < months) for (const row of capital) spent += row[m];
  }
  return out;
};
