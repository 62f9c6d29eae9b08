import { z } from 'zod';

/**
 * A number that claims something about the world, with where it comes from.
 *
 * Anywhere a scenario takes a figure it may be written bare (`35`) or as a mapping that carries its evidence:
 *
 *     { value: 110, unit: $/MWh, source: "Ukraine's displaced imports, Ember 2025" }
 *     { value: 600, assumption: "no published restart cost", range: [250, 1900] }
 *
 * `range` is the span of plausible values that sensitivity analysis sweeps.
 */
export const evidence = z.strictObject({
  value: z.number(),
  unit: z.string().max(60).optional(),
  source: z.string().min(1).max(2000).optional(),
  assumption: z.string().min(1).max(2000).optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  note: z.string().max(2000).optional(),
});

export type Evidence = z.infer<typeof evidence>;

/** What is wrong with the evidence of a figure as it is written. What is put in its place later may well lie outside its range. */
export function evidenceProblems(
  figure: Evidence,
): { readonly field: string; readonly code: string; readonly message: string }[] {
  const { value, range, source, assumption } = figure;
  const problems = [];
  if (source !== undefined && assumption !== undefined) {
    problems.push({
      field: 'assumption',
      code: 'source-or-assumption',
      message: 'a figure has a source or is an assumption, not both',
    });
  }
  if (Array.isArray(range) && range.length === 2) {
    const [low, high] = range;
    if (low > high)
      problems.push({
        field: 'range',
        code: 'range-backwards',
        message: `this range runs from ${low} down to ${high}`,
      });
    else if (value < low || value > high) {
      const message = `the range from ${low} to ${high} does not hold the value, ${value}`;
      problems.push({ field: 'range', code: 'range-without-value', message });
    }
  }
  return problems;
}

/** A figure as written: resolves to its number. The evidence is read from the file by the loader's inventory. */
export const figure = z.union([z.number(), evidence]).transform((f) => (typeof f === 'number' ? f : f.value));

/** A figure that must lie in [min, max]; both ends included. */
export function figureIn(min: number, max: number) {
  const bounded = z.number().min(min).max(max);
  return z
    .union([bounded, evidence.extend({ value: bounded })])
    .transform((f) => (typeof f === 'number' ? f : f.value));
}

/** Whether a raw node of a scenario file is a figure in its long form. */
export function isEvidence(node: unknown): node is Evidence {
  return (
    typeof node === 'object' &&
    node !== null &&
    typeof (node as { value?: unknown }).value === 'number' &&
    ('source' in node || 'assumption' in node || 'range' in node || 'unit' in node || Object.keys(node).length === 1)
  );
}
