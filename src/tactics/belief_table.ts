import type { Liking } from '../session/contracts/opponent_model.ts';
import type { View } from '../session/view.ts';

export type Blend = 'min' | 'mean' | 'product';

/**
 * Additive scores of outcomes, folded into two tables: an outcome is (head, tail) in a mixed radix cut in the middle, so its score is two look-ups
 * whatever the number of issues. 700,000 outcomes of ten issues need tables of about a thousand entries each.
 */
export class ScoreTable {
  readonly head: Float64Array;
  readonly tail: Float64Array;
  readonly #sizes: readonly number[];
  readonly #cut: number;

  constructor(sizes: readonly number[], shape = shapeOf(sizes)) {
    this.head = new Float64Array(shape.heads);
    this.tail = new Float64Array(shape.width);
    this.#sizes = sizes;
    this.#cut = shape.cut;
  }

  /** Scores as a belief states them: the first issue's levels, then the second's ... */
  fill(scores: ArrayLike<number>): void {
    const at = spread(this.head, scores, this.#sizes, 0, this.#cut, 0);
    spread(this.tail, scores, this.#sizes, this.#cut, this.#sizes.length, at);
  }
}

/** Where the radix is cut: issues before `cut` make the head; `width` outcomes share a head. */
export interface TableShape {
  readonly cut: number;
  readonly width: number;
  readonly heads: number;
}

export function shapeOf(sizes: readonly number[]): TableShape {
  let shape = { cut: 0, width: sizes.reduce((product, n) => product * n, 1), heads: 1 };
  for (let cut = 1; cut <= sizes.length; cut++) {
    const width = shape.width / sizes[cut - 1];
    const heads = shape.heads * sizes[cut - 1];
    if (heads + width > shape.heads + shape.width) break;
    shape = { cut, width, heads };
  }
  return shape;
}

/**
 * All sums of one score per issue from `from` up to `to`, the last issue fastest, left to right; expanded in place from the back. `start` is where the first of
 * these issues has its scores; returns where the next has.
 */
function spread(
  table: Float64Array,
  scores: ArrayLike<number>,
  sizes: readonly number[],
  from: number,
  to: number,
  start: number,
): number {
  let length = 1;
  let first = start;
  table[0] = 0;
  for (let issue = from; issue < to; issue++) {
    const n = sizes[issue];
    for (let i = length - 1; i >= 0; i--) {
      const sum = table[i];
      for (let level = n - 1, at = i * n + n - 1; level >= 0; level--, at--) table[at] = sum + scores[first + level];
    }
    length *= n;
    first += n;
  }
  return first;
}

/**
 * What the parties whose consent is needed are believed to make of outcomes, blended into one score. Tables are refilled only when a belief
 * changed; they are a memo of the view, never a memory of their own.
 */
export class BeliefTable {
  readonly #sizes: readonly number[];
  readonly #strides: readonly number[];
  readonly #shape: TableShape;
  readonly #blend: Blend;
  readonly #towards: readonly number[] | undefined;
  /** By seat; `filled`: what its table holds. */
  readonly #tables: { liking: Liking | undefined; filled: Liking | undefined; table: ScoreTable | undefined }[] = [];
  readonly seats: number[] = [];
  /** Counts up whenever what `read` found differs from the time before. */
  version = 0;
  readonly #likings: Liking[] = [];
  readonly #heads: Float64Array[] = [];
  readonly #tails: Float64Array[] = [];
  #tabled = false;
  /** Whether the tables hold what was read last. */
  #ready = false;

  constructor(sizes: readonly number[], blend: Blend, towards?: readonly number[]) {
    this.#sizes = sizes;
    this.#strides = sizes.map((_, i) => sizes.slice(i + 1).reduce((product, n) => product * n, 1));
    this.#shape = shapeOf(sizes);
    this.#blend = blend;
    this.#towards = towards;
  }

  /** Reads the beliefs of this moment. False where there is nobody to please or no opponent model. */
  read(view: View): boolean {
    this.#seat(view);
    const { seats } = this;
    this.#tabled = true;
    this.#ready = false;
    while (this.#likings.length > 0) this.#likings.pop();
    for (let i = 0; i < seats.length; i++) {
      const seat = seats[i];
      const liking = view.liking(seat);
      if (liking === undefined) return false;
      this.#likings.push(liking);
      let kept = this.#tables[seat];
      if (kept === undefined) {
        kept = { liking: undefined, filled: undefined, table: undefined };
        this.#tables[seat] = kept;
      }
      if (liking.scores === undefined) this.#tabled = false;
      if (kept.liking !== liking) this.version++;
      kept.liking = liking;
    }
    return seats.length > 0;
  }

  /** Brings the tables up to date. */
  #fill(): void {
    this.#ready = true;
    if (!this.#tabled) return;
    for (let i = 0; i < this.#likings.length; i++) {
      const liking = this.#likings[i];
      const kept = this.#tables[this.seats[i]];
      kept.table ??= new ScoreTable(this.#sizes, this.#shape);
      if (kept.filled !== liking) kept.table.fill(liking.scores!);
      kept.filled = liking;
      this.#heads[i] = kept.table.head;
      this.#tails[i] = kept.table.tail;
    }
  }

  /** The blended score of one outcome, in [0, 1]. */
  score(outcome: number): number {
    const { length } = this.#likings;
    const blend = this.#blend;
    let result = blend === 'mean' ? 0 : 1;
    for (let i = 0; i < length; i++) {
      const liked = this.liked(i, outcome);
      if (blend === 'mean') result += liked;
      else if (blend === 'product') result *= liked;
      else if (liked < result) result = liked;
    }
    return blend === 'mean' ? result / length : result;
  }

  /** What the i-th of `seats` is believed to make of an outcome. */
  liked(i: number, outcome: number): number {
    if (!this.#ready) this.#fill();
    if (!this.#tabled) return this.#likings[i].of(outcome);
    const head = Math.floor(outcome / this.#shape.width);
    return this.#heads[i][head] + this.#tails[i][outcome - head * this.#shape.width];
  }

  /**
   * The outcome of the highest score among positions [from, to) of an order ascending by (own utility, index): of equals the one worth most to oneself, of
   * those the one of lowest index. At least one position.
   */
  pick(order: Int32Array, from: number, to: number, utilities: Float64Array): number {
    const { width } = this.#shape;
    const two = this.#tabled && this.#likings.length === 2;
    if (!this.#ready) {
      // filling the tables takes an addition an entry: where few outcomes are asked about, adding up for each takes fewer
      if (two && (to - from) * this.#sizes.length < this.#shape.heads + width)
        return this.#pickOfFew(order, from, to, utilities);
      this.#fill();
    }
    const [head0, head1] = this.#heads;
    const [tail0, tail1] = this.#tails;
    const blend = this.#blend;
    let best = order[from];
    let top = Number.NEGATIVE_INFINITY;
    for (let k = from; k < to; k++) {
      const outcome = order[k];
      let score: number;
      if (two) {
        // Three parties are the common table: their two look-ups are written out, which is three times as fast.
        const head = Math.floor(outcome / width);
        const tail = outcome - head * width;
        const a = head0[head] + tail0[tail];
        const b = head1[head] + tail1[tail];
        score = blend === 'mean' ? (a + b) / 2 : blend === 'product' ? a * b : a < b ? a : b;
      } else score = this.score(outcome);
      if (score > top || (score === top && utilities[outcome] > utilities[best])) {
        top = score;
        best = outcome;
      }
    }
    return best;
  }

  /** The same for two others, without the tables: what those would say is added up for each outcome, in the same order and so to the last digit. */
  #pickOfFew(order: Int32Array, from: number, to: number, utilities: Float64Array): number {
    const { cut } = this.#shape;
    const sizes = this.#sizes;
    const strides = this.#strides;
    const blend = this.#blend;
    const scores0 = this.#likings[0].scores!;
    const scores1 = this.#likings[1].scores!;
    let best = order[from];
    let top = Number.NEGATIVE_INFINITY;
    for (let k = from; k < to; k++) {
      const outcome = order[k];
      let rest = outcome;
      let first = 0;
      let head0 = 0;
      let head1 = 0;
      let tail0 = 0;
      let tail1 = 0;
      for (let issue = 0; issue < sizes.length; issue++) {
        const level = Math.floor(rest / strides[issue]);
        rest -= level * strides[issue];
        const at = first + level;
        if (issue < cut) {
          head0 += scores0[at];
          head1 += scores1[at];
        } else {
          tail0 += scores0[at];
          tail1 += scores1[at];
        }
        first += sizes[issue];
      }
      const a = head0 + tail0;
      const b = head1 + tail1;
      const score = blend === 'mean' ? (a + b) / 2 : blend === 'product' ? a * b : a < b ? a : b;
      if (score > top || (score === top && utilities[outcome] > utilities[best])) {
        top = score;
        best = outcome;
      }
    }
    return best;
  }

  /** The parties to please: those named, or those without whom no agreement carries; all who are present where nobody is indispensable. */
  #seat(view: View): void {
    const { seats } = this;
    const towards = this.#towards;
    // a list of two is sooner emptied so than by its length
    while (seats.length > 0) seats.pop();
    if (towards !== undefined) {
      for (let i = 0; i < towards.length; i++) if (view.isHere(towards[i])) seats.push(towards[i]);
      return;
    }
    let present = 0;
    for (let seat = 0; seat < view.parties; seat++) if (view.isHere(seat)) present |= 1 << seat;
    for (let seat = 0; seat < view.parties; seat++) {
      if (seat !== view.seat && view.isHere(seat) && !view.agreedBy(present & ~(1 << seat))) seats.push(seat);
    }
    if (seats.length > 0) return;
    for (let seat = 0; seat < view.parties; seat++) if (seat !== view.seat && view.isHere(seat)) seats.push(seat);
  }
}
