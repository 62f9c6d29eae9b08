import type { Json } from '../domain/id.ts';
import { NONE } from '../session/state.ts';
import type { Prepared } from './request.ts';
import type { Results } from './results.ts';

export type ColumnType = 'INT32' | 'DOUBLE' | 'STRING' | 'JSON';

/** A column of a results file. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly doc: string;
  /** Null where a row has none. */
  at(job: number): string | number | null | Json;
}

/** The columns of a results file, one row per negotiation in order of `job`. Party columns end in the party's id, or in `seat_1` ... where scenarios differ. */
export function columnsOf(results: Results, { scenarios, request }: Prepared): Column[] {
  const { schedule } = results;
  const caseOf = (job: number) => schedule.cases[schedule.job(job).case];
  const nullable = (x: number) => (Number.isNaN(x) ? null : x);
  const columns: Column[] = [
    text('scenario', "the scenario's id", (job) => scenarios[caseOf(job).scenario].spec.id),
    text('file', 'the file it was read from', (job) => request.scenarios[caseOf(job).scenario].name),
    text(
      'hash',
      'SHA-256 of the resolved scenario with its own strategies',
      (job) => results.cases[caseOf(job).index]?.hash ?? '',
    ),
    text('variant', 'the variant of the scenario; empty for none', () => request.variant ?? ''),
    json('set', 'every override made, in order: path=value', (job) => [...caseOf(job).set]),
    number('seed', 'the master seed', () => request.seed, 'DOUBLE'),
    number(
      'repetition',
      'which luck, from 0: chance is a hash of seed, scenario and repetition',
      (job) => schedule.job(job).repetition,
    ),
    text('end', 'agreement, timedout or broken', (job) => results.end(job)),
    number('round', 'the round it ended in', (job) => results.round(job)),
    number('agreement', 'raw index of the agreed outcome', (job) =>
      results.agreement(job) === NONE ? null : results.agreement(job),
    ),
    json('agreement_values', 'its values by issue', (job) => (results.values(job) as Json | undefined) ?? null),
    number('welfare', 'sum of utilities', (job) => results.welfare(job), 'DOUBLE'),
    number(
      'pareto_distance',
      'distance in utility space from the agreement to the frontier of the zone of agreement; empty without one',
      (job) => nullable(results.paretoDistance(job)),
      'DOUBLE',
    ),
    number(
      'nash_distance',
      'distance in utility space from the agreement to the Nash bargaining solution; empty without one',
      (job) => nullable(results.nashDistance(job)),
      'DOUBLE',
    ),
  ];
  const seats: Column[] = seatNames({ scenarios }).flatMap((who, seat) => [
    text(
      `strategy_${who}`,
      'strategy; own: the scenario’s',
      (job) => request.strategies[seat][schedule.seatings[schedule.job(job).seating][seat]],
    ),
    number(
      `utility_${who}`,
      'utility of the agreement, or of having none',
      (job) => results.of(job, seat, 'utility'),
      'DOUBLE',
    ),
    number(`value_${who}`, 'the same in the scenario’s unit', (job) => results.of(job, seat, 'value'), 'DOUBLE'),
    number(`discounted_${who}`, 'utility x discount^time', (job) => results.of(job, seat, 'discounted'), 'DOUBLE'),
    number(
      `delay_cost_${who}`,
      'what the rounds cost, in the scenario’s unit; not in value',
      (job) => results.of(job, seat, 'delay_cost'),
      'DOUBLE',
    ),
    number(
      `left_${who}`,
      'utility left on the table: what it could have had more with nobody else worse off than it came out',
      (job) => results.of(job, seat, 'left'),
      'DOUBLE',
    ),
    number(
      `left_value_${who}`,
      'the same in the scenario’s unit',
      (job) => results.of(job, seat, 'left_value'),
      'DOUBLE',
    ),
  ]);
  return [
    number('job', 'the number of the negotiation: what `results.parquet#1234` means', (job) => job),
    ...columns,
    ...seats,
  ];
}

/** Ids of the parties where all scenarios seat the same, seat numbers otherwise. */
export function seatNames({ scenarios }: Pick<Prepared, 'scenarios'>): string[] {
  const ids = scenarios.map(({ spec }) => spec.parties.map(({ id }) => id));
  return ids.every((list) => list.join() === ids[0].join()) ? ids[0] : ids[0].map((_, seat) => `seat_${seat + 1}`);
}

const text = (name: string, doc: string, at: (job: number) => string): Column => ({ name, type: 'STRING', doc, at });
const json = (name: string, doc: string, at: (job: number) => Json): Column => ({ name, type: 'JSON', doc, at });
const number = (name: string, doc: string, at: (job: number) => number | null, type: ColumnType = 'INT32'): Column => ({
  name,
  type,
  doc,
  at,
});
