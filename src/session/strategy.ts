import type { ZodType } from 'zod';
import type { Json, Seat } from '../domain/id.ts';
import type { Flaw, Made } from '../domain/issue.ts';
import { flawed, made } from '../domain/issue.ts';
import { condition, suggest, type Vocabulary } from '../expression/index.ts';
import { nodes, type Placed, shapeFlaws, transitionsOf } from './chart.ts';
import type { AcceptanceKind } from './contracts/acceptance.ts';
import type { OpponentModelKind } from './contracts/opponent_model.ts';
import {
  type Chart,
  type CompiledChart,
  type Guard,
  pathOf,
  type StanceEnv,
  type StanceExecutor,
} from './contracts/stance.ts';
import type { KitContext, Tactic, TacticKind } from './contracts/tactic.ts';
import { earsOf } from './hearing.ts';
import type { Move } from './move.ts';
import type { Player, Posture } from './player.ts';
import { answerable, restlessFlaws } from './restless.ts';
import { UPDATES } from './updates.ts';

/** A strategy, ready to be given to any party: a stance machine, and what it believes about the others. */
export interface Strategy {
  readonly name: string;
  readonly chart: Chart;
  readonly opponentModel?: { readonly type: string };
}

/** A strategy of the library: a function of its parameters, so that a posture can be told what the scenario's issues are called. */
export interface StrategyKind<Params = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly params: ZodType<Params>;
  readonly example: Params;
  make(params: Params): Omit<Strategy, 'name'>;
}

/** The shelves a strategy is put together from, by name. */
export interface Shelves {
  readonly tactics: ReadonlyMap<string, TacticKind>;
  readonly acceptance: ReadonlyMap<string, AcceptanceKind>;
  readonly opponents: ReadonlyMap<string, OpponentModelKind>;
}

export interface SeatContext extends KitContext {
  readonly seat: Seat;
  /** Events the script sends to stances by name. */
  readonly signals: readonly string[];
  vocabulary(context: Readonly<Record<string, unknown>>): Vocabulary<StanceEnv>;
  /** Executors in order of preference; the last must be able to run anything. */
  readonly executors: readonly StanceExecutor[];
  readonly scripted?: ReadonlyMap<number, Move>;
}

/** Puts a strategy together for one seat: guards compiled, tactics made, the machine handed to an executor. All flaws at once. */
export function compileStrategy(strategy: Strategy, shelves: Shelves, seat: SeatContext): Made<Player> {
  const { chart } = strategy;
  const flaws: Flaw[] = shapeFlaws(chart, seat.signals);
  if (flaws.length === 0) flaws.push(...restlessFlaws(chart));
  const vocabulary = seat.vocabulary(chart.context ?? {});
  const guards = new Map<string, Guard>();
  const all = nodes(chart);
  for (const placed of all) {
    for (const { transition, path } of transitionsOf(placed)) {
      if (transition.guard !== undefined) compileGuard(transition.guard, vocabulary, guards, [...path, 'guard'], flaws);
      for (const action of transition.actions ?? []) checkUpdate(action, chart, path, flaws);
    }
    for (const action of [...(placed.node.entry ?? []), ...(placed.node.exit ?? [])])
      checkUpdate(action, chart, placed.path, flaws);
  }
  const bench = new Bench(shelves, seat, flaws);
  const postures = posturesOf(all, bench, flaws);
  let model: Player['model'];
  if (strategy.opponentModel !== undefined) {
    model = bench.take(shelves.opponents, strategy.opponentModel, ['opponent_model'], 'opponent model');
  }
  if (flaws.length > 0) return flawed(...flaws);
  const compiled: CompiledChart = {
    chart,
    guards,
    updates: new Map([...UPDATES].map(([name, { update }]) => [name, update])),
  };
  for (const executor of seat.executors) {
    const runner = executor.prepare(compiled);
    if ('cannot' in runner) continue;
    return made({
      seat: seat.seat,
      name: strategy.name,
      compiled,
      runner: answerable(runner, chart, seat.parties[seat.seat]),
      postures,
      model,
      memory: bench.memory,
      listeners: bench.listeners,
      scripted: seat.scripted ?? new Map(),
    });
  }
  throw new Error('no executor can run this stance');
}

