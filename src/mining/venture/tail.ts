/**
 * CVaR of atoms that come one after the other. What lies at or below a guess of the quantile is collected while the atoms are made, and only what lies
 * about the guess is ordered. The guess decides how fast the answer comes, never what it is.
 */
export class Tail {
  /** Collected values, in the order of the atoms, and the atom each came from; one place more than there are atoms. */
  values = new Float64Array(256);
  atoms = new Int32Array(256);
  /** What `find` found: the mean of the worst alpha, and the atom on its boundary. */
  mean = 0;
  boundary = -1;
  #values = new Float64Array(256);
  #weights = new Float64Array(256);
  #at = new Int32Array(256);

  reserve(atoms: number): void {
    if (this.values.length > atoms) return;
    this.values = new Float64Array(atoms + 1);
    this.atoms = new Int32Array(atoms + 1);
    this.#values = new Float64Array(atoms + 1);
    this.#weights = new Float64Array(atoms + 1);
    this.#at = new Int32Array(atoms + 1);
  }

  /**
   * Finds the mean of the worst alpha among the first `count` collected, the atom on the boundary counted in part; `weight` is by atom, and all that is not
   * collected is larger. False where less than alpha was collected and a floor says that there is more. What lies below the floor is not ordered if
   * that can be helped.
   */
  find(weight: Float64Array, count: number, alpha: number, floor?: number): boolean {
    const { values, atoms } = this;
    let under = this.#gather(weight, count, floor ?? -Infinity);
    if (floor !== undefined && this.#total < alpha) return false;
    if (under >= alpha) under = this.#gather(weight, count, -Infinity);
    const near = this.#near;
    const k = this.#select(near, alpha - under);
    const quantile = values[k];
    // In the order of the atoms, so that the guess leaves no trace in the last digits.
    let mass = 0;
    let worst = 0;
    for (let i = 0; i < count; i++) {
      const part = Number(values[i] < quantile) * weight[atoms[i]];
      mass += part;
      worst += part * values[i];
    }
    this.mean = (worst + Math.max(0, alpha - mass) * quantile) / Math.max(alpha, mass);
    this.boundary = atoms[k];
    return true;
  }

  #near = 0;
  #total = 0;
  /** Sets aside what is to be ordered, from the floor up, and weighs what lies below it. */
  #gather(weight: Float64Array, count: number, floor: number): number {
    const { values, atoms } = this;
    const v = this.#values;
    const w = this.#weights;
    const at = this.#at;
    let near = 0;
    let under = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const share = weight[atoms[i]];
      v[near] = values[i];
      w[near] = share;
      at[near] = i;
      total += share;
      const counts = Number(values[i] >= floor);
      near += counts;
      under += (1 - counts) * share;
    }
    this.#near = near;
    this.#total = total;
    return under;
  }

  /** Place of the smallest of the first `count` with at least `alpha` of weight at or below it (the largest where rounding leaves less). */
  #select(count: number, alpha: number): number {
    const v = this.#values;
    const w = this.#weights;
    const at = this.#at;
    let low = 0;
    let high = count;
    let mass = 0;
    let largest = -1;
    while (high - low > 16) {
      const pivot = middle(v[low], v[(low + high) >>> 1], v[high - 1]);
      let under = low;
      let below = 0;
      for (let i = low; i < high; i++) {
        if (v[i] >= pivot) continue;
        below += w[i];
        this.#swap(i, under++);
      }
      if (mass + below >= alpha) {
        high = under;
        continue;
      }
      mass += below;
      low = under;
      for (let i = under; i < high; i++) {
        if (v[i] !== pivot) continue;
        mass += w[i];
        this.#swap(i, low++);
      }
      largest = at[low - 1];
      if (mass >= alpha) return largest;
    }
    for (let j = low + 1; j < high; j++) {
      const value = v[j];
      const share = w[j];
      const from = at[j];
      let i = j;
      for (; i > low && v[i - 1] > value; i--) {
        v[i] = v[i - 1];
        w[i] = w[i - 1];
        at[i] = at[i - 1];
      }
      v[i] = value;
      w[i] = share;
      at[i] = from;
    }
    for (let i = low; i < high; i++) {
      mass += w[i];
      if (mass >= alpha) return at[i];
    }
    return high > low ? at[high - 1] : largest;
  }

  #swap(i: number, j: number): void {
    const v = this.#values;
    const w = this.#weights;
    const at = this.#at;
    const value = v[i];
    v[i] = v[j];
    v[j] = value;
    const share = w[i];
    w[i] = w[j];
    w[j] = share;
    const from = at[i];
    at[i] = at[j];
    at[j] = from;
  }
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
