/**
 * The fast form of settleMonth: hashprice of one month for the Monte Carlo's inner loop, in logarithms and without allocating.
 *
 * Solves pi (A + K (pi / c)^eps) = R for y = ln pi, where A = (1 - kappa) H_others + H_venture stays whatever the hashprice, K = kappa H0 G
 * is what the adjusting others would be at hashprice c = pi0 / G, and R the reward pot. With b = ln(K / A) and w = b + eps (y - ln c),
 *
 *     w / eps + log1p(e^w) = ln R - ln A - ln c + b / eps,
 *
 * whose left side depends on eps alone, so w is tabulated once per eps. Source: the network rules of the venture model; the anchor c keeps
 * (G / pi0)^eps, which overflows, out of the arithmetic. Instead of cubic Hermite cells, degree-6 Taylor cells: fewer of them reach 1e-13.
 */
import { exp, log1p } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';

/** Any consistent units: with H in EH/s and hashprice in $/PH/day, the pot is in thousand $ a day. */
export interface MonthSolver {
  readonly eps: number;
  /** ln hashprice from ln R, ln A (may be -Infinity), ln K (may be -Infinity) and ln c. */
  logHashprice(lnPot: number, lnStaying: number, lnAdjusting: number, lnAnchor: number): number;
}

/** Solver for one elasticity, 0 to Infinity. The last few are kept: their tables take a few milliseconds and depend on the elasticity alone. */
export const monthSolver = (eps: number): MonthSolver => {
  const known = kept.get(eps);
  if (known !== undefined) return known;
  const solver = makeSolver(eps);
  if (kept.size >= KEPT) kept.clear();
  kept.set(eps, solver);
  return solver;
};

const KEPT = 64;
const kept = new Map<number, MonthSolver>();

const makeSolver = (eps: number): MonthSolver => {
  if (eps === Infinity) return { eps, logHashprice: pinned };
  requireInRange('eps', eps, { min: 0, max: Number.MAX_VALUE, unit: '' });
  if (eps < TABLE_FROM || eps > TABLE_TO) return { eps, logHashprice: (r, a, k, c) => solveByNewton(eps, r, a, k, c) };

  const split = Math.LN2 * eps; // eps z at w = 0
  const lower = tabulate(eps, 1, -LOWEST, split);
  const upperScale = eps / (1 + eps);
  const upper = tabulate(eps, 1 + eps, Math.LN2 * upperScale, HIGHEST);
  const upperStart = Math.LN2 * upperScale;
  const inverse = 1 / eps;

  const logHashprice = (lnPot: number, lnStaying: number, lnAdjusting: number, lnAnchor: number): number => {
    if (!(lnStaying > -Infinity) || !(lnAdjusting > -Infinity))
      return corner(eps, lnPot, lnStaying, lnAdjusting, lnAnchor);
    const b = lnAdjusting - lnStaying;
    const u = eps * (lnPot - lnStaying - lnAnchor) + b;
    let w: number;
    if (u < split) {
      if (u < -LOWEST) w = u;
      else w = polynomial(lower, u + LOWEST);
    } else {
      const s = u / (1 + eps);
      if (s > HIGHEST) w = s;
      else w = polynomial(upper, s - upperStart);
    }
    return lnAnchor + (w - b) * inverse;
  };
  return { eps, logHashprice };
};

/**
 * The same by Newton's method, for any finite eps. y + log1p(e^(b + eps (y - ln c))) is convex and rising, so Newton cannot overshoot
 * twice. Tolerance 1e-15 relative to max(1, |y|), at most 200 steps.
 */
export const solveByNewton = (eps: number, lnPot: number, lnStaying: number, lnAdjusting: number, lnAnchor: number) => {
  if (!(lnStaying > -Infinity) || !(lnAdjusting > -Infinity))
    return corner(eps, lnPot, lnStaying, lnAdjusting, lnAnchor);
  const b = lnAdjusting - lnStaying;
  const top = lnPot - lnStaying;
  if (eps === 0) return top - softplus(b);
  // Both bounds lie above the root, since softplus(w) >= 0 and >= w.
  let y = Math.min(top, (top - b + eps * lnAnchor) / (1 + eps));
  for (let i = 0; i < 200; i++) {
    const w = b + eps * (y - lnAnchor);
    const step = (y + softplus(w) - top) / (1 + eps * logistic(w));
    y -= step;
    if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(y))) break;
  }
  return y;
};

const TABLE_FROM = 0.02;
const TABLE_TO = 400;
const LOWEST = 44;
const HIGHEST = 40;
const CELLS_PER_UNIT = 32;
const TERMS = 8; // coefficients 0..6 and padding, so that a cell is one cache line

/** eps = Infinity: free entry holds hashprice at the anchor unless those who stay already push it lower. */
const pinned = (lnPot: number, lnStaying: number, lnAdjusting: number, lnAnchor: number): number =>
  lnAdjusting > -Infinity ? Math.min(lnAnchor, lnPot - lnStaying) : lnPot - lnStaying;

/** Nobody stays, or nobody adjusts. */
const corner = (eps: number, lnPot: number, lnStaying: number, lnAdjusting: number, lnAnchor: number): number =>
  lnStaying > -Infinity ? lnPot - lnStaying : (lnPot - lnAdjusting + eps * lnAnchor) / (1 + eps);

const softplus = (w: number) => (w > 0 ? w + log1p(exp(-w)) : log1p(exp(w)));
const logistic = (w: number) => (w > 0 ? 1 / (1 + exp(-w)) : 1 - 1 / (1 + exp(w)));

const polynomial = (table: Float64Array, u: number): number => {
  const cells = u * CELLS_PER_UNIT;
  const at = Math.floor(cells);
  const h = cells - at - 0.5;
  const i = at * TERMS;
  const tail = table[i + 3] + h * (table[i + 4] + h * (table[i + 5] + h * table[i + 6]));
  return table[i] + h * (table[i + 1] + h * (table[i + 2] + h * tail));
};

/** Taylor cells of w(u) over [from, to], where scale u = w + eps softplus(w): w' = scale / (1 + eps s), s' = s (1 - s) w'. */
const tabulate = (eps: number, scale: number, from: number, to: number): Float64Array => {
  const cells = Math.ceil((to - from) * CELLS_PER_UNIT) + 1;
  const table = new Float64Array(cells * TERMS);
  let w = from;
  for (let c = 0; c < cells; c++) {
    const u = scale * (from + (c + 0.5) / CELLS_PER_UNIT);
    for (let i = 0; i < 60; i++) {
      const step = (w + eps * softplus(w) - u) / (1 + eps * logistic(w));
      w -= step;
      if (Math.abs(step) < 1e-14 * Math.max(1, Math.abs(w))) break;
    }
    const s = [logistic(w)];
    const v = [scale / (1 + eps * s[0])];
    table[c * TERMS] = w;
    let unit = 1;
    for (let n = 0; n < 6; n++) {
      unit /= CELLS_PER_UNIT;
      table[c * TERMS + n + 1] = (v[n] / (n + 1)) * unit;
      let sNext = 0;
      for (let i = 0; i <= n; i++) {
        let oneMinus = s[i];
        for (let j = 0; j <= i; j++) oneMinus -= s[j] * s[i - j];
        sNext += oneMinus * v[n - i];
      }
      s.push(sNext / (n + 1));
      let vNext = 0;
      for (let i = 1; i <= n + 1; i++) vNext -= eps * s[i] * v[n + 1 - i];
      v.push(vNext / (1 + eps * s[0]));
    }
  }
  return table;
};
