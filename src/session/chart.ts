import { z } from 'zod';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';
import type { Chart, ChartNode, ChartTransition } from './contracts/stance.ts';
import { STANCE_EVENTS } from './hearing.ts';

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
const flat = z.record(z.string(), z.union([z.null(), z.boolean(), z.number(), z.string()]));
const stateName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a state name is letters, digits and underscores');

const action = z.union([
  z.string().transform((type) => ({ type })),
  z.strictObject({ type: z.string(), params: z.record(z.string(), json).optional() }),
]);
const actions = z.union([action.transform((one) => [one]), z.array(action)]);

const guard = z
  .union([z.string(), z.strictObject({ type: z.string() })])
  .transform((given) => (typeof given === 'string' ? given : given.type));

const transition = z.union([
  z.string().transform((target): ChartTransition => ({ target })),
  z.strictObject({
    target: z.union([z.string(), z.array(z.string())]).optional(),
    guard: guard.optional(),
    actions: actions.optional(),
    reenter: z.boolean().optional(),
    description: z.string().optional(),
  }),
]);
const transitions = z.union([transition.transform((one) => [one]), z.array(transition)]);

/** What a stance says and does in a state; the deepest active state that has one wins. */
export const posture = z.strictObject({
  tactic: z.looseObject({ type: z.string() }).optional(),
  acceptance: z.looseObject({ type: z.string() }).optional(),
  says: z.string().max(500).optional(),
  /** A state that leaves the talks: why. */
  leaves: z.string().max(500).optional(),
});

const node: z.ZodType<ChartNode> = z.lazy(() =>
  z.strictObject({
    id: z.string().optional(),
    initial: z.string().optional(),
    type: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']).optional(),
    history: z.enum(['shallow', 'deep']).optional(),
    target: z.string().optional(),
    description: z.string().max(2000).optional(),
    tags: z.array(z.string()).optional(),
    states: z.record(stateName, node).optional(),
    on: z.record(z.string(), transitions).optional(),
    always: transitions.optional(),
    entry: actions.optional(),
    exit: actions.optional(),
    meta: posture.optional() as never,
  }),
);

/** A stance machine as a scenario writes it: standard XState config, without timers, invoked or spawned actors. */
export const chart = z.strictObject({
  id: z.string().optional(),
  description: z.string().max(2000).optional(),
  initial: z.string(),
  type: z.enum(['compound', 'parallel']).optional(),
  context: flat.optional(),
  states: z.record(stateName, node),
  on: z.record(z.string(), transitions).optional(),
  always: transitions.optional(),
  entry: actions.optional(),
  exit: actions.optional(),
  meta: posture.optional() as never,
  version: z.string().optional(),
}) as unknown as z.ZodType<Chart>;

type Path = (string | number)[];

/** A node of a chart with where it stands: `keys` from the root, `path` in the file. */
export interface Placed {
  readonly node: ChartNode;
  readonly keys: readonly string[];
  readonly path: Path;
}

/** Every node of a chart, the root first, parents before children. */
export function nodes(root: ChartNode, keys: readonly string[] = [], path: Path = []): Placed[] {
  const inner = Object.entries(root.states ?? {}).flatMap(([key, child]) =>
    nodes(child, [...keys, key], [...path, 'states', key]),
  );
  return [{ node: root, keys, path }, ...inner];
}

/** Every transition of a node, with the event that triggers it (empty for eventless ones) and its place in the file. */
export function transitionsOf({ node, path }: Placed): { on: string; transition: ChartTransition; path: Path }[] {
  const eventful = Object.entries(node.on ?? {}).flatMap(([on, list]) =>
    list.map((transition, i) => ({ on, transition, path: [...path, 'on', on, ...(list.length > 1 ? [i] : [])] })),
  );
  const eventless = (node.always ?? []).map((transition, i) => ({ on: '', transition, path: [...path, 'always', i] }));
  return [...eventful, ...eventless];
}

