import { builtShare, type Contract, capitalShare, discounts, flowAmount, stockShare, windowOf } from './contract.ts';
import { fleetLoss } from './digest.ts';
import { gridSurplus, type Plan } from './plan.ts';
import type { MineMonth } from './reference.ts';
import { firstCapital, plantCash } from './site.ts';
import type { PactTerms, VentureSpec } from './spec.ts';

/** What one party got, million USD undiscounted and at spot, and the present value of it all by its own lights. */
export interface PartyAccount {
  readonly party: string;
  soldCash: number;
  operatingCost: number;
  plantCash: number;
  /** Kept coins that were its own at the end or reached it at breakdown, at spot when mined. */
  keptCoins: number;
  capital: number;
  gridSurplus: number;
  ownMiners: number;
  siteAfterBreakdown: number;
  flows: number;
  /** PV at its rate, with its own worth of coins and the haircut of grabbed ones. */
  total: number;
}

/** The venture's own account on one path, and where it went. */
export interface Settlement {
  readonly parties: readonly PartyAccount[];
  /** Kept coins frozen or lost, and site cash that nobody earns after a breakdown. */
  readonly lost: number;
  /** Revenue at spot less operating cost less capital, plus plant cash: while alive, plus what the rest would have been in full. */
  readonly ventureCash: number;
}

/**
 * Settles one path month by month for a pact that breaks in month `breaksAt` (the term's length means that it survives). Undiscounted,
 * the parties' cash and the lost account add up to the venture's cash. Written for reading and checking, not for speed.
 */
export const settle = (
  spec: VentureSpec,
  contract: Contract,
  terms: PactTerms,
  plan: Plan,
  mine: readonly MineMonth[],
  breaksAt: number,
): Settlement => {
  const { months } = plan;
  const survives = breaksAt >= months;
  const controller = spec.parties.findIndex((p) => p.id === spec.breakdown.controller);
  let ventureCash = 0;
  let lost = 0;
  let stock = 0;
  const builtMine = builtShare(spec, months, plan.machines, plan.shell)[breaksAt];
  const builtPlant = builtShare(spec, months, plan.restart, plan.works)[breaksAt];

  for (let m = 0; m < months; m++) {
    const { revenue, operatingCost, replacement } = mine[m];
    if (m < breaksAt) {
      ventureCash += revenue - operatingCost + plantCash(plan, m) - firstCapital(plan, m) - replacement;
      stock += terms.kept * revenue;
      continue;
    }
    const rest = builtMine * (revenue - operatingCost) + builtPlant * plantCash(plan, m);
    ventureCash += rest;
    lost += (1 - contract.rho) * rest;
  }
  const received = spec.parties.map((_, i) =>
    survives ? terms.shares[i] : stockShare(spec, contract.custody, i, terms.shares[i]),
  );
  lost += stock * (1 - received.reduce((a, b) => a + b, 0));

  const parties = spec.parties.map((party, i): PartyAccount => {
    const share = terms.shares[i];
    const paid = capitalShare(contract.financing, i, share);
    const { sold, kept } = contract.parties[i];
    const d = discounts(party.discountRate, months);
    const surplus = gridSurplus(spec, terms, plan, i);
    const account: PartyAccount = {
      party: party.id,
      soldCash: 0,
      operatingCost: 0,
      plantCash: 0,
      keptCoins: 0,
      capital: 0,
      gridSurplus: 0,
      ownMiners: 0,
      siteAfterBreakdown: 0,
      flows: 0,
      total: 0,
    };
    // Grabbed coins beyond the own stake are worth less.
    const coinWorth =
      Math.min(received[i], share) + (survives ? 1 : spec.breakdown.grabbedWorth) * Math.max(0, received[i] - share);
    for (let m = 0; m < months; m++) {
      const { revenue, operatingCost, replacement, hashprice, hashpriceWithout } = mine[m];
      if (m < breaksAt) {
        const sale = share * (1 - terms.kept) * revenue;
        const capital = paid * (firstCapital(plan, m) + replacement);
        const miners = (hashpriceWithout - hashprice) * fleetLoss(spec, i, m);
        account.soldCash += sale;
        account.operatingCost -= share * operatingCost;
        account.plantCash += share * plantCash(plan, m);
        account.keptCoins += received[i] * terms.kept * revenue;
        account.capital -= capital;
        account.gridSurplus += surplus[m];
        account.ownMiners -= miners;
        account.total +=
          d[m] *
          (sale * sold -
            share * operatingCost +
            share * plantCash(plan, m) +
            coinWorth * kept * terms.kept * revenue -
            capital +
            surplus[m] -
            miners);
      } else if (i === controller) {
        const rest = builtMine * (revenue - operatingCost) + builtPlant * plantCash(plan, m);
        const atOwnWorth = builtMine * (revenue * sold - operatingCost) + builtPlant * plantCash(plan, m);
        account.siteAfterBreakdown += contract.rho * rest;
        account.total += d[m] * contract.rho * atOwnWorth;
      }
    }
    for (const flow of party.flows) {
      const amount = flowAmount(flow, terms);
      const pay = (value: number, discount: number) => {
        account.flows += value;
        account.total += value * discount;
      };
      if (flow.when === 'signature') pay(amount, 1);
      if (flow.when === 'end' && survives) pay(amount, d[months - 1]);
      if (flow.when === 'breakdown' && !survives) pay(amount, d[breaksAt]);
      if (flow.when === 'while_alive') {
        const { from, to } = windowOf(flow);
        for (let m = from; m < Math.min(to, breaksAt, months); m++) pay(amount / 12, d[m]);
      }
    }
    return account;
  });
  return { parties, lost, ventureCash };
};
