import { type Analysis, analyze as analyse } from '../../analysis/analyze.ts';
import { finiteHorizonEquilibrium } from '../../analysis/finite_horizon_equilibrium.ts';
import { integrativePotential } from '../../analysis/integrative_potential.ts';
import { outcomeMeasures, scenarioMeasures, type Target } from '../../analysis/measures.ts';
import type { AnalysisMode } from '../../analysis/modes.ts';
import { rubinstein, stationaryDivision } from '../../analysis/pie.ts';
import { scatter } from '../../analysis/scatter.ts';
import type { Solution } from '../../analysis/solution.ts';
import { counted } from '../../domain/counted.ts';
import { deciding, utilitySpace } from '../../scenario/settlement.ts';
import type { Game } from '../../session/game.ts';
import { VERSION } from '../../version.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { type Chosen, chosenOutcome } from '../outcomes.ts';
import { picture } from '../render/picture.ts';
import { percentText } from '../render/settlement.ts';
import { figureText, table } from '../render/table.ts';
import { wrapped } from '../render/wrap.ts';
import { openScenario, type ScenarioOptions } from '../scenarios.ts';

interface Options extends ScenarioOptions {
  readonly json?: boolean;
  readonly mode: string;
  readonly weights?: string;
  readonly pair?: string;
  readonly turns: string;
  readonly outcome?: string;
  readonly report?: string;
}

const MODES: readonly AnalysisMode[] = ['textbook', 'negmas', 'genius'];

/** `hashpact analyze`: what was possible, whoever plays. */
export async function analyze(
  [path]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const options = given as unknown as Options;
  const ledger = new Ledger();
  ledger.claim({ '--report': options.report });
  const scenario = await openScenario(path, options, console, ledger);
  const game = scenario.game();
  const found = findings(game, options);
  if (options.report !== undefined) {
    const { analysisReport, reportPage } = await import('../../report/page.ts');
    ledger.write(options.report, reportPage(analysisReport(scenario, game, found.analysis)));
  }
  if (options.json) console.out(JSON.stringify(document(game, found), null, 2));
  else console.out(told(game, found, options, console));
  return EXIT.done;
}

/** Everything the command says about a game, as plain data. */
export function findings(game: Game, options: Pick<Options, 'mode' | 'weights' | 'turns' | 'outcome'>) {
  const mode = options.mode as AnalysisMode;
  if (!MODES.includes(mode)) throw new Refusal(`--mode takes ${MODES.join(', ')}, not "${options.mode}"`);
  const space = utilitySpace(game, game.world);
  const weights = options.weights?.split(',').map(Number);
  if (weights && (weights.length !== space.parties.length || weights.some((w) => !(w > 0)))) {
    throw new Refusal(
      `--weights takes ${space.parties.length} positive numbers, one for each of ${space.parties.join(', ')}`,
    );
  }
  const turns = Number(options.turns);
  if (!Number.isInteger(turns) || turns < 1 || turns > 10_000)
    throw new Refusal('--turns takes a whole number from 1 to 10000');
  const analysis = analyse(space, { mode, ...(weights && { weights }) });
  // A party whose time has no price still prefers today to tomorrow by a hair; discounts come from the scenario where it states them.
  const discounts = deciding(game, game.parties).map(({ discount }) => (discount < 1 ? discount : 0.99));
  const asked = options.outcome === undefined ? undefined : outcomeOf(game, analysis, options.outcome);
  return {
    space,
    analysis,
    asked: asked && { ...asked, measures: outcomeMeasures(space, asked.outcome, { mode, analysis }) },
    measures: scenarioMeasures(space, { mode, analysis }),
    trades: integrativePotential(
      space,
      game.space.issues.map((issue) => issue.size),
    ),
    equilibrium: finiteHorizonEquilibrium(space, { discounts, rounds: turns }),
    rubinstein: discounts.length === 2 ? rubinstein(discounts[0], discounts[1]) : stationaryDivision(discounts),
    discounts,
  };
}

type Findings = ReturnType<typeof findings>;

