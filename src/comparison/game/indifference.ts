import { type Game, stridesOf } from './game.ts';
import type { Support } from './supports.ts';

/**
 * The polynomial equations of an equilibrium with given supports: every mixed strategy of player i earns the same v_i, and
 * probabilities sum to one. Payoffs are divided by the payoff range, so tolerances are relative.
 */
export class IndifferenceSystem {
  /** At most two players mix, so the equations are linear and one start is enough. */
  readonly linear: boolean;
  readonly #game: Game;
  readonly #support: Support;
  readonly #cells: { readonly at: readonly number[]; readonly payoffs: readonly number[] }[] = [];
  readonly #offsets: readonly number[];
  readonly #mixed: number;

  constructor(game: Game, support: Support, range: number) {
    this.#game = game;
    this.#support = support;
    const n = support.length;
    let offset = 0;
    this.#offsets = support.map((list) => {
      offset += list.length;
      return offset - list.length;
    });
    this.#mixed = offset;
    this.linear = support.filter((list) => list.length > 1).length <= 2;
    const strides = stridesOf(game);
    const at = support.map(() => 0);
    for (;;) {
      const profile = at.reduce((p, s, i) => p + support[i][s] * strides[i], 0);
      const payoffs = at.map((_, i) => game.payoff[profile * n + i] / range);
      this.#cells.push({ at: at.slice(), payoffs });
      let i = n - 1;
      while (i >= 0 && ++at[i] === support[i].length) at[i--] = 0;
      if (i < 0) break;
    }
  }

  /** A root with all probabilities positive, from a start; undefined when the steps lead elsewhere. */
  solve(
    start: readonly (readonly number[])[],
  ): { readonly mixture: number[][]; readonly singular: boolean } | undefined {
    const n = this.#support.length;
    const size = this.#mixed + n;
    let x = Float64Array.from([...start.flat(), ...start.map(() => 0)]);
    let { f, jacobian } = this.#evaluate(x);
    for (let i = 0; i < n; i++) x[this.#mixed + i] = f[this.#offsets[i]];
    ({ f, jacobian } = this.#evaluate(x));
    let damping = 1e-3;
    let error = norm(f);
    for (let step = 0; step < 60 && error > 1e-28; step++) {
      const move = dampedStep(jacobian, f, size, damping);
      const tried = x.map((value, k) => value - move[k]);
      const next = this.#evaluate(tried);
      const nextError = norm(next.f);
      if (nextError < error) {
        damping = Math.max(1e-18, damping * (nextError < error / 4 ? 1e-2 : 0.3));
        const stalled = nextError > error * 0.9999 && error < 1e-24;
        x = tried;
        ({ f, jacobian } = next);
        error = nextError;
        if (stalled) break;
      } else {
        damping *= 10;
        if (damping > 1e8) break;
      }
    }
    if (error > 1e-22) return undefined;
    for (let k = 0; k < this.#mixed; k++) if (!(x[k] > 1e-8)) return undefined;
    const mixture = this.#game.strategies.map((list) => list.map(() => 0));
    this.#support.forEach((strategies, i) => {
      let total = 0;
      for (let s = 0; s < strategies.length; s++) total += x[this.#offsets[i] + s];
      strategies.forEach((strategy, s) => {
        mixture[i][strategy] = x[this.#offsets[i] + s] / total;
      });
    });
    return { mixture, singular: isSingular(jacobian, size) };
  }

  /** Residuals and their derivatives, rows: one per mixed strategy, then one per player's total. */
  #evaluate(x: Float64Array): { f: Float64Array; jacobian: Float64Array } {
    const n = this.#support.length;
    const size = this.#mixed + n;
    const f = new Float64Array(size);
    const jacobian = new Float64Array(size * size);
    for (const { at, payoffs } of this.#cells) {
      for (let i = 0; i < n; i++) {
        const row = this.#offsets[i] + at[i];
        let weight = payoffs[i];
        for (let j = 0; j < n; j++) if (j !== i) weight *= x[this.#offsets[j] + at[j]];
        f[row] += weight;
        for (let j = 0; j < n; j++) {
          if (j === i) continue;
          let partial = payoffs[i];
          for (let k = 0; k < n; k++) if (k !== i && k !== j) partial *= x[this.#offsets[k] + at[k]];
          jacobian[row * size + this.#offsets[j] + at[j]] += partial;
        }
      }
    }
    for (let i = 0; i < n; i++) {
      const sumRow = this.#mixed + i;
      f[sumRow] = -1;
      for (let s = 0; s < this.#support[i].length; s++) {
        const k = this.#offsets[i] + s;
        f[k] -= x[sumRow];
        jacobian[k * size + sumRow] = -1;
        f[sumRow] += x[k];
        jacobian[sumRow * size + k] = 1;
      }
    }
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

/** Gaussian elimination with complete rows exchanged; returns the ratio of the smallest to the largest pivot. */
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
  return largest > 0 ? smallest / largest : 0;
};

const isSingular = (jacobian: Float64Array, n: number): boolean =>
  eliminate(jacobian.slice(), n, new Float64Array(n)) < 1e-8;
