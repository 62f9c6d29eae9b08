import { exp, expm1 } from '../../domain/arith.ts';
import { type Contract, capitalShare, stockShare, stockWorth } from './contract.ts';
import { GATHERED, type Outlook } from './outlook.ts';
import { crraOf } from './risk.ts';
import type { RiskMeasure, VentureSpec } from './spec.ts';
import { Tail } from './tail.ts';

/**
 * Through this one party looks at a site. It is turned in three steps, and a step is taken anew only when its subject changed: to the site under a hazard
 * (weights and atoms), to a wording (the part of every atom that no share touches), to a share (the value). Neighbouring outcomes differ in the last.
 *
 * The values are those of `meanTotal`, `spreadTotal` and `cvarOf` on a `Layer`, summed in another order.
 */
export class Lens {
  readonly #spec: VentureSpec;
  readonly #seat: number;
  readonly #risk: RiskMeasure;
  /** Whether the measure needs atoms at all. */
  readonly #spread: boolean;
  readonly #controls: boolean;

  #outlook: Outlook | undefined;
  #hazard = Number.NaN;
  #contract: Contract | undefined;
  /** Mean of each gathered column by bucket, and its exact mean before the end and at survival, times probability. */
  #probability = new Float64Array(0);
  #basis = new Float64Array(0);
  #broken = new Float64Array(0);
  #survived = new Float64Array(0);
  /** Atom by atom: weight, then what is multiplied by coins, share and capital, then what is certain under the wording. */
  #weight = new Float64Array(0);
  readonly #by = [new Float64Array(0), new Float64Array(0), new Float64Array(0), new Float64Array(0)];
  #under = new Float64Array(0);
  #constant = new Float64Array(0);
  #mean = 0;
  /** What the wording multiplies: the certain part is the same as long as these are. */
  #words = new Float64Array(0);
  #fresh = false;
  readonly #tail = new Tail();
  /** The boundary atom found last at each slot: shares rank atoms differently, but the same share much alike from wording to wording. */
  readonly #guesses = new Int32Array(32).fill(-1);

  constructor(spec: VentureSpec, seat: number, controller: number) {
    this.#spec = spec;
    this.#seat = seat;
    this.#risk = spec.parties[seat].risk;
    this.#spread = this.#risk.kind === 'crra' || (this.#risk.kind === 'mean_cvar' && this.#risk.w !== 0);
    this.#controls = seat === controller;
  }

