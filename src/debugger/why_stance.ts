import type { Comparison } from '../expression/index.ts';
import type { RecordedTurn } from '../history/play_turn.ts';
import type { Recording } from '../history/recording.ts';
import type { Guard, StanceEnv } from '../session/contracts/stance.ts';
import { hearing } from '../session/hearing.ts';
import type { Note } from '../session/note.ts';
import { Sitting } from '../session/sitting.ts';
import { thaw } from '../session/state.ts';
import type { Flip } from './counterfactual.ts';
import { valueText } from './logpoint.ts';

/** One guard that was tried when a stance heard something. */
export interface TriedGuard {
  readonly guard: string;
  readonly to: string;
  readonly holds: boolean;
  /** Its comparisons with the values they saw. */
  readonly saw: readonly string[];
  /** What single comparison, coming out otherwise, would have turned it. */
  readonly flips: readonly Flip[];
}

/** What one stance made of one thing it heard. */
export interface Heard {
  readonly party: string;
  readonly stance: string;
  readonly on: string;
  readonly moved: boolean;
  readonly to?: string;
  readonly tried: readonly TriedGuard[];
}

type StanceNote = Extract<Note, { about: 'stance' }>;

/** What the stances heard in a turn, up to a micro-step: every guard tried, in the order of the machine, with the values it saw. */
export function heardIn(recording: Recording, index: number, upTo: number): Heard[] {
  const turn = recording.turns[index];
  return turn.notes.flatMap(({ micro, note }): Heard[] => {
    if (note.about !== 'stance' || factHeard(turn, micro, note.on) > upTo) return [];
    const after = turn.facts[micro - 1];
    const to = note.moved && after?.type === 'stanceChanged' && after.party === note.by ? after.to : undefined;
    if (note.moved && micro > upTo) return [];
    const tried = guardsOf(recording, index, micro, note);
    return [
      { party: note.by, stance: note.stance, on: note.on, moved: note.moved, ...(to !== undefined && { to }), tried },
    ];
  });
}

/** The micro-step of the fact that a stance heard: the last before the note that is heard under that name. */
function factHeard(turn: RecordedTurn, micro: number, on: string): number {
  for (let m = micro - 1; m >= 1; m--) if (hearing(turn.facts[m - 1]) === on) return m;
  return micro - 1;
}

function guardsOf(recording: Recording, index: number, micro: number, note: StanceNote): TriedGuard[] {
  const turn = recording.turns[index];
  const { game } = turn;
  const seat = game.seatOf(note.by);
  const state = recording.within(index, micro - 1);
  const sitting = new Sitting(game, thaw(state));
  const env: StanceEnv = sitting.chairs[seat].env;
  const fact = turn.facts[factHeard(turn, micro, note.on) - 1];
  env.context = state.seats[seat].stance.context;
  env.on = note.on;
  env.fact = fact;
  const { guards } = game.players[seat].compiled;
  return note.tried.map(({ guard, to, holds }) => {
    const compiled = guards.get(guard);
    if (compiled === undefined) return { guard, to, holds, saw: [], flips: [] };
    const comparisons = compiled.comparisons(env);
    return {
      guard,
      to,
      holds,
      saw: comparisons.map(comparisonText),
      flips: flipsOf(compiled, env, comparisons, holds),
    };
  });
}

/** Every comparison that would turn a guard alone; where there is none, every pair. */
function flipsOf(guard: Guard, env: StanceEnv, comparisons: readonly Comparison[], holds: boolean): Flip[] {
  const searched = `each of its ${comparisons.length} comparisons forced the other way`;
  const turns = (...forced: number[]) =>
    guard.holdsIf(env, new Map(forced.map((i) => [i, !comparisons[i].truth]))) !== holds;
  const verb = holds ? 'would not have held' : 'would have held';
  const singles = comparisons.flatMap((comparison, i): Flip[] => {
    if (!turns(i)) return [];
    const { text, ...moved } = needed(comparison);
    return [
      { kind: 'comparison', found: true, text: `it ${verb} ${text}`, searched, about: comparison.text, ...moved },
    ];
  });
  if (singles.length > 0) return singles.sort((a, b) => distance(a) - distance(b));
  for (let i = 0; i < Math.min(comparisons.length, 40); i++) {
    for (let j = i + 1; j < Math.min(comparisons.length, 40); j++) {
      if (!turns(i, j)) continue;
      const text = `it ${verb} ${needed(comparisons[i]).text} and ${needed(comparisons[j]).text}`;
      return [{ kind: 'comparison', found: true, text, searched: `${searched}, then each two of them` }];
    }
  }
  return [
    {
      kind: 'comparison',
      found: false,
      text: 'no two comparisons would have turned it',
      searched: `${searched}, then each two of them`,
    },
  ];
}

const distance = ({ from, to }: Flip) =>
  typeof from === 'number' && typeof to === 'number' ? Math.abs(from - to) : Number.POSITIVE_INFINITY;

/** What a comparison's left side would have to be for it to come out the other way, by the smallest change. */
function needed(comparison: Comparison): { text: string; from?: number; to?: number } {
  const who = comparison.member === undefined ? '' : ` for ${comparison.member}`;
  if (comparison.kind !== 'number') return { text: `had \`${comparison.text}\`${who} been ${!comparison.truth}` };
  const { left, right, truth, operator } = comparison;
  const wanted = truth ? OPPOSITE[operator] : operator;
  const amount = valueText(Math.abs(left - right));
  const [what] = comparison.text.split(/\s*(?:==|!=|<=|>=|<|>)\s*/);
  const text = `had ${what}${who} been ${WORDS[wanted]} ${valueText(right)}: it was ${left === right ? 'just that' : `${valueText(left)}, ${amount} away`}`;
  return { text, from: left, to: right };
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;
const WORDS = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
  '==': 'exactly',
  '!=': 'other than',
} as const;

function comparisonText(comparison: Comparison): string {
  const who = comparison.member === undefined ? '' : ` (${comparison.member})`;
  const right =
    comparison.kind === 'list' ? `one of ${comparison.right.map(valueText).join(', ')}` : valueText(comparison.right);
  const operator =
    comparison.kind === 'list' ? (comparison.operator === 'in' ? '' : 'not ') : `${comparison.operator} `;
  return `${comparison.text}${who}: ${valueText(comparison.left)} ${operator}${right} is ${comparison.truth}`;
}
