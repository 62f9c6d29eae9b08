import { type ActorScope, type AnyMachineSnapshot, type AnyStateMachine, assign, createActor, setup } from 'xstate';
import type { Json } from '../domain/id.ts';
import {
  type Chart,
  type CompiledChart,
  pathOf,
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
  readonly #machine: AnyStateMachine;
  readonly #scope: Scope;
  readonly #chart: Chart;
  readonly #guards: CompiledChart['guards'];
  /** Snapshots of states seen before, so that stepping on from a state need not rebuild its machine. */
  readonly #snapshots = new WeakMap<StanceState, AnyMachineSnapshot>();

  constructor(compiled: CompiledChart) {
    this.#machine = machineOf(compiled);
    this.#scope = inertScope(this.#machine);
    this.#chart = compiled.chart;
    this.#guards = compiled.guards;
  }

  start(env: StanceEnv): StanceState {
    return this.#remember(this.#machine.getInitialSnapshot(this.#scope, { env }));
  }

  hear(state: StanceState, env: StanceEnv) {
    const before = this.#snapshots.get(state) ?? this.#resolve(state);
    const after: AnyMachineSnapshot = this.#machine.transition(
      before,
      { type: env.event.type, env } as never,
      this.#scope,
    );
    if (after.value === before.value && after.context === before.context) return undefined;
    if (same(after.value, before.value) && same(after.context, before.context)) return undefined;
    const next = this.#remember(after);
    const guard = this.#taken(state, env);
    return { state: next, from: pathOf(state.value), to: pathOf(next.value), ...(guard && { guard }) };
  }

  /** The guard of the first transition that the event could take. */
  #taken(state: StanceState, env: StanceEnv): string | undefined {
    env.context = state.context;
    return candidates(this.#chart, state.value, env.event.type).find(
      ({ guard }) => guard === undefined || this.#guards.get(guard)?.holds(env),
    )?.guard;
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

/** The XState machine of a chart, its guards and updates given as implementations under their names. */
export function machineOf({ chart, guards, updates }: CompiledChart): AnyStateMachine {
  type Args = {
    context: { readonly [key: string]: Json };
    event: { type: string; env?: StanceEnv; input?: { env: StanceEnv } };
  };
  const envOf = ({ context, event }: Args): StanceEnv => {
    const env = (event.env ?? event.input?.env) as StanceEnv;
    env.context = context;
    return env;
  };
  const config = {
    ...chart,
    context: chart.context ?? {},
  };
  return setup({
    guards: Object.fromEntries(
      [...guards].map(([name, guard]) => [name, (args: unknown) => guard.holds(envOf(args as Args))]),
    ),
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

function inertScope(machine: AnyStateMachine): Scope {
  const nothing = () => {};
  const self = { send: nothing, id: '', sessionId: '', _parent: undefined, getSnapshot: nothing };
  return {
    self,
    system: createActorSystem(machine),
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
function createActorSystem(_machine: AnyStateMachine) {
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
