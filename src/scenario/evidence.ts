import { evidenceProblems, isEvidence } from '../domain/figure.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';

/** What is wrong with the evidence of figures, as a file states it. */
export function evidenceFlaws(node: Json, path: readonly (string | number)[] = []): Flaw[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item, i) => evidenceFlaws(item, [...path, i]));
  if (isEvidence(node))
    return evidenceProblems(node).map(({ field, ...flaw }) => ({ ...flaw, path: [...path, field] }));
  return Object.entries(node).flatMap(([key, inner]) => evidenceFlaws(inner, [...path, key]));
}
