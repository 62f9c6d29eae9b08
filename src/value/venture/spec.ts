import type { PartyId } from '../../domain/id.ts';
import type { Flaw } from '../../domain/issue.ts';
import { suggest } from '../../expression/index.ts';
import { PROCESS_PRESETS, type PriceProcess } from '../../mining/paths/process.ts';
import type { Conditional, PartySpec, VentureSpec } from '../../mining/venture/spec.ts';
import type { VentureSection, VentureTermSpec } from './schema.ts';

/** A party that states no venture term: it takes no part in the venture's money. */
export const bystander = (id: PartyId): PartySpec => ({
  id,
  discountRate: 0,
  risk: { kind: 'mean' },
  coin: { sold: { base: 1 }, kept: { base: 1 } },
  ownFleet: { ehs: 0, weight: 0, decayYears: 4 },
  flows: [],
});

/** A party's own part, from its venture term. */
export function partySpec(id: PartyId, term: VentureTermSpec): PartySpec {
  return {
    id,
    discountRate: term.discount_rate,
    risk: term.risk,
    coin: { sold: conditional(term.coin.sold), kept: conditional(term.coin.kept) },
    ownFleet: { ehs: term.own_fleet.ehs, weight: term.own_fleet.weight, decayYears: term.own_fleet.decay_years },
    flows: term.flows.map((flow) => ({
      id: flow.id,
      label: flow.label ?? flow.id.replaceAll('_', ' '),
      when: flow.when,
      amount: flow.amount as PartySpec['flows'][number]['amount'],
      factors: flow.factors as PartySpec['flows'][number]['factors'],
      fromMonth: flow.from_month,
      forYears: flow.for_years,
    })),
  };
}

const conditional = (given: VentureTermSpec['coin']['sold']): Conditional => ({
  base: given.base,
  rules: given.rules as Conditional['rules'],
});

/** Everything no outcome decides, in the mining room's words. */
export function ventureSpec(section: VentureSection, parties: readonly PartySpec[]): VentureSpec {
  const { plant, mining, network, hazard, breakdown } = section;
  const bySeat = (shares: Readonly<Record<string, number>>) => parties.map(({ id }) => shares[id] ?? 0);
  return {
    parties,
    plant: {
      units: plant.units.map((u) => ({
        mw: u.mw,
        onlineMonth: u.online_month,
        restartCost: u.restart_cost,
        needsConsent: u.needs_consent,
      })),
      works: plant.works.map((w) => ({
        id: w.id,
        cost: w.cost,
        month: w.month,
        fromUnits: w.from_units,
        needsConsent: w.needs_consent,
      })),
      capacityFactor: plant.capacity_factor,
      fuelUsdPerMwh: plant.fuel_usd_per_mwh,
      fixedUsdPerKwYear: plant.fixed_usd_per_kw_year,
      lines: {
        initialMw: plant.lines.initial_mw,
        repairedMw: plant.lines.repaired_mw,
        repairMonth: plant.lines.repair_month,
        repairCost: plant.lines.repair_cost,
        repairNeedsConsent: plant.lines.repair_needs_consent,
      },
    },
    grids: section.grids.map((g) => ({
      id: g.id,
      receiver: g.receiver,
      worth: g.worth.map((block) => ({ mw: block.mw, usdPerMwh: block.usd_per_mwh })),
      maxMw: g.max_mw,
      needsConsent: g.needs_consent,
    })),
    otherUses: section.other_uses.map((u) => ({
      id: u.id,
      mw: u.mw,
      usdPerMwh: u.usd_per_mwh,
      hoursShare: u.hours_share,
      needsConsent: u.needs_consent,
    })),
    mining: {
      machineUsdPerTh: mining.machine_usd_per_th,
      joulesPerTh: mining.joules_per_th,
      shellPerMw: mining.shell_per_mw,
      opexUsdPerMwh: mining.opex_usd_per_mwh,
      uptime: mining.uptime,
      poolFee: mining.pool_fee,
      pue: mining.pue,
      lifeMonths: mining.life_months,
      rampMonths: mining.ramp_months,
      machinePriceTrend: mining.machine_price_trend,
      efficiencyTrend: mining.efficiency_trend,
      planMonths: mining.plan_months,
      expectedHashpriceFall: mining.expected_hashprice_fall,
      replacementRate: mining.replacement_rate,
    },
    network: {
      calibration: {
        priceUsd: network.calibration.price_usd,
        difficulty: network.calibration.difficulty,
        subsidyBtc: network.calibration.subsidy_btc,
        feesBtcPerBlock: network.calibration.fees_btc_per_block,
      },
      kappa: network.kappa,
      eps: { first: network.eps.first, later: network.eps.later, byYear: network.eps.by_year },
      efficiencyTrend: network.efficiency_trend,
    },
    price: priceProcess(section.price),
    hazard: {
      base: hazard.base,
      cap: hazard.cap,
      factors: hazard.factors as VentureSpec['hazard']['factors'],
      ...(hazard.leaving && {
        leaving: { adds: hazard.leaving.adds, parties: hazard.leaving.parties ?? parties.map(({ id }) => id) },
      }),
    },
    custody: section.custody.map((c) => ({
      id: c.id,
      rule: c.rule,
      holder: c.holder,
      split: c.split && bySeat(c.split),
      frozen: c.frozen,
      hazardWeight: c.hazard_weight,
    })),
    financing: section.financing.map((f) => ({ id: f.id, rule: f.rule, shares: f.shares && bySeat(f.shares) })),
    breakdown: {
      controller: breakdown.controller,
      rho: breakdown.rho,
      rhoFactors: breakdown.rho_factors as VentureSpec['breakdown']['rhoFactors'],
      grabbedWorth: breakdown.grabbed_worth,
      remaining: breakdown.remaining,
    },
  };
}

