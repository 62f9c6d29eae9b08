import { freeze } from 'immer';
import type { Seat } from '../domain/id.ts';
import type { Scenario } from '../scenario/load.ts';
import { pathOf } from '../session/contracts/stance.ts';
import { begin, fold } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import { Sitting } from '../session/sitting.ts';
import { apply, type State, thaw } from '../session/state.ts';
import { type Change, changeText, EDIT, factsOf, gameAfter } from './change.ts';
import { playTurn, type RecordedTurn } from './play_turn.ts';
import { Recording } from './recording.ts';
import { type Answer, refuse, said } from './refused.ts';

/** One line of what happened: the talks as they were, or as they went on after something was changed. */
export interface Branch {
  readonly id: number;
  /** What is different here, in a line. */
  readonly label: string;
  readonly parent: Branch | undefined;
  /** The position, in the parent, of the last fact the two share as it was. */
  readonly at: number;
  /** The position, in the parent, that was asked to be changed; refolding a session needs it. */
  readonly asked: number;
  readonly change: Change | undefined;
  readonly recording: Recording;
  /** The scenario with this branch's line-up. */
  readonly scenario: Scenario;
}

/** The branch everything starts from. */
export const trunk = (scenario: Scenario, recording: Recording): Branch => ({
  id: 0,
  label: 'the talks as they were',
  parent: undefined,
  at: 0,
  asked: 0,
  change: undefined,
  recording,
  scenario,
});

/**
 * Changes one thing at a position and lets the talks go on from there. The parent is not touched: its turns are shared up to the one that is changed.
 *
 * A change of the world or of a stance is a fact put in at that very micro-step, and the rest of the turn is played again on it. A change of move
 * replaces what the turn's mover did. Strategy, seed and a seat taken over by hand count from the next turn.
 */
export function fork(from: Branch, position: number, change: Change, id: number): Answer<{ branch: Branch }> {
  // Before a branch parted from its parent, it is its parent: who plays on from there is the parent's line-up.
  let parent = from;
  while (parent.parent !== undefined && position < parent.at) parent = parent.parent;
  const { recording } = parent;
  const game = recording.gameAt(position);
  const state = recording.state(position);
  if (state.end !== null && change.kind !== 'move') {
    return refuse('talks-are-over', 'the talks are over here, so nothing would go on', 'go to an earlier moment first');
  }
  const stated = factsOf(change, game, state);
  if (!stated.ok) return stated;
  try {
    const made = branched(parent, position, change, stated.facts);
    if (!made.ok) return made;
    const label = changeText(change, game);
    return { ok: true, branch: { id, label, parent, asked: position, change, ...made.made } };
  } catch (error) {
    return refuse('cannot-go-on', `the talks cannot go on so: ${said(error)}`);
  }
}

type Made = Answer<{ made: Pick<Branch, 'recording' | 'scenario' | 'at'> }>;