function compileGuard(
  source: string,
  vocabulary: Vocabulary<StanceEnv>,
  guards: Map<string, Guard>,
  path: (string | number)[],
  flaws: Flaw[],
): void {
  if (guards.has(source)) return;
  const compiled = condition(source, vocabulary);
  if (compiled.ok) guards.set(source, compiled.expression);
  else flaws.push(...compiled.problems.map((problem) => ({ path, ...problem })));
}

function checkUpdate(
  action: { type: string; params?: Readonly<Record<string, Json>> },
  chart: Chart,
  path: (string | number)[],
  flaws: Flaw[],
): void {
  const known = UPDATES.get(action.type);
  if (known === undefined) {
    const near = suggest(action.type, UPDATES.keys());
    const hint = near ? `did you mean "${near}"?` : `updates: ${[...UPDATES.keys()].join(', ')}`;
    flaws.push({ path, code: 'unknown-update', message: `there is no update "${action.type}"`, hint });
    return;
  }
  const key = action.params?.['key'];
  if (typeof key !== 'string' || !(key in (chart.context ?? {}))) {
    const hint = `the machine's context has: ${Object.keys(chart.context ?? {}).join(', ') || 'nothing'}`;
    flaws.push({
      path,
      code: 'unknown-context-key',
      message: `"${action.type}" needs a "key" that the machine's context has`,
      hint,
    });
  }
}

/** Makes shelf members of a strategy, each once, and gives those that remember a slot in the party's memory. */
class Bench {
  readonly memory: Json[] = [];
  readonly listeners: { slot: number; hear: NonNullable<Tactic['hear']> }[] = [];
  readonly #shelves: Shelves;
  readonly #seat: SeatContext;
  readonly #flaws: Flaw[];
  readonly #tactics = new Map<string, Posture['tactic']>();
  readonly #rules = new Map<string, Posture['acceptance']>();

  constructor(shelves: Shelves, seat: SeatContext, flaws: Flaw[]) {
    this.#shelves = shelves;
    this.#seat = seat;
    this.#flaws = flaws;
  }

  tactic(spec: { type: string }, path: (string | number)[]): Posture['tactic'] {
    const key = JSON.stringify(spec);
    const known = this.#tactics.get(key);
    if (known) return known;
    const tactic = this.take(this.#shelves.tactics, spec, path, 'tactic');
    if (tactic === undefined) return undefined;
    const slot = this.#slotOf(tactic);
    const placed = { name: spec.type, tactic, slot };
    this.#tactics.set(key, placed);
    return placed;
  }

  acceptance(spec: { type: string }, path: (string | number)[]): Posture['acceptance'] {
    const key = JSON.stringify(spec);
    const known = this.#rules.get(key);
    if (known) return known;
    const rule = this.take(this.#shelves.acceptance, spec, path, 'acceptance rule');
    if (rule === undefined) return undefined;
    const placed = { name: spec.type, rule, slot: this.#slotOf(rule) };
    this.#rules.set(key, placed);
    return placed;
  }

  /** Gives a member that remembers a slot in the party's memory; -1 for one that does not. */
  #slotOf(member: { readonly memory?: Json; hear?: Tactic['hear'] }): number {
    if (member.memory === undefined || member.hear === undefined) return -1;
    const slot = this.memory.push(member.memory) - 1;
    this.listeners.push({ slot, hear: member.hear.bind(member) });
    return slot;
  }

  take<T>(
    shelf: ReadonlyMap<string, { spec: ZodType; make(spec: never, context: KitContext): Made<T> }>,
    spec: { type: string },
    path: (string | number)[],
    what: string,
  ): T | undefined {
    const kind = shelf.get(spec.type);
    if (kind === undefined) {
      const near = suggest(spec.type, shelf.keys());
      const hint = near ? `did you mean "${near}"?` : `known: ${[...shelf.keys()].join(', ')}`;
      this.#flaws.push({
        path: [...path, 'type'],
        code: `unknown-${what.replaceAll(' ', '-')}`,
        message: `there is no ${what} "${spec.type}"`,
        hint,
      });
      return undefined;
    }
    const parsed = kind.spec.safeParse(spec);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        this.#flaws.push({
          path: [...path, ...(issue.path as (string | number)[])],
          code: 'bad-field',
          message: `${what} "${spec.type}": ${issue.message}`,
        });
      }
      return undefined;
    }
    const result = kind.make(parsed.data as never, this.#seat);
    if (result.ok) return result.made;
    this.#flaws.push(...result.flaws.map((flaw) => ({ ...flaw, path: [...path, ...flaw.path] })));
    return undefined;
  }
}

