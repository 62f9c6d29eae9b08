import { networkMonths } from '../../mining/data/read.ts';
import { type MonthClose, parseMonthlyCloses } from '../../mining/paths/history.ts';
import { feesFromShare, hashvalueBtcPerPhDay } from '../../mining/revenue.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { readText } from '../files.ts';
import { lineChart } from '../render/chart.ts';
import { figureText, table } from '../render/table.ts';
import { numberOf, refusing } from './mining_numbers.ts';
import { type Given, OPTION_OF } from './mining_parameters.ts';

interface Month {
  readonly month: string;
  readonly difficulty: number;
  readonly networkEhs: number;
  readonly subsidyBtc: number;
  readonly hashvalueBtcPerPhDay: number;
  readonly closeUsd: number | null;
  readonly hashpriceUsdPerPhDay: number | null;
}

const CONVENTION = 'by difficulty: mean difficulty and subsidy of the month; hashprice at the month-end close';

/** `hashpact mining history`: what hashing earned, month by month, from shipped chain data and the user's own prices. */
export function history(_: readonly string[], given: Given, console: Console): number {
  const closes = typeof given['prices'] === 'string' ? readCloses(given['prices']) : undefined;
  const feeShare = typeof given['fees'] === 'string' ? numberOf('--fees', given['fees']) : 0;
  const from = monthOf('--from', given['from']);
  const to = monthOf('--to', given['to']);
  const priced = new Map(closes?.map(({ month, close }) => [month, close]));
  const months = refusing(OPTION_OF, () =>
    networkMonths()
      .filter(({ month }) => (from === undefined || month >= from) && (to === undefined || month <= to))
      .filter(({ month }) => closes === undefined || priced.has(month))
      .map(({ month, difficulty, hashRateEhs, subsidyBtc }): Month => {
        const feesBtcPerBlock = feesFromShare({ subsidyBtc, feeShareOfReward: feeShare });
        const hashvalue = hashvalueBtcPerPhDay({ difficulty, subsidyBtc, feesBtcPerBlock });
        const closeUsd = priced.get(month) ?? null;
        return {
          month,
          difficulty,
          networkEhs: hashRateEhs,
          subsidyBtc,
          hashvalueBtcPerPhDay: hashvalue,
          closeUsd,
          hashpriceUsdPerPhDay: closeUsd === null ? null : hashvalue * closeUsd,
        };
      }),
  );
  if (months.length === 0) {
    const all = networkMonths();
    throw new Refusal(
      'no month is left to show',
      `chain data run from ${all[0].month} to ${all[all.length - 1].month}${closes ? `, prices from ${closes[0].month} to ${closes[closes.length - 1].month}` : ''}`,
    );
  }
  if (given['json']) {
    console.out(JSON.stringify({ convention: CONVENTION, feeShareOfReward: feeShare, months }, null, 2));
    return EXIT.done;
  }
  console.out(text(months, closes !== undefined, feeShare, console));
  return EXIT.done;
}

export function readCloses(path: string): readonly MonthClose[] {
  const { text, name } = readText(path, 16 * 1024 * 1024);
  try {
    return refusing({}, () => parseMonthlyCloses(text));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      `${name}: ${error.message}`,
      'a price file is CSV with the columns month (yyyy-mm) and close (month-end close, USD); months consecutive',
    );
  }
}

function monthOf(option: string, given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(given)) return given;
  throw new Refusal(`${option} takes a month yyyy-mm, not "${String(given)}"`);
}

function text(months: readonly Month[], priced: boolean, feeShare: number, { paint, width }: Console): string {
  const value = (m: Month) => m.hashpriceUsdPerPhDay ?? m.hashvalueBtcPerPhDay;
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  const rows = years.map((year) => {
    const own = months.filter(({ month }) => month.startsWith(year));
    const last = own[own.length - 1];
    const values = own.map(value);
    return [
      year,
      amount(values.reduce((a, b) => a + b, 0) / own.length),
      amount(Math.min(...values)),
      amount(Math.max(...values)),
      figureText(last.networkEhs, last.networkEhs < 10 ? 2 : 0),
      figureText(last.subsidyBtc, 3),
      ...(priced ? [figureText(last.closeUsd ?? Number.NaN)] : []),
    ];
  });
  const columns = [
    'mean',
    'lowest month',
    'highest month',
    'EH/s at the end',
    'subsidy',
    ...(priced ? ['close, USD'] : []),
  ];
  const unit = priced ? 'hashprice, $/PH/day' : 'hashvalue, BTC/PH/day';
  const at = (place: number) => months[Math.round(place * (months.length - 1))].month;
  const chart = lineChart([{ label: unit, values: months.map(value), ink: paint.cyan }], {
    width: Math.min(width, 110),
    height: 14,
    log: true,
    title: `${unit[0].toUpperCase()}${unit.slice(1)}, logarithmic`,
    along: [0, 0.25, 0.5, 0.75, 1].map(at),
    paint,
  });
  return [
    chart,
    '',
    table([{ title: 'year' }, ...columns.map((title) => ({ title, right: true }))], rows, paint),
    '',
    paint.dim(`Convention ${CONVENTION}.`),
    paint.dim(
      feeShare === 0
        ? 'Fees are left out: no complete monthly series ships. They were 0.3 to 22 % of the reward; --fees 2% adds a flat share.'
        : `Fees taken as a flat ${figureText(100 * feeShare, 2)} % of the reward throughout.`,
    ),
    paint.dim(
      priced
        ? 'Prices: your file. Chain: difficulty from every retarget since 2009 (see the notices of the data).'
        : 'No prices ship, so this is bitcoin. With --prices FILE.csv (columns month, close) it becomes dollars.',
    ),
  ].join('\n');
}

const amount = (x: number): string => figureText(x, x < 0.01 ? 6 : x < 1 ? 4 : 2);
