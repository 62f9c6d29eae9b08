import type { Explanation, Expression, ExprKind, Vocabulary } from '../expression/index.ts';
import { parseAddress } from '../history/address.ts';
import { type Branch, fork, trunk, wrongMoveIn } from '../history/branch.ts';
import type { Change } from '../history/change.ts';
import type { OpenedSession } from '../history/open_session.ts';
import { Recording } from '../history/recording.ts';
import { type Answer, type Refused, refuse } from '../history/refused.ts';
import { type Departure, verify } from '../history/verify.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Game } from '../session/game.ts';
import type { Move } from '../session/move.ts';
import type { WorldEnv } from '../session/vocabulary.ts';
import { type Breakpoint, type BreakpointSpec, makeTrap, readerOf, type Trap } from './breakpoint.ts';
import { type Frame, frameOf, type Remark, type Stop, type StopReason, type Watch } from './frame.ts';
import { at, type Difference, differences, inspect, type Tree } from './inspect.ts';
import { findMoment } from './moments.ts';
import { type Row, rowsOf } from './rows.ts';
import { type Direction, type Goal, type Granularity, goalOf, Hits, travel, where } from './travel.ts';
import { compileWords, debuggerVocabulary } from './words.ts';

/**
 * The debugger's engine: a cursor on a tree of branches, breakpoints, watches, and journeys either way. It knows no terminal, no page and no editor, does
 * no input or output, and never throws on what a user says: refusals are values ({ok: false, code, message, hint?, problem?}).
 *
 * - frames: `frame`, `frameAt(address)`, `tree()` (a frame as JSON), `diff(a, b)`, `changed()` (what the last fact changed);
 * - journeys: `step(granularity, direction)`, `proceed(direction)` (to a breakpoint), `until(condition, direction)`, `goto(address)`, `restart()`, `toEnd()`;
 * - stops: `setBreakpoint`, `removeBreakpoint`, `enable`, `breakpoints`; hits are the same in both directions and on every path;
 * - looking: `evaluate(expression)`, `explain(expression)`, `watch`, `unwatch`, `watches`, `table(expressions, every)`, `origin(what)`;
 * - sideways: `fork(change)`, `switchTo(branch)`, `branches`, `play(party)`, `move(move)` for the seat that is awaited; `verify()`.
 *
 * A step the other way right after a step returns exactly to where that one began, also from the middle of a turn.
 *
 * @example
 * const debug = new Debugger(scenario, scenario.game({ seed: 1 }));
 * debug.setBreakpoint({ spot: { kind: 'data', what: 'russia.utility' }, condition: 'russia.utility < 0.3' });
 * const stop = debug.proceed(1);
 */
export class Debugger {
  readonly vocabulary: Vocabulary<WorldEnv>;
  readonly branches: Branch[] = [];
  readonly remarks: Remark[] = [];
  readonly #scenario: Scenario;
  readonly #hits = new Map<Branch, Hits>();
  #branch: Branch;
  #position = 0;
  #traps: Trap[] = [];
  #watches: Watch[] = [];
  #ids = 0;
  #trail: { from: number; to: number; granularity: Granularity; direction: Direction }[] = [];

