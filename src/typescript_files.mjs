// Finds and reads our own files before tsx is asked. An import of ours names its file in full and a package is the same for all of src, so neither needs a
// search; and what tsx made of a file is kept beside the packages, where it can be, for as long as the file stays as it is.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = new URL('./', import.meta.url).href;
const KEPT = new URL('../node_modules/.cache/hashpact/', import.meta.url).href;
const packages = new Map();

export async function resolve(specifier, context, next) {
  const from = context.parentURL;
  if (from === undefined || !from.startsWith(SRC) || specifier.includes(':')) return next(specifier, context);
  if (!specifier.startsWith('.')) {
    if (!packages.has(specifier)) packages.set(specifier, { ...(await next(specifier, context)), shortCircuit: true });
    return packages.get(specifier);
  }
  if (!specifier.endsWith('.ts')) return next(specifier, context);
  return { url: new URL(specifier, from).href, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.startsWith(SRC) || !url.endsWith('.ts')) return next(url, context);
  const { mtimeMs, size } = statSync(new URL(url));
  // at the end, so that a file that was not written to its end is not taken for whole
  const mark = `\n// ${mtimeMs} ${size}`;
  const file = fileURLToPath(`${KEPT}${url.slice(SRC.length)}.js`);
  const source = kept(file, mark);
  if (source !== undefined) return { source, format: 'module', shortCircuit: true };
  const loaded = await next(url, context);
  keep(file, `${loaded.source}${mark}`);
  return loaded;
}

function kept(file, mark) {
  try {
    const source = readFileSync(file, 'utf8');
    return source.endsWith(mark) ? source : undefined;
  } catch {
    return undefined;
  }
}

function keep(file, text) {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch {
    // nothing may be written there: the next start takes as long as this one
  }
}
