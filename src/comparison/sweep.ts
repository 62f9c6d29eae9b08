import { cpus } from 'node:os';
import { NONE } from '../session/state.ts';
import { VERSION } from '../version.ts';
import { AUDIT_ONE_IN, compare, labelsOf } from './compare.ts';
import { ALIKE } from './doubts.ts';
import { agreementOf, meanOf } from './evidence.ts';
import { Ground, isLight } from './ground.ts';
import { Hall } from './hall.ts';
import { payoff } from './payoffs.ts';
import { ComparisonRefusal } from './refusal.ts';
import { type PayoffMeasure, REPORT_FORMAT, type SweepPoint, type SweepReport, type TalksReport } from './report.ts';
import { prepare, type Wishes } from './request.ts';
import type { Results } from './results.ts';
import { Schedule } from './schedule.ts';
import { unitOf } from './standings.ts';
import { bootstrap } from './statistics/bootstrap.ts';
import { makePanel } from './statistics/panel.ts';
import { thresholds } from './thresholds.ts';
import { swings, tornado } from './tornado.ts';
import { combinations, readVariation } from './variation.ts';
import { type Looked, lookAll } from './workers.ts';
import { zoneOf } from './zone.ts';

export interface SweepWishes extends Omit<Wishes, 'scenarios' | 'all' | 'roundRobin' | 'rotate'> {
  readonly scenario: Wishes['scenarios'][number];
  /** Look at what is possible, and play nothing. */
  readonly zoneOnly?: boolean;
  readonly tornado?: boolean;
  /** The tornado moves only figures whose path contains this. */
  readonly match?: string;
  readonly payoff?: PayoffMeasure;
  readonly tolerance?: number;
}

export interface SweepOptions {
  readonly workers?: number;
  readonly auditOneIn?: number;
  readonly signal?: { readonly aborted: boolean };
  onProgress?(what: string, done: number, total: number): void;
  /** Called once everything was checked, before the work begins. */
  onPlan?(plan: { readonly negotiations: number; readonly scenarios: number }): void;
}

/** Follows a scenario along one or two parameters, finds where its zone of agreement begins and ends, and weighs its assumptions. Undefined when interrupted. */
export async function sweep(wishes: SweepWishes, options: SweepOptions = {}): Promise<SweepReport | undefined> {
  const variations = (wishes.vary ?? []).map(readVariation);
  if (variations.length === 0 && !wishes.tornado)
    throw new ComparisonRefusal(
      'a sweep needs something to vary',
      'such as --vary market.price=40000..160000:7, or --tornado',
    );
  if (variations.length > 2)
    throw new ComparisonRefusal('a sweep varies one parameter or two', 'give --vary once or twice');
  const many = (wishes.strategies ?? []).find((one) => one.includes(','));
  if (many !== undefined)
    throw new ComparisonRefusal(`--strategies ${many}: a sweep follows one line-up`, 'compare varies strategies');
  const prepared = prepare({ ...wishes, scenarios: [wishes.scenario] }, (done, total) =>
    options.onProgress?.('variations tried', done, total),
  );
  const [scenario] = prepared.scenarios;
  const moved = wishes.tornado ? swings(scenario.inventory(), wishes.match) : [];
  if (wishes.tornado && moved.length === 0)
    throw new ComparisonRefusal(
      'no figure of the scenario states a range for a tornado to move it over',
      wishes.match ? `none whose path contains "${wishes.match}"` : undefined,
    );
  const ends = moved.flatMap((swing) => swing.ends.map(({ set }) => set));
  options.onPlan?.({
    negotiations: variations.length > 0 && !wishes.zoneOnly ? prepared.schedule.size : 0,
    scenarios: (variations.length > 0 ? prepared.schedule.cases.length : 0) + ends.length,
  });
  const ground = new Ground(prepared.request, scenario);
  const context = {
    workers: options.workers ?? cpus().length,
    auditOneIn: options.auditOneIn ?? AUDIT_ONE_IN,
    signal: options.signal,
  };
  const measure = wishes.payoff ?? 'utility';
  const here = ground.at([]);
  const base = zoneOf(here.game, here.world);
  const settings = combinations(variations);
  const at = settings.map((setting) => setting.map((one, k) => valueIn(one, variations[k].path)));

  let points: SweepPoint[] = [];
  let luck: string[] = [];
  if (variations.length > 0 && wishes.zoneOnly) {
    const zones = await look(prepared.request, settings, ground, 'points', options, context);
    if (zones === undefined) return undefined;
    points = zones.map((looked, i) => {
      if ('refused' in looked) throw new ComparisonRefusal(looked.refused);
      return { at: at[i], zone: looked.facts.zone, talks: null };
    });
  } else if (variations.length > 0) {
    const results = await compare(prepared, {
      ...context,
      onProgress: (done, total) => options.onProgress?.('negotiations', done, total),
    });
    if (!results.complete) return undefined;
    luck = doubtsOfLuck(prepared.request.repetitions, results.chanceIn.includes(1));
    points = results.cases.map((facts, i) => ({
      at: at[i],
      zone: facts?.zone ?? base,
      talks: talksOf(results, i, measure),
    }));
  }
  let steps = 0;
  const found = await thresholds(ground, variations, points, {
    tolerance: wishes.tolerance,
    signal: options.signal,
    onStep: () => options.onProgress?.('bisection steps', ++steps, Number.POSITIVE_INFINITY),
  });
  const looked = await look(prepared.request, ends, ground, 'ends of ranges', options, context);
  if (looked === undefined || options.signal?.aborted) return undefined;
  const labels = labelsOf(prepared);
  return {
    kind: 'sweep',
    format: REPORT_FORMAT,
    version: VERSION,
    seed: prepared.request.seed,
    scenarios: labels,
    parties: scenario.spec.parties.map(({ id, label }) => ({ id, label: label ?? id.replaceAll('_', ' ') })),
    unit: scenario.spec.unit,
    payoff: { measure, unit: unitOf(measure, labels) },
    repetitions: wishes.zoneOnly ? 0 : prepared.request.repetitions,
    parameters: variations.map(({ path, values }) => ({ path, values })),
    base,
    points,
    thresholds: found,
    tornado: wishes.tornado ? tornado(base, moved, looked) : null,
    warnings: [
      ...luck,
      'the joint gain adds values of different parties over their reservation values: a yardstick for one scenario, no judgement between adversaries',
      ...(wishes.tornado ? ['one figure at a time: what two of them do together is not seen'] : []),
    ],
  };
}