function branched(parent: Branch, position: number, change: Change, facts: readonly Fact[]): Made {
  const { recording, scenario } = parent;
  const { turn, micro } = recording.locate(position);
  const after = recording.gameAt(recording.startOf(turn + 1));
  const made = (
    at: number,
    turns: readonly RecordedTurn[],
    game = after,
    hands = recording.hands,
    s = scenario,
  ): Made => ({
    ok: true,
    made: { at, scenario: s, recording: new Recording(game, recording.first, turns, hands) },
  });
  const before = recording.turns.slice(0, Math.max(0, turn));
  const here = recording.turns[turn] as RecordedTurn | undefined;
  switch (change.kind) {
    case 'move': {
      if (here === undefined)
        return refuse('no-turn-here', 'nobody has moved yet', 'go to the turn whose move to change');
      const seat = here.game.seatOf(change.party);
      const wrong = wrongMove(here, seat, change.move);
      if (wrong !== undefined) return wrong;
      const moves = new Map(here.moves).set(seat, change.move);
      const again = playTurn(here.game, here.before, { moves, edits: here.edits });
      if ('awaits' in again) return refuse('cannot-go-on', 'this turn waits for a move');
      const same = sharedFacts(here.facts, again.facts);
      return made(recording.startOf(turn) + same, [...before, again]);
    }
    case 'hand': {
      const hands = new Set(recording.hands).add(recording.game.seatOf(change.party));
      const kept = here === undefined ? [] : [...before, here];
      return made(recording.startOf(turn + 1), kept, after, hands);
    }
    case 'seed':
    case 'strategy': {
      const end = here === undefined ? 0 : recording.startOf(turn + 1);
      const next = gameAfter(change, scenario, recording.gameAt(end));
      if (!next.ok) return next;
      if (change.kind === 'seed') {
        return made(end, here === undefined ? [] : [...before, here], next.game, recording.hands, next.scenario);
      }
      if (here === undefined) {
        const fresh = new Recording(next.game, undefined, [], recording.hands);
        return { ok: true, made: { at: 0, scenario: next.scenario, recording: fresh } };
      }
      const seated = reseated(recording, end, next.game, next.game.seatOf(change.party));
      const edits = [...(here.edits ?? []), { after: here.facts.length, facts: [seated.fact], late: true as const }];
      const ending: RecordedTurn = { ...here, edits, facts: [...here.facts, seated.fact], state: seated.state };
      return made(end, [...before, ending], next.game, recording.hands, next.scenario);
    }
    case 'market':
    case 'term':
    case 'reservation':
    case 'deadline':
    case 'stance': {
      if (here === undefined) {
        const { game, first } = recording;
        const start = playTurn(game, first, {
          edits: [{ after: 0, facts }],
          moves: recording.turns[0]?.moves,
          hands: recording.hands,
        });
        return 'awaits' in start ? WAITING : made(0, [start]);
      }
      if (micro === here.facts.length) {
        const edits = [...(here.edits ?? []), { after: micro, facts, late: true as const }];
        const { state } = fold(recording.gameAt(position), here.state, facts);
        return made(position, [...before, { ...here, edits, facts: [...here.facts, ...facts], state }]);
      }
      const kept = (here.edits ?? []).filter((edit) => edit.after < micro);
      if (kept.some(({ late }) => late)) {
        return refuse('between-two-edits', 'this is between two edits', 'go to before the first or after the last');
      }
      const edits = [...kept, { after: micro, facts }];
      const again = playTurn(here.game, here.before, { moves: here.moves, edits });
      if ('awaits' in again) return refuse('cannot-go-on', 'this turn waits for a move');
      if (sharedFacts(here.facts, again.facts) < micro) {
        const why = 'played again, this turn does not come out as recorded';
        return refuse('not-reproducible', why, 'the recording was made by another version, or edited');
      }
      return made(position, [...before, again]);
    }
    default:
      return change satisfies never;
  }
}

/** An edit before the first turn, when that turn waits for a person: there is no turn yet to hold it. */
const WAITING = refuse(
  'cannot-go-on',
  'the first turn is played by hand',
  'make its move first, then change something',
);

/** How many leading facts two turns have in common. */
export function sharedFacts(a: readonly Fact[], b: readonly Fact[]): number {
  let n = 0;
  while (n < a.length && n < b.length && JSON.stringify(a[n]) === JSON.stringify(b[n])) n++;
  return n;
}

/** Why a move cannot be made in a turn, by the protocol's own words; undefined when it can. */
function wrongMove(turn: RecordedTurn, seat: Seat, move: Move) {
  const { game } = turn;
  const began = turn.facts.findIndex((fact) => fact.type === 'turnBegan');
  const { state } = fold(game, turn.before, turn.facts.slice(0, began + 1));
  return wrongMoveIn(game, began < 0 ? undefined : state, seat, move);
}

export function wrongMoveIn(game: Game, state: State | undefined, seat: Seat, move: Move) {
  const movers = state === undefined || state.end !== null ? [] : game.protocol.movers(state);
  if (state === undefined || !movers.includes(seat)) {
    const whose = movers.map((other) => game.ids[other]).join(', ');
    return refuse(
      'not-its-turn',
      `it is not ${game.ids[seat]}'s turn here`,
      whose === '' ? 'nobody moves here' : `it is ${whose}'s`,
    );
  }
  if (move.type === 'offer' && !game.space.isAllowed(move.outcome)) {
    return refuse('forbidden-offer', "the scenario's constraints forbid this offer");
  }
  const illegal = game.protocol.illegal(state, seat, move, new Sitting(game, thaw(state)).referee);
  return illegal === undefined ? undefined : refuse('illegal-move', illegal);
}

/**
 * A seat given to another strategy. What the new one remembers and believes is what it would have heard, had it listened from the start; its machine
 * starts in its initial state, and that is put on record as a change of stance.
 */
export function reseated(recording: Recording, position: number, game: Game, seat: Seat): { state: State; fact: Fact } {
  const state = thaw(begin(game));
  for (let p = 1; p <= position; p++) apply(game, state, recording.fact(p)!);
  const sitting = new Sitting(game, state);
  const player = game.players[seat];
  sitting.chairs[seat].env.context = player.compiled.chart.context ?? {};
  const stance = player.runner.start(sitting.chairs[seat].env);
  const from = pathOf(recording.state(position).seats[seat].stance.value);
  const fact: Fact = { type: 'stanceChanged', party: game.ids[seat], from, to: pathOf(stance.value), on: EDIT, stance };
  apply(game, state, fact);
  return { state: freeze(state, true), fact };
}
