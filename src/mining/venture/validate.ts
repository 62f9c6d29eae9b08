import { MiningInputError, requireInRange } from '../inputError.ts';
import { checkProcess } from '../paths/process.ts';
import type { FactorTable, MarketState, PactTerms, RiskMeasure, VentureSpec } from './spec.ts';

const within = (field: string, value: number, min: number, max: number, unit = '') =>
  requireInRange(field, value, { min, max, unit });
const above = (field: string, value: number, max: number, unit = '') =>
  requireInRange(field, value, { min: 0, max, above: true, unit });
const whole = (field: string, value: number, min: number, max: number, unit = 'months') => {
  within(field, value, min, max, unit);
  if (!Number.isInteger(value)) throw new MiningInputError(field, value, 'a whole number');
};

/** Refuses a market state with an impossible number. */
export const checkMarket = (market: MarketState): void => {
  above('market.priceUsd', market.priceUsd, 1e9, 'USD');
  above('market.difficulty', market.difficulty, 1e18);
  within('market.feesBtcPerBlock', market.feesBtcPerBlock, 0, 1000, 'BTC');
  whole('market.height', market.height, 0, 13_000_000, 'blocks');
};

/** Refuses a venture with an impossible or dangling field, naming it and its range. */
export const checkSpec = (spec: VentureSpec): void => {
  if (spec.parties.length === 0) throw new MiningInputError('parties', 0, 'at least one party');
  const seats = spec.parties.length;
  const known = (field: string, id: string) => {
    if (!spec.parties.some((p) => p.id === id)) throw new MiningInputError(field, id, 'the id of a party');
  };
  const { plant, mining, network } = spec;
  plant.units.forEach((u, i) => {
    above(`plant.units[${i}].mw`, u.mw, 10_000, 'MW');
    whole(`plant.units[${i}].onlineMonth`, u.onlineMonth, 0, 1200);
    within(`plant.units[${i}].restartCost`, u.restartCost, 0, 1e6, 'million USD');
    if (i > 0 && u.onlineMonth < plant.units[i - 1].onlineMonth)
      throw new MiningInputError(`plant.units[${i}].onlineMonth`, u.onlineMonth, 'not before the unit ahead of it');
  });
  plant.works.forEach((w, i) => {
    within(`plant.works[${i}].cost`, w.cost, 0, 1e6, 'million USD');
    whole(`plant.works[${i}].month`, w.month, 0, 1200);
    whole(`plant.works[${i}].fromUnits`, w.fromUnits, 1, 1000, 'units');
  });
  above('plant.capacityFactor', plant.capacityFactor, 1);
  within('plant.fuelUsdPerMwh', plant.fuelUsdPerMwh, 0, 1000, 'USD/MWh');
  within('plant.fixedUsdPerKwYear', plant.fixedUsdPerKwYear, 0, 10_000, 'USD/kW-year');
  within('plant.lines.initialMw', plant.lines.initialMw, 0, 1e6, 'MW');
  within('plant.lines.repairedMw', plant.lines.repairedMw, 0, 1e6, 'MW');
  whole('plant.lines.repairMonth', plant.lines.repairMonth, 0, 1200);
  within('plant.lines.repairCost', plant.lines.repairCost, 0, 1e6, 'million USD');
  spec.grids.forEach((g, i) => {
    known(`grids[${i}].receiver`, g.receiver);
    within(`grids[${i}].maxMw`, g.maxMw, 0, 1e6, 'MW');
    g.worth.forEach((b, k) => {
      above(`grids[${i}].worth[${k}].mw`, b.mw, 1e6, 'MW');
      within(`grids[${i}].worth[${k}].usdPerMwh`, b.usdPerMwh, 0, 10_000, 'USD/MWh');
    });
  });
  spec.otherUses.forEach((u, i) => {
    within(`otherUses[${i}].mw`, u.mw, 0, 1e6, 'MW');
    within(`otherUses[${i}].usdPerMwh`, u.usdPerMwh, 0, 10_000, 'USD/MWh');
    above(`otherUses[${i}].hoursShare`, u.hoursShare, 1);
  });
  above('mining.machineUsdPerTh', mining.machineUsdPerTh, 1000, 'USD/TH');
  above('mining.joulesPerTh', mining.joulesPerTh, 10_000, 'J/TH');
  within('mining.shellPerMw', mining.shellPerMw, 0, 100, 'million USD/MW');
  within('mining.opexUsdPerMwh', mining.opexUsdPerMwh, 0, 1000, 'USD/MWh');
  above('mining.uptime', mining.uptime, 1);
  within('mining.poolFee', mining.poolFee, 0, 0.5);
  within('mining.pue', mining.pue, 1, 3);
  whole('mining.lifeMonths', mining.lifeMonths, 1, 1200);
  whole('mining.rampMonths', mining.rampMonths, 1, 120);
  within('mining.machinePriceTrend', mining.machinePriceTrend, -0.9, 1, 'a year');
  within('mining.efficiencyTrend', mining.efficiencyTrend, -0.9, 1, 'a year');
  whole('mining.planMonths', mining.planMonths, 0, 600);
  within('mining.expectedHashpriceFall', mining.expectedHashpriceFall, 0, 0.95, 'a year');
  within('mining.replacementRate', mining.replacementRate, 0, 1, 'a year');
  above('network.calibration.priceUsd', network.calibration.priceUsd, 1e9, 'USD');
  above('network.calibration.difficulty', network.calibration.difficulty, 1e18);
  above('network.calibration.subsidyBtc', network.calibration.subsidyBtc, 50, 'BTC');
  within('network.calibration.feesBtcPerBlock', network.calibration.feesBtcPerBlock, 0, 1000, 'BTC');
  within('network.kappa', network.kappa, 0, 1, 'a month');
  within('network.eps.first', network.eps.first, 0, 1e6);
  within('network.eps.later', network.eps.later, 0, 1e6);
  within('network.eps.byYear', network.eps.byYear, 1, 100, 'years');
  within('network.efficiencyTrend', network.efficiencyTrend, -1, 2, 'a year');
  checkProcess(spec.price);
  within('hazard.base', spec.hazard.base, 0, 10, 'a year');
  within('hazard.cap', spec.hazard.cap, 0, 10, 'a year');
  checkFactors('hazard.factors', spec.hazard.factors);
  within('hazard.leaving.adds', spec.hazard.leaving?.adds ?? 0, 0, 1000, 'a year');
  spec.hazard.leaving?.parties.forEach((id, i) => {
    known(`hazard.leaving.parties[${i}]`, id);
  });
  spec.custody.forEach((c, i) => {
    within(`custody[${i}].frozen`, c.frozen, 0, 1);
    within(`custody[${i}].hazardWeight`, c.hazardWeight, -1, 10);
    if (c.rule === 'holder') known(`custody[${i}].holder`, c.holder ?? '');
    if (c.rule === 'split') checkShares(`custody[${i}].split`, c.split ?? [], seats);
  });
  spec.financing.forEach((f, i) => {
    if (f.rule === 'shares') checkShares(`financing[${i}].shares`, f.shares ?? [], seats);
  });
  known('breakdown.controller', spec.breakdown.controller);
  within('breakdown.rho', spec.breakdown.rho, 0, 1);
  checkFactors('breakdown.rhoFactors', spec.breakdown.rhoFactors);
  within('breakdown.grabbedWorth', spec.breakdown.grabbedWorth, 0, 1);
  spec.parties.forEach((party, i) => {
    const at = `parties[${i}]`;
    within(`${at}.discountRate`, party.discountRate, 0, 1, 'a year');
    checkRisk(`${at}.risk`, party.risk);
    for (const side of ['sold', 'kept'] as const) {
      within(`${at}.coin.${side}`, party.coin[side].base, 0, 10);
      for (const rule of party.coin[side].rules ?? []) within(`${at}.coin.${side}.rules`, rule.value, 0, 10);
    }
    within(`${at}.ownFleet.ehs`, party.ownFleet.ehs, 0, 1e6, 'EH/s');
    within(`${at}.ownFleet.weight`, party.ownFleet.weight, 0, 1);
    within(`${at}.ownFleet.decayYears`, party.ownFleet.decayYears, 0, 100, 'years');
    for (const flow of party.flows) {
      const name = `${at}.flows.${flow.id}`;
      const amounts = typeof flow.amount === 'number' ? [flow.amount] : Object.values(flow.amount.amounts);
      for (const amount of amounts) within(`${name}.amount`, amount, -1e6, 1e6, 'million USD');
      checkFactors(`${name}.factors`, flow.factors ?? []);
      if (flow.fromMonth !== undefined) whole(`${name}.fromMonth`, flow.fromMonth, 0, 1200);
      if (flow.forYears !== undefined) above(`${name}.forYears`, flow.forYears, 100, 'years');
    }
  });
};