/** The outcome asked about, issue by issue over the Nash solution, or over the first allowed outcome where there is none. */
function outcomeOf(game: Game, { nash }: Analysis, given: string): Chosen {
  const start =
    nash.outcomes.length > 0
      ? { outcome: nash.outcomes[0], how: 'Nash bargaining solution' }
      : { outcome: game.space.allowed[0], how: 'first outcome: there is no Nash bargaining solution' };
  return chosenOutcome(game, given, start);
}

function document(game: Game, found: Findings) {
  const { analysis, measures, trades, equilibrium, rubinstein, discounts, asked } = found;
  const { issues } = game.space;
  return {
    hashpact: VERSION,
    scenario: game.parts.id,
    hash: game.parts.hash,
    parties: game.ids,
    ...analysis,
    measures,
    trades: {
      ...trades,
      pairs: trades.pairs.map((pair) => ({ ...pair, issues: pair.issues.map((i) => issues[i].id) })),
    },
    equilibrium: { discounts, ...equilibrium },
    stationaryDivision: rubinstein,
    ...(asked && {
      asked: { outcome: asked.outcome, values: game.space.values(asked.outcome), how: asked.how, ...asked.measures },
    }),
  };
}

function told(game: Game, found: Findings, options: Options, { paint, width }: Console): string {
  const { analysis, measures, trades, equilibrium, space, asked } = found;
  const { issues } = game.space;
  const name = (outcome: number) =>
    issues
      .map(
        (issue, i) =>
          `${issue.id.replaceAll('_', ' ')} ${String(issue.value(game.space.levelOf(outcome, i))).replaceAll('_', ' ')}`,
      )
      .join(', ');
  const line = (text: string) => wrapped(`  ${text}`, width, '    ');
  const titled = (title: string, aside: string) =>
    wrapped(`${paint.bold(title)} ${paint.dim(`(${aside})`)}`, width, '  ');
  const row = (title: string, solution: Solution) => [
    title,
    solution.outcomes.length === 0
      ? 'none'
      : `${solution.outcomes[0]}${solution.outcomes.length > 1 ? ` and ${solution.outcomes.length - 1} more` : ''}`,
    ...(solution.utilities[0] ?? []).map((u) => figureText(u, 3)),
  ];
  const solutions: readonly (readonly [string, Solution])[] = [
    ['Nash', analysis.nash],
    ['Kalai-Smorodinsky', analysis.kalaiSmorodinsky],
    ['egalitarian', analysis.egalitarian],
    ['utilitarian', analysis.utilitarian],
  ];
  const [i, j] = pairOf(space.parties, options.pair);
  const warnings = [
    ...new Set(
      [analysis, ...solutions.map(([, s]) => s), measures, trades, equilibrium].flatMap(({ warnings }) => warnings),
    ),
  ];
  return [
    wrapped(paint.bold(`${game.parts.title}: what is possible, whoever plays`), width, '  '),
    line(
      `${counted(analysis.outcomes, 'outcome')}; ${
        analysis.rational === 0
          ? 'no zone of agreement'
          : `${figureText(analysis.rational)} in the zone of agreement (${percentText(100 * analysis.rationalFraction)})`
      }; frontier of ${counted(analysis.pareto.size, 'point')}; opposition ${figureText(measures.opposition, 3)}`,
    ),
    '',
    titled(
      'Bargaining solutions',
      `${analysis.mode}; utilities; sums across parties compare what may not be comparable`,
    ),
    table(
      [
        { title: 'solution' },
        { title: 'outcome' },
        ...deciding(game, game.parties).map(({ label }) => ({ title: label, right: true })),
      ],
      solutions.map(([title, solution]) => row(title, solution)),
      paint,
      '  ',
      width,
    ),
    ...(analysis.nash.outcomes.length > 0 ? [paint.dim(line(`Nash: ${name(analysis.nash.outcomes[0])}`))] : []),
    ...(asked === undefined ? [] : ['', ...askedLines(asked, name, found, game, paint)]),
    '',
    paint.bold(`Utility space: ${space.parties[i]} across, ${space.parties[j]} up`),
    picture(scatter(space, i, j, Math.min(72, width - 12), 20, { analysis }), paint, width),
    ...(space.parties.length > 2 ? [paint.dim('  another pair: --pair ID,ID')] : []),
    '',
    titled('Trades that make the pie bigger', 'mean joint gain of settling two issues together, in party ranges'),
    table(
      [{ title: 'issue' }, { title: 'against' }, { title: 'gain', right: true }, { title: 'of drafts', right: true }],
      trades.pairs
        .filter(({ gain }) => gain > 0)
        .slice(0, 6)
        .map(({ issues: [a, b], gain, share }) => [
          issues[a].label,
          issues[b].label,
          figureText(gain, 4),
          `${figureText(100 * share, 0)} %`,
        ]),
      paint,
      '  ',
      width,
    ),
    '',
    titled(
      `Equilibrium of ${options.turns} alternating turns`,
      `subgame-perfect on these outcomes; discounts a turn ${found.discounts.map((d) => figureText(d, 3)).join(', ')}`,
    ),
    equilibrium.agreement === null
      ? '  no agreement'
      : line(
          `outcome ${equilibrium.agreement.outcome} in turn ${equilibrium.agreement.turn + 1}: ${deciding(
            game,
            game.parties,
          )
            .map(({ label }, k) => `${label} ${figureText(equilibrium.value[k], 3)}${tiesText(equilibrium.range[k])}`)
            .join(', ')}`,
        ),
    ...(warnings.length > 0 ? ['', paint.bold('Mind'), ...warnings.map(line)] : []),
  ].join('\n');
}

