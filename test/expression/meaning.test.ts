import { expect, describe as group, test } from 'vitest';
import {
  compile,
  condition,
  describe,
  type ExprValue,
  format,
  parse,
  quantity,
  suggest,
} from '../../src/expression/index.ts';
import { table, vocabulary } from './table.ts';

/** Worked out by hand: the outside answer to what compiled form and interpreter agree on. */
const VALUES: [string, ExprValue][] = [
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10 - 4 - 3', 3],
  ['64 / 4 / 2', 8],
  ['-2 * -3', 6],
  ['20%', 0.2],
  ['1.1%', 0.011],
  ['1e3%', 10],
  ['20% - 5', -4.8],
  ['7 % 2', 1],
  ['-7 % 2', -1],
  ['round%5', 3],
  ['(7)%4', 3],
  ['82_826 + 1e3', 83826],
  ['1 / 0', Infinity],
  ['0 / 0 < 1', false],
  ['0 / 0 == 0 / 0', false],
  ['0 / 0 != 0 / 0', true],
  ['0 / 0 in [0 / 0]', false],
  ['abs(-3) + floor(2.7) + ceil(2.2) + sqrt(9)', 11],
  ['round(2.5) + round(-2.5)', 1],
  ['min(3, 1, 2) + max(3, 1, 2, 9)', 10],
  ['clamp(5, 0, 1) + clamp(-5, 0, 1) + clamp(0.5, 0, 1)', 1.5],
  ['true || false && false', true],
  ['not true or true', true],
  ['not (true or true)', false],
  ['not time > 1', true],
  ['!(time > 1) and !false', true],
  ['0 < time <= 1', true],
  ['1 >= time > 0.9', false],
  ['0 < time < 1 < 2 < 2', false],
  ['stance in ["probing", \'closing\']', true],
  ["stance not in ['probing']", false],
  ['round not in [1, 2]', true],
  ["'it\\'s' == \"it's\"", true],
  ['time > 1 ? 1 : time > 0.5 ? 2 : 3', 2],
  ["time > 0.5 ? 'late' : 'early'", 'late'],
  ['(1 < 2) == true', true],
  ['others.count()', 3],
  ['others.max(concession)', 0.05],
  ['others.min(concession)', 0.01],
  ['others.sum(time)', 6],
  ['others.mean(time)', 2],
  ['others.count(concession > 0.02)', 2],
  ['others.any(id == "ukraine" && concession > 4%)', true],
  ['others.all(concession < 0.05)', false],
  ['others.max(round + time)', 21],
  ['others.max(min(time, round)) - time', 2.1],
  ['time > 0.8 && others.max(concession) < 0.02', false],
];

test.each(VALUES)('%s is %s', (source, expected) => {
  const compiled = compile(source, vocabulary);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  expect(compiled.expression.evaluate(table)).toBe(expected);
  expect(compiled.expression.explain(table).value).toBe(expected);
});

test.each([
  ['others.max(concession)', -Infinity],
  ['others.min(concession)', Infinity],
  ['others.sum(concession)', 0],
  ['others.mean(concession)', NaN],
  ['others.count(concession > 0)', 0],
  ['others.any(concession > 0)', false],
  ['others.all(concession > 0)', true],
] as [string, ExprValue][])('of nobody, %s is %s', (source, expected) => {
  expect(accepted(source).evaluate({ ...table, others: [] })).toBe(expected);
});

test('a comparison comes out alike whether constants or names stand on its sides', () => {
  const operators = { '<': [true, false, false], '<=': [true, true, false], '==': [false, true, false] };
  const opposites = { '<': '>=', '<=': '>', '==': '!=' };
  for (const [operator, expected] of Object.entries(operators)) {
    const opposite = opposites[operator as keyof typeof opposites];
    [17, 18, 19].forEach((left, i) => {
      const env = { ...table, time: left };
      for (const source of [`${left} ? round`, 'time ? 18', 'time ? round', `${left} ? 18`]) {
        expect(accepted(source.replace('?', operator)).evaluate(env), `${source} ${operator}`).toBe(expected[i]);
        expect(accepted(source.replace('?', opposite)).evaluate(env), `${source} ${opposite}`).toBe(!expected[i]);
      }
    });
  }
});

