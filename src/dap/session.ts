import {
  ExitedEvent,
  InitializedEvent,
  InvalidatedEvent,
  Logger,
  LoggingDebugSession,
  logger,
  OutputEvent,
  Response,
  StoppedEvent,
  TerminatedEvent,
} from '@vscode/debugadapter';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { refusalText, type Stop } from '../debugger/debugger.ts';
import type { Direction } from '../debugger/travel.ts';
import { ANSWERS, THREAD } from './answers.ts';
import { CAPABILITIES } from './capabilities.ts';
import { CHANGES, JOURNEYS, REASONS } from './journeys.ts';
import { type LaunchArguments, openScenario } from './open.ts';
import type { Place } from './places.ts';
import { expectations, narrated } from './saying.ts';
import { FILTERS } from './stops.ts';
import { type Counting, isRefused, shown, Talks, Unanswerable } from './talks.ts';
import { tokenFits } from './token.ts';

/** What a request is answered with, and what happens after. */
interface Reply {
  readonly body?: unknown;
  readonly after?: () => void;
}

/** Rounds played before the adapter looks whether somebody wants it to pause. */
const BREATH = 300;

/**
 * The editor's debugger: the Debug Adapter Protocol (https://microsoft.github.io/debug-adapter-protocol) over the same engine as the terminal's. The thread
 * is the negotiation; the call stack is what happens, who is in which stance, and the round.
 *
 * Every request gets exactly one response, and whatever moves the talks one `stopped` (or `terminated`) event after it. A request that is not answered here
 * is refused by name, never with an empty success.
 */
export class HashpactDebugSession extends LoggingDebugSession {
  /** Resolves when the editor has left. */
  readonly ended: Promise<void>;
  readonly #token: string | undefined;
  #leave: () => void = () => {};
  #talks: Talks | undefined;
  #running = false;
  #pausing = false;
  #gone = false;
  /** Whether the editor draws anew when told that what it shows is no longer so. */
  #redraws = false;

  constructor(token?: string) {
    super();
    this.#token = token;
    this.ended = new Promise((leave) => {
      this.#leave = leave;
    });
    // The process belongs to whoever started the adapter: it is not ended from here.
    this.setRunAsServer(true);
    this.setDebuggerLinesStartAt1(true);
    this.setDebuggerColumnsStartAt1(true);
  }

  override start(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
    super.start(input, output);
    // Without a level the logger would keep every message for good.
    logger.setup(Logger.LogLevel.Stop, false);
  }

  override shutdown(): void {
    this.#gone = true;
    this.#leave();
  }

  // -- from request to response ----------------------------------------------------------------------------------------
  protected override dispatchRequest(request: Dap.Request): void {
    const { command } = request;
    if (command === 'initialize') {
      // The base class reads how the editor counts; it does not know the protocol's default for paths.
      const args = { pathFormat: 'path', ...(request.arguments as object) };
      super.dispatchRequest({ ...request, arguments: args } as Dap.Request);
      return;
    }
    const response: Dap.Response = new Response(request);
    try {
      const { body, after } = this.#reply(command, (request.arguments ?? {}) as never);
      if (body !== undefined) response.body = body;
      this.sendResponse(response);
      after?.();
    } catch (error) {
      const { message } = error as Error;
      const text = error instanceof Unanswerable ? message : `"${command}" failed: ${message}`;
      // Texts travel as a variable, since braces in a format stand for variables themselves.
      const refusal = { id: 1, format: '{_text}', variables: { _text: text }, showUser: true };
      if (response.seq === 0) this.sendErrorResponse(response, refusal);
      else this.#say(`${text}\n`, 'stderr');
    }
  }

  protected override initializeRequest(response: Dap.InitializeResponse, args: Dap.InitializeRequestArguments): void {
    this.#redraws = args.supportsInvalidatedEvent === true;
    response.body = CAPABILITIES;
    this.sendResponse(response);
  }

