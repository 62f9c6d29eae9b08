import { isIn } from '../../debugger/breakpoint.ts';
import type { Frame } from '../../debugger/debugger.ts';
import { nodes, resolveTarget, transitionsOf } from '../../session/chart.ts';
import { pathOf } from '../../session/contracts/stance.ts';
import { type Highlight, mermaid } from '../../session/mermaid.ts';
import type { Paint } from '../console.ts';

/** A party's stance machine at a frame, as Mermaid text or drawn in plain characters: the active state marked *, the transition just taken >. */
export function machineText(frame: Frame, party: string, paint: Paint, as: 'text' | 'mermaid' = 'text'): string {
  const { game, state } = frame;
  const seat = game.seatOf(party);
  const { chart } = game.players[seat].compiled;
  const active = pathOf(state.seats[seat].stance.value);
  const taken = lastChange(frame, party);
  if (as === 'mermaid') {
    const highlight: Highlight = {
      active: active.split(' | '),
      ...(taken && { taken: { from: taken.from, to: taken.to } }),
    };
    return mermaid(chart, highlight);
  }
  const all = nodes(chart);
  const lines = [`${party} (${game.players[seat].name}), ${active}`];
  for (const placed of all) {
    const path = placed.keys.join('.');
    const inside = placed.keys.length > 0 && isIn(active, path);
    const indent = '  '.repeat(placed.keys.length);
    if (placed.keys.length > 0) {
      const meta = placed.node.meta as
        | { tactic?: { type: string }; acceptance?: { type: string }; leaves?: string }
        | undefined;
      const plays = [meta?.tactic?.type, meta?.acceptance?.type, meta?.leaves && 'leaves the talks']
        .filter(Boolean)
        .join(', ');
      const name = `${indent}${inside ? '*' : ' '} ${placed.keys.at(-1)}${plays === '' ? '' : ` (${plays})`}`;
      lines.push(inside ? paint.bold(name) : name);
    }
    for (const { on, transition } of transitionsOf(placed)) {
      const target = [transition.target ?? []].flat()[0];
      const to = target === undefined ? undefined : resolveTarget(all, placed, target)?.keys.join('.');
      const just =
        taken !== undefined &&
        taken.on === (on || taken.on) &&
        to !== undefined &&
        isIn(taken.to, to) &&
        (placed.keys.length === 0 || isIn(taken.from, path)) &&
        (transition.guard === undefined || transition.guard === taken.guard);
      const arrow = `${indent}  ${just ? '>' : ' '} ${on || 'always'} -> ${to ?? 'stays'}${transition.guard ? ` if ${transition.guard}` : ''}`;
      lines.push(just ? paint.yellow(arrow) : paint.dim(arrow));
    }
  }
  return lines.join('\n');
}

/** The change of stance that led to this frame, when its last fact is one. */
function lastChange({ fact }: Frame, party: string) {
  return fact?.type === 'stanceChanged' && fact.party === party && fact.from !== fact.to ? fact : undefined;
}
