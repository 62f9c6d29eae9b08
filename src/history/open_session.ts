import { freeze } from 'immer';
import { loadScenario, type Scenario } from '../scenario/load.ts';
import { begin, fold, type PlacedNote } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import type { State } from '../session/state.ts';
import { addressOf, parseAddress } from './address.ts';
import { type Branch, reseated, sharedFacts, trunk } from './branch.ts';
import { gameAfter } from './change.ts';
import { factProblem } from './fact_problem.ts';
import type { RecordedTurn } from './play_turn.ts';
import { Recording } from './recording.ts';
import { type Answer, refuse, said } from './refused.ts';
import { digestOf, type ForkLine, type NoteLine, SESSION_FORMAT, type TurnLine } from './session_file.ts';
import { TRACE_FORMAT, type TraceHeader } from './trace.ts';

/** A trace or session, reopened. Facts were folded; no strategy was run. What stands before a problem is whole. */
export interface OpenedSession {
  readonly header: Omit<TraceHeader, 'format'>;
  readonly scenario: Scenario;
  readonly game: Game;
  readonly branches: readonly Branch[];
  readonly notes: readonly NoteLine['note'][];
  /** Where the file stops making sense, or what is odd about it; the file's line counts from 1. */
  readonly problem?: { readonly line: number; readonly message: string };
}

/** Reads a trace (`run --trace`) or a session file. Refused only where not even the scenario in its header can be had. */
export function openSession(text: string): Answer<{ session: OpenedSession }> {
  const rows = text.split('\n');
  const isTorn = rows.at(-1) !== '';
  if (!isTorn) rows.pop();
  const header = parsed(rows[0] ?? '') as (Omit<TraceHeader, 'format'> & { format?: string }) | undefined;
  if (header === undefined || (header.format !== SESSION_FORMAT && header.format !== TRACE_FORMAT)) {
    const message = `this is no recording: its first line should hold "format":"${TRACE_FORMAT}" or "${SESSION_FORMAT}"`;
    return refuse('no-recording', message);
  }
  if (typeof header.resolved !== 'object' || header.resolved === null) {
    return refuse('bad-header', 'the first line holds no scenario');
  }
  const loaded = loadScenario({ name: 'the header', text: JSON.stringify(header.resolved) });
  if (!loaded.ok) {
    const [first] = loaded.diagnostics;
    return refuse('bad-header', `the scenario in the first line cannot be read: ${first?.message ?? ''}`, first?.hint);
  }
  const { scenario } = loaded;
  if (!Number.isSafeInteger(header.seed) || !Number.isSafeInteger(header.repetition)) {
    return refuse('bad-header', 'the first line states no seed');
  }
  const game = scenario.game({ seed: header.seed, repetition: header.repetition });
  const reader = new Reader(rows, isTorn, scenario, game);
  reader.read();
  let { problem } = reader;
  if (problem === undefined && game.parts.hash !== header.hash) {
    problem = { line: 1, message: 'the scenario in the first line is not the one that was recorded: its hash differs' };
  }
  const { branches, notes } = reader;
  return { ok: true, session: { header, scenario, game, branches, notes, ...(problem && { problem }) } };
}

/** The facts and notes of one turn as they are read. */
interface Gathered {
  readonly at: string;
  readonly line: number;
  readonly facts: Fact[];
  readonly notes: PlacedNote[];
}

class Reader {
  readonly branches: Branch[] = [];
  readonly notes: NoteLine['note'][] = [];
  problem: OpenedSession['problem'];
  readonly #rows: readonly string[];
  /** Whether the last row has no newline. */
  readonly #isTorn: boolean;
  #recording: Recording;
  #gathered: Gathered | undefined;
  #extra: TurnLine['turn'] | undefined;
  #pendingExtra: TurnLine['turn'] | undefined;
  /** For a branch with another strategy: the state its changed turn ends in, and who plays after it. */
  #ending: { readonly state: State; readonly game: Game } | undefined;
  #game: Game;

