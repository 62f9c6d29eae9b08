import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from './console.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * A text the user named, `-` being standard input. Devices and pipes need never end: no more than `limit` bytes are taken from any of them. A byte order mark
 * belongs to the text only where every byte counts.
 */
export function readText(path: string, limit = 256 * MIB, everyByte = false): { name: string; text: string } {
  const name = path === '-' ? '<stdin>' : path;
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    try {
      if (fstatSync(file).isDirectory()) throw new Refusal(`${path} is a directory`, 'name a file');
      return { name, text: decode(name, readUpTo(file, name, limit), everyByte) };
    } finally {
      if (file !== 0) closeSync(file);
    }
  } catch (error) {
    throw fileTrouble(error, name, 'read');
  }
}

function readUpTo(file: number, name: string, limit: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= limit; ) {
    const chunk = Buffer.allocUnsafe(64 * KIB);
    const count = readSome(file, chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  throw new Refusal(
    `${name} holds more than ${limit < MIB ? `${limit / KIB} KB` : `${limit / MIB} MB`}, the most that is read of it`,
  );
}

/** Standard input that was made non-blocking by somebody else says "try again" where it means "wait". */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/**
 * Writes what a name stands for: links are followed, and a device or a pipe is written through. A file is written whole or not at all: a neighbour is
 * written and synced first, then takes the name, with the mode of the file that had it.
 */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    checkWritable(path);
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined) replace(targetOf(path), bytes);
    else if (isOwnOutput(there)) writeAll(1, bytes);
    else if (there.isFile()) replace(realpathSync(path), bytes, there.mode);
    else pour(path, bytes);
  } catch (error) {
    throw fileTrouble(error, path, 'write');
  }
}

/** Refuses a name that cannot be written, while nothing has been done for it yet. */
export function checkWritable(path: string): void {
  try {
    if (path === '') throw new Refusal('an output needs a name', 'name a file');
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Refusal(`cannot write ${path}: it is a directory`, 'name a file');
    if (there) accessSync(path, constants.W_OK);
    // What is written whole needs room for a neighbour
    if (there === undefined) accessSync(dirname(targetOf(path)), constants.W_OK);
    else if (there.isFile() && !isOwnOutput(there)) accessSync(dirname(realpathSync(path)), constants.W_OK);
  } catch (error) {
    throw fileTrouble(error, path, 'write');
  }
}

/** What tells a file from any other, whatever name it goes by; nothing for devices and pipes, which many may share. */
export function identityOf(path: string): string | undefined {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return targetOf(path);
  return there.isFile() ? `${there.dev}:${there.ino}` : undefined;
}

/** Where a file would come to be whose name is not there yet, or is a link to nothing. */
function targetOf(path: string, links = 0): string {
  const here = join(realpathSync(dirname(path)), basename(path));
  const isLink = lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink() === true && links < 40;
  return isLink ? targetOf(resolve(dirname(here), readlinkSync(here)), links + 1) : here;
}

/** `--trace /dev/stdout > talks.txt`: replacing that file would lose what is printed into it. */
function isOwnOutput(there: Stats): boolean {
  try {
    const own = fstatSync(1);
    return own.dev === there.dev && own.ino === there.ino;
  } catch {
    return false;
  }
}

function replace(target: string, bytes: Uint8Array, mode?: number): void {
  const beside = join(dirname(target), `.hashpact.${process.pid}.tmp`);
  rmSync(beside, { force: true });
  try {
    const file = openSync(beside, 'wx');
    try {
      if (mode !== undefined) fchmodSync(file, mode & 0o7777);
      writeAll(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function pour(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeAll(file, bytes);
  } catch (error) {
    // Whoever read has read enough
    if ((error as { code?: string }).code !== 'EPIPE') throw error;
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'part of the path is not a folder',
};

/** A system error in words a person can act on. */
export function fileTrouble(error: unknown, path: string, verb: 'read' | 'write'): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const missing = code === 'ENOENT' && verb === 'write' ? `the folder ${dirname(path)} does not exist` : undefined;
  return new Refusal(`cannot ${verb} ${path}: ${missing ?? TROUBLE[code] ?? message.replace(/^\w+: |, [^,]*$/g, '')}`);
}

function decode(name: string, bytes: Buffer, everyByte: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: everyByte }).decode(bytes);
  } catch {
    throw new Refusal(`${name} is not valid UTF-8 text`);
  }
}
