import type { Resolved, VentureModel } from '../../mining/venture/model.ts';
import { planOf } from '../../mining/venture/plan.ts';
import type { PactTerms, VentureSpec } from '../../mining/venture/spec.ts';

/** The terms of many wordings, name by name: every value that a name can take, and by wording the place of its own among them. */
export interface Columns {
  readonly values: { readonly [N in keyof PactTerms]: readonly PactTerms[N][] };
  readonly places: Readonly<Record<keyof PactTerms, Int32Array>>;
}

/**
 * Wordings to be valued for all parties, cut into parts that need no other part's mine. Plain data, so that a thread can be handed it; what it says does not
 * depend on the market.
 */
export interface Lot extends Columns {
  /** Where the worth of each wording stands, and how many such places there are. */
  readonly at: Int32Array;
  readonly size: number;
  /** The wordings of each part. */
  readonly parts: readonly Int32Array[];
  /** By seat: the shares that each wording is valued for; none where nobody asks. */
  readonly shares: readonly Float64Array[];
}

/** What a lot's wordings are worth, million USD: by seat, `[at * shares + k]`. */
export type Worths = readonly Float64Array<SharedArrayBuffer>[];

/** Puts a lot together. The parts with most wordings come first, so that two who take turns are done at about the same time. */
export function lotOf(
  spec: VentureSpec,
  columns: Columns,
  shares: readonly Float64Array[],
  at: Int32Array,
  size: number,
): Lot {
  const { values, places } = columns;
  const { miningMw, deliveries, consent, years } = places;
  const mines = new Map<string, number[]>();
  const sites = new Map<number, number[]>();
  for (let wording = 0; wording < miningMw.length; wording++) {
    let site = miningMw[wording];
    site = site * values.deliveries.length + deliveries[wording];
    site = site * values.consent.length + consent[wording];
    site = site * values.years.length + years[wording];
    let part = sites.get(site);
    if (part === undefined) {
      const { mineKey } = planOf(spec, termsOf(columns, wording));
      part = mines.get(mineKey) ?? [];
      mines.set(mineKey, part);
      sites.set(site, part);
    }
    part.push(wording);
  }
  const parts = [...mines.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  return { at, size, values, places, parts: parts.map((part) => Int32Array.from(part)), shares };
}

/** Room for a lot's worths, in memory that threads share. */
export const roomFor = ({ size, shares }: Lot): Worths =>
  shares.map((own) => new Float64Array(new SharedArrayBuffer(8 * size * own.length)));

/** Values one part of a lot. The figures do not depend on which parts were valued before, or by whom. */
export function valuePart(model: VentureModel, lot: Lot, part: number, worths: Worths): void {
  const wordings = lot.parts[part];
  const resolved: Resolved[] = Array.from(wordings, (wording) => model.resolve(termsOf(lot, wording)));
  const at = wordings.map((wording) => lot.at[wording]);
  model.worthOfAll(resolved, at, lot.shares, worths);
}

function termsOf({ values, places }: Columns, wording: number): PactTerms {
  // written out: to look a name up that changes from one line to the next costs the engine ten times as much
  return {
    miningMw: values.miningMw[places.miningMw[wording]],
    shares: values.shares[places.shares[wording]],
    deliveries: values.deliveries[places.deliveries[wording]],
    kept: values.kept[places.kept[wording]],
    consent: values.consent[places.consent[wording]],
    operator: values.operator[places.operator[wording]],
    custody: values.custody[places.custody[wording]],
    verification: values.verification[places.verification[wording]],
    legal: values.legal[places.legal[wording]],
    sanctions: values.sanctions[places.sanctions[wording]],
    financing: values.financing[places.financing[wording]],
    years: values.years[places.years[wording]],
  };
}
