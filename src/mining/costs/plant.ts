/**
 * The plant behind the site: units restarted one by one, and where their power goes. Lines bind what leaves the site, not what is used on it;
 * dispatch looks at fuel alone, since an average nuclear cost contains capital that a restart charges again (power order of the venture model).
 */
import { MiningInputError, requireInRange } from '../inputError.ts';

export interface Restart {
  units: number;
  unitMw: number;
  /** Month in which the first unit is on line, from 0. */
  firstUnitMonth: number;
  /** Months between one unit and the next. */
  monthsBetween: number;
  /** Capital per kW restarted. */
  costUsdPerKw: number;
}

export const unitsOnline = (plan: Restart, month: number): number =>
  month < plan.firstUnitMonth
    ? 0
    : plan.monthsBetween === 0
      ? plan.units
      : Math.min(plan.units, 1 + Math.floor((month - plan.firstUnitMonth) / plan.monthsBetween));

/** Restart capital falling due in a month: each unit's when it comes on line. */
export const restartUsd = (plan: Restart, month: number): number =>
  (unitsOnline(plan, month) - (month > 0 ? unitsOnline(plan, month - 1) : 0)) * plan.unitMw * 1000 * plan.costUsdPerKw;

/** What may leave the site: one live line's worth until repaired. */
export const lineCapMw = (at: { month: number; repairedMonth: number; beforeMw: number; afterMw: number }): number =>
  at.month < at.repairedMonth ? at.beforeMw : at.afterMw;

/** A use of power. Blocks of one customer with falling worth are several uses (a piecewise linear value). */
export interface PowerUse {
  id: string;
  capMw: number;
  valueUsdPerMwh: number;
  /** Needs the line. */
  leavesSite: boolean;
  /** Served before anything else, whatever it pays: an agreed delivery. */
  agreed?: boolean;
  /** Uses naming the same corridor share its limit, as exports do. */
  corridor?: string;
}

export interface PowerPlan {
  /** In the order served. */
  served: { id: string; mw: number; valueUsdPerMwh: number }[];
  generatedMw: number;
  /** What is not generated, because nothing left pays for its fuel or can take it. */
  idleMw: number;
  /** Value less fuel, $ an hour. */
  marginUsdPerHour: number;
}

/** Agreed deliveries first, in the order given; then uses by what they pay (ties in the order given) while they pay for fuel. */
export const allocatePower = (at: {
  availableMw: number;
  lineCapMw: number;
  corridorsMw?: Readonly<Record<string, number>>;
  fuelUsdPerMwh: number;
  uses: readonly PowerUse[];
}): PowerPlan => {
  requireInRange('availableMw', at.availableMw, { min: 0, max: 1e6, unit: 'MW' });
  requireInRange('lineCapMw', at.lineCapMw, { min: 0, max: 1e6, unit: 'MW' });
  const order = at.uses
    .map((use, index) => ({ use, index }))
    .sort(
      (a, b) =>
        Number(b.use.agreed ?? false) - Number(a.use.agreed ?? false) ||
        (a.use.agreed ? 0 : b.use.valueUsdPerMwh - a.use.valueUsdPerMwh) ||
        a.index - b.index,
    );
  const corridorLeft = new Map(Object.entries(at.corridorsMw ?? {}));
  let left = at.availableMw;
  let lineLeft = at.lineCapMw;
  const plan: PowerPlan = { served: [], generatedMw: 0, idleMw: 0, marginUsdPerHour: 0 };
  for (const { use } of order) {
    requireInRange(`uses.${use.id}.capMw`, use.capMw, { min: 0, max: 1e6, unit: 'MW' });
    if (use.corridor !== undefined && !corridorLeft.has(use.corridor))
      throw new MiningInputError(`uses.${use.id}.corridor`, use.corridor, 'a corridor of corridorsMw');
    if (!use.agreed && use.valueUsdPerMwh < at.fuelUsdPerMwh) continue;
    const corridor = use.corridor === undefined ? Infinity : corridorLeft.get(use.corridor)!;
    const mw = Math.min(use.capMw, left, use.leavesSite ? lineLeft : Infinity, corridor);
    left -= mw;
    if (use.leavesSite) lineLeft -= mw;
    if (use.corridor !== undefined) corridorLeft.set(use.corridor, corridor - mw);
    plan.served.push({ id: use.id, mw, valueUsdPerMwh: use.valueUsdPerMwh });
    plan.generatedMw += mw;
    plan.marginUsdPerHour += mw * (use.valueUsdPerMwh - at.fuelUsdPerMwh);
  }
  plan.idleMw = left;
  return plan;
};

/** Average nuclear cost per MWh: fuel and fixed operation spread over what is generated. For levelised figures, not for dispatch. */
export const nuclearCostUsdPerMwh = (at: {
  fuelUsdPerMwh: number;
  fixedUsdPerKwYear: number;
  capacityFactor: number;
}): number => {
  requireInRange('capacityFactor', at.capacityFactor, { min: 0, max: 1, above: true, unit: '' });
  return at.fuelUsdPerMwh + (at.fixedUsdPerKwYear * 1000) / (8760 * at.capacityFactor);
};

/** What the right to switch mining off is worth: the mean over hours of max(grid price - mining's netback, 0), $/MWh. */
export const curtailmentUsdPerMwh = (at: {
  gridUsdPerMwh: ArrayLike<number>;
  miningNetbackUsdPerMwh: number;
}): number => {
  if (at.gridUsdPerMwh.length === 0) throw new MiningInputError('gridUsdPerMwh', '[]', 'at least one price');
  let total = 0;
  for (let h = 0; h < at.gridUsdPerMwh.length; h++)
    total += Math.max(at.gridUsdPerMwh[h] - at.miningNetbackUsdPerMwh, 0);
  return total / at.gridUsdPerMwh.length;
};

/** Power cost after credits for switching off, $/MWh (as miners under grid contracts report it; vector TV27). */
export const netPowerCostUsdPerMwh = (at: { costUsd: number; creditsUsd: number; energyMwh: number }): number =>
  (at.costUsd - at.creditsUsd) /
  requireInRange('energyMwh', at.energyMwh, { min: 0, max: 1e15, above: true, unit: 'MWh' });