group('a member', () => {
  test('has its own names first, and the outer ones where it has none', () => {
    expect(accepted('others.max(time)').evaluate(table)).toBe(3);
    expect(accepted('others.max(round)').evaluate(table)).toBe(18);
  });

  test('is called by its label in an explanation', () => {
    expect(accepted('others.max(concession) > 0.02').explain(table)).toEqual({
      text: 'others.max(concession) > 0.02',
      value: true,
      parts: [
        {
          text: 'others.max(concession)',
          value: 0.05,
          parts: [
            { text: 'concession', value: 0.01, parts: [], member: 'russia' },
            { text: 'concession', value: 0.05, parts: [], member: 'ukraine' },
            { text: 'concession', value: 0.03, parts: [], member: 'united_states' },
          ],
        },
        { text: '0.02', value: 0.02, parts: [] },
      ],
    });
  });
});

test('an explanation shows the parts that did not decide, each with its own words', () => {
  const told = accepted('(time > 1) && standing.utility * 2 > 50%').explain(table);
  expect(told.value).toBe(false);
  expect(told.parts.map(({ text, value }) => [text, value])).toEqual([
    ['(time > 1)', false],
    ['standing.utility * 2 > 50%', true],
  ]);
});

test('the names of an expression are listed once each, in order', () => {
  const { names } = accepted('time > 0 && stance == "probing" && others.max(concession + round) > time');
  expect(names).toEqual(['others', 'others.concession', 'round', 'stance', 'time']);
});

test('the comparisons of a guard come with both sides, once per member, and can be forced', () => {
  const compiled = condition("0 < time < 0.8 && others.any(concession > 4%) && stance in ['closing']", vocabulary);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const guard = compiled.expression;
  const told = guard
    .comparisons(table)
    .map(({ left, operator, right, truth, member }) => [left, operator, right, truth, member]);
  expect(told).toEqual([
    [0, '<', 0.9, true, undefined],
    [0.9, '<', 0.8, false, undefined],
    [0.01, '>', 0.04, false, 'russia'],
    [0.05, '>', 0.04, true, 'ukraine'],
    [0.03, '>', 0.04, false, 'united_states'],
    ['probing', 'in', ['closing'], false, undefined],
  ]);
  expect(guard.holds(table)).toBe(false);
  expect(guard.holdsIf(table, new Map([[1, true]]))).toBe(false);
  expect(
    guard.holdsIf(
      table,
      new Map([
        [1, true],
        [5, true],
      ]),
    ),
  ).toBe(true);
});

test('a quantity is a number and a condition is not one', () => {
  const time = quantity('time * 2', vocabulary);
  expect(time.ok && time.expression.of(table)).toBe(1.8);
  expect(quantity('time > 2', vocabulary).ok).toBe(false);
  expect(condition('time * 2', vocabulary).ok).toBe(false);
});

test.each([
  ['((time))>0.8', 'time > 0.8'],
  ['not (time>1 and round<2) or standing.exists', '!(time > 1 && round < 2) || standing.exists'],
  ['0<time and time<=1', '0 < time <= 1'],
  ['1-(2-3)', '1 - (2 - 3)'],
  ['(time>1?1:2)+20%', '(time > 1 ? 1 : 2) + 0.2'],
  ['mood not in ["it\'s"]', "mood not in ['it\\'s']"],
])('the canonical text of %s is %s', (source, expected) => {
  const parsed = parse(source);
  expect(parsed.ok && format(parsed.tree)).toBe(expected);
});

test('the vocabulary describes itself, members and options included', () => {
  const rows = describe(vocabulary);
  expect(rows[0]).toEqual({ name: 'time', kind: 'number', unit: 'share of the deadline', doc: 'a number' });
  expect(rows.map(({ name }) => name)).toContain('others.*(concession)');
  expect(rows.find(({ name }) => name === 'others')?.kind).toBe('group');
  expect(rows.find(({ name }) => name === 'stance')?.options).toEqual(['anchoring', 'probing', 'closing']);
});

group('a suggestion', () => {
  test.each([
    ['reservaton', ['reservation', 'value'], 'reservation'],
    ['tiem', ['time', 'tame'], 'time'],
    ['TIME', ['time'], 'time'],
    ['utility', ['standing.utility', 'time'], 'standing.utility'],
    ['utility', ['standing.utility', 'last.utility'], undefined],
    ['xyz', ['time', 'round'], undefined],
    ['a', ['b'], undefined],
    ['cat', ['car', 'bat'], 'bat'],
    ['', ['a'], undefined],
    ['q'.repeat(5000), ['q'.repeat(4999)], undefined],
  ] as [string, string[], string | undefined][])('for %s among %j is %s', (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
    expect(suggest(word, [...candidates].reverse())).toBe(expected);
  });
});

function accepted(source: string) {
  const compiled = compile(source, vocabulary);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.expression;
}
