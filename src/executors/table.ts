import { lowest } from '../domain/bits.ts';
import type { Json } from '../domain/id.ts';
import { nodes, resolveTarget } from '../session/chart.ts';
import {
  type CompiledChart,
  type Guard,
  type GuardPart,
  PATIENCE,
  pathOf,
  RestlessStance,
  type StanceEnv,
  type StanceExecutor,
  type StanceRunner,
  type StanceStep,
  type Update,
} from '../session/contracts/stance.ts';
import type { StanceState } from '../session/fact.ts';
import { bitOf, SIGNALS, STANCE_EVENTS } from '../session/hearing.ts';
import { ANYTHING, CLOCK } from '../session/inputs.ts';
import { Quiet } from './quiet.ts';
import { type Member, tree } from './tree.ts';

/**
 * The batch executor's stances: a chart without parallel regions or history is in one innermost state at a time, so that what every event does there, with
 * everything left and entered on the way, is known beforehand. The guards and updates are the very functions that the recorded executor hands to
 * XState, and both give the same steps on any event (a differential test holds them to it). It is not XState, and no benchmark calls it so.
 */
export const table: StanceExecutor = {
  name: 'table',
  prepare(compiled) {
    const cannot = beyond(compiled);
    return cannot.length > 0 ? { cannot } : new TableRunner(compiled);
  },
};

interface Action {
  readonly update: Update;
  readonly params: Readonly<Record<string, Json>>;
}

/** A part of a guard; `quiet` where it reads nothing but the clock. All must hold: they hang one on the other, as a list would be one more thing to look into. */
interface Part extends GuardPart {
  readonly quiet: Quiet | undefined;
  readonly next: Part | undefined;
}

/** A transition as it works from one innermost state: updates of everything left, of its own, and of everything entered. */
interface Edge {
  /** The guard's source, and the first of its parts: nothing where there is no guard. */
  readonly guard: string | undefined;
  readonly first: Part | undefined;
  readonly actions: readonly Action[];
  readonly to: Row;
}

/** An innermost state, with its edges in the order they are tried. */
interface Row {
  readonly path: string;
  readonly value: Json;
  /** A final state: the machine hears nothing any more. */
  readonly done: boolean;
  readonly on: Map<string, readonly Edge[]>;
  /** For events that no state on the way up lists by name. */
  other: readonly Edge[];
  /** For the negotiation's own events, in their order. */
  known: readonly (readonly Edge[])[];
  always: readonly Edge[];
  /** The latest state handed out, and steps from here, so that moving without memory allocates nothing. */
  state: StanceState | undefined;
  readonly steps: StanceStep[];
}

/** A round that does not come. */
const NEVER = 0x7fffffff;

class TableRunner implements StanceRunner {
  readonly #rows = new Map<Json, Row>();
  readonly #first: { readonly actions: readonly Action[]; readonly to: Row };
  readonly #context: StanceState['context'];
  #lastState: StanceState | undefined;
  #lastRow: Row | undefined;
  rests = 0;
  until = NEVER;

  constructor(compiled: CompiledChart) {
    this.#context = compiled.chart.context ?? {};
    const { rows, first } = compileRows(compiled);
    for (const row of rows) this.#rows.set(row.value, row);
    this.#first = first;
  }

  start(env: StanceEnv): StanceState {
    const context = run(this.#first.actions, this.#context, env);
    const rest = this.#settle(this.#first.to, context, env);
    return stateOf(rest.row, rest.context);
  }

  hear(state: StanceState, env: StanceEnv, heard = bitOf(env.on)): StanceStep | undefined {
    const start = this.#rowOf(state);
    this.rests = 0;
    this.until = NEVER;
    if (start.done) return undefined;
    const edges = heard === SIGNALS ? edgesOn(start, env.on) : start.known[lowest(heard)];
    if (edges.length === 0 && start.always.length === 0) return undefined;
    env.context = state.context;
    const edge = this.#choose(edges, env);
    if (edge === undefined && start.always.length === 0) return undefined;
    let row = start;
    let { context } = state;
    let guard: string | undefined;
    if (edge !== undefined) {
      context = run(edge.actions, context, env);
      row = edge.to;
      guard = edge.guard;
    }
    if (row.always.length > 0) {
      const rest = this.#settle(row, context, env);
      row = rest.row;
      context = rest.context;
      guard = rest.guard ?? guard;
    }
    if (row === start && sameContext(context, state.context)) return undefined;
    return stepOf(start, row, stateOf(row, context), guard);
  }

  /** Takes eventless transitions until none holds, or until the one that does changes nothing. */
  #settle(from: Row, given: StanceState['context'], env: StanceEnv) {
    let row = from;
    let context = given;
    let guard: string | undefined;
    for (let count = 1; !row.done; count++) {
      if (count > PATIENCE) throw new RestlessStance();
      env.context = context;
      const edge = this.#choose(row.always, env);
      if (edge === undefined) break;
      guard = edge.guard ?? guard;
      const idle = edge.actions.length === 0 && edge.to === row;
      context = run(edge.actions, context, env);
      row = edge.to;
      if (idle) break;
    }
    return { row, context, guard };
  }

