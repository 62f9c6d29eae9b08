import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { UtilitySpace } from '../../src/analysis/utility_space.ts';

/** The figures of a golden file that the analysis must reproduce; see test/fixtures/conformance/README.md. */
export interface GoldenFile {
  readonly domain: string;
  readonly profiles: readonly {
    readonly reservationValue: number;
    readonly weights: readonly number[];
    readonly values: readonly (readonly number[])[];
  }[];
  readonly ownAnalysis: Readonly<Record<string, unknown>>;
  readonly negmasAnalysis: Readonly<Record<string, unknown>>;
  readonly paretoFrontier: readonly (readonly number[])[];
}

const repository = resolve(import.meta.dirname, '../..');

/** Six domains of our own ship with the tests; the other fourteen carry no licence and are read only where they exist. */
export const shipped = join(repository, 'test/fixtures/conformance/golden');
export const elsewhere = join(repository, '../shared/conformance/negmas/golden');

export function goldenFiles(folder: string): GoldenFile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldenFile);
}

/** Utilities as left-to-right float64 sums of weight * value, the last issue varying fastest. */
export function spaceOfGolden(golden: GoldenFile): UtilitySpace {
  const utilities = golden.profiles.map(({ weights, values }) => {
    let sums = [0];
    values.forEach((ofIssue, k) => {
      sums = sums.flatMap((sum) => ofIssue.map((value) => sum + weights[k] * value));
    });
    return Float64Array.from(sums);
  });
  return {
    parties: golden.profiles.map((_, i) => `party_${i}`),
    utilities,
    outcomes: Int32Array.from(utilities[0], (_, k) => k),
    reservation: golden.profiles.map((p) => p.reservationValue),
  };
}
