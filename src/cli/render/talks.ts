import type { Turn } from '../../session/engine.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import { NONE } from '../../session/state.ts';
import type { Paint } from '../console.ts';
import { clip, figureText, pad } from './table.ts';

/**
 * The rounds as a table: who moved, what changed against the last offer, what everybody makes of it, and beneath it stance changes and events.
 */
export class Talks {
  readonly #game: Game;
  readonly #paint: Paint;
  readonly #name: number;
  readonly #change: number;
  readonly #said = new Map<string, string>();
  #last = NONE;
  #round = 0;

  constructor(game: Game, paint: Paint, width: number) {
    this.#game = game;
    this.#paint = paint;
    this.#name = Math.max(...game.parties.map(({ label }) => label.length), 8);
    this.#change = Math.max(24, Math.min(78, width - this.#name - 12 - 7 * game.parties.length));
  }

  header(): string {
    const seats = this.#game.parties.map(({ id }) => pad(short(id), 6, true)).join(' ');
    return this.#paint.dim(`  round  ${pad('who', this.#name)}  ${pad('move', this.#change)} ${seats}`);
  }

  turn(turn: Turn): string[] {
    const lines: string[] = [];
    let rejected = false;
    for (const fact of turn.facts) {
      if (fact.type === 'rejected') rejected = true;
      const text = this.#fact(fact, turn, rejected);
      if (text !== undefined) lines.push(text);
    }
    return lines;
  }

  #fact(fact: Fact, turn: Turn, rejected: boolean): string | undefined {
    const paint = this.#paint;
    const { round } = turn.state;
    switch (fact.type) {
      case 'offered': {
        const words = `${rejected ? 'no; ' : ''}offers ${this.#changes(fact.outcome)}`;
        this.#last = fact.outcome;
        return this.#row(round, this.#label(fact.by), words, fact.outcome, turn) + this.#quote(fact.by, fact.says);
      }
      case 'accepted':
        return (
          this.#row(round, this.#label(fact.by), paint.green('accepts'), fact.outcome, turn) +
          this.#quote(fact.by, fact.says)
        );
      case 'passed':
        return this.#row(round, this.#label(fact.by), 'lets the turn pass', NONE, turn);
      case 'walked':
        return this.#row(round, this.#label(fact.by), paint.red(`leaves the talks: ${fact.why}`), NONE, turn);
      case 'refused':
        return this.#note(paint.red(`${this.#label(fact.by)}: move refused, ${fact.why}`));
      case 'stanceChanged':
        if (fact.from === fact.to) return undefined;
        return this.#note(
          paint.cyan(`${this.#label(fact.party)}: ${fact.from} → ${fact.to}`) +
            paint.dim(` on ${fact.on}${fact.guard ? `, since ${fact.guard}` : ''}`),
        );
      case 'happened':
        return this.#note(
          paint.yellow(`event: ${this.#game.script[this.#game.eventIndex(fact.event)]?.label ?? fact.event}`),
        );
      case 'marketMoved':
        return this.#note(paint.yellow(`market: ${fact.name} ${figureText(fact.from)} → ${figureText(fact.to)}`));
      case 'termMoved':
        return this.#note(paint.yellow(`${this.#label(fact.party)}: term ${fact.term} × ${figureText(fact.to, 2)}`));
      case 'reservationMoved':
        return this.#note(
          paint.yellow(
            `${this.#label(fact.party)}: reservation ${figureText(fact.from ?? Number.NEGATIVE_INFINITY)} → ${figureText(fact.to ?? Number.NEGATIVE_INFINITY)}`,
          ),
        );
      case 'deadlineMoved':
        return this.#note(paint.yellow(`deadline: round ${fact.from} → ${fact.to}`));
      case 'tabled': {
        const words = `tables ${this.#changes(fact.outcome)}`;
        this.#last = fact.outcome;
        return this.#row(round, 'mediator', words, fact.outcome, turn);
      }
      case 'signalled':
        return this.#note(paint.yellow(`signal: ${fact.signal}${fact.to ? ` to ${this.#label(fact.to)}` : ''}`));
      case 'ended':
        return fact.end === 'timedout' ? this.#note(paint.yellow('the deadline passes')) : undefined;
      default:
        return undefined;
    }
  }

  #row(round: number, who: string, words: string, outcome: number, turn: Turn): string {
    const mark = round === this.#round ? '' : String(round);
    this.#round = round;
    const utilities = this.#game.parties.map((_, seat) => {
      if (outcome === NONE) return ' '.repeat(6);
      const u = this.#game.valuation(turn.state.world).utilities[seat][outcome];
      const text = pad(figureText(u, 3), 6, true);
      const reserve = this.#game.parts.appraiser.reservation(seat, turn.state.world);
      return u >= reserve ? this.#paint.green(text) : text;
    });
    return `${`  ${pad(mark, 5, true)}  ${pad(who, this.#name)}  ${pad(clip(words, this.#change), this.#change)} ${utilities.join(' ')}`.trimEnd()}`;
  }

  #note(text: string): string {
    return `         ${' '.repeat(this.#name)}  ${text}`;
  }

  /** What is different from the last offer on the table; the whole of the first one. */
  #changes(outcome: number): string {
    const { space } = this.#game;
    const changed = space.issues
      .map((issue, i) => ({
        issue,
        level: space.levelOf(outcome, i),
        before: this.#last === NONE ? -1 : space.levelOf(this.#last, i),
      }))
      .filter(({ level, before }) => level !== before);
    if (changed.length === 0) return 'the same again';
    return changed
      .map(({ issue, level }) => `${issue.id.replaceAll('_', ' ')} ${String(issue.value(level)).replaceAll('_', ' ')}`)
      .join(', ');
  }

  /** What a stance says aloud, when it is not what the party said last. */
  #quote(party: string, says: string | undefined): string {
    if (says === undefined || this.#said.get(party) === says) return '';
    this.#said.set(party, says);
    return `\n         ${' '.repeat(this.#name)}  ${this.#paint.dim(`“${says}”`)}`;
  }

  #label(party: string): string {
    return this.#game.parties[this.#game.seatOf(party)]?.label ?? party;
  }
}

/** An id short enough for a narrow column: initials of its words, or its head. */
export function short(id: string): string {
  const words = id.split('_');
  return words.length > 1
    ? words
        .map((w) => w[0])
        .join('')
        .toUpperCase()
    : id.slice(0, 6);
}