  /** The first edge whose guard holds: what it does may differ the next time. Of a guard that does not, the first part that does not is reason enough. */
  #choose(edges: readonly Edge[], env: StanceEnv): Edge | undefined {
    for (let i = 0; i < edges.length; i++) {
      let part = edges[i].first;
      for (; part !== undefined; part = part.next) if (!part.holds(env)) break;
      if (part === undefined) {
        this.rests = ANYTHING;
        return edges[i];
      }
      const { inputs, quiet } = part;
      this.rests |= inputs;
      if ((inputs & CLOCK) === 0) continue;
      const { round, rounds } = env.view;
      const until = quiet === undefined ? round + 1 : quiet.until(round, rounds);
      if (until < this.until) this.until = until;
    }
    return undefined;
  }

  #rowOf(state: StanceState): Row {
    if (state === this.#lastState) return this.#lastRow!;
    const row = this.#rows.get(state.value) ?? this.#rowAt(pathOf(state.value));
    this.#lastState = state;
    this.#lastRow = row;
    return row;
  }

  /** The row of a nested state that came back from JSON. */
  #rowAt(path: string): Row {
    for (const row of this.#rows.values()) if (row.path === path) return row;
    throw new Error(`the stance has no state "${path}"`);
  }
}

const edgesOn = ({ on, other }: Row, event: string): readonly Edge[] => on.get(event) ?? other;

function run(actions: readonly Action[], given: StanceState['context'], env: StanceEnv): StanceState['context'] {
  let context = given;
  for (let i = 0; i < actions.length; i++) {
    env.context = context;
    context = actions[i].update(actions[i].params, env);
  }
  return context;
}

function stateOf(row: Row, context: StanceState['context']): StanceState {
  if (row.state?.context !== context) row.state = { value: row.value, context };
  return row.state;
}

function stepOf(start: Row, to: Row, state: StanceState, guard: string | undefined): StanceStep {
  const { steps } = start;
  let at = 0;
  while (at < steps.length && !(steps[at].to === to.path && steps[at].guard === guard)) at++;
  if (steps[at]?.state === state) return steps[at];
  const step = { state, from: start.path, to: to.path, ...(guard !== undefined && { guard }) };
  steps[at] = step;
  return step;
}

function sameContext(a: StanceState['context'], b: StanceState['context']): boolean {
  if (a === b) return true;
  for (const key in a) {
    if (a[key] === b[key]) continue;
    if (typeof a[key] !== 'object' || JSON.stringify(a[key]) !== JSON.stringify(b[key])) return false;
  }
  return true;
}

/** What of a chart the table cannot express, in words. */
function beyond({ chart }: CompiledChart): string[] {
  const cannot: string[] = [];
  for (const { node, keys } of nodes(chart)) {
    const where = keys.length === 0 ? 'the machine itself' : `"${keys.join('.')}"`;
    if (node.type === 'parallel') cannot.push(`parallel regions (${where})`);
    if (node.type === 'history') cannot.push(`history (${where})`);
    if (node.type === 'final' && keys.length > 1) cannot.push(`a final state inside another state (${where})`);
    if (node.type === 'final' && node.states) cannot.push(`a final state with states inside (${where})`);
    if (node.type === 'atomic' && node.states) cannot.push(`an atomic state with states inside (${where})`);
    const transitions = [...Object.values(node.on ?? {}), node.always ?? []].flat();
    if (transitions.some(({ target }) => Array.isArray(target) && target.length !== 1))
      cannot.push(`a transition to several states at once (${where})`);
    for (const event of Object.keys(node.on ?? {}))
      if (event.endsWith('.*')) cannot.push(`a partial wildcard (${where}: ${event})`);
  }
  return cannot;
}

