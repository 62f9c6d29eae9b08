import { decimalText } from '../../domain/decimal_text.ts';
import type { Game } from '../../session/game.ts';
import { figureText } from './table.ts';

/** Significant digits of the largest figure of a party's. */
const DIGITS = 4;
const MOST_DECIMALS = 9;

/**
 * How the values of one scenario are printed, everywhere alike: four significant digits of the largest figure of the party with the smallest figures, so that nothing
 * that matters to anybody reads as nothing. Figures that stand in one column have the same number of decimals, and no more than they need. Scales beyond
 * 10^15 and below 10^-6 are printed as so many times one power of ten.
 */
export class Figures {
  /** The power of ten that is written as such, 0 where none is. */
  readonly exponent: number;
  /** The most decimals. */
  readonly decimals: number;

  /** `sizes`: the largest figure of each party, in any order. */
  constructor(sizes: readonly number[]) {
    const powers = sizes.filter((x) => Number.isFinite(x) && x !== 0).map(powerOf);
    const highest = powers.length === 0 ? 0 : Math.max(...powers);
    this.exponent = highest >= 15 || highest < -6 ? highest : 0;
    const lowest = powers.length === 0 ? 0 : Math.min(...powers) - this.exponent;
    this.decimals = Math.min(MOST_DECIMALS, Math.max(0, DIGITS - 1 - lowest));
  }

  /** A figure on its own, with no more decimals than it needs. */
  text(x: number): string {
    return this.#text(this.#plain(x), this.#needed([x]));
  }

  /** Figures that stand under each other. */
  column(xs: readonly number[]): string[] {
    const decimals = this.#needed(xs);
    return xs.map((x) => this.#text(this.#plain(x), decimals));
  }

  /**
   * Parts and their sum, as printed figures that add up as the figures do: the sum is rounded, and the parts are rounded down and then up again, those that lost most
   * first, until they reach it (the method of largest remainders).
   */
  sum(
    parts: readonly number[],
    total: number,
  ): { readonly parts: string[]; readonly total: string; readonly units: readonly number[] } {
    const decimals = this.#needed([...parts, total]);
    const scale = Number(`1e${decimals}`);
    const scaled = parts.map((x) => this.#plain(x) * scale);
    const units = scaled.map(Math.floor);
    const goal = unitsOf(this.#plain(total), decimals);
    let short = goal - units.reduce((sum, u) => sum + u, 0);
    const order = [...units.keys()].sort((a, b) => scaled[b] - units[b] - (scaled[a] - units[a]) || a - b);
    // One more than there are parts is out of reach of rounding: such figures do not add up to begin with
    for (let i = 0; short > 0 && i < order.length; i++, short--) units[order[i]]++;
    for (let i = order.length - 1; short < 0 && i >= 0; i--, short++) units[order[i]]--;
    return {
      parts: units.map((u) => this.#signed(u / scale, decimals)),
      total: this.#text(goal / scale, decimals),
      units,
    };
  }

  #plain(x: number): number {
    if (this.exponent === 0 || !Number.isFinite(x) || x === 0) return x;
    const [mantissa, exponent] = x.toExponential().split('e');
    return Number(`${mantissa}e${Number(exponent) - this.exponent}`);
  }

  /** The fewest decimals that show all figures as closely as the most would. */
  #needed(xs: readonly number[]): number {
    const finest = Number(`1e${this.decimals}`);
    const inUnits = xs.map((x) => this.#plain(x) * finest).filter(Number.isFinite);
    for (let decimals = 0; decimals < this.decimals; decimals++) {
      const coarse = Number(`1e${this.decimals - decimals}`);
      if (inUnits.every((u) => Math.abs(u - Math.round(u / coarse) * coarse) < 1e-6)) return decimals;
    }
    return this.decimals;
  }

  #text(plain: number, decimals: number): string {
    const text = figureText(plain, decimals);
    return this.exponent === 0 || !Number.isFinite(plain) ? text : `${text}e${this.exponent}`;
  }

  #signed(plain: number, decimals: number): string {
    const text = this.#text(plain, decimals);
    return plain > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  }
}

/** How the values of a game are printed: by what the parties could get at best and at worst, and by what they reserve. */
export function figuresOf({ parts, parties, world }: Game): Figures {
  const { appraiser } = parts;
  return new Figures(
    parties.map((_, seat) => {
      const { low, high } = appraiser.scales[seat];
      const reserved = appraiser.valueOf(seat, appraiser.reservation(seat, world));
      return [low, high, reserved].reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
    }),
  );
}

const powerOf = (x: number): number => Number(Math.abs(x).toExponential().split('e')[1]);

/** A figure as it is printed, in units of its last decimal. */
const unitsOf = (x: number, decimals: number): number =>
  Math.sign(x) * Number(decimalText(Math.abs(x), decimals, decimals).replace(/[,.]/g, ''));