/** Where the value depends on how ties are broken: from the least to the most. */
function tiesText({ min, max }: { readonly min: number; readonly max: number }): string {
  const [least, most] = [figureText(min, 3), figureText(max, 3)];
  return least === most ? '' : ` (${least} to ${most} as ties are broken)`;
}

const TARGETS: readonly (readonly [Target, string])[] = [
  ['pareto', 'Pareto frontier'],
  ['nash', 'Nash'],
  ['kalaiSmorodinsky', 'Kalai-Smorodinsky'],
  ['egalitarian', 'egalitarian'],
  ['utilitarian', 'utilitarian'],
];

/** How far the outcome asked about is from each solution. */
function askedLines(
  { outcome, how, measures }: NonNullable<Findings['asked']>,
  name: (outcome: number) => string,
  { space }: Findings,
  game: Game,
  paint: Console['paint'],
): string[] {
  const { utilities, rational, distance, optimality, welfareOptimality } = measures;
  const below = deciding(game, game.parties).filter((_, i) => utilities[i] < space.reservation[i]);
  const share = Number.isFinite(welfareOptimality)
    ? `; ${figureText(100 * welfareOptimality, 1)} % of the largest sum of utilities`
    : '';
  return [
    paint.bold(`Outcome ${outcome}`) + paint.dim(` (${how})`),
    paint.dim(`  ${name(outcome)}`),
    `  ${rational ? 'in the zone of agreement' : `below the reservation value of ${below.map(({ label }) => label).join(', ')}`}${share}`,
    table(
      [{ title: 'from' }, { title: 'distance, in utility', right: true }, { title: 'optimality', right: true }],
      TARGETS.map(([target, title]) => [
        title,
        Number.isFinite(distance[target]) ? figureText(distance[target], 3) : 'none to measure from',
        Number.isFinite(distance[target]) ? figureText(optimality[target], 3) : '',
      ]),
      paint,
    ),
  ];
}

function pairOf(ids: readonly string[], given: string | undefined): [number, number] {
  if (given === undefined) return [0, 1];
  const seats = given.split(',').map((id) => ids.indexOf(id.trim()));
  if (seats.length !== 2 || seats.some((seat) => seat < 0) || seats[0] === seats[1]) {
    throw new Refusal(`--pair takes two of ${ids.join(', ')}, such as --pair ${ids.slice(0, 2).join(',')}`);
  }
  return [seats[0], seats[1]];
}
