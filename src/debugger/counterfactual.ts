import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import type { State } from '../session/state.ts';
import { valuationKey } from '../value/world.ts';
import type { Decision } from './decision.ts';

/** The smallest change found that would have turned a decision, or that there is none in what was searched. Found by asking again, never by formula. */
export interface Flip {
  readonly kind: 'target' | 'utility' | 'issue' | 'market' | 'round' | 'comparison';
  readonly found: boolean;
  /** A sentence. */
  readonly text: string;
  /** What was searched, and how finely. */
  readonly searched: string;
  /** What would have to be what: `{ from: 0.62, to: 0.55 }`, or an issue's values. */
  readonly from?: number | string;
  readonly to?: number | string;
  /** The issue, market figure or comparison it is about. */
  readonly about?: string;
}

/** Up to this many outcomes are tried one by one. */
const PATIENCE = 200_000;

const f3 = (x: number): string => x.toFixed(3);

/** The first index from 0 to n - 1 at which something holds: one by one, or in a large space by bisection, which takes it to hold from there on. */
function firstOf(n: number, holds: (index: number) => boolean): { index: number; how: string } {
  if (n <= PATIENCE) {
    for (let i = 0; i < n; i++) if (holds(i)) return { index: i, how: `${n} outcomes, one by one` };
    return { index: -1, how: `${n} outcomes, one by one` };
  }
  const how = `${n} outcomes by bisection, as if the answer turned only once along them`;
  if (!holds(n - 1)) return { index: -1, how };
  let low = 0;
  let high = n - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return { index: low, how };
}

/** How far the party's own aim would have to move for the other answer: the nearest outcome, as its own next offer, that turns the rule. */
export function flipByTarget(decision: Decision, accepted: boolean): Flip {
  const { view, question } = decision;
  const { order, utilities } = view;
  const offer = decision.plan.offer();
  const own = offer >= 0 ? view.utility(offer) : view.best;
  const start = view.firstAtLeast(own);
  const at = (n: number) => order[accepted ? start + n : start - 1 - n];
  const { index, how } = firstOf(accepted ? order.length - start : start, (n) => {
    const outcome = at(n);
    const utility = utilities[outcome];
    return decision.accepts(question, { target: () => utility, offer: () => outcome }) !== accepted;
  });
  const searched = `in the place of its own next offer, ${accepted ? 'upwards' : 'downwards'}: ${how}`;
  if (index < 0) {
    const text = `no own target would have made it ${accepted ? 'refuse' : 'accept'}: something else decides`;
    return { kind: 'target', found: false, text, searched };
  }
  const utility = utilities[at(index)];
  const text = accepted
    ? `had its own next offer been worth ${f3(utility)} instead of ${f3(own)}, it would have refused`
    : `had its own next offer been worth ${f3(utility)} instead of ${f3(own)} (target lower by ${f3(own - utility)}), it would have accepted`;
  return { kind: 'target', found: true, text, searched, from: own, to: utility };
}

/** What the offer would have had to be worth: the outcome of least own utility that the rule takes. */
export function flipByUtility(decision: Decision, accepted: boolean): Flip {
  const { view, question } = decision;
  const { order, utilities } = view;
  const offered = view.utility(question);
  const { index, how } = firstOf(order.length, (n) => decision.accepts(order[n]));
  const searched = `in the offer's place, worst first: ${how}`;
  if (index < 0) return { kind: 'utility', found: false, text: 'it would have accepted nothing at all', searched };
  const least = utilities[order[index]];
  const far = accepted ? `${f3(offered - least)} more` : `${f3(least - offered)} too little`;
  const text = `the least it would have accepted is worth ${f3(least)}; this offer is worth ${f3(offered)}, ${far}`;
  return { kind: 'utility', found: true, text, searched, from: offered, to: least };
}

/** Which single issue, given another value, turns the answer: for each issue the value of nearest own utility. Nearest first. */
export function flipsByIssue(decision: Decision, accepted: boolean): Flip[] {
  const { view, question, game } = decision;
  const { space } = game;
  const found: (Flip & { readonly distance: number })[] = [];
  let tried = 0;
  for (const [i, issue] of space.issues.entries()) {
    let best: { level: number; distance: number } | undefined;
    for (let level = 0; level < issue.size && tried < PATIENCE; level++) {
      const outcome = space.withLevel(question, i, level);
      if (outcome === question || !space.isAllowed(outcome)) continue;
      tried++;
      if (decision.accepts(outcome) === accepted) continue;
      const distance = Math.abs(view.utility(outcome) - view.utility(question));
      if (best === undefined || distance < best.distance) best = { level, distance };
    }
    if (best === undefined) continue;
    const from = String(issue.value(space.levelOf(question, i)));
    const to = String(issue.value(best.level));
    const worth = f3(view.utility(space.withLevel(question, i, best.level)));
    const text = `${issue.id} ${to} instead of ${from} alone (worth ${worth}) would have been ${accepted ? 'refused' : 'accepted'}`;
    found.push({ kind: 'issue', found: true, text, searched: '', about: issue.id, from, to, distance: best.distance });
  }
  const searched = `all ${tried} allowed offers that differ in one issue`;
  if (found.length === 0) {
    return [
      {
        kind: 'issue',
        found: false,
        text: `no single issue's value would have made it ${accepted ? 'refuse' : 'accept'}`,
        searched,
      },
    ];
  }
  return found.sort((a, b) => a.distance - b.distance).map(({ distance: _, ...flip }) => ({ ...flip, searched }));
}

