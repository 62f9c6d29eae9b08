import type { PartyId, Seat } from '../domain/id.ts';
import type { StanceEnv, StanceEvent, StanceStep } from './contracts/stance.ts';
import type { Fact } from './fact.ts';
import type { Game } from './game.ts';
import { hearing, SPOKEN, sound, tried } from './hearing.ts';
import type { Move } from './move.ts';
import type { NoteSink } from './note.ts';
import { choose } from './player.ts';
import { isDue } from './script.ts';
import { Sitting } from './sitting.ts';
import { NOBODY, NONE, type State, thaw } from './state.ts';

/** Moves played in the parties' places, by seat: by a person, a script, or an edit in the debugger. */
export type Moves = ReadonlyMap<Seat, Move>;

/**
 * Decides one turn: the facts that follow from a state. Only reads; `apply` folds what it returns.
 *
 * @example
 * const facts = decide(game, state);
 * const next = produce(state, (draft) => facts.forEach((fact) => apply(game, draft, fact)));
 */
export function decide(game: Game, state: State, moves?: Moves, note?: NoteSink): Fact[] {
  const facts: Fact[] = [];
  takeTurn(new Sitting(game, thaw(state), (fact) => facts.push(fact), note), moves);
  return facts;
}

/**
 * One turn on a workbench: the round opens and the script strikes (on a round's first turn), the movers decide on the same view, their facts fold,
 * and every other stance hears each of them. Both executors run these lines.
 */
export function takeTurn(sitting: Sitting, moves?: Moves): void {
  const { game, state } = sitting;
  const { protocol } = game;
  if (state.end !== null) return;
  if (state.round === 0 || state.turn >= protocol.turns(state)) {
    openRound(sitting, state.round + 1);
    if (state.end !== null) return;
  }
  sitting.happen({ type: 'turnBegan', turn: state.turn + 1 });
  const asked: { seat: Seat; move: Move }[] = [];
  for (const seat of protocol.movers(state)) asked.push({ seat, move: moveOf(sitting, seat, moves) });
  for (const one of asked) {
    const why = illegal(sitting, one.seat, one.move);
    if (why === undefined) continue;
    sitting.happen({ type: 'refused', by: game.parties[one.seat].id, move: one.move, why });
    one.move = { type: 'pass' };
  }
  for (const fact of protocol.resolve(state, asked, game.ids, sitting.referee)) {
    if (fact.type === 'ended') {
      end(sitting, fact.end, fact.outcome);
      return;
    }
    tell(sitting, fact);
    if (fact.type === 'walked') departed(sitting);
    if (state.end !== null) return;
  }
  if (state.turn >= protocol.turns(state) && state.round >= state.world.rounds) end(sitting, 'timedout');
}

function openRound(sitting: Sitting, round: number): void {
  const { game, state } = sitting;
  const began: Fact = { type: 'roundBegan', round };
  sitting.happen(began);
  if (game.script.length > 0) {
    strike(sitting, round);
    if (state.end !== null) return;
  }
  if (round > state.world.rounds) {
    end(sitting, 'timedout');
    return;
  }
  hear(sitting, began);
  if (!state.deadlineNear && game.time(round, state.world) >= game.parts.deadlineNear)
    tell(sitting, { type: 'deadlineNear' });
}

/** The script strikes: every event that is due, its shocks one after the other, each on the state it finds. */
function strike(sitting: Sitting, round: number): void {
  const { game, state } = sitting;
  for (const [index, event] of game.script.entries()) {
    if (!isDue(sitting, event, index, round)) continue;
    tell(sitting, { type: 'happened', event: event.id });
    for (const shock of event.shocks) {
      for (const fact of shock.facts(state)) {
        tell(sitting, fact);
        if (fact.type === 'walked') departed(sitting);
        if (state.end !== null) return;
      }
    }
  }
}

/** What a seat does: what was put in its place, what the scenario scripts, or what its stance decides. */
function moveOf(sitting: Sitting, seat: Seat, moves?: Moves): Move {
  const { game, state } = sitting;
  const { scripted } = game.players[seat];
  const given = moves?.get(seat) ?? (scripted.size > 0 ? scripted.get(state.round) : undefined);
  if (given !== undefined) return given;
  const question = game.protocol.question(state, seat);
  return choose(sitting.posture(seat), sitting.views[seat], sitting.plans[seat], question, sitting.note);
}

/** Why a move is not allowed: an outcome that does not exist, or what the protocol says. */
function illegal(sitting: Sitting, seat: Seat, move: Move): string | undefined {
  const { game, state, referee } = sitting;
  if (move.type === 'offer' && !game.space.isAllowed(move.outcome)) return 'there is no such outcome on the table';
  return game.protocol.illegal(state, seat, move, referee);
}

/** Folds a fact; then the stances hear it, in party order: all of them, save the one whose doing it is. */
function tell(sitting: Sitting, fact: Fact): void {
  sitting.happen(fact);
  hear(sitting, fact);
}

function hear(sitting: Sitting, fact: Fact): void {
  const heard = sound(fact.type);
  if (heard === 0) return;
  const { game, state } = sitting;
  const { seats } = state;
  const by = (heard & SPOKEN) === 0 ? NOBODY : game.seatOf((fact as { by: PartyId }).by);
  const alone = fact.type === 'signalled' && fact.to !== undefined ? game.seatOf(fact.to) : NOBODY;
  let event: StanceEvent | undefined;
  for (let seat = 0; seat < seats.length; seat++) {
    if (seat === by || (sitting.posture(seat).ears & heard) === 0) continue;
    if (!seats[seat].here || (alone !== NOBODY && alone !== seat)) continue;
    event ??= { type: hearing(fact), fact };
    react(sitting, seat, event);
  }
}

/** A stance hears an event, and may move. */
function react(sitting: Sitting, seat: Seat, event: StanceEvent): void {
  const { game, note } = sitting;
  const { stance } = sitting.state.seats[seat];
  // made anew: writing a new event into an old object costs the collector more than a short-lived object does
  const env: StanceEnv = { view: sitting.views[seat], context: stance.context, event };
  const player = game.players[seat];
  const step = player.runner.hear(stance, env);
  if (note !== undefined) tried(note, player, game.ids[seat], stance, env, step !== undefined);
  if (step !== undefined) move(sitting, seat, event.type, step);
}

function move(sitting: Sitting, seat: Seat, on: string, { from, to, guard, state: stance }: StanceStep): void {
  const party = sitting.game.ids[seat];
  sitting.happen(
    guard === undefined
      ? { type: 'stanceChanged', party, from, to, on, stance }
      : { type: 'stanceChanged', party, from, to, on, guard, stance },
  );
}

/** Somebody left: those who stay may no longer be able to agree, or may all have consented already to what stands. */
function departed(sitting: Sitting): void {
  const { rule, consentBinds = true } = sitting.game.protocol;
  const { table } = sitting.state;
  const present = sitting.present();
  if (!rule.possible(present)) end(sitting, 'broken');
  else if (consentBinds && table.outcome !== NONE && rule.agreed(table.consent & present, present, table.outcome))
    end(sitting, 'agreement', table.outcome);
}

function end(sitting: Sitting, how: 'agreement' | 'timedout' | 'broken', outcome: number | null = null): void {
  sitting.happen({ type: 'ended', end: how, outcome });
}
