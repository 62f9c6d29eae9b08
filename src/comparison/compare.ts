import { cpus } from 'node:os';
import type { Scenario } from '../scenario/load.ts';
import { reservationOf } from '../scenario/values.ts';
import { VERSION } from '../version.ts';
import { Hall } from './hall.ts';
import { Journal } from './journal.ts';
import type { PayoffMeasure, ScenarioLabel } from './report.ts';
import type { Prepared } from './request.ts';
import { Results } from './results.ts';
import { unlikeRoles } from './roles.ts';
import { seatNames } from './rows.ts';
import type { StandingsOptions } from './standings.ts';
import { playAll } from './workers.ts';

export interface CompareOptions {
  /** Threads; every core by default. */
  readonly workers?: number;
  /** Work that lasts longer than this, milliseconds, is shared with threads. */
  readonly patience?: number;
  /** One negotiation in so many is played again by the recorded executor; 0: none. */
  readonly auditOneIn?: number;
  /** Where finished batches are kept until the end. */
  readonly journal?: { readonly path: string; readonly resume: boolean };
  readonly signal?: { readonly aborted: boolean };
  onProgress?(done: number, total: number): void;
}

export const AUDIT_ONE_IN = 1000;

/**
 * Plays a comparison: all of it, or as far as it came before the signal. The results are the same bytes with one worker or many, resumed or not.
 *
 * @example
 * const prepared = prepare({ scenarios: [{ name, text }], strategies: ['boulware,linear'] });
 * const results = await compare(prepared);
 */
export async function compare(prepared: Prepared, options: CompareOptions = {}): Promise<Results> {
  const { request, schedule, scenarios } = prepared;
  const { journal: wanted } = options;
  const auditOneIn = options.auditOneIn ?? AUDIT_ONE_IN;
  const results = new Results(schedule);
  const journal =
    wanted &&
    (wanted.resume ? Journal.resume(wanted.path, request, VERSION) : Journal.begin(wanted.path, request, VERSION));
  try {
    for (const batch of journal?.batches ?? []) results.add(batch);
    const hall = new Hall(request, auditOneIn);
    const first = schedule.cases[0];
    if (first.vary.length === 0) hall.admit(0, scenarios[0]);
    await playAll(hall, results.pending(), {
      workers: options.workers ?? cpus().length,
      auditOneIn,
      patience: options.patience,
      signal: options.signal,
      onBatch(batch) {
        journal?.add(batch);
        results.add(batch);
        options.onProgress?.(results.finished, schedule.size);
      },
    });
  } finally {
    journal?.close();
    // A journal that holds no work would only stand in the way.
    if (journal && results.finished === 0) Journal.discard(journal.path);
  }
  return results;
}

/** How reports call the scenarios of a comparison. */
export function labelsOf({ request, scenarios }: Prepared): ScenarioLabel[] {
  return scenarios.map((scenario, i) => labelOf(request.scenarios[i].name, scenario));
}

export const labelOf = (file: string, { spec, hash }: Scenario): ScenarioLabel => ({
  file,
  id: spec.id,
  title: spec.title,
  hash,
  unit: spec.unit,
  asOf: spec.as_of ?? null,
});

/** What `standings` is told of a comparison beside its results. */
export function standingsOptions(
  prepared: Prepared,
  payoff: PayoffMeasure,
  auditOneIn: number,
  resamples?: number,
): StandingsOptions {
  const [first] = prepared.scenarios;
  const greedy = first.spec.parties
    .filter((party) => reservationOf(party) === Number.NEGATIVE_INFINITY)
    .map(({ id }) => id);
  return {
    scenarios: labelsOf(prepared),
    parties: seatLabels(prepared),
    payoff,
    auditOneIn,
    resamples,
    warnings: [
      ...(greedy.length > 0
        ? [`${greedy.join(' and ')} would sign anything: talks without an agreement count as its worst outcome`]
        : []),
      ...(prepared.request.rotate && prepared.scenarios.some(({ spec }) => unlikeRoles(spec) !== undefined)
        ? [
            'the roles differ, and --rotate averages over them: a mean is over every seat, and no promise for any one of them',
          ]
        : []),
      ...sharedLuck(prepared),
    ],
  };
}

/** Parties where all scenarios seat the same, seats otherwise. */
function seatLabels(prepared: Prepared): StandingsOptions['parties'] {
  const [{ spec }] = prepared.scenarios;
  const names = seatNames(prepared);
  return spec.parties.map(({ id, label }, seat) =>
    names[seat] === id
      ? { id, label: label ?? id.replaceAll('_', ' ') }
      : { id: names[seat], label: names[seat].replaceAll('_', ' ') },
  );
}

/** Chance is keyed by the scenario's id: files that share one share their luck. */
function sharedLuck({ request, scenarios }: Prepared): string[] {
  const ids = scenarios.map(({ spec }) => spec.id);
  const shared = ids.findIndex((id, i) => ids.indexOf(id) < i);
  return shared < 0
    ? []
    : [
        `${request.scenarios[ids.indexOf(ids[shared])].name} and ${request.scenarios[shared].name} have the same id, hence the same luck: they are not as independent as the intervals take them to be`,
      ];
}
