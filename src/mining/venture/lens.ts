import { listOf } from '../../domain/list.ts';
import { BENCH, type Certain, certainMean, layOut, layUnder, place, ROOM, weigh } from './bench.ts';
import { type Contract, capitalShare, stockShare, stockWorth } from './contract.ts';
import type { Leaving } from './hazard.ts';
import { GATHERED, type Outlook } from './outlook.ts';
import { crraOf } from './risk.ts';
import type { RiskMeasure, VentureSpec } from './spec.ts';
import { findTail, found, TAIL } from './tail.ts';

const { broken, survived, under, byCoins, byShare, byCapital, weight } = BENCH;
const { values, places } = TAIL;

const totals = new Float64Array(ROOM.atoms);

/** What a share multiplies: coins if the pact breaks and if it survives, the stake, and its part of capital; and the mean it comes to. */
interface Holding {
  coins: number;
  coinsKept: number;
  share: number;
  paid: number;
  mean: number;
}

/** What was found last for such flows and holdings. */
interface Memory {
  /** By share, the boundary atom: others rank the atoms differently, but the same ones much alike. */
  readonly guesses: Int32Array;
  /** The weighing, the wording and the holdings it was found under, and the values: wordings that come to the same for this party are not valued twice. */
  weighing: number;
  words: Certain | undefined;
  readonly held: Holding[];
  readonly values: Float64Array;
}

/** The lens whose view is on the bench. */
let looking: Lens | undefined;

