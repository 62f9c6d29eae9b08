import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../scenario/diagnose.ts';
import type { Scenario } from '../scenario/load.ts';
import { type Console, meanwhile, type Problem, Refusal } from './console.ts';
import { Ledger } from './ledger.ts';

/** More than the largest scenario, so that a file that is a little too large is refused with its place and code. */
export const MOST_READ = 1024 * 1024;

/** A scenario that was refused: its mistakes are already told. */
export class BadScenario extends Refusal {
  readonly #diagnostics: readonly Diagnostic[];

  constructor(path: string, diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length;
    super(`${count} ${count === 1 ? 'mistake' : 'mistakes'} in ${path}, nothing was run`);
    this.#diagnostics = diagnostics;
  }

  override get problems(): readonly Problem[] {
    return this.#diagnostics.map(({ file, line, column, code, message, hint }) => ({
      file,
      line: line ?? null,
      column: column ?? null,
      code,
      message,
      hint: hint ?? null,
    }));
  }
}

export interface ScenarioOptions {
  readonly rounds?: string;
  readonly set?: readonly string[];
  readonly strategy?: readonly string[];
  readonly variant?: string;
}

/** Reads and compiles the scenario a command names, telling every mistake in it at once. */
export async function openScenario(
  path: string,
  options: ScenarioOptions,
  console: Console,
  ledger = new Ledger(),
): Promise<Scenario> {
  const { loadScenario } = await import('../scenario/load.ts');
  const strategies = lineUp(options.strategy ?? []);
  const rounds = options.rounds === undefined ? undefined : wholeNumber('--rounds', options.rounds, 1, 1_000_000);
  const file = ledger.read(path, MOST_READ);
  const loaded = meanwhile(console, `valuing the outcomes of ${path}`, () =>
    loadScenario(file, {
      variant: options.variant,
      set: options.set,
      strategies,
      read: (name) => readBeside(path, name, ledger),
      ...(rounds !== undefined && { rounds }),
    }),
  );
  if (loaded.ok) return loaded.scenario;
  const { render } = await import('../scenario/diagnose.ts');
  const { paint } = console;
  console.err(render(loaded.diagnostics, { place: paint.bold, code: paint.red, carets: paint.red, faint: paint.dim }));
  throw new BadScenario(path, loaded.diagnostics);
}

/**
 * The text of a scenario for commands that compile it many times over, or elsewhere: one that leans on other files stands by itself then. A derived scenario with
 * mistakes is refused here, where its base can still be read.
 */
export async function readScenario(
  path: string,
  console: Console,
  ledger = new Ledger(),
): Promise<{ name: string; text: string }> {
  const file = ledger.read(path, MOST_READ);
  const { isDerived } = await import('../scenario/derive.ts');
  const { selfContained } = await import('../scenario/self_contained.ts');
  const { parse } = await import('../scenario/parse.ts');
  const parsed = parse(file.name, file.text);
  const { name, text } = selfContained(file, (base) => readBeside(path, base, ledger));
  if (text === file.text && parsed.ok && isDerived(parsed.source.data)) await openScenario(path, {}, console, ledger);
  return { name, text: String(text) };
}

/** The file that a derived scenario is based on: beside it, never elsewhere. */
function readBeside(path: string, name: string, ledger: Ledger) {
  if (path === '-' || name.includes('..') || isAbsolute(name)) return undefined;
  const beside = join(dirname(path), name);
  return existsSync(beside) ? ledger.read(beside, MOST_READ) : undefined;
}

/** `russia=hardliner` or `0=boulware`, repeatable. */
export function lineUp(given: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const one of given) {
    const at = one.indexOf('=');
    if (at < 1 || at === one.length - 1)
      throw new Refusal(`--strategy ${one} should read party=name`, 'such as --strategy russia=hardliner');
    found[one.slice(0, at)] = one.slice(at + 1);
  }
  return found;
}

export function wholeNumber(option: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given.trim()) || value < min || value > max) {
    throw new Refusal(`${option} takes a whole number from ${min} to ${max}, not "${given}"`);
  }
  return value;
}
