import { isEvidence } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';

/** What a figure rests on: a source, an assumption that says so, or nothing. */
export type Standing = 'sourced' | 'assumed' | 'bare';

/** One figure of a scenario. */
export interface Entry {
  /** By ids, as `--set` takes it. */
  readonly path: string;
  readonly value: number;
  readonly standing: Standing;
  /** The source or the assumption, its own or its block's. */
  readonly text?: string;
  readonly unit?: string;
  /** The span of plausible values: the figure's own, or its block's multiples of it. */
  readonly range?: readonly [number, number];
  /** The block's plausible multiples, where the whole block is swept at once. */
  readonly times?: readonly [number, number];
}

/** Parts of a scenario whose numbers claim nothing about the world: what is on the table, how it is played, how often. */
const STRUCTURE = new Set([
  'hashpact',
  'issues',
  'constraints',
  'stance',
  'opponent_model',
  'moves',
  'protocol',
  'variants',
  'range',
  'times',
  'round',
  'at',
  'from',
  'until',
  'limit',
]);

interface Cover {
  readonly standing: Standing;
  readonly text?: string;
  readonly times?: readonly [number, number];
}

/** Every figure of a scenario's data, in the order of the file. A `source` or `assumption` of a block covers the bare numbers in it. */
export function inventory(data: Json): Entry[] {
  return [...walk(data, [], { standing: 'bare' })];
}

function* walk(node: Json, path: readonly string[], cover: Cover): Iterable<Entry> {
  if (typeof node === 'number') {
    yield { path: path.join('.'), value: node, ...cover, ...spanned(node, cover) };
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const [i, item] of node.entries()) yield* walk(item, [...path, nameOf(item) ?? String(i)], cover);
    return;
  }
  if (isEvidence(node)) {
    const { value, unit, range } = node;
    const { times, ...rest } = covered(node as { [key: string]: Json }, cover);
    yield {
      path: path.join('.'),
      value,
      ...rest,
      ...(unit !== undefined && { unit }),
      ...(range ? { range } : { ...(times && { times }), ...spanned(value, { ...rest, times }) }),
    };
    return;
  }
  const inner = covered(node as { [key: string]: Json }, cover);
  for (const [key, value] of Object.entries(node)) {
    if (STRUCTURE.has(key) && !inValues(path)) continue;
    yield* walk(value, [...path, key], inner);
  }
}

/** Inside a table of amounts the keys are the scenario's own words. */
const inValues = (path: readonly string[]) => path.includes('values') || path[0] === 'market';

function covered(node: { readonly [key: string]: Json }, outer: Cover): Cover {
  const { source, assumption, times } = node;
  const own: Cover | undefined =
    typeof source === 'string'
      ? { standing: 'sourced', text: source }
      : typeof assumption === 'string'
        ? { standing: 'assumed', text: assumption }
        : undefined;
  const span =
    Array.isArray(times) && times.length === 2 ? (times as unknown as readonly [number, number]) : outer.times;
  return {
    ...(own ?? { standing: outer.standing, ...(outer.text && { text: outer.text }) }),
    ...(span && { times: span }),
  };
}

function spanned(value: number, { times }: Pick<Cover, 'times'>): { range?: readonly [number, number] } {
  if (times === undefined) return {};
  const [a, b] = [value * times[0], value * times[1]];
  return { range: a <= b ? [a, b] : [b, a] };
}

function nameOf(item: Json): string | undefined {
  const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as { id?: Json }).id : undefined;
  return typeof id === 'string' ? id : undefined;
}