/**
 * Through this one party looks at a site. It is turned in three steps, and a step is taken anew only when its subject changed: to the site under a hazard
 * (weights and atoms), to a wording (the part of every atom that no share touches), to shares (the values). Neighbouring outcomes differ in the last.
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
  #leaving: Leaving | null = null;
  #contract: Contract | undefined;
  #words: Certain | undefined;
  #mean = 0;
  /** What the timed flows come to. */
  #flow = 0;
  readonly #holdings: Holding[] = [];
  readonly #remembered = new Map<number, Memory>();
  #memory: Memory = blank(0);
  /** Counts how often months and atoms were weighed anew. */
  #weighing = 0;

  constructor(spec: VentureSpec, seat: number, controller: number) {
    this.#spec = spec;
    this.#seat = seat;
    this.#risk = spec.parties[seat].risk;
    this.#spread = this.#risk.kind === 'crra' || (this.#risk.kind === 'mean_cvar' && this.#risk.w !== 0);
    this.#controls = seat === controller;
  }

  /** Turns to a site, a hazard (breakdowns a year, and from when on more) and a wording. */
  turn(outlook: Outlook, hazard: number, contract: Contract, leaving: Leaving | null): void {
    const moved = looking !== this || outlook !== this.#outlook;
    if (moved) {
      looking = this;
      this.#outlook = outlook;
      place(outlook);
    }
    if (moved || hazard !== this.#hazard || leaving !== this.#leaving) {
      this.#hazard = hazard;
      this.#leaving = leaving;
      weigh(hazard, leaving, this.#controls);
      if (this.#spread) layOut();
      this.#weighing++;
      this.#contract = undefined;
      this.#words = undefined;
    }
    if (contract !== this.#contract) this.#word(contract);
  }

  /** Writes the worth of each share to `out` from `from` on, in million USD. The same figures as one share at a time, sooner. */
  worths(shares: ArrayLike<number>, kept: number, out: Float64Array, from: number): void {
    const held = this.#held(shares, kept);
    const count = shares.length;
    const risk = this.#risk;
    this.#recall(held[0], held[count - 1], count);
    const memory = this.#memory;
    if (this.#remembers(memory, count)) {
      for (let k = 0; k < count; k++) out[from + k] = memory.values[k];
      return;
    }
    if (risk.kind === 'crra') {
      for (let k = 0; k < count; k++) out[from + k] = this.#crra(held[k], risk.gamma, risk.wealth);
    } else if (risk.kind === 'mean' || risk.w === 0) for (let k = 0; k < count; k++) out[from + k] = held[k].mean;
    else {
      for (let k = 0; k < count; k++)
        out[from + k] = (1 - risk.w) * held[k].mean + risk.w * this.#cvar(held[k], k, risk.alpha);
    }
    memory.weighing = this.#weighing;
    memory.words = this.#words;
    for (let k = 0; k < count; k++) {
      const { coins, coinsKept, share, paid } = held[k];
      memory.held[k].coins = coins;
      memory.held[k].coinsKept = coinsKept;
      memory.held[k].share = share;
      memory.held[k].paid = paid;
      memory.values[k] = out[from + k];
    }
  }

  /** Whether the very question was answered before. */
  #remembers({ weighing, words, held }: Memory, count: number): boolean {
    if (weighing !== this.#weighing || words === undefined) return false;
    if (words !== this.#words && !alike(words, this.#words!)) return false;
    const asked = this.#holdings;
    for (let k = 0; k < count; k++) {
      if (held[k].coins !== asked[k].coins || held[k].coinsKept !== asked[k].coinsKept) return false;
      if (held[k].share !== asked[k].share || held[k].paid !== asked[k].paid) return false;
    }
    return true;
  }

  #held(shares: ArrayLike<number>, kept: number): readonly Holding[] {
    const spec = this.#spec;
    const seat = this.#seat;
    const contract = this.#contract!;
    const mine = contract.parties[seat];
    const held = this.#holdings;
    const coinsBroken = broken[GATHERED.coins];
    const coinsSurvived = survived[GATHERED.coins];
    const stake = broken[GATHERED.stake] + survived[GATHERED.stake];
    const capital = broken[GATHERED.capital] + survived[GATHERED.capital];
    for (let k = 0; k < shares.length; k++) {
      held[k] ??= holding();
      const one = held[k];
      const share = shares[k];
      const sold = share * (1 - kept) * mine.sold;
      const stock = stockWorth(spec, stockShare(spec, contract.custody, seat, share), share);
      one.coins = sold + kept * mine.kept * stock;
      one.coinsKept = sold + kept * mine.kept * share;
      one.share = share;
      one.paid = capitalShare(contract.financing, seat, share);
      one.mean =
        this.#mean + one.coins * coinsBroken + one.coinsKept * coinsSurvived + share * stake + one.paid * capital;
    }
    return held;
  }

  /** Turns to the guesses made for holdings like these. */
  #recall(first: Holding, last: Holding, count: number): void {
    const key = this.#flow + 1e3 * (first.coins + 7 * (last.coins + 7 * (first.paid + 7 * last.paid)));
    let memory = this.#remembered.get(key);
    if (memory === undefined || memory.values.length < count) {
      if (this.#remembered.size >= MEMORIES) this.#remembered.clear();
      memory = blank(count);
      this.#remembered.set(key, memory);
    }
    this.#memory = memory;
  }

  #cvar(one: Holding, k: number, alpha: number): number {
    const guess = this.#memory.guesses[k];
    if (guess >= 0 && guess < this.#outlook!.atoms) {
      const near = this.#at(guess, one);
      const span = Math.abs(one.mean - near);
      const limit = near + MARGIN * span;
      const count = this.#collect(one, limit);
      if (findTail(count, alpha, near, WINDOW * span, false) && found.quantile <= limit) return this.#remember(k);
    }
    findTail(this.#collect(one, Infinity), alpha, 0, Infinity, true);
    return this.#remember(k);
  }

  #remember(k: number): number {
    this.#memory.guesses[k] = found.place;
    return found.mean;
  }

  #at(i: number, { coins, coinsKept, share, paid }: Holding): number {
    return (
      under[i] +
      (i < this.#outlook!.survival ? coins : coinsKept) * byCoins[i] +
      share * byShare[i] +
      paid * byCapital[i]
    );
  }

  /** Hands the atoms that are no larger than the limit to the tail, and says how many they are. */
  #collect({ coins, coinsKept, share, paid }: Holding, limit: number): number {
    const { atoms, survival } = this.#outlook!;
    return collect(survival, atoms, collect(0, survival, 0, coins, share, paid, limit), coinsKept, share, paid, limit);
  }

  #crra({ coins, coinsKept, share, paid }: Holding, gamma: number, wealth: number): number {
    const { atoms, survival } = this.#outlook!;
    for (let i = 0; i < atoms; i++)
      totals[i] = under[i] + (i < survival ? coins : coinsKept) * byCoins[i] + share * byShare[i] + paid * byCapital[i];
    return crraOf(totals, weight, atoms, gamma, wealth);
  }

  /** What of every atom and of the mean no share touches, under a wording: wordings that differ in financing alone mostly agree on it. */
  #word(contract: Contract): void {
    const { signature, breakdown, end, alive, sold } = contract.parties[this.#seat];
    const rest = this.#controls ? contract.rho : 0;
    const words: Certain = { signature, breakdown, end, alive, rest, restCoins: rest * sold };
    this.#contract = contract;
    if (this.#words !== undefined && alike(words, this.#words)) return;
    this.#words = words;
    this.#mean = certainMean(words);
    if (!this.#spread) return;
    layUnder(words);
    let flow = breakdown - end + 11 * rest + 13 * words.restCoins;
    for (let w = 0; w < alive.length; w++) flow += (w + 2) * alive[w];
    this.#flow = flow;
  }
}

/** So many kinds of holding are remembered. */
const MEMORIES = 1024;

const blank = (count: number): Memory => ({
  guesses: new Int32Array(count).fill(-1),
  weighing: -1,
  words: undefined,
  held: listOf(count, holding),
  values: new Float64Array(count),
});

/** Halves, so that the engine gives every field room for a double from the start. */
const holding = (): Holding => ({ coins: 0.5, coinsKept: 0.5, share: 0.5, paid: 0.5, mean: 0.5 });

/** How far from the guess, in parts of its distance to the mean, the quantile is looked for before all atoms are: the less, the fewer to order. */
const MARGIN = 0.08;

/** The same, for what is ordered first. */
const WINDOW = 0.02;

/** No branch on the values: which atoms are within the limit is hard to predict. */
function collect(
  from: number,
  to: number,
  count: number,
  coins: number,
  share: number,
  paid: number,
  limit: number,
): number {
  let n = count;
  for (let i = from; i < to; i++) {
    const x = under[i] + coins * byCoins[i] + share * byShare[i] + paid * byCapital[i];
    values[n] = x;
    places[n] = i;
    n += Number(x <= limit) | 0;
  }
  return n;
}

function alike(a: Certain, b: Certain): boolean {
  if (a.signature !== b.signature || a.breakdown !== b.breakdown || a.end !== b.end) return false;
  if (a.rest !== b.rest || a.restCoins !== b.restCoins) return false;
  for (let w = 0; w < a.alive.length; w++) if (a.alive[w] !== b.alive[w]) return false;
  return true;
}
