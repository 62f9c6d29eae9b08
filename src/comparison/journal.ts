import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { Batch } from './hall.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Request } from './schedule.ts';

export const JOURNAL_FORMAT = 'hashpact-journal/2';

/** Lines are synced to the disk this often, milliseconds: a killed process loses nothing, a cut power line at most this much. */
const SYNC_EVERY = 500;

/**
 * An append-only record of finished batches, so that a comparison killed at any moment goes on where it was. JSON Lines: the first line names the comparison,
 * each further line holds a batch and a running hash of everything before it. A torn last line is what a kill leaves behind and is cut off; any other line that
 * does not fit its hash means that the file was changed, and is refused with the file left as it is.
 */
export class Journal {
  readonly path: string;
  /** What was read from it, when resumed. */
  readonly batches: readonly Batch[];
  readonly #file: number;
  #hash: string;
  #synced = performance.now();

  private constructor(path: string, file: number, hash: string, batches: readonly Batch[]) {
    this.path = path;
    this.#file = file;
    this.#hash = hash;
    this.batches = batches;
  }

  /** Begins a new journal; refuses to write over one that is there. */
  static begin(path: string, request: Request, version: string): Journal {
    let file: number;
    try {
      file = openSync(path, 'wx');
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw trouble(error, path);
      throw isJournal(path)
        ? new ComparisonRefusal(
            `${path} is the journal of a comparison that was not finished`,
            'continue it with --resume, or delete the file to begin anew',
          )
        : foreign(path);
    }
    const journal = new Journal(path, file, '', []);
    journal.#write(headOf(request, version));
    return journal;
  }

  /** Opens the journal of an unfinished comparison and goes on writing behind its last whole line. */
  static resume(path: string, request: Request, version: string): Journal {
    let bytes: Buffer;
    try {
      // What is no file (a device, a pipe) has nothing to read back, and might never end.
      if (!statSync(path).isFile()) return Journal.#over(path, request, version);
      bytes = readFileSync(path);
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return Journal.begin(path, request, version);
      throw trouble(error, path);
    }
    if (!isHeaded(bytes)) throw foreign(path);
    const { lines, length, hash } = readLines(path, bytes);
    if (lines.length === 0) {
      if (!lineOf(headOf(request, version), '').subarray(0, bytes.length).equals(bytes)) throw foreign(path);
      return Journal.#over(path, request, version);
    }
    const head = lines[0] as { journal?: string; version?: string; request?: string };
    if (head.journal !== JOURNAL_FORMAT)
      throw new ComparisonRefusal(`${path} is no journal of this version of the format (${JOURNAL_FORMAT})`);
    if (head.request !== identity(request) || head.version !== version) {
      throw new ComparisonRefusal(
        `${path} belongs to another comparison: ${head.version === version ? 'scenarios, strategies, variations, repetitions or seed differ' : `it was written by hashpact ${head.version}`}`,
        'give exactly the options it was begun with, or delete it to begin anew',
      );
    }
    const batches = lines.slice(1).map((line, i) => unpack(path, i + 2, line));
    try {
      const file = openSync(path, 'r+');
      ftruncateSync(file, length);
      closeSync(file);
      return new Journal(path, openSync(path, 'a'), hash, batches);
    } catch (error) {
      throw trouble(error, path);
    }
  }

  /** A journal whose very first line was torn holds nothing. */
  static #over(path: string, request: Request, version: string): Journal {
    try {
      const file = openSync(path, 'w');
      const journal = new Journal(path, file, '', []);
      journal.#write(headOf(request, version));
      return journal;
    } catch (error) {
      throw trouble(error, path);
    }
  }

  add(batch: Batch): void {
    const { numbers } = batch;
    const packed = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
    this.#write(JSON.stringify({ ...batch, numbers: packed }));
  }

  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  /** Takes the journal away once there is nothing left for it to keep. What is no file of its own (a device, a link) stays. */
  static discard(path: string): void {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile()) unlinkSync(path);
  }

  #write(content: string): void {
    const bytes = lineOf(content, this.#hash);
    this.#hash = next(this.#hash, content);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      if (performance.now() - this.#synced > SYNC_EVERY) {
        fsyncSync(this.#file);
        this.#synced = performance.now();
      }
    } catch (error) {
      throw trouble(error, this.path);
    }
  }
}

/** What makes two comparisons the same: everything that decides their result. */
export const identity = (request: Request): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

const next = (before: string, content: string): string =>
  createHash('sha256').update(before).update(content).digest('hex').slice(0, 32);

const headOf = (request: Request, version: string): string =>
  JSON.stringify({ journal: JOURNAL_FORMAT, version, request: identity(request) });

const lineOf = (content: string, before: string): Buffer => Buffer.from(`${content}\t${next(before, content)}\n`);

/** Whether a file begins as every journal does, as far as it goes. */
function isHeaded(bytes: Buffer): boolean {
  const start = Buffer.from('{"journal":');
  return start.subarray(0, bytes.length).equals(bytes.subarray(0, start.length));
}

function isJournal(path: string): boolean {
  try {
    return statSync(path).isFile() && isHeaded(readFileSync(path));
  } catch {
    return false;
  }
}

const foreign = (path: string): ComparisonRefusal =>
  new ComparisonRefusal(
    `${path} is no journal of this comparison, and was left as it is`,
    'give --journal another name',
  );

/** The whole lines of a journal, how many bytes they take, and the running hash behind them. */
function readLines(path: string, bytes: Buffer): { lines: unknown[]; length: number; hash: string } {
  const lines: unknown[] = [];
  let hash = '';
  let from = 0;
  while (from < bytes.length) {
    const to = bytes.indexOf(10, from);
    const text = bytes.toString('utf8', from, to < 0 ? bytes.length : to);
    const tab = text.lastIndexOf('\t');
    const content = text.slice(0, Math.max(0, tab));
    const expected = next(hash, content);
    if (to < 0 || tab < 0 || text.slice(tab + 1) !== expected) {
      if (to < 0 || to === bytes.length - 1) return { lines, length: from, hash };
      throw new ComparisonRefusal(
        `${path}:${lines.length + 1}: the journal is damaged: this line does not fit its hash, and ${bytes.length - to - 1} more bytes follow`,
        'nothing was changed; restore the file, or delete it to begin anew',
      );
    }
    lines.push(JSON.parse(content));
    hash = expected;
    from = to + 1;
  }
  return { lines, length: from, hash };
}

function unpack(path: string, line: number, value: unknown): Batch {
  const { numbers, ...rest } = value as Batch & { numbers: unknown };
  if (typeof numbers !== 'string') throw new ComparisonRefusal(`${path}:${line}: the journal is damaged: no numbers`);
  const bytes = Buffer.from(numbers, 'base64');
  const copy = new Float64Array(bytes.length / 8);
  new Uint8Array(copy.buffer).set(bytes);
  return { ...rest, numbers: copy };
}

function trouble(error: unknown, path: string): unknown {
  const code = (error as { code?: string }).code ?? '';
  const words: Record<string, string> = {
    ENOENT: 'the folder does not exist',
    ENOSPC: 'the disk is full; what was finished is kept, and --resume goes on from there',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    EISDIR: 'it is a directory',
    ENOTDIR: 'part of the path is not a folder',
  };
  return code in words ? new ComparisonRefusal(`cannot write ${path}: ${words[code]}`) : error;
}
