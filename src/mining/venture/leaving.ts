import type { Contract } from './contract.ts';
import { leaveGain, standingMine } from './exit.ts';
import type { Leaving } from './hazard.ts';
import type { MinePaths } from './kernel.ts';
import type { NetworkMonth } from './network_month.ts';
import type { Plan } from './plan.ts';
import type { Site } from './site.ts';
import type { MarketState, PactTerms, VentureSpec } from './spec.ts';

export type LeavingOf = (site: Site, contract: Contract, terms: PactTerms) => Leaving | null;

/** Who would leave first under given terms, where the spec lets that feed the hazard. Equal answers are one object, so that they can be told by identity. */
export const leavings = (spec: VentureSpec, market: MarketState, network: readonly NetworkMonth[]): LeavingOf => {
  const { leaving } = spec.hazard;
  if (leaving === undefined || leaving.adds === 0) return () => null;
  const seats = leaving.parties.map((id) => spec.parties.findIndex((party) => party.id === id));
  const mines = new Map<string, MinePaths>();
  const standing = (plan: Plan): MinePaths | null => {
    if (plan.batches.length === 0) return null;
    const mine = mines.get(plan.mineKey) ?? standingMine(spec, market, network, plan, market.priceUsd);
    mines.set(plan.mineKey, mine);
    return mine;
  };
  // A party's month depends on its own share and its own side of the wording alone, so that many outcomes need few tests.
  const sides = new WeakMap<Contract, readonly string[]>();
  const sidesOf = (contract: Contract): readonly string[] => {
    const known = sides.get(contract);
    if (known !== undefined) return known;
    const made = contract.parties.map(({ sold, kept, end, breakdown, alive }, seat) =>
      [seat, contract.custody.id, contract.rho, sold, kept, end, breakdown, ...alive].join('|'),
    );
    sides.set(contract, made);
    return made;
  };
  const tested = new WeakMap<Site, Map<string, number>>();
  const answers = new Map<string, Leaving>();
  return (site, contract, terms) => {
    const months = tested.get(site) ?? new Map<string, number>();
    tested.set(site, months);
    const side = sidesOf(contract);
    const firsts = seats.map((seat) => {
      const key = `${side[seat]}|${terms.shares[seat]}|${terms.kept}`;
      let month = months.get(key);
      if (month === undefined) {
        const { firstMonth } = leaveGain(spec, contract, terms, site.plan, standing(site.plan), seat);
        month = firstMonth[0] ?? Number.POSITIVE_INFINITY;
        months.set(key, month);
      }
      return month;
    });
    const month = Math.min(...firsts);
    if (month === Number.POSITIVE_INFINITY) return null;
    const first = seats.filter((_, k) => firsts[k] === month);
    const key = `${month}|${first}`;
    const answer = answers.get(key) ?? { month, adds: leaving.adds, seats: first };
    answers.set(key, answer);
    return answer;
  };
};
