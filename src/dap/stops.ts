import type { DebugProtocol } from '@vscode/debugprotocol';
import type { BreakpointSpec, Spot } from '../debugger/breakpoint.ts';
import { type Debugger, refusalText, type Stop } from '../debugger/debugger.ts';
import { parseAddress } from '../history/address.ts';
import { type Answer, refuse } from '../history/refused.ts';
import type { Source } from '../scenario/parse.ts';
import type { Place, Places } from './places.ts';

/** Kinds of moments at which an editor can stop as at an exception. */
export const FILTERS: readonly (DebugProtocol.ExceptionBreakpointsFilter & { readonly spot: Spot })[] = [
  { filter: 'deal', label: 'Deal', description: 'the talks end in agreement', spot: { kind: 'deal' } },
  { filter: 'walkout', label: 'Walk-out', description: 'a party leaves the talks', spot: { kind: 'walkout' } },
  {
    filter: 'stance',
    label: 'Stance change',
    description: 'a stance goes over to another state',
    spot: { kind: 'transition' },
  },
  { filter: 'event', label: 'Event', description: 'a scripted event happens', spot: { kind: 'event' } },
  {
    filter: 'refusal',
    label: 'Refusal',
    description: 'a party does not take what stands, or a move is refused',
    spot: { kind: 'refusal' },
  },
];

type Kind = 'breakpoint' | 'function breakpoint' | 'data breakpoint' | 'exception';

/** A breakpoint of the editor's that the engine holds. */
export interface Armed {
  readonly id: number;
  readonly kind: Kind;
  readonly group: string;
  readonly place?: Place;
  readonly filter?: string;
}

/** An editor's breakpoints: it sends every group (a file's, the functions', the data's, the filters') anew as a whole whenever one of it changes. */
export class Stops {
  readonly #debug: Debugger;
  readonly #armed = new Map<number, Armed>();

  constructor(debug: Debugger) {
    this.#debug = debug;
  }

  /** Breakpoints on the lines of a file; `shown` says where one ended up, in the editor's counting. */
  setLines(
    source: Source,
    wanted: readonly DebugProtocol.SourceBreakpoint[],
    places: Places,
    shown: (place: Place) => Partial<DebugProtocol.Breakpoint>,
  ): DebugProtocol.Breakpoint[] {
    const group = `file ${source.name}`;
    this.#disarm(group);
    return wanted.map(({ line, column, condition, hitCondition, logMessage }) => {
      const place = places.snap(source, line, column);
      if (place === undefined)
        return unverified('nothing stops here: set it on a state, a transition, a party, an event or an issue');
      const spec = specOf(place.spot, condition, hitCondition, logMessage);
      return { ...this.#arm(spec, { kind: 'breakpoint', group, place }), ...shown(place) };
    });
  }

  /** Breakpoints by name: a stance state, `party.state`, `event NAME`, a moment, or a condition that becomes true. */
  setFunctions(wanted: readonly DebugProtocol.FunctionBreakpoint[]): DebugProtocol.Breakpoint[] {
    this.#disarm('functions');
    return wanted.map(({ name, condition, hitCondition }) => {
      const spot = spotNamed(name, this.#debug);
      return this.#arm(specOf(spot, condition, hitCondition), { kind: 'function breakpoint', group: 'functions' });
    });
  }

  setData(wanted: readonly DebugProtocol.DataBreakpoint[]): DebugProtocol.Breakpoint[] {
    this.#disarm('data');
    return wanted.map(({ dataId, condition, hitCondition }) => {
      const found = this.#debug.evaluate(dataId);
      if (!found.ok) return unverified(refusalText(found));
      const spec = specOf({ kind: 'data', what: dataId }, condition, hitCondition);
      return this.#arm(spec, { kind: 'data breakpoint', group: 'data' });
    });
  }

  setFilters(
    filters: readonly string[],
    options: readonly DebugProtocol.ExceptionFilterOptions[] = [],
  ): DebugProtocol.Breakpoint[] {
    this.#disarm('filters');
    const wanted = [...filters.map((filterId) => ({ filterId, condition: undefined })), ...options];
    return wanted.map(({ filterId, condition }) => {
      const found = FILTERS.find(({ filter }) => filter === filterId);
      if (found === undefined)
        return unverified(
          `there is no filter "${filterId}": there are ${FILTERS.map(({ filter }) => filter).join(', ')}`,
        );
      return this.#arm(specOf(found.spot, condition), { kind: 'exception', group: 'filters', filter: filterId });
    });
  }

  /** What of the editor's a stop hit, its own lines first. */
  hit(stop: Stop): readonly Armed[] {
    const armed = stop.hit.flatMap(({ id }) => this.#armed.get(id) ?? []);
    const order: readonly Kind[] = ['breakpoint', 'function breakpoint', 'data breakpoint', 'exception'];
    return armed.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.id - b.id);
  }

  armed(id: number): Armed | undefined {
    return this.#armed.get(id);
  }

  #arm(spec: BreakpointSpec, about: Omit<Armed, 'id'>): DebugProtocol.Breakpoint {
    const made = this.#debug.setBreakpoint(spec);
    if (!made.ok) return unverified(refusalText(made));
    const { id } = made.breakpoint;
    this.#armed.set(id, { ...about, id });
    return { id, verified: true };
  }

  #disarm(group: string): void {
    for (const [id, armed] of this.#armed) {
      if (armed.group !== group) continue;
      this.#debug.removeBreakpoint(id);
      this.#armed.delete(id);
    }
  }
}

