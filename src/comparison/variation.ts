import { ComparisonRefusal } from './refusal.ts';

/** A figure of the scenario and the values it takes in turn. */
export interface Variation {
  /** By ids, as `--set` takes it. */
  readonly path: string;
  readonly values: readonly (number | string)[];
}

/** More points than anybody reads are a slip of the keyboard. */
const MOST = 10_000;

/**
 * Reads a variation: `market.price=40000..160000:7` (ends included, evenly spaced) or `parties.russia.reservation=100,200,300`.
 *
 * @example
 * readVariation('market.price=40000..80000:3') // { path: 'market.price', values: [40000, 60000, 80000] }
 */
export function readVariation(written: string): Variation {
  const equals = written.indexOf('=');
  const path = written.slice(0, Math.max(0, equals)).trim();
  const text = written.slice(equals + 1).trim();
  if (equals < 1 || path === '' || text === '') {
    throw new ComparisonRefusal(`--vary ${written} names no path and values`, EXAMPLES);
  }
  const range = /^(-?[\d.eE+-]+?)\.\.(-?[\d.eE+-]+?)(?::(\d+))?$/.exec(text);
  if (range) return { path, values: evenly(written, Number(range[1]), Number(range[2]), Number(range[3] ?? 5)) };
  const parts = text.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '' || part.includes('..')))
    throw new ComparisonRefusal(`--vary ${written} cannot be read`, EXAMPLES);
  const values = parts.map((part) => (NUMBER.test(part) ? Number(part) : part));
  if (new Set(values).size < values.length) throw new ComparisonRefusal(`--vary ${written} names a value twice`);
  return { path, values: bounded(written, values) };
}

/** Every combination, the last variation fastest; one empty combination where nothing is varied. Entries are overrides, `path=value`. */
export function combinations(variations: readonly Variation[]): string[][] {
  const paths = variations.map(({ path }) => path);
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice !== undefined) throw new ComparisonRefusal(`${twice} is varied twice`);
  const count = variations.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST) throw new ComparisonRefusal(`these variations make ${count} points, and at most ${MOST} are taken`);
  return variations.reduce<string[][]>(
    (so, { path, values }) => so.flatMap((set) => values.map((value) => [...set, `${path}=${value}`])),
    [[]],
  );
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const EXAMPLES = 'such as --vary market.price=40000..160000:7 or --vary parties.russia.reservation=100,200,300';

function evenly(written: string, low: number, high: number, count: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new ComparisonRefusal(`--vary ${written} cannot be read`, EXAMPLES);
  if (low === high || count < 2)
    throw new ComparisonRefusal(`--vary ${written}: a range needs two different ends and at least 2 points`);
  if (count > MOST)
    throw new ComparisonRefusal(`--vary ${written} asks for ${count} points, at most ${MOST} are taken`);
  // Rounded to 12 digits, so that a third of the way reads 53.3333333333 and means it.
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? high : Number((low + ((high - low) * i) / (count - 1)).toPrecision(12)),
  );
}

function bounded<T>(written: string, values: readonly T[]): readonly T[] {
  if (values.length > MOST) throw new ComparisonRefusal(`--vary ${written} names more than ${MOST} values`);
  return values;
}
