import { PROCESS_PRESETS, type PriceProcess } from '../../mining/paths/process.ts';
import { evaluateSite, type SiteEvaluation, type SiteView } from '../../mining/site.ts';
import { NPV_LEVELS, type NpvRisk, type SiteRisk, siteRisk } from '../../mining/siteRisk.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { progress } from '../progress.ts';
import { histogram, lineChart } from '../render/chart.ts';
import { figureText, table } from '../render/table.ts';
import { wholeNumber } from '../scenarios.ts';
import { refusing } from './mining_numbers.ts';
import { type Given, OPTION_OF, type Parameter, siteParameters } from './mining_parameters.ts';

/** `hashpact mining site`: one site with its own weight on the network beside the price-taking answer. */
export function site(_: readonly string[], given: Given, console: Console): number {
  const { input, parameters } = siteParameters(given);
  const paths = wholeNumber('--paths', String(given['paths']), 2, 100_000);
  const seed = wholeNumber('--seed', String(given['seed']), 0, Number.MAX_SAFE_INTEGER);
  const process = processOf(given['process']);
  const evaluation = refusing(OPTION_OF, () => evaluateSite(input));
  const watch = progress(console, 'price paths');
  const risk = refusing(OPTION_OF, () =>
    siteRisk(input, {
      process: process.kind === 'merton' ? { ...process, drift: input.priceDrift } : process,
      seed,
      paths,
      told: watch.at,
    }),
  );
  watch.done();
  const report = { evaluation, risk, parameters, preset: String(given['process']), seed };
  console.out(given['json'] ? JSON.stringify(document(report), null, 2) : text(report, console));
  return EXIT.done;
}

interface Report {
  readonly evaluation: SiteEvaluation;
  readonly risk: SiteRisk;
  readonly parameters: readonly Parameter[];
  readonly preset: string;
  readonly seed: number;
}

export function processOf(given: unknown): PriceProcess {
  const preset = PROCESS_PRESETS.find(({ id }) => id === given);
  if (preset === undefined) {
    throw new Refusal(
      `--process ${String(given)} names no price process`,
      `presets: ${PROCESS_PRESETS.map(({ id }) => id).join(', ')}`,
    );
  }
  return preset.process;
}

