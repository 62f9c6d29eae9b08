import { expect, test } from 'vitest';
import { caret, compile, type ExprKind } from '../../src/expression/index.ts';
import { vocabulary } from './table.ts';

/** source, then each problem as `code at+length`, then a word of the first hint. */
const GRAMMAR: [string, string, string?][] = [
  ['', 'empty 0+1'],
  ['   ', 'empty 3+1'],
  ['time >', 'missing-operand 6+1'],
  ['(time > 1', 'unbalanced 0+1', 'add a )'],
  ['time > 1)', 'unbalanced 8+1'],
  ['max(1, 2', 'unbalanced 3+1', 'add a )'],
  ['max(1, )', 'missing-operand 7+1'],
  ['time in [1, 2', 'unbalanced 8+1', 'add a ]'],
  ['time in 3', 'unexpected 8+1', '[a, b]'],
  ['time in []', 'empty-list 8+2'],
  ['time round', 'unexpected 5+5'],
  ['time > 1 AND round > 2', 'unexpected 9+3', '"and"'],
  ['time = 1', 'unexpected-character 5+1', '=='],
  ['time => 1', 'unexpected-character 5+1', '>='],
  ['time ≤ 1', 'unexpected-character 5+1', '<='],
  ['time > .5', 'unexpected-character 7+1', '0.5'],
  ['time & round', 'unexpected-character 5+1', '&&'],
  ['time <> 1', 'missing-operand 6+1', '!='],
  ['time ** 2', 'missing-operand 6+1', 'x * x'],
  ['7%2', 'unexpected 2+1', '7 % 2'],
  ['7 %', 'missing-operand 3+1', '20%'],
  ['82,826 > round', 'unexpected 2+1', '82_826'],
  ['1__0', 'bad-number 0+4'],
  ['1.2.3', 'bad-number 0+5'],
  ['3rounds', 'bad-number 0+7'],
  ['1e999', 'number-too-large 0+5'],
  ["stance == 'probing", 'unterminated-string 10+8', "close it with '"],
  ["mood == 'a\\q'", 'bad-escape 10+2', '\\\\'],
  ['0 < time > 1', 'chained-comparison 9+1', '&&'],
  ['time == round == 1', 'chained-comparison 14+2', '&&'],
  ['time > 1 ? 2', 'unexpected 12+1', 'condition ? this : that'],
];

const MEANING: [string, string, string?, ExprKind?][] = [
  ['tmie > 1', 'unknown-name 0+4', '"time"'],
  ['utility > 1', 'unknown-name 0+7', '"standing.utility"'],
  ['standing > 1', 'unknown-name 0+8', 'standing.exists, standing.utility'],
  ['constructor == 1', 'unknown-name 0+11'],
  ['concession > 1', 'unknown-name 0+10', 'others.max(concession)'],
  ['others > 1', 'unknown-name 0+6', 'others.count()'],
  ['others.max > 1', 'unknown-name 0+10', 'others.max(...)'],
  ['othrs.max(concession) > 1', 'unknown-group 0+9', '"others.max"'],
  ['others.maxx(concession) > 1', 'unknown-function 0+11', '"max"'],
  ['others.max(concesion) > 1', 'unknown-name 11+9', '"concession"'],
  ['others.max() > 1', 'arity 0+12', 'each member'],
  ['others.any()', 'arity 0+12', 'condition'],
  ['others.any(concession)', 'wrong-kind 11+10', 'compare'],
  ['others.max(others.min(concession))', 'nested-group 11+10'],
  ['flor(time)', 'unknown-function 0+4', '"floor"'],
  ['time(1)', 'unknown-function 0+4', 'leave the parentheses out'],
  ['abs > 1', 'unknown-name 0+3', 'abs(...)'],
  ['abs(1, 2)', 'arity 0+9'],
  ['max(time)', 'arity 0+9'],
  ['clamp(time, 1)', 'arity 0+14', 'clamp(x, lo, hi)'],
  ["'a' + 'b'", 'wrong-kind 0+3, wrong-kind 6+3', 'only be compared'],
  ['mood < 1', 'wrong-kind 0+4', 'only be compared'],
  ['!time', 'wrong-kind 1+4', '!(a > b)'],
  ['!time > 1', 'wrong-kind 1+4', '!(a > b)'],
  ['time && round > 1', 'wrong-kind 0+4', 'compare'],
  ['time == true', 'kinds-differ 0+12'],
  ["time in [1, 'a']", 'kinds-differ 12+3'],
  ['standing.exists ? 1 : true', 'kinds-differ 22+4'],
  ["stance == 'probin'", 'unknown-option 10+8', '"probing"'],
  ["'xyz' != stance", 'unknown-option 0+5', 'anchoring, probing, closing'],
  ["stance in ['probing', 'closng']", 'unknown-option 22+8', '"closing"'],
  ["stance == (time > 1 ? 'probin' : 'closing')", 'unknown-option 22+8', '"probing"'],
  ["others.any(id == 'rusia')", 'unknown-option 17+7', '"russia"'],
  ['stance == probing', 'unknown-name 10+7', "'probing'"],
  ['tmie > 1 && rond < 2 || mood', 'unknown-name 0+4, unknown-name 12+4, wrong-kind 24+4'],
  ['0 < tmie < 1', 'unknown-name 4+4', '"time"'],
  ['time', 'wrong-kind 0+4', 'compare', 'boolean'],
  ['time > 1', 'wrong-kind 0+8', undefined, 'number'],
];

