import type { PriceProcess } from '../paths/process.ts';

/**
 * What the mining venture is, as plain data: everything a scenario fixes and no outcome decides. Money is in million US dollars unless
 * a name says otherwise; power in MW, energy in MWh, hash rate in EH/s, time in months or years as named. Parties, grids, operators,
 * custody rules and the like are ids chosen by the scenario; nothing here knows a name.
 */
export interface VentureSpec {
  /** In seat order. */
  readonly parties: readonly PartySpec[];
  readonly plant: PlantSpec;
  readonly grids: readonly GridSpec[];
  /** Sales outside the agreed deliveries that compete with mining for power that can leave the site. */
  readonly otherUses: readonly OtherUseSpec[];
  readonly mining: MiningSpec;
  readonly network: NetworkSpec;
  readonly price: PriceProcess;
  readonly hazard: HazardSpec;
  readonly custody: readonly CustodySpec[];
  readonly financing: readonly FinancingSpec[];
  readonly breakdown: BreakdownSpec;
}

/** The issues whose chosen option may drive an amount or a factor; `consent` has the options `yes` and `no`. */
export type Axis = 'operator' | 'custody' | 'verification' | 'legal' | 'sanctions' | 'financing' | 'consent';
export const AXES: readonly Axis[] = [
  'operator',
  'custody',
  'verification',
  'legal',
  'sanctions',
  'financing',
  'consent',
];

/** A factor per option of one axis; options not listed have factor 1. */
export interface FactorTable {
  readonly by: Axis;
  readonly factors: Readonly<Record<string, number>>;
  /** Scale only amounts of this sign (flows). Default: any. */
  readonly only?: 'negative' | 'positive';
}

/** A number with exceptions: the first rule whose axis stands at one of its options wins. */
export interface Conditional {
  readonly base: number;
  readonly rules?: readonly { readonly by: Axis; readonly options: readonly string[]; readonly value: number }[];
}

export interface UnitSpec {
  /** Nameplate MW. */
  readonly mw: number;
  /** Month it comes on line, counted from signature. */
  readonly onlineMonth: number;
  /** Restart capital, spent when it comes on line. */
  readonly restartCost: number;
  readonly needsConsent?: boolean;
}

export interface WorksSpec {
  readonly id: string;
  readonly cost: number;
  /** Month the money is spent. */
  readonly month: number;
  /** Needed as soon as this many units are restarted. */
  readonly fromUnits: number;
  readonly needsConsent?: boolean;
}

export interface PlantSpec {
  /** In the order in which they would be restarted; only as many are restarted as deliveries and mine need. */
  readonly units: readonly UnitSpec[];
  readonly works: readonly WorksSpec[];
  /** Energy per nameplate MWh, (0, 1]; apart from the miners' uptime. */
  readonly capacityFactor: number;
  readonly fuelUsdPerMwh: number;
  /** Per nameplate kW of restarted and on-line units. */
  readonly fixedUsdPerKwYear: number;
  readonly lines: {
    readonly initialMw: number;
    readonly repairedMw: number;
    readonly repairMonth: number;
    readonly repairCost: number;
    readonly repairNeedsConsent: boolean;
  };
}

export interface GridSpec {
  readonly id: string;
  /** Id of the party whose consumers receive the power; it earns worth minus tariff. */
  readonly receiver: string;
  /** What a delivered MWh is worth to the receiver, block by block. The last block may be wide. */
  readonly worth: readonly { readonly mw: number; readonly usdPerMwh: number }[];
  /** Most it can take. */
  readonly maxMw: number;
  readonly needsConsent: boolean;
}

export interface OtherUseSpec {
  readonly id: string;
  readonly mw: number;
  /** At the busbar, paid to the venture. */
  readonly usdPerMwh: number;
  /** Share of the hours in which this price is open, (0, 1]; two blocks make dear and cheap hours. */
  readonly hoursShare: number;
  readonly needsConsent: boolean;
}

export interface MiningSpec {
  readonly machineUsdPerTh: number;
  readonly joulesPerTh: number;
  /** Housing per MW of mining, million USD. */
  readonly shellPerMw: number;
  /** Operation other than fuel, per MWh of mining. */
  readonly opexUsdPerMwh: number;
  readonly uptime: number;
  readonly poolFee: number;
  readonly pue: number;
  readonly lifeMonths: number;
  /** Months over which a batch of machines is delivered. */
  readonly rampMonths: number;
  /** Yearly change of new machines' $/TH and J/TH as a fraction, e.g. -0.2. */
  readonly machinePriceTrend: number;
  readonly efficiencyTrend: number;
  /** A batch is bought only if its power is free for this many months ahead [assumption, 12-48]. */
  readonly planMonths: number;
  /** Replacement test: expected yearly fall of the hashprice as a fraction [0.22-0.37 in 2017-26], and the discount rate used. */
  readonly expectedHashpriceFall: number;
  readonly replacementRate: number;
}

