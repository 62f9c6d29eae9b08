/**
 * The candidate a writer most likely meant, or nothing when none is near.
 *
 * Near is an optimal-string-alignment distance (insert, delete, replace, swap neighbours; case ignored) of at most a third of the word,
 * and at least 1. Failing that, the one dotted candidate that ends in the word: `utility` for `standing.utility`. Equally near candidates
 * are settled alphabetically, so the order in which they are given decides nothing.
 *
 * Source: Damerau 1964, https://doi.org/10.1145/363958.363994 (the restricted form, each substring edited once).
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let nearest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  const endings = new Set<string>();
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    if (lower.endsWith(`.${wanted}`)) endings.add(candidate);
    if (Math.abs(lower.length - wanted.length) > nearest) continue;
    const d = distance(wanted, lower);
    // A word of one or two letters is near everything: replacing all of it is no typing mistake.
    if (d >= Math.max(wanted.length, lower.length)) continue;
    if (d < nearest || (d === nearest && best !== undefined && candidate < best)) {
      nearest = d;
      best = candidate;
    }
  }
  if (best !== undefined) return best;
  return endings.size === 1 ? [...endings][0] : undefined;
}

/** The hint `did you mean "x"?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const found = suggest(word, candidates);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}

const LONGEST = 100;

function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let d = Math.min(last[j] + 1, row[j - 1] + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, beforeLast[j - 2] + 1);
      row.push(d);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
