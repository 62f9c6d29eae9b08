import type { Json } from '../domain/id.ts';
import { suggest } from '../expression/index.ts';
import { loadScenario, type Scenario } from '../scenario/load.ts';
import { parse } from '../scenario/parse.ts';
import { override, readOverride } from '../scenario/resolve.ts';
import { loadCase } from './hall.ts';
import { strategiesOf } from './line_up.ts';
import { ComparisonRefusal } from './refusal.ts';
import { unlikeRoles } from './roles.ts';
import { type Request, Schedule, type Source } from './schedule.ts';
import { combinations, readVariation } from './variation.ts';

/** A comparison as a person asks for it. */
export interface Wishes {
  readonly scenarios: readonly Source[];
  readonly variant?: string;
  readonly set?: readonly string[];
  readonly rounds?: number;
  readonly vary?: readonly string[];
  /** `party=name,name`, or `name,name` for every seat. */
  readonly strategies?: readonly string[];
  readonly all?: boolean;
  readonly roundRobin?: boolean;
  readonly rotate?: boolean;
  readonly repetitions?: number;
  readonly seed?: number;
}

export interface Prepared {
  readonly request: Request;
  readonly schedule: Schedule;
  /** The scenarios before any variation, compiled. */
  readonly scenarios: readonly Scenario[];
}

/** Works a wish out into a schedule, refusing what cannot be before anything is played. Each variation is tried, which lasts where there are many. */
export function prepare(wishes: Wishes, onTried?: (done: number, total: number) => void): Prepared {
  const set = [...(wishes.set ?? []), ...(wishes.rounds === undefined ? [] : [`protocol.rounds=${wishes.rounds}`])];
  const base = {
    scenarios: wishes.scenarios,
    variant: wishes.variant ?? null,
    set,
    settings: combinations((wishes.vary ?? []).map(readVariation)),
    mode: wishes.roundRobin ? ('round_robin' as const) : ('cross' as const),
    rotate: wishes.rotate ?? false,
    repetitions: wishes.repetitions ?? 1,
    seed: wishes.seed ?? 1,
  };
  const total = wishes.scenarios.length * base.settings.length;
  onTried?.(0, total);
  checkNames(wishes.scenarios);
  const scenarios = wishes.scenarios.map((_, scenario) => loadCase(base, { scenario, set }));
  checkTwins(wishes.scenarios, scenarios);
  checkSeats(wishes.scenarios, scenarios);
  if (base.mode === 'round_robin' && !base.rotate) checkRoles(wishes.scenarios, scenarios);
  const lists = scenarios.map(({ stage }) => strategiesOf(stage, wishes.strategies ?? [], wishes.all ?? false));
  const strategies = lists[0].map((list, seat) =>
    list.filter((name) => lists.every((other) => other[seat].includes(name))),
  );
  for (const { path } of (wishes.vary ?? []).map(readVariation))
    for (const [i, { resolved }] of scenarios.entries()) checkPath(wishes.scenarios[i].name, resolved, path);
  const request: Request = { ...base, strategies };
  const schedule = new Schedule(request);
  for (const { index, scenario, set: all } of schedule.cases) {
    checkOverrides(wishes.scenarios[scenario], request.variant, all);
    onTried?.(index + 1, total);
  }
  return { request, schedule, scenarios };
}

function checkNames(sources: readonly Source[]): void {
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new ComparisonRefusal(
      `${twice} is named twice, and would count twice`,
      'to play it more often, give --repetitions',
    );
}

function checkTwins(sources: readonly Source[], scenarios: readonly Scenario[]): void {
  for (const [i, { hash }] of scenarios.entries()) {
    const before = scenarios.findIndex((other) => other.hash === hash);
    if (before < i)
      throw new ComparisonRefusal(
        `${sources[before].name} and ${sources[i].name} are the same scenario, and it would count twice`,
        'name one of them; to play it more often, give --repetitions',
      );
  }
}

/** Each pairing is seated one way only, so that the order on the command line would decide who gets the better seat. */
function checkRoles(sources: readonly Source[], scenarios: readonly Scenario[]): void {
  for (const [i, { spec }] of scenarios.entries()) {
    const unlike = unlikeRoles(spec);
    if (unlike)
      throw new ComparisonRefusal(
        `${sources[i].name}: ${unlike.join(' and ')} have different terms or reservation values, and a round robin seats each pairing one way only: whoever did better may owe it to the seat`,
        'add --rotate to let every strategy take every seat, or leave --round-robin out to compare strategies party by party',
      );
  }
}

function checkSeats(sources: readonly Source[], scenarios: readonly Scenario[]): void {
  const seats = scenarios.map(({ spec }) => spec.parties.length);
  const odd = seats.findIndex((n) => n !== seats[0]);
  if (odd >= 0)
    throw new ComparisonRefusal(
      `${sources[0].name} seats ${seats[0]} parties and ${sources[odd].name} ${seats[odd]}`,
      'scenarios compared together seat the same number of parties',
    );
}

/** What is varied must be there: a path that names nothing would be varied without any effect. */
function checkPath(file: string, resolved: Json, path: string): void {
  const found = override(resolved, { path, value: null, written: path });
  if ('code' in found) throw new ComparisonRefusal(`${file}: --vary ${path}: ${found.message}`, found.hint);
  let here: unknown = resolved;
  for (const step of found.at.slice(0, -1)) here = (here as Record<string | number, unknown>)[step];
  const last = String(found.at.at(-1));
  if (typeof here === 'object' && here !== null && last in here) return;
  const near = suggest(last, Object.keys(here ?? {}));
  throw new ComparisonRefusal(
    `${file}: --vary ${path}: the scenario has no "${last}" there`,
    near ? `did you mean "${near}"?` : `there are: ${Object.keys(here ?? {}).join(', ')}`,
  );
}

/**
 * Whether a case can be loaded, as far as can be told without valuing its outcomes, which is what takes long. Paths are looked up, and the whole file is read
 * where it has no venture to value.
 */
function checkOverrides(source: Source, variant: string | null, set: readonly string[]): void {
  if (set.length === 0) return;
  const parsed = parse(source.name, source.text);
  if (!parsed.ok) return;
  let { data } = parsed.source;
  for (const written of set) {
    const read = readOverride(written);
    const changed = 'code' in read ? read : override(data, read);
    if ('code' in changed) throw new ComparisonRefusal(`${source.name}: ${written}: ${changed.message}`, changed.hint);
    ({ data } = changed);
  }
  const cheap = typeof data !== 'object' || data === null || !('venture' in data);
  if (cheap && !loadScenario(source, { variant: variant ?? undefined, set }).ok) {
    loadCase({ scenarios: [source], variant }, { scenario: 0, set });
  }
}
