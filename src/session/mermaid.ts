import { nodes, type Placed, resolveTarget, transitionsOf } from './chart.ts';
import type { Chart } from './contracts/stance.ts';

export interface Highlight {
  /** Paths of active states (`closing`, `talks.probing`). */
  readonly active?: readonly string[];
  /** The transition just taken, as paths. */
  readonly taken?: { readonly from: string; readonly to: string };
}

/** A stance machine as a Mermaid state diagram; the active state and the transition just taken are drawn apart. */
export function mermaid(chart: Chart, { active = [], taken }: Highlight = {}): string {
  const all = nodes(chart);
  const lines = ['stateDiagram-v2', ...inside(all, all[0], '  ', taken)];
  for (const placed of all) {
    if (placed.keys.length === 0) continue;
    const note = postureText(placed);
    if (note !== '') lines.push(`  ${idOf(placed)}: ${placed.keys.at(-1)}<br/>${note}`);
  }
  if (active.length > 0) {
    lines.push('  classDef active fill:#ffd54f,stroke:#333,stroke-width:3px');
    for (const path of active) lines.push(`  class ${path.replaceAll('.', '_')} active`);
  }
  return lines.join('\n');
}

function inside(all: readonly Placed[], parent: Placed, indent: string, taken: Highlight['taken']): string[] {
  const lines: string[] = [];
  const children = all.filter(
    (p) => p.keys.length === parent.keys.length + 1 && parent.keys.every((k, i) => p.keys[i] === k),
  );
  if (parent.node.initial !== undefined) {
    const initial = children.find((p) => p.keys.at(-1) === parent.node.initial);
    if (initial) lines.push(`${indent}[*] --> ${idOf(initial)}`);
  }
  for (const child of children) {
    const inner = inside(all, child, `${indent}  `, taken);
    if (inner.length > 0 && child.node.states) lines.push(`${indent}state ${idOf(child)} {`, ...inner, `${indent}}`);
    if (child.node.type === 'final') lines.push(`${indent}${idOf(child)} --> [*]`);
  }
  for (const placed of parent.keys.length === 0 ? all : []) {
    for (const { on, transition } of transitionsOf(placed)) {
      for (const target of [transition.target ?? []].flat()) {
        const to = resolveTarget(all, placed, target);
        if (to === undefined) continue;
        const sources = placed.keys.length > 0 ? [placed] : children;
        for (const from of sources) {
          if (from === to && placed.keys.length === 0) continue;
          const label = [on || 'always', transition.guard && `[${plainly(transition.guard)}]`]
            .filter(Boolean)
            .join(' ');
          const mark = taken?.from === from.keys.join('.') && taken.to === to.keys.join('.') ? '➤ ' : '';
          lines.push(`${indent}${idOf(from)} --> ${idOf(to)}: ${mark}${label}`);
        }
      }
    }
  }
  return lines;
}

function postureText({ node }: Placed): string {
  const meta = node.meta as { tactic?: { type: string }; acceptance?: { type: string }; leaves?: string } | undefined;
  return [meta?.tactic?.type, meta?.acceptance?.type, meta?.leaves && 'leaves the talks'].filter(Boolean).join(', ');
}

const idOf = (placed: Placed) => placed.keys.join('_');

/** Mermaid takes `:` and `;` for its own. */
const plainly = (text: string) => text.replaceAll(';', ',').replaceAll(':', '꞉');
