import type { Json } from '../domain/id.ts';
import { isDerived, weave } from './derive.ts';
import type { ScenarioFile } from './load.ts';
import { parse } from './parse.ts';
import { filesOf, isThreat, variantFrom } from './threat.ts';

/**
 * A scenario that leans on other files as one that stands by itself, for whoever takes it where they are not (another thread, a results file): a derived one is
 * woven with its base, and a file that a reservation value comes from becomes a variant. Any other file, and one with mistakes, comes back as it is.
 * The text is JSON, which is YAML; evidence and notes are kept.
 */
export function selfContained(file: ScenarioFile, read: (name: string) => ScenarioFile | undefined): ScenarioFile {
  const parsed = parse(file.name, file.text);
  if (!parsed.ok) return file;
  const { source } = parsed;
  const woven = isDerived(source.data) ? weave(source, read) : undefined;
  if (woven?.ok === false) return file;
  let data = woven?.data ?? source.data;
  const named = filesOf(data);
  if (woven === undefined && named.length === 0) return file;
  for (const name of named) {
    const found = variantFrom(name, { data, files: basesOf(file.name, source.data), read });
    if (!found.ok) return file;
    const { id, set } = found.made;
    const { variants } = data as { variants?: Json[] };
    data = { ...(renamed(data, name, id) as object), variants: [...(variants ?? []), { id, set }] } as Json;
  }
  return { name: file.name, text: JSON.stringify(data, null, 1) };
}

/** The files that a scenario's differences may be from: itself, and its own base. */
export function basesOf(name: string, data: Json): string[] {
  const { based_on } = (data ?? {}) as { based_on?: Json };
  return [name.split(/[\\/]/).at(-1)!, ...(typeof based_on === 'string' ? [based_on] : [])];
}

function renamed(data: Json, from: string, id: string): Json {
  if (Array.isArray(data)) return data.map((item) => renamed(item, from, id));
  if (typeof data !== 'object' || data === null) return data;
  const made = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, renamed(value, from, id)]));
  return isThreat(made) && made['from'] === from ? { ...made, from: id } : made;
}
