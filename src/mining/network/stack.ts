/**
 * The fleet stack: every fleet runs while a MWh of mining earns its power price, so hashprice is where the stack of fleets, sorted by
 * break-even, meets the pot. The marginal fleet may run in part; the elasticity of hash rate comes out instead of going in.
 */
import { log } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';
import { breakEvenHashprice, type Rig } from '../revenue.ts';

export interface Fleet extends Rig {
  id: string;
  hashRateEhs: number;
  /** Cash cost of a MWh: power and what else stops with the machine. */
  costUsdPerMwh: number;
}

export interface StackedFleet extends Fleet {
  breakEvenHashprice: number;
  /** 1 runs, 0 is off, between for the marginal fleet. */
  running: number;
}

export interface Clearing {
  hashpriceUsdPerPhDay: number;
  totalEhs: number;
  /** The last fleet that runs, null when none does. */
  marginal: string | null;
  /** From the cheapest; equal break-evens by id. */
  fleets: StackedFleet[];
}

/** Hashprice at which the pot is exhausted by the fleets that want to run at it. */
export const clearStack = (at: { fleets: readonly Fleet[]; potUsdPerDay: number }): Clearing => {
  requireInRange('potUsdPerDay', at.potUsdPerDay, { min: 0, max: 1e15, above: true, unit: 'USD/day' });
  const pot = at.potUsdPerDay / 1000;
  const fleets: StackedFleet[] = sorted(at.fleets);
  let below = 0;
  let price = Infinity;
  let marginal: string | null = null;
  for (const fleet of fleets) {
    // Earlier fleets alone leave a hashprice no higher than this fleet needs: it stays off, and so do the dearer ones.
    if (below > 0 && pot / below <= fleet.breakEvenHashprice) break;
    const all = pot / (below + fleet.hashRateEhs);
    if (all >= fleet.breakEvenHashprice) {
      fleet.running = 1;
      price = all;
    } else {
      price = fleet.breakEvenHashprice;
      fleet.running = (pot / price - below) / fleet.hashRateEhs;
    }
    marginal = fleet.id;
    below += fleet.running * fleet.hashRateEhs;
    if (fleet.running < 1) break;
  }
  return { hashpriceUsdPerPhDay: price, totalEhs: below, marginal, fleets };
};

/** Hash rate willing to run at a hashprice, EH/s. */
export const stackSupplyEhs = (fleets: readonly Fleet[], hashprice: number): number => {
  let total = 0;
  for (const fleet of sorted(fleets)) if (fleet.breakEvenHashprice <= hashprice) total += fleet.hashRateEhs;
  return total;
};

/** Arc elasticity of the stack's hash rate over hashprice x (1 -+ span): the eps a stack implies. NaN when nothing runs at the lower end. */
export const stackElasticity = (fleets: readonly Fleet[], hashprice: number, span = 0.1): number => {
  requireInRange('span', span, { min: 0, max: 0.9, above: true, unit: '' });
  const low = stackSupplyEhs(fleets, hashprice * (1 - span));
  return low > 0
    ? log(stackSupplyEhs(fleets, hashprice * (1 + span)) / low) / log((1 + span) / (1 - span))
    : Number.NaN;
};

const sorted = (fleets: readonly Fleet[]): StackedFleet[] =>
  fleets
    .map((fleet) => {
      requireInRange(`fleets.${fleet.id}.hashRateEhs`, fleet.hashRateEhs, {
        min: 0,
        max: 1e9,
        above: true,
        unit: 'EH/s',
      });
      requireInRange(`fleets.${fleet.id}.efficiencyJPerTh`, fleet.efficiencyJPerTh, {
        min: 0,
        max: 1e9,
        above: true,
        unit: 'J/TH',
      });
      requireInRange(`fleets.${fleet.id}.pue`, fleet.pue, { min: 1, max: 3, unit: '' });
      requireInRange(`fleets.${fleet.id}.costUsdPerMwh`, fleet.costUsdPerMwh, { min: -1e4, max: 1e4, unit: '$/MWh' });
      return { ...fleet, breakEvenHashprice: breakEvenHashprice(fleet), running: 0 };
    })
    .sort((a, b) => a.breakEvenHashprice - b.breakEvenHashprice || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
