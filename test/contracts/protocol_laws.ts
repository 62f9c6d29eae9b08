import { isDeepStrictEqual } from 'node:util';
import type { AgreementSpec } from '../../src/protocols/agreement_rule.ts';
import type { Protocol, ProtocolKind } from '../../src/session/contracts/protocol.ts';
import { begin, fold } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import type { Move } from '../../src/session/move.ts';
import type { State } from '../../src/session/state.ts';
import { decide } from '../../src/session/turn.ts';
import { must } from '../fixtures/table.ts';
import { PARTIES, plain, space, talks } from '../session/talks.ts';
import { altered } from './altered.ts';

/** A table of three that bargains by a protocol. */
export function under(
  kind: ProtocolKind,
  block: object,
  rule: AgreementSpec,
  rounds = 6,
  charts = [plain, plain, plain],
): Game {
  const spec = kind.spec.parse({ kind: kind.kind, ...block });
  return talks({ charts, rounds, rule, protocol: (context) => must(kind.make(spec, context)) });
}

/** One way to put arbitrary moves in the parties' places: by a number for every (round, turn, seat). */
export type Hand = (state: State, seat: number) => number;

/** An arbitrary move, sensible or not. */
export function moveFrom(n: number): Move {
  switch (n % 7) {
    case 0:
    case 1:
      return { type: 'accept' };
    case 2:
      return { type: 'reject' };
    case 3:
      return { type: 'pass' };
    case 4:
      return n % 35 === 4 ? { type: 'walk', why: 'enough' } : { type: 'accept' };
    default:
      // now and then an outcome that the constraints forbid, or that does not exist
      return { type: 'offer', outcome: (n * 7) % (space.size + 1) };
  }
}

/** What is true of every protocol, whatever the parties do. Returns the laws that were broken, in words. */
export function broken(game: Game, hand: Hand, patience = 100): string[] {
  const wrong = new Set<string>();
  const { protocol } = game;
  let state = begin(game);
  for (let turns = 0; state.end === null; turns++) {
    if (turns > patience) {
      wrong.add('it ends');
      break;
    }
    const before = state;
    const moves = new Map(PARTIES.map((_, seat) => [seat, moveFrom(hand(before, seat))]));
    const facts = decide(game, before, moves);
    const again = decide(game, JSON.parse(JSON.stringify(before)), moves);
    if (JSON.stringify(again) !== JSON.stringify(facts))
      wrong.add('the same state gives the same facts, back from JSON too');
    const resolved = game.with({ protocol: altered(protocol, { counters: undefined }) });
    if (JSON.stringify(decide(resolved, before, moves)) !== JSON.stringify(facts))
      wrong.add('what it takes for a mere counter-offer resolves to one');
    state = fold(game, before, facts).state;
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) wrong.add('its state is JSON');
    for (const law of brokenIn(protocol, before, state, facts, moves)) wrong.add(law);
  }
  return [...wrong];
}

const BY_PARTIES = ['offered', 'accepted', 'rejected', 'passed', 'walked', 'refused'];

function brokenIn(
  protocol: Protocol,
  before: State,
  after: State,
  facts: readonly Fact[],
  moves: ReadonlyMap<number, Move>,
): string[] {
  const wrong: string[] = [];
  const began = facts.findIndex((fact) => fact.type === 'turnBegan');
  if (began < 0) return wrong;
  const { turn } = facts[began] as { turn: number };
  const round = facts.some((fact) => fact.type === 'roundBegan') ? before.round + 1 : before.round;
  // who may move is asked of the state as it is when the turn has begun
  const asked: State = { ...before, round, turn };
  const movers = protocol.movers(asked);
  if (turn > protocol.turns(asked)) wrong.push('a round has no more turns than it says');
  for (const fact of facts.slice(began)) {
    if (!BY_PARTIES.includes(fact.type) || !('by' in fact)) continue;
    const seat = PARTIES.indexOf(fact.by);
    if (!movers.includes(seat)) wrong.push('only movers move');
    if (!before.seats[seat].here) wrong.push('who has left is silent');
    const move = moves.get(seat)!;
    if (fact.type === 'offered' && !(move.type === 'offer' && move.outcome === fact.outcome))
      wrong.push('nobody offers what he did not move');
    if (fact.type === 'accepted' && move.type !== 'accept') wrong.push('nobody accepts who did not move so');
    if (fact.type === 'offered' && !space.isAllowed(fact.outcome)) wrong.push('no forbidden outcome is offered');
  }
  for (const seat of movers) {
    const move = moves.get(seat)!;
    const { mayOffer } = protocol.question(asked, seat);
    const refused = facts.some((fact) => fact.type === 'refused' && fact.by === PARTIES[seat]);
    if (move.type === 'offer' && !mayOffer && !refused) wrong.push('an offer nobody asked for is refused');
    if (move.type === 'offer' && !space.isAllowed(move.outcome) && !refused)
      wrong.push('an outcome that does not exist is refused');
  }
  if (after.end === 'agreement' && !space.isAllowed(after.agreement)) wrong.push('what is agreed is allowed');
  if (after.end !== 'agreement' && after.agreement !== -1)
    wrong.push('there is no agreement without an end in agreement');
  return wrong;
}
