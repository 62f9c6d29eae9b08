import { lowest as lowest_ } from '../domain/bits.ts';
import type { PartyId, Seat } from '../domain/id.ts';
import type { Chair } from './chair.ts';
import type { Question } from './contracts/protocol.ts';
import type { StanceEnv, StanceStep } from './contracts/stance.ts';
import { type Fact, offeredBy as offeredBy_, type StanceState } from './fact.ts';
import type { Game } from './game.ts';
import { hearing as hearing_, SIGNALS as SIGNALS_, SPOKEN, sound, tried } from './hearing.ts';
import { ANYTHING as ANYTHING_, SETTLED as SETTLED_ } from './inputs.ts';
import type { Move } from './move.ts';
import type { NoteSink } from './note.ts';
import { choose as choose_ } from './player.ts';
import { isDue } from './script.ts';
import { Sitting } from './sitting.ts';
import { NOBODY as NOBODY_, NONE as NONE_, type State, thaw } from './state.ts';

// What every turn uses is taken in: the engine builds a module's own constants into the code it makes, and looks imported ones up wherever they are used.
// These lines, and those of `sitting.ts`, make a comparison a tenth faster. For the same reason flags that a turn asks are compared with `true` or `false`: to
// test a field for truth, the engine also asks whether it is one of the values that count as neither.
const lowest = lowest_;
const offeredBy = offeredBy_;
const hearing = hearing_;
const SIGNALS = SIGNALS_;
const ANYTHING = ANYTHING_;
const SETTLED = SETTLED_;
const choose = choose_;
const NOBODY = NOBODY_;
const NONE = NONE_;

const BEGAN = sound('roundBegan');
const OFFERED = sound('offered');
const REJECTED = sound('rejected');

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
  sitting.beginTurn(state.turn + 1);
  const movers = protocol.movers(state);
  if (movers.length !== 1 || protocol.counters === undefined) resolve(sitting, ask(sitting, movers, moves));
  else {
    const seat = movers[0];
    const question = protocol.question(state, seat);
    const move = moveOf(sitting, seat, question, moves);
    if (
      move.type === 'offer' &&
      illegal(sitting, seat, move) === undefined &&
      protocol.counters(sitting.present, seat, move.outcome)
    )
      counter(sitting, seat, question.answer, move.outcome, move.says);
    else resolve(sitting, allowed(sitting, [{ seat, move }]));
  }
  if (state.round >= state.world.rounds && state.end === null && state.turn >= protocol.turns(state))
    end(sitting, 'timedout');
}

/** The commonest turn: what stands is refused by offering something else. It makes no lists, and facts only where somebody reads them. */
function counter(sitting: Sitting, seat: Seat, answer: number, outcome: number, says: string | undefined): void {
  if (answer !== NONE) refuse(sitting, seat, answer);
  offer(sitting, seat, outcome, says);
}

function refuse(sitting: Sitting, by: Seat, outcome: number): void {
  sitting.rejected(by, outcome);
  const seats = hearers(sitting, REJECTED, by);
  if (seats !== 0) hear(sitting, { type: 'rejected', by: sitting.game.ids[by], outcome }, REJECTED, seats);
}

function offer(sitting: Sitting, by: Seat, outcome: number, says: string | undefined): void {
  sitting.offered(by, outcome, says);
  const seats = hearers(sitting, OFFERED, by);
  if (seats !== 0) hear(sitting, offeredBy(sitting.game.ids[by], outcome, says), OFFERED, seats);
}

function resolve(sitting: Sitting, asked: readonly Asked[]): void {
  const { game, state, referee } = sitting;
  for (const fact of game.protocol.resolve(state, asked, game.ids, referee)) {
    enact(sitting, fact);
    if (state.end !== null) return;
  }
}

interface Asked {
  readonly seat: Seat;
  move: Move;
}

function openRound(sitting: Sitting, round: number): void {
  const { game, state } = sitting;
  sitting.beginRound(round);
  if (game.script.length > 0) {
    strike(sitting, round);
    if (state.end !== null) return;
  }
  if (round > state.world.rounds) {
    end(sitting, 'timedout');
    return;
  }
  const seats = hearers(sitting, BEGAN, NOBODY);
  if (seats !== 0) hear(sitting, { type: 'roundBegan', round }, BEGAN, seats);
  if (state.deadlineNear === false && game.time(round, state.world) >= game.parts.deadlineNear)
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
        if (state.end !== null) return;
      }
    }
  }
}

/** What the movers do, all on the same view. */
function ask(sitting: Sitting, movers: readonly Seat[], moves: Moves | undefined): Asked[] {
  return allowed(
    sitting,
    movers.map((seat) => ({
      seat,
      move: moveOf(sitting, seat, sitting.game.protocol.question(sitting.state, seat), moves),
    })),
  );
}

/** A move that is not allowed is refused, and the turn passes. */
function allowed(sitting: Sitting, asked: Asked[]): Asked[] {
  for (const one of asked) {
    const { seat, move } = one;
    const why = illegal(sitting, seat, move);
    if (why === undefined) continue;
    sitting.happen({ type: 'refused', by: sitting.game.ids[seat], move, why });
    one.move = { type: 'pass' };
  }
  return asked;
}

