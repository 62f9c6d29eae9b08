import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { Json } from '../domain/id.ts';
import { OWN } from '../scenario/compile.ts';
import { loadScenario, type Scenario } from '../scenario/load.ts';
import { selfContained } from '../scenario/self_contained.ts';
import type { Game } from '../session/game.ts';
import { kindOf, RESULTS_FORMAT, type ResultsHeader } from './files.ts';
import { ComparisonRefusal } from './refusal.ts';

export type Row = Readonly<Record<string, Json>>;

/** All that is needed to play the negotiation of a row again. */
export interface RowReference {
  readonly job: number;
  /** The scenario's file as the row names it. */
  readonly file: string;
  readonly hash: string;
  readonly variant: string | null;
  readonly set: readonly string[];
  /** Strategies in the place of the scenario's own, by seat number. */
  readonly strategies: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly repetition: number;
}

export interface OpenedRow {
  readonly row: Row;
  readonly reference: RowReference;
  readonly scenario: Scenario;
  readonly game: Game;
}

/**
 * Opens one negotiation of a results file as a game, for stepping through: `results.parquet#1234` is the row whose `job` is 1234. The scenario is read from the
 * file the row names (beside the results file, if not from here), and must still be the one that was played; a Parquet file brings it along.
 */
export async function openRow(path: string, job: number): Promise<OpenedRow> {
  const { row, header } = await readRow(path, job);
  const reference = rowReference(row);
  const tried = [...sources(path, reference.file, header)];
  if (tried.length === 0)
    throw new ComparisonRefusal(
      `${path}#${job}: its scenario ${reference.file} is not to be found`,
      'run this from where the comparison was run, or write results as Parquet, which brings its scenarios along',
    );
  for (const text of tried) {
    const { variant, set, strategies, seed, repetition } = reference;
    const options = { variant: variant ?? undefined, set };
    const loaded = loadScenario({ name: reference.file, text }, options);
    if (!loaded.ok || loaded.scenario.hash !== reference.hash) continue;
    const seated = Object.keys(strategies).length > 0 ? loaded.scenario.with(strategies) : loaded;
    if (!seated.ok) throw new ComparisonRefusal(`${path}#${job}: ${seated.diagnostics[0].message}`);
    return { row, reference, scenario: seated.scenario, game: seated.scenario.game({ seed, repetition }) };
  }
  throw new ComparisonRefusal(
    `${path}#${job}: ${reference.file} is no longer the scenario that was played (hash ${reference.hash.slice(0, 12)})`,
    'restore the file as it was, or compare again',
  );
}

/** What a row says of how to play it again. */
export function rowReference(row: Row): RowReference {
  const names = Object.keys(row).filter((name) => name.startsWith('strategy_'));
  const strategies = names.flatMap((name, seat) => (row[name] === OWN ? [] : [[String(seat), String(row[name])]]));
  return {
    job: Number(row['job']),
    file: String(row['file']),
    hash: String(row['hash']),
    variant: row['variant'] === '' || row['variant'] == null ? null : String(row['variant']),
    set: Array.isArray(row['set']) ? row['set'].map(String) : [],
    strategies: Object.fromEntries(strategies),
    seed: Number(row['seed']),
    repetition: Number(row['repetition']),
  };
}

/** The row of a results file whose `job` is the number asked for. */
export async function readRow(path: string, job: number): Promise<{ row: Row; header?: ResultsHeader }> {
  const kind = kindOf(path);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new ComparisonRefusal(`cannot read ${path}: there is no such file`);
  }
  const found =
    kind === 'parquet' ? await parquetRow(path, bytes, job) : { row: textRow(kind, bytes.toString('utf8'), job) };
  if (found.row !== undefined) return { ...found, row: found.row };
  throw new ComparisonRefusal(`${path} has no negotiation ${job}`, 'the column "job" lists those it has');
}

async function parquetRow(path: string, bytes: Buffer, job: number) {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const metadata = await parquetMetadataAsync(file);
    const value = metadata.key_value_metadata?.find(({ key }) => key === 'hashpact')?.value;
    const header = value === undefined ? undefined : (JSON.parse(value) as ResultsHeader);
    if (header?.format !== RESULTS_FORMAT) throw new ComparisonRefusal(`${path} is not a results file of hashpact`);
    // A complete file holds job N in row N; a partial one has gaps and is searched.
    const part = header.complete ? { rowStart: job, rowEnd: job + 1 } : {};
    const rows = job < Number(metadata.num_rows) || !header.complete ? await parquetReadObjects({ file, ...part }) : [];
    return { row: (rows as Row[]).find((row) => Number(row['job']) === job), header };
  } catch (error) {
    if (error instanceof ComparisonRefusal) throw error;
    throw new ComparisonRefusal(`${path} cannot be read as Parquet: ${(error as Error).message}`);
  }
}

function textRow(kind: 'csv' | 'jsonl', text: string, job: number): Row | undefined {
  if (kind === 'jsonl') {
    const start = text.startsWith(`{"job":${job},`) ? 0 : text.indexOf(`\n{"job":${job},`) + 1;
    if (start === 0 && !text.startsWith(`{"job":${job},`)) return undefined;
    const end = text.indexOf('\n', start);
    return JSON.parse(text.slice(start, end < 0 ? undefined : end)) as Row;
  }
  const lines = csvRows(text);
  const names = lines.next().value as string[] | undefined;
  for (const fields of lines) {
    if (Number(fields[0]) !== job) continue;
    return Object.fromEntries((names ?? []).map((name, i) => [name, JSONS.has(name) ? parsed(fields[i]) : fields[i]]));
  }
  return undefined;
}

const JSONS = new Set(['set', 'agreement_values']);
const parsed = (text: string): Json => (text === '' ? null : (JSON.parse(text) as Json));

/** RFC 4180: quotes may hold commas and line breaks. */
function* csvRows(text: string): Generator<string[]> {
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  let fields: string[] = [];
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new ComparisonRefusal('the CSV file cannot be read: a quote stands alone');
    const [, field, after] = match;
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (after === ',') continue;
    yield fields;
    fields = [];
  }
}

function* sources(results: string, file: string, header: ResultsHeader | undefined): Generator<string> {
  for (const path of [file, resolve(dirname(results), file)])
    if (existsSync(path))
      yield String(selfContained({ name: file, text: readFileSync(path, 'utf8') }, beside(path)).text);
  const embedded = header?.request.scenarios.find(({ name }) => name === file);
  if (embedded) yield embedded.text;
}

/** The base of a derived scenario stands beside it. */
const beside = (path: string) => (base: string) => {
  const at = resolve(dirname(path), base);
  return existsSync(at) ? { name: base, text: readFileSync(at, 'utf8') } : undefined;
};
