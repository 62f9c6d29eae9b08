import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { type Answer, refuse } from '../history/refused.ts';
import { isDerived, weave } from '../scenario/derive.ts';
import { render } from '../scenario/diagnose.ts';
import { loadScenario, type Scenario, type ScenarioFile } from '../scenario/load.ts';
import type { Path, Source } from '../scenario/parse.ts';

/** What a launch configuration may say. Everything but `program` may be left out. */
export interface LaunchArguments {
  /** The scenario file. */
  readonly program?: string;
  /** Where a relative `program` starts from; by default the adapter's own working directory. */
  readonly cwd?: string;
  readonly seed?: number;
  readonly repetition?: number;
  readonly rounds?: number;
  readonly variant?: string;
  /** `path=value`, as for `--set`. */
  readonly set?: readonly string[];
  /** Strategies by party id, in place of the scenario's own. */
  readonly strategies?: Readonly<Record<string, string>>;
  /** Stop before anything happens. */
  readonly stopOnEntry?: boolean;
  /** Stop where the talks end, so that one can go back from there; by default true. */
  readonly stopOnEnd?: boolean;
  /** Tell what happens in the debug console; by default true. */
  readonly narrate?: boolean;
  /** How far a step back goes where the editor does not say; by default a turn. */
  readonly stepBack?: 'micro' | 'turn' | 'round';
  /** What `hashpact dap --token` asks for. */
  readonly token?: string;
}

/** A scenario to be stepped through, and where each piece of it was written. */
export interface Opened {
  readonly scenario: Scenario;
  /** The scenario's own file, then the one it is based on. Names are absolute paths. */
  readonly files: readonly Source[];
  /** The file and path in which a piece of the whole scenario stands. */
  origin(path: Path): { readonly source: Source; readonly path: Path };
}

const LARGEST = 64 * 1024 * 1024;

/** Reads and compiles the scenario a launch configuration names. A bad one is refused with every mistake, placed, in `details`. */
export function openScenario(
  args: LaunchArguments,
): Answer<Opened> | (ReturnType<typeof refuse> & { details: string }) {
  const misfit = misfitOf(args);
  if (misfit !== undefined) return refuse('bad-launch', misfit, 'see the launch configuration in the README');
  const path = resolve(args.cwd ?? '.', args.program ?? '');
  const file = readFile(path);
  if (typeof file === 'string') return refuse('no-scenario', file);
  const read = (name: string): ScenarioFile | undefined => {
    // The base of a derived scenario stands beside it, never elsewhere.
    if (name.includes('..') || isAbsolute(name)) return undefined;
    const beside = join(dirname(path), name);
    const base = existsSync(beside) ? readFile(beside) : undefined;
    return typeof base === 'string' ? undefined : base;
  };
  const { variant, set, strategies, rounds } = args;
  const loaded = loadScenario(file, { variant, set, strategies, rounds, read });
  if (!loaded.ok) {
    const [first] = loaded.diagnostics;
    const place = first?.line === undefined ? '' : `:${first.line}:${first.column ?? 1}`;
    const more = loaded.diagnostics.length > 1 ? ` (and ${loaded.diagnostics.length - 1} more)` : '';
    const message = `${basename(path)}${place}: ${first?.message ?? 'the scenario is refused'}${more}`;
    return { ...refuse('bad-scenario', message, first?.hint), details: render(loaded.diagnostics) };
  }
  const { scenario } = loaded;
  const { source } = scenario;
  const woven = isDerived(source.data) ? weave(source, read) : undefined;
  if (woven?.ok !== true) return { ok: true, scenario, files: [source], origin: (at) => ({ source, path: at }) };
  const base = woven.origin(['hashpact']).source;
  return { ok: true, scenario, files: [source, base], origin: woven.origin };
}

/** What is wrong with a launch configuration, in a sentence. An editor's user writes it by hand. */
function misfitOf(args: LaunchArguments): string | undefined {
  const whole = (value: unknown, min: number) =>
    value === undefined || (Number.isSafeInteger(value) && Number(value) >= min);
  const flag = (value: unknown) => value === undefined || typeof value === 'boolean';
  if (typeof args.program !== 'string' || args.program === '') return '"program" must name a scenario file';
  for (const name of ['cwd', 'variant', 'token'] as const)
    if (args[name] !== undefined && typeof args[name] !== 'string') return `"${name}" must be a text`;
  if (!whole(args.seed, 0) || !whole(args.repetition, 0)) return '"seed" and "repetition" must be whole numbers from 0';
  if (!whole(args.rounds, 1)) return '"rounds" must be a whole number from 1';
  for (const name of ['stopOnEntry', 'stopOnEnd', 'narrate'] as const)
    if (!flag(args[name])) return `"${name}" must be true or false`;
  if (args.stepBack !== undefined && !['micro', 'turn', 'round'].includes(args.stepBack))
    return '"stepBack" must be micro, turn or round';
  if (args.set !== undefined && !(Array.isArray(args.set) && args.set.every((one) => typeof one === 'string')))
    return '"set" must be a list of texts such as "market.price=60000"';
  const { strategies } = args;
  if (strategies !== undefined && !isTexts(strategies))
    return '"strategies" must name a strategy for each party it lists';
  return undefined;
}

const isTexts = (given: unknown): boolean =>
  typeof given === 'object' &&
  given !== null &&
  !Array.isArray(given) &&
  Object.values(given).every((v) => typeof v === 'string');

function readFile(path: string): ScenarioFile | string {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return `${path} is no file`;
    if (stat.size > LARGEST) return `${path} has ${stat.size} bytes; at most ${LARGEST} are read`;
    return { name: path, text: readFileSync(path) };
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path}: ${code ?? String(error)}`;
  }
}
