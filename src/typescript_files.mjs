// Finds and reads our own files for tsx. An import of ours names its file in full and a package is the same for all of src, so neither needs a search.
import { readFileSync } from 'node:fs';

const SRC = new URL('./', import.meta.url).href;
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
  return { source: readFileSync(new URL(url), 'utf8'), format: 'module', shortCircuit: true };
}
