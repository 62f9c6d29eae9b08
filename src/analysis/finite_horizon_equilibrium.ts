import { disagreementPoint } from './modes.ts';
import { sortDescending } from './radix_sort.ts';
import type { Found, UtilitySpace } from './utility_space.ts';

/** Whose yes makes an agreement: everybody's, that of so many parties, or that of these seats. The proposer's own counts. */
export type Consent = 'unanimity' | { readonly quorum: number } | { readonly required: readonly number[] };
export type Indifference = 'accept' | 'reject';
/** Among offers equally good for the proposer: the best for the others in sum, the worst for them, or the lowest index. */
export type TieBreak = 'benevolent' | 'spiteful' | 'index';

export interface FiniteHorizonOptions {
  /** Discount per turn and seat, from 0 to 1. */
  readonly discounts: readonly number[];
  /** Turns before disagreement. */
  readonly rounds: number;
  /** Seats in the order in which they propose, repeated (default: seat order). */
  readonly order?: readonly number[];
  readonly consent?: Consent;
  /** What a responder does when an offer is worth exactly as much as waiting (default 'accept'). */
  readonly indifference?: Indifference;
  readonly tieBreak?: TieBreak;
}

/** What happens at one turn if it is reached. */
export interface EquilibriumTurn {
  readonly turn: number;
  readonly proposer: number;
  /** The offer that is made and accepted; null = the proposer lets the turn pass (delay). */
  readonly offer: number | null;
  /** Continuation values at this turn, per seat. */
  readonly value: readonly number[];
  /** Further offers that are as good for the proposer. */
  readonly ties: number;
}

export interface FiniteHorizonEquilibrium extends Found {
  /** Value of the game at its first turn, per seat, in utility discounted to that turn. */
  readonly value: readonly number[];
  /** What is agreed on the path, and at which turn (0-based); null = disagreement. */
  readonly agreement: { readonly outcome: number; readonly turn: number } | null;
  /** The first turn passes without agreement. */
  readonly delay: boolean;
  readonly turns: readonly EquilibriumTurn[];
  /** Smallest and largest value per seat over all combinations of tie rules. */
  readonly range: readonly { readonly min: number; readonly max: number }[];
  /** Turns at which the steps between outcomes were too coarse for discounting to move a party. */
  readonly coarseTurns: number;
}

/** Utilities closer than this are equal to a party. */
const EQUAL = 1e-12;
const TIE_RULES: readonly (readonly [Indifference, TieBreak])[] = [
  ['accept', 'benevolent'],
  ['accept', 'spiteful'],
  ['accept', 'index'],
  ['reject', 'benevolent'],
  ['reject', 'spiteful'],
  ['reject', 'index'],
];

/**
 * Subgame-perfect equilibrium of alternating offers with a deadline, on the actual outcomes, by backward induction: after the
 * last turn everybody gets its reservation value d; at turn t the proposer picks its best outcome among those that
 * enough responders find worth d_j V_(t+1, j), if that is worth waiting's d_p V_(t+1, p) to it, else it lets the turn pass.
 * Responders answer in sequence, so nobody votes no because others do. O(T N n) at worst; outcomes sorted by the proposer's
 * utility let most turns stop early.
 *
 * A finite set of outcomes is not a pie: once (1 - d) v falls below the step between outcomes, offers stop shrinking, and
 * whoever moves last keeps nearly all. `coarseTurns` counts where that happened, and a warning says so (compare van Damme,
 * Selten and Winter 1990 on the smallest money unit).
 */
export function finiteHorizonEquilibrium(space: UtilitySpace, options: FiniteHorizonOptions): FiniteHorizonEquilibrium {
  const { discounts, rounds } = options;
  const n = space.parties.length;
  if (discounts.length !== n || discounts.some((d) => !(d >= 0 && d <= 1))) {
    throw new RangeError('discount factors: one per party, from 0 to 1');
  }
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('at least one round');
  const game = prepare(space, options);
  const chosen: readonly [Indifference, TieBreak] = [
    options.indifference ?? 'accept',
    options.tieBreak ?? 'benevolent',
  ];
  const main = induct(game, chosen);
  const min = [...main.value];
  const max = [...main.value];
  for (const rules of TIE_RULES) {
    if (rules[0] === chosen[0] && rules[1] === chosen[1]) continue;
    const { value } = induct(game, rules);
    value.forEach((v, i) => {
      min[i] = Math.min(min[i], v);
      max[i] = Math.max(max[i], v);
    });
  }
  const agreed = main.turns.find((turn) => turn.offer !== null);
  const warnings = [...game.warnings];
  if (main.coarse > 0) {
    warnings.push(
      `coarse grid: at ${main.coarse} of ${rounds} turns a party is worth the same offer next turn as now, ` +
        'because no outcome lies between; the last mover gains by it, a finer grid may answer differently',
    );
  }
  if (min.some((m, i) => max[i] - m > EQUAL))
    warnings.push('the value depends on how ties are broken (range: from the least to the most)');
  if (main.free > 0) warnings.push(`at ${main.free} turns a needed yes was bought for nothing (continuation worth 0)`);
  return {
    value: main.value,
    agreement: agreed === undefined ? null : { outcome: agreed.offer as number, turn: agreed.turn },
    delay: main.turns[0].offer === null,
    turns: main.turns,
    range: min.map((m, i) => ({ min: m, max: max[i] })),
    coarseTurns: main.coarse,
    method: `backward induction over ${rounds} turns; ${chosen[0]} when indifferent, ${chosen[1]} among equal offers`,
    ties: main.turns.reduce((sum, turn) => sum + turn.ties, 0),
    warnings,
    completeness: `exhaustive over ${space.outcomes.length} outcomes; range over ${TIE_RULES.length} tie rules`,
  };
}

