import type { Flaw } from '../domain/issue.ts';
import { type Condition, condition, type Explanation, type Name, type Vocabulary } from '../expression/index.ts';
import type { Game } from '../session/game.ts';
import type { State } from '../session/state.ts';
import { type Shape, type WorldEnv, worldVocabulary } from '../session/vocabulary.ts';
import { expressionFlaws } from './flaws.ts';
import { analysisOf, measured } from './settlement.ts';

export type Expectation = Condition<WorldEnv>;

/** One expectation against talks that have ended. */
export interface Verdict {
  readonly source: string;
  readonly holds: boolean;
  /** The expectation with the value of each of its parts. */
  readonly parts: Explanation;
  /** The same in a line: `russia.utility >= 0.5: russia.utility is 0.41`. */
  readonly why: string;
}

/** Compiles what a scenario expects. */
export function makeExpectations(sources: readonly string[], shape: Shape, flaws: Flaw[]): Expectation[] {
  if (sources.length === 0) return [];
  const vocabulary = expectVocabulary(shape);
  return sources.flatMap((source, i): Expectation[] => {
    const compiled = condition(source, vocabulary);
    if (compiled.ok) return [compiled.expression];
    flaws.push(...expressionFlaws(compiled.problems, ['expect', i]));
    return [];
  });
}

/** Holds expectations against a state, the last of a negotiation as a rule. */
export function judge(expectations: readonly Expectation[], game: Game, state: State): Verdict[] {
  const env: WorldEnv = { game, state };
  return expectations.map((expectation) => {
    const parts = expectation.explain(env);
    const holds = parts.value === true;
    return { source: expectation.source, holds, parts, why: why(parts) };
  });
}

/** A value for people: numbers to at most six digits. */
function shown(value: Explanation['value']): string {
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);
}

function why(explanation: Explanation): string {
  const named: string[] = [];
  const walk = ({ text, value, parts, member: own }: Explanation, of?: string) => {
    const member = own ?? of;
    if (parts.length === 0 && text !== String(value) && text !== `'${value}'` && text !== `"${value}"`) {
      const told = `${member ? `${member}: ` : ''}${text} is ${shown(value)}`;
      if (!named.includes(told)) named.push(told);
    }
    for (const part of parts) walk(part, member);
  };
  walk(explanation);
  return named.length === 0
    ? `${explanation.text} is ${explanation.value}`
    : `${explanation.text}: ${named.join(', ')}`;
}

/** The words of expectations: the world's, and what analysis says of the scenario at the world the talks ended in. */
export function expectVocabulary(shape: Shape): Vocabulary<WorldEnv> {
  const world = worldVocabulary(shape);
  const names: Record<string, Name<WorldEnv>> = {
    ...world.names,
    'space.size': number('outcomes that the constraints allow', ({ game }) => game.space.allowed.length, 'outcome'),
    'zone.exists': flag(
      'whether some outcome leaves nobody below its reservation value',
      (env) => analysed(env).rational > 0,
    ),
    'zone.size': number(
      'outcomes that leave nobody below its reservation value',
      (env) => analysed(env).rational,
      'outcome',
    ),
    'zone.share': number(
      'the same as a share of all allowed outcomes',
      (env) => analysed(env).rationalFraction,
      '0 to 1',
    ),
    pareto: flag('whether the agreement is on the Pareto frontier', (env) => distance(env, 'paretoDistance') === 0),
    'pareto.size': number(
      'distinct points of the frontier of the zone of agreement',
      (env) => analysed(env).pareto.size,
    ),
    'pareto.distance': number(
      'distance in utility space from the agreement to the frontier; -1 without an agreement or a zone of agreement',
      (env) => distance(env, 'paretoDistance'),
    ),
    nash: flag('whether the agreement is a Nash bargaining solution', (env) =>
      analysed(env).nash.outcomes.includes(env.state.agreement),
    ),
    'nash.index': number(
      'raw index of the Nash bargaining solution (the first of several); -1 where there is none',
      nashIndex,
    ),
    'nash.count': number(
      'outcomes that are Nash bargaining solutions',
      (env) => analysed(env).nash.outcomes.length,
      'outcome',
    ),
    'nash.distance': number(
      'distance in utility space from the agreement to the Nash bargaining solution; -1 without an agreement or a solution',
      (env) => distance(env, 'nashDistance'),
    ),
  };
  for (const [i, issue] of shape.issues.entries()) {
    for (const { suffix, kind, doc, unit, options, read } of issue.readings) {
      const none = kind === 'number' ? 0 : '';
      names[['nash', issue.id, suffix].filter(Boolean).join('.')] = {
        kind,
        doc: `${doc} of ${issue.label} in the Nash bargaining solution`,
        unit,
        options: options && [...options, ''],
        read: (env) => {
          const outcome = nashIndex(env);
          return outcome < 0 ? none : read(Math.trunc(outcome / shape.strides[i]) % issue.size);
        },
      };
    }
  }
  for (const [seat, party] of shape.parties.entries()) {
    names[`${party}.left_on_table`] = number(
      `${party}: what it could have had more, nobody else having less than it came out with; without an agreement, over the zone of agreement`,
      ({ game, state }) => measured(game, state.world, state.agreement).leftValues[seat],
      'of value',
    );
    names[`${party}.nash_value`] = number(`${party}: value of the Nash bargaining solution`, (env) => {
      const outcome = nashIndex(env);
      return outcome < 0 ? Number.NaN : env.game.valuation(env.state.world).value(seat, outcome);
    });
  }
  return { ...world, names };
}

const number = (doc: string, read: (env: WorldEnv) => number, unit?: string): Name<WorldEnv> => ({
  kind: 'number',
  doc,
  read,
  unit,
});
const flag = (doc: string, read: (env: WorldEnv) => boolean): Name<WorldEnv> => ({ kind: 'boolean', doc, read });

/** Analysis of the world the talks ended in, made when an expectation first asks for it. */
const analysed = ({ game, state }: WorldEnv) => analysisOf(game, state.world);

const nashIndex = (env: WorldEnv) => analysed(env).nash.outcomes[0] ?? -1;

/** A distance of the agreement; -1 where there is none to tell. */
const distance = (env: WorldEnv, to: 'paretoDistance' | 'nashDistance') =>
  measured(env.game, env.state.world, env.state.agreement)[to] ?? -1;
