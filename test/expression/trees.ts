import fc from 'fast-check';
import type { Tree } from '../../src/expression/index.ts';
import type { Member, Table } from './table.ts';

/** Random trees, of every kind and well typed over the table's vocabulary, and random tables to read them against. */

const at = 0;
const length = 0;
type Kind = 'number' | 'boolean' | 'string';
type Arb = fc.Arbitrary<Tree>;

const double = fc.oneof(
  fc.constantFrom(0, 1, 0.02, 0.2, 0.5, 0.8, 3, 82_826, 1e21, 5e-324, Number.MAX_VALUE),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => Math.abs(x)),
);
const text = fc.oneof(fc.string({ maxLength: 6, unit: 'binary' }), fc.constantFrom("it's", 'a\\b', 'two\nlines', '"'));

const literal = {
  number: double.map((value): Tree => ({ type: 'number', value, at, length })),
  boolean: fc.boolean().map((value): Tree => ({ type: 'boolean', value, at, length })),
  string: text.map((value): Tree => ({ type: 'string', value, at, length })),
};
const name = (...paths: string[]) =>
  fc.constantFrom(...paths).map((path): Tree => ({ type: 'name', path, at, length }));
const option = (...values: string[]) =>
  fc.constantFrom(...values).map((value): Tree => ({ type: 'string', value, at, length }));

function comparison(operators: readonly string[], side: Arb): Arb {
  return fc
    .tuple(fc.constantFrom(...operators), side, side)
    .map(([operator, left, right]) => ({ type: 'comparison', operator, left, right, at, length }) as Tree);
}

function compound(kind: Kind, depth: number, member: boolean): Arb[] {
  const numbers = () => tree('number', depth - 1, member);
  const booleans = () => tree('boolean', depth - 1, member);
  const below = () => tree(kind, depth - 1, member);
  const choice = fc
    .tuple(booleans(), below(), below())
    .map(([condition, then, otherwise]): Tree => ({ type: 'choice', condition, then, otherwise, at, length }));
  if (kind === 'string') return [choice];
  const call = (callees: string[], arg: Arb, least: number, most: number) =>
    fc
      .tuple(fc.constantFrom(...callees), fc.array(arg, { minLength: least, maxLength: most }))
      .map(([callee, args]): Tree => ({ type: 'call', callee, args, at, length }));
  const unary = below().map(
    (operand): Tree => ({ type: 'unary', operator: kind === 'number' ? '-' : '!', operand, at, length }),
  );
  const two = (type: string, operators: string[]) =>
    fc
      .tuple(fc.constantFrom(...operators), below(), below())
      .map(([operator, left, right]) => ({ type, operator, left, right, at, length }) as Tree);
  if (kind === 'number') {
    return [
      choice,
      unary,
      two('binary', ['+', '-', '*', '/', '%']),
      call(['abs', 'floor', 'ceil', 'round', 'sqrt'], numbers(), 1, 1),
      call(['min', 'max'], numbers(), 2, 4),
      call(['clamp'], numbers(), 3, 3),
      ...(member
        ? []
        : [
            call(['others.max', 'others.min', 'others.sum', 'others.mean'], tree('number', depth - 1, true), 1, 1),
            call(['others.count'], tree('boolean', depth - 1, true), 0, 1),
          ]),
    ];
  }
  const strings = () => tree('string', depth - 1, member);
  const item = (of: Arb) =>
    fc
      .tuple(fc.boolean(), of, fc.array(of, { minLength: 1, maxLength: 3 }))
      .map(([negated, operand, items]): Tree => ({ type: 'membership', negated, operand, items, at, length }));
  const range = fc
    .tuple(fc.constantFrom('<', '<='), fc.constantFrom('<', '<='), numbers(), numbers(), numbers())
    .map(([one, two, low, x, high]) => {
      const left = { type: 'comparison', operator: one, left: low, right: x, at, length };
      const right = { type: 'comparison', operator: two, left: x, right: high, at, length };
      return { type: 'logic', operator: '&&', left, right, at, length } as Tree;
    });
  const known = comparison(['==', '!='], option('anchoring', 'closing')).map(
    (made) => ({ ...made, left: { type: 'name', path: 'stance', at, length } }) as Tree,
  );
  return [
    choice,
    unary,
    two('logic', ['&&', '||']),
    comparison(['<', '<=', '>', '>=', '==', '!='], numbers()),
    comparison(['==', '!='], booleans()),
    comparison(['==', '!='], strings()),
    known,
    item(numbers()),
    item(strings()),
    range,
    ...(member ? [] : [call(['others.any', 'others.all'], tree('boolean', depth - 1, true), 1, 1)]),
  ];
}

function leaf(kind: Kind, member: boolean): Arb {
  if (kind === 'number') {
    const names = ['time', 'round', 'standing.utility', ...(member ? ['concession'] : [])];
    return fc.oneof(literal.number, name(...names));
  }
  return kind === 'boolean'
    ? fc.oneof(literal.boolean, name('standing.exists'))
    : fc.oneof(literal.string, name('mood'));
}

const memo = new Map<string, Arb>();

export function tree(kind: Kind, depth: number, member = false): Arb {
  const key = `${kind} ${depth} ${member}`;
  let found = memo.get(key);
  if (!found) {
    found = depth === 0 ? leaf(kind, member) : fc.oneof(leaf(kind, member), ...compound(kind, depth, member));
    memo.set(key, found);
  }
  return found;
}

const value = fc.oneof(fc.constantFrom(0, 0.5, 1, -1, NaN, Infinity, -0), fc.double({ min: -2, max: 2, noNaN: true }));
const members: fc.Arbitrary<Member[]> = fc.array(
  fc.record({ id: fc.constantFrom('russia', 'ukraine', 'united_states'), concession: value, time: value }),
  { maxLength: 4 },
);
export const tables: fc.Arbitrary<Table> = fc.record({
  time: value,
  round: value,
  utility: value,
  stands: fc.boolean(),
  stance: fc.constantFrom('anchoring', 'probing', 'closing'),
  others: members,
});
