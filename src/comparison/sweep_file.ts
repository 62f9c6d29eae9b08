import { isMap, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { id, type Json } from '../domain/id.ts';
import { ComparisonRefusal } from './refusal.ts';

const prose = z.string().max(20_000);
const expression = z.string().min(1).max(2000);
const scalar = z.union([z.number(), z.string(), z.boolean()]);
const overrides = z.record(z.string(), scalar);

/** What can be measured at a point of a check's sweep. */
export const QUANTITIES = {
  'zone.size': 'outcomes that leave none of the parties `of` below its reservation value',
  'zone.share': 'the same as a share of the outcomes looked at',
  'zone.slack': 'by how much, at best, the worst-off of them clears its reservation value; the zone exists from 0',
  'joint.gain': 'largest sum of their values over their reservation values',
  'joint.issue': 'the value of `issue` in the outcome with the largest sum of their values',
  'joint.value': 'what that outcome is worth to the party `by`',
  'best.issue': 'the value of `issue` in the outcome that the party `by` likes best',
  'best.value': 'what that outcome is worth to it',
  worth: 'what the outcome `at` is worth to the party `by`',
  reservation: 'the reservation value of the party `by`',
  'leave.month':
    'first month in which leaving the pact `at` beats staying for the party `by`, the price standing still; `never` if none',
} as const;

const measure = z.strictObject({
  quantity: z.enum(Object.keys(QUANTITIES) as [keyof typeof QUANTITIES]),
  issue: z.string().max(200).optional().describe('an issue, or a part of one such as stakes.russia'),
  by: id.optional().describe('a party'),
  of: z.array(id).min(1).optional().describe('the parties that count; all by default'),
  given: expression.optional().describe('looks only at outcomes for which this holds, in the words of constraints'),
  at: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('an outcome, issue by issue'),
  set: overrides.optional().describe('figures that are different for this measure: path: value'),
  times: z.record(z.string(), z.number()).optional().describe('the same as multiples of what the scenario says'),
  note: prose.optional(),
});

const check = z.strictObject({
  id,
  text: prose.describe('the ordering, in words'),
  holds: z
    .enum(['everywhere', 'mostly', 'reported'])
    .describe('everywhere: at every point; mostly: at more than half; reported: the check only tells'),
  set: overrides.default({}),
  vary: z
    .record(z.string(), z.array(scalar).min(1).max(200))
    .default({})
    .describe('path: values; the last varies fastest'),
  measures: z.record(id, measure).refine((all) => Object.keys(all).length > 0, 'measure something'),
  expect: expression.describe(
    'must hold at each point; speaks of the measures, of previous.<measure> at the point before, and of never',
  ),
  note: prose.optional(),
});

/** A sweep file: orderings that a scenario is held to over ranges of its figures. */
export const sweepFile = z.strictObject({
  hashpact_sweep: z.literal(1),
  id: id.optional(),
  title: prose.optional(),
  note: prose.optional(),
  scenario: z.string().min(1).max(1000).describe('a scenario file, from where this file lies'),
  variant: id.optional(),
  set: overrides.default({}).describe('figures that are different throughout, such as fewer price paths'),
  checks: z.array(check).min(1).max(100),
});

export type SweepFile = z.infer<typeof sweepFile>;
export type SweepCheck = SweepFile['checks'][number];
export type Measure = z.infer<typeof measure>;

/** Whether a text is a sweep file and not a scenario. */
export const isSweepFile = (text: string): boolean => /^\s*hashpact_sweep\s*:/m.test(text.slice(0, 20_000));

/** Reads a sweep file. Refuses with every mistake, each with its line. */
export function readSweepFile(name: string, text: string): SweepFile {
  if (text.length > 1_000_000) throw new ComparisonRefusal(`${name}: a sweep file has at most a million characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', strict: true });
  const trouble = [...document.errors, ...document.warnings];
  if (trouble.length > 0) {
    const [first] = trouble;
    throw new ComparisonRefusal(`${name}:${lines.linePos(first.pos[0]).line}: ${first.message.split('\n')[0]}`);
  }
  if (!isMap(document.contents)) throw new ComparisonRefusal(`${name}: a sweep file is a mapping`);
  let data: Json;
  try {
    data = document.toJS({ maxAliasCount: 0 }) as Json;
  } catch {
    throw new ComparisonRefusal(`${name}: aliases are not read`);
  }
  const read = sweepFile.safeParse(data);
  if (read.success) return read.data;
  const told = read.error.issues.slice(0, 10).map(({ path, message }) => {
    let at: readonly PropertyKey[] = path;
    let node = document.getIn(at as unknown[], true) as { range?: readonly number[] } | undefined;
    while (at.length > 0 && node?.range === undefined) {
      at = at.slice(0, -1);
      node = document.getIn(at as unknown[], true) as { range?: readonly number[] } | undefined;
    }
    const line = node?.range === undefined ? '' : `:${lines.linePos(node.range[0]).line}`;
    return `${name}${line}: ${path.join('.')}: ${message}`;
  });
  throw new ComparisonRefusal(told.join('\n'));
}
