/** A number or choice that the mining model cannot work with. `field` names it, `range` says what would do, in words. */
export class MiningInputError extends Error {
  readonly field: string;
  readonly range: string;
  readonly value: unknown;

  constructor(field: string, value: unknown, range: string) {
    super(`${field}: got ${typeof value === 'string' ? `"${value}"` : String(value)}, expected ${range}`);
    this.name = 'MiningInputError';
    this.field = field;
    this.range = range;
    this.value = value;
  }
}

/** Returns `value` if it is a finite number in [low, high]; otherwise throws a MiningInputError naming the field and its range. */
export const requireField = (field: string, value: number, low: number, high: number, unit = ''): number => {
  if (typeof value === 'number' && value >= low && value <= high && Number.isFinite(value)) return value;
  throw new MiningInputError(field, value, `${low} to ${high}${unit === '' ? '' : ` ${unit}`}`);
};
