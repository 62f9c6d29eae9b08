import { LineCounter } from 'yaml';
import { BATCH_EXECUTORS } from '../catalog.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import type { Game } from '../session/game.ts';
import type { State } from '../session/state.ts';
import type { Appraiser } from '../value/valuation.ts';
import { compile, executedBy, gameOf, type LineUp, reseat, type Stage } from './compile.ts';
import { isDerived, type Origin, weave } from './derive.ts';
import { type Diagnostic, diagnose, diagnoseText } from './diagnose.ts';
import { evidenceFlaws } from './evidence.ts';
import { judge, type Verdict } from './expect.ts';
import { dropConsequences, nearest } from './flaws.ts';
import { type Entry, inventory } from './inventory.ts';
import { misfits, together } from './misfits.ts';
import { parse, type Source, SourceMap } from './parse.ts';
import { type Override, override, readOverride } from './resolve.ts';
import { salvage } from './salvage.ts';
import { type ScenarioSpec, scenario as schema } from './schema.ts';
import { basesOf } from './self_contained.ts';
import { settleThreats } from './threat.ts';
import { variantFlaws } from './variants.ts';
import { warningsOf } from './warnings.ts';

/** A scenario file: what it is called in messages, and what stands in it. Reading files is the caller's business. */
export interface ScenarioFile {
  readonly name: string;
  readonly text: string | Uint8Array;
}

export interface LoadOptions {
  /** A named set of overrides that the scenario itself states. */
  readonly variant?: string;
  /** Overrides as the command line takes them: `path=value`. Made after the variant's, in order. */
  readonly set?: readonly string[];
  /** Strategies by party id or seat number, in the place of the scenario's own. */
  readonly strategies?: LineUp;
  /** Gives the file that `based_on` names; without it such a scenario is refused. */
  readonly read?: (name: string) => ScenarioFile | undefined;
  /** Rounds until the deadline, in the place of the scenario's own. */
  readonly rounds?: number;
}

export type Loaded =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The door: a scenario file in, a scenario ready to be negotiated out; or every mistake in it, each placed. Never throws for what a file holds.
 *
 * @example
 * const loaded = loadScenario({ name: 'car.yaml', text }, { set: ['market.price=60000'] });
 * if (!loaded.ok) console.error(render(loaded.diagnostics));
 * else for (const { facts } of run(loaded.scenario.game({ seed: 7 }))) show(facts);
 */
export function loadScenario(file: ScenarioFile, options: LoadOptions = {}): Loaded {
  const parsed = parse(file.name, file.text);
  if (!parsed.ok) {
    return { ok: false, diagnostics: diagnoseText(parsed.name, mapOf(parsed.text), parsed.flaws) };
  }
  const { source } = parsed;
  let origin: OriginOf = (path) => ({ source, path });
  let written = source.data;
  if (isDerived(written)) {
    const woven = weave(source, options.read);
    if (!woven.ok && 'unread' in woven) {
      const { name, text, flaws } = woven.unread;
      return { ok: false, diagnostics: diagnoseText(name, mapOf(text), flaws) };
    }
    if (!woven.ok) return { ok: false, diagnostics: diagnose(woven.source, woven.flaws) };
    written = woven.data;
    origin = woven.origin;
  }
  const changed = change(written, options);
  if (!changed.ok)
    return { ok: false, diagnostics: diagnose({ ...source, name: file.name }, changed.flaws).map(unplaced) };
  const { data, made } = changed;
  const flaws: Flaw[] = [];
  const stated = evidenceFlaws(source.data);
  const read = schema.safeParse(data);
  if (!read.success) {
    const wrong = misfits(read.error.issues, data);
    flaws.push(...together(wrong), ...beyond(data, wrong));
  }
  const around = { data, files: basesOf(file.name, source.data), read: options.read };
  const settled = read.success ? settleThreats(read.data, around, flaws) : undefined;
  const compiled = settled && compile(settled, flaws);
  // A variant is held against the file as it is written: after overrides its paths may lead elsewhere.
  if (compiled && made.length === 0) flaws.push(...variantFlaws(data, compiled.spec.variants, compiled));
  if (compiled === undefined || flaws.length + stated.length > 0)
    return { ok: false, diagnostics: blame(origin, source, flaws, made, stated) };
  const stage = options.strategies ? reseat(compiled, options.strategies, flaws) : compiled;
  if (stage === undefined) return { ok: false, diagnostics: diagnose(source, flaws).map(unplaced) };
  return { ok: true, scenario: new Scenario(source, origin, data, stage) };
}

/** The mistakes that only show in a file without those a schema finds: of what does fit, everything is checked. */
function beyond(data: Json, wrong: readonly Flaw[]): Flaw[] {
  const { data: rest, lost, original } = salvage(data, wrong);
  const read = schema.safeParse(rest);
  if (!read.success) return [];
  const flaws: Flaw[] = [];
  compile(read.data, flaws);
  dropConsequences(flaws, lost);
  return flaws.map((flaw) => ({ ...flaw, path: original(flaw.path) }));
}

/** A scenario that has been read and found sound. */
export class Scenario {
  readonly source: Source;
  readonly spec: ScenarioSpec;
  /** The scenario as it is negotiated; itself a scenario file. */
  readonly resolved: Json;
  /** SHA-256 of the resolved scenario: what traces and reports name it by. */
  readonly hash: string;
  readonly #origin: OriginOf;
  readonly #data: Json;
  readonly #stage: Stage;

