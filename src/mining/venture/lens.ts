import { average, BENCH, type Certain, certainMean, deviate, type Holding, place, ROOM, weigh, word } from './bench.ts';
import { type Contract, capitalShare, stockShare, stockWorth } from './contract.ts';
import type { Leaving } from './hazard.ts';
import { clearLadders, type Foothold, foothold, ladder, mostLadders, roomForLadders } from './ladder.ts';
import { GATHERED, type Outlook } from './outlook.ts';
import { crraOf } from './risk.ts';
import type { RiskMeasure, VentureSpec } from './spec.ts';
import { tailMean } from './tail.ts';

const { broken, survived, first, probability, centre, part, off } = BENCH;

const totals = new Float64Array(ROOM.atoms);
const weights = new Float64Array(ROOM.atoms);

/** The ladders of a list of holdings, and under what they were built. */
interface Rack {
  readonly held: readonly Holding[];
  readonly rest: number;
  readonly restCoins: number;
  /** The first rung of each, and, by wording, where the tail of each was. */
  readonly ladders: number[];
  readonly footholds: Map<Certain, Foothold[]>;
}

/** The lens whose view is on the bench. */
let looking: Lens | undefined;

/**
 * Through this one party looks at a site. It is turned in three steps, and a step is taken anew only when its subject changed: to the site under a hazard
 * (probabilities and means by bucket), to a wording (what no share touches), to shares (the values). Neighbouring outcomes differ in the last.
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
  /** Counts how often months were weighed anew. */
  #weighing = 0;
  readonly #wordings = new Map<Contract, Certain>();
  readonly #certain = new Map<string, Certain>();
  readonly #holdings: Holding[] = [];
  readonly #racks = new Map<number, Rack>();
  #like: Foothold | undefined;

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
      this.#clear();
    }
    if (moved || hazard !== this.#hazard || leaving !== this.#leaving) {
      this.#hazard = hazard;
      this.#leaving = leaving;
      weigh(hazard, leaving, this.#controls);
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
    if (risk.kind === 'crra') {
      for (let k = 0; k < count; k++) out[from + k] = this.#crra(held[k], risk.gamma, risk.wealth);
    } else if (risk.kind === 'mean' || risk.w === 0) for (let k = 0; k < count; k++) out[from + k] = held[k].mean;
    else {
      const most = mostLadders(this.#outlook!.edges.length);
      for (let k = 0; k < count; k += most) {
        const to = Math.min(count, k + most);
        this.#tails(held, k, to, risk.alpha);
      }
      for (let k = 0; k < count; k++) out[from + k] = (1 - risk.w) * held[k].mean + risk.w * held[k].tail;
    }
  }

  /** The tails of some holdings. */
  #tails(held: readonly Holding[], from: number, to: number, alpha: number): void {
    const { ladders, footholds } = this.#rack(held, from, to);
    const words = this.#words!;
    let holds = footholds.get(words);
    if (holds === undefined) {
      holds = [];
      footholds.set(words, holds);
    }
    for (let k = from; k < to; k++) {
      const hold = holds[k - from] ?? this.#foothold(held[k], ladders, k - from, holds[k - from - 1]);
      holds[k - from] = hold;
      if (hold.weighing !== this.#weighing) {
        hold.weighing = this.#weighing;
        hold.mean = tailMean(hold, average(held[k]), alpha);
      }
      held[k].tail = hold.mean;
    }
    this.#like = holds[0];
  }

  /** A foothold on a ladder, which is built if there is none: as on the ladder of the share before, or on that of the first share of the wording before. */
  #foothold(held: Holding, ladders: number[], k: number, before: Foothold | undefined): Foothold {
    const buckets = this.#outlook!.edges.length;
    if (k === ladders.length) {
      deviate(held, this.#words!.rest, this.#words!.restCoins);
      ladders.push(ladder(buckets));
    }
    return foothold(ladders[k], buckets, before ?? this.#like);
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

  /** Where the ladders of some holdings are, or are to be. */
  #rack(held: readonly Holding[], from: number, to: number): Rack {
    const { rest, restCoins } = this.#words!;
    const one = held[from];
    const other = held[to - 1];
    const key = one.coins + 7 * (one.coinsKept + 7 * (other.coins + 7 * (one.paid + 7 * (other.paid + 7 * restCoins))));
    let rack = this.#racks.get(key);
    const fitting = rack !== undefined && fits(rack, held, from, to, rest, restCoins);
    if (!roomForLadders(to - from, this.#outlook!.edges.length)) this.#clear();
    else if (fitting) return rack!;
    rack = {
      held: held.slice(from, to).map((one) => ({ ...one })),
      rest,
      restCoins,
      ladders: [],
      footholds: new Map(),
    };
    this.#racks.set(key, rack);
    return rack;
  }

  #clear(): void {
    clearLadders();
    this.#racks.clear();
    this.#like = undefined;
  }

  #crra(one: Holding, gamma: number, wealth: number): number {
    const { rest, restCoins } = this.#words!;
    const buckets = average(one);
    const atoms = deviate(one, rest, restCoins);
    for (let b = 0; b < buckets; b++) {
      for (let i = first[b]; i < first[b + 1]; i++) {
        totals[i] = centre[b] + off[i];
        weights[i] = probability[b] * part[i];
      }
    }
    return crraOf(totals, weights, atoms, gamma, wealth);
  }

  /** What of every bucket and of the mean no share touches, under a wording: many wordings agree on it. */
  #word(contract: Contract): void {
    const words = this.#wordings.get(contract) ?? this.#wording(contract);
    this.#contract = contract;
    if (words === this.#words) return;
    this.#words = words;
    this.#mean = certainMean(words);
    if (this.#spread) word(words);
  }

  /** Wordings that come to the same get one object, so that they can be told by identity. */
  #wording(contract: Contract): Certain {
    const { signature, breakdown, end, alive, sold } = contract.parties[this.#seat];
    const rest = this.#controls ? contract.rho : 0;
    const made: Certain = { signature, breakdown, end, alive, rest, restCoins: rest * sold };
    const key = `${signature}|${breakdown}|${end}|${rest}|${made.restCoins}|${alive}`;
    const words = this.#certain.get(key) ?? made;
    this.#certain.set(key, words);
    this.#wordings.set(contract, words);
    return words;
  }
}

/** Halves, so that the engine gives every field room for a double from the start. */
const holding = (): Holding => ({ coins: 0.5, coinsKept: 0.5, share: 0.5, paid: 0.5, mean: 0.5, tail: 0.5 });

function fits(
  rack: Rack,
  held: readonly Holding[],
  from: number,
  to: number,
  rest: number,
  restCoins: number,
): boolean {
  if (rack.held.length !== to - from || rack.rest !== rest || rack.restCoins !== restCoins) return false;
  for (let k = from; k < to; k++) {
    const built = rack.held[k - from];
    const asked = held[k];
    if (built.coins !== asked.coins || built.coinsKept !== asked.coinsKept) return false;
    if (built.share !== asked.share || built.paid !== asked.paid) return false;
  }
  return true;
}
