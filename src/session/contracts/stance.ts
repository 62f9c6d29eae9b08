import type { Json } from '../../domain/id.ts';
import type { Condition, Conjunct } from '../../expression/index.ts';
import type { Fact, StanceState } from '../fact.ts';
import type { View } from '../view.ts';

/**
 * What guards and updates read: the party's view, the machine's own context, and the event being heard: `on` is one of the negotiation's own, or one a script
 * sends by name; `fact` is what happened, where anything did.
 */
export interface StanceEnv {
  view: View;
  context: { readonly [key: string]: Json };
  on: string;
  fact: Fact | undefined;
}

/** A guard, compiled from its name, which is its expression. */
export type Guard = Condition<StanceEnv>;

/** A part of a guard: all must hold. Its inputs are those of `inputs.ts`. */
export type GuardPart = Conjunct<StanceEnv>;

/** An update of the machine's context, from the shelf: returns the new context, or the same object. */
export type Update = (params: Readonly<Record<string, Json>>, env: StanceEnv) => { readonly [key: string]: Json };

/** A transition in a chart: an array of these in declared order; the first whose guard holds is taken. */
export interface ChartTransition {
  readonly target?: string | readonly string[];
  readonly guard?: string;
  readonly actions?: readonly { readonly type: string; readonly params?: Readonly<Record<string, Json>> }[];
  readonly reenter?: boolean;
  readonly description?: string;
}

/** A state of a chart: standard XState config, with the negotiating posture in `meta`. */
export interface ChartNode {
  readonly id?: string;
  readonly initial?: string;
  readonly type?: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly history?: 'shallow' | 'deep';
  readonly target?: string;
  readonly states?: Readonly<Record<string, ChartNode>>;
  readonly on?: Readonly<Record<string, readonly ChartTransition[]>>;
  readonly always?: readonly ChartTransition[];
  readonly entry?: readonly { readonly type: string; readonly params?: Readonly<Record<string, Json>> }[];
  readonly exit?: readonly { readonly type: string; readonly params?: Readonly<Record<string, Json>> }[];
  readonly meta?: Readonly<Record<string, Json>>;
  readonly description?: string;
  readonly tags?: readonly string[];
}

/** A whole machine. `context` is flat JSON. */
export interface Chart extends ChartNode {
  readonly context?: { readonly [key: string]: Json };
}

/** A chart with its guards and updates compiled, ready for an executor. */
export interface CompiledChart {
  readonly chart: Chart;
  readonly guards: ReadonlyMap<string, Guard>;
  readonly updates: ReadonlyMap<string, Update>;
}

/** The machine moved, or its context changed. */
export interface StanceStep {
  readonly state: StanceState;
  /** Paths of the deepest active states, dots between levels, `|` between parallel regions. */
  readonly from: string;
  readonly to: string;
  /** The last guard that held on the way, where there was one. */
  readonly guard?: string;
}

export interface StanceRunner {
  /** The state before anything happened: entry actions and eventless transitions already run. */
  start(env: StanceEnv): StanceState;
  /** What an event does; undefined when nothing changed. `heard` is the event's bit, where the caller has it (see `bitOf`). */
  hear(state: StanceState, env: StanceEnv, heard?: number): StanceStep | undefined;
  /**
   * After `hear` said that nothing changed: the inputs on which that rests. While they stay as they are, the same event in the same state changes nothing
   * again. Absent from runners that do not tell.
   */
  readonly rests?: number;
  /** Where that rests on the clock: the round before which the clock changes nothing. */
  readonly until?: number;
}

/** Runs charts. Two exist: `live` steps the XState machine itself, `table` a compiled form of the same chart. */
export interface StanceExecutor {
  readonly name: string;
  /** A runner, or the features of the chart this executor cannot express. */
  prepare(compiled: CompiledChart): StanceRunner | { readonly cannot: readonly string[] };
}

/** How many transitions in a row one event may cause before a stance counts as restless. */
export const PATIENCE = 1000;

/** A machine whose eventless transitions lead to one another without end. */
export class RestlessStance extends Error {
  constructor(party?: string) {
    const whose = party === undefined ? '' : ` of "${party}"`;
    super(
      `the stance${whose} never comes to rest: its eventless ("always") transitions lead to one another without end`,
    );
    this.name = 'RestlessStance';
  }
}

/** The deepest active states of a machine's value, as a path. */
export function pathOf(value: Json): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, Json>)
    .map(([key, inner]) => (isEmpty(inner) ? key : `${key}.${pathOf(inner)}`))
    .join(' | ');
}

const isEmpty = (inner: Json) => typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
