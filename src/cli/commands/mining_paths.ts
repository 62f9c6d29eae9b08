import { exp } from '../../domain/arith.ts';
import { MARKET_SETS } from '../../mining/data/defaults.ts';
import { requireInRange } from '../../mining/inputError.ts';
import { estimateOver } from '../../mining/paths/estimate.ts';
import { fanOf } from '../../mining/paths/fan.ts';
import { checkProcess, momentsOf, PROCESS_PRESETS, type PriceProcess } from '../../mining/paths/process.ts';
import { type PricePaths, samplePaths } from '../../mining/paths/sample.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { fanChart, histogram } from '../render/chart.ts';
import { figureText, table } from '../render/table.ts';
import { wholeNumber } from '../scenarios.ts';
import { readCloses } from './mining_history.ts';
import { numberOf, refusing } from './mining_numbers.ts';
import { type Given, marketDateOf } from './mining_parameters.ts';
import { processOf } from './mining_site.ts';

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
const MOST_CELLS = 40_000_000;
const OPTIONS = {
  priceUsd: '--price',
  months: '--years',
  paths: '--n',
  years: '--years',
  'price.drift': '--drift',
  'price.volatility': '--volatility',
  'price.jumpsPerYear': '--jumps',
};

interface Fact {
  readonly month: number;
  readonly quantilesUsd: readonly number[];
  readonly meanUsd: number;
  readonly standardErrorUsd: number;
  /** Closed form, where the process has one. */
  readonly exactMeanUsd: number | null;
}

/** `hashpact mining paths`: where a price process says the bitcoin price may be, month by month. */
export function paths(_: readonly string[], given: Given, console: Console): number {
  const seed = wholeNumber('--seed', String(given['seed']), 0, Number.MAX_SAFE_INTEGER);
  const n = wholeNumber('--n', String(given['n']), 2, 1_000_000);
  const years = numberOf('--years', String(given['years']));
  const priceUsd =
    typeof given['price'] === 'string'
      ? numberOf('--price', given['price'])
      : MARKET_SETS[marketDateOf(given['date'])].priceUsd.value;
  const { process, name, source } = chosen(given);
  const { drawn, months } = refusing(OPTIONS, () => {
    checkProcess(process);
    const horizon = Math.max(
      1,
      Math.round(12 * requireInRange('years', years, { min: 0, max: 100, above: true, unit: 'years' })),
    );
    if (horizon * n > MOST_CELLS) {
      throw new Refusal(
        `${figureText(n)} paths of ${figureText(horizon)} months are more than fit in memory`,
        `paths × months may reach ${figureText(MOST_CELLS)}`,
      );
    }
    return { months: horizon, drawn: samplePaths(process, priceUsd, { seed, paths: n, months: horizon }) };
  });
  const fan = fanOf(drawn, LEVELS);
  const facts = marks(months).map((month): Fact => {
    const { mean, standardError } = estimateOver(drawn, (p) => exp(drawn.log[p * months + month - 1]));
    const exact = process.kind === 'merton' ? priceUsd * momentsOf(process, month / 12).mean : null;
    return {
      month,
      quantilesUsd: fan.usd.map((row) => row[month - 1]),
      meanUsd: mean,
      standardErrorUsd: standardError,
      exactMeanUsd: exact,
    };
  });
  if (given['json']) {
    const document = {
      process: { id: name, ...process, source },
      priceUsd,
      months,
      paths: drawn.paths,
      independent: drawn.paths / drawn.group,
      overlapping: drawn.overlapping,
      seed,
      levels: LEVELS,
      fan: Array.from({ length: months }, (_, m) => ({ month: m + 1, quantilesUsd: fan.usd.map((row) => row[m]) })),
      moments: facts.map(({ month, meanUsd, standardErrorUsd, exactMeanUsd }) => ({
        month,
        meanUsd,
        standardErrorUsd,
        exactMeanUsd,
      })),
    };
    console.out(JSON.stringify(document, null, 2));
    return EXIT.done;
  }
  console.out(text({ drawn, months, priceUsd, facts, name, source, process, seed }, fan.usd, console));
  return EXIT.done;
}