  /** `recording` is one that was read from a file; without it the talks begin. */
  constructor(scenario: Scenario, game: Game, recording: Recording = new Recording(game)) {
    this.#scenario = scenario;
    this.vocabulary = debuggerVocabulary(scenario.stage.shape);
    this.#branch = trunk(scenario, recording);
    this.branches.push(this.#branch);
  }

  /** The engine on a session that was read from a file. */
  static reopened(session: OpenedSession): Debugger {
    const engine = new Debugger(session.scenario, session.game, session.branches[0].recording);
    engine.branches.splice(0, 1, ...session.branches);
    engine.#branch = session.branches[0];
    engine.remarks.push(...session.notes);
    return engine;
  }

  // -- frames ------------------------------------------------------------------------------------------------------
  get scenario(): Scenario {
    return this.#scenario;
  }
  get branch(): Branch {
    return this.#branch;
  }
  get position(): number {
    return this.#position;
  }
  get frame(): Frame {
    return this.frameOf(this.#position);
  }

  /** The frame at a position of a branch. */
  frameOf(position: number, branch: Branch = this.#branch): Frame {
    return frameOf(branch, position);
  }

  /** The frame an address names (`r7.2.3`, `7`, `start`, `end`, `2:r7` on branch 2), playing on as far as needed. Does not move the cursor. */
  frameAt(text: string): Answer<{ frame: Frame }> {
    const found = this.#find(text);
    return found.ok ? { ok: true, frame: this.frameOf(found.position, found.branch) } : found;
  }

  /** A frame as plain JSON: parties by id, outcomes by their values. Paths into it serve data breakpoints and `evaluate`. */
  tree(frame: Frame = this.frame): Tree {
    return inspect(frame.game, frame.state);
  }

  /** What differs between two frames, leaf by leaf. */
  diff(a: string, b: string): Answer<{ from: Frame; to: Frame; differences: readonly Difference[] }> {
    const from = this.frameAt(a);
    if (!from.ok) return from;
    const to = this.frameAt(b);
    if (!to.ok) return to;
    return {
      ok: true,
      from: from.frame,
      to: to.frame,
      differences: differences(this.tree(from.frame), this.tree(to.frame)),
    };
  }

  /** What is different from a position before; by default what the last fact changed. */
  changed(since = Math.max(0, this.#position - 1)): readonly Difference[] {
    return differences(this.tree(this.frameOf(since)), this.tree());
  }

  // -- journeys ----------------------------------------------------------------------------------------------------
  step(granularity: Granularity = 'micro', direction: Direction = 1): Stop {
    const last = this.#trail.at(-1);
    if (last?.granularity === granularity && last.direction === -direction && last.to === this.#position) {
      this.#trail.pop();
      return this.#stop('step', last.from, this.#hitAt(last.from));
    }
    const from = this.#position;
    const stop = this.#travel(direction, goalOf(this.#branch.recording, granularity), 'step', true);
    if (this.#position !== from) this.#trail.push({ from, to: this.#position, granularity, direction });
    return stop;
  }

  /** On to the next breakpoint, or to the end (backwards: to the start). */
  proceed(direction: Direction = 1): Stop {
    return this.#travel(direction, () => undefined, 'breakpoint');
  }

  /** On to the next frame at which a condition holds, whatever it was before; breakpoints stop on the way. */
  until(condition: string, direction: Direction = 1): Stop | Refused {
    const compiled = compileWords(condition, this.vocabulary, 'boolean');
    if (!compiled.ok) return compiled;
    const { recording } = this.#branch;
    const goal = where(recording, ({ game }, micro, index) => {
      return compiled.expression.evaluate({ game, state: recording.within(index, micro) }) === true;
    });
    return this.#travel(direction, goal, 'condition');
  }

  /** To a moment of this branch, or of another (`2:r7`), in constant time once it is recorded. */
  goto(text: string): Stop | Refused {
    const found = this.#find(text);
    if (!found.ok) return found;
    const from = this.#position;
    this.#branch = found.branch;
    this.#trail = [];
    return this.#stop('goto', found.position, [], from);
  }

  toEnd(): Stop {
    return this.#travel(1, () => undefined, 'end', false, []);
  }

  restart(): Stop {
    this.#trail = [];
    return this.#stop('start', 0, []);
  }

  #travel(
    direction: Direction,
    goal: Goal,
    why: StopReason,
    step = false,
    traps = this.#traps.filter((t) => t.breakpoint.enabled),
  ): Stop {
    const from = this.#position;
    const { recording } = this.#branch;
    if (!step) this.#trail = [];
    const arrival = travel(recording, this.#hitsOf(this.#branch), traps, from, direction, goal);
    const { position, hit, growth } = arrival;
    const reason: StopReason =
      hit.length > 0
        ? 'breakpoint'
        : arrival.done
          ? why
          : direction < 0
            ? 'start'
            : growth === 'awaits' || growth === 'failed'
              ? growth
              : 'end';
    const logs = arrival.logged.map(({ trap, position }) => {
      const { game, state, at } = this.frameOf(position);
      return { at, id: trap.breakpoint.id, text: trap.log!({ game, state }) };
    });
    for (const { breakpoint } of hit) if (breakpoint.spec.temporary) this.removeBreakpoint(breakpoint.id);
    return {
      ...this.#stop(
        reason,
        position,
        hit.map(({ breakpoint }) => breakpoint),
        from,
      ),
      logs,
    };
  }

  #stop(reason: StopReason, position: number, hit: readonly Breakpoint[], from = this.#position): Stop {
    this.#position = position;
    const { recording } = this.#branch;
    const message =
      reason === 'awaits'
        ? `${recording.game.ids[recording.awaited?.awaits ?? 0]} is played by hand: say what it does`
        : reason === 'failed'
          ? `the talks cannot go on: ${recording.failure}`
          : undefined;
    return { ok: true, reason, frame: this.frame, from, hit, logs: [], ...(message !== undefined && { message }) };
  }

  #hitAt(position: number): Breakpoint[] {
    const hits = this.#hitsOf(this.#branch);
    const { turn } = this.#branch.recording.locate(position);
    return this.#traps
      .filter((trap) => trap.breakpoint.enabled && trap.log === undefined && hits.in(trap, turn).includes(position))
      .map((trap) => trap.breakpoint);
  }

  #hitsOf(branch: Branch): Hits {
    let hits = this.#hits.get(branch);
    if (hits === undefined) {
      hits = new Hits(branch.recording);
      this.#hits.set(branch, hits);
    }
    return hits;
  }

