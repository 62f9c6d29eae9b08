import type { Placed } from '../session/chart.ts';

/** A state of a chart among its relatives. */
export interface Member {
  readonly placed: Placed;
  readonly depth: number;
  /** The state itself, its parent, and so on to the root. */
  readonly line: readonly Member[];
  readonly children: readonly Member[];
  /** The states entered with it by default, outermost first: its initial state, that one's initial state ... */
  readonly descent: readonly Member[];
  /** Whether it lies properly inside another; everything lies inside nothing. */
  within(other: Member | undefined): boolean;
}

/** The states of a chart in the order `nodes` lists them, related. */
export function tree(all: readonly Placed[]): readonly Member[] {
  const members = all.map((placed) => new Relative(placed));
  const byPath = new Map(members.map((member) => [member.placed.keys.join('.'), member]));
  for (const member of members.slice(1)) {
    const parent = byPath.get(member.placed.keys.slice(0, -1).join('.'))!;
    member.line.push(...parent.line);
    parent.children.push(member);
  }
  for (const member of members.toReversed()) {
    const { initial } = member.placed.node;
    const first = member.children.find((child) => child.placed.keys.at(-1) === initial);
    if (first) member.descent.push(first, ...first.descent);
  }
  return members;
}

class Relative implements Member {
  readonly placed: Placed;
  readonly line: Relative[] = [this];
  readonly children: Relative[] = [];
  readonly descent: Relative[] = [];

  constructor(placed: Placed) {
    this.placed = placed;
  }

  get depth(): number {
    return this.placed.keys.length;
  }

  within(other: Relative | undefined): boolean {
    return other === undefined || this.line.indexOf(other) > 0;
  }
}
