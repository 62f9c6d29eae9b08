import { z } from 'zod';
import { figure } from '../../domain/figure.ts';
import { type Flaw, flawed, made } from '../../domain/issue.ts';
import { ownShare, plainTerm, type TermKind, wholeIssue } from '../term.ts';
import { common, unknownIssue } from './base.ts';

const spec = z.strictObject({
  kind: z.literal('curve'),
  ...common,
  /** A numeric issue, or a division: then the curve runs over the party's own share, from 0 to 1. */
  issue: z.string(),
  /** Corners [level, worth] of a piecewise-linear curve, rising in level; flat beyond its ends. */
  points: z
    .array(z.tuple([figure, figure]))
    .min(1)
    .max(1000),
});

/** A piecewise-linear worth over the levels of a numeric issue, or over the party's own share of a division. */
export const curve: TermKind<z.infer<typeof spec>> = {
  kind: 'curve',
  summary: 'a piecewise-linear worth over a numeric issue, or over the own share of a division',
  spec,
  example: {
    kind: 'curve',
    id: 'mw',
    issue: 'mining_mw',
    points: [
      [0, 0],
      [950, 300],
      [5700, 900],
    ],
  },
  make(given, { space, party }) {
    const at = space.issue(given.issue);
    if (at < 0) return flawed(unknownIssue(['issue'], given.issue, space.issues));
    const issue = space.issues[at];
    const unsorted = given.points.findIndex(([x], i) => i > 0 && x <= given.points[i - 1][0]);
    if (unsorted > 0) {
      return flawed({
        path: ['points', unsorted],
        code: 'points-not-rising',
        message: `the points of a curve must rise: ${given.points[unsorted][0]} does not come after ${given.points[unsorted - 1][0]}`,
      });
    }
    const measure = issue.share
      ? (level: number) => issue.share!(level, party)
      : (level: number) => issue.value(level) as number;
    if (typeof measure(0) !== 'number') {
      return flawed({
        path: ['issue'],
        code: 'curve-needs-numbers',
        message: `the issue "${issue.id}" has no numeric levels for a curve to run over`,
        hint: 'use a term of kind "table"',
      });
    }
    const off = offIssue(given.points, issue.size, measure, issue.share !== undefined);
    if (off !== undefined) return flawed({ ...off, path: ['points', ...off.path] });
    const worth = Float64Array.from({ length: issue.size }, (_, level) => interpolate(given.points, measure(level)));
    const coordinate = issue.share ? ownShare(space.issues, at, party) : wholeIssue(space.issues, at);
    return made(plainTerm(given, [coordinate], (levels) => worth[levels[at]]));
  },
};

/** Corners in another unit than the issue's: shares in percent, or levels that all lie beyond one end, where the curve is flat. */
function offIssue(
  points: readonly (readonly [number, number])[],
  size: number,
  measure: (level: number) => number,
  shares: boolean,
): Flaw | undefined {
  const above = shares ? points.findIndex(([x]) => x > 1) : -1;
  if (above >= 0) {
    const message = `a share is at most 1, and this corner is at ${points[above][0]}`;
    return { path: [above], code: 'share-above-one', message, hint: 'a share runs from 0 to 1: write 0.5 for 50 %' };
  }
  if (size < 2 || new Set(points.map(([, worth]) => worth)).size < 2) return undefined;
  const [first, last] = [measure(0), measure(size - 1)];
  const [start, end] = [points[0][0], points[points.length - 1][0]];
  if (shares || (first < end && last > start)) return undefined;
  const message = `the curve runs from ${start} to ${end}, and the issue from ${first} to ${last}: it is flat there`;
  return { path: [], code: 'curve-off-its-issue', message, hint: 'are the corners in the unit of the issue?' };
}

/** Linear between the corners, flat beyond the first and the last. */
function interpolate(points: readonly (readonly [number, number])[], x: number): number {
  const after = points.findIndex(([px]) => px >= x);
  if (after === 0) return points[0][1];
  if (after < 0) return points[points.length - 1][1];
  const [x0, y0] = points[after - 1];
  const [x1, y1] = points[after];
  return x === x1 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
