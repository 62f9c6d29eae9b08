import { ENDS } from './measure.ts';
import type { EvidenceReport } from './report.ts';
import type { Results } from './results.ts';
import { type Bootstrap, meanInterval } from './statistics/bootstrap.ts';
import { clusteredRate } from './statistics/clustered_rate.ts';
import { exactly, type Interval } from './statistics/interval.ts';

/**
 * What a comparison's claims rest on. A repetition has the same luck in every profile and under every variation of a scenario, so of one scenario the
 * repetitions are the independent units, and of several the scenarios are. One scenario that leaves nothing to chance has none: its figures are exact.
 */
export function evidenceOf(results: Results): EvidenceReport {
  const { scenarios, repetitions } = results.schedule.request;
  const several = scenarios.length > 1;
  const chance = results.chanceIn.includes(1);
  return {
    chance,
    exact: !several && !chance,
    unit: several ? 'scenario' : 'repetition',
    units: several ? scenarios.length : repetitions,
  };
}

/** The agreement rate among some negotiations, with an interval that counts those of one unit as what they are: dependent. */
export function agreementOf(results: Results, jobs: readonly number[]): Interval {
  const { schedule } = results;
  const caseOf = (job: number) => schedule.cases[schedule.job(job).case];
  const several = new Set(jobs.map((job) => caseOf(job).scenario)).size > 1;
  const chance = jobs.some((job) => results.chanceIn[caseOf(job).index] === 1);
  const units = new Map<number, { agreed: number; of: number }>();
  for (const job of jobs) {
    const key = several ? caseOf(job).scenario : schedule.job(job).repetition;
    const unit = units.get(key) ?? { agreed: 0, of: 0 };
    if (results.end(job) === ENDS[0]) unit.agreed++;
    unit.of++;
    units.set(key, unit);
  }
  const all = [...units.values()];
  if (several || chance) return clusteredRate(all);
  return exactly(all.reduce((sum, { agreed }) => sum + agreed, 0) / jobs.length);
}

/** A mean with its interval, where there is chance to make one of. */
export const meanOf = (drawn: Bootstrap, column: number, exact: boolean): Interval =>
  exact ? exactly(drawn.estimates[column]) : meanInterval(drawn, column);
