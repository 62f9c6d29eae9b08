import { type Game, stridesOf } from './game.ts';
import type { Support } from './supports.ts';

/**
 * The polynomial equations of an equilibrium with given supports: every mixed strategy of player i earns what its last one does. Unknowns
 * are the probabilities of all mixed strategies but the last of each player, which takes the rest. Payoffs are divided by the payoff
 * range, so tolerances are relative.
 */
export class IndifferenceSystem {
  /** At most two players mix, so the equations are linear and one start is enough. */
  readonly linear: boolean;
  readonly #game: Game;
  readonly #support: Support;
  /** Per combination of mixed strategies: their positions among all mixed strategies, and the payoffs. */
  readonly #cells: { readonly at: readonly number[]; readonly payoffs: readonly number[] }[] = [];
  readonly #offsets: readonly number[];
  readonly #mixed: number;
  /** Positions of the unknowns, and of the last strategy of the same player. */
  readonly #unknowns: { readonly at: number; readonly last: number }[] = [];

  constructor(game: Game, support: Support, range: number) {
    this.#game = game;
    this.#support = support;
    const n = support.length;
    let offset = 0;
    this.#offsets = support.map((list) => {
      const own = offset;
      offset += list.length;
      for (let s = 0; s < list.length - 1; s++) this.#unknowns.push({ at: own + s, last: offset - 1 });
      return own;
    });
    this.#mixed = offset;
    this.linear = support.filter((list) => list.length > 1).length <= 2;
    const strides = stridesOf(game);
    const at = support.map(() => 0);
    for (;;) {
      const profile = at.reduce((p, s, i) => p + support[i][s] * strides[i], 0);
      const payoffs = at.map((_, i) => game.payoff[profile * n + i] / range);
      this.#cells.push({ at: at.map((s, i) => s + this.#offsets[i]), payoffs });
      let i = n - 1;
      while (i >= 0 && ++at[i] === support[i].length) at[i--] = 0;
      if (i < 0) break;
    }
  }

  /** A root with all probabilities positive, from a start; undefined when the steps lead elsewhere. */
  solve(
    start: readonly (readonly number[])[],
  ): { readonly mixture: number[][]; readonly singular: boolean } | undefined {
    const size = this.#unknowns.length;
    let p = Float64Array.from(start.flat());
    let { f, jacobian } = this.#evaluate(p);
    let error = norm(f);
    let damping = 1e-3;
    for (let step = 0, slow = 0; step < 40 && error > 1e-30 && slow < 6; step++) {
      const tried = this.#moved(p, dampedStep(jacobian, f, size, damping));
      const next = this.#evaluate(tried);
      const nextError = norm(next.f);
      slow = nextError < error / 2 ? 0 : slow + 1;
      damping = nextError < error ? Math.max(1e-18, damping * (nextError < error / 4 ? 1e-2 : 0.3)) : damping * 10;
      if (nextError >= error) continue;
      p = tried;
      ({ f, jacobian } = next);
      error = nextError;
      // Far outside the simplex there is nothing to find.
      if (p.some((x) => x < -1 || x > 2)) return undefined;
    }
    if (error > 1e-22 || p.some((x) => !(x > 1e-8))) return undefined;
    const mixture = this.#game.strategies.map((list) => list.map(() => 0));
    this.#support.forEach((strategies, i) => {
      strategies.forEach((strategy, s) => {
        mixture[i][strategy] = p[this.#offsets[i] + s];
      });
    });
    return { mixture, singular: isSingular(jacobian, size) };
  }

  #moved(p: Float64Array, move: Float64Array): Float64Array<ArrayBuffer> {
    const out = Float64Array.from(p);
    this.#unknowns.forEach(({ at, last }, k) => {
      out[at] -= move[k];
      out[last] += move[k];
    });
    return out;
  }

  /** Residuals, one per unknown, and their derivatives. */
  #evaluate(p: Float64Array): { f: Float64Array; jacobian: Float64Array } {
    const n = this.#support.length;
    const mixed = this.#mixed;
    const earned = new Float64Array(mixed);
    const slope = new Float64Array(mixed * mixed);
    for (const { at, payoffs } of this.#cells) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          if (j === i) continue;
          let partial = payoffs[i];
          for (let k = 0; k < n; k++) if (k !== i && k !== j) partial *= p[at[k]];
          slope[at[i] * mixed + at[j]] += partial;
        }
        let weight = payoffs[i];
        for (let j = 0; j < n; j++) if (j !== i) weight *= p[at[j]];
        earned[at[i]] += weight;
      }
    }
    const size = this.#unknowns.length;
    const f = new Float64Array(size);
    const jacobian = new Float64Array(size * size);
    this.#unknowns.forEach((row, r) => {
      f[r] = earned[row.at] - earned[row.last];
      const own = row.at * mixed;
      const last = row.last * mixed;
      this.#unknowns.forEach((column, c) => {
        jacobian[r * size + c] =
          slope[own + column.at] - slope[last + column.at] - slope[own + column.last] + slope[last + column.last];
      });
    });
    return { f, jacobian };
  }
}

// ---- helpers

const norm = (f: Float64Array): number => f.reduce((total, x) => total + x * x, 0);

/** Levenberg-Marquardt: solves (J'J + damping) d = J'f, which is Newton's step as damping vanishes, and exists where J is singular. */
const dampedStep = (jacobian: Float64Array, f: Float64Array, n: number, damping: number): Float64Array => {
  const a = new Float64Array(n * n);
  const d = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < n; i++) {
      const left = jacobian[r * n + i];
      if (left === 0) continue;
      d[i] += left * f[r];
      for (let j = 0; j < n; j++) a[i * n + j] += left * jacobian[r * n + j];
    }
  }
  for (let i = 0; i < n; i++) a[i * n + i] += damping;
  eliminate(a, n, d);
  return d;
};

/** Gaussian elimination with row exchanges; returns the ratio of the smallest to the largest pivot. */
const eliminate = (a: Float64Array, n: number, b: Float64Array): number => {
  let smallest = Infinity;
  let largest = 0;
  for (let c = 0; c < n; c++) {
    let p = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r * n + c]) > Math.abs(a[p * n + c])) p = r;
    if (p !== c) {
      for (let k = 0; k < n; k++) [a[c * n + k], a[p * n + k]] = [a[p * n + k], a[c * n + k]];
      [b[c], b[p]] = [b[p], b[c]];
    }
    const by = a[c * n + c];
    smallest = Math.min(smallest, Math.abs(by));
    largest = Math.max(largest, Math.abs(by));
    if (by === 0) continue;
    for (let r = c + 1; r < n; r++) {
      const factor = a[r * n + c] / by;
      if (factor === 0) continue;
      for (let k = c; k < n; k++) a[r * n + k] -= factor * a[c * n + k];
      b[r] -= factor * b[c];
    }
  }
  for (let c = n - 1; c >= 0; c--) {
    for (let k = c + 1; k < n; k++) b[c] -= a[c * n + k] * b[k];
    b[c] = a[c * n + c] === 0 ? 0 : b[c] / a[c * n + c];
  }
  return n === 0 ? 1 : largest > 0 ? smallest / largest : 0;
};

const isSingular = (jacobian: Float64Array, n: number): boolean =>
  eliminate(jacobian.slice(), n, new Float64Array(n)) < 1e-8;