function chosen(given: Given): { process: PriceProcess; name: string; source: string } {
  if (typeof given['prices'] === 'string') {
    const closes = readCloses(given['prices']);
    const source = `windows of ${closes[0].month} to ${closes[closes.length - 1].month}, your file`;
    return { name: 'historical', source, process: { kind: 'historical', closesUsd: closes.map(({ close }) => close) } };
  }
  const preset = PROCESS_PRESETS.find(({ id }) => id === given['process']);
  const process = processOf(given['process']);
  const changes: Record<string, number> = {};
  for (const [option, field] of [
    ['drift', 'drift'],
    ['volatility', 'volatility'],
    ['jumps', 'jumpsPerYear'],
  ] as const) {
    if (typeof given[option] === 'string') changes[field] = numberOf(`--${option}`, given[option]);
  }
  const changed = Object.keys(changes).length > 0 ? '; changed by options' : '';
  return {
    name: String(given['process']),
    source: `${preset?.source ?? ''}${changed}`,
    process: { ...process, ...changes } as PriceProcess,
  };
}

/** The months worth a line: every year up to ten, then about ten of them; the last one always. */
function marks(months: number): number[] {
  if (months < 12) return Array.from({ length: months }, (_, m) => m + 1);
  const step = 12 * Math.max(1, Math.ceil(months / 120));
  const found: number[] = [];
  for (let m = step; m < months; m += step) found.push(m);
  return [...found, months];
}

interface Told {
  readonly drawn: PricePaths;
  readonly months: number;
  readonly priceUsd: number;
  readonly facts: readonly Fact[];
  readonly name: string;
  readonly source: string;
  readonly process: PriceProcess;
  readonly seed: number;
}

function text(told: Told, bands: readonly Float64Array[], { paint, width }: Console): string {
  const { drawn, months, priceUsd, facts, name, source, process, seed } = told;
  const percent = (level: number) => `${100 * level} %`;
  const titles = [...LEVELS.map(percent), 'mean', '± error', ...(process.kind === 'merton' ? ['exact mean'] : [])];
  const rows = facts.map((fact) => [
    fact.month % 12 === 0 ? `${fact.month / 12} y` : `${fact.month} m`,
    ...fact.quantilesUsd.map((x) => figureText(x)),
    figureText(fact.meanUsd),
    figureText(fact.standardErrorUsd),
    ...(fact.exactMeanUsd === null ? [] : [figureText(fact.exactMeanUsd)]),
  ]);
  const start = bands.map((row) => Float64Array.from([priceUsd, ...row]));
  const span = `${figureText(months / 12, months % 12 ? 1 : 0)} years`;
  const chart = fanChart(start, LEVELS.map(percent), {
    width: Math.min(width, 100),
    height: 16,
    log: true,
    title: 'Bitcoin price, USD, logarithmic',
    along: ['today', span],
    paint,
  });
  const last = Float64Array.from({ length: drawn.paths }, (_, p) => drawn.log[p * months + months - 1]);
  const ends = histogram(last, {
    width: Math.min(width, 100),
    title: `Price after ${span}, USD (steps of equal ratio)`,
    paint,
    figure: (x) => figureText(exp(x)),
  });
  const independent = drawn.overlapping
    ? `${figureText(drawn.paths)} overlapping windows, so the error is a lower bound`
    : drawn.group === 2
      ? `${figureText(drawn.paths)} paths in antithetic pairs`
      : `${figureText(drawn.paths)} ${drawn.paths === 1 ? 'path' : 'paths'}`;
  return [
    `${paint.bold(`Price paths: ${name}`)} ${paint.dim(`(${independent}; seed ${seed})`)}`,
    `  ${processText(process)}`,
    paint.dim(`  ${source}`),
    '',
    chart,
    '',
    table([{ title: 'after' }, ...titles.map((title) => ({ title, right: true }))], rows, paint),
    ...(drawn.paths > 1 ? ['', ends] : []),
    '',
    paint.dim('The drift is an assumption whatever the preset: history is no forecast.'),
  ].join('\n');
}

function processText(p: PriceProcess): string {
  if (p.kind === 'historical')
    return `past monthly returns, replayed window by window (${p.closesUsd.length - 1} months)`;
  if (p.kind === 'fixed') return 'a stated path';
  const jumps =
    p.jumpsPerYear === 0 ? 'no jumps' : `${p.jumpsPerYear} jumps a year of log size ${p.jumpMean} ± ${p.jumpSd}`;
  return `drift ${figureText(100 * p.drift, 1)} % a year, volatility ${figureText(100 * p.volatility, 1)} %, ${jumps}`;
}
