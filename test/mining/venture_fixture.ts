import type { MarketState, PactTerms, PartySpec, VentureSpec } from '../../src/mining/venture/spec.ts';

/** A venture for three seats, near the flagship's numbers: east controls the site, south receives power, west brings money. */
const signature = (id: string, amount: number) => ({ id, label: id, when: 'signature', amount }) as const;

const east: PartySpec = {
  id: 'east',
  discountRate: 0.12,
  risk: { kind: 'mean_cvar', w: 0.1, alpha: 0.1 },
  coin: {
    sold: { base: 0.85, rules: [{ by: 'sanctions', options: ['channel', 'tranche'], value: 0.97 }] },
    kept: { base: 1, rules: [{ by: 'custody', options: ['key_east'], value: 1.1 }] },
  },
  ownFleet: { ehs: 60, weight: 0.25, decayYears: 4 },
  flows: [
    signature('pact', 200),
    {
      id: 'operator',
      label: 'who operates',
      when: 'signature',
      amount: { by: 'operator', amounts: { chair: -900, neutral: -700, joint_south: -4000 } },
      factors: [{ by: 'legal', factors: { annex: 0.6 }, only: 'negative' }],
    },
    {
      id: 'channel',
      label: 'payment channel',
      when: 'while_alive',
      amount: { by: 'sanctions', amounts: { channel: 170, tranche: 170 } },
    },
    {
      id: 'tranche',
      label: 'tranche',
      when: 'while_alive',
      amount: { by: 'sanctions', amounts: { tranche: 400 } },
      forYears: 5,
    },
    {
      id: 'snap_back',
      label: 'snap-back',
      when: 'breakdown',
      amount: { by: 'sanctions', amounts: { channel: -300, tranche: -300 } },
    },
  ],
};

const south: PartySpec = {
  id: 'south',
  discountRate: 0.1,
  risk: { kind: 'mean_cvar', w: 0.4, alpha: 0.1 },
  coin: { sold: { base: 1 }, kept: { base: 0.95 } },
  ownFleet: { ehs: 0, weight: 0, decayYears: 4 },
  flows: [
    signature('pact', 300),
    {
      id: 'channel',
      label: 'payment channel',
      when: 'while_alive',
      amount: { by: 'sanctions', amounts: { channel: -55, tranche: -255 } },
    },
    { id: 'final', label: 'site returned', when: 'end', amount: 250 },
  ],
};

const west: PartySpec = {
  id: 'west',
  discountRate: 0.06,
  risk: { kind: 'mean_cvar', w: 0.2, alpha: 0.1 },
  coin: { sold: { base: 1 }, kept: { base: 0.9 } },
  ownFleet: { ehs: 350, weight: 0.25, decayYears: 4 },
  flows: [
    signature('pact', 500),
    {
      id: 'channel',
      label: 'sanctions cost',
      when: 'while_alive',
      amount: { by: 'sanctions', amounts: { site: -5, channel: -35, tranche: -95 } },
      factors: [
        { by: 'consent', factors: { no: 1.8 } },
        { by: 'verification', factors: { full: 0.6 } },
      ],
    },
  ],
};

const unit = (onlineMonth: number) => ({ mw: 950, onlineMonth, restartCost: 570 });

export const SPEC: VentureSpec = {
  parties: [east, south, west],
  plant: {
    units: [12, 18, 48, 54, 60, 66].map(unit),
    works: [
      { id: 'pumping', cost: 200, month: 6, fromUnits: 1 },
      { id: 'water', cost: 2200, month: 36, fromUnits: 3, needsConsent: true },
    ],
    capacityFactor: 0.76,
    fuelUsdPerMwh: 8,
    fixedUsdPerKwYear: 80,
    lines: { initialMw: 1000, repairedMw: 5300, repairMonth: 36, repairCost: 0, repairNeedsConsent: true },
  },
  grids: [
    {
      id: 'south_grid',
      receiver: 'south',
      worth: [
        { mw: 1600, usdPerMwh: 110 },
        { mw: 4000, usdPerMwh: 75 },
      ],
      maxMw: 5700,
      needsConsent: true,
    },
    { id: 'east_grid', receiver: 'east', worth: [{ mw: 950, usdPerMwh: 35 }], maxMw: 950, needsConsent: false },
  ],
  otherUses: [],
  mining: {
    machineUsdPerTh: 8,
    joulesPerTh: 16,
    shellPerMw: 0.4,
    opexUsdPerMwh: 8,
    uptime: 0.9,
    poolFee: 0.01,
    pue: 1.05,
    lifeMonths: 48,
    rampMonths: 6,
    machinePriceTrend: -0.2,
    efficiencyTrend: -0.12,
    planMonths: 24,
    expectedHashpriceFall: 0.25,
    replacementRate: 0.12,
  },
  network: {
    calibration: { priceUsd: 87_200, difficulty: 148.26e12, subsidyBtc: 3.125, feesBtcPerBlock: 0.0157 },
    kappa: 0.09,
    eps: { first: 1, later: 4, byYear: 3 },
    efficiencyTrend: 0.2,
  },
  price: { kind: 'merton', drift: 0.04, volatility: 0.5, jumpsPerYear: 12, jumpMean: 0, jumpSd: 0.09 },
  hazard: {
    base: 0.15,
    cap: 0.6,
    factors: [
      { by: 'operator', factors: { east_op: 1.2, chair: 0.9, neutral: 0.8 } },
      { by: 'verification', factors: { usual: 1.2, full: 0.8 } },
      { by: 'legal', factors: { decree: 1.2, annex: 0.9, licence: 1.1 } },
      { by: 'consent', factors: { no: 1.8 } },
    ],
  },
  custody: [
    { id: 'source', rule: 'at_source', frozen: 0, hazardWeight: 0 },
    { id: 'key_east', rule: 'holder', holder: 'east', frozen: 0, hazardWeight: 0.4 },
    { id: 'key_west', rule: 'holder', holder: 'west', frozen: 0, hazardWeight: 0.2 },
    { id: 'two_of_three', rule: 'split', split: [0.15, 0.35, 0.5], frozen: 0.3, hazardWeight: -0.05 },
    { id: 'time_lock', rule: 'by_stakes', frozen: 0.05, hazardWeight: -0.1 },
  ],
  financing: [
    { id: 'by_stakes', rule: 'by_stakes' },
    { id: 'west_pays', rule: 'shares', shares: [0, 0, 1] },
  ],
  breakdown: {
    controller: 'east',
    rho: 0.35,
    rhoFactors: [
      { by: 'verification', factors: { full: 0.6 } },
      { by: 'operator', factors: { joint_south: 0.3 } },
    ],
    grabbedWorth: 0.7,
    remaining: 'built',
  },
};

export const MARKET: MarketState = {
  priceUsd: 87_200,
  difficulty: 148.26e12,
  feesBtcPerBlock: 0.0157,
  height: 929_600,
};

export const TERMS: PactTerms = {
  miningMw: 950,
  shares: [1 / 3, 1 / 3, 1 / 3],
  operator: 'neutral',
  deliveries: [
    { to: 'south_grid', mw: 950, tariffUsdPerMwh: 90 },
    { to: 'east_grid', mw: 950, tariffUsdPerMwh: 35 },
  ],
  kept: 0.5,
  custody: 'two_of_three',
  verification: 'full',
  legal: 'annex',
  sanctions: 'channel',
  financing: 'by_stakes',
  consent: true,
  years: 15,
};
