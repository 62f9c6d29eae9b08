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
