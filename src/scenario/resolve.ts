import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { isEvidence } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import { nearest } from './flaws.ts';
import type { ScenarioSpec } from './schema.ts';

type Path = (string | number)[];

/** A value put in the place of one that the file states: `parties.russia.reservation`, `market.price`. Lists are addressed by id. */
export interface Override {
  readonly path: string;
  readonly value: Json;
  /** As it was written, for a refusal. */
  readonly written: string;
}

/** An override as the command line takes it, `path=value`; the value is read as YAML would read it. */
export function readOverride(written: string): Override | Flaw {
  const equals = written.indexOf('=');
  if (equals < 1) {
    return {
      path: [],
      code: 'bad-override',
      message: `"${written}" is not an override`,
      hint: 'write path=value, as in market.price=60000',
    };
  }
  const text = written.slice(equals + 1).trim();
  let value: Json;
  try {
    value = text.length > 2000 ? undefined : parseYaml(text, { logLevel: 'error', maxAliasCount: 0 });
  } catch {
    return { path: [], code: 'bad-override', message: `the value of "${written}" cannot be read`, hint: 'quote it' };
  }
  return { path: written.slice(0, equals).trim(), value, written };
}

/** The data with one value replaced, and where; the data given stays as it is. */
export function override(data: Json, { path, value }: Override): { data: Json; at: Path } | Flaw {
  const found = locate(data, path);
  if (!Array.isArray(found)) return found;
  return { data: replace(data, found, value), at: found };
}

/** The place in the data that a path by ids names; the last step may be a field that the file leaves out. */
function locate(data: Json, path: string): Path | Flaw {
  const steps = path.split('.');
  const found: Path = [];
  let here = data;
  for (let i = 0; i < steps.length; i++) {
    if (Array.isArray(here)) {
      const at = here.findIndex((item) => item === steps[i] || idOf(item) === steps[i]);
      const position = /^\d+$/.test(steps[i]) && here.every((item) => idOf(item) === undefined) ? Number(steps[i]) : -1;
      const index = at >= 0 ? at : position;
      if (index < 0 || index >= here.length)
        return unknown(
          path,
          steps[i],
          here.map(idOf).filter((id) => id !== undefined),
        );
      found.push(index);
      here = here[index];
    } else if (typeof here === 'object' && here !== null && !isEvidence(here)) {
      // A key may itself hold dots (the level 0.5 of a table): the longest that fits wins.
      let length = steps.length - i;
      while (length > 1 && !Object.hasOwn(here, steps.slice(i, i + length).join('.'))) length--;
      const key = steps.slice(i, i + length).join('.');
      i += length - 1;
      found.push(key);
      if (!Object.hasOwn(here, key) && i < steps.length - 1) return unknown(path, key, Object.keys(here));
      here = Object.hasOwn(here, key) ? (here as Record<string, Json>)[key] : null;
    } else return unknown(path, steps[i], []);
  }
  return found;
}

function unknown(path: string, step: string, known: readonly string[]): Flaw {
  const hint = known.length > 0 ? nearest(step, known, 'known there') : undefined;
  return { path: [], code: 'unknown-path', message: `there is no "${step}" in "${path}"`, ...(hint && { hint }) };
}

const idOf = (item: Json): string | undefined => {
  const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as { id?: Json }).id : undefined;
  return typeof id === 'string' ? id : undefined;
};

/** Replaces what stands at a path, copying only what leads there. A figure's evidence stays with it. */
function replace(data: Json, path: Path, value: Json): Json {
  if (path.length === 0) return isEvidence(data) && typeof value === 'number' ? ({ ...data, value } as Json) : value;
  const [step, ...rest] = path;
  if (Array.isArray(data)) return data.map((item, i) => (i === step ? replace(item, rest, value) : item));
  const from = (data ?? {}) as Record<string, Json>;
  return { ...from, [step]: replace(from[step] ?? null, rest, value) };
}

/** Fields that say something about a scenario and nothing of what happens in it. */
const BESIDE = new Set(['note', 'sources', 'source', 'assumption', 'because', 'variants']);

/**
 * A scenario as it is negotiated: figures as numbers, overrides made, defaults filled in, notes and sources gone. It is itself a scenario file: loading it
 * gives the same scenario, with the same hash.
 */
export function resolved(spec: ScenarioSpec): Json {
  return strip(spec as unknown as Json, true);
}

function strip(value: Json, block: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => strip(item, block));
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  const kept = Object.entries(value).filter(([key, inner]) => inner !== undefined && !(block && beside(key, inner)));
  return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner, block && !FREE.has(key))]));
}

/** `times` as a pair is a term's plausible span; as a number it is what a shock does. */
const beside = (key: string, inner: Json) => BESIDE.has(key) || (key === 'times' && Array.isArray(inner));

/** Mappings whose keys are the scenario's own words: nothing in them is left out. */
const FREE = new Set(['market', 'values', 'offer', 'stance', 'weights', 'with']);

/** SHA-256 of the canonical resolved scenario: its text with the keys of every mapping in order. */
export function hashOf(resolvedScenario: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(resolvedScenario)))
    .digest('hex');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