/** Refuses terms with an impossible number or an id that the spec does not have. `maxMonths`: as far as the price paths reach. */
export const checkTerms = (spec: VentureSpec, terms: PactTerms, maxMonths = 1200): void => {
  within('miningMw', terms.miningMw, 0, 1e5, 'MW');
  within('kept', terms.kept, 0, 1);
  requireInRange('years', terms.years, { min: 1 / 12, max: maxMonths / 12, unit: 'years' });
  if (Math.abs(terms.years * 12 - Math.round(terms.years * 12)) > 1e-9)
    throw new MiningInputError('years', terms.years, 'a whole number of months');
  if (terms.shares.length !== spec.parties.length)
    throw new MiningInputError('shares.length', terms.shares.length, `${spec.parties.length}, one per party`);
  if (terms.shares.some((s) => s !== 0)) checkShares('shares', terms.shares, spec.parties.length);
  else if (terms.miningMw > 0) throw new MiningInputError('shares', 0, 'shares that sum to 1 when there is a mine');
  terms.deliveries.forEach((d, k) => {
    if (!spec.grids.some((g) => g.id === d.to))
      throw new MiningInputError(`deliveries[${k}].to`, d.to, 'the id of a grid');
    within(`deliveries[${k}].mw`, d.mw, 0, 1e5, 'MW');
    within(`deliveries[${k}].tariffUsdPerMwh`, d.tariffUsdPerMwh, 0, 10_000, 'USD/MWh');
  });
  if (!spec.custody.some((c) => c.id === terms.custody))
    throw new MiningInputError('custody', terms.custody, `one of ${spec.custody.map((c) => c.id).join(', ')}`);
  if (!spec.financing.some((f) => f.id === terms.financing))
    throw new MiningInputError('financing', terms.financing, `one of ${spec.financing.map((f) => f.id).join(', ')}`);
};

const checkShares = (field: string, shares: readonly number[], seats: number): void => {
  if (shares.length !== seats) throw new MiningInputError(`${field}.length`, shares.length, `${seats}, one per party`);
  shares.forEach((s, i) => {
    within(`${field}[${i}]`, s, 0, 1);
  });
  const total = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(total - 1) > 1e-9) throw new MiningInputError(field, total, 'shares that sum to 1');
};

const checkFactors = (field: string, tables: readonly FactorTable[]): void => {
  for (const table of tables)
    for (const [option, factor] of Object.entries(table.factors))
      within(`${field}.${table.by}.${option}`, factor, 0, 100);
};

const checkRisk = (field: string, risk: RiskMeasure): void => {
  if (risk.kind === 'mean_cvar') {
    within(`${field}.w`, risk.w, 0, 1);
    above(`${field}.alpha`, risk.alpha, 1);
  }
  if (risk.kind === 'crra') {
    within(`${field}.gamma`, risk.gamma, 0, 100);
    above(`${field}.wealth`, risk.wealth, 1e9, 'million USD');
  }
};
