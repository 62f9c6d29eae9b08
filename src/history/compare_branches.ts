import { type Settlement, settle } from '../scenario/settlement.ts';
import type { Fact } from '../session/fact.ts';
import type { Branch } from './branch.ts';
import { sharedFacts } from './branch.ts';

/** Two branches side by side, each played to its end. */
export interface BranchComparison {
  /** The last moment at which both are the same, as an address; `start` where they differ from the first fact on. */
  readonly part: string;
  /** The first fact of each that the other has not; undefined where one ends, both where they are the same throughout. */
  readonly first: readonly [Fact | undefined, Fact | undefined];
  readonly same: boolean;
  /** The offers of each after they part, as [address, party, outcome]. */
  readonly offers: readonly [readonly OfferMade[], readonly OfferMade[]];
  readonly settlements: readonly [Settlement, Settlement];
}

export interface OfferMade {
  readonly at: string;
  readonly by: string;
  readonly outcome: number;
}

/** Compares two branches: where they part, and what came of each. Plays both to their ends (or as far as their strategies go). */
export function compareBranches(a: Branch, b: Branch): BranchComparison {
  for (const { recording } of [a, b]) recording.reach(Number.POSITIVE_INFINITY);
  const [x, y] = [a.recording, b.recording];
  let turn = 0;
  while (turn < x.turns.length && turn < y.turns.length && sharedTurn(a, b, turn)) turn++;
  const within = sharedFacts(x.turns[turn]?.facts ?? [], y.turns[turn]?.facts ?? []);
  const position = x.startOf(turn) + within;
  const first = [x.fact(position + 1), y.fact(position + 1)] as const;
  return {
    part: x.addressText(position),
    first,
    same: first[0] === undefined && first[1] === undefined,
    offers: [offersAfter(a, position), offersAfter(b, position)],
    settlements: [settle(x.gameAt(x.size), x.last), settle(y.gameAt(y.size), y.last)],
  };
}

function sharedTurn(a: Branch, b: Branch, turn: number): boolean {
  const [x, y] = [a.recording.turns[turn], b.recording.turns[turn]];
  if (x === y) return true;
  return x.facts.length === y.facts.length && sharedFacts(x.facts, y.facts) === x.facts.length;
}

function offersAfter({ recording }: Branch, position: number): OfferMade[] {
  const made: OfferMade[] = [];
  for (let p = position + 1; p <= recording.size; p++) {
    const fact = recording.fact(p);
    if (fact?.type === 'offered') made.push({ at: recording.addressText(p), by: fact.by, outcome: fact.outcome });
  }
  return made;
}
