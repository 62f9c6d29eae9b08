import { STRATEGIES } from '../../catalog.ts';
import { counted } from '../../domain/counted.ts';
import { traceHeader, traceLines } from '../../history/trace.ts';
import { plainly, warningText } from '../../scenario/diagnose.ts';
import { learning } from '../../scenario/learning.ts';
import type { Scenario } from '../../scenario/load.ts';
import { type Settlement, settle } from '../../scenario/settlement.ts';
import { threatOf } from '../../scenario/threat.ts';
import { breakdownIn } from '../../session/breakdown.ts';
import { reservationValue } from '../../session/disagreement.ts';
import { begin, run as play, type Turn } from '../../session/engine.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import type { State } from '../../session/state.ts';
import { VERSION } from '../../version.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { commandOf, nextSteps, type RunOptions } from '../next_steps.ts';
import { progress } from '../progress.ts';
import { endingTexts } from '../render/ending.ts';
import { beliefs, notImplementable, outcomeText, possible, standings, threatTexts } from '../render/settlement.ts';
import { figureText, table } from '../render/table.ts';
import { marketText, Talks } from '../render/talks.ts';
import { figuresOf } from '../render/values.ts';
import { waterfall } from '../render/waterfall.ts';
import { wrap, wrapped } from '../render/wrap.ts';
import { lineUp, openScenario, wholeNumber } from '../scenarios.ts';

interface Options extends RunOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trace?: string;
  readonly report?: string;
}

