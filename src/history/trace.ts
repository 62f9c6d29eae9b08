import { createHash } from 'node:crypto';
import type { Json } from '../domain/id.ts';
import type { Turn } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import type { Note } from '../session/note.ts';
import { addressOf } from './address.ts';

export const TRACE_FORMAT = 'hashpact-trace/1';

/** The first line of a trace: what reproduces it, and the whole scenario as it was resolved. */
export interface TraceHeader {
  readonly format: typeof TRACE_FORMAT;
  readonly version: string;
  readonly scenario: string;
  /** SHA-256 of the canonical resolved scenario. */
  readonly hash: string;
  readonly seed: number;
  readonly repetition: number;
  /** Strategy names given in place of the scenario's own, by party id. */
  readonly strategies: Readonly<Record<string, string>>;
  readonly resolved: Json;
}

/** A fact on its line: with its address, and with the values of any outcome it names beside the index. */
export interface FactLine {
  readonly at: string;
  readonly fact: Fact & { readonly values?: Readonly<Record<string, string | number>> };
}

/** A rationale on its line: it stands before the fact it led to, at that fact's address. */
export interface WhyLine {
  readonly at: string;
  readonly why: Note;
}

/** The last line: a trace without it was cut short. `digest` is the SHA-256 of the lines before it, each with its newline: it holds what no replay can rebuild. */
export interface EndLine {
  readonly end: { readonly facts: number; readonly turns: number; readonly digest: string };
}

export type TraceLine = FactLine | WhyLine | EndLine;

/** The lines of one turn: each rationale before the fact it led to; those that led to none stand last, at the address after the last fact. */
export function linesOf(game: Game, turn: Pick<Turn, 'facts' | 'notes' | 'state'>): (FactLine | WhyLine)[] {
  const lines: (FactLine | WhyLine)[] = [];
  let next = 0;
  for (const [i, fact] of turn.facts.entries()) {
    const at = addressOf(turn.state, i + 1);
    for (; next < turn.notes.length && turn.notes[next].micro <= i + 1; next++)
      lines.push({ at, why: turn.notes[next].note });
    lines.push({ at, fact: withValues(game, fact) });
  }
  const at = addressOf(turn.state, turn.facts.length + 1);
  for (const { note } of turn.notes.slice(next)) lines.push({ at, why: note });
  return lines;
}

/** A fact with the values of the outcome it names, as people and other programs read it. */
export function withValues(game: Game, fact: Fact): FactLine['fact'] {
  if (!('outcome' in fact) || fact.outcome === null || fact.outcome < 0) return fact;
  return { ...fact, values: game.space.values(fact.outcome) };
}

/** The header of a trace of a game. */
export function traceHeader(
  game: Game,
  { version, strategies, resolved }: Pick<TraceHeader, 'version' | 'strategies' | 'resolved'>,
): TraceHeader {
  const { id, hash, seed, repetition } = game.parts;
  return { format: TRACE_FORMAT, version, scenario: id, hash, seed, repetition, strategies, resolved };
}

/** Writes a trace line by line, as the talks go. */
export function* traceLines(game: Game, header: TraceHeader, turns: Iterable<Turn>): Generator<string> {
  const digest = createHash('sha256');
  const written = (line: object) => {
    const text = JSON.stringify(line);
    digest.update(`${text}\n`);
    return text;
  };
  yield written(header);
  let facts = 0;
  let count = 0;
  for (const turn of turns) {
    for (const line of linesOf(game, turn)) yield written(line);
    facts += turn.facts.length;
    count++;
  }
  const end: EndLine = { end: { facts, turns: count, digest: digest.digest('hex') } };
  yield JSON.stringify(end);
}

/** A trace as read back; `problem` says where it stops making sense. What comes before the problem is whole. */
export interface ReadTrace {
  readonly header: TraceHeader;
  readonly lines: readonly TraceLine[];
  readonly complete: boolean;
  readonly problem?: { readonly line: number; readonly message: string };
}

/** Reads a trace's text. A torn or edited line ends the reading, and what stands before it is kept. */
export function readTrace(
  text: string,
): ReadTrace | { readonly problem: { readonly line: number; readonly message: string } } {
  const rows = text.split('\n');
  const isTorn = rows.at(-1) !== '';
  if (!isTorn) rows.pop();
  const header = parseLine(rows[0] ?? '') as TraceHeader | undefined;
  if (header === undefined || header.format !== TRACE_FORMAT) {
    const message = `this is no hashpact trace: its first line should hold "format":"${TRACE_FORMAT}"`;
    return { problem: { line: 1, message } };
  }
  const lines: TraceLine[] = [];
  for (let i = 1; i < rows.length; i++) {
    const line = parseLine(rows[i]);
    const before = lines.at(-1);
    const isOver = before !== undefined && 'end' in before;
    if (isOver || line === undefined || !('at' in line || 'end' in line)) {
      const message = isOver
        ? 'there is more after the closing line'
        : isTorn && i === rows.length - 1
          ? 'the last line is torn'
          : 'this line is not a trace line';
      return { header, lines, complete: false, problem: { line: i + 1, message } };
    }
    lines.push(line as unknown as TraceLine);
  }
  const last = lines.at(-1);
  if (last === undefined || !('end' in last)) {
    return {
      header,
      lines,
      complete: false,
      problem: { line: rows.length, message: 'the trace was cut short: its closing line is missing' },
    };
  }
  return { header, lines, complete: true };
}

function parseLine(row: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
