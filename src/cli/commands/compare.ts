import { cpus } from 'node:os';
import { AUDIT_ONE_IN, compare as playAll, standingsOptions } from '../../comparison/compare.ts';
import { kindOf, resultsFile } from '../../comparison/files.ts';
import { toNfg } from '../../comparison/game/nfg.ts';
import { Journal } from '../../comparison/journal.ts';
import { ComparisonRefusal } from '../../comparison/refusal.ts';
import type { ComparisonReport, PayoffMeasure } from '../../comparison/report.ts';
import { type Prepared, prepare } from '../../comparison/request.ts';
import type { Source } from '../../comparison/schedule.ts';
import { standings } from '../../comparison/standings.ts';
import type { Report } from '../../report/page.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { announce, progress } from '../progress.ts';
import { comparisonText } from '../render/comparison.ts';
import { readScenario, wholeNumber } from '../scenarios.ts';
import { columns } from './columns.ts';

interface Options {
  readonly seed: string;
  readonly rounds?: string;
  readonly set: readonly string[];
  readonly variant?: string;
  readonly vary: readonly string[];
  readonly strategies: readonly string[];
  readonly all?: boolean;
  readonly roundRobin?: boolean;
  readonly rotate?: boolean;
  readonly repetitions: string;
  readonly payoff: string;
  readonly resamples: string;
  readonly workers?: string;
  readonly audit: string;
  readonly out?: string;
  readonly columns?: boolean;
  readonly journal?: string;
  readonly resume?: boolean;
  readonly nfg?: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** `hashpact compare`: many negotiations, and which way of playing wins. */
export async function compare(
  paths: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const options = given as unknown as Options;
  if (options.columns) return columns(options.json === true, console);
  if (paths.length === 0)
    throw new Refusal('compare needs a scenario', 'such as hashpact compare scenarios/bill_and_jack.yaml --all');
  return mended(async () => {
    const kind = options.out === undefined ? undefined : kindOf(options.out);
    const journal = journalOf(options);
    const auditOneIn = auditOf(options.audit);
    const payoff = measureOf(options.payoff);
    const resamples = wholeNumber('--resamples', options.resamples, 100, 1e6);
    const workers = workersOf(options.workers);
    const ledger = new Ledger();
    ledger.claim({
      '--out': options.out,
      '--journal': journal?.path,
      '--nfg': options.nfg,
      '--report': options.report,
    });
    const files: Source[] = [];
    for (const path of paths) files.push(await readScenario(path, console, ledger));
    const trying = progress(console, 'variations tried');
    const prepared = prepare(wishes(files, options), trying.at);
    trying.done();
    const { schedule } = prepared;
    announce(console, { negotiations: schedule.size, scenarios: schedule.cases.length }, workers);
    const watch = progress(console, 'negotiations');
    const { signal, release } = interruptible();
    const results = await playAll(prepared, {
      workers,
      auditOneIn,
      journal,
      signal,
      onProgress: (done, total) => watch.at(done, total),
    }).finally(() => {
      watch.done();
      release();
    });
    if (kind !== undefined && options.out !== undefined)
      ledger.write(options.out, resultsFile(kind, results, prepared));
    if (!results.complete) {
      console.err(interrupted(results.finished, prepared, options, journal?.path));
      return EXIT.interrupted;
    }
    const report = standings(results, standingsOptions(prepared, payoff, auditOneIn, resamples));
    if (options.nfg !== undefined) ledger.write(options.nfg, nfgOf(report));
    if (options.report !== undefined) await writeReport(options.report, report, ledger);
    if (options.json) console.out(JSON.stringify(report, null, 2));
    else console.out(comparisonText(report, console));
    if (journal) Journal.discard(journal.path);
    return EXIT.done;
  });
}

/** Trouble of the comparison's own kind, told as the command line tells trouble. */
export async function mended(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ComparisonRefusal) throw new Refusal(error.message, error.hint);
    throw error;
  }
}

