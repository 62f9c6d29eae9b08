import fc from 'fast-check';
import type { Json } from '../../src/domain/id.ts';
import { condition, type Vocabulary } from '../../src/expression/index.ts';
import { nodes, transitionsOf } from '../../src/session/chart.ts';
import type {
  Chart,
  ChartNode,
  ChartTransition,
  CompiledChart,
  Guard,
  StanceEnv,
} from '../../src/session/contracts/stance.ts';
import { UPDATES } from '../../src/session/updates.ts';
import type { View } from '../../src/session/view.ts';

/** What random guards speak of: a small stand-in for the stance vocabulary. */
const vocabulary: Vocabulary<StanceEnv> = {
  names: {
    time: { kind: 'number', doc: 'time', read: ({ view }) => view.time },
    'context.a': { kind: 'number', doc: 'a', read: ({ context }) => Number(context['a'] ?? 0) },
    'context.b': { kind: 'number', doc: 'b', read: ({ context }) => Number(context['b'] ?? 0) },
    'event.name': { kind: 'string', doc: 'the event', read: ({ on }) => on },
  },
};

const GUARDS = [
  'time > 0.5',
  'time <= 0.3',
  'context.a < 3',
  'context.a >= context.b',
  "event.name == 'offered'",
  'context.b < 2 && time > 0.2',
  'false',
];
const EVENTS = ['offered', 'rejected', 'roundBegan', 'shocked'];

const action = fc.constantFrom<NonNullable<ChartNode['entry']>[number]>(
  { type: 'add', params: { key: 'a' } },
  { type: 'add', params: { key: 'b', by: 2 } },
  { type: 'set', params: { key: 'a', to: 0 } },
  { type: 'keep', params: { key: 'b', what: 'time' } },
);
const some = (most: number) => fc.array(action, { maxLength: most });

/** What a random chart may contain beyond nested states. */
export interface Features {
  readonly parallel?: boolean;
  readonly history?: boolean;
  readonly innerFinals?: boolean;
}

type Shape = {
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly inner: readonly Shape[];
};

function shape(depth: number, features: Features): fc.Arbitrary<Shape> {
  const leafKinds: Shape['kind'][] = ['atomic', 'atomic', 'atomic', 'atomic'];
  if (features.innerFinals) leafKinds.push('final');
  if (features.history) leafKinds.push('history');
  const leaf = fc.constantFrom(...leafKinds).map((kind): Shape => ({ kind, inner: [] }));
  if (depth === 0) return leaf;
  const inner = fc.array(shape(depth - 1, features), { minLength: 1, maxLength: 3 });
  const compound = inner.map((list): Shape => ({ kind: 'compound', inner: list }));
  const parallel = inner.map((list): Shape => ({ kind: 'parallel', inner: list }));
  const options = [
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: compound },
  ];
  if (features.parallel) options.push({ weight: 2, arbitrary: parallel });
  return fc.oneof(...options);
}

