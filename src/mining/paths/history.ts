import { MiningInputError } from '../inputError.ts';

/** One month-end close in USD. */
export interface MonthClose {
  /** yyyy-mm */
  readonly month: string;
  readonly close: number;
}

/**
 * Reads month-end closes from CSV text with a header that has the columns `month` (yyyy-mm or yyyy-mm-dd) and `close` (USD); other
 * columns are ignored, lines that start with # are comments. Months must be consecutive. No price file ships: bring your own.
 */
export const parseMonthlyCloses = (csv: string): readonly MonthClose[] => {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((text, i) => ({ text: text.trim(), line: i + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
  if (lines.length === 0) throw new MiningInputError('csv', 'empty', 'a header and one line a month');
  const header = cells(lines[0].text).map((name) => name.toLowerCase());
  const monthAt = header.indexOf('month');
  const closeAt = header.indexOf('close');
  if (monthAt < 0 || closeAt < 0)
    throw new MiningInputError('csv.header', lines[0].text, 'columns named month and close');
  const rows = lines.slice(1).map(({ text, line }) => {
    const row = cells(text);
    const month = (row[monthAt] ?? '').slice(0, 7);
    const close = Number(row[closeAt] === '' ? Number.NaN : row[closeAt]);
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      throw new MiningInputError(`csv.month, line ${line}`, row[monthAt], 'yyyy-mm');
    if (!(close > 0 && close < 1e12))
      throw new MiningInputError(`csv.close, line ${line}`, row[closeAt], 'USD, above 0');
    return { month, close, line };
  });
  for (let i = 1; i < rows.length; i++) {
    if (ordinal(rows[i].month) !== ordinal(rows[i - 1].month) + 1)
      throw new MiningInputError(
        `csv.month, line ${rows[i].line}`,
        rows[i].month,
        `the month after ${rows[i - 1].month}`,
      );
  }
  if (rows.length < 2) throw new MiningInputError('csv', `${rows.length} months`, 'at least 2 months');
  return rows.map(({ month, close }) => ({ month, close }));
};

const cells = (line: string) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
const ordinal = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
