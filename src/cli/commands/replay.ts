import { Debugger } from '../../debugger/debugger.ts';
import { factText } from '../../debugger/fact_text.ts';
import { counted } from '../../domain/counted.ts';
import { isUpTo, parseAddress, splitReference } from '../../history/address.ts';
import { openSession } from '../../history/open_session.ts';
import { type Difference, firstDifference } from '../../history/replay.ts';
import { type ReadTrace, readTrace, traceHeader } from '../../history/trace.ts';
import { verify } from '../../history/verify.ts';
import { loadScenario } from '../../scenario/load.ts';
import { run as play } from '../../session/engine.ts';
import { VERSION } from '../../version.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { readText } from '../files.ts';

/** What a replay found: nothing, or the first place where it comes out otherwise. */
interface Found {
  readonly identical: boolean;
  readonly lines: readonly string[];
  readonly difference: unknown;
}

/** `hashpact replay`: plays a recording again, to its end or up to a moment (`talks.jsonl#r7.2`). A trace is compared byte for byte, a session fact by fact. */
export function replay(
  [given]: readonly string[],
  options: Readonly<Record<string, unknown>>,
  console: Console,
): number {
  const { file, fragment } = splitReference(given);
  const { name, text: written } = readText(file, undefined, true);
  const text = written.replace(/^\uFEFF/, '');
  const read = readTrace(text);
  const found = 'header' in read ? bytes(name, written, read, fragment) : facts(name, text, fragment, console);
  if (options['json']) {
    console.out(
      JSON.stringify({ file: given, identical: found.identical, difference: found.difference ?? null }, null, 2),
    );
  } else for (const line of found.lines) console.out(line);
  return found.identical ? EXIT.done : EXIT.failed;
}

function bytes(name: string, text: string, read: ReadTrace, fragment: string | undefined): Found {
  const { header } = read;
  const loaded = loadScenario({ name: `${name} (its header)`, text: JSON.stringify(header.resolved) });
  if (!loaded.ok)
    throw new Refusal(`${name}:1: the scenario in the header cannot be read: ${loaded.diagnostics[0]?.message ?? ''}`);
  const game = loaded.scenario.game({ seed: header.seed, repetition: header.repetition });
  if (game.parts.hash !== header.hash)
    throw new Refusal(`${name}:1: the scenario in the header was changed: its hash is not the one recorded`);
  const rebuilt = traceHeader(game, { ...header, resolved: loaded.scenario.resolved });
  const difference = firstDifference(text, game, rebuilt, play(game));
  const lines = fragment === undefined ? undefined : linesUpTo(name, read, fragment);
  if (difference === undefined || (lines !== undefined && difference.line > lines + 1)) {
    const what = fragment === undefined ? '' : ` up to ${fragment}`;
    return {
      identical: true,
      lines: [`${name}: identical${what}, ${counted((lines ?? read.lines.length) + 1, 'line')}`],
      difference: undefined,
    };
  }
  return { identical: false, lines: told(name, read, difference), difference };
}

/** How many lines after the header stand within a moment or before it. */
function linesUpTo(name: string, { lines }: ReadTrace, fragment: string): number {
  const until = parseAddress(fragment);
  if (until === undefined)
    throw new Refusal(
      `${name}: "${fragment}" is no moment`,
      'a round, a turn of it or a step of that: r7, r7.2, r7.2.3',
    );
  let count = 0;
  let reached = false;
  for (const line of lines) {
    const at = 'at' in line ? parseAddress(line.at) : undefined;
    if (at === undefined || !isUpTo(at, until)) break;
    count++;
    reached = isUpTo(until, at);
  }
  if (!reached) throw new Refusal(`${name}: the talks do not reach ${fragment}`);
  return count;
}

function told(name: string, { header, problem }: ReadTrace, difference: Difference): string[] {
  const { kind, line, column, recorded, replayed } = difference;
  const place = `${name}:${line}:${column}`;
  if (problem !== undefined && line >= problem.line)
    return [
      `${name}:${problem.line}: ${problem.message}; ${counted(line - 1, 'line')} before it ${line === 2 ? 'is' : 'are'} identical`,
    ];
  if (kind === 'newline') return [`${place}: the newline at the end of the file is missing`];
  if (kind === 'digest') {
    return [
      `${place}: every line comes out the same, but the digest in this one is not theirs`,
      '  something was changed that a replay takes as given: the seed, the repetition, the strategies or the version in the first line',
    ];
  }
  return [
    `${place}: the replay differs here`,
    `  recorded: ${excerpt(recorded, column) ?? '(nothing: the file ends before)'}`,
    `  replayed: ${excerpt(replayed, column) ?? '(nothing: the talks end before)'}`,
    ...(header.version === VERSION ? [] : [`  recorded with hashpact ${header.version}, replayed with ${VERSION}`]),
  ];
}

/** A line around the place where it differs; a byte order mark shows. */
function excerpt(line: string | undefined, column: number): string | undefined {
  if (line === undefined) return undefined;
  const from = Math.max(0, column - 1 - 40);
  const part = line.slice(from, from + 120).replaceAll('\uFEFF', '\\ufeff');
  return `${from > 0 ? '…' : ''}${part}${from + 120 < line.length ? '…' : ''}`;
}

/** Every branch of a session, or one of them up to a moment. */
function facts(name: string, text: string, fragment: string | undefined, console: Console): Found {
  const opened = openSession(text);
  if (!opened.ok) throw new Refusal(`${name}: ${opened.message}`, opened.hint);
  const { session } = opened;
  if (session.problem)
    console.err(`${name}:${session.problem.line}: ${session.problem.message}; what stands before it is played`);
  const debug = Debugger.reopened(session);
  if (fragment !== undefined) {
    const went = debug.goto(fragment);
    if (!went.ok) throw new Refusal(`${name}: ${went.message}`, went.hint);
  }
  const until = fragment === undefined ? Number.POSITIVE_INFINITY : debug.position;
  const branches = fragment === undefined ? session.branches : [debug.branch];
  for (const branch of branches) {
    const departure = verify(branch.recording);
    if (departure === undefined || departure.position > until) continue;
    const { game } = debug.frameOf(Math.min(departure.position, branch.recording.size), branch);
    const tell = (fact: typeof departure.recorded) => (fact === undefined ? '(nothing)' : factText(fact, game));
    const at = branch.recording.addressText(departure.position);
    const where = session.branches.length > 1 ? `branch ${branch.id}, ${at}` : at;
    const lines = [
      `${name}: at ${where} the replay differs`,
      `  recorded: ${tell(departure.recorded)}`,
      `  replayed: ${departure.failure ?? tell(departure.replayed)}`,
    ];
    return { identical: false, lines, difference: { branch: branch.id, at, ...departure } };
  }
  const torn = session.problem !== undefined && fragment === undefined;
  const what = fragment === undefined ? counted(branches.length, 'branch', 'branches') : `up to ${debug.frame.at}`;
  return { identical: !torn, lines: [`${name}: every fact comes out the same, ${what}`], difference: session.problem };
}
