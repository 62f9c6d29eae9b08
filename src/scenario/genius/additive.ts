/**
 * A negotiation domain as GENIUS and GeniusWeb know it: issues with finitely many values, and parties whose utility of an outcome is the left-to-right
 * float64 sum, over the issues in order, of weight * table value. The meeting point of import and export.
 */
export interface AdditiveDomain {
  readonly name: string;
  readonly issues: readonly AdditiveIssue[];
  readonly parties: readonly AdditiveParty[];
}

export interface AdditiveIssue {
  readonly name: string;
  /** Texts name options; numbers are levels and rise. */
  readonly values: readonly string[] | readonly number[];
}

export interface AdditiveParty {
  readonly name: string;
  /** Per issue, in the domain's order. */
  readonly weights: readonly number[];
  /** Per issue and value. */
  readonly tables: readonly (readonly number[])[];
  /** The utility of no agreement; undefined where any agreement is preferred to none. */
  readonly reservation: number | undefined;
  /** What is left of a utility when all the time has passed, in [0, 1]: u * discount^t with t in [0, 1]. */
  readonly discount: number;
}

/** The utility of an outcome given by one level per issue. */
export function utilityOf(party: AdditiveParty, levels: readonly number[]): number {
  let sum = 0;
  for (const [issue, level] of levels.entries()) sum += party.weights[issue] * party.tables[issue][level];
  return sum;
}

/** The highest and the lowest utility any outcome can have, for weights that are not negative. */
export function spanOf(party: AdditiveParty): { readonly low: number; readonly high: number } {
  const lows = party.tables.map((table) => table.indexOf(Math.min(...table)));
  const highs = party.tables.map((table) => table.indexOf(Math.max(...table)));
  return { low: utilityOf(party, lows), high: utilityOf(party, highs) };
}

export const outcomesOf = (issues: readonly AdditiveIssue[]) =>
  issues.reduce((product, { values }) => product * values.length, 1);
