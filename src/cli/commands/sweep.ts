import { dirname, isAbsolute, join } from 'node:path';
import { judgeOrderings, type Ordering } from '../../comparison/orderings.ts';
import { ComparisonRefusal } from '../../comparison/refusal.ts';
import { sweep as sweepAll } from '../../comparison/sweep.ts';
import { isSweepFile, readSweepFile } from '../../comparison/sweep_file.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { announce, progress } from '../progress.ts';
import { orderingsText, sweepText } from '../render/sweep.ts';
import { MOST_READ, readScenario, wholeNumber } from '../scenarios.ts';
import { interruptible, measureOf, mended, workersOf, writeReport } from './compare.ts';

interface Options {
  readonly seed: string;
  readonly rounds?: string;
  readonly set: readonly string[];
  readonly variant?: string;
  readonly vary: readonly string[];
  readonly strategy: readonly string[];
  readonly repetitions: string;
  readonly payoff: string;
  readonly zoneOnly?: boolean;
  readonly tornado?: boolean;
  readonly match?: string;
  readonly paths?: string;
  readonly tolerance?: string;
  readonly workers?: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** `hashpact sweep`: what changes along a parameter, where the zone of agreement begins and ends, and which assumptions matter. */
export async function sweep(
  [path]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const options = given as unknown as Options;
  return mended(async () => {
    const ledger = new Ledger();
    ledger.claim({ '--report': options.report });
    const file = ledger.read(path, MOST_READ);
    if (isSweepFile(file.text)) return checked(file, options, console, ledger);
    // Until the work begins, Ctrl-C is left to the system: what is only tried has nothing to keep.
    let interruption: ReturnType<typeof interruptible> | undefined;
    const signal = {
      get aborted() {
        return interruption?.signal.aborted === true;
      },
    };
    const workers = workersOf(options.workers);
    let reached = '';
    const meters = new Map<string, ReturnType<typeof progress>>();
    const meter = (what: string) => {
      const known = meters.get(what) ?? progress(console, what);
      meters.set(what, known);
      return known;
    };
    const paths = options.paths === undefined ? [] : [`venture.paths=${wholeNumber('--paths', options.paths, 2, 1e6)}`];
    const report = await sweepAll(
      {
        scenario: await readScenario(path, console, ledger),
        variant: options.variant,
        set: [...options.set, ...paths],
        ...(options.rounds !== undefined && { rounds: wholeNumber('--rounds', options.rounds, 1, 1_000_000) }),
        vary: options.vary,
        strategies: options.strategy,
        repetitions: wholeNumber('--repetitions', options.repetitions, 1, 1_000_000),
        seed: wholeNumber('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER),
        zoneOnly: options.zoneOnly,
        tornado: options.tornado,
        match: options.match,
        payoff: measureOf(options.payoff),
        ...(options.tolerance !== undefined && { tolerance: toleranceOf(options.tolerance) }),
      },
      {
        workers,
        signal,
        onPlan(plan) {
          announce(console, plan, workers);
          interruption = interruptible();
        },
        onProgress(what, done, total) {
          meter(what).at(done, total);
          reached = Number.isFinite(total) ? ` after ${done} of ${total} ${what}` : ` after ${done} ${what}`;
        },
      },
    ).finally(() => {
      for (const one of meters.values()) one.done();
      interruption?.release();
    });
    if (report === undefined) {
      console.err(`hashpact: interrupted${reached}; nothing was written`);
      return EXIT.interrupted;
    }
    if (options.report !== undefined) await writeReport(options.report, report, ledger);
    console.out(options.json ? JSON.stringify(report, null, 2) : sweepText(report, console));
    return EXIT.done;
  });
}

/** Reads and judges a sweep file; used by `hashpact check` too. */
export async function orderingsOf(
  file: { name: string; text: string },
  console: Console,
  ledger: Ledger,
): Promise<Ordering[]> {
  const read = readSweepFile(file.name, file.text);
  const path = isAbsolute(read.scenario) ? read.scenario : join(dirname(file.name), read.scenario);
  const watch = progress(console, 'points');
  try {
    return await judgeOrderings(read, await readScenario(path, console, ledger), {
      onPoint: (done, total) => watch.at(done, total),
    });
  } catch (error) {
    if (error instanceof ComparisonRefusal) throw new Refusal(`${file.name}: ${error.message}`, error.hint);
    throw error;
  } finally {
    watch.done();
  }
}

async function checked(
  file: { name: string; text: string },
  options: Options,
  console: Console,
  ledger: Ledger,
): Promise<number> {
  const orderings = await orderingsOf(file, console, ledger);
  console.out(options.json ? JSON.stringify(plainOrderings(orderings), null, 2) : orderingsText(orderings, console));
  return orderings.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
}

/** JSON has no infinity: a month that never comes is null. */
export const plainOrderings = (orderings: readonly Ordering[]): unknown =>
  JSON.parse(JSON.stringify(orderings)) as unknown;

function toleranceOf(given: string): number {
  const value = Number(given);
  if (!(value > 0 && value <= 0.5))
    throw new Refusal(`--tolerance takes a share above 0 and up to 0.5, not "${given}"`);
  return value;
}