  constructor(source: Source, origin: OriginOf, data: Json, stage: Stage) {
    this.source = source;
    this.#origin = origin;
    this.#data = data;
    this.#stage = stage;
    this.spec = stage.spec;
    this.resolved = stage.resolved;
    this.hash = stage.hash;
  }

  get appraiser(): Appraiser {
    return this.#stage.appraiser;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** A negotiation of this scenario. Games share the outcome space and what outcomes are worth, so making another costs microseconds. */
  game({ seed = 1, repetition = 0 }: { seed?: number; repetition?: number } = {}): Game {
    return gameOf(this.#stage, seed, repetition);
  }

  /** The same scenario with other strategies, sharing everything but the players. */
  with(lineUp: LineUp): Loaded {
    const flaws: Flaw[] = [];
    const stage = reseat(this.#stage, lineUp, flaws);
    if (stage === undefined) return { ok: false, diagnostics: diagnose(this.source, flaws).map(unplaced) };
    return { ok: true, scenario: new Scenario(this.source, this.#origin, this.#data, stage) };
  }

  /** The same scenario for batches: its stances run as compiled tables where they can, with the same facts. */
  batch(): Scenario {
    return new Scenario(this.source, this.#origin, this.#data, executedBy(this.#stage, BATCH_EXECUTORS));
  }

  /** What is probably a mistake in the scenario, and may be meant; each placed in the file it was written in. */
  get warnings(): Diagnostic[] {
    return placed(this.#origin, this.source, warningsOf(this.#stage));
  }

  /** What the scenario expects, held against the end of a negotiation. */
  judge(game: Game, state: State): Verdict[] {
    return judge(this.#stage.expectations, game, state);
  }

  /** Every figure of the scenario, by path, with what it rests on. */
  inventory(): Entry[] {
    return inventory(this.#data);
  }
}

type OriginOf = (path: readonly (string | number)[]) => Origin;

interface MadeOverride {
  readonly at: readonly (string | number)[];
  readonly written: string;
}

type Changed =
  | { readonly ok: true; readonly data: Json; readonly made: readonly MadeOverride[] }
  | { readonly ok: false; readonly flaws: Flaw[] };

function change(data: Json, { variant, set = [], rounds }: LoadOptions): Changed {
  const flaws: Flaw[] = [];
  const overrides: Override[] = [];
  if (variant !== undefined) overrides.push(...ofVariant(data, variant, flaws));
  for (const written of set) {
    const read = readOverride(written);
    if ('code' in read) flaws.push(read);
    else overrides.push({ ...read, written: `--set ${read.written}` });
  }
  if (rounds !== undefined) overrides.push({ path: 'protocol.rounds', value: rounds, written: `--rounds ${rounds}` });
  const made: MadeOverride[] = [];
  let changed = data;
  for (const one of overrides) {
    const result = override(changed, one);
    if ('code' in result) flaws.push({ ...result, message: `${one.written}: ${result.message}` });
    else {
      changed = result.data;
      made.push({ at: result.at, written: one.written });
    }
  }
  return flaws.length > 0 ? { ok: false, flaws } : { ok: true, data: changed, made };
}

function ofVariant(data: Json, variant: string, flaws: Flaw[]): Override[] {
  const list = (data as { variants?: unknown } | null)?.variants;
  const variants = (Array.isArray(list) ? list : []) as { id?: unknown; set?: unknown }[];
  const chosen = variants.find((one) => one?.id === variant);
  if (chosen === undefined) {
    const known = variants.map((one) => String(one?.id));
    flaws.push({
      path: [],
      code: 'unknown-variant',
      message: `there is no variant "${variant}"`,
      hint: nearest(variant, known, 'variants'),
    });
    return [];
  }
  const set = typeof chosen.set === 'object' && chosen.set !== null ? chosen.set : {};
  return Object.entries(set).map(([path, value]) => ({
    path,
    value: value as Json,
    written: `variant ${variant}, ${path}`,
  }));
}

/** A mistake at the place of an override is the override's, not the file's. What the file itself states is `stated`. */
function blame(
  origin: OriginOf,
  source: Source,
  flaws: readonly Flaw[],
  made: readonly MadeOverride[],
  stated: readonly Flaw[],
): Diagnostic[] {
  const culprit = ({ path }: Flaw) => made.findLast(({ at }) => at.every((step, i) => path[i] === step));
  const fromOptions = flaws.flatMap((flaw) => {
    const by = culprit(flaw);
    return by ? diagnose(source, [{ ...flaw, message: `${by.written}: ${flaw.message}` }]).map(unplaced) : [];
  });
  const fromFile = flaws.filter((flaw) => culprit(flaw) === undefined);
  return [...fromOptions, ...placed(origin, source, fromFile, stated)];
}

/** Flaws of data, where they were written; those of the file itself are added to its own. */
function placed(origin: OriginOf, source: Source, flaws: readonly Flaw[], stated: readonly Flaw[] = []): Diagnostic[] {
  const byFile = new Map<Source, Flaw[]>([[source, [...stated]]]);
  for (const flaw of flaws) {
    const { source: file, path } = origin(flaw.path);
    byFile.set(file, [...(byFile.get(file) ?? []), { ...flaw, path: [...path] }]);
  }
  return [...byFile].flatMap(([file, found]) => diagnose(file, found));
}

const unplaced = ({ file, code, message, hint, length }: Diagnostic): Diagnostic => ({
  file,
  code,
  message,
  hint,
  length,
});

function mapOf(text: string): SourceMap {
  const lines = new LineCounter();
  for (let at = 0; at < text.length; at++) if (at === 0 || text[at - 1] === '\n') lines.addNewLine(at);
  return new SourceMap(text, lines);
}
