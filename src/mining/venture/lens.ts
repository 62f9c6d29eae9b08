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
  /** The boundary atom found last for a share under timed flows: others rank the atoms differently, but the same ones much alike, hazard by hazard. */
  readonly #guesses = new Int32Array(SHARES * FLOWS).fill(-1);
  readonly #flows: number[] = [];
  #flow = 0;

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
    const place = this.#flow * SHARES + ((slot * 2 + (contract.financing.rule === 'by_stakes' ? 0 : 1)) % SHARES);
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
    if (guess >= 0 && guess < atoms) {
      const k = guess < survival ? coins : coinsKept;
      const near = this.#under[guess] + k * byCoins[guess] + share * byShare[guess] + paid * byCapital[guess];
      const span = Math.abs(mean - near);
      for (const margin of MARGINS) {
        const limit = near + margin * span;
        let count = this.#collect(coins, share, paid, 0, survival, 0, limit);
        count = this.#collect(coinsKept, share, paid, survival, atoms, count, limit);
        if (!tail.find(this.#weight, count, alpha, near - margin * span)) continue;
        this.#guesses[place] = tail.boundary;
        return tail.mean;
      }
    }
    let count = this.#collect(coins, share, paid, 0, survival, 0, Infinity);
    count = this.#collect(coinsKept, share, paid, survival, atoms, count, Infinity);
    tail.find(this.#weight, count, alpha);
    this.#guesses[place] = tail.boundary;
    return tail.mean;
  }

  /** Hands the atoms [from, to) that are no larger than the limit to the tail. No branch: which atoms those are is hard to predict. */
  #collect(coins: number, share: number, paid: number, from: number, to: number, count: number, limit: number): number {
    const [byCoins, byShare, byCapital] = this.#by;
    const under = this.#under;
    const { values, atoms } = this.#tail;
    let n = count;
    for (let i = from; i < to; i++) {
      const x = under[i] + coins * byCoins[i] + share * byShare[i] + paid * byCapital[i];
      values[n] = x;
      atoms[n] = i;
      n += Number(x <= limit) | 0;
    }
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
    const { alive } = mine;
    let changed = this.#fresh || words[0] !== rho || words[1] !== coins || words[2] !== mine.signature;
    changed ||= words[3] !== mine.breakdown || words[4] !== mine.end;
    for (let w = 0; w < alive.length && !changed; w++) changed = words[5 + w] !== alive[w];
    if (!changed) return false;
    words[0] = rho;
    words[1] = coins;
    words[2] = mine.signature;
    words[3] = mine.breakdown;
    words[4] = mine.end;
    words.set(alive, 5);
    let flow = mine.breakdown - mine.end;
    for (let w = 0; w < alive.length; w++) flow += (w + 2) * alive[w];
    this.#flow = this.#flows.indexOf(flow);
    if (this.#flow >= 0) return true;
    if (this.#flows.length === FLOWS) this.#flows.length = 0;
    this.#flow = this.#flows.push(flow) - 1;
    this.#fresh = false;
    return true;
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

/** So many guesses are kept apart, by share and by what the timed flows come to. */
const SHARES = 32;
const FLOWS = 16;

/** How far from the guess, in parts of its distance to the mean, the quantile is looked for before all atoms are: the less, the fewer to order. */
const MARGINS = [0.08, 0.4];