function text(report: Report, console: Console): string {
  const { evaluation: e, risk, parameters, preset, seed } = report;
  const { paint, width } = console;
  const { input } = e;
  const eps = Number.isFinite(input.eps) ? figureText(input.eps, input.eps % 1 === 0 ? 0 : 2) : '∞';
  const head = `${paint.bold(`A mining site of ${figureText(input.powerMw)} MW`)} ${paint.dim(`(market of ${input.date})`)}`;
  const size = `  ${figureText(e.installedEhs, 1)} EH/s installed, ${figureText(e.averageEhs, 1)} EH/s on average; machines ${money(e.investmentUsd.machines)}, housing ${money(e.investmentUsd.shell)}`;
  const columns = [
    { title: '' },
    { title: `own impact, ε = ${eps}`, right: true },
    { title: 'price taker', right: true },
    { title: '' },
  ];
  const views: readonly SiteView[] = [e.ownImpact, e.priceTaking];
  const risks: readonly NpvRisk[] = [risk.ownImpact, risk.priceTaking];
  const by = (label: string, of: (v: SiteView, r: NpvRisk) => string, unit: string) => [
    label,
    ...views.map((view, i) => of(view, risks[i])),
    paint.dim(unit),
  ];
  const today = [
    by('hashprice before', () => figureText(e.hashpriceBeforeUsdPerPhDay, 2), '$/PH/day, by difficulty'),
    by('hashprice after', (v) => figureText(v.hashpriceUsdPerPhDay, 2), '$/PH/day'),
    by('network after', (v) => figureText(v.networkEhs, 1), `EH/s; before: ${figureText(e.networkBeforeEhs, 1)}`),
    by('share of the network', (v) => figureText(100 * v.networkShare, 1), '% of its EH/s'),
    by('mined', (v) => figureText(v.minedBtcPerDay, 2), 'BTC/day'),
    by('revenue', (v) => figureText(v.revenueUsdPerYear / 1e6), 'M$/year, after uptime and pool'),
    by('revenue', (v) => figureText(v.revenueUsdPerMwh, 1), '$/MWh'),
    by('cash cost', () => figureText(input.powerUsdPerMwh + input.otherOpexUsdPerMwh, 1), '$/MWh: power and operation'),
    by('margin on cash cost', (v) => figureText(v.marginUsdPerMwh.cash, 1), '$/MWh: decides whether to run'),
    by('depreciation', () => figureText(e.cost.depreciationUsdPerMwh, 1), '$/MWh, straight line'),
    by('margin on full cost', (v) => figureText(v.marginUsdPerMwh.full, 1), '$/MWh: decides whether to build'),
    by('break-even power, cash', (v) => figureText(v.breakEvenPowerUsdPerMwh.cash, 1), '$/MWh'),
    by('break-even power, full', (v) => figureText(v.breakEvenPowerUsdPerMwh.full, 1), '$/MWh'),
    by('break-even bitcoin, cash', (v) => figureText(v.breakEvenPriceUsd.cash), 'USD'),
    by('break-even bitcoin, full', (v) => figureText(v.breakEvenPriceUsd.full), 'USD'),
  ];
  const years = [
    by('payback', (v) => payback(v.projection.paybackYears), 'years, at the trend of difficulty'),
    by('internal rate of return', (v) => rates(v), `% a year${rootsNote(views)}`),
    by(
      'first dark month',
      (v) => (v.projection.darkMonth === null ? 'none' : `${v.projection.darkMonth + 1}`),
      'no machine pays its cash cost',
    ),
    by('cost of a bitcoin', (v) => levelised(v), 'USD, levelised over the horizon'),
    by('NPV at trend', (v) => million(v.projection.npvUsd), 'M$: one certain price path'),
    by(
      'NPV, mean',
      (_, r) => `${million(r.npvUsd.mean)} ± ${million(r.npvUsd.standardError)}`,
      `M$ ± standard error, ${risk.paths} price paths`,
    ),
    ...NPV_LEVELS.map((level, q) => by(`NPV, ${100 * level} % quantile`, (_, r) => million(r.quantilesUsd[q]), 'M$')),
    by('worth less than 0', (_, r) => figureText(100 * r.lossProbability, 1), '% of paths'),
    by('never pays back', (_, r) => figureText(100 * r.neverPaysBack, 1), '% of paths'),
  ];
  const months = e.ownImpact.projection.months.length;
  const along = ['today', `${figureText(months / 24, 1)} years`, `${figureText(months / 12, 1)} years`];
  const hashprices = lineChart(
    views.map(({ projection }, i) => ({
      label: ['with own impact', 'price taker'][i],
      values: projection.months.map(({ hashpriceUsdPerPhDay }) => hashpriceUsdPerPhDay),
      ink: [paint.cyan, paint.yellow][i],
    })),
    { width: Math.min(width, 100), height: 10, title: 'Hashprice at the trend, $/PH/day', along, paint },
  );
  const spread = histogram(risk.ownImpact.sortedUsd, {
    width: Math.min(width, 100),
    title: 'NPV with own impact over the price paths, M$',
    paint,
    figure: million,
  });
  return [
    head,
    size,
    '',
    paint.bold('Today'),
    table(columns, today, paint),
    '',
    paint.bold(`Over ${figureText(input.horizonYears, input.horizonYears % 1 ? 1 : 0)} years`),
    table(columns, years, paint),
    '',
    hashprices,
    '',
    spread,
    '',
    `${paint.bold('What it rests on')} ${paint.dim(`(each by its option; price process ${preset}, seed ${seed})`)}`,
    parameterTable(parameters, console),
  ].join('\n');
}

export function parameterTable(parameters: readonly Parameter[], { paint }: Console): string {
  const rows = parameters.map(({ label, option, value, unit, origin, because }) => [
    option,
    label,
    parameterText(value),
    unit,
    origin === 'assumption' ? paint.yellow('assumption') : origin,
    because,
  ]);
  const columns = [
    { title: 'option' },
    { title: 'parameter' },
    { title: 'value', right: true },
    { title: 'unit' },
    { title: 'rests on' },
    { title: '' },
  ];
  return table(columns, rows, paint);
}

