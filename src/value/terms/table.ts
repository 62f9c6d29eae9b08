import { z } from 'zod';
import { figure, figureIn } from '../../domain/figure.ts';
import { type Flaw, flawed, made } from '../../domain/issue.ts';
import { plainTerm, type TermKind, wholeIssue } from '../term.ts';
import { amounts, common, levelOfKey, unknownIssue, unknownValue } from './base.ts';

const spec = z.strictObject({
  kind: z.literal('table'),
  ...common,
  issue: z.string(),
  values: amounts,
  /** The worth of every value not listed. Without it, each value must be listed. */
  otherwise: figure.optional(),
  weight: figureIn(-1e9, 1e9).default(1),
});

/** A worth for each value of one issue. */
export const table: TermKind<z.infer<typeof spec>> = {
  kind: 'table',
  summary: 'a worth for each value of one issue',
  spec,
  example: { kind: 'table', id: 'oversight', issue: 'oversight', values: { none: -200, iaea: 100 } },
  make(given, { space }) {
    const at = space.issue(given.issue);
    if (at < 0) return flawed(unknownIssue(['issue'], given.issue, space.issues));
    const issue = space.issues[at];
    const flaws: Flaw[] = [];
    const worth = new Float64Array(issue.size).fill(given.otherwise ?? Number.NaN);
    for (const [key, amount] of Object.entries(given.values)) {
      const level = levelOfKey(issue, key);
      if (level === undefined) flaws.push(unknownValue(['values', key], key, issue));
      else worth[level] = given.weight * amount;
    }
    const missing = worth.findIndex(Number.isNaN);
    if (flaws.length === 0 && missing >= 0) {
      flaws.push({
        path: ['values'],
        code: 'value-without-worth',
        message: `no worth is given for "${issue.value(missing)}" of the issue "${issue.id}"`,
        hint: 'list it, or add "otherwise: 0"',
      });
    }
    if (flaws.length > 0) return flawed(...flaws);
    return made(plainTerm(given, [wholeIssue(space.issues, at)], (levels) => worth[levels[at]]));
  },
};
