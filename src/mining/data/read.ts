/**
 * The one file of the mining room that reads files, and only the ones shipped beside it. Pure functions take what it returns as arguments.
 * Each series is read at its first use and kept. Origins and terms: NOTICES.md.
 */
import { readFileSync } from 'node:fs';
import { parseCsv } from './csv.ts';

export interface DifficultyEpoch {
  epoch: number;
  firstHeight: number;
  /** Within a day. */
  startDate: string;
  difficulty: number;
  target: bigint;
  hashRateEhs: number;
  subsidyBtc: number;
}

export interface NetworkMonth {
  /** YYYY-MM. */
  month: string;
  difficulty: number;
  hashRateEhs: number;
  subsidyBtc: number;
}

export interface FeeSharePoint {
  period: string;
  /** Share of subsidy and fees together, 0 to 1. */
  feeShareOfReward: number;
  kind: string;
  source: string;
}

export interface PowerPriceMonth {
  month: string;
  country: string;
  eurPerMwh: number;
}

export interface AsicModel {
  model: string;
  /** YYYY-MM, or YYYY where the month is unknown. */
  release: string;
  releaseApproximate: boolean;
  hashRateTh: number | null;
  powerW: number | null;
  efficiencyJPerTh: number;
  priceUsd: number | null;
  source: string;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const rows = (file: string) => parseCsv(readFileSync(new URL(file, import.meta.url), 'utf8'));
const numberOrNull = (text: string) => (text === '' ? null : Number(text));

export const difficultyEpochs = once((): readonly DifficultyEpoch[] =>
  rows('difficulty_epochs.csv').map((row) => ({
    epoch: Number(row['epoch']),
    firstHeight: Number(row['first_height']),
    startDate: row['start_date_utc_approx'],
    difficulty: Number(row['difficulty']),
    target: BigInt(row['target_hex']),
    hashRateEhs: Number(row['implied_hashrate_EHs']),
    subsidyBtc: Number(row['subsidy_btc']),
  })),
);

export const networkMonths = once((): readonly NetworkMonth[] =>
  rows('network_monthly.csv').map((row) => ({
    month: row['month'],
    difficulty: Number(row['mean_difficulty']),
    hashRateEhs: Number(row['implied_hashrate_EHs']),
    subsidyBtc: Number(row['mean_subsidy_btc']),
  })),
);

/** Averages marked ~ in the source are taken at their stated value. */
export const feeSharePoints = once((): readonly FeeSharePoint[] =>
  rows('fee_share_points.csv').map((row) => ({
    period: row['period'],
    feeShareOfReward: Number(row['fee_share_of_miner_reward_pct'].replace('~', '')) / 100,
    kind: row['kind'],
    source: row['source'],
  })),
);

/** Ember, CC BY 4.0: name it wherever these are shown. */
export const powerPrices = once((): readonly PowerPriceMonth[] =>
  rows('ember_wholesale_eur_mwh_monthly.csv').flatMap(({ month, ...countries }) =>
    Object.entries(countries)
      .filter(([, price]) => price !== '')
      .map(([country, price]) => ({ month, country, eurPerMwh: Number(price) })),
  ),
);

export const asicModels = once((): readonly AsicModel[] =>
  rows('asic_models.csv').map((row) => ({
    model: row['model'],
    release: row['release'],
    releaseApproximate: row['release_approximate'] === 'yes',
    hashRateTh: numberOrNull(row['hashrate_th_s']),
    powerW: numberOrNull(row['power_w']),
    efficiencyJPerTh: Number(row['efficiency_j_per_th']),
    priceUsd: numberOrNull(row['price_usd']),
    source: row['source'],
  })),
);

export interface TestVector {
  id: string;
  topic: string;
  inputs: string;
  publishedOutput: string;
  computedCheck: string;
  tolerance: string;
  source: string;
}

export const testVectors = once((): readonly TestVector[] =>
  rows('test_vectors.csv').map((row) => ({
    id: row['id'],
    topic: row['topic'],
    inputs: row['inputs'],
    publishedOutput: row['published_output'],
    computedCheck: row['computed_check'],
    tolerance: row['tolerance'],
    source: row['source'],
  })),
);