const unverified = (message: string): DebugProtocol.Breakpoint => ({ verified: false, message, reason: 'failed' });

/** What the editor leaves blank is as good as not given. */
function specOf(spot: Spot, condition?: string, hits?: string, log?: string): BreakpointSpec {
  const given = (text: string | undefined) => text !== undefined && text.trim() !== '';
  return {
    spot,
    ...(given(condition) && { condition }),
    ...(given(hits) && { hits }),
    ...(given(log) && { log }),
  };
}

/** What a breakpoint's name stands for. Machines of the library have no lines in the scenario, so their states are stopped at by name. */
function spotNamed(given: string, debug: Debugger): Spot {
  const name = given.trim();
  const address = /^r\d/.test(name) ? parseAddress(name) : undefined;
  if (address !== undefined) return { kind: 'at', address };
  const event = /^event\s+(\S+)$/.exec(name);
  if (event !== null) return { kind: 'event', event: event[1] };
  const { players, ids } = debug.frame.game;
  const isState = (seat: number, state: string) =>
    [...players[seat].postures.keys()].some((path) =>
      path.split(' | ').some((region) => `.${region}.`.includes(`.${state}.`)),
    );
  const dot = name.indexOf('.');
  const seat = dot < 0 ? -1 : ids.indexOf(name.slice(0, dot));
  const state = name.slice(dot + 1);
  if (seat >= 0 && isState(seat, state)) return { kind: 'state', party: ids[seat], state, on: 'entered' };
  if (ids.some((_, one) => isState(one, name))) return { kind: 'state', state: name, on: 'entered' };
  return { kind: 'if', condition: name };
}

/** What a data breakpoint watches, for a path of the tree or an expression: the short expression where there is one, since it costs less. */
export function dataIdOf(debug: Debugger, what: string): Answer<{ dataId: string }> {
  const short = what.trim().replace(/^parties\./, '');
  for (const dataId of [short, `parties.${short}`, what.trim()]) {
    const made = debug.setBreakpoint({ spot: { kind: 'data', what: dataId } });
    if (!made.ok) continue;
    debug.removeBreakpoint(made.breakpoint.id);
    if (debug.evaluate(dataId).ok) return { ok: true, dataId };
  }
  return refuse('nothing-to-watch', `"${what}" is nothing that can change`);
}
