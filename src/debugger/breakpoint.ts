import type { Vocabulary } from '../expression/index.ts';
import { type Address, formatAddress } from '../history/address.ts';
import { unknown } from '../history/change.ts';
import type { RecordedTurn } from '../history/play_turn.ts';
import { type Answer, type Refused, refuse } from '../history/refused.ts';
import type { Fact } from '../session/fact.ts';
import { NONE, type State } from '../session/state.ts';
import type { Shape, WorldEnv } from '../session/vocabulary.ts';
import { at, inspect } from './inspect.ts';
import { compileLog, type Log } from './logpoint.ts';
import { compileWords } from './words.ts';

/** Where talks can be stopped. A stop is after the fact it is about, in either direction of travel. */
export type Spot =
  /** A round's or turn's first fact, or one micro-step. */
  | { readonly kind: 'at'; readonly address: Address }
  /** Whatever a party does in its turn. */
  | { readonly kind: 'party'; readonly party: string }
  /** A stance state, by its name or path, entered or left; of one party or of any. */
  | { readonly kind: 'state'; readonly party?: string; readonly state: string; readonly on: 'entered' | 'left' }
  /** A transition between stance states; what is left out is any. */
  | {
      readonly kind: 'transition';
      readonly party?: string;
      readonly from?: string;
      readonly to?: string;
      readonly event?: string;
      readonly guard?: string;
    }
  /** A scripted event; without a name, any. */
  | { readonly kind: 'event'; readonly event?: string }
  /** Somebody does not take what stands on the table, or a move is refused. */
  | { readonly kind: 'refusal'; readonly party?: string }
  | { readonly kind: 'deal' }
  | { readonly kind: 'end' }
  | { readonly kind: 'walkout' }
  /** The value of an issue on the table changes. */
  | { readonly kind: 'issue'; readonly issue: string }
  /** A value changes: an expression, or a path into the frame's tree such as `parties.russia.beliefs`. */
  | { readonly kind: 'data'; readonly what: string }
  /** A condition becomes true. */
  | { readonly kind: 'if'; readonly condition: string };

export interface BreakpointSpec {
  readonly spot: Spot;
  /** Only where this holds, too. */
  readonly condition?: string;
  /** Only the n-th time (`3`), or `>= 3`, `< 3`, `% 2`: counted from the start of the talks, so it does not depend on the way one came. */
  readonly hits?: string;
  /** Tell this, with `{expression}` filled in, and go on. */
  readonly log?: string;
  readonly temporary?: boolean;
}

export interface Breakpoint {
  readonly id: number;
  readonly spec: BreakpointSpec;
  readonly text: string;
  enabled: boolean;
}

/** A breakpoint, compiled: whether it is hit by the fact that leads from one state to another. */
export interface Trap {
  readonly breakpoint: Breakpoint;
  /** Whether it looks at states; one that does not need not have them folded. */
  readonly looks: boolean;
  hit(turn: RecordedTurn, micro: number, states: (micro: number) => State): boolean;
  counts(nth: number): boolean;
  readonly log: Log | undefined;
}

/** Compiles a breakpoint; every name and expression in it is checked. */
export function makeTrap(
  id: number,
  spec: BreakpointSpec,
  shape: Shape,
  vocabulary: Vocabulary<WorldEnv>,
): Answer<{ trap: Trap }> {
  const { spot } = spec;
  if ('party' in spot && spot.party !== undefined && !shape.parties.includes(spot.party)) {
    return unknown('party', spot.party, shape.parties);
  }
  const test = testOf(spot, shape, vocabulary);
  if ('ok' in test) return test;
  const only = spec.condition === undefined ? undefined : compileWords(spec.condition, vocabulary, 'boolean');
  if (only !== undefined && !only.ok) return only;
  const counts = countOf(spec.hits);
  if (counts === undefined) {
    return refuse(
      'bad-hit-count',
      `"${spec.hits}" is no hit count`,
      'write 3, >= 3, > 3, < 3, or % 2 for every second',
    );
  }
  const log = spec.log === undefined ? undefined : compileLog(spec.log, vocabulary);
  if (log !== undefined && !log.ok) return log;
  const breakpoint = { id, spec, text: spotText(spec), enabled: true };
  const looks = test.looks || only !== undefined;
  const trap: Trap = {
    breakpoint,
    looks,
    counts,
    log: log?.log,
    hit(turn, micro, states) {
      if (!test.hit(turn, micro, states)) return false;
      return only === undefined || only.expression.evaluate({ game: turn.game, state: states(micro) }) === true;
    },
  };
  return { ok: true, trap };
}

type Test = { readonly looks: boolean; hit: Trap['hit'] };

const onFact = (holds: (fact: Fact, turn: RecordedTurn, micro: number) => boolean): Test => ({
  looks: false,
  hit: (turn, micro) => holds(turn.facts[micro - 1], turn, micro),
});