function parameterText(x: number): string {
  if (!Number.isFinite(x)) return figureText(x);
  if (Math.abs(x) >= 1e12) return `${figureText(x / 1e12, 3)}T`;
  return Number.isInteger(x) ? figureText(x) : String(Number(x.toPrecision(4)));
}

const million = (usd: number): string => figureText(usd / 1e6, Math.abs(usd) < 1e7 ? 2 : 0);
const money = (usd: number): string => `${million(usd)} M$`;
const payback = (years: number | 'never'): string => (years === 'never' ? 'never' : figureText(years, 1));
const levelised = ({ projection: { levelisedCostUsdPerBtc: cost } }: SiteView): string =>
  typeof cost === 'number' ? figureText(cost) : cost;
const rates = ({ projection: { irr } }: SiteView): string =>
  irr.rates.length === 0 ? 'none' : irr.rates.map((rate) => figureText(100 * rate, 1)).join(', ');
const rootsNote = (views: readonly SiteView[]): string =>
  views.some(({ projection }) => projection.irr.rates.length > 1) ? ', every root found' : '';

/** Stable keys, units in the names; the README lists them. */
function document({ evaluation: e, risk, parameters, preset, seed }: Report) {
  const view = (v: SiteView, r: NpvRisk) => ({
    hashpriceUsdPerPhDay: v.hashpriceUsdPerPhDay,
    networkEhs: v.networkEhs,
    networkShare: v.networkShare,
    minedBtcPerDay: v.minedBtcPerDay,
    revenueUsdPerYear: v.revenueUsdPerYear,
    revenueUsdPerMwh: v.revenueUsdPerMwh,
    cashMarginUsdPerMwh: v.marginUsdPerMwh.cash,
    fullMarginUsdPerMwh: v.marginUsdPerMwh.full,
    breakEvenPowerCashUsdPerMwh: v.breakEvenPowerUsdPerMwh.cash,
    breakEvenPowerFullUsdPerMwh: v.breakEvenPowerUsdPerMwh.full,
    breakEvenBitcoinCashUsd: v.breakEvenPriceUsd.cash,
    breakEvenBitcoinFullUsd: v.breakEvenPriceUsd.full,
    paybackYears: v.projection.paybackYears,
    irrPerYear: v.projection.irr.rates,
    irrAllRootsProven: v.projection.irr.all,
    darkMonth: v.projection.darkMonth === null ? null : v.projection.darkMonth + 1,
    levelisedCostUsdPerBtc: v.projection.levelisedCostUsdPerBtc,
    npvAtTrendUsd: v.projection.npvUsd,
    npvMeanUsd: r.npvUsd.mean,
    npvStandardErrorUsd: r.npvUsd.standardError,
    npvQuantilesUsd: Object.fromEntries(NPV_LEVELS.map((level, q) => [`p${100 * level}`, r.quantilesUsd[q]])),
    lossProbability: r.lossProbability,
    neverPaysBackProbability: r.neverPaysBack,
  });
  return {
    date: e.input.date,
    powerMw: e.input.powerMw,
    installedEhs: e.installedEhs,
    averageEhs: e.averageEhs,
    networkBeforeEhs: e.networkBeforeEhs,
    hashpriceBeforeUsdPerPhDay: e.hashpriceBeforeUsdPerPhDay,
    convention: 'hashprice by difficulty',
    machinesUsd: e.investmentUsd.machines,
    shellUsd: e.investmentUsd.shell,
    cashCostUsdPerMwh: e.cost.powerUsdPerMwh + e.cost.otherOpexUsdPerMwh,
    depreciationUsdPerMwh: e.cost.depreciationUsdPerMwh,
    ownImpact: view(e.ownImpact, risk.ownImpact),
    priceTaking: view(e.priceTaking, risk.priceTaking),
    paths: risk.paths,
    seed,
    process: preset,
    parameters: parameters.map(({ field, option, value, unit, origin, because }) => ({
      field,
      option,
      value: Number.isFinite(value) ? value : 'infinity',
      unit,
      origin,
      because,
    })),
  };
}
