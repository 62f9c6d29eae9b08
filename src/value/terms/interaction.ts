import { z } from 'zod';
import { figure } from '../../domain/figure.ts';
import { type Flaw, flawed, made } from '../../domain/issue.ts';
import { plainTerm, type TermKind, wholeIssue } from '../term.ts';
import { common, levelOfKey, unknownIssue, unknownValue } from './base.ts';

const spec = z.strictObject({
  kind: z.literal('interaction'),
  ...common,
  issues: z.tuple([z.string(), z.string()]),
  /** Worth by value of the first issue, then of the second; pairs not listed are worth `otherwise`. */
  values: z.record(z.string(), z.record(z.string(), figure)),
  otherwise: figure.default(0),
});

/** A worth for pairs of values of two issues: where one issue changes what another is worth. */
export const interaction: TermKind<z.infer<typeof spec>> = {
  kind: 'interaction',
  summary: 'a worth for pairs of values of two issues',
  spec,
  example: { kind: 'interaction', id: 'legal_cover', issues: ['legal', 'operator'], values: { annex: { joint: 120 } } },
  make(given, { space }) {
    const flaws: Flaw[] = [];
    const [a, b] = given.issues.map((id) => space.issue(id));
    for (const [i, at] of [a, b].entries()) {
      if (at < 0) flaws.push(unknownIssue(['issues', i], given.issues[i], space.issues));
    }
    if (flaws.length > 0) return flawed(...flaws);
    if (a === b) {
      return flawed({
        path: ['issues', 1],
        code: 'same-issue-twice',
        message: 'an interaction joins two different issues',
      });
    }
    const [first, second] = [space.issues[a], space.issues[b]];
    const worth = new Float64Array(first.size * second.size).fill(given.otherwise);
    for (const [key, row] of Object.entries(given.values)) {
      const i = levelOfKey(first, key);
      if (i === undefined) flaws.push(unknownValue(['values', key], key, first));
      for (const [inner, amount] of Object.entries(row)) {
        const j = levelOfKey(second, inner);
        if (j === undefined) flaws.push(unknownValue(['values', key, inner], inner, second));
        else if (i !== undefined) worth[i * second.size + j] = amount;
      }
    }
    if (flaws.length > 0) return flawed(...flaws);
    const coordinates = [wholeIssue(space.issues, a), wholeIssue(space.issues, b)];
    return made(plainTerm(given, coordinates, (levels) => worth[levels[a] * second.size + levels[b]]));
  },
};
