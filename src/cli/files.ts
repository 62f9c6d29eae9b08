import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './console.ts';

const MIB = 1024 * 1024;

/** A text the user named, `-` being standard input. Sizes are capped before anything is read. */
export function readText(path: string, limit = 256 * MIB): { name: string; text: string } {
  if (path === '-') return { name: '<stdin>', text: decode('<stdin>', readFileSync(0)) };
  try {
    const { size } = statSync(path);
    if (statSync(path).isDirectory()) throw new Refusal(`${path} is a directory`, 'name a file');
    if (size > limit) throw new Refusal(`${path} has ${size} bytes; at most ${limit} are read`);
    return { name: path, text: decode(path, readFileSync(path)) };
  } catch (error) {
    throw fileTrouble(error, path, 'read');
  }
}

/** Writes a whole file or nothing: a neighbour is written and synced first, then takes the name. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(beside, 'w');
    try {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    if (existsSync(beside)) unlinkSync(beside);
    throw fileTrouble(error, path, 'write');
  }
}

/** A system error in words a person can act on. */
export function fileTrouble(error: unknown, path: string, verb: 'read' | 'write'): unknown {
  const code = (error as { code?: string }).code;
  const words: Record<string, string> = {
    ENOENT: verb === 'read' ? 'there is no such file' : `the folder ${dirname(path)} does not exist`,
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a directory',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    ENOTDIR: 'part of the path is not a folder',
  };
  return code !== undefined && code in words ? new Refusal(`cannot ${verb} ${path}: ${words[code]}`) : error;
}

function decode(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Refusal(`${name} is not valid UTF-8 text`);
  }
}