/** Works out every row and edge. */
function compileRows({ chart, guards, updates }: CompiledChart) {
  const all = nodes(chart);
  const members = tree(all);
  const root = members[0];
  const known = new Map<Guard, Part | undefined>();
  const firstOf = (guard: Guard): Part | undefined => {
    if (!known.has(guard)) known.set(guard, guard.conjuncts.reduceRight<Part | undefined>(partOf, undefined));
    return known.get(guard);
  };
  const rows = new Map<Member, Row>();
  for (const member of members) {
    if (member.children.length > 0) continue;
    const value = stateValue(member.placed.keys);
    const done = member.placed.node.type === 'final';
    const blank = { other: [], known: [], always: [], state: undefined, steps: [] };
    rows.set(member, { path: pathOf(value), value, done, on: new Map(), ...blank });
  }

  type Named = { readonly type: string; readonly params?: Readonly<Record<string, Json>> };
  const actions = (list: readonly Named[] = []): Action[] =>
    list.map(({ type, params }) => ({ update: updates.get(type)!, params: params ?? {} }));
  /** Everything that happens on entering states, the outermost first; a machine that is done leaves all of them again. */
  const entering = (entered: readonly Member[], leaf: Member): Action[] => [
    ...entered.flatMap(({ placed }) => actions(placed.node.entry)),
    ...(rows.get(leaf)!.done ? leaf.line.flatMap(({ placed }) => actions(placed.node.exit)) : []),
  ];

  const edgesOf = (leaf: Member, source: Member, list: Member['placed']['node']['always'] = []): Edge[] =>
    list.map((transition) => {
      const { guard } = transition;
      const first = guard === undefined ? undefined : firstOf(guards.get(guard)!);
      const own = actions(transition.actions);
      const [target] = [transition.target ?? []].flat();
      if (target === undefined) return { guard, first, actions: own, to: rows.get(leaf)! };
      const aim = members[all.indexOf(resolveTarget(all, source.placed, target)!)];
      const domain = domainOf(aim, source, transition.reenter === true, root);
      const left = leaf.line.filter((member) => member.within(domain));
      const entered = aim.descent.concat(aim.line.slice(1).filter((member) => member.within(domain)));
      if (source !== aim || source !== domain || transition.reenter) entered.push(aim);
      entered.sort((a, b) => a.depth - b.depth);
      const end = aim.descent.at(-1) ?? aim;
      const leaving = left.flatMap(({ placed }) => actions(placed.node.exit));
      return { guard, first, actions: [...leaving, ...own, ...entering(entered, end)], to: rows.get(end)! };
    });

  for (const [leaf, row] of rows) {
    const events = new Set(leaf.line.flatMap(({ placed }) => Object.keys(placed.node.on ?? {})));
    for (const event of events) {
      const answers = ({ placed: { node } }: Member) => [
        ...(node.on?.[event] ?? []),
        ...(event === '*' ? [] : (node.on?.['*'] ?? [])),
      ];
      const edges = leaf.line.flatMap((member) => edgesOf(leaf, member, answers(member)));
      if (event === '*') row.other = edges;
      else row.on.set(event, edges);
    }
    row.known = STANCE_EVENTS.map((event) => edgesOn(row, event));
    row.always = leaf.line.flatMap((member) => edgesOf(leaf, member, member.placed.node.always));
  }
  const end = root.descent.at(-1) ?? root;
  const first = { actions: entering([root, ...root.descent], end), to: rows.get(end)! };
  return { rows: [...rows.values()], first };
}

/** The innermost state that a transition does not leave (SCXML's transition domain); undefined when it leaves the machine's root as well. */
function domainOf(aim: Member, source: Member, reenter: boolean, root: Member): Member | undefined {
  if (!reenter && (aim === source || aim.within(source))) return source;
  return aim.line.slice(1).find((ancestor) => source.within(ancestor)) ?? (reenter ? undefined : root);
}

const partOf = (next: Part | undefined, part: GuardPart): Part => ({
  holds: part.holds,
  inputs: part.inputs,
  quiet: part.inputs === CLOCK ? new Quiet(part) : undefined,
  next,
});

const stateValue = (keys: readonly string[]): Json =>
  keys.length === 0 ? {} : keys.length === 1 ? keys[0] : { [keys[0]]: stateValue(keys.slice(1)) };