  constructor(rows: readonly string[], isTorn: boolean, scenario: Scenario, game: Game) {
    this.#rows = rows;
    this.#isTorn = isTorn;
    this.#game = game;
    this.#recording = new Recording(game, freeze(begin(game), true));
    this.branches.push(trunk(scenario, this.#recording));
  }

  read(): void {
    let closed = false;
    for (let i = 1; i < this.#rows.length && this.problem === undefined; i++) {
      const line = parsed(this.#rows[i]);
      if (closed) this.#stop(i + 1, 'there is more after the closing line');
      else if (line === undefined) {
        const torn = this.#isTorn && i === this.#rows.length - 1;
        this.#stop(i + 1, torn ? 'the last line is torn: the file was cut short' : 'this line is no JSON object');
      } else if ('fact' in line || 'why' in line) this.#gather(line, i + 1);
      else if ('turn' in line) {
        this.#close();
        this.#pendingExtra = line['turn'] as TurnLine['turn'];
      } else if ('fork' in line) {
        this.#close();
        if (this.problem === undefined) this.#fork(line as unknown as ForkLine, i + 1);
      } else if ('note' in line) {
        this.#close();
        const note = line['note'] as NoteLine['note'];
        if (typeof note?.text === 'string' && typeof note.at === 'string') this.notes.push(note);
        else this.#stop(i + 1, 'this note has no text or no moment');
      } else if ('end' in line) {
        this.#close();
        closed = true;
        const { digest } = line['end'] as { digest?: string };
        const before = this.#rows.slice(0, i).map((row) => `${row}\n`);
        if (this.problem === undefined && digest !== undefined && digest !== digestOf(before.join(''))) {
          this.#stop(
            i + 1,
            'the file was edited after it was written: its digest differs. What it says is shown as it says it',
          );
        }
      } else this.#stop(i + 1, 'this line is none that a recording has');
    }
    this.#settle();
    if (!closed && this.problem === undefined) {
      // Without what follows, nobody can tell whether the last turn is whole; one that ends the talks is.
      if (this.#gathered?.facts.at(-1)?.type === 'ended') this.#close();
      this.#stop(this.#rows.length, 'the recording was cut short: its closing line is missing');
    }
  }

  #stop(line: number, message: string): void {
    this.problem ??= { line, message };
  }

  #gather(line: Readonly<Record<string, unknown>>, row: number): void {
    const address = typeof line['at'] === 'string' ? parseAddress(line['at']) : undefined;
    if (address?.turn === undefined || address.micro === undefined) {
      this.#stop(row, 'this line has no moment such as "7.2.3"');
      return;
    }
    const at = `${address.round}.${address.turn}`;
    if (this.#gathered?.at !== at) {
      this.#close();
      this.#gathered = { at, line: row, facts: [], notes: [] };
      this.#extra = this.#pendingExtra;
      this.#pendingExtra = undefined;
    }
    const { facts, notes } = this.#gathered;
    if (address.micro !== facts.length + 1) {
      this.#stop(row, `a line is missing or out of order: expected ${at}.${facts.length + 1}`);
      return;
    }
    if ('why' in line) {
      notes.push({ micro: address.micro, note: line['why'] as PlacedNote['note'] });
      return;
    }
    const wrong = factProblem(line['fact'], this.#game);
    if (wrong !== undefined) {
      this.#stop(row, wrong);
      return;
    }
    const { values: _, ...fact } = line['fact'] as Fact & { values?: unknown };
    facts.push(fact as Fact);
  }

  /** Folds the turn gathered so far. */
  #close(): void {
    const gathered = this.#gathered;
    if (gathered === undefined || this.problem !== undefined) return;
    this.#gathered = undefined;
    const { facts, notes } = gathered;
    if (facts.length === 0) {
      this.#stop(gathered.line, 'a turn without facts');
      return;
    }
    const before = this.#recording.last;
    if (before.end !== null) {
      this.#stop(gathered.line, 'the talks were over before this line');
      return;
    }
    try {
      const ending = this.#ending;
      const state = ending?.state ?? fold(this.#game, before, facts).state;
      if (addressOf(state, 1) !== `${gathered.at}.1`) {
        this.#stop(gathered.line, `this turn says it is ${gathered.at}, but its facts make it ${addressOf(state, 1)}`);
        return;
      }
      this.#recording.add({ game: this.#game, before, state, facts, notes, ...this.#extras(facts) });
      if (ending !== undefined) this.#game = ending.game;
      this.#ending = undefined;
    } catch (error) {
      this.#stop(gathered.line, `the facts of this turn cannot be folded: ${said(error)}`);
    }
  }

  #extras(facts: readonly Fact[]): Pick<RecordedTurn, 'moves' | 'edits'> {
    const extra = this.#extra;
    if (extra === undefined) return {};
    const moves = new Map((extra.moves ?? []).map(({ party, move }) => [this.#game.seatOf(party), move as Move]));
    const edits = (extra.edits ?? []).map(({ after, facts: count, late }) => ({
      after,
      facts: facts.slice(after, after + count),
      ...(late && { late }),
    }));
    return { ...(moves.size > 0 && { moves }), ...(edits.length > 0 && { edits }) };
  }

  /** A changed move parts from the parent where its turn's facts do; that is known when the turn has been read. */
  #settle(): void {
    const branch = this.branches[this.branches.length - 1];
    if (branch.change?.kind !== 'move' || branch.parent === undefined) return;
    const { turn } = branch.parent.recording.locate(branch.asked);
    const facts = branch.recording.turns[turn]?.facts ?? [];
    const at = branch.parent.recording.startOf(turn) + sharedFacts(branch.parent.recording.turns[turn].facts, facts);
    this.branches[this.branches.length - 1] = { ...branch, at };
  }

  #fork({ fork }: ForkLine, row: number): void {
    this.#settle();
    const parent = this.branches.find(({ id }) => id === fork.parent);
    if (parent === undefined || typeof fork.change?.kind !== 'string') {
      this.#stop(row, `there is no branch ${fork.parent} to fork from`);
      return;
    }
    const address = parseAddress(fork.at);
    const asked = fork.at === 'start' ? 0 : address && parent.recording.position(address);
    if (asked === undefined || fork.shared > parent.recording.turns.length) {
      this.#stop(row, `branch ${fork.parent} has no ${fork.at}`);
      return;
    }
    const { recording } = parent;
    const shared = recording.turns.slice(0, fork.shared);
    const { turn } = recording.locate(asked);
    const end = recording.startOf(turn + 1);
    const now = recording.gameAt(asked === 0 ? 0 : recording.startOf(fork.shared));
    const next = gameAfter(fork.change, parent.scenario, recording.gameAt(end));
    if (!next.ok) {
      this.#stop(row, next.message);
      return;
    }
    const hands = new Set(recording.hands);
    if (fork.change.kind === 'hand') hands.add(now.seatOf(fork.change.party));
    const other = fork.change.kind === 'strategy' || fork.change.kind === 'seed';
    const playing = other ? next.game : recording.gameAt(end);
    const atStart = asked === 0 && fork.change.kind === 'strategy';
    this.#ending = undefined;
    this.#game = other ? next.game : now;
    if (fork.change.kind === 'strategy' && !atStart) {
      const { state } = reseated(recording, end, next.game, next.game.seatOf(fork.change.party));
      this.#ending = { state, game: next.game };
      this.#game = now;
    }
    const first = atStart ? freeze(begin(next.game), true) : recording.first;
    this.#recording = new Recording(playing, first, shared, hands);
    const { id, label, change } = fork;
    const at = change.kind === 'hand' || other ? end : asked;
    this.branches.push({ id, label, parent, at, asked, change, recording: this.#recording, scenario: next.scenario });
  }
}

function parsed(row: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
