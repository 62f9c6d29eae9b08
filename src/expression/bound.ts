import type { Run } from './closures.ts';
import type { ComparisonOperator } from './tree.ts';

/**
 * A comparison with a constant, as data: what most guards are made of. Several of them are tested in one closure, with one call for what is read and none for
 * the comparing, where nested closures would take two calls each.
 */
export interface Bound {
  readonly read: Run<number>;
  readonly code: number;
  readonly constant: number;
}

const OPERATORS: readonly ComparisonOperator[] = ['<', '<=', '>', '>=', '==', '!='];

export function bound(operator: ComparisonOperator, read: Run<number>, constant: number): Bound {
  return { read, code: OPERATORS.indexOf(operator), constant };
}

/** Whether a value is where the bound wants it. Strings and booleans come here as well: they only meet `==` and `!=`, which serve all three kinds. */
export function meets({ code, constant }: Bound, value: number): boolean {
  switch (code) {
    case 0:
      return value < constant;
    case 1:
      return value <= constant;
    case 2:
      return value > constant;
    case 3:
      return value >= constant;
    case 4:
      return value === constant;
    default:
      return value !== constant;
  }
}

/** `a && b`, both bounds. */
export function both(a: Bound, b: Bound): Run<boolean> {
  return (e, m) => meets(a, a.read(e, m)) && meets(b, b.read(e, m));
}

/** `a || b`, both bounds. */
export function either(a: Bound, b: Bound): Run<boolean> {
  return (e, m) => meets(a, a.read(e, m)) || meets(b, b.read(e, m));
}