/** `hashpact run`: one negotiation, told as it goes, then what came of it and why. */
export async function run(
  [path]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const options = given as unknown as Options;
  const seed = wholeNumber('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  const ledger = new Ledger();
  ledger.claim({ '--trace': options.trace, '--report': options.report });
  const scenario = await open(path, options, console, ledger);
  const repetition = wholeNumber('--repetition', options.repetition ?? '0', 0, Number.MAX_SAFE_INTEGER);
  let chance = false;
  const onChance = () => {
    chance = true;
  };
  const game = scenario.game({ seed, repetition }).with({ onChance });
  const quiet = options.quiet === true || options.json === true;
  for (const one of options.json ? [] : scenario.warnings) console.err(console.paint.yellow(warningText(one)));
  if (!quiet) console.out(opening(scenario, game, console));
  const { turns, state } = playOut(game, console, !quiet);
  const header = traceHeader(game, {
    version: VERSION,
    strategies: lineUp(options.strategy ?? []),
    resolved: scenario.resolved,
  });
  if (options.trace !== undefined) ledger.write(options.trace, `${[...traceLines(game, header, turns)].join('\n')}\n`);
  const settlement = settle(game, state);
  if (options.report !== undefined) {
    const { reportPage, runReport } = await import('../../report/page.ts');
    ledger.write(
      options.report,
      reportPage(runReport(scenario, game, turns, settlement, { command: commandOf('run', path, options) })),
    );
  }
  const verdicts = scenario.judge(game, state);
  const changed =
    options.strategy?.length || options.set?.length || options.rounds || options.variant || options.compat;
  if (options.json) console.out(JSON.stringify(document(scenario, game, settlement, turns), null, 2));
  else {
    console.out(closing(scenario, game, settlement, turns.at(-1)?.facts ?? [], console, quiet));
    if (!quiet) {
      const learnt = learning(game, state);
      if (learnt.length > 0) console.out(`\n${beliefs(learnt, game, console.paint, console.width)}\n`);
      for (const { holds, why } of changed ? [] : verdicts) {
        const line = wrapped(`  ${holds ? '✓' : '✗'} expected: ${why}`, console.width, '    ');
        console.out(holds ? console.paint.green(line) : console.paint.red(line));
      }
      const facts = turns.flatMap((turn) => turn.facts);
      console.out(nextSteps(path, options, scenario, game, { facts, chance }, console.width));
    }
  }
  // What a scenario expects of itself is about the scenario as written: a user who changes it is not held to that.
  return !changed && verdicts.some(({ holds }) => !holds) ? EXIT.failed : EXIT.done;
}

/** The scenario as another tool would play it: its forms of the five strategies, and whoever stays may agree without the one who left. */
async function open(path: string, options: Options, console: Console, ledger: Ledger): Promise<Scenario> {
  if (options.compat === undefined) return openScenario(path, options, console, ledger);
  if (options.compat !== 'negmas') throw new Refusal(`--compat knows negmas, not "${options.compat}"`);
  const set = ['protocol.agreement={rule: unanimity, of: present}', ...(options.set ?? [])];
  const scenario = await openScenario(path, { ...options, set }, console, ledger);
  const names = scenario.stage.players.map(({ name }) => `${options.compat}:${name}`);
  const forms = Object.fromEntries(names.flatMap((name, seat) => (STRATEGIES.has(name) ? [[seat, name]] : [])));
  const loaded = scenario.with(forms);
  if (!loaded.ok) throw new Refusal(`--compat ${options.compat}: ${loaded.diagnostics[0].message}`);
  return loaded.scenario;
}

/** Plays to the end, telling each turn as it happens. */
function playOut(game: Game, console: Console, told: boolean): { turns: Turn[]; state: State } {
  const talks = new Talks(game, console.paint, console.width);
  const watch = progress(console, 'rounds');
  const turns: Turn[] = [];
  let state = begin(game);
  if (told)
    console.out(
      `\n${wrapped(`${console.paint.bold('The talks')} ${console.paint.dim('(apart: from what stands; utilities, green from the reservation value on)')}`, console.width, '  ')}\n${talks.header()}`,
    );
  for (const turn of play(game, state)) {
    turns.push(turn);
    state = turn.state;
    for (const line of told ? talks.turn(turn) : []) console.out(line);
    watch.at(state.round, state.world.rounds);
  }
  watch.done();
  return { turns, state };
}

function opening(scenario: Scenario, game: Game, { paint, width }: Console): string {
  const { spec } = scenario;
  const { space, parts } = game;
  const valuation = game.valuation(game.world);
  const figures = figuresOf(game);
  const { appraiser } = parts;
  const reservations = game.parties.map((_, seat) => appraiser.reservation(seat, game.world));
  const best = game.parties.map((_, seat) => valuation.value(seat, valuation.order(seat).at(-1)!));
  const [bests, reserved] = [best, game.parties.map((_, seat) => reservationValue(game, seat, game.world))].map((xs) =>
    figures.column(xs),
  );
  const rows = game.parties.map((party, seat) => [
    party.label,
    party.observer ? 'observer' : game.players[seat].name.replaceAll('_', ' '),
    bests[seat],
    reserved[seat],
    figureText(reservations[seat], 3),
  ]);
  const counts: Record<string, number> = {};
  for (const { standing } of scenario.inventory()) counts[standing] = (counts[standing] ?? 0) + 1;
  const market = Object.entries(game.world.market).map(
    ([name, value]) => `${name.replaceAll('_', ' ')} ${marketText(value)}`,
  );
  const asides = [
    ...(market.length > 0 ? [`market: ${market.join(', ')}`] : []),
    `figures: ${counts['sourced'] ?? 0} sourced, ${counted(counts['assumed'] ?? 0, 'assumption')}, ${counts['bare'] ?? 0} bare; seed ${parts.seed}`,
    ...((counts['assumed'] ?? 0) > 0
      ? ['a model to argue with, no forecast; spoken lines are the stances’, not quotations']
      : []),
  ];
  const issues = space.issues.map((issue) => [
    issue.label,
    `${issue.size}`,
    clipList(issue.size, (level) => issue.text(level)),
  ]);
  return [
    ...wrap(
      `${paint.bold(spec.title)}  ${paint.dim(`(${spec.as_of === undefined ? '' : `as of ${spec.as_of}; `}a round is one ${spec.round_is ?? 'round'}; ${counted(game.world.rounds, 'round')}; ${game.protocol.rule.text})`)}`,
      width,
      '  ',
    ),
    ...asides.flatMap((line) => wrap(line, width, '  ').map(paint.dim)),
    '',
    paint.bold('At the table'),
    table(
      [
        { title: 'party' },
        { title: 'stance' },
        { title: `best (${parts.unit})`, right: true },
        { title: 'without a deal', right: true },
        { title: 'as utility', right: true },
      ],
      rows,
      paint,
      '  ',
      width,
    ),
    ...threatTexts(spec, game).flatMap((line) => wrap(line, width, '    ').map(paint.dim)),
    '',
    paint.bold(
      `At stake: ${counted(space.allowed.length, 'outcome')}${space.allowed.length < space.size ? ` of ${figureText(space.size)} (the rest are forbidden)` : ''}`,
    ),
    table([{ title: 'issue' }, { title: 'values', right: true }, { title: '' }], issues, paint, '  ', width),
  ].join('\n');
}

function clipList(size: number, text: (level: number) => string): string {
  if (size > 6) return `${text(0)} … ${text(size - 1)}`;
  return Array.from({ length: size }, (_, level) => text(level)).join(' | ');
}

function closing(
  scenario: Scenario,
  game: Game,
  settlement: Settlement,
  last: readonly Fact[],
  console: Console,
  quiet: boolean,
): string {
  const { paint, width } = console;
  const figures = figuresOf(game);
  const parts = [
    `\n${[outcomeText(game, settlement, paint, width), ...endingTexts(game, settlement, last, figures).map((line) => paint.yellow(wrapped(line, width, '  ')))].join('\n')}`,
    `\n${standings(game, settlement, paint, width)}`,
    `\n${[...notImplementable(scenario.spec, game, settlement).map(paint.yellow), ...possible(game, settlement)].map((line) => wrapped(line, width, '  ')).join('\n')}`,
  ];
  if (!quiet && settlement.end === 'agreement') {
    const falls = settlement.parties.map((party) => waterfall(party, figures, game.parts.unit, paint, width));
    parts.push(`\n${paint.bold('Where each value comes from')}\n${falls.join('\n')}`);
  }
  return parts.join('\n');
}

/** The JSON document of a run: stable keys, documented in the README. Rounds of `offers` count from 0, as NegMAS counts them. */
export function document(scenario: Scenario, game: Game, settlement: Settlement, turns: readonly Turn[]) {
  const offers = turns.flatMap(({ facts, state }) =>
    facts.flatMap((fact) => (fact.type === 'offered' ? [[state.round - 1, game.seatOf(fact.by), fact.outcome]] : [])),
  );
  const { analysis } = settlement;
  return {
    hashpact: VERSION,
    scenario: game.parts.id,
    hash: game.parts.hash,
    seed: game.parts.seed,
    unit: game.parts.unit,
    end: settlement.end,
    rounds: settlement.rounds,
    agreement: settlement.agreement,
    signedBy: settlement.signedBy,
    worseOff: settlement.worseOff,
    breakdown: breakdownIn(turns.at(-1)?.facts ?? []) ?? null,
    utilities: settlement.parties.map(({ utility }) => utility),
    values: settlement.parties.map(({ value }) => value),
    offers,
    parties: settlement.parties.map((party, seat) => ({
      id: party.party,
      strategy: party.stance,
      utility: party.utility,
      value: party.value,
      standardError: party.standardError,
      reservationUtility: party.reservation,
      reservationValue: finite(party.reservationValue),
      ...(threatOf(scenario.spec.parties[seat]) && { reservationFrom: threatOf(scenario.spec.parties[seat]) }),
      discountedUtility: party.discountedUtility,
      delayCost: party.delayCost,
      leftOnTable: party.leftOnTable,
      leftOnTableValue: party.leftOnTableValue,
      waterfall: party.waterfall.map(({ bar, amount }) => ({ id: bar.id, label: bar.label, amount })),
    })),
    paretoOptimal: settlement.paretoOptimal,
    paretoDistance: settlement.paretoDistance,
    nashDistance: settlement.nashDistance,
    learning: learning(game, turns.at(-1)?.state ?? begin(game)).map((one) => ({
      ...one,
      correlation: finite(one.correlation),
    })),
    zone: { outcomes: analysis.outcomes, rational: analysis.rational, paretoSize: analysis.pareto.size },
    warnings: scenario.warnings.map(plainly),
    expectations: scenario
      .judge(game, turns.at(-1)?.state ?? begin(game))
      .map(({ source, holds, why }) => ({ source, holds, why })),
  };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);
