/**
 * CVaR of atoms that come one after the other. What lies at or below a guess of the quantile is collected while the atoms are made; as long as that
 * holds the worst alpha, nothing else need be looked at again. The guess decides how fast the answer comes, never what it is.
 */
export class Tail {
  /** Collected values and weights, in the order of the atoms. */
  values = new Float64Array(256);
  weights = new Float64Array(256);
  /** The atom each came from. */
  atoms = new Int32Array(256);
  /** After `mean`: the atom on the boundary of the tail. */
  boundary = -1;
  #values = new Float64Array(256);
  #at = new Int32Array(256);

  reserve(atoms: number): void {
    if (this.values.length >= atoms) return;
    this.values = new Float64Array(atoms);
    this.weights = new Float64Array(atoms);
    this.atoms = new Int32Array(atoms);
    this.#values = new Float64Array(atoms);
    this.#at = new Int32Array(atoms);
  }

  /** Mean of the worst alpha among the first `count` collected; all that is not collected is larger. The atom on the boundary counts in part. */
  mean(count: number, alpha: number): number {
    const { values, weights } = this;
    const k = this.#select(count, alpha);
    const quantile = values[k];
    this.boundary = this.atoms[k];
    // In the order of the atoms, so that the guess leaves no trace in the last digits.
    let mass = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      if (values[i] >= quantile) continue;
      mass += weights[i];
      total += weights[i] * values[i];
    }
    return (total + Math.max(0, alpha - mass) * quantile) / Math.max(alpha, mass);
  }

  /** Position of the smallest value with at least alpha of weight at or below it (the largest where rounding leaves less than alpha). */
  #select(count: number, alpha: number): number {
    const { weights } = this;
    const v = this.#values;
    const at = this.#at;
    for (let i = 0; i < count; i++) {
      v[i] = this.values[i];
      at[i] = i;
    }
    let low = 0;
    let high = count;
    let mass = 0;
    while (high - low > 12) {
      const pivot = middle(v[low], v[(low + high) >>> 1], v[high - 1]);
      let under = low;
      let below = 0;
      for (let i = low; i < high; i++) {
        if (v[i] >= pivot) continue;
        below += weights[at[i]];
        swap(v, at, i, under++);
      }
      if (mass + below >= alpha) {
        high = under;
        continue;
      }
      mass += below;
      low = under;
      for (let i = under; i < high; i++) {
        if (v[i] !== pivot) continue;
        mass += weights[at[i]];
        swap(v, at, i, low++);
      }
      if (mass >= alpha) return at[low - 1];
    }
    for (let j = low + 1; j < high; j++) for (let i = j; i > low && v[i - 1] > v[i]; i--) swap(v, at, i, i - 1);
    for (let i = low; i < high; i++) {
      mass += weights[at[i]];
      if (mass >= alpha) return at[i];
    }
    return at[high - 1];
  }
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

const swap = (v: Float64Array, at: Int32Array, i: number, j: number): void => {
  const value = v[i];
  v[i] = v[j];
  v[j] = value;
  const from = at[i];
  at[i] = at[j];
  at[j] = from;
};
