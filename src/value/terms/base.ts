import { z } from 'zod';
import { figure } from '../../domain/figure.ts';
import { id, label } from '../../domain/id.ts';
import type { Flaw, Issue } from '../../domain/issue.ts';
import { suggest } from '../../expression/index.ts';

/** What every kind of term may say about itself. `source` or `assumption` here stands for every figure inside. */
export const common = {
  id,
  label: label.optional(),
  source: z.string().max(4000).optional(),
  assumption: z.string().max(4000).optional(),
  /** The plausible span of the whole term as multiples of what is written: [0.5, 2]. */
  times: z.tuple([z.number(), z.number()]).optional(),
  note: z.string().max(4000).optional(),
};

/** Amounts by value of an issue; keys are option ids, levels or divisions as written in a file. */
export const amounts = z.record(z.string(), figure);

/** The level a key of a table names: keys are always strings in YAML maps, levels are numbers. */
export function levelOfKey(issue: Issue, key: string): number | undefined {
  return issue.level(key) ?? (key.trim() === '' ? undefined : issue.level(Number(key)));
}

export function unknownIssue(path: (string | number)[], given: string, issues: readonly Issue[]): Flaw {
  const ids = issues.map((issue) => issue.id);
  const near = suggest(given, ids);
  return {
    path,
    code: 'unknown-issue',
    message: `there is no issue "${given}"`,
    hint: near ? `did you mean "${near}"?` : `issues: ${ids.join(', ')}`,
  };
}

export function unknownValue(path: (string | number)[], given: string, issue: Issue): Flaw {
  const values = Array.from({ length: Math.min(issue.size, 200) }, (_, level) => String(issue.value(level)));
  const near = suggest(given, values);
  return {
    path,
    code: 'unknown-value',
    message: `"${given}" is not a value of the issue "${issue.id}"`,
    hint: near ? `did you mean "${near}"?` : `expected ${issue.expects}`,
  };
}
