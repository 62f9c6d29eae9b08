const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** No figure of a negotiation has more characters; a pattern would look at millions of digits far too long. */
export const LONGEST_NUMBER = 400;

/** A decimal number as Java and Python would both read it, or undefined: no hexadecimal, no infinity, no empty text. */
export function decimal(text: string | undefined): number | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined || trimmed.length > LONGEST_NUMBER || !DECIMAL.test(trimmed)) return undefined;
  const value = Number(trimmed);
  // A zero is a zero: a negative one would only surface as "-0" in the scenario.
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** A whole number within the exactly representable ones. */
export function whole(text: string | undefined): number | undefined {
  const value = decimal(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The float64 sum from left to right: the order in which every published figure on these domains was added up. */
export const leftToRight = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0);

export const clampToUnit = (x: number) => (x < 0 ? 0 : x > 1 ? 1 : x);
