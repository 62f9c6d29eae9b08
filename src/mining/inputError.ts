/** Refusal of a number the model cannot mean: names the field, what was given and what would do. */
export class MiningInputError extends Error {
  readonly code = 'mining-input';
  readonly field: string;
  readonly value: unknown;
  readonly range: string;

  constructor(field: string, value: unknown, range: string) {
    super(`${field} is ${String(value)}; it must be ${range}`);
    this.name = 'MiningInputError';
    this.field = field;
    this.value = value;
    this.range = range;
  }
}

export interface Range {
  min: number;
  max: number;
  /** The minimum itself is refused. */
  above?: boolean;
  unit: string;
}

/** Throws MiningInputError unless value is a finite number in the range. */
export const requireInRange = (field: string, value: number, range: Range): number => {
  const low = range.above ? value > range.min : value >= range.min;
  if (typeof value === 'number' && low && value <= range.max && Number.isFinite(value)) return value;
  const unit = range.unit === '' ? '' : ` ${range.unit}`;
  const from = `${range.above ? 'above' : 'from'} ${range.min}`;
  const to = range.max === Number.MAX_VALUE ? 'any finite number' : String(range.max);
  throw new MiningInputError(field, value, `${from} to ${to}${unit}`);
};