function priceProcess(given: VentureSection['price']): PriceProcess {
  if (given.kind === 'fixed') return { kind: 'fixed', pricesUsd: given.prices };
  if (given.kind === 'preset') {
    const preset = PROCESS_PRESETS.find(({ id }) => id === given.preset);
    if (preset === undefined) throw new Error(`no price preset ${given.preset}`);
    return { ...preset.process, drift: given.drift ?? preset.process.drift };
  }
  return {
    kind: 'merton',
    drift: given.drift,
    volatility: given.volatility,
    jumpsPerYear: given.jumps_per_year,
    jumpMean: given.jump_mean,
    jumpSd: given.jump_sd,
  };
}

/** What the section names that the scenario does not have: parties, presets. */
export function namingFlaws(section: VentureSection, parties: readonly PartyId[]): Flaw[] {
  const flaws: Flaw[] = [];
  const party = (given: string, path: (string | number)[]) => {
    if (parties.includes(given)) return;
    const near = suggest(given, parties);
    const hint = near ? `did you mean "${near}"?` : `parties: ${parties.join(', ')}`;
    flaws.push({ path, code: 'unknown-party', message: `there is no party "${given}"`, hint });
  };
  section.grids.forEach((grid, i) => {
    party(grid.receiver, ['grids', i, 'receiver']);
  });
  party(section.breakdown.controller, ['breakdown', 'controller']);
  section.hazard.leaving?.parties?.forEach((given, i) => {
    party(given, ['hazard', 'leaving', 'parties', i]);
  });
  section.custody.forEach((rule, i) => {
    if (rule.holder !== undefined) party(rule.holder, ['custody', i, 'holder']);
    for (const id of Object.keys(rule.split ?? {})) party(id, ['custody', i, 'split', id]);
    if (rule.rule === 'holder' && rule.holder === undefined) {
      flaws.push({
        path: ['custody', i],
        code: 'missing-field',
        message: 'a custody rule "holder" needs "holder: PARTY"',
      });
    }
    if (rule.rule === 'split' && Math.abs(Object.values(rule.split ?? {}).reduce((a, b) => a + b, 0) - 1) > 1e-9) {
      flaws.push({
        path: ['custody', i],
        code: 'shares-cannot-reach-100',
        message: 'the split of a custody rule must add up to 1',
      });
    }
  });
  section.financing.forEach((rule, i) => {
    for (const id of Object.keys(rule.shares ?? {})) party(id, ['financing', i, 'shares', id]);
    if (rule.rule === 'shares' && Math.abs(Object.values(rule.shares ?? {}).reduce((a, b) => a + b, 0) - 1) > 1e-9) {
      flaws.push({
        path: ['financing', i],
        code: 'shares-cannot-reach-100',
        message: 'shares of capital must add up to 1',
      });
    }
  });
  if (section.price.kind === 'preset') {
    const { preset } = section.price;
    const presets = PROCESS_PRESETS.map(({ id }) => id);
    if (!presets.includes(preset)) {
      const near = suggest(preset, presets);
      const hint = near ? `did you mean "${near}"?` : `presets: ${presets.join(', ')}`;
      flaws.push({
        path: ['price', 'preset'],
        code: 'unknown-preset',
        message: `there is no price preset "${preset}"`,
        hint,
      });
    }
  }
  return flaws;
}