  /** Turns to a site, a hazard (breakdowns a year) and a wording. */
  turn(outlook: Outlook, hazard: number, contract: Contract): void {
    if (outlook !== this.#outlook || hazard !== this.#hazard) {
      this.#weigh(outlook, hazard);
      this.#contract = undefined;
    }
    if (contract !== this.#contract) this.#word(outlook, contract);
  }

  /** The worth of a share, in million USD. `slot` tells shares that are asked for again and again apart; any number will do. */
  worth(share: number, kept: number, slot: number): number {
    const spec = this.#spec;
    const contract = this.#contract!;
    const mine = contract.parties[this.#seat];
    const paid = capitalShare(contract.financing, this.#seat, share);
    const sold = share * (1 - kept) * mine.sold;
    const stock = stockWorth(spec, stockShare(spec, contract.custody, this.#seat, share), share);
    const coins = sold + kept * mine.kept * stock;
    const coinsKept = sold + kept * mine.kept * share;
    const broken = this.#broken;
    const survived = this.#survived;
    const mean =
      this.#mean +
      coins * broken[GATHERED.coins] +
      coinsKept * survived[GATHERED.coins] +
      share * (broken[GATHERED.stake] + survived[GATHERED.stake]) +
      paid * (broken[GATHERED.capital] + survived[GATHERED.capital]);
    const risk = this.#risk;
    if (!this.#spread) return mean;
    if (risk.kind === 'crra') {
      const atoms = this.#total(coins, coinsKept, share, paid);
      return crraOf(atoms, this.#weight, this.#outlook!.atoms, risk.gamma, risk.wealth);
    }
    if (risk.kind === 'mean') return mean;
    const place = (slot * 2 + (contract.financing.rule === 'by_stakes' ? 0 : 1)) % this.#guesses.length;
    return (1 - risk.w) * mean + risk.w * this.#cvar(coins, coinsKept, share, paid, risk.alpha, mean, place);
  }

  #cvar(
    coins: number,
    coinsKept: number,
    share: number,
    paid: number,
    alpha: number,
    mean: number,
    place: number,
  ): number {
    const { atoms, survival } = this.#outlook!;
    const [byCoins, byShare, byCapital] = this.#by;
    const tail = this.#tail;
    const guess = this.#guesses[place];
    let limit = Infinity;
    if (guess >= 0 && guess < atoms) {
      const k = guess < survival ? coins : coinsKept;
      const near = this.#under[guess] + k * byCoins[guess] + share * byShare[guess] + paid * byCapital[guess];
      limit = near + MARGIN * Math.max(0, mean - near);
    }
    for (;;) {
      let count = this.#collect(coins, share, paid, 0, survival, 0, limit);
      count = this.#collect(coinsKept, share, paid, survival, atoms, count, limit);
      if (limit === Infinity || this.#collected >= alpha) {
        const worst = tail.mean(count, alpha);
        this.#guesses[place] = tail.boundary;
        return worst;
      }
      limit = Infinity;
    }
  }

  #collected = 0;

  /** Hands the atoms [from, to) that are no larger than the limit to the tail. */
  #collect(coins: number, share: number, paid: number, from: number, to: number, count: number, limit: number): number {
    const [byCoins, byShare, byCapital] = this.#by;
    const under = this.#under;
    const weight = this.#weight;
    const { values, weights, atoms } = this.#tail;
    let n = count;
    let mass = count === 0 ? 0 : this.#collected;
    for (let i = from; i < to; i++) {
      const x = under[i] + coins * byCoins[i] + share * byShare[i] + paid * byCapital[i];
      if (x > limit || weight[i] === 0) continue;
      values[n] = x;
      weights[n] = weight[i];
      atoms[n++] = i;
      mass += weight[i];
    }
    this.#collected = mass;
    return n;
  }

  #totals = new Float64Array(0);
  #total(coins: number, coinsKept: number, share: number, paid: number): Float64Array {
    const { atoms, survival } = this.#outlook!;
    const [byCoins, byShare, byCapital] = this.#by;
    if (this.#totals.length < atoms) this.#totals = new Float64Array(atoms);
    for (let i = 0; i < atoms; i++) {
      const k = i < survival ? coins : coinsKept;
      this.#totals[i] = this.#under[i] + k * byCoins[i] + share * byShare[i] + paid * byCapital[i];
    }
    return this.#totals;
  }

  /** Weighs the months of breakdown by e^(-h m/12) (1 - e^(-h/12)), bucket by bucket and exactly within each, and lays out the atoms. */
  #weigh(outlook: Outlook, hazard: number): void {
    const { months, edges, columns, rows } = outlook;
    const buckets = edges.length;
    this.#reserve(outlook);
    const probability = this.#probability;
    const basis = this.#basis;
    const keeps = exp(-hazard / 12);
    const breaks = -expm1(-hazard / 12);
    const weights = this.#months;
    let alive = 1;
    for (let b = 0; b < buckets - 1; b++) {
      let sum = 0;
      for (let m = edges[b]; m < edges[b + 1]; m++) {
        weights[m] = alive * breaks;
        sum += weights[m];
        alive *= keeps;
      }
      probability[b] = sum;
    }
    probability[buckets - 1] = alive;
    for (let c = 0; c < columns; c++) {
      this.#broken[c] = 0;
      if (!this.#controls && (c === GATHERED.rest || c === GATHERED.restCoins)) continue;
      const row = c * (months + 1);
      let total = 0;
      for (let b = 0; b < buckets - 1; b++) {
        let sum = 0;
        const to = edges[b + 1];
        for (let m = edges[b]; m < to; m++) sum += weights[m] * rows[row + m];
        total += sum;
        basis[c * buckets + b] = probability[b] > 0 ? sum / probability[b] : 0;
      }
      this.#broken[c] = total;
      basis[(c + 1) * buckets - 1] = rows[row + months];
      this.#survived[c] = alive * rows[row + months];
    }
    this.#outlook = outlook;
    this.#hazard = hazard;
    this.#fresh = true;
    if (this.#spread) this.#layOut(outlook, buckets);
  }

  #layOut({ atoms, bucket, share, deviation }: Outlook, buckets: number): void {
    const weight = this.#weight;
    const probability = this.#probability;
    const basis = this.#basis;
    for (let i = 0; i < atoms; i++) weight[i] = probability[bucket[i]] * share[i];
    for (let c = 0; c < 4; c++) {
      const to = this.#by[c];
      const from = deviation[c];
      const base = c * buckets;
      for (let i = 0; i < atoms; i++) to[i] = basis[base + bucket[i]] + from[i];
    }
  }

  /** What of every atom and of the mean no share touches, under a wording. */
  #word(outlook: Outlook, contract: Contract): void {
    const mine = contract.parties[this.#seat];
    const rho = this.#controls ? contract.rho : 0;
    const coins = rho * mine.sold;
    this.#contract = contract;
    if (!this.#reworded(rho, coins, contract)) return;
    const broken = this.#broken;
    const survived = this.#survived;
    let mean = broken[GATHERED.certain] + survived[GATHERED.certain] + mine.signature;
    mean += mine.breakdown * broken[GATHERED.discount] + mine.end * survived[GATHERED.discount];
    if (this.#controls) mean += rho * broken[GATHERED.rest] + coins * broken[GATHERED.restCoins];
    for (let w = 0; w < mine.alive.length; w++)
      mean += mine.alive[w] * (broken[GATHERED.windows + w] + survived[GATHERED.windows + w]);
    this.#mean = mean;
    if (!this.#spread) return;
    const { edges, bucket, atoms, survival, deviation } = outlook;
    const buckets = edges.length;
    const basis = this.#basis;
    const constant = this.#constant;
    for (let b = 0; b < buckets; b++) {
      const ended = b === buckets - 1;
      let sum = mine.signature + (ended ? mine.end : mine.breakdown) * basis[GATHERED.discount * buckets + b];
      for (let w = 0; w < mine.alive.length; w++) sum += mine.alive[w] * basis[(GATHERED.windows + w) * buckets + b];
      if (this.#controls && !ended)
        sum += rho * basis[GATHERED.rest * buckets + b] + coins * basis[GATHERED.restCoins * buckets + b];
      constant[b] = sum;
    }
    const under = this.#under;
    const certain = this.#by[GATHERED.certain];
    for (let i = 0; i < atoms; i++) under[i] = certain[i] + constant[bucket[i]];
    if (!this.#controls) return;
    const rest = deviation[GATHERED.rest];
    const restCoins = deviation[GATHERED.restCoins];
    for (let i = 0; i < survival; i++) under[i] += rho * rest[i] + coins * restCoins[i];
  }

  /** Whether the certain part must be made anew: wordings that differ in financing alone mostly agree on it. */
  #reworded(rho: number, coins: number, contract: Contract): boolean {
    const mine = contract.parties[this.#seat];
    const words = this.#words;
    let changed = this.#fresh;
    const put = (k: number, value: number) => {
      if (words[k] === value) return;
      words[k] = value;
      changed = true;
    };
    put(0, rho);
    put(1, coins);
    put(2, mine.signature);
    put(3, mine.breakdown);
    put(4, mine.end);
    for (let w = 0; w < mine.alive.length; w++) put(5 + w, mine.alive[w]);
    this.#fresh = false;
    return changed;
  }

  #months = new Float64Array(0);
  #reserve({ months, edges, columns, atoms }: Outlook): void {
    if (this.#words.length === 0) {
      this.#words = new Float64Array(5 + columns - GATHERED.windows).fill(Number.NaN);
      this.#broken = new Float64Array(columns);
      this.#survived = new Float64Array(columns);
    }
    if (this.#months.length < months) this.#months = new Float64Array(months);
    if (this.#probability.length < edges.length) {
      this.#probability = new Float64Array(edges.length);
      this.#constant = new Float64Array(edges.length);
      this.#basis = new Float64Array(edges.length * columns);
    }
    if (this.#weight.length >= atoms) return;
    this.#weight = new Float64Array(atoms);
    this.#under = new Float64Array(atoms);
    for (let c = 0; c < 4; c++) this.#by[c] = new Float64Array(atoms);
    this.#tail.reserve(atoms);
  }
}

/** How far towards the mean the guess of the quantile is moved: too little and the tail must be collected twice, too much and it is long. */
const MARGIN = 0.1;
