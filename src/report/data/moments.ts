import type { Turn } from '../../session/engine.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import type { Note } from '../../session/note.ts';
import { NONE } from '../../session/state.ts';
import { words } from '../numbers.ts';
import { factWords } from './fact_words.ts';

/** A line of the record: a move, or something that happened to the talks. */
export interface Moment {
  readonly round: number;
  readonly turn: number;
  /** Which fact of the turn it is, counted from 1. */
  readonly micro: number;
  /** A seat; -1: the mediator or the world. */
  readonly by: number;
  readonly kind: 'offer' | 'accept' | 'pass' | 'walk' | 'text' | 'stance' | 'event';
  readonly text: string;
  readonly says: string | null;
  /** Why, in the words of the rule or tactic that decided. */
  readonly why: string | null;
  /** What the outcome in question is worth to every seat, at that moment and in the world the talks ended in. */
  readonly utilities: readonly number[] | null;
  readonly finally: readonly number[] | null;
}

/** The record of the talks, line by line. Each offer tells what is different from the mover's last one. */
export function momentsOf(game: Game, turns: readonly Turn[]): Moment[] {
  const told = new Map<string, number>();
  const said = new Map<string, string>();
  const world = turns.at(-1)?.state.world ?? game.world;
  const final = game.valuation(world).utilities;
  return turns.flatMap(({ facts, notes, state }) => {
    const { round, turn } = state;
    const { utilities } = game.valuation(state.world);
    const worth = (outcome: number) => utilities.map((u) => u[outcome]);
    const because = (by: string) =>
      whyOf(notes.map(({ note }) => note).filter((note) => 'by' in note && note.by === by));
    return facts.flatMap((fact, i): Moment[] => {
      const blank = { utilities: null, finally: null, says: null, why: null };
      const at = { round: Math.max(1, round), turn: Math.max(1, turn), micro: i + 1, ...blank };
      const outcome = 'outcome' in fact && fact.outcome !== null ? fact.outcome : NONE;
      const figures = outcome === NONE ? {} : { utilities: worth(outcome), finally: final.map((u) => u[outcome]) };
      switch (fact.type) {
        case 'offered': {
          const answers = facts.some((other) => other.type === 'rejected' && other.by === fact.by) ? 'no; ' : '';
          const text = `${answers}offers ${changes(game, fact.outcome, told.get(fact.by))}`;
          told.set(fact.by, fact.outcome);
          return [{ ...at, ...figures, ...mover(fact), kind: 'offer', text }];
        }
        case 'accepted':
          return [{ ...at, ...figures, ...mover(fact), kind: 'accept', text: 'accepts' }];
        case 'tabled': {
          const text = `tables ${changes(game, fact.outcome, told.get(''))}`;
          told.set('', fact.outcome);
          return [{ ...at, ...figures, by: -1, kind: 'text', text }];
        }
        case 'passed':
          return [{ ...at, ...mover(fact), kind: 'pass', text: 'lets the turn pass' }];
        case 'walked':
          return [{ ...at, ...mover(fact), kind: 'walk', text: `leaves the talks: ${fact.why}` }];
        default: {
          const text = factWords(game, fact);
          if (text === undefined) return [];
          const by = fact.type === 'stanceChanged' ? game.seatOf(fact.party) : -1;
          return [{ ...at, by, kind: fact.type === 'stanceChanged' ? 'stance' : 'event', text }];
        }
      }
    });

    function mover(fact: Extract<Fact, { by: string }>): Pick<Moment, 'by' | 'says' | 'why'> {
      const says = 'says' in fact ? fact.says : undefined;
      const fresh = says !== undefined && said.get(fact.by) !== says;
      if (fresh) said.set(fact.by, says);
      return { by: game.seatOf(fact.by), says: fresh ? says : null, why: because(fact.by) };
    }
  });
}

/** The issues in which an outcome differs from an earlier one, in words; all of them where there is none. */
function changes(game: Game, outcome: number, before: number | undefined): string {
  const { space } = game;
  const changed = space.issues.flatMap((issue, i) => {
    const level = space.levelOf(outcome, i);
    if (before !== undefined && space.levelOf(before, i) === level) return [];
    return [`${words(issue.id)} ${words(String(issue.value(level)))}`];
  });
  return changed.length === 0 ? 'the same again' : changed.join(', ');
}

function whyOf(notes: readonly Note[]): string | null {
  const parts = notes.flatMap((note) => ('because' in note && note.because !== '' ? [note.because] : []));
  return parts.length === 0 ? null : parts.join('; ');
}
