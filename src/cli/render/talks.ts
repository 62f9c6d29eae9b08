import type { Turn } from '../../session/engine.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import { postureOf } from '../../session/player.ts';
import { NONE } from '../../session/state.ts';
import type { Paint } from '../console.ts';
import { differing, issueName, offerWords, termWords, valueName } from './offer.ts';
import { figureText } from './table.ts';
import { type Figures, figuresOf } from './values.ts';
import { pad, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Issues in which an offer is apart from what stands are named up to so many, and counted beyond. */
const NAMED = 3;
const ROUND = 5;

/**
 * The rounds as a table: who moved, what that party changed against its own last offer and where it is still apart from what stands, what everybody makes of it,
 * and beneath it stance changes and events.
 */
export class Talks {
  readonly #game: Game;
  readonly #paint: Paint;
  readonly #figures: Figures;
  readonly #width: number;
  readonly #name: number;
  readonly #seats: readonly number[];
  readonly #move: number;
  readonly #said = new Map<string, string>();
  /** Every party's last offer. */
  readonly #own = new Map<string, number>();
  /** What stood when a party last said where it is apart from it. */
  readonly #apart = new Map<string, number>();
  #last: { readonly outcome: number; readonly by: string } = { outcome: NONE, by: '' };
  #round = 0;

  constructor(game: Game, paint: Paint, width: number) {
    this.#game = game;
    this.#paint = paint;
    this.#figures = figuresOf(game);
    this.#width = width;
    const labels = game.parties.map(({ label }) => label);
    this.#name = Math.min(Math.floor(width / 5), Math.max(8, ...labels.map(widthOf)));
    const share = Math.max(6, Math.floor((0.4 * width) / labels.length) - 1);
    this.#seats = labels.map((label) => Math.min(share, Math.max(6, ...label.split(' ').map(widthOf))));
    this.#move = Math.max(16, width - this.#indent - this.#seats.reduce((sum, w) => sum + w + 1, 1));
  }

  /** Where the column of moves begins. */
  get #indent(): number {
    return 2 + ROUND + 2 + this.#name + 2;
  }

  header(): string {
    const heads = this.#game.parties.map(({ label }, seat) => wrap(label, this.#seats[seat]));
    const height = Math.max(...heads.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const last = line === height - 1;
      const start = last
        ? `  round  ${pad('who', this.#name)}  ${pad('move', this.#move)}`
        : ' '.repeat(this.#indent + this.#move);
      const cells = heads.map((lines, seat) => pad(lines[line - height + lines.length] ?? '', this.#seats[seat], true));
      return this.#paint.dim(`${start} ${cells.join(' ')}`.trimEnd());
    }).join('\n');
  }

  turn(turn: Turn): string[] {
    const { protocol } = this.#game;
    const votes =
      protocol.text !== undefined && turn.facts.some(({ type }) => type === 'accepted' || type === 'rejected');
    return turn.facts.flatMap((fact, i) => {
      if (votes && (fact.type === 'accepted' || fact.type === 'rejected')) {
        const first = turn.facts.findIndex(({ type }) => type === 'accepted' || type === 'rejected');
        return i === first ? this.#vote(turn) : [];
      }
      return this.#fact(fact, turn, i);
    });
  }

  #fact(fact: Fact, turn: Turn, i: number): string[] {
    const { round } = turn.state;
    const paint = this.#paint;
    switch (fact.type) {
      case 'offered': {
        const refuses = turn.facts.slice(0, i).some((one) => one.type === 'rejected' && one.by === fact.by);
        const words = `${refuses ? 'no; ' : ''}${this.#offer(fact.by, fact.outcome)}`;
        this.#own.set(fact.by, fact.outcome);
        this.#last = { outcome: fact.outcome, by: fact.by };
        return [
          ...this.#row(round, this.#label(fact.by), words, fact.outcome, turn),
          ...this.#quote(fact.by, fact.says),
        ];
      }
      case 'accepted': {
        const row = this.#row(round, this.#label(fact.by), paint.green('accepts'), fact.outcome, turn);
        return [...row, ...this.#quote(fact.by, fact.says)];
      }
      case 'rejected': {
        // Told with the offer, or the silence, that follows it
        if (turn.facts.slice(i).some((one) => (one.type === 'offered' || one.type === 'passed') && one.by === fact.by))
          return [];
        const why = turn.notes.find(({ note }) => note.about === 'answer' && note.by === fact.by)?.note;
        const because = why?.about === 'answer' && why.because !== '' ? paint.dim(` (${why.because})`) : '';
        return this.#row(round, this.#label(fact.by), `${paint.red('rejects it')}${because}`, fact.outcome, turn);
      }
      case 'passed':
        return [
          ...this.#row(round, this.#label(fact.by), this.#silence(fact.by, turn, i), NONE, turn),
          ...this.#quote(fact.by, fact.says),
        ];
      case 'walked':
        return this.#row(round, this.#label(fact.by), paint.red(`leaves the talks: ${fact.why}`), NONE, turn);
      case 'tabled': {
        const words = this.#text(fact.outcome, turn);
        this.#last = { outcome: fact.outcome, by: '' };
        return this.#row(round, 'mediator', words, fact.outcome, turn);
      }
      default: {
        const note = this.#note(fact);
        return note === undefined ? [] : this.#aside(note, round);
      }
    }
  }

  /** What happened beside the moves. */
  #note(fact: Fact): string | undefined {
    const { red, cyan, dim, yellow } = this.#paint;
    switch (fact.type) {
      case 'refused':
        return red(`${this.#label(fact.by)}: move refused, ${fact.why}`);
      case 'stanceChanged':
        if (fact.from === fact.to) return undefined;
        return (
          cyan(`${this.#label(fact.party)}: ${fact.from} → ${fact.to}`) +
          dim(` on ${fact.on}${fact.guard ? `, since ${fact.guard}` : ''}`)
        );
      case 'happened':
        return yellow(`event: ${this.#game.script[this.#game.eventIndex(fact.event)]?.label ?? fact.event}`);
      case 'marketMoved':
        return yellow(`market: ${fact.name} ${marketText(fact.from)} → ${marketText(fact.to)}`);
      case 'termMoved':
        return yellow(`${this.#label(fact.party)}: term ${fact.term} × ${Number(fact.to.toPrecision(4))}`);
      case 'reservationMoved': {
        const [from, to] = this.#figures.column([fact.from ?? Number.NEGATIVE_INFINITY, fact.to]);
        return yellow(`${this.#label(fact.party)}: reservation ${fact.from === null ? 'none' : from} → ${to}`);
      }
      case 'deadlineMoved':
        return yellow(`deadline: round ${fact.from} → ${fact.to}`);
      case 'signalled':
        return yellow(`signal: ${fact.signal}${fact.to ? ` to ${this.#label(fact.to)}` : ''}`);
      case 'ended':
        return fact.end === 'timedout' ? yellow('the deadline passes') : undefined;
      default:
        return undefined;
    }
  }

  /** What is different from the party's own last offer, the whole of its first one, and where it is apart from what stands. */
  #offer(by: string, outcome: number): string {
    const own = this.#own.get(by) ?? NONE;
    if (own === NONE) return `offers ${offerWords(this.#game, outcome)}`;
    const changed = differing(this.#game, outcome, own);
    const words = changed.length === 0 ? 'the same again' : `changes ${this.#changes(outcome, own)}`;
    const { outcome: standing, by: other } = this.#last;
    if (standing === NONE || other === by) return words;
    const apart = differing(this.#game, outcome, standing).map((i) =>
      changed.includes(i) ? issueName(this.#game.space.issues[i]) : termWords(this.#game, outcome, i),
    );
    const where =
      apart.length === 0
        ? '; that is what stands'
        : apart.length > NAMED
          ? `; apart in ${apart.length} of ${this.#game.space.issues.length} issues`
          : `; apart in ${apart.join(', ')}`;
    if (changed.length === 0 && this.#apart.get(by) === standing) return words;
    this.#apart.set(by, standing);
    return words + this.#paint.dim(where);
  }

  #changes(outcome: number, before: number): string {
    const { space } = this.#game;
    return differing(this.#game, outcome, before)
      .map(
        (i) =>
          `${issueName(space.issues[i])}: ${valueName(space.issues[i], space.levelOf(before, i))} → ${valueName(space.issues[i], space.levelOf(outcome, i))}`,
      )
      .join(', ');
  }

  /** What the mediator puts on the table, against the text so far where there is one. */
  #text(outcome: number, turn: Turn): string {
    const text = this.#game.protocol.text?.(turn.before) ?? NONE;
    if (text === NONE) return `tables ${offerWords(this.#game, outcome)}`;
    if (text === outcome) return `puts the text to the parties: ${offerWords(this.#game, outcome)}`;
    return `puts to the vote ${this.#changes(outcome, text)}`;
  }

  /** A vote on the text in one line: who was for it, who against, and what came of it. */
  #vote(turn: Turn): string[] {
    const { protocol, parties } = this.#game;
    const said = (type: 'accepted' | 'rejected') =>
      turn.facts.flatMap((fact) => (fact.type === type ? [this.#label(fact.by)] : [])).join(', ') || 'nobody';
    const { outcome } = turn.before.table;
    const [before, after] = [turn.before, turn.state].map((state) => protocol.text?.(state) ?? NONE);
    const carried = turn.state.end === 'agreement' || (before !== outcome && after === outcome);
    const result =
      before === outcome
        ? carried
          ? 'the text is ratified'
          : turn.state.round >= turn.state.world.rounds
            ? 'the text is not ratified'
            : 'the text stays as it is'
        : carried
          ? `carried, the text is now so`
          : 'not carried, the text stays as it was';
    const words = `for: ${said('accepted')}; against: ${said('rejected')}; ${carried ? this.#paint.green(result) : this.#paint.yellow(result)}`;
    const quotes = turn.facts.flatMap((fact) =>
      fact.type === 'accepted'
        ? this.#quote(fact.by, fact.says, parties.length > 1 ? `${this.#label(fact.by)}: ` : '')
        : [],
    );
    return [...this.#row(turn.state.round, 'vote', words, NONE, turn), ...quotes];
  }

  /** Why a party makes no offer, and what it thereby does. */
  #silence(by: string, turn: Turn, i: number): string {
    const seat = this.#game.seatOf(by);
    const player = this.#game.players[seat];
    const heard = turn.facts.slice(0, i);
    const changed = heard.findLast((fact) => fact.type === 'stanceChanged' && fact.party === by);
    const posture = postureOf(
      player,
      changed?.type === 'stanceChanged' ? changed.stance : turn.before.seats[seat].stance,
    );
    const why = player.scripted.has(turn.state.round)
      ? 'as scripted'
      : heard.some((fact) => fact.type === 'refused' && fact.by === by)
        ? 'its move was refused'
        : posture.tactic === undefined
          ? `its stance ${posture.path} has no tactic`
          : `its tactic ${posture.tactic.name} finds none`;
    const refuses = heard.some((fact) => fact.type === 'rejected' && fact.by === by);
    const what = refuses ? 'rejects what stands and offers nothing' : 'makes no offer';
    const broken = turn.facts.slice(i).some((fact) => fact.type === 'ended' && fact.end === 'broken');
    return `${broken ? this.#paint.red(`${what}, which ends the talks`) : what}${this.#paint.dim(` (${why})`)}`;
  }

  #row(round: number, who: string, words: string, outcome: number, turn: Turn): string[] {
    const name = wrap(who, this.#name);
    const move = wrap(words, outcome === NONE ? this.#width - this.#indent : this.#move);
    const mark = this.#mark(round);
    return Array.from({ length: Math.max(name.length, move.length) }, (_, line) => {
      const start = `  ${pad(line === 0 ? mark : '', ROUND, true)}  ${pad(name[line] ?? '', this.#name)}  ${pad(move[line] ?? '', this.#move)}`;
      return (line === 0 && outcome !== NONE ? `${start} ${this.#utilities(outcome, turn)}` : start).trimEnd();
    });
  }

  #utilities(outcome: number, { state: { world } }: Turn): string {
    const { utilities } = this.#game.valuation(world);
    return this.#game.parties
      .map((_, seat) => {
        const u = utilities[seat][outcome];
        const text = pad(figureText(u, 3), this.#seats[seat], true);
        return u >= this.#game.parts.appraiser.reservation(seat, world) ? this.#paint.green(text) : text;
      })
      .join(' ');
  }

  /** A line beside the moves, under the number of its own round. */
  #aside(text: string, round: number): string[] {
    const mark = this.#mark(round);
    return wrap(text, this.#width - this.#indent, '  ').map(
      (line, i) => `  ${pad(i === 0 ? mark : '', ROUND, true)}  ${' '.repeat(this.#name)}  ${line}`,
    );
  }

  /** The round's number, where it has not been told yet. */
  #mark(round: number): string {
    const mark = round === this.#round ? '' : String(round);
    this.#round = round;
    return mark;
  }

  /** What a stance says aloud, when it is not what the party said last. */
  #quote(party: string, says: string | undefined, speaker = ''): string[] {
    if (says === undefined || this.#said.get(party) === says) return [];
    this.#said.set(party, says);
    return wrap(`${speaker}“${says}”`, this.#width - this.#indent).map(
      (line) => ' '.repeat(this.#indent) + this.#paint.dim(line),
    );
  }

  #label(party: string): string {
    return this.#game.parties[this.#game.seatOf(party)]?.label ?? party;
  }
}

/** A market figure: whole where it is large, else as it is. */
export const marketText = (x: number): string =>
  figureText(
    x,
    Math.abs(x) >= 1000 || Number.isInteger(x) ? 0 : x === 0 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(Math.abs(x)))),
  );