  #reply(command: string, args: never): Reply {
    if (command === 'launch' || command === 'attach') return this.#launch(args);
    if (command === 'terminate') return { after: () => this.#terminate(0) };
    if (command === 'disconnect') return { after: () => this.shutdown() };
    const talks = this.#talks;
    if (talks === undefined) throw new Unanswerable(`no scenario is open: "${command}" comes after launch`);
    if (isOf(ANSWERS, command)) return { body: ANSWERS[command](talks, args) };
    if (command === 'pause') return this.#pause();
    // The protocol's word for it, which an editor knows how to take.
    if (this.#running) throw new Unanswerable('notStopped');
    if (isOf(JOURNEYS, command)) {
      const stop = JOURNEYS[command](talks, args);
      if (isRefused(stop)) throw new Unanswerable(refusalText(stop));
      return { after: () => this.#arrive(talks, stop, REASONS[command] ?? 'step') };
    }
    if (isOf(CHANGES, command)) {
      const { stop, body } = CHANGES[command](talks, args);
      return { body, after: () => this.#forked(talks, stop) };
    }
    switch (command) {
      case 'configurationDone':
        return { after: () => this.#begin(talks) };
      case 'continue':
        return { body: { allThreadsContinued: true }, after: () => this.#goOn(talks) };
      case 'reverseContinue':
        return { after: () => void this.#run(talks, -1) };
      default:
        throw new Unanswerable(`the request "${command}" is not supported`);
    }
  }

  #launch(args: LaunchArguments): Reply {
    if (!tokenFits(this.#token, args.token)) throw new Unanswerable('"token" is not the one hashpact dap asks for');
    if (this.#talks !== undefined) throw new Unanswerable('a scenario is open already');
    const opened = openScenario(args);
    if (!opened.ok) {
      if ('details' in opened) this.#say(`${opened.details}\n`, 'stderr');
      throw new Unanswerable(refusalText(opened));
    }
    this.#talks = new Talks(opened, args, this.#counting());
    return { after: () => this.sendEvent(new InitializedEvent()) };
  }

  #begin(talks: Talks): void {
    if (talks.stop !== undefined) return;
    if (talks.args.stopOnEntry) this.#arrive(talks, talks.debug.restart(), 'entry');
    else void this.#run(talks, 1);
  }

  #pause(): Reply {
    if (!this.#running) throw new Unanswerable('the talks already stand still');
    this.#pausing = true;
    return {};
  }

  /** Going on from the end of the talks leaves them. */
  #goOn(talks: Talks): void {
    if (talks.debug.frame.state.end !== null) this.#terminate(expectations(talks.debug).failed);
    else void this.#run(talks, 1);
  }

  #counting(): Counting {
    return {
      line: {
        in: (line) => this.convertClientLineToDebugger(line),
        out: (line) => this.convertDebuggerLineToClient(line),
      },
      column: {
        in: (column) => this.convertClientColumnToDebugger(column),
        out: (column) => this.convertDebuggerColumnToClient(column),
      },
    };
  }

  // -- from journey to stop --------------------------------------------------------------------------------------------
  /** On to the next stop, taking breath now and then so that a pause or a farewell is heard. */
  async #run(talks: Talks, direction: Direction): Promise<void> {
    const { debug } = talks;
    const from = debug.position;
    const logs: Stop['logs'][number][] = [];
    this.#running = true;
    try {
      for (;;) {
        const { round, world } = debug.frame.state;
        const near = direction < 0 || world.rounds - round <= BREATH;
        const stop = near ? debug.proceed(direction) : debug.until(`round >= ${round + BREATH}`, 1);
        if (isRefused(stop)) throw new Error(stop.message);
        logs.push(...stop.logs);
        if (stop.reason === 'condition') {
          await new Promise(setImmediate);
          if (this.#gone) return;
          if (!this.#pausing) continue;
        }
        this.#running = false;
        this.#arrive(talks, { ...stop, from, logs }, 'pause');
        return;
      }
    } catch (error) {
      this.#running = false;
      const message = `the talks cannot go on: ${(error as Error).message}`;
      const stop: Stop = { ok: true, reason: 'failed', frame: debug.frame, from, hit: [], logs: [], message };
      this.#arrive(talks, stop, 'exception');
    } finally {
      this.#running = false;
      this.#pausing = false;
    }
  }

  /** Tells the editor where the talks stand now. `asked`: what the stop is called where nothing was hit. */
  #arrive(talks: Talks, stop: Stop, asked: string): void {
    const { debug, stops, args } = talks;
    talks.moved(stop);
    if (args.narrate !== false) for (const text of narrated(stop)) this.#say(text, 'stdout');
    for (const { id, at, text } of stop.logs) this.#say(`${at} ${text}\n`, 'console', stops.armed(id)?.place, talks);
    if (stop.frame.state.end !== null && stop.frame.position > stop.from) {
      const { lines, failed } = expectations(debug);
      for (const { text, holds } of lines) this.#say(text, holds ? 'console' : 'stderr');
      if (args.stopOnEnd === false && stop.hit.length === 0) {
        this.#terminate(failed);
        return;
      }
    }
    const hit = stops.hit(stop);
    const reason =
      hit[0]?.kind ?? { end: 'pause', start: 'entry', failed: 'exception' }[stop.reason as string] ?? asked;
    const description =
      hit[0]?.kind === 'exception'
        ? FILTERS.find(({ filter }) => filter === hit[0].filter)?.label
        : { end: 'the end of the talks', start: 'the start of the talks' }[stop.reason as string];
    const text = stop.message ?? stop.hit.map((breakpoint) => breakpoint.text).join('; ');
    const event: Dap.StoppedEvent = new StoppedEvent(reason, THREAD);
    event.body.allThreadsStopped = true;
    if (description !== undefined) event.body.description = description;
    if (text !== '') event.body.text = text;
    if (hit.length > 0) event.body.hitBreakpointIds = hit.map(({ id }) => id);
    this.sendEvent(event);
  }

  /** After a change: an editor that can draws anew where it stands, any other takes it for a jump. */
  #forked(talks: Talks, stop: Stop): void {
    const { id, label } = talks.debug.branch;
    this.#say(`branch ${id}: ${label}\n`);
    if (this.#redraws) {
      talks.moved(stop);
      this.sendEvent(new InvalidatedEvent(['all']));
    } else this.#arrive(talks, { ...stop, from: stop.frame.position }, 'goto');
  }

  #terminate(exitCode: number): void {
    this.sendEvent(new ExitedEvent(exitCode));
    this.sendEvent(new TerminatedEvent());
  }

  #say(text: string, category: 'console' | 'stdout' | 'stderr' = 'console', place?: Place, talks?: Talks): void {
    const event: Dap.OutputEvent = new OutputEvent(text, category);
    if (place !== undefined && talks !== undefined) {
      event.body.source = shown(place.span.source);
      event.body.line = talks.begin(place.span).line;
    }
    this.sendEvent(event);
  }
}

/** Whether a table has an entry of this name of its own. */
const isOf = <T extends object>(table: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(table, name);
