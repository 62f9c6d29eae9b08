import { type Ground, isLight } from './ground.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { SweepPoint, ThresholdReport } from './report.ts';
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
 * Where the zone of agreement appears or vanishes along the first parameter, for each setting of the others: between neighbouring points that differ, by
 * bisection. A zone that comes and goes between two points that agree is not seen, which the finding says.
 */
export async function thresholds(
  ground: Ground,
  variations: readonly Variation[],
  points: readonly SweepPoint[],
  options: BisectOptions = {},
): Promise<ThresholdReport[]> {
  const [first, ...others] = variations;
  if (first === undefined || !first.values.every((value) => typeof value === 'number')) return [];
  const lines = others.reduce((product, { values }) => product * values.length, 1);
  const found: ThresholdReport[] = [];
  for (let line = 0; line < lines; line++) {
    const along = first.values.map((_, i) => points[i * lines + line]);
    const ascending = along.toSorted((a, b) => Number(a.at[0]) - Number(b.at[0]));
    const where = others.map(({ path }, k) => `${path}=${ascending[0].at[k + 1]}`);
    for (let i = 1; i < ascending.length; i++) {
      const [before, after] = [ascending[i - 1], ascending[i]];
      if (before.zone.exists === after.zone.exists) continue;
      found.push(
        await bisect(ground, first.path, where, Number(before.at[0]), Number(after.at[0]), after.zone.exists, options),
      );
    }
  }
  return found;
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
    method: `bisection between ${from} and ${to} down to ${high - low}`,
    completeness: 'one',
    warnings,
  };
}