  #find(text: string): Answer<{ branch: Branch; position: number }> {
    return findMoment(text, this.branches, this.#branch, this.#position);
  }

  // -- stops -------------------------------------------------------------------------------------------------------
  get breakpoints(): readonly Breakpoint[] {
    return this.#traps.map(({ breakpoint }) => breakpoint);
  }

  setBreakpoint(spec: BreakpointSpec): Answer<{ breakpoint: Breakpoint }> {
    const made = makeTrap(this.#ids + 1, spec, this.#scenario.stage.shape, this.vocabulary);
    if (!made.ok) return made;
    this.#ids++;
    this.#traps = [...this.#traps, made.trap];
    // A step that only retraced the last one would run past it.
    this.#trail = [];
    return { ok: true, breakpoint: made.trap.breakpoint };
  }

  removeBreakpoint(id: number): Answer<object> {
    const trap = this.#traps.find(({ breakpoint }) => breakpoint.id === id);
    if (trap === undefined) return refuse('unknown-breakpoint', `there is no breakpoint ${id}`);
    this.#traps = this.#traps.filter((other) => other !== trap);
    for (const hits of this.#hits.values()) hits.forget(trap);
    return { ok: true };
  }

  enable(id: number, enabled = true): Answer<object> {
    const trap = this.#traps.find(({ breakpoint }) => breakpoint.id === id);
    if (trap === undefined) return refuse('unknown-breakpoint', `there is no breakpoint ${id}`);
    trap.breakpoint.enabled = enabled;
    this.#trail = [];
    return { ok: true };
  }

  // -- looking -----------------------------------------------------------------------------------------------------
  /** An expression's value in a frame, or what stands at a path of its tree. */
  evaluate(source: string, frame: Frame = this.frame): Answer<{ value: unknown; kind: ExprKind | 'tree' }> {
    const compiled = compileWords(source, this.vocabulary);
    if (compiled.ok) {
      const { expression } = compiled;
      return { ok: true, value: expression.evaluate({ game: frame.game, state: frame.state }), kind: expression.kind };
    }
    const tree = this.tree(frame);
    const path = source.trim();
    const value = at(tree, path) ?? at(tree, `parties.${path}`);
    return value === undefined ? compiled : { ok: true, value, kind: 'tree' };
  }

  /** An expression's value with the values of all its parts. */
  explain(source: string, frame: Frame = this.frame): Answer<{ explanation: Explanation }> {
    const compiled = compileWords(source, this.vocabulary);
    if (!compiled.ok) return compiled;
    return { ok: true, explanation: compiled.expression.explain({ game: frame.game, state: frame.state }) };
  }

  watch(source: string): Answer<{ watch: Watch }> {
    const tried = this.evaluate(source);
    if (!tried.ok) return tried;
    const watch = { id: ++this.#ids, source };
    this.#watches.push(watch);
    return { ok: true, watch };
  }

  unwatch(id: number): Answer<object> {
    const before = this.#watches.length;
    this.#watches = this.#watches.filter((watch) => watch.id !== id);
    return this.#watches.length < before ? { ok: true } : refuse('unknown-watch', `there is no watch ${id}`);
  }

  /** Every watch with its value here. */
  get watches(): readonly (Watch & { readonly value: unknown })[] {
    return this.#watches.map((watch) => {
      const found = this.evaluate(watch.source);
      return { ...watch, value: found.ok ? found.value : undefined };
    });
  }

  /** Expressions over the whole run, played to its end: one row per round, turn or micro-step, as it stood at the end of each. */
  table(sources: readonly string[], every: 'round' | 'turn' | 'micro' = 'round'): Answer<{ rows: readonly Row[] }> {
    const expressions: Expression<WorldEnv>[] = [];
    for (const source of sources) {
      const compiled = compileWords(source, this.vocabulary);
      if (!compiled.ok) return compiled;
      expressions.push(compiled.expression);
    }
    return { ok: true, rows: rowsOf(this.#branch.recording, expressions, every) };
  }

  /** The frame that last set what is now the value of an expression or path: the fact of that frame is what did it. */
  origin(what: string): Answer<{ frame: Frame }> {
    const value = readerOf(what, this.vocabulary);
    if ('ok' in value) return value;
    const read = (position: number) => JSON.stringify(value.of(this.frameOf(position))) ?? '';
    const now = read(this.#position);
    for (let p = this.#position - 1; p >= 0; p--) if (read(p) !== now) return { ok: true, frame: this.frameOf(p + 1) };
    return { ok: true, frame: this.frameOf(0) };
  }

  // -- sideways ----------------------------------------------------------------------------------------------------
  /** Changes one thing here and goes over to the branch that comes of it; the branch forked from stays as it is. */
  fork(change: Change): Stop | Refused {
    const made = fork(this.#branch, this.#position, change, this.branches.length);
    if (!made.ok) return made;
    const { branch } = made;
    this.branches.push(branch);
    const from = this.#position;
    this.#branch = branch;
    this.#trail = [];
    return this.#stop(
      'branch',
      Math.min(branch.at + (change.kind === 'hand' ? 0 : 1), branch.recording.size),
      [],
      from,
    );
  }

  switchTo(id: number): Stop | Refused {
    return this.goto(`${id}:${this.#sharedPlace(id)}`);
  }

  /** Takes over a party: a branch in which the talks wait for its moves. */
  play(party: string): Stop | Refused {
    return this.fork({ kind: 'hand', party });
  }

  /** What a seat played by hand does, now that the talks wait for it. */
  move(move: Move): Stop | Refused {
    const { recording } = this.#branch;
    if (this.#position !== recording.size && recording.hands.size > 0) this.#position = recording.size;
    if (recording.awaited === undefined && recording.hands.size > 0) recording.grow();
    const { awaited } = recording;
    if (awaited === undefined)
      return refuse('nobody-awaited', 'the talks wait for nobody', 'play PARTY takes a party over');
    const wrong = wrongMoveIn(recording.game, awaited.state, awaited.awaits, move);
    if (wrong !== undefined) return wrong;
    const growth = recording.grow(new Map([[awaited.awaits, move]]));
    if (growth !== 'grown') return refuse('cannot-go-on', recording.failure ?? 'the talks cannot go on');
    return this.#stop('step', recording.size, []);
  }

  /** Plays the branch again and names the first fact that comes out otherwise. */
  verify(): Departure | undefined {
    return verify(this.#branch.recording);
  }

  /** Puts a sentence at a moment. */
  remark(text: string, frame: Frame = this.frame): Remark {
    const remark = { branch: frame.branch.id, at: frame.at, text };
    this.remarks.push(remark);
    return remark;
  }

  /** Where to land on another branch: the same position while the two are one, else its last shared moment. */
  #sharedPlace(id: number): string {
    const branch = this.branches.find((one) => one.id === id);
    if (branch === undefined) return 'start';
    const here = this.#branch.recording.addressText(this.#position);
    const there = parseAddress(here);
    if (there === undefined) return 'start';
    return branch.recording.position(there) === undefined ? branch.recording.addressText(branch.recording.size) : here;
  }
}

export type { Frame, Remark, Stop, StopReason, Watch } from './frame.ts';
export { refusalText } from './refusal_text.ts';
