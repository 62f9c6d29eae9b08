import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { valueText } from './logpoint.ts';

/** An outcome as `issue=value` pairs; with `since`, only what differs from that one. */
export function offerText(game: Game, outcome: number, since = -1): string {
  if (outcome < 0) return 'nothing';
  const before = since < 0 ? {} : game.space.values(since);
  const values = Object.entries(game.space.values(outcome));
  const shown = values.filter(([id, value]) => (before as Record<string, unknown>)[id] !== value);
  return shown.length === 0 ? 'the same again' : shown.map(([id, value]) => `${id}=${value}`).join(' ');
}

/** A fact in a line. Given what stood before (`since`, an outcome), an offer is told by what is different, an answer without repeating it. */
export function factText(fact: Fact, game: Game, since = -1): string {
  switch (fact.type) {
    case 'roundBegan':
      return `round ${fact.round} begins`;
    case 'turnBegan':
      return `turn ${fact.turn} begins`;
    case 'deadlineNear':
      return 'the deadline is near';
    case 'offered':
      return `${fact.by} offers ${offerText(game, fact.outcome, since)}`;
    case 'accepted':
      return `${fact.by} accepts${fact.outcome === since ? '' : ` ${offerText(game, fact.outcome)}`}`;
    case 'rejected':
      return `${fact.by} does not accept${fact.outcome === since ? ' it' : ` ${offerText(game, fact.outcome)}`}`;
    case 'passed':
      return `${fact.by} lets the turn pass`;
    case 'walked':
      return `${fact.by} leaves the talks: ${fact.why}`;
    case 'refused':
      return `${fact.by}: move refused, ${fact.why}`;
    case 'stanceChanged': {
      const on = fact.on === 'edit' ? 'by hand' : `on ${fact.on}${fact.guard ? `, since ${fact.guard}` : ''}`;
      return fact.from === fact.to
        ? `${fact.party} stays in ${fact.to} and takes note, ${on}`
        : `${fact.party}: ${fact.from} -> ${fact.to} ${on}`;
    }
    case 'happened':
      return `event ${fact.event}`;
    case 'signalled':
      return `signal ${fact.signal}${fact.to === undefined ? '' : ` to ${fact.to}`}`;
    case 'tabled':
      return `the mediator tables ${offerText(game, fact.outcome, since)}`;
    case 'marketMoved':
      return `market: ${fact.name} ${valueText(fact.from)} -> ${valueText(fact.to)}`;
    case 'termMoved':
      return `${fact.party}: term ${fact.term} counts ${valueText(fact.to)} times (was ${valueText(fact.from)})`;
    case 'reservationMoved':
      return `${fact.party}: reservation ${fact.from === null ? 'none' : valueText(fact.from)} -> ${valueText(fact.to)}`;
    case 'deadlineMoved':
      return `deadline: round ${fact.from} -> ${fact.to}`;
    case 'ended':
      return fact.end === 'agreement'
        ? 'the talks end in agreement'
        : fact.end === 'timedout'
          ? 'the talks end: time is up'
          : 'the talks break down';
    default:
      return fact satisfies never;
  }
}