function wishes(files: readonly { name: string; text: string }[], options: Options) {
  return {
    scenarios: files,
    variant: options.variant,
    set: options.set,
    vary: options.vary,
    ...(options.rounds !== undefined && { rounds: wholeNumber('--rounds', options.rounds, 1, 1_000_000) }),
    strategies: options.strategies,
    all: options.all,
    roundRobin: options.roundRobin,
    rotate: options.rotate,
    repetitions: wholeNumber('--repetitions', options.repetitions, 1, 1_000_000),
    seed: wholeNumber('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** How many threads; every core where the user names no number. */
export const workersOf = (given: string | undefined): number =>
  given === undefined ? cpus().length : wholeNumber('--workers', given, 1, 256);

const MEASURES: readonly PayoffMeasure[] = ['utility', 'discounted', 'value', 'net'];

export function measureOf(given: string): PayoffMeasure {
  const found = MEASURES.find((measure) => measure === given);
  if (found) return found;
  throw new Refusal(`--payoff takes ${MEASURES.join(', ')}, not "${given}"`);
}

/** `1/1000`, `1000`, or `0` for none. */
function auditOf(given: string): number {
  const text = given.replace(/^1\//, '');
  return wholeNumber('--audit', text === '' ? String(AUDIT_ONE_IN) : text, 0, Number.MAX_SAFE_INTEGER);
}

/** A comparison that writes a file keeps a journal beside it until it is done. */
function journalOf(options: Options): { path: string; resume: boolean } | undefined {
  const path = options.journal ?? (options.out === undefined ? undefined : `${options.out}.journal`);
  const resume = options.resume === true;
  if (path === undefined && resume)
    throw new Refusal('--resume needs --out or --journal', 'give the same as when it was begun');
  return path === undefined ? undefined : { path, resume };
}

/** Ctrl-C once: stop after the batches under way. Twice: stop at once. */
export function interruptible(): { signal: { aborted: boolean }; release(): void } {
  const signal = { aborted: false };
  const before = process.listeners('SIGINT');
  const stop = () => {
    if (signal.aborted) process.exit(EXIT.interrupted);
    signal.aborted = true;
  };
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', stop);
  return {
    signal,
    release() {
      process.off('SIGINT', stop);
      for (const listener of before) process.on('SIGINT', listener);
    },
  };
}

/** Each scenario is compiled once and played to its end, so a balanced beginning would compile all of them again for every repetition. */
const UNBALANCED = 'the first of the schedule, scenario by scenario and line-up by line-up, not a balanced sample';

function interrupted(finished: number, { schedule }: Prepared, { out }: Options, journal: string | undefined): string {
  const told = `hashpact: interrupted after ${finished} of ${schedule.size} negotiations`;
  if (finished === 0) return `${told}; nothing was kept`;
  const kept = [
    ...(out === undefined ? [] : [`the finished ones are in ${out}: ${UNBALANCED}`]),
    ...(journal === undefined ? ['nothing was kept'] : [`${journal} keeps them for --resume`]),
  ];
  return `${told}; ${kept.join('; ')}`;
}

/** The measured payoffs as a file that Gambit reads. */
function nfgOf(report: ComparisonReport): string {
  const { players, game, scenarios, seed, version } = report;
  return toNfg(
    {
      players: players.map(({ label }) => label),
      strategies: players.map(({ strategies }) => strategies),
      payoff: Float64Array.from(game.payoff),
    },
    scenarios.map(({ title }) => title).join(', '),
    `mean ${report.payoff.unit}; hashpact ${version}, seed ${seed}, ${scenarios.map(({ id, hash }) => `${id} ${hash.slice(0, 12)}`).join(', ')}`,
  );
}

/** Draws a report as a page and writes it whole. */
export async function writeReport(path: string, report: Report, ledger: Ledger): Promise<void> {
  const { reportPage } = await import('../../report/page.ts');
  ledger.write(path, reportPage(report));
}