/** The posture of every configuration the machine can be in, by path. In parallel regions at most one may give a tactic. */
function posturesOf(all: readonly Placed[], bench: Bench, flaws: Flaw[]): Map<string, Posture> {
  const root = all[0];
  const postures = new Map<string, Posture>();
  for (const { value, chain } of configurations(root)) {
    const path = pathOf(value);
    const rival = twoTactics(chain);
    if (rival !== undefined) {
      flaws.push({
        path: [...rival.path, 'meta', 'tactic'],
        code: 'two-tactics-at-once',
        message: `in "${path}" two parallel regions both give a tactic`,
        hint: 'let one region choose the tactic, the other watch',
      });
      continue;
    }
    postures.set(path, merge(chain, path, bench));
  }
  return postures;
}

/** The second of two states of one configuration that both give a tactic though neither lies inside the other. */
function twoTactics(chain: readonly Placed[]): Placed | undefined {
  const giving = chain.filter(({ node }) => (node.meta as { tactic?: unknown } | undefined)?.tactic !== undefined);
  return giving.find((one, i) =>
    giving.slice(0, i).some((other) => !other.keys.every((key, k) => one.keys[k] === key)),
  );
}

interface Configuration {
  readonly value: Json;
  readonly chain: readonly Placed[];
}

function configurations(placed: Placed): Configuration[] {
  const children = Object.entries(placed.node.states ?? {})
    .filter(([, child]) => child.type !== 'history')
    .map(([key, node]) => ({ key, node, keys: [...placed.keys, key], path: [...placed.path, 'states', key] }));
  if (children.length === 0) return [{ value: {}, chain: [placed] }];
  if (placed.node.type === 'parallel') {
    let product: Configuration[] = [{ value: {}, chain: [placed] }];
    for (const child of children) {
      const inner = configurations(child);
      product = product.flatMap((so) =>
        inner.map((more) => ({
          value: { ...(so.value as object), [child.key]: more.value },
          chain: [...so.chain, ...more.chain],
        })),
      );
    }
    return product;
  }
  return children.flatMap((child) =>
    configurations(child).map((inner) => ({
      value:
        typeof inner.value === 'object' && Object.keys(inner.value as object).length === 0
          ? child.key
          : { [child.key]: inner.value },
      chain: [placed, ...inner.chain],
    })),
  );
}

function merge(chain: readonly Placed[], path: string, bench: Bench): Posture {
  const ears = earsOf(chain.map(({ node }) => node));
  let posture: Posture = { path, tactic: undefined, acceptance: undefined, ears };
  for (const { node, path: at } of chain) {
    const meta = node.meta as
      | { tactic?: { type: string }; acceptance?: { type: string }; says?: string; leaves?: string }
      | undefined;
    if (meta === undefined) continue;
    posture = {
      path,
      tactic: meta.tactic ? bench.tactic(meta.tactic, [...at, 'meta', 'tactic']) : posture.tactic,
      acceptance: meta.acceptance
        ? bench.acceptance(meta.acceptance, [...at, 'meta', 'acceptance'])
        : posture.acceptance,
      says: meta.says ?? posture.says,
      leaves: meta.leaves ?? posture.leaves,
      ears,
    };
  }
  return posture;
}