/** Factors a market figure is tried at, from a quarter to four times, and how often the gap around a turn is halved. */
const FACTORS = [0.25, 0.35, 0.5, 0.71, 0.84, 0.92, 1.08, 1.19, 1.41, 2, 2.83, 4];
const HALVINGS = 8;

/**
 * Which figure of the market turns a decision: a grid on both sides of what it is, then bisection in the nearest gap. Outcomes are valued anew each
 * time, which may take long: `enough` is asked before each, and what was not searched is said.
 */
export function flipsByMarket(
  decision: Decision,
  same: (move: Move) => boolean,
  what: string,
  enough: () => boolean,
): Flip[] {
  const { game, state } = decision;
  return Object.entries(state.world.market).flatMap(([name, now]): Flip[] => {
    const searched = `${name} from a quarter to four times ${short(now)}: ${FACTORS.length} points, the nearest gap halved ${HALVINGS} times`;
    if (now === 0)
      return [
        {
          kind: 'market',
          found: false,
          text: `${name} is 0: no multiple of it was tried`,
          searched: 'nothing',
          about: name,
        },
      ];
    if (!matters(game, state, name, now)) {
      return [
        {
          kind: 'market',
          found: false,
          text: `no value in these talks depends on ${name}`,
          searched: 'the terms’ own keys',
          about: name,
        },
      ];
    }
    let cut = false;
    const turned = (figure: number): boolean => {
      if (cut || enough()) {
        cut = true;
        return false;
      }
      try {
        return !same(decision.in(withMarket(state, name, figure)));
      } catch {
        return false;
      }
    };
    const found = [-1, 1].flatMap((side): Flip[] => {
      const factors = FACTORS.filter((factor) => (side < 0 ? factor < 1 : factor > 1));
      if (side < 0) factors.reverse();
      let still = now;
      for (const factor of factors) {
        const figure = now * factor;
        if (!turned(figure)) {
          still = figure;
          continue;
        }
        let far = figure;
        for (let n = 0; n < HALVINGS; n++) {
          const middle = (still + far) / 2;
          if (turned(middle)) far = middle;
          else still = middle;
        }
        const text = `at ${name} ${side < 0 ? 'at most' : 'at least'} about ${short(far)} (it is ${short(now)}) it would have ${what}`;
        const finely = cut ? `${searched}; cut short` : searched;
        return [{ kind: 'market', found: true, text, searched: finely, about: name, from: now, to: far }];
      }
      return [];
    });
    if (found.length > 0) return found;
    if (cut)
      return [
        {
          kind: 'market',
          found: false,
          text: `the search over ${name} was cut short before it found any`,
          searched,
          about: name,
        },
      ];
    const text = `no ${name} between ${short(now / 4)} and ${short(now * 4)} would have changed it`;
    return [{ kind: 'market', found: false, text, searched, about: name }];
  });
}

/** From which later round on the same stance would decide otherwise, everything else as it is. */
export function flipByRound(decision: Decision, same: (move: Move) => boolean, what: string): Flip {
  const { state } = decision;
  const { rounds } = state.world;
  const last = Math.min(rounds, state.round + 1000);
  const searched = `rounds ${state.round + 1} to ${last}, everything else as it is`;
  for (let round = state.round + 1; round <= last; round++) {
    if (same(decision.in({ ...state, round }))) continue;
    return {
      kind: 'round',
      found: true,
      text: `in round ${round} the same stance would have ${what}`,
      searched,
      from: state.round,
      to: round,
    };
  }
  return { kind: 'round', found: false, text: 'no later round alone would have changed it', searched };
}

function withMarket(state: State, name: string, figure: number): State {
  return { ...state, world: { ...state.world, market: { ...state.world.market, [name]: figure } } };
}

function matters(game: Game, state: State, name: string, now: number): boolean {
  const other = withMarket(state, name, now * 1.5).world;
  if (valuationKey(other) === valuationKey(state.world)) return false;
  return game.parts.appraiser.parties.some(({ terms }) =>
    terms.some((term) => term.key?.(other) !== term.key?.(state.world)),
  );
}

const short = (x: number): string => String(Number(x.toPrecision(5)));

export const sameMove = (a: Move) => (b: Move) =>
  a.type === b.type && (a.type !== 'offer' || b.type !== 'offer' || a.outcome === b.outcome);

export const isAnswer = (accepted: boolean) => (move: Move) => (move.type === 'accept') === accepted;