/** A random machine with guards, updates, eventless transitions, entry and exit updates and re-entering ones. */
export function charts(features: Features = {}): fc.Arbitrary<Chart> {
  return fc
    .tuple(fc.array(shape(2, features), { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([shapes, ends]) => skeleton(shapes, ends))
    .chain(({ root, names }) => dress(root, names, true) as fc.Arbitrary<Chart>);
}

/** Names the states s0, s1 ... in document order; every one can be targeted as `#name`. */
function skeleton(shapes: readonly Shape[], ends: boolean): { root: ChartNode; names: string[] } {
  const names: string[] = [];
  const build = ({ kind, inner }: Shape, parent: Shape['kind']): [string, ChartNode] => {
    const name = `s${names.length}`;
    // a history state makes sense beside others in a compound state only; XState needs a plain first child
    const type = (kind === 'history' || kind === 'final') && parent !== 'compound' ? 'atomic' : kind;
    names.push(name);
    if (inner.length === 0) return [name, { id: name, ...(type !== 'atomic' && { type }) }];
    return [name, { id: name, ...inside(inner, kind) }];
  };
  const inside = (inner: readonly Shape[], kind: Shape['kind']): ChartNode => {
    const states = inner.map((one, i) => build(i === 0 && isSpecial(one) ? { kind: 'atomic', inner: [] } : one, kind));
    return {
      states: Object.fromEntries(states),
      ...(kind === 'parallel' ? { type: 'parallel' as const } : { initial: states[0][0] }),
    };
  };
  const root = inside(shapes, 'compound');
  if (!ends) return { root, names };
  names.push('end');
  return { root: { ...root, states: { ...root.states, end: { id: 'end', type: 'final' } } }, names };
}

const isSpecial = ({ kind }: Shape) => kind === 'history' || kind === 'final';

/** Puts transitions and updates on every state. */
function dress(node: ChartNode, names: readonly string[], isRoot = false): fc.Arbitrary<ChartNode> {
  if (node.type === 'history')
    return fc.constantFrom('shallow' as const, 'deep' as const).map((history) => ({ ...node, history }));
  const children = Object.entries(node.states ?? {});
  const dressed = fc.tuple(...children.map(([, child]) => dress(child, names)));
  const target = fc.constantFrom(...names.map((name) => `#${name}`));
  const transition = fc.record(
    { target, guard: fc.constantFrom(...GUARDS), actions: some(2), reenter: fc.boolean() },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ChartTransition>;
  const guarded = transition.chain((one) => fc.constantFrom(...GUARDS).map((guard) => ({ ...one, guard })));
  const on = fc.dictionary(fc.constantFrom(...EVENTS, '*'), fc.array(transition, { minLength: 1, maxLength: 2 }), {
    maxKeys: 3,
  });
  const always = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(guarded, { maxLength: 1 }) },
  );
  if (node.type === 'final')
    return fc.tuple(some(1), some(1)).map(([entry, exit]): ChartNode => ({ ...node, entry, exit }));
  return fc.tuple(dressed, on, always, some(1), some(1)).map(
    ([inner, events, eventless, entry, exit]): Chart => ({
      ...node,
      ...(children.length > 0 && { states: Object.fromEntries(children.map(([key], i) => [key, inner[i]])) }),
      on: events,
      ...(eventless.length > 0 && { always: eventless }),
      entry,
      exit,
      ...(isRoot && { context: { a: 0, b: 0 } }),
    }),
  );
}

export function compileChart(chart: Chart): CompiledChart {
  const guards = new Map<string, Guard>();
  for (const placed of nodes(chart)) {
    for (const { transition } of transitionsOf(placed)) {
      if (transition.guard === undefined || guards.has(transition.guard)) continue;
      const compiled = condition(transition.guard, vocabulary);
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
      guards.set(transition.guard, compiled.expression);
    }
  }
  return { chart, guards, updates: new Map([...UPDATES].map(([name, { update }]) => [name, update])) };
}

/** What a stance hears, and how late it is then. */
export interface Heard {
  readonly type: string;
  readonly time: number;
}

export const heard: fc.Arbitrary<Heard[]> = fc.array(
  fc.record({ type: fc.constantFrom(...EVENTS, 'accepted'), time: fc.constantFrom(0.1, 0.25, 0.4, 0.6, 0.9) }),
  { maxLength: 12 },
);

/** An environment as a sitting gives one: the same object throughout, filled anew for each event. */
export function environment(): StanceEnv & { at(heard: Heard, context: Readonly<Record<string, Json>>): StanceEnv } {
  const view = { time: 0, round: 1, standing: -1, market: () => 50 };
  const env = {
    view: view as unknown as View,
    context: {} as Readonly<Record<string, Json>>,
    on: 'start',
    fact: undefined,
    at({ type, time }: Heard, context: Readonly<Record<string, Json>>) {
      view.time = time;
      env.on = type;
      env.context = context;
      return env;
    },
  };
  return env;
}