test.each([...GRAMMAR, ...MEANING])('%s is refused: %s', (source, expected, hint, kind?: ExprKind) => {
  const compiled = compile(source, vocabulary, kind);
  if (compiled.ok) throw new Error('it was accepted');
  const found = compiled.problems.map(({ code, at, length }) => `${code} ${at}+${length}`);
  expect(found.sort()).toEqual(expected.split(', ').sort());
  if (hint !== undefined) expect(compiled.problems[0].hint).toContain(hint);
});

const codes = (source: string) => {
  const compiled = compile(source, vocabulary);
  return compiled.ok ? [] : compiled.problems.map(({ code }) => code);
};

test('a source of 2,000 characters is read and one of 2,001 is refused', () => {
  const long = `1${' + 1'.repeat(499)}`;
  expect(codes(long.padEnd(2000))).toEqual([]);
  expect(codes(long.padEnd(2001))).toEqual(['too-long']);
});

test.each(['(', '-', '!', 'not ', 'abs(', 'true ? 1 : '])('%s may nest 64 deep and no deeper', (opening) => {
  const close = opening.endsWith('(') ? ')' : '';
  const inner = opening === '!' || opening === 'not ' ? 'true' : '1';
  expect(codes(`${opening.repeat(64)}${inner}${close.repeat(64)}`)).toEqual([]);
  expect(codes(`${opening.repeat(65)}${inner}${close.repeat(65)}`)).toEqual(['too-deep']);
});

test('ranges nested in ranges, which double at every level, are refused before they fill the memory', () => {
  let bomb = 'time';
  for (let i = 0; i < 25; i++) bomb = `(0 < ${bomb} < 1 ? 1 : 2)`;
  expect(codes(bomb)).toEqual(['too-large']);
});

test('a thousand mistakes are told as twenty', () => {
  expect(codes(`qqqqqq${' + qqqqqq'.repeat(200)}`)).toHaveLength(20);
});

test('the caret stands under the fault, with the hint behind it', () => {
  const source = 'time > 0.8 && othrs.count() > 1';
  const compiled = compile(source, vocabulary);
  expect(compiled.ok ? '' : caret(source, compiled.problems[0])).toBe(
    'time > 0.8 && othrs.count() > 1\n              ^^^^^^^^^^^ did you mean "others.count"?',
  );
});

test('the caret shows the line at fault alone, cut to a window, with nothing that could drive a terminal', () => {
  const problem = { code: 'x', at: 0, length: 3, message: '' };
  expect(caret('one &&\n\u001b[31m tmie', { ...problem, at: 13, length: 4 })).toBe('\uFFFD[31m tmie\n      ^^^^');
  const long = caret(`${'a'.repeat(900)}XYZ${'b'.repeat(900)}`, { ...problem, at: 900 }).split('\n');
  expect(long[0].length).toBeLessThan(110);
  expect(long[0].slice(long[1].indexOf('^'), long[1].length)).toBe('XYZ');
});