/** The node a target names, seen from a node: a sibling, `.child`, `a.b` among siblings, or `#id`. */
export function resolveTarget(all: readonly Placed[], from: Placed, target: string): Placed | undefined {
  if (target.startsWith('#')) {
    const [id, ...rest] = target.slice(1).split('.');
    const base = all.find((placed) => placed.node.id === id);
    return base && find(all, [...base.keys, ...rest]);
  }
  if (target.startsWith('.')) return find(all, [...from.keys, ...target.slice(1).split('.')]);
  if (from.keys.length === 0) return undefined;
  return find(all, [...from.keys.slice(0, -1), ...target.split('.')]);
}

const find = (all: readonly Placed[], keys: readonly string[]) =>
  all.find((placed) => placed.keys.length === keys.length && placed.keys.every((key, i) => key === keys[i]));

/** What is wrong with a chart's shape: missing initial states, unknown targets, states nothing leads to, events nobody sends. */
export function shapeFlaws(root: Chart, signals: readonly string[]): Flaw[] {
  const all = nodes(root);
  const flaws: Flaw[] = [];
  const known = [...STANCE_EVENTS, ...signals, '*'];
  for (const placed of all) {
    const { node, path } = placed;
    const children = Object.keys(node.states ?? {});
    if (children.length > 0 && node.type !== 'parallel') {
      if (node.initial === undefined) {
        flaws.push({ path, code: 'no-initial-state', message: 'a state with states inside needs an "initial" one' });
      } else if (!children.includes(node.initial)) {
        const near = suggest(node.initial, children);
        const hint = near ? `did you mean "${near}"?` : `states: ${children.join(', ')}`;
        flaws.push({
          path: [...path, 'initial'],
          code: 'unknown-state',
          message: `there is no state "${node.initial}"`,
          hint,
        });
      }
    }
    for (const { on, transition, path: at } of transitionsOf(placed)) {
      if (on !== '' && !known.includes(on)) {
        const near = suggest(on, known);
        const hint = near ? `did you mean "${near}"?` : `events: ${known.join(', ')}`;
        flaws.push({ path: at, code: 'unknown-stance-event', message: `no event "${on}" is ever heard here`, hint });
      }
      for (const target of [transition.target ?? []].flat()) {
        if (resolveTarget(all, placed, target)) continue;
        const names = all.map((p) => p.keys.at(-1) ?? '').filter(Boolean);
        const near = suggest(target.replace(/^[.#]/, ''), names);
        const hint =
          placed.keys.length === 0 && !target.startsWith('.')
            ? `from the machine's root write ".${target}"`
            : near
              ? `did you mean "${near}"?`
              : `states: ${names.join(', ')}`;
        flaws.push({
          path: [...at, 'target'],
          code: 'unknown-state',
          message: `a transition leads to "${target}", which is no state here`,
          hint,
        });
      }
    }
  }
  if (flaws.length > 0) return flaws;
  const reached = reachable(all);
  for (const placed of all) {
    if (reached.has(placed) || placed.keys.length === 0) continue;
    const parentMissed = all.some(
      (p) => !reached.has(p) && p.keys.length < placed.keys.length && p.keys.every((k, i) => placed.keys[i] === k),
    );
    if (parentMissed) continue;
    const name = placed.keys.join('.');
    flaws.push({
      path: placed.path,
      code: 'unreachable-state',
      message: `nothing leads to the state "${name}"`,
      hint: 'give it a transition, or take it out',
    });
  }
  return flaws;
}

function reachable(all: readonly Placed[]): Set<Placed> {
  const reached = new Set<Placed>();
  const enter = (placed: Placed | undefined) => {
    if (placed === undefined || reached.has(placed)) return;
    reached.add(placed);
    if (placed.keys.length > 0) enter(find(all, placed.keys.slice(0, -1)));
    const children = Object.keys(placed.node.states ?? {});
    const entered = placed.node.type === 'parallel' ? children : [placed.node.initial ?? ''];
    for (const child of entered) enter(find(all, [...placed.keys, child]));
    if (placed.node.target) enter(resolveTarget(all, placed, placed.node.target));
    for (const { transition } of transitionsOf(placed)) {
      for (const target of [transition.target ?? []].flat()) enter(resolveTarget(all, placed, target));
    }
  };
  enter(all[0]);
  return reached;
}