/** What a reader must know of the luck behind the points. */
function doubtsOfLuck(repetitions: number, chance: boolean): string[] {
  if (!chance) return repetitions > 1 ? [ALIKE] : [];
  return repetitions > 1
    ? []
    : [
        'one repetition of talks that hold chance: rates and payoffs are those of one draw of luck; try --repetitions 20',
      ];
}

/** What is possible under each list of overrides. Light ones are looked at here; the others are compiled, on threads where that lasts. */
async function look(
  request: ReturnType<typeof prepare>['request'],
  settings: readonly (readonly string[])[],
  ground: Ground,
  what: string,
  options: SweepOptions,
  context: { readonly workers: number; readonly auditOneIn: number; readonly signal?: { readonly aborted: boolean } },
): Promise<Looked[] | undefined> {
  const out: Looked[] = [];
  const heavy: number[] = [];
  let done = 0;
  for (const [i, set] of settings.entries()) {
    if (!set.every((one) => isLight(one.slice(0, one.indexOf('='))))) heavy.push(i);
    else out[i] = lightLook(ground, set);
    if (out[i]) options.onProgress?.(what, ++done, settings.length);
    if (options.signal?.aborted) return undefined;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (heavy.length > 0) {
    const schedule = new Schedule({ ...request, settings: settings.map((set) => [...set]) });
    const hall = new Hall(schedule.request, 0);
    await lookAll(hall, heavy, {
      ...context,
      onLooked(index, looked) {
        out[index] = looked;
        options.onProgress?.(what, ++done, settings.length);
      },
    });
  }
  return options.signal?.aborted ? undefined : out;
}

function lightLook(ground: Ground, set: readonly string[]): Looked {
  try {
    const { scenario, game, world } = ground.at(set);
    return { facts: { hash: scenario.hash, zone: zoneOf(game, world), paretoSize: 0 } };
  } catch (error) {
    if (error instanceof ComparisonRefusal) return { refused: error.message };
    throw error;
  }
}

function talksOf(results: Results, index: number, measure: PayoffMeasure): TalksReport {
  const { schedule } = results;
  const { repetitions, seed } = schedule.request;
  const jobs = Array.from({ length: schedule.perCase }, (_, k) => index * schedule.perCase + k);
  const counts = new Map<number, { job: number; n: number }>();
  for (const job of jobs) {
    const outcome = results.agreement(job);
    if (outcome === NONE) continue;
    const known = counts.get(outcome);
    if (known) known.n++;
    else counts.set(outcome, { job, n: 1 });
  }
  const [commonest] = [...counts].sort(([a, { n }], [b, { n: m }]) => m - n || a - b);
  const values = new Float64Array(results.parties * repetitions);
  for (let seat = 0; seat < results.parties; seat++)
    for (const [r, job] of jobs.entries()) values[seat * repetitions + r] = payoff(results, job, seat, measure);
  const columns = Array.from({ length: results.parties }, (_, seat) => String(seat));
  const drawn = bootstrap(makePanel(columns, [{ id: 'case', repetitions, values }]), {
    seed: seed >>> 0,
    stages: 'repetitions',
  });
  return {
    negotiations: jobs.length,
    agreement: agreementOf(results, jobs),
    rounds: jobs.reduce((sum, job) => sum + results.round(job), 0) / jobs.length,
    payoffs: columns.map((_, seat) => meanOf(drawn, seat, results.chanceIn[index] === 0)),
    commonest: commonest
      ? { outcome: commonest[0], values: results.values(commonest[1].job) ?? {}, share: commonest[1].n / jobs.length }
      : null,
  };
}

function valueIn(setting: string, path: string): number | string {
  const text = setting.slice(path.length + 1);
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}
