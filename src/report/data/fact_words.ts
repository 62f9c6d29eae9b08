import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import { figureText, words } from '../numbers.ts';

/** What a fact says beside the moves themselves, in words; undefined for moves and for what needs no words. */
export function factWords(game: Game, fact: Fact): string | undefined {
  const who = (party: string) => game.parties[game.seatOf(party)]?.label ?? party;
  switch (fact.type) {
    case 'stanceChanged':
      return fact.from === fact.to
        ? undefined
        : `${who(fact.party)}: ${fact.from} → ${fact.to} on ${fact.on}${fact.guard ? `, since ${fact.guard}` : ''}`;
    case 'happened':
      return `event: ${game.script[game.eventIndex(fact.event)]?.label ?? fact.event}`;
    case 'marketMoved':
      return `market: ${words(fact.name)} ${figureText(fact.from)} → ${figureText(fact.to)}`;
    case 'termMoved':
      return `${who(fact.party)}: ${words(fact.term)} counts ${figureText(fact.to, 2)} times`;
    case 'reservationMoved':
      return `${who(fact.party)}: reservation ${figureText(fact.from ?? Number.NEGATIVE_INFINITY)} → ${figureText(fact.to)}`;
    case 'deadlineMoved':
      return `deadline: round ${fact.from} → ${fact.to}`;
    case 'signalled':
      return `signal: ${words(fact.signal)}${fact.to ? ` to ${who(fact.to)}` : ''}`;
    case 'deadlineNear':
      return 'the deadline is near';
    case 'refused':
      return `${who(fact.by)}: move refused, ${fact.why}`;
    case 'ended':
      return fact.end === 'agreement'
        ? 'all who must agree have agreed'
        : fact.end === 'timedout'
          ? 'the deadline passes without an agreement'
          : 'the talks break down';
    default:
      return undefined;
  }
}