/** What a seat does: what was put in its place, what the scenario scripts, or what its stance decides. */
function moveOf(sitting: Sitting, seat: Seat, question: Question, moves?: Moves): Move {
  const { state } = sitting;
  const chair = sitting.chairs[seat];
  const { scripted } = chair.player;
  const played = moves === undefined ? undefined : moves.get(seat);
  if (played !== undefined) return played;
  const written = scripted.size > 0 ? scripted.get(state.round) : undefined;
  if (written !== undefined) return written;
  return choose(chair.posture(state.seats[seat].stance), chair.view, chair.plan, question, sitting.note);
}

/** Why a move is not allowed: an outcome that does not exist, or what the protocol says. */
function illegal(sitting: Sitting, seat: Seat, move: Move): string | undefined {
  const { game, state, referee } = sitting;
  if (move.type === 'offer' && !game.space.isAllowed(move.outcome)) return 'there is no such outcome on the table';
  return game.protocol.illegal(state, seat, move, referee);
}

/** Folds a fact of the protocol's, with all that follows from it. */
function enact(sitting: Sitting, fact: Fact): void {
  switch (fact.type) {
    case 'rejected':
      refuse(sitting, sitting.game.seatOf(fact.by), fact.outcome);
      break;
    case 'offered':
      offer(sitting, sitting.game.seatOf(fact.by), fact.outcome, fact.says);
      break;
    case 'ended':
      end(sitting, fact.end, fact.outcome);
      break;
    default:
      tell(sitting, fact);
  }
}

/** Folds a fact; then the stances hear it, in party order: all of them, save the one whose doing it is. */
function tell(sitting: Sitting, fact: Fact): void {
  const heard = sound(fact.type);
  sitting.happen(fact);
  if (heard !== 0) hear(sitting, fact, heard, hearers(sitting, heard, speaker(sitting, fact, heard)));
  if (fact.type === 'walked') departed(sitting);
}

const speaker = ({ game }: Sitting, fact: Fact, heard: number): Seat =>
  (heard & SPOKEN) === 0 ? NOBODY : game.seatOf((fact as { by: PartyId }).by);

/** The seats that must hear an event, one bit each: those still here whose ears are open for it, save the one whose doing it is. */
function hearers({ ears, present }: Sitting, heard: number, by: Seat): number {
  const seats = ears.open(heard) & present;
  return by === NOBODY ? seats : seats & ~(1 << by);
}

/** The stances of these seats hear a fact, in party order. What one of them makes of it opens and closes no other's ears. */
function hear(sitting: Sitting, fact: Fact, heard: number, seats: number): void {
  for (let rest = seats; rest !== 0; rest &= rest - 1) listen(sitting, lowest(rest), fact, heard);
}

/** A stance that listens for such a fact, and may know of it, hears it. */
function listen(sitting: Sitting, seat: Seat, fact: Fact, heard: number): void {
  const { stance } = sitting.state.seats[seat];
  // the bit first: facts are built in a dozen ways, and to read the type of any of them is slow
  if (heard === SIGNALS && !isFor(sitting, seat, fact)) return;
  const chair = sitting.chairs[seat];
  if ((chair.posture(stance).ears & heard) === 0) sitting.ears.close(seat, heard, SETTLED, 0);
  else react(sitting, chair, stance, fact, heard);
}

/** Whether a seat may know of what a script sends: to all, or to one. */
const isFor = ({ game }: Sitting, seat: Seat, fact: Fact): boolean =>
  fact.type !== 'signalled' || fact.to === undefined || game.seatOf(fact.to) === seat;

/** A stance hears an event, and may move. */
function react(sitting: Sitting, chair: Chair, stance: StanceState, fact: Fact, heard: number): void {
  const { note } = sitting;
  const { seat, player } = chair;
  const { runner } = player;
  // made anew: writing a new fact into an old object costs the collector more than a short-lived object does
  const env: StanceEnv = { view: chair.view, context: stance.context, on: hearing(fact, heard), fact };
  const step = runner.hear(stance, env, heard);
  if (note !== undefined) tried(note, player, chair.id, stance, env, step !== undefined);
  if (step !== undefined) {
    move(sitting, seat, env.on, step);
    return;
  }
  const { rests = ANYTHING, until = 0 } = runner;
  // whoever reads the notes wants to see every guard that decides; and one bit stands for all the events a script sends by name
  if (rests !== ANYTHING && note === undefined && heard !== SIGNALS) sitting.ears.close(seat, heard, rests, until);
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
  const present = sitting.present;
  if (!rule.possible(present)) end(sitting, 'broken');
  else if (consentBinds && table.outcome !== NONE && rule.agreed(table.consent & present, present, table.outcome))
    end(sitting, 'agreement', table.outcome);
}

function end(sitting: Sitting, how: 'agreement' | 'timedout' | 'broken', outcome: number | null = null): void {
  sitting.happen({ type: 'ended', end: how, outcome });
}