export interface NetworkSpec {
  /** The state in which the others were at rest: their hash rate and hashprice follow from it, never from the scenario's market. */
  readonly calibration: {
    readonly priceUsd: number;
    readonly difficulty: number;
    readonly subsidyBtc: number;
    readonly feesBtcPerBlock: number;
  };
  /** kappa, share of the gap to the target hash rate that closes in a month, [0, 1]. */
  readonly kappa: number;
  /** Elasticity of the others' hash rate: `first` in year one, straight to `later` at the end of year `byYear`. */
  readonly eps: { readonly first: number; readonly later: number; readonly byYear: number };
  /** a, growth of hashes per dollar a year (log): G = exp(a t). */
  readonly efficiencyTrend: number;
}

export interface HazardSpec {
  /** Breakdowns a year before factors. */
  readonly base: number;
  readonly cap: number;
  readonly factors: readonly FactorTable[];
  /** Feeds the leaving test to the hazard; without it nobody's wish to leave counts. */
  readonly leaving?: LeavingSpec;
}

/**
 * From the first month after which one of these parties would rather leave than stay, at today's price standing still, so many more
 * breakdowns a year, on top of the cap. 12 leaves a month's survival at e^-1; hundreds end the pact then and there.
 */
export interface LeavingSpec {
  readonly adds: number;
  /** Party ids whose leaving breaks the pact. */
  readonly parties: readonly string[];
}

/**
 * Who holds the private keys. `at_source`: coins are divided when mined, nothing is left to fight over. `holder`: one party can take
 * all. `split`: a coalition able to sign divides as stated. `by_stakes`: a neutral signer or time-lock divides by stakes.
 */
export interface CustodySpec {
  readonly id: string;
  readonly rule: 'at_source' | 'holder' | 'split' | 'by_stakes';
  /** Party id, for `holder`. */
  readonly holder?: string;
  /** Shares by seat, summing to 1, for `split`. */
  readonly split?: readonly number[];
  /** Part of the stock that nobody recovers at breakdown, [0, 1]. */
  readonly frozen: number;
  /** Added to the hazard's coin factor, times kept share and relative stock. */
  readonly hazardWeight: number;
}

/** Who pays capital: by stakes, or in fixed shares by seat (an advance is not repaid ahead of the others). */
export interface FinancingSpec {
  readonly id: string;
  readonly rule: 'by_stakes' | 'shares';
  readonly shares?: readonly number[];
}

export interface BreakdownSpec {
  /** Party id of whoever physically controls the site. */
  readonly controller: string;
  /** rho, fraction of the remaining operating cash that the controller goes on earning. */
  readonly rho: number;
  readonly rhoFactors: readonly FactorTable[];
  /** Worth of coins taken beyond one's own stake, against spot (traceable). */
  readonly grabbedWorth: number;
  /** `built`: remaining cash counts in the share of planned capital that is in place at breakdown; `all`: all of it, built or not. */
  readonly remaining: 'built' | 'all';
}

export type RiskMeasure =
  | { readonly kind: 'mean' }
  /** (1 - w) mean + w CVaR: the mean of the worst `alpha`. */
  | { readonly kind: 'mean_cvar'; readonly w: number; readonly alpha: number }
  /** Certainty equivalent of constant relative risk aversion `gamma` on wealth + X. */
  | { readonly kind: 'crra'; readonly gamma: number; readonly wealth: number };

export interface FlowSpec {
  readonly id: string;
  readonly label: string;
  /** While alive: per year, in monthly parts. Breakdown: when the pact breaks. End: if it survives its term. */
  readonly when: 'signature' | 'while_alive' | 'end' | 'breakdown';
  /** One amount, or an amount per option of `by` (options not listed: 0). */
  readonly amount: number | { readonly by: Axis; readonly amounts: Readonly<Record<string, number>> };
  readonly factors?: readonly FactorTable[];
  /** While alive only: from this month on, for so many years; default the whole term. */
  readonly fromMonth?: number;
  readonly forYears?: number;
}

export interface PartySpec {
  readonly id: string;
  /** r, time preference only, per year. */
  readonly discountRate: number;
  readonly risk: RiskMeasure;
  /** What a coin is worth to this party against spot, sold when mined or kept. */
  readonly coin: { readonly sold: Conditional; readonly kept: Conditional };
  /** Today's sunk miners under its flag, EH/s, gone in a straight line over `decayYears`, and the weight the state gives them. */
  readonly ownFleet: { readonly ehs: number; readonly weight: number; readonly decayYears: number };
  readonly flows: readonly FlowSpec[];
}

/** What a pact says, in the venture's words. `shares` by seat, summing to 1 (or all 0 when there is nothing to share). */
export interface PactTerms {
  readonly miningMw: number;
  readonly shares: readonly number[];
  readonly operator: string;
  readonly deliveries: readonly { readonly to: string; readonly mw: number; readonly tariffUsdPerMwh: number }[];
  readonly kept: number;
  readonly custody: string;
  readonly verification: string;
  readonly legal: string;
  readonly sanctions: string;
  readonly financing: string;
  readonly consent: boolean;
  readonly years: number;
}

/** The public market on the day of signature. */
export interface MarketState {
  readonly priceUsd: number;
  readonly difficulty: number;
  readonly feesBtcPerBlock: number;
  readonly height: number;
}

/** The months of the model: 365.25 days over 12, 144 blocks a day. */
export const DAYS_PER_MONTH = 30.4375;
export const HOURS_PER_MONTH = 730.5;
export const BLOCKS_PER_MONTH = 4383;
