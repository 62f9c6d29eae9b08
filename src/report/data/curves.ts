import { pathOf } from '../../session/contracts/stance.ts';
import { begin, type Turn } from '../../session/engine.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import type { State } from '../../session/state.ts';
import { factWords } from './fact_words.ts';

/** How the talks went over time. A position counts rounds: turn t of n in round r stands at r + (t - 1) / n. */
export interface Curves {
  /** From the first round to the end of the last one played. */
  readonly from: number;
  readonly to: number;
  readonly offers: readonly OfferPoint[];
  /** Per seat: what its tactic aimed at, where it aims at a utility. */
  readonly targets: readonly (readonly Point[])[];
  /** Per seat: its reservation value as a utility, where it changes; null: none. */
  readonly reservations: readonly (readonly { readonly at: number; readonly utility: number | null }[])[];
  /** Per seat: where its stance machine stood. */
  readonly bands: readonly (readonly Band[])[];
  readonly events: readonly EventPoint[];
  readonly agreement: { readonly at: number; readonly utilities: readonly number[] } | null;
}

export interface Point {
  readonly at: number;
  readonly utility: number;
}

export interface OfferPoint {
  readonly at: number;
  /** A seat, or -1 for the mediator. */
  readonly by: number;
  readonly outcome: number;
  /** To every seat, in the world of that moment. */
  readonly utilities: readonly number[];
}

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly stance: string;
}

export interface EventPoint {
  readonly at: number;
  readonly round: number;
  readonly label: string;
  readonly effects: readonly string[];
}

export function curvesOf(game: Game, turns: readonly Turn[]): Curves {
  const seats = game.parties.map((_, seat) => seat);
  const most = turns.reduce((n, { state }) => Math.max(n, state.turn), 1);
  const place = ({ round, turn }: State) => Math.max(1, round) + (Math.max(1, turn) - 1) / most;
  const offers: OfferPoint[] = [];
  const targets: Point[][] = seats.map(() => []);
  const reservations: { at: number; utility: number | null }[][] = seats.map(() => []);
  const bands: { from: number; to: number; stance: string }[][] = seats.map(() => []);
  const events: EventPoint[] = [];
  let agreement: Curves['agreement'] = null;
  const to = (turns.at(-1)?.state.round ?? 0) + 1;

  const look = (state: State, at: number) => {
    for (const seat of seats) {
      const reservation = game.parts.appraiser.reservation(seat, state.world);
      const utility = Number.isFinite(reservation) ? reservation : null;
      if (reservations[seat].at(-1)?.utility !== utility) reservations[seat].push({ at, utility });
      const stance = pathOf(state.seats[seat].stance.value);
      const band = bands[seat].at(-1);
      if (band?.stance === stance) continue;
      if (band) band.to = at;
      bands[seat].push({ from: at, to, stance });
    }
  };

  look(turns[0]?.before ?? begin(game), 1);
  for (const { facts, notes, state } of turns) {
    const at = place(state);
    const { utilities } = game.valuation(state.world);
    for (const fact of facts) {
      if (fact.type === 'offered' || fact.type === 'tabled') {
        const by = fact.type === 'offered' ? game.seatOf(fact.by) : -1;
        offers.push({ at, by, outcome: fact.outcome, utilities: utilities.map((u) => u[fact.outcome]) });
      } else if (fact.type === 'ended' && fact.outcome !== null) {
        const { outcome } = fact;
        agreement = { at, utilities: utilities.map((u) => u[outcome]) };
      }
    }
    for (const { note } of notes) {
      if (note.about === 'offer' && note.target !== undefined && Number.isFinite(note.target))
        targets[game.seatOf(note.by)].push({ at, utility: note.target });
    }
    events.push(...eventsIn(game, facts, at, state.round));
    look(state, at);
  }
  return { from: 1, to, offers, targets, reservations, bands, events, agreement };
}

/** A scripted event with what it did; the nearing deadline is one that no script wrote. */
function eventsIn(game: Game, facts: readonly Fact[], at: number, round: number): EventPoint[] {
  return facts.flatMap((fact, i) => {
    if (fact.type === 'deadlineNear') return [{ at, round, label: 'the deadline is near', effects: [] }];
    if (fact.type !== 'happened') return [];
    const effects = facts.filter((other, k) => k > i && 'event' in other && other.event === fact.event);
    const label = game.script[game.eventIndex(fact.event)]?.label ?? fact.event;
    return [{ at, round, label, effects: effects.flatMap((effect) => factWords(game, effect) ?? []) }];
  });
}
