import { rationalSet } from './rational.ts';
import { type Found, type UtilitySpace, utilityRange } from './utility_space.ts';

/** What trading two issues against each other adds. */
export interface IssuePairPotential {
  /** Positions of the two issues, first < second. */
  readonly issues: readonly [number, number];
  /** Mean extra joint gain over the starting outcomes, in party ranges (see integrativePotential). */
  readonly gain: number;
  /** Share of starting outcomes from which trading the two beats settling each by itself. */
  readonly share: number;
  /** The trade that adds most, from one outcome to another, or null when no trade adds anything. */
  readonly best: { readonly from: number; readonly to: number; readonly gain: number } | null;
}

export interface IntegrativePotential extends Found {
  /** Largest mean gain first. */
  readonly pairs: readonly IssuePairPotential[];
}

export interface IntegrativeOptions {
  /** Most cells (start, pair, alternative) to look at before starts are sampled (default 30 million). */
  readonly budget?: number;
}

/**
 * Which issue trades make the pie bigger: logrolling (Froman and Cohen 1970, Behavioral Science 15:180-183; Raiffa 1982, The
 * Art and Science of Negotiation, on trading differences in priorities) measured per pair of issues.
 *
 * Take an individually rational outcome x as the draft on the table, and two issues a and b; all else stays as drafted.
 * - Together: the outcome y that differs from x in a and b at most, hurts nobody, and has the largest joint gain.
 * - Separately: the same, but y must be reached by settling one issue and then the other, neither step hurting anybody.
 * The joint gain of y over x is sum_i (u_i(y) - u_i(x)) / (max_i - min_i): each party's range counts as one unit, so it does not
 * depend on anybody's scale, but does treat ranges as comparable. The pair's potential from x is together minus separately, >= 0;
 * `gain` is its mean over drafts. It is zero when nobody can be compensated across the two issues (one of them moves nobody, or the two
 * matter in the same proportion to everybody), and grows with differences in priorities.
 *
 * @param sizes number of values per issue; outcome index = mixed radix, last issue fastest. Forbidden outcomes are never steps.
 */
export function integrativePotential(
  space: UtilitySpace,
  sizes: readonly number[],
  options: IntegrativeOptions = {},
): IntegrativePotential {
  const whole = sizes.reduce((product, size) => product * size, 1);
  if (space.utilities.some((u) => u.length !== whole)) {
    throw new RangeError(`issues of sizes ${sizes.join(' x ')} make ${whole} outcomes, the utilities do not`);
  }
  const allowed = new Uint8Array(whole);
  for (const o of space.outcomes) allowed[o] = 1;
  const { min, max } = utilityRange(space);
  const scaled = space.utilities.map((u, i) => {
    const span = max[i] - min[i];
    return u.map((x) => (span > 0 ? x / span : 0));
  });
  const drafts = rationalSet(space).outcomes;
  const pairs: [number, number][] = [];
  for (let a = 0; a < sizes.length; a++) for (let b = a + 1; b < sizes.length; b++) pairs.push([a, b]);
  const cells = pairs.reduce((sum, [a, b]) => sum + 3 * sizes[a] * sizes[b], 0);
  const affordable = Math.max(1, Math.floor((options.budget ?? 30_000_000) / Math.max(1, cells)));
  const starts = drafts.length <= affordable ? drafts : spread(drafts, affordable);
  const found = pairs.map(([a, b]) => trade({ scaled, allowed, sizes, starts }, a, b));
  return {
    pairs: found.sort((p, q) => q.gain - p.gain || p.issues[0] - q.issues[0] || p.issues[1] - q.issues[1]),
    method: 'logrolling: best joint improvement of two issues together minus the best one issue at a time',
    ties: 0,
    warnings: [
      "joint gain counts each party's utility range as one unit: an assumption about comparability",
      ...(drafts.length === 0 ? ['no individually rational outcome to start from'] : []),
    ],
    completeness:
      starts.length === drafts.length
        ? `exhaustive over ${drafts.length} rational outcomes`
        : `sampled: ${starts.length} of ${drafts.length} rational outcomes, spread evenly; gains are estimates, best is a lower bound`,
  };
}

/** Evenly spread positions that do not march in step with the radix: multiples of the golden ratio, modulo 1. */
function spread(drafts: Int32Array, count: number): Int32Array {
  const taken = new Set<number>();
  for (let k = 1; taken.size < count; k++) {
    const x = k * 0.6180339887498949;
    taken.add(Math.floor((x - Math.floor(x)) * drafts.length));
  }
  return Int32Array.from(
    [...taken].sort((p, q) => p - q),
    (p) => drafts[p],
  );
}

interface Board {
  readonly scaled: readonly Float64Array[];
  readonly allowed: Uint8Array;
  readonly sizes: readonly number[];
  readonly starts: Int32Array;
}

/** Rounding must not pass for a gain or a loss. */
const NOTHING = 1e-12;

function trade({ scaled, allowed, sizes, starts }: Board, a: number, b: number): IssuePairPotential {
  const n = scaled.length;
  const stride = (issue: number) => sizes.slice(issue + 1).reduce((product, size) => product * size, 1);
  const [sa, sb] = [stride(a), stride(b)];
  const [na, nb] = [sizes[a], sizes[b]];

  /** Joint gain of y over x, or -1 when somebody loses or y is forbidden. */
  const joint = (x: number, y: number): number => {
    if (allowed[y] === 0) return -1;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const difference = scaled[i][y] - scaled[i][x];
      if (difference < -NOTHING) return -1;
      sum += difference;
    }
    return sum < 0 ? 0 : sum;
  };
  /** Best gain by settling the issue with `count` values first and the other one after it. */
  const stepwise = (
    x: number,
    corner: number,
    first: number,
    count: number,
    second: number,
    then: number,
    at: number,
  ): number => {
    let best = 0;
    for (let v = 0; v < count; v++) {
      const y = corner + v * first + at * second;
      const one = y === x ? 0 : joint(x, y);
      if (one < 0) continue;
      for (let w = 0; w < then; w++) {
        const z = corner + v * first + w * second;
        const two = z === y ? 0 : joint(y, z);
        if (two >= 0 && one + two > best) best = one + two;
      }
    }
    return best;
  };

  let total = 0;
  let helped = 0;
  let best: IssuePairPotential['best'] = null;
  for (const x of starts) {
    const va = Math.floor(x / sa) % na;
    const vb = Math.floor(x / sb) % nb;
    const corner = x - va * sa - vb * sb;
    let together = 0;
    let to = x;
    for (let v = 0; v < na; v++) {
      for (let w = 0; w < nb; w++) {
        const y = corner + v * sa + w * sb;
        const gain = y === x ? 0 : joint(x, y);
        if (gain > together) [together, to] = [gain, y];
      }
    }
    if (together <= NOTHING) continue;
    const separately = Math.max(stepwise(x, corner, sa, na, sb, nb, vb), stepwise(x, corner, sb, nb, sa, na, va));
    const gain = together - separately;
    if (gain <= NOTHING) continue;
    total += gain;
    helped++;
    if (best === null || gain > best.gain) best = { from: x, to, gain };
  }
  const count = Math.max(1, starts.length);
  return { issues: [a, b], gain: total / count, share: helped / count, best };
}
