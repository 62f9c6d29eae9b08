import { type Ground, isLight } from './ground.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { SweepPoint, SweepReport, ThresholdReport } from './report.ts';
import type { Variation } from './variation.ts';
import { zoneOf } from './zone.ts';

export interface BisectOptions {
  /**
   * The width of the bracket at which bisection stops, as a share of the gap between two points of the sweep: by default a millionth for a reservation value,
   * which costs nothing to move, and a thousandth otherwise.
   */
  readonly tolerance?: number;
  readonly signal?: { readonly aborted: boolean };
  onStep?(): void;
}

/**
 * Where the zone of agreement appears or vanishes along each parameter, for each setting of the others: between neighbouring points that differ, by
 * bisection. A zone that comes and goes between two points that agree is not seen, which the finding says. Names have no order to seek along.
 */
export async function thresholds(
  ground: Ground,
  variations: readonly Variation[],
  points: readonly SweepPoint[],
  options: BisectOptions = {},
): Promise<ThresholdReport[]> {
  const found: ThresholdReport[] = [];
  for (const [axis, { path }] of variations.entries()) {
    for (const { where, along } of linesAlong(axis, variations, points)) {
      for (let i = 1; i < along.length; i++) {
        const [before, after] = [along[i - 1], along[i]];
        if (before.zone.exists === after.zone.exists) continue;
        const [from, to] = [before, after].map(({ at }) => Number(at[axis]));
        found.push(await bisect(ground, path, where, from, to, after.zone.exists, options));
      }
    }
  }
  return found;
}

/** The points of a sweep as rows in which one parameter rises and the others stand still; none where its values are names. */
function linesAlong(
  axis: number,
  variations: readonly Variation[],
  points: readonly SweepPoint[],
): readonly { readonly where: readonly string[]; readonly along: readonly SweepPoint[] }[] {
  if (!isFigures(variations[axis])) return [];
  const lines = new Map<string, { where: string[]; along: SweepPoint[] }>();
  for (const point of points) {
    const where = variations.flatMap(({ path }, k) => (k === axis ? [] : [`${path}=${point.at[k]}`]));
    const line = lines.get(where.join()) ?? { where, along: [] };
    line.along.push(point);
    lines.set(where.join(), line);
  }
  return [...lines.values()].map(({ where, along }) => ({
    where,
    along: along.toSorted((a, b) => Number(a.at[axis]) - Number(b.at[axis])),
  }));
}

const isFigures = ({ values }: Pick<Variation, 'values'>): boolean =>
  values.every((value) => typeof value === 'number');

/** Why a sweep found no threshold, in a sentence. */
export function whyNone({ points, parameters }: Pick<SweepReport, 'points' | 'parameters'>): string {
  const existing = points.filter(({ zone }) => zone.exists).length;
  if (points.length === 1)
    return `One point shows no threshold; there is ${existing === 1 ? 'a zone' : 'no zone'} of agreement at it.`;
  if (existing === 0) return `There is no zone of agreement at any of the ${points.length} points.`;
  if (existing === points.length)
    return `There is a zone of agreement at each of the ${points.length} points; whether one goes and comes again between two of them is not seen.`;
  const named = parameters.filter((one) => !isFigures(one)).map(({ path }) => path);
  return `There is a zone of agreement at ${existing} of ${points.length} points, and thresholds are sought along figures alone: ${named.join(' and ')} takes names.`;
}

async function bisect(
  ground: Ground,
  parameter: string,
  where: readonly string[],
  from: number,
  to: number,
  appears: boolean,
  { tolerance = isLight(parameter) && parameter.startsWith('parties.') ? 1e-6 : 1e-3, signal, onStep }: BisectOptions,
): Promise<ThresholdReport> {
  let [low, high] = [from, to];
  const warnings: string[] = ['a zone that comes and goes between two neighbouring points of the sweep is not seen'];
  while (high - low > tolerance * (to - from) && !signal?.aborted) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    let exists: boolean;
    try {
      const { game, world } = ground.at([`${parameter}=${middle}`, ...where]);
      exists = zoneOf(game, world).exists;
    } catch (error) {
      if (!(error instanceof ComparisonRefusal)) throw error;
      warnings.push(`${parameter}=${middle} is refused, so the bracket stays as wide as it is`);
      break;
    }
    if (exists === appears) high = middle;
    else low = middle;
    onStep?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    parameter,
    where,
    value: low + (high - low) / 2,
    low,
    high,
    change: appears ? 'appears' : 'vanishes',
    method: `bisection between ${from} and ${to} down to a bracket of ${Number((high - low).toPrecision(2))}`,
    completeness: 'one',
    warnings,
  };
}
