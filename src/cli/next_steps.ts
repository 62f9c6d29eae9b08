import { BATCH, seatStrategy } from '../comparison/line_up.ts';
import { playOut } from '../executors/batch.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { entry } from './render/wrap.ts';
import type { ScenarioOptions } from './scenarios.ts';

/** The options of a run that decide how the talks go. */
export interface RunOptions extends ScenarioOptions {
  readonly seed: string;
  readonly repetition?: string;
  readonly compat?: string;
}

const PLAYED = ['seed', 'repetition', 'rounds', 'variant', 'compat', 'strategy', 'set'] as const;

/** A command on a scenario with those of a run's options that it takes, as a shell takes it. */
export function commandOf(
  command: string,
  path: string,
  options: RunOptions,
  taken: readonly (typeof PLAYED)[number][] = PLAYED,
): string {
  const given = taken.flatMap((name) => {
    const value = options[name];
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return values.map((one) => `--${name} ${quoted(one)}`);
  });
  return [`npx hashpact ${command}`, quoted(path), ...given].join(' ');
}

const quoted = (text: string): string => (/^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** What was played: what happened, and whether any of it was drawn. */
export interface Played {
  readonly facts: readonly Fact[];
  readonly chance: boolean;
}

/** What to do after a run: the same talks looked at closer, played otherwise, compared. Another tool's forms are for `run` alone. */
export function nextSteps(
  path: string,
  options: RunOptions,
  scenario: Scenario,
  game: Game,
  played: Played,
  width: number,
): string {
  const file = path === '-' ? 'SCENARIO' : path;
  const luck = options.compat === undefined ? otherLuck(scenario, game, played) : undefined;
  const seeded = (names: readonly (typeof PLAYED)[number][]) =>
    options.seed === '1' ? names.filter((name) => name !== 'seed') : names;
  const steps: [string, string][] = [];
  if (options.compat === undefined)
    steps.push([commandOf('debug', file, options, seeded(PLAYED)), 'step through the rounds, asking why']);
  if (luck !== undefined)
    steps.push([commandOf('run', file, { ...options, seed: String(luck) }), 'the same talks under other luck']);
  steps.push([commandOf('analyze', file, options, ['variant', 'set']), 'what was possible, whoever plays']);
  const names = entrants(options, scenario);
  if (options.compat === undefined && names.length > 1) {
    const again = commandOf('compare', file, options, seeded(['seed', 'rounds', 'variant', 'set']));
    steps.push([`${again} --strategies ${names.map(quoted).join(',')}`, 'which way of playing wins']);
  }
  // a command is never broken over lines, however long: it is there to be pasted
  const column = Math.max(...steps.map(([command]) => command.length).filter((length) => length < width - 50), 0) + 4;
  const told = ([command, what]: readonly [string, string]) =>
    command.length + 2 < column
      ? entry(`  ${command}`, what, column, width)
      : `  ${command}\n${' '.repeat(column)}${what}`;
  return ['\nTry next:', ...steps.map(told)].join('\n');
}

/** The next seed under which other things happen; none where nothing is left to chance. */
function otherLuck(scenario: Scenario, game: Game, { facts, chance }: Played): number | undefined {
  if (!chance) return undefined;
  const batch = scenario.batch();
  const { seed, repetition } = game.parts;
  const told = JSON.stringify(facts);
  for (let next = seed + 1; next <= seed + TRIED; next++) {
    const again = playOut(batch.game({ seed: next, repetition }), { facts: true });
    if (JSON.stringify(again.facts) !== told) return next;
  }
  return undefined;
}

const TRIED = 20;

/** Strategies that every seat can play: the scenario's own, those of this run, and two that differ much. */
function entrants({ strategy = [] }: RunOptions, { stage }: Scenario): string[] {
  const fits = (name: string) =>
    stage.spec.parties.every((_, seat) => 'player' in seatStrategy(stage, seat, name, BATCH));
  const given = strategy.map((one) => one.slice(one.indexOf('=') + 1));
  const names = [...given, 'dealmaker', 'hardliner'].filter((name) => !name.includes(':'));
  return ['own', ...new Set(names.filter((name) => name !== 'own' && fits(name)))];
}
