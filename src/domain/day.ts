import { z } from 'zod';

const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;

/** A day, written as in ISO 8601. */
export const day = z
  .string()
  .regex(WRITTEN, 'a date is written 2025-12-25')
  .refine((date) => !WRITTEN.test(date) || isInCalendar(date), 'there is no such day in the calendar');

function isInCalendar(date: string): boolean {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return dayOfMonth >= 1 && dayOfMonth <= (days[month - 1] ?? 0);
}
