import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { refusalText } from '../debugger/debugger.ts';
import { factText } from '../debugger/fact_text.ts';
import { dataIdOf } from './stops.ts';
import { shown, type Talks, Unanswerable } from './talks.ts';

/** The one thread: the negotiation. */
export const THREAD = 1;

/** The requests that move nothing: each gives its response's body, or throws `Unanswerable`. Their names are the protocol's. */
export const ANSWERS = {
  // -- stops -----------------------------------------------------------------------------------------------------------
  setBreakpoints(talks: Talks, args: Dap.SetBreakpointsArguments): Dap.SetBreakpointsResponse['body'] {
    const { stops, places, counting } = talks;
    const lines: readonly Dap.SourceBreakpoint[] = args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
    const source = talks.fileOf(args.source);
    if (source === undefined) {
      const message = 'this file is no part of the talks';
      return { breakpoints: lines.map(() => ({ verified: false, message, reason: 'failed' })) };
    }
    const wanted = lines.map((one) => ({
      ...one,
      line: counting.line.in(one.line),
      ...(one.column !== undefined && { column: counting.column.in(one.column) }),
    }));
    const at = { source: shown(source) };
    return {
      breakpoints: stops.setLines(source, wanted, places, ({ span }) => ({ ...at, ...talks.begin(span) })),
    };
  },

  breakpointLocations(talks: Talks, args: Dap.BreakpointLocationsArguments): Dap.BreakpointLocationsResponse['body'] {
    const source = talks.fileOf(args.source);
    const first = talks.counting.line.in(args.line);
    const last = args.endLine === undefined ? first : talks.counting.line.in(args.endLine);
    const places = source === undefined ? [] : talks.places.in(source);
    const within = places.filter(({ span }) => first <= span.line && span.line <= last);
    return { breakpoints: within.map(({ span }) => talks.begin(span)) };
  },

  setFunctionBreakpoints(
    { stops }: Talks,
    args: Dap.SetFunctionBreakpointsArguments,
  ): Dap.SetFunctionBreakpointsResponse['body'] {
    return { breakpoints: stops.setFunctions(args.breakpoints) };
  },

  setExceptionBreakpoints(
    { stops }: Talks,
    args: Dap.SetExceptionBreakpointsArguments,
  ): Dap.SetExceptionBreakpointsResponse['body'] {
    return { breakpoints: stops.setFilters(args.filters, args.filterOptions) };
  },

  exceptionInfo({ stops, stop, debug }: Talks): Dap.ExceptionInfoResponse['body'] {
    const filter = stop && stops.hit(stop).find(({ kind }) => kind === 'exception')?.filter;
    const { fact, game, at } = debug.frame;
    if (filter === undefined || fact === undefined) throw new Unanswerable('the talks did not stop at an exception');
    return { exceptionId: filter, description: `${at} ${factText(fact, game)}`, breakMode: 'always' };
  },

  dataBreakpointInfo(
    { variables, debug }: Talks,
    args: Dap.DataBreakpointInfoArguments,
  ): Dap.DataBreakpointInfoResponse['body'] {
    const path = args.variablesReference ? variables.pathOf(args.variablesReference, args.name) : args.name;
    if (path === undefined) return { dataId: null, description: `${args.name} is nothing that can be watched` };
    const found = dataIdOf(debug, path);
    if (!found.ok) return { dataId: null, description: refusalText(found) };
    return { dataId: found.dataId, description: found.dataId, accessTypes: ['write'], canPersist: true };
  },

  setDataBreakpoints({ stops }: Talks, args: Dap.SetDataBreakpointsArguments): Dap.SetDataBreakpointsResponse['body'] {
    return { breakpoints: stops.setData(args.breakpoints) };
  },

  // -- looking ---------------------------------------------------------------------------------------------------------
  threads({ debug }: Talks): Dap.ThreadsResponse['body'] {
    const { scenario, branch } = debug;
    const { title } = scenario.spec;
    const name = branch.parent === undefined ? title : `${title}, branch ${branch.id}: ${branch.label}`;
    return { threads: [{ id: THREAD, name }] };
  },

  stackTrace(talks: Talks, args: Dap.StackTraceArguments): Dap.StackTraceResponse['body'] {
    const { stack, stops, stop, debug, files } = talks;
    const hit = stop && stops.hit(stop).find(({ place }) => place !== undefined);
    const levels = stack.levels(debug.frame, hit?.place?.span);
    const stackFrames = levels.map(({ name, span }, i) => {
      return { id: i + 1, name, source: shown(span?.source ?? files[0]), ...talks.begin(span) };
    });
    const { startFrame = 0, levels: count = 0 } = args;
    const end = count > 0 ? startFrame + count : undefined;
    return { stackFrames: stackFrames.slice(startFrame, end), totalFrames: levels.length };
  },

  scopes(talks: Talks, args: Dap.ScopesArguments): Dap.ScopesResponse['body'] {
    const { variables, debug, since } = talks;
    return { scopes: variables.scopes(debug.frame, since, talks.seatOf(args.frameId)) };
  },

  variables({ variables }: Talks, args: Dap.VariablesArguments): Dap.VariablesResponse['body'] {
    const found = variables.read(args.variablesReference);
    if (found === undefined) throw new Unanswerable('this was shown at an earlier stop and is forgotten');
    const { start = 0, count = 0 } = args;
    return { variables: found.slice(start, count > 0 ? start + count : undefined) };
  },

  evaluate(talks: Talks, args: Dap.EvaluateArguments): Dap.EvaluateResponse['body'] {
    const { debug, variables } = talks;
    const expression = args.expression.trim();
    const seat = talks.seatOf(args.frameId);
    // A word of the file, as an editor hovers over it, is a name only in its section.
    const readings = [expression, ...(seat === undefined ? [] : [`${debug.frame.game.ids[seat]}.${expression}`])];
    if (/^\w+$/.test(expression))
      readings.push(...['standing', 'market', 'fired'].map((part) => `${part}.${expression}`));
    const answers = readings.map((reading) => ({ reading, answer: debug.evaluate(reading) }));
    const { answer, reading } = answers.find((one) => one.answer.ok) ?? answers[0];
    if (!answer.ok) throw new Unanswerable(refusalText(answer));
    const { text, variablesReference } = variables.show(answer.value, reading);
    return { result: text, type: answer.kind, variablesReference };
  },

  completions({ debug, counting }: Talks, args: Dap.CompletionsArguments): Dap.CompletionsResponse['body'] {
    const typed = args.text.slice(0, counting.column.in(args.column) - 1);
    const word = /[A-Za-z_][\w.]*$/.exec(typed)?.[0] ?? '';
    const start = counting.column.out(typed.length - word.length + 1);
    const names = Object.keys(debug.vocabulary.names).filter((name) => name.startsWith(word));
    return { targets: names.slice(0, 200).map((label) => ({ label, start, length: word.length, type: 'property' })) };
  },

  loadedSources({ files }: Talks): Dap.LoadedSourcesResponse['body'] {
    return { sources: files.map(shown) };
  },

  gotoTargets(talks: Talks, args: Dap.GotoTargetsArguments): Dap.GotoTargetsResponse['body'] {
    const { places, stack, counting, targets, debug } = talks;
    const source = talks.fileOf(args.source);
    const column = args.column === undefined ? undefined : counting.column.in(args.column);
    const place = source && places.snap(source, counting.line.in(args.line), column);
    targets.clear();
    if (place === undefined) return { targets: [] };
    const at = talks.begin(place.span);
    const moments = stack.moments(place);
    for (const moment of moments) targets.set(moment.position, `${debug.branch.id}:${moment.at}`);
    return { targets: moments.map((moment) => ({ id: moment.position, label: `${moment.at} ${moment.text}`, ...at })) };
  },
};
