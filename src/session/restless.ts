import type { Flaw } from '../domain/issue.ts';
import { nodes, type Placed, resolveTarget } from './chart.ts';
import { type Chart, type ChartTransition, RestlessStance, type StanceRunner } from './contracts/stance.ts';

interface Step {
  readonly transition: ChartTransition;
  readonly path: readonly (string | number)[];
  readonly to: Placed | undefined;
}

/**
 * What is certain to keep a machine from ever coming to rest: states that are all left at once, whatever holds, for one another. Guards may do the same in
 * other ways, which only shows when they are asked.
 */
export function restlessFlaws(chart: Chart): Flaw[] {
  const all = nodes(chart);
  const steps = new Map<Placed, readonly Step[]>();
  for (const leaf of all) {
    const leaving = isLeaf(leaf) ? leavingAtOnce(all, leaf) : undefined;
    if (leaving) steps.set(leaf, leaving);
  }
  for (let before = -1; before !== steps.size; ) {
    before = steps.size;
    for (const [leaf, leaving] of steps) {
      if (!leaving.every(({ to }) => to !== undefined && to !== leaf && steps.has(to))) steps.delete(leaf);
    }
  }
  const [first] = steps.keys();
  return first === undefined ? [] : [told(first, steps)];
}

/** The eventless transitions one of which is taken as soon as a state is entered; undefined where it may stay. */
function leavingAtOnce(all: readonly Placed[], leaf: Placed): Step[] | undefined {
  const steps: Step[] = [];
  for (let depth = leaf.keys.length; depth >= 0; depth--) {
    const node = at(all, leaf.keys.slice(0, depth));
    for (const [i, transition] of (node?.node.always ?? []).entries()) {
      const [target, ...more] = [transition.target ?? []].flat();
      const to = node && target && more.length === 0 ? entered(all, resolveTarget(all, node, target)) : undefined;
      steps.push({ transition, path: [...(node?.path ?? []), 'always', i], to });
      if (transition.guard === undefined) return steps;
    }
  }
  return undefined;
}

/** The state that is entered with another, where that is certain: by initial states, without regions or history. */
function entered(all: readonly Placed[], placed: Placed | undefined): Placed | undefined {
  if (placed === undefined || isLeaf(placed)) return placed;
  const { initial, type } = placed.node;
  return type === 'parallel' || initial === undefined ? undefined : entered(all, at(all, [...placed.keys, initial]));
}

const isLeaf = ({ node }: Placed) =>
  Object.keys(node.states ?? {}).length === 0 && node.type !== 'history' && node.type !== 'final';

const at = (all: readonly Placed[], keys: readonly string[]) =>
  all.find((placed) => placed.keys.length === keys.length && placed.keys.every((key, i) => key === keys[i]));

function told(first: Placed, steps: ReadonlyMap<Placed, readonly Step[]>): Flaw {
  const last = (leaf: Placed) => (steps.get(leaf) as readonly Step[]).at(-1) as Step;
  const way = [first];
  for (let next = last(first).to; next !== undefined && !way.includes(next); next = last(next).to) way.push(next);
  const names = [...way, last(way.at(-1) as Placed).to as Placed].map(({ keys }) => `"${keys.join('.')}"`);
  return {
    path: last(first).path,
    code: 'never-rests',
    message: `the stance never comes to rest: ${names.join(' leads at once to ')}`,
    hint: 'give one of these "always" transitions a guard, or let it wait for an event under "on"',
  };
}

/** A runner that says whose stance it is that never comes to rest. Only eventless transitions can keep one from it. */
export function answerable(runner: StanceRunner, chart: Chart, party: string): StanceRunner {
  if (nodes(chart).every(({ node }) => node.always === undefined)) return runner;
  const named = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      throw error instanceof RestlessStance ? new RestlessStance(party) : error;
    }
  };
  return {
    start: (env) => named(() => runner.start(env)),
    hear: (state, env) => named(() => runner.hear(state, env)),
    get rests() {
      return runner.rests;
    },
    get until() {
      return runner.until;
    },
  };
}
