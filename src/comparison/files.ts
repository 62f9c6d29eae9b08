import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { Json } from '../domain/id.ts';
import { VERSION } from '../version.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Prepared } from './request.ts';
import type { Results } from './results.ts';
import { type Column, type ColumnWords, columnsOf } from './rows.ts';
import type { Request } from './schedule.ts';

export const RESULTS_FORMAT = 'hashpact-results/1';

export type FileKind = 'parquet' | 'csv' | 'jsonl';

/** What a Parquet file says of itself under the key `hashpact`. */
export interface ResultsHeader {
  readonly format: typeof RESULTS_FORMAT;
  readonly version: string;
  /** Whether every negotiation of the schedule is in the file. */
  readonly complete: boolean;
  readonly negotiations: number;
  readonly columns: readonly ColumnWords[];
  /** Everything that reproduces the file, the text of the scenarios included. */
  readonly request: Request;
}

/** The format that a file's name asks for. */
export function kindOf(path: string): FileKind {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'parquet' || ending === 'csv' || ending === 'jsonl') return ending;
  if (ending === 'ndjson') return 'jsonl';
  throw new ComparisonRefusal(
    `${path}: results are written as Parquet, CSV or JSON Lines`,
    'end the name in .parquet, .csv or .jsonl',
  );
}

/** The bytes of a results file: a row per finished negotiation, in order of job. The same results give the same bytes. */
export function resultsFile(kind: FileKind, results: Results, prepared: Prepared): Uint8Array {
  const columns = columnsOf(results, prepared);
  const jobs: number[] = [];
  for (let job = 0; job < results.schedule.size; job++) if (results.done[job] === 1) jobs.push(job);
  if (kind === 'parquet') return parquet(columns, jobs, results, prepared.request);
  const encoder = new TextEncoder();
  const lines = kind === 'csv' ? csvLines(columns, jobs) : jsonLines(columns, jobs);
  return encoder.encode(lines.map((line) => `${line}\n`).join(''));
}

function parquet(columns: readonly Column[], jobs: readonly number[], results: Results, request: Request): Uint8Array {
  const header: ResultsHeader = {
    format: RESULTS_FORMAT,
    version: VERSION,
    complete: results.complete,
    negotiations: results.schedule.size,
    columns: columns.map(({ name, type, unit, doc }) => ({ name, type, unit, doc })),
    request,
  };
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type, at }) => ({ name, type, data: jobs.map(at) }) as ColumnSource),
    kvMetadata: [{ key: 'hashpact', value: JSON.stringify(header) }],
    createdBy: `hashpact ${VERSION}`,
  });
  return new Uint8Array(buffer);
}

/** RFC 4180, lines ending in a line feed; JSON columns as JSON text, missing numbers empty. */
function csvLines(columns: readonly Column[], jobs: readonly number[]): string[] {
  const field = (value: Json) => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [
    columns.map(({ name }) => name).join(','),
    ...jobs.map((job) => columns.map(({ at }) => field(at(job))).join(',')),
  ];
}

function jsonLines(columns: readonly Column[], jobs: readonly number[]): string[] {
  return jobs.map((job) => JSON.stringify(Object.fromEntries(columns.map(({ name, at }) => [name, at(job)]))));
}
