import type { Json } from '../domain/id.ts';
import { NONE } from '../session/state.ts';
import type { SEAT } from './measure.ts';
import type { Prepared } from './request.ts';
import type { Results } from './results.ts';

export type ColumnType = 'INT32' | 'DOUBLE' | 'STRING' | 'JSON';

/** A column of a results file, in words. */
export interface ColumnWords {
  readonly name: string;
  readonly type: ColumnType;
  /** Empty where the figure counts or is a text. */
  readonly unit: string;
  readonly doc: string;
}

/** A column of a results file. */
export interface Column extends ColumnWords {
  /** Null where a row has none. */
  at(job: number): Json;
}

/** What a column reads: a negotiation, and for a party's column its seat. */
interface Row {
  readonly results: Results;
  readonly prepared: Prepared;
  readonly job: number;
  readonly seat: number;
}

interface Definition extends ColumnWords {
  read(row: Row): Json;
}

const caseOf = ({ results: { schedule }, job }: Row) => schedule.cases[schedule.job(job).case];
const nullable = (x: number) => (Number.isNaN(x) ? null : x);
const IN_UNIT = 'the scenario’s unit';

/** Columns of a negotiation. */
const TALKS: readonly Definition[] = [
  number('job', '', 'the number of the negotiation: what `results.parquet#1234` means', ({ job }) => job),
  text('scenario', 'the scenario’s id', (row) => row.prepared.scenarios[caseOf(row).scenario].spec.id),
  text('file', 'the file it was read from', (row) => row.prepared.request.scenarios[caseOf(row).scenario].name),
  text(
    'hash',
    'SHA-256 of the resolved scenario with its own strategies',
    (row) => row.results.cases[caseOf(row).index]?.hash ?? '',
  ),
  text('variant', 'the variant of the scenario; empty for none', ({ prepared }) => prepared.request.variant ?? ''),
  json('set', 'every override made, in order: path=value', (row) => [...caseOf(row).set]),
  real(
    'seed',
    '',
    'the master seed, the same in every row: what tells the luck of rows apart is `repetition`',
    ({ prepared }) => prepared.request.seed,
  ),
  number(
    'repetition',
    '',
    'which luck, from 0: chance is a hash of seed, scenario and repetition',
    ({ results, job }) => results.schedule.job(job).repetition,
  ),
  text('end', 'agreement, timedout or broken', ({ results, job }) => results.end(job)),
  number('round', 'rounds', 'the round it ended in', ({ results, job }) => results.round(job)),
  number('agreement', '', 'raw index of the agreed outcome; empty without one', ({ results, job }) =>
    results.agreement(job) === NONE ? null : results.agreement(job),
  ),
  json(
    'agreement_values',
    'its values by issue; empty without one',
    ({ results, job }) => (results.values(job) as Json | undefined) ?? null,
  ),
  real('welfare', 'utility', 'sum of utilities', ({ results, job }) => results.welfare(job)),
  real(
    'pareto_distance',
    'utility',
    'distance from the agreement to the frontier of the zone of agreement; empty without one',
    ({ results, job }) => nullable(results.paretoDistance(job)),
  ),
  real(
    'nash_distance',
    'utility',
    'the same to the Nash bargaining solution; empty without an agreement',
    ({ results, job }) => nullable(results.nashDistance(job)),
  ),
];

/** Columns of each party; its id follows the underline. */
const PARTY: readonly Definition[] = [
  text(
    'strategy_',
    'strategy; own: the scenario’s',
    ({ results: { schedule }, prepared, job, seat }) =>
      prepared.request.strategies[seat][schedule.seatings[schedule.job(job).seating][seat]],
  ),
  measured('utility', 'utility', 'utility of the agreement, or of having none'),
  measured('value', IN_UNIT, 'the same as a value'),
  measured('discounted', 'utility', 'utility x discount^time'),
  measured('delay_cost', IN_UNIT, 'what the rounds cost; not in value'),
  measured(
    'left',
    'utility',
    'left on the table: what it could have had more with nobody else worse off than it came out',
  ),
  measured('left_value', IN_UNIT, 'the same as a value'),
];

/** The columns of a results file, one row per negotiation in order of `job`. Party columns end in the party's id, or in `seat_1` ... where scenarios differ. */
export function columnsOf(results: Results, prepared: Prepared): Column[] {
  const bound = ({ read, ...words }: Definition, seat: number, who = ''): Column => ({
    ...words,
    name: words.name + who,
    at: (job) => read({ results, prepared, job, seat }),
  });
  return [
    ...TALKS.map((one) => bound(one, 0)),
    ...seatNames(prepared).flatMap((who, seat) => PARTY.map((one) => bound(one, seat, who))),
  ];
}

/** What the columns are, whatever the scenario. */
export const columnWords = (): ColumnWords[] =>
  [...TALKS, ...PARTY.map((one) => ({ ...one, name: `${one.name}PARTY` }))].map(({ name, type, unit, doc }) => ({
    name,
    type,
    unit,
    doc,
  }));

/** Ids of the parties where all scenarios seat the same, seat numbers otherwise. */
export function seatNames({ scenarios }: Pick<Prepared, 'scenarios'>): string[] {
  const ids = scenarios.map(({ spec }) => spec.parties.map(({ id }) => id));
  return ids.every((list) => list.join() === ids[0].join()) ? ids[0] : ids[0].map((_, seat) => `seat_${seat + 1}`);
}

function text(name: string, doc: string, read: Definition['read']): Definition {
  return { name, type: 'STRING', unit: '', doc, read };
}

function json(name: string, doc: string, read: Definition['read']): Definition {
  return { name, type: 'JSON', unit: '', doc, read };
}

function number(name: string, unit: string, doc: string, read: Definition['read']): Definition {
  return { name, type: 'INT32', unit, doc, read };
}

function real(name: string, unit: string, doc: string, read: Definition['read']): Definition {
  return { name, type: 'DOUBLE', unit, doc, read };
}

function measured(what: (typeof SEAT)[number], unit: string, doc: string): Definition {
  return real(`${what}_`, unit, doc, ({ results, job, seat }) => results.of(job, seat, what));
}
