import type { Issue } from './issue.ts';

/** The largest issue whose values are compared with one another; on a larger one only equal values are alike. */
const COMPARED = 512;

/**
 * How alike any two values of an issue are, in [0, 1], row by row: by the distance of their numbers over the range (the mean over a division's shares), or, where
 * a value has no number, by being the same. Undefined for issues too large to compare.
 */
export function likeness(issue: Issue): Float64Array | undefined {
  const n = issue.size;
  if (n > COMPARED) return undefined;
  const numbers = issue.readings.filter((reading) => reading.kind === 'number');
  const alike = new Float64Array(n * n);
  for (const { read } of numbers) {
    const column = Float64Array.from({ length: n }, (_, level) => Number(read(level)));
    const range = column.reduce((a, b) => Math.max(a, b)) - column.reduce((a, b) => Math.min(a, b));
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        const apart = range > 0 ? Math.abs(column[a] - column[b]) / range : 0;
        alike[a * n + b] += (1 - apart) / numbers.length;
      }
    }
  }
  for (let a = 0; a < n; a++) alike[a * n + a] = 1;
  return alike;
}
