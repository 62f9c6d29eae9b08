import { exp, log1p } from '../../domain/arith.ts';
import { HOURS_PER_MONTH, type PactTerms, type VentureSpec } from './spec.ts';

/** Power sold elsewhere in a month at one price: `spareMw` comes from power nobody mines with, `contestedMw` competes with the mine. */
export interface OutletMonth {
  readonly usdPerMwh: number;
  readonly hoursShare: number;
  readonly spareMw: number;
  readonly contestedMw: number;
}

/** Machines bought together: `mw` of them from month `month` on, delivered in equal parts over the ramp. */
export interface Batch {
  readonly month: number;
  readonly mw: number;
}

/**
 * What the plant does whatever the bitcoin price: month by month (index 0 = first month), MW nameplate and million USD.
 *
 * Assumptions: only the units that deliveries and mine together need are restarted, and their capital falls due when they come on
 * line; deliveries share scarce power or line pro rata; a batch of machines is bought only where its power stays free for
 * `planMonths` (nobody buys machines for power that a repaired line will carry away). The power of machines that are later retired is
 * not sold elsewhere.
 */
export interface Plan {
  readonly months: number;
  readonly units: number;
  /** MW on line. */
  readonly onlineMw: Float64Array;
  /** MW delivered, one row per delivery of the terms. */
  readonly deliveredMw: readonly Float64Array[];
  /** MW the mine may draw. */
  readonly mineMw: Float64Array;
  readonly batches: readonly Batch[];
  readonly outlets: readonly (readonly OutletMonth[])[];
  /** Fuel of deliveries and of spare power sold, and fixed operation and maintenance. */
  readonly gridFuel: Float64Array;
  readonly fixedCost: Float64Array;
  /** Tariffs received, and spare power sold elsewhere. */
  readonly tariffRevenue: Float64Array;
  readonly spareRevenue: Float64Array;
  /** First capital by purpose; replacement machines come on top, path by path. */
  readonly restart: Float64Array;
  readonly works: Float64Array;
  readonly machines: Float64Array;
  readonly shell: Float64Array;
  /** Same text, same mine on the same paths: the part of the plan that meets the price. */
  readonly mineKey: string;
}

/** Million USD per month from MW (nameplate) and USD/MWh. */
export const monthlyMoney = (spec: VentureSpec, mw: number, usdPerMwh: number): number =>
  (mw * usdPerMwh * HOURS_PER_MONTH * spec.plant.capacityFactor) / 1e6;

/** $/TH and J/TH of machines bought in month `m`. */
export const machineAt = (spec: VentureSpec, m: number): { usdPerTh: number; joulesPerTh: number } => ({
  usdPerTh: spec.mining.machineUsdPerTh * exp((log1p(spec.mining.machinePriceTrend) * m) / 12),
  joulesPerTh: spec.mining.joulesPerTh * exp((log1p(spec.mining.efficiencyTrend) * m) / 12),
});

/** Nameplate EH/s of one MW: 1 / (PUE e) (6). */
export const ehsPerMw = (spec: VentureSpec, joulesPerTh: number): number => 1 / (spec.mining.pue * joulesPerTh);

/** Machines for one MW, million USD. */
export const machineCostPerMw = (spec: VentureSpec, m: number): number => {
  const { usdPerTh, joulesPerTh } = machineAt(spec, m);
  return ehsPerMw(spec, joulesPerTh) * usdPerTh; // EH/s x $/TH is million USD
};

