import type { Spot } from '../debugger/breakpoint.ts';
import type { Path, Source } from '../scenario/parse.ts';
import { nodes, type Placed, resolveTarget, transitionsOf } from '../session/chart.ts';
import type { Chart } from '../session/contracts/stance.ts';
import type { Game } from '../session/game.ts';
import type { Opened } from './open.ts';

/** A block of a scenario file. Lines and columns count from 1; columns count characters. */
export interface Span {
  readonly source: Source;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A block of a scenario file at which talks can be stopped. */
export interface Place {
  readonly spot: Spot;
  readonly span: Span;
  /** What the block is: `state probing of upper`, `event dry_spell`. */
  readonly text: string;
}

/** Where the pieces of a scenario stand that a stopped negotiation points at. */
export class Places {
  /** Every place where talks can be stopped, in the order of the files. */
  readonly all: readonly Place[];
  readonly #opened: Opened;

  constructor(opened: Opened, game: Game) {
    this.#opened = opened;
    const { spec } = opened.scenario;
    const found: Place[] = [];
    const add = (path: Path, spot: Spot, text: string) => {
      const span = this.span(path);
      if (span !== undefined) found.push({ spot, span, text });
    };
    for (const [i, { id }] of spec.issues.entries()) add(['issues', i], { kind: 'issue', issue: id }, `issue ${id}`);
    for (const [seat, party] of spec.parties.entries()) {
      add(['parties', seat], { kind: 'party', party: party.id }, `${party.id} moves`);
      add(['parties', seat, 'stance'], { kind: 'transition', party: party.id }, `stance of ${party.id} changes`);
      const chart = ownChart(game, seat);
      for (const node of chart === undefined ? [] : nodes(chart)) {
        for (const stop of stopsOf(node, nodes(chart!), party.id))
          add(['parties', seat, 'stance', ...stop.path], stop.spot, stop.text);
      }
    }
    for (const [i, { id }] of spec.events.entries()) add(['events', i], { kind: 'event', event: id }, `event ${id}`);
    this.all = found.sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
  }

  /** The places of one file. */
  in(source: Source): readonly Place[] {
    return this.all.filter(({ span }) => span.source === source);
  }

  /**
   * The place a breakpoint on a line stands for: the first that begins on the line (with a column: the last that begins at or before it), else the innermost
   * block around the line, so that a line inside a block snaps back to its beginning. Undefined where nothing around the line can stop anything.
   */
  snap(source: Source, line: number, column?: number): Place | undefined {
    const here = this.in(source);
    const starting = here.filter(({ span }) => span.line === line);
    if (starting.length > 0) {
      const before = column === undefined ? [] : starting.filter(({ span }) => span.column <= column);
      return before.at(-1) ?? starting[0];
    }
    let row = line;
    const lines = source.text.split('\n');
    while (row > 1 && /^\s*(#.*)?$/.test(lines[row - 1] ?? '')) row--;
    if (row !== line) return this.snap(source, row);
    return here.filter(({ span }) => span.line <= line && line <= span.endLine).at(-1);
  }

  /** Where a piece of the scenario stands; undefined for one that no file has (a default, an override). A list of one may be written without the list. */
  span(path: Path): Span | undefined {
    const { source, path: written } = this.#opened.origin(path);
    const { map } = source;
    let at: Path = [];
    for (const step of written) {
      const next = [...at, step];
      if (map.value(next) !== undefined) at = next;
      else if (step !== 0) return undefined;
    }
    const value = map.value(at);
    if (value === undefined) return undefined;
    const start = map.position(map.key(at)?.start ?? value.start);
    const text = map.text.slice(0, value.end).trimEnd();
    const end = map.position(Math.max(text.length, value.start));
    return { source, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /** The block of the state a party's stance is in: its line in the file, or the party's `stance:` line where the machine is the library's. */
  stance(game: Game, seat: number, path: string): Span | undefined {
    const stance: Path = ['parties', seat, 'stance'];
    if (ownChart(game, seat) === undefined) return this.span(stance);
    const keys = path.split(' | ')[0].split('.');
    return this.span([...stance, ...keys.flatMap((key) => ['states', key])]) ?? this.span(stance);
  }
}

/** A party's machine, where it is written in the scenario. */
const ownChart = (game: Game, seat: number): Chart | undefined =>
  game.players[seat].name === 'own' ? game.players[seat].compiled.chart : undefined;

/** A state is stopped at when it is entered, a transition when it is taken. One that leads nowhere only takes note, and stops nothing. */
function stopsOf(node: Placed, all: readonly Placed[], party: string): { path: Path; spot: Spot; text: string }[] {
  const state = node.keys.join('.');
  const stops: { path: Path; spot: Spot; text: string }[] = [];
  if (node.keys.length > 0 && node.node.type !== 'history')
    stops.push({
      path: node.path,
      spot: { kind: 'state', party, state, on: 'entered' },
      text: `state ${state} of ${party}`,
    });
  for (const { on, transition, path } of transitionsOf(node)) {
    const targets = [transition.target ?? []].flat();
    const target = targets.length === 1 ? resolveTarget(all, node, targets[0]) : undefined;
    if (target === undefined || target === node) continue;
    // A fact tells of a whole step: where eventless transitions follow, it ends elsewhere and names their guard.
    const passing = on === '' || all.some((one) => isAtOrUnder(one, target) && (one.node.always?.length ?? 0) > 0);
    const spot: Spot = {
      kind: 'transition',
      party,
      ...(on !== '' && state !== '' && { from: state }),
      ...(!passing || on === '' ? { to: target.keys.join('.') } : {}),
      ...(on !== '' && on !== '*' && { event: on }),
      ...(transition.guard !== undefined && (!passing || on === '') && { guard: transition.guard }),
    };
    stops.push({
      path,
      spot,
      text: `${state || party} -> ${target.keys.join('.')}${on === '' ? '' : ` on ${on}`} of ${party}`,
    });
  }
  return stops;
}

const isAtOrUnder = (one: Placed, top: Placed) => top.keys.every((key, i) => one.keys[i] === key);