function testOf(spot: Spot, shape: Shape, vocabulary: Vocabulary<WorldEnv>): Test | Refused {
  switch (spot.kind) {
    case 'at': {
      const { round, turn, micro } = spot.address;
      return onFact((_, { state }, at) => {
        if (Math.max(1, state.round) !== round || at !== (micro ?? 1)) return false;
        return Math.max(1, state.turn) === (turn ?? 1);
      });
    }
    case 'party':
      return onFact((fact) => MOVES.has(fact.type) && 'by' in fact && fact.by === spot.party);
    case 'state':
      return onFact((fact) => {
        if (fact.type !== 'stanceChanged' || (spot.party !== undefined && fact.party !== spot.party)) return false;
        const before = isIn(fact.from, spot.state);
        const after = isIn(fact.to, spot.state);
        return spot.on === 'entered' ? after && !before : before && !after;
      });
    case 'transition':
      return onFact(
        (fact) =>
          fact.type === 'stanceChanged' &&
          fact.from !== fact.to &&
          (spot.party === undefined || fact.party === spot.party) &&
          (spot.from === undefined || isIn(fact.from, spot.from)) &&
          (spot.to === undefined || isIn(fact.to, spot.to)) &&
          (spot.event === undefined || fact.on === spot.event) &&
          (spot.guard === undefined || fact.guard === spot.guard),
      );
    case 'event':
      if (spot.event !== undefined && !shape.events.includes(spot.event))
        return unknown('event', spot.event, shape.events);
      return onFact((fact) => fact.type === 'happened' && (spot.event === undefined || fact.event === spot.event));
    case 'refusal':
      return onFact(
        (fact) =>
          (fact.type === 'rejected' || fact.type === 'refused') && (spot.party === undefined || fact.by === spot.party),
      );
    case 'deal':
      return onFact((fact) => fact.type === 'ended' && fact.end === 'agreement');
    case 'end':
      return onFact((fact) => fact.type === 'ended');
    case 'walkout':
      return onFact((fact) => fact.type === 'walked');
    case 'issue': {
      const issue = shape.issues.findIndex(({ id }) => id === spot.issue);
      if (issue < 0)
        return unknown(
          'issue',
          spot.issue,
          shape.issues.map(({ id }) => id),
        );
      const level = ({ table }: State) => {
        if (table.outcome === NONE) return NONE;
        return Math.trunc(table.outcome / shape.strides[issue]) % shape.issues[issue].size;
      };
      return { looks: true, hit: (_, micro, states) => level(states(micro)) !== level(states(micro - 1)) };
    }
    case 'data': {
      const value = readerOf(spot.what, vocabulary);
      if ('ok' in value) return value;
      return {
        looks: true,
        hit: ({ game }, micro, states) => {
          const before = value.of({ game, state: states(micro - 1) });
          const after = value.of({ game, state: states(micro) });
          return (
            !Object.is(before, after) && (typeof after !== 'object' || JSON.stringify(before) !== JSON.stringify(after))
          );
        },
      };
    }
    case 'if': {
      const compiled = compileWords(spot.condition, vocabulary, 'boolean');
      if (!compiled.ok) return compiled;
      const holds = (env: WorldEnv) => compiled.expression.evaluate(env) === true;
      return {
        looks: true,
        hit: ({ game }, micro, states) =>
          holds({ game, state: states(micro) }) && !holds({ game, state: states(micro - 1) }),
      };
    }
    default:
      return spot satisfies never;
  }
}

const MOVES: ReadonlySet<Fact['type']> = new Set(['offered', 'accepted', 'rejected', 'passed', 'walked', 'refused']);

const TREE =
  /^(round|turn|time|rounds|end|agreement|table|parties|market|terms|fired|deadline_near|protocol)(\.[A-Za-z0-9_]+)*$/;

/** What a text names: an expression's value, or what stands at a path of the frame's tree. */
export function readerOf(what: string, vocabulary: Vocabulary<WorldEnv>): { of(env: WorldEnv): unknown } | Refused {
  const compiled = compileWords(what, vocabulary);
  if (compiled.ok) return { of: (env) => compiled.expression.evaluate(env) };
  if (!TREE.test(what.trim())) return compiled;
  return { of: ({ game, state }) => at(inspect(game, state), what.trim()) };
}

/** Whether a stance path has a state among its active ones: `talks.probing` is in `talks`, in `probing` and in `talks.probing`. */
export function isIn(path: string, state: string): boolean {
  return path.split(' | ').some((region) => `.${region}.`.includes(`.${state}.`));
}

function countOf(hits: string | undefined): ((nth: number) => boolean) | undefined {
  if (hits === undefined || hits.trim() === '') return () => true;
  const match = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d{1,9})\s*$/.exec(hits);
  if (match === null) return undefined;
  const n = Number(match[2]);
  switch (match[1]) {
    case '>=':
      return (nth) => nth >= n;
    case '>':
      return (nth) => nth > n;
    case '<=':
      return (nth) => nth <= n;
    case '<':
      return (nth) => nth < n;
    case '%':
      return n === 0 ? undefined : (nth) => nth % n === 0;
    default:
      return (nth) => nth === n;
  }
}

/** A breakpoint in words. */
export function spotText({ spot, condition, hits, log }: BreakpointSpec): string {
  const of = 'party' in spot && spot.party !== undefined ? ` of ${spot.party}` : '';
  const text = (() => {
    switch (spot.kind) {
      case 'at':
        return `at ${formatAddress(spot.address)}`;
      case 'party':
        return `${spot.party} moves`;
      case 'state':
        return `stance ${spot.state}${of} ${spot.on}`;
      case 'transition': {
        const ends = spot.from || spot.to ? ` ${spot.from ?? '*'} -> ${spot.to ?? '*'}` : '';
        return `stance${of} changes${ends}${spot.event ? ` on ${spot.event}` : ''}${spot.guard ? ` since ${spot.guard}` : ''}`;
      }
      case 'event':
        return spot.event === undefined ? 'any event' : `event ${spot.event}`;
      case 'refusal':
        return `a refusal${of}`;
      case 'deal':
        return 'a deal';
      case 'end':
        return 'the end of the talks';
      case 'walkout':
        return 'a walk-out';
      case 'issue':
        return `issue ${spot.issue} changes on the table`;
      case 'data':
        return `${spot.what} changes`;
      case 'if':
        return `${spot.condition} becomes true`;
      default:
        return spot satisfies never;
    }
  })();
  return `${text}${condition ? `, if ${condition}` : ''}${hits ? `, hits ${hits}` : ''}${log !== undefined ? `, log "${log}"` : ''}`;
}
