/** Halving calendar: a height's estimated date at a steady 144 blocks a day from a reference height. Dates are UTC civil days, YYYY-MM-DD. */
import { MiningInputError } from './inputError.ts';
import { BLOCKS_PER_DAY, BLOCKS_PER_HALVING, subsidyBtc } from './protocol.ts';

export interface Reference {
  height: number;
  date: string;
}

/** Height and date of the latest dated market set. Source: data/defaults.ts, October 2026. */
export const DEFAULT_REFERENCE: Reference = { height: 970_748, date: '2026-10-10' };

export interface Halving {
  height: number;
  subsidyAfterBtc: number;
  date: string;
  /** True where the date is this calendar's estimate, false where the block exists. */
  estimated: boolean;
}

/** Past halvings' dates: chain facts (data/halvings.csv). */
const PAST: readonly (readonly [number, string])[] = [
  [210_000, '2012-11-28'],
  [420_000, '2016-07-09'],
  [630_000, '2020-05-11'],
  [840_000, '2024-04-20'],
];

/** Past halvings up to the reference and the next `count` ones. */
export const halvingCalendar = (count: number, reference: Reference = DEFAULT_REFERENCE): Halving[] => {
  const past = PAST.filter(([height]) => height <= reference.height).map(([height, date]) => ({
    height,
    subsidyAfterBtc: subsidyBtc(height),
    date,
    estimated: false,
  }));
  return [...past, ...nextHalvings(count, reference)];
};

/** The next `count` halvings strictly after the reference height, at most the last one that leaves a subsidy. */
export const nextHalvings = (count: number, reference: Reference = DEFAULT_REFERENCE): Halving[] => {
  const halvings: Halving[] = [];
  const first = Math.floor(reference.height / BLOCKS_PER_HALVING) + 1;
  for (let n = first; n < first + count; n++) {
    const height = n * BLOCKS_PER_HALVING;
    if (subsidyBtc(height) === 0) break;
    halvings.push({
      height,
      subsidyAfterBtc: subsidyBtc(height),
      date: estimateDate(height, reference),
      estimated: true,
    });
  }
  return halvings;
};

export const estimateDate = (height: number, reference: Reference = DEFAULT_REFERENCE): string =>
  dateFromDay(dayFromDate(reference.date) + Math.floor((height - reference.height) / BLOCKS_PER_DAY));

/** Days since 1970-01-01 of a Gregorian date; refuses days that do not exist. */
export const dayFromDate = (date: string): number => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (parts !== null) {
    const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (dateFromDay(day) === date) return day;
  }
  throw new MiningInputError('date', date, 'a date YYYY-MM-DD that exists');
};

// Years are counted from March so that the leap day comes last; 146,097 days make 400 years.
const dayOf = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export const dateFromDay = (day: number): string => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  const inMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(inMonth, 2)}`;
};
