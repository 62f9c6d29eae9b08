import { type Condition, condition, type Name } from '../expression/index.ts';
import type { ExprValue } from '../expression/vocabulary.ts';
import { Ground } from './ground.ts';
import { quantityAt } from './quantities.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Source } from './schedule.ts';
import type { Measure, SweepCheck, SweepFile } from './sweep_file.ts';

/** One point of a check: what was measured there, and whether the ordering holds; null where there is no point before it to compare with. */
export interface OrderingPoint {
  readonly at: readonly string[];
  readonly measured: Readonly<Record<string, ExprValue>>;
  readonly holds: boolean | null;
}

export interface Ordering {
  readonly id: string;
  readonly text: string;
  readonly expect: string;
  /** What the file says of it. */
  readonly claim: SweepCheck['holds'];
  readonly held: number;
  readonly judged: number;
  /** Whether the claim is kept; a claim that is only reported always is. */
  readonly ok: boolean;
  readonly points: readonly OrderingPoint[];
}

export interface OrderingOptions {
  readonly signal?: { readonly aborted: boolean };
  onPoint?(done: number, total: number): void;
}

type Measured = Readonly<Record<string, ExprValue>>;
interface Env {
  readonly now: Measured;
  readonly previous: Measured | undefined;
}

/** Holds a scenario to the orderings of a sweep file, point by point. Where one breaks, that is a finding and is told, not tuned away. */
export async function judgeOrderings(
  file: SweepFile,
  source: Source,
  options: OrderingOptions = {},
): Promise<Ordering[]> {
  const ground = new Ground({ scenarios: [source], variant: file.variant ?? null, set: written(file.set) });
  const base = ground.at([]);
  const values = new Map(base.scenario.inventory().map(({ path, value }) => [path, value]));
  const sizes = file.checks.map((check) => Object.values(check.vary).reduce((n, list) => n * list.length, 1));
  const total = sizes.reduce((sum, n) => sum + n, 0);
  let done = 0;
  const out: Ordering[] = [];
  for (const check of file.checks) {
    const points: OrderingPoint[] = [];
    let expectation: Condition<Env> | undefined;
    let previous: Measured | undefined;
    const last = Object.values(check.vary).at(-1)?.length ?? 1;
    for (const [i, at] of settingsOf(check).entries()) {
      if (options.signal?.aborted) return out;
      const measured: Record<string, ExprValue> = {};
      for (const [name, measure] of Object.entries(check.measures)) {
        const own = [
          ...written(check.set),
          ...at,
          ...written(measure.set ?? {}),
          ...multiplied(measure, values, check),
        ];
        measured[name] = told(check, () => quantityAt(ground.at(own), measure));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expectation ??= compileExpectation(check, measured);
      const before = i % last === 0 ? undefined : previous;
      const comparable = before !== undefined || !expectation.names.some((name) => name.startsWith('previous.'));
      points.push({ at, measured, holds: comparable ? expectation.holds({ now: measured, previous: before }) : null });
      previous = measured;
      options.onPoint?.(++done, total);
    }
    out.push(ordering(check, points));
  }
  return out;
}

function ordering(check: SweepCheck, points: readonly OrderingPoint[]): Ordering {
  const judged = points.filter(({ holds }) => holds !== null).length;
  const held = points.filter(({ holds }) => holds === true).length;
  const ok =
    check.holds === 'reported' || (check.holds === 'everywhere' ? held === judged && judged > 0 : 2 * held > judged);
  return { id: check.id, text: check.text, expect: check.expect, claim: check.holds, held, judged, ok, points };
}

function settingsOf({ vary }: SweepCheck): string[][] {
  return Object.entries(vary).reduce<string[][]>(
    (so, [path, list]) => so.flatMap((set) => list.map((value) => [...set, `${path}=${value}`])),
    [[]],
  );
}

/** Names have the kinds that the first point measures. */
function compileExpectation(check: SweepCheck, measured: Measured): Condition<Env> {
  const names: Record<string, Name<Env>> = {
    never: { kind: 'number', doc: 'a month that does not come', read: () => Number.POSITIVE_INFINITY },
  };
  for (const [name, value] of Object.entries(measured)) {
    const kind = typeof value as 'number' | 'string' | 'boolean';
    names[name] = { kind, doc: `the measure "${name}"`, read: ({ now }) => now[name] };
    names[`previous.${name}`] = {
      kind,
      doc: `the measure "${name}" at the point before`,
      read: ({ previous }) => previous?.[name] ?? (kind === 'number' ? Number.NaN : ''),
    };
  }
  const compiled = condition(check.expect, { names });
  if (compiled.ok) return compiled.expression;
  const [{ message, hint }] = compiled.problems;
  throw new ComparisonRefusal(`check "${check.id}", expect: ${message}`, hint);
}

const written = (set: Readonly<Record<string, number | string | boolean>>): string[] =>
  Object.entries(set).map(([path, value]) => `${path}=${value}`);

/** Multiples are of what the point itself says, where it says something, and else of the scenario. */
function multiplied(measure: Measure, values: ReadonlyMap<string, number>, check: SweepCheck): string[] {
  return Object.entries(measure.times ?? {}).map(([path, times]) => {
    const value = typeof check.set[path] === 'number' ? Number(check.set[path]) : values.get(path);
    if (value === undefined)
      throw new ComparisonRefusal(`check "${check.id}": "times" names "${path}", which is no figure of the scenario`);
    if (path in check.vary)
      throw new ComparisonRefusal(
        `check "${check.id}": "${path}" is varied, so a measure cannot be at a multiple of it`,
      );
    return `${path}=${value * times}`;
  });
}

function told<T>(check: SweepCheck, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ComparisonRefusal)
      throw new ComparisonRefusal(`check "${check.id}": ${error.message}`, error.hint);
    throw error;
  }
}
