import { type ActorScope, type AnyMachineSnapshot, type AnyStateMachine, assign, createActor, setup } from 'xstate';
import type { Json } from '../domain/id.ts';
import {
  type ChartTransition,
  type CompiledChart,
  type Guard,
  PATIENCE,
  pathOf,
  RestlessStance,
  type StanceEnv,
  type StanceExecutor,
  type StanceRunner,
} from '../session/contracts/stance.ts';
import type { StanceState } from '../session/fact.ts';
import { candidates } from '../session/hearing.ts';

/**
 * The recorded executor: steps the XState machine itself, purely. `machine.transition` with one reused inert scope does what `actor.send` does without an
 * actor per call; a test holds the two equal on random machines. This is the only file that imports xstate.
 */
export const live: StanceExecutor = {
  name: 'live',
  prepare: (compiled) => new LiveRunner(compiled),
};

type Scope = ActorScope<AnyMachineSnapshot, { type: string }>;

class LiveRunner implements StanceRunner {
  readonly #compiled: CompiledChart;
  readonly #machine: AnyStateMachine;
  readonly #scope: Scope;
  readonly #hearing: Hearing = {};
  /** Snapshots of states seen before, so that stepping on from a state need not rebuild its machine. */
  readonly #snapshots = new WeakMap<StanceState, AnyMachineSnapshot>();

  /** The guards of the transitions that could answer an event in a state; undefined where there is no guard. */
  readonly #answers = new Map<readonly ChartTransition[], readonly (Guard | undefined)[]>();

  constructor(compiled: CompiledChart) {
    this.#compiled = compiled;
    this.#machine = machineOf(compiled, this.#hearing);
    this.#scope = inertScope();
  }

  start(env: StanceEnv): StanceState {
    const snapshot = this.#machine.getInitialSnapshot(this.#scope, { env });
    if (snapshot.status === 'error') throw restless(snapshot.error);
    return this.#remember(snapshot);
  }

  hear(state: StanceState, env: StanceEnv) {
    const before = this.#snapshots.get(state) ?? this.#resolve(state);
    if (before.status === 'done' || !this.#mayMove(state, env)) return undefined;
    this.#hearing.guard = undefined;
    const after = this.#transition(before, env);
    if (after === before) return undefined;
    const history = after.historyValue === before.historyValue || same(saveHistory(after), saveHistory(before));
    if (history && same(after.value, before.value) && same(after.context, before.context)) return undefined;
    const next = this.#remember(after);
    const { guard } = this.#hearing;
    return { state: next, from: pathOf(state.value), to: pathOf(next.value), ...(guard !== undefined && { guard }) };
  }

  /** Whether any transition that could answer the event has its guard satisfied; stepping a whole machine to learn that none has costs a hundred times more. */
  #mayMove(state: StanceState, env: StanceEnv): boolean {
    const { chart, guards: compiled } = this.#compiled;
    const options = candidates(chart, state.value, env.on);
    let guards = this.#answers.get(options);
    if (guards === undefined) {
      guards = options.map(({ guard }) => (guard === undefined ? undefined : compiled.get(guard)));
      this.#answers.set(options, guards);
    }
    env.context = state.context;
    return guards.some((guard) => guard === undefined || guard.holds(env));
  }

  #transition(before: AnyMachineSnapshot, env: StanceEnv): AnyMachineSnapshot {
    try {
      return this.#machine.transition(before, { type: env.on, env } as never, this.#scope);
    } catch (error) {
      throw restless(error);
    }
  }

  #resolve({ value, context, historyValue }: StanceState): AnyMachineSnapshot {
    const history = historyValue && restoreHistory(this.#machine, historyValue);
    return this.#machine.resolveState({ value, context, historyValue: history } as never);
  }

  #remember(snapshot: AnyMachineSnapshot): StanceState {
    const history = saveHistory(snapshot);
    const state: StanceState = {
      value: snapshot.value as Json,
      context: snapshot.context as StanceState['context'],
      ...(history && { historyValue: history }),
    };
    this.#snapshots.set(state, snapshot);
    return state;
  }
}

/** What the implementations of a machine's guards share while one event is heard: the view, and the last guard that held. */
interface Hearing {
  env?: StanceEnv;
  guard?: string;
}

/** The XState machine of a chart, its guards and updates given as implementations under their names. */
export function machineOf({ chart, guards, updates }: CompiledChart, hearing: Hearing = {}): AnyStateMachine {
  type Args = {
    context: { readonly [key: string]: Json };
    event: { type: string; env?: StanceEnv; input?: { env: StanceEnv } };
  };
  // Events that XState raises itself (a region is done) carry no view; they are heard in the same instant as the event before them.
  const envOf = ({ context, event }: Args): StanceEnv => {
    const env = (event.env ?? event.input?.env ?? hearing.env) as StanceEnv;
    hearing.env = env;
    env.context = context;
    return env;
  };
  const holds = (name: string, args: Args): boolean => {
    const held = guards.get(name)?.holds(envOf(args)) ?? false;
    if (held) hearing.guard = name;
    return held;
  };
  const config = { ...chart, context: chart.context ?? {}, options: { maxIterations: PATIENCE } };
  return setup({
    guards: Object.fromEntries([...guards.keys()].map((name) => [name, (args: unknown) => holds(name, args as Args)])),
    actions: Object.fromEntries(
      [...updates].map(([name, update]) => [
        name,
        assign((args: unknown, params: unknown) => {
          const env = envOf(args as Args);
          return update((params ?? {}) as Readonly<Record<string, Json>>, env);
        }) as never,
      ]),
    ),
  }).createMachine(config as never) as unknown as AnyStateMachine;
}

/** What XState throws when eventless transitions never come to rest, in this project's words. */
function restless(error: unknown): unknown {
  return error instanceof Error && error.message.startsWith('Infinite loop') ? new RestlessStance() : error;
}

function inertScope(): Scope {
  const nothing = () => {};
  const self = { send: nothing, id: '', sessionId: '', _parent: undefined, getSnapshot: nothing };
  return {
    self,
    system: createActorSystem(),
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  } as unknown as Scope;
}

/** A system to put in the scope; stances spawn nothing, so nothing is ever registered with it. */
function createActorSystem() {
  return createActor(setup({}).createMachine({})).system;
}

function saveHistory(snapshot: AnyMachineSnapshot): Json | undefined {
  const entries = Object.entries((snapshot.historyValue ?? {}) as Record<string, { id: string }[]>);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, nodes]) => [key, nodes.map((n) => n.id)]),
  );
}

function restoreHistory(machine: AnyStateMachine, saved: Json) {
  return Object.fromEntries(
    Object.entries(saved as Record<string, string[]>).map(([key, ids]) => [
      key,
      ids.map((id) => machine.getStateNodeById(id)),
    ]),
  );
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