export const planOf = (spec: VentureSpec, terms: PactTerms): Plan => {
  const months = Math.round(terms.years * 12);
  const { plant, mining } = spec;
  const zeros = () => new Float64Array(months);
  const grids = terms.deliveries.map((d) => spec.grids.find((g) => g.id === d.to)!);
  const agreed = terms.deliveries.map((d, k) =>
    grids[k].needsConsent && !terms.consent ? 0 : Math.min(d.mw, grids[k].maxMw),
  );
  const repairs = !plant.lines.repairNeedsConsent || terms.consent;
  const lineAt = (m: number) =>
    repairs && m >= plant.lines.repairMonth ? plant.lines.repairedMw : plant.lines.initialMw;
  const wanted = Math.min(total(agreed), lineAt(months - 1)) + terms.miningMw;

  const onlineMw = zeros();
  const restart = zeros();
  const works = zeros();
  let units = 0;
  let built = 0;
  for (const unit of plant.units) {
    if (built >= wanted) break;
    const blocked = plant.works.some((w) => w.needsConsent && !terms.consent && w.fromUnits <= units + 1);
    if (unit.onlineMonth >= months || (unit.needsConsent && !terms.consent) || blocked) break;
    units++;
    built += unit.mw;
    restart[unit.onlineMonth] += unit.restartCost;
    for (let m = unit.onlineMonth; m < months; m++) onlineMw[m] += unit.mw;
  }
  for (const w of plant.works) if (units > 0 && units >= w.fromUnits && w.month < months) works[w.month] += w.cost;
  if (repairs && total(agreed) > plant.lines.initialMw && plant.lines.repairMonth < months)
    works[plant.lines.repairMonth] += plant.lines.repairCost;

  const deliveredMw = agreed.map(zeros);
  const mineMw = zeros();
  for (let m = 0; m < months; m++) {
    const limit = Math.min(lineAt(m), onlineMw[m]);
    const scale = total(agreed) > 0 ? Math.min(1, limit / total(agreed)) : 0;
    for (let k = 0; k < agreed.length; k++) deliveredMw[k][m] = agreed[k] * scale;
    mineMw[m] = Math.min(terms.miningMw, onlineMw[m] - total(agreed) * scale);
  }
  const batches = batchesOf(mineMw, mining.planMonths);

  const machines = zeros();
  const shell = zeros();
  for (const { month, mw } of batches) {
    shell[month] += mw * mining.shellPerMw;
    const parts = Math.min(mining.rampMonths, months - month);
    for (let i = 0; i < parts; i++) machines[month + i] += (mw * machineCostPerMw(spec, month)) / mining.rampMonths;
  }

  const gridFuel = zeros();
  const fixedCost = zeros();
  const tariffRevenue = zeros();
  const spareRevenue = zeros();
  const outlets: OutletMonth[][] = [];
  const uses = [...spec.otherUses].filter((u) => terms.consent || !u.needsConsent);
  uses.sort((a, b) => b.usdPerMwh - a.usdPerMwh || (a.id < b.id ? -1 : 1));
  for (let m = 0; m < months; m++) {
    fixedCost[m] = (onlineMw[m] * plant.fixedUsdPerKwYear) / 12 / 1000;
    let delivered = 0;
    for (let k = 0; k < agreed.length; k++) {
      delivered += deliveredMw[k][m];
      tariffRevenue[m] += monthlyMoney(spec, deliveredMw[k][m], terms.deliveries[k].tariffUsdPerMwh);
    }
    gridFuel[m] = monthlyMoney(spec, delivered, plant.fuelUsdPerMwh);
    const installed = Math.min(mineMw[m], installedMw(batches, mining.rampMonths, m));
    let line = lineAt(m) - delivered;
    let spare = onlineMw[m] - delivered - installed;
    let contested = installed;
    const row: OutletMonth[] = [];
    for (const use of uses) {
      if (use.usdPerMwh <= plant.fuelUsdPerMwh) continue;
      const room = Math.min(use.mw, line);
      const spareMw = Math.max(0, Math.min(room, spare));
      const contestedMw = Math.max(0, Math.min(room - spareMw, contested));
      // Hours in which the price is not open leave the capacity idle for the block; another block may not reuse it.
      line -= spareMw + contestedMw;
      spare -= spareMw;
      contested -= contestedMw;
      row.push({ usdPerMwh: use.usdPerMwh, hoursShare: use.hoursShare, spareMw, contestedMw });
      spareRevenue[m] += monthlyMoney(spec, spareMw * use.hoursShare, use.usdPerMwh);
      gridFuel[m] += monthlyMoney(spec, spareMw * use.hoursShare, plant.fuelUsdPerMwh);
    }
    outlets.push(row);
  }
  const mineKey = `${months}|${batches.map((b) => `${b.month}:${b.mw}`).join(',')}|${batches.length > 0 ? shape(mineMw) : ''}|${
    batches.length > 0
      ? outlets.map((row) => row.map((o) => `${o.usdPerMwh}*${o.hoursShare}:${o.contestedMw}`).join('+')).join(',')
      : ''
  }`;
  return {
    months,
    units,
    onlineMw,
    deliveredMw,
    mineMw,
    batches,
    outlets,
    gridFuel,
    fixedCost,
    tariffRevenue,
    spareRevenue,
    restart,
    works,
    machines,
    shell,
    mineKey,
  };
};

/** MW of machines on site in month `m`, counting a batch's ramp. */
export const installedMw = (batches: readonly Batch[], rampMonths: number, m: number): number => {
  let mw = 0;
  for (const b of batches) if (m >= b.month) mw += b.mw * Math.min(1, (m - b.month + 1) / rampMonths);
  return mw;
};

/** What a delivered month is worth to the receivers beyond what they pay, by seat, million USD. */
export const gridSurplus = (spec: VentureSpec, terms: PactTerms, plan: Plan, seat: number): Float64Array => {
  const out = new Float64Array(plan.months);
  terms.deliveries.forEach((d, k) => {
    const grid = spec.grids.find((g) => g.id === d.to)!;
    if (grid.receiver !== spec.parties[seat].id) return;
    for (let m = 0; m < plan.months; m++) {
      let left = plan.deliveredMw[k][m];
      for (const block of grid.worth) {
        const mw = Math.min(left, block.mw);
        out[m] += monthlyMoney(spec, mw, block.usdPerMwh - d.tariffUsdPerMwh);
        left -= mw;
      }
      out[m] -= monthlyMoney(spec, left, d.tariffUsdPerMwh); // beyond the last block power is worth nothing
    }
  });
  return out;
};

/** A batch wherever the power that stays free for `ahead` months exceeds what was ever bought before. */
const batchesOf = (mineMw: Float64Array, ahead: number): readonly Batch[] => {
  const out: Batch[] = [];
  let bought = 0;
  const need = Math.max(1, ahead);
  for (let m = 0; m + need <= mineMw.length; m++) {
    let sure = Infinity;
    for (let k = m; k < m + need; k++) sure = Math.min(sure, mineMw[k]);
    if (sure > bought + 1e-9) {
      out.push({ month: m, mw: sure - bought });
      bought = sure;
    }
  }
  return out;
};

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Run-length text of a series. */
const shape = (values: Float64Array): string => {
  const out: string[] = [];
  for (let m = 0; m < values.length; m++) if (m === 0 || values[m] !== values[m - 1]) out.push(`${m}:${values[m]}`);
  return out.join(',');
};
