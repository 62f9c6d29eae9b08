import { Readable } from 'node:stream';
import { Debugger } from '../../debugger/debugger.ts';
import { splitReference } from '../../history/address.ts';
import { openSession } from '../../history/open_session.ts';
import { type Console, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import type { Desk } from '../repl/desk.ts';
import { answer, repl } from '../repl/repl.ts';
import { openScenario, type ScenarioOptions, wholeNumber } from '../scenarios.ts';

interface Options extends ScenarioOptions {
  readonly seed?: string;
  readonly repetition?: string;
  readonly command?: string;
}

/** How long `why market` may search. */
const SEARCH_MS = 20_000;

/** `hashpact debug SCENARIO|TRACE[#moment]`: step through a negotiation, both ways and sideways. */
export async function debug(
  [given]: readonly string[],
  options: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const ledger = new Ledger();
  const desk = deskOf(await open(given, options as Options, console, ledger), console, ledger);
  const { command } = options as Options;
  if (command === undefined && given === '-')
    throw new Refusal('the scenario comes from standard input, so the commands cannot', 'use --command FILE');
  const terminal = command === undefined && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (terminal)
    console.out(console.paint.dim('help lists the commands; s takes a step, c goes on, why asks why, quit leaves'));
  console.out(answer(desk, 'status').text);
  const input = command === undefined ? process.stdin : Readable.from([ledger.read(command).text]);
  return repl(desk, { input, output: process.stdout, terminal }, (text) => console.out(text));
}

function deskOf(engine: Debugger, console: Console, ledger: Ledger): Desk {
  return {
    debug: engine,
    console,
    write: (path, text) => ledger.write(path, text),
    patience() {
      const began = performance.now();
      return () => performance.now() - began > SEARCH_MS;
    },
  };
}

/** The engine on one negotiation of a results file: `results.parquet#1234`. */
async function openResult(file: string, row: string | undefined): Promise<Debugger> {
  if (row === undefined || !/^\d+$/.test(row)) {
    throw new Refusal(`name one negotiation of ${file} by its job number`, `such as hashpact debug ${file}#12`);
  }
  const { openRow } = await import('../../comparison/open_row.ts');
  const { ComparisonRefusal } = await import('../../comparison/refusal.ts');
  try {
    const { scenario, game } = await openRow(file, Number(row));
    return new Debugger(scenario, game);
  } catch (error) {
    if (error instanceof ComparisonRefusal) throw new Refusal(error.message, error.hint);
    throw error;
  }
}

/** The engine on a scenario, or on a recording that is reopened without running a strategy. */
async function open(given: string, options: Options, console: Console, ledger: Ledger): Promise<Debugger> {
  const { file, fragment } = splitReference(given);
  let engine: Debugger;
  if (/\.(csv|parquet)$/.test(file) || (/\.jsonl$/.test(file) && /^\d+$/.test(fragment ?? ''))) {
    ledger.reads(file);
    return openResult(file, fragment);
  }
  if (/\.jsonl$/.test(file)) {
    const changed =
      ['set', 'strategy'].some((key) => (options[key as 'set' | 'strategy'] ?? []).length > 0) ||
      options.rounds !== undefined ||
      options.variant !== undefined;
    if (changed)
      throw new Refusal(
        'a recording is what it is: --set, --strategy, --rounds and --variant are for scenarios',
        'fork changes things in it',
      );
    const { name, text } = ledger.read(file);
    const opened = openSession(text);
    if (!opened.ok) throw new Refusal(`${name}: ${opened.message}`, opened.hint);
    const { session } = opened;
    if (session.problem)
      console.err(`${name}:${session.problem.line}: ${session.problem.message}; what stands before it is here`);
    engine = Debugger.reopened(session);
  } else {
    const scenario = await openScenario(file, options, console, ledger);
    const seed = wholeNumber('--seed', options.seed ?? '1', 0, Number.MAX_SAFE_INTEGER);
    const repetition = wholeNumber('--repetition', options.repetition ?? '0', 0, Number.MAX_SAFE_INTEGER);
    engine = new Debugger(scenario, scenario.game({ seed, repetition }));
  }
  if (fragment !== undefined) {
    const went = engine.goto(fragment);
    if (!went.ok) throw new Refusal(went.message, went.hint);
  }
  return engine;
}