interface Game {
  readonly space: UtilitySpace;
  readonly discounts: readonly number[];
  readonly rounds: number;
  readonly order: readonly number[];
  readonly disagreement: readonly number[];
  /** Per seat that proposes: outcomes from its best to its worst. */
  readonly best: readonly Int32Array[];
  /** Per seat: its utility levels, descending. */
  readonly levels: readonly Float64Array[];
  readonly quorum: number;
  readonly required: readonly boolean[];
  readonly warnings: readonly string[];
}

function prepare(space: UtilitySpace, options: FiniteHorizonOptions): Game {
  const n = space.parties.length;
  const consent = options.consent ?? 'unanimity';
  const { d, warnings } = disagreementPoint(space, 'reservation');
  const best = space.utilities.map((u) => sortDescending(space.outcomes, u));
  const named = typeof consent === 'object' && 'required' in consent ? consent.required : undefined;
  const quorum = typeof consent === 'object' && 'quorum' in consent ? consent.quorum : 0;
  if (quorum > n || quorum < 0) throw new RangeError(`a quorum of ${quorum} among ${n} parties`);
  const order = options.order ?? space.parties.map((_, i) => i);
  if (order.length === 0 || order.some((seat) => !(seat in space.parties)))
    throw new RangeError('order: seats that exist');
  return {
    space,
    discounts: options.discounts,
    rounds: options.rounds,
    order,
    disagreement: d,
    best,
    levels: space.utilities.map((u, i) => Float64Array.from(best[i], (o) => u[o])),
    quorum,
    required: space.parties.map((_, i) => (named === undefined ? consent === 'unanimity' : named.includes(i))),
    warnings,
  };
}

function induct(game: Game, [indifference, tieBreak]: readonly [Indifference, TieBreak]) {
  const { utilities } = game.space;
  const slack = indifference === 'accept' ? -EQUAL : EQUAL;
  let value = [...game.disagreement];
  const turns: EquilibriumTurn[] = [];
  let coarse = 0;
  let free = 0;
  for (let turn = game.rounds - 1; turn >= 0; turn--) {
    const proposer = game.order[turn % game.order.length];
    const waiting = value.map((v, j) => game.discounts[j] * v);
    if (turn < game.rounds - 1 && stuck(game, proposer, value, waiting)) coarse++;
    const { offer, ties } = bestOffer(game, proposer, waiting, slack, tieBreak);
    if (offer >= 0) {
      if (game.quorum > 0 && boughtForNothing(game, proposer, waiting, offer)) free++;
      value = utilities.map((u) => u[offer]);
    } else {
      value = waiting;
    }
    turns.push({ turn, proposer, offer: offer >= 0 ? offer : null, value, ties });
  }
  return { value, turns: turns.reverse(), coarse, free };
}

function bestOffer(game: Game, proposer: number, waiting: readonly number[], slack: number, tieBreak: TieBreak) {
  const { utilities } = game.space;
  const mine = utilities[proposer];
  const order = game.best[proposer];
  let offer = -1;
  let top = Number.NaN;
  let regard = 0;
  let ties = 0;
  for (let k = 0; k < order.length; k++) {
    const o = order[k];
    if (offer >= 0 ? top - mine[o] > EQUAL : mine[o] - waiting[proposer] < slack) break;
    if (!passes(game, proposer, waiting, slack, o)) continue;
    let others = 0;
    if (tieBreak !== 'index') {
      for (let j = 0; j < utilities.length; j++) if (j !== proposer) others += utilities[j][o];
      if (tieBreak === 'spiteful') others = -others;
    }
    if (offer < 0) {
      offer = o;
      top = mine[o];
      regard = others;
      continue;
    }
    ties++;
    const better =
      tieBreak === 'index' ? o < offer : others > regard + EQUAL || (others >= regard - EQUAL && o < offer);
    if (better) {
      offer = o;
      regard = others;
    }
  }
  return { offer, ties };
}

function passes(game: Game, proposer: number, waiting: readonly number[], slack: number, outcome: number): boolean {
  const { utilities } = game.space;
  let yes = 1;
  for (let j = 0; j < utilities.length; j++) {
    if (j === proposer) continue;
    if (utilities[j][outcome] - waiting[j] >= slack) yes++;
    else if (game.required[j]) return false;
  }
  return yes >= game.quorum;
}

/** Whether a needed responder's yes cost nothing: it gets no more than its disagreement, as waiting is worth no more. */
function boughtForNothing(game: Game, proposer: number, waiting: readonly number[], offer: number): boolean {
  const { utilities } = game.space;
  let paid = 1;
  for (let j = 0; j < utilities.length; j++) {
    if (
      j !== proposer &&
      utilities[j][offer] - game.disagreement[j] > EQUAL &&
      utilities[j][offer] - waiting[j] >= -EQUAL
    )
      paid++;
  }
  return paid < game.quorum;
}

/** Some responder has a positive value that discounting lowers, but no outcome in between to offer it instead. */
function stuck(game: Game, proposer: number, value: readonly number[], waiting: readonly number[]): boolean {
  return value.some((v, j) => {
    if (j === proposer || v - game.disagreement[j] <= EQUAL || v - waiting[j] <= EQUAL) return false;
    const levels = game.levels[j];
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (levels[middle] >= v - EQUAL) low = middle + 1;
      else high = middle;
    }
    return low === levels.length || levels[low] < waiting[j] - EQUAL;
  });
}
