import fc from 'fast-check';
import { expect, describe as group, test } from 'vitest';
import { caret, compile, condition, format, parse, same, type Tree } from '../../src/expression/index.ts';
import { vocabulary } from './table.ts';
import { tables, tree } from './trees.ts';

const kinds = ['number', 'boolean', 'string'] as const;
const anyTree = fc.constantFrom(...kinds).chain((kind) => tree(kind, 3).map((made) => ({ kind, made })));
const words =
  'time round standing.utility stance others.max others.count others concession mood and or not in true false && || ! == != <= < >= > + - * / % ? : ( ) [ ] , 20% 1_000 1e3 "probing" \'x\' max clamp abs';
const soup = fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 12 }).map((parts) => parts.join(' '));
const anySource = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 30 }), soup);

group('whatever the expression', () => {
  test('its compiled form and its interpreter give the same value', () => {
    let evaluated = 0;
    fc.assert(
      fc.property(anyTree, tables, ({ kind, made }, env) => {
        const source = format(made);
        if (source.length > 2000) return;
        const compiled = compile(source, vocabulary, kind);
        if (!compiled.ok) throw new Error(`${source}\n${JSON.stringify(compiled.problems)}`);
        const value = compiled.expression.evaluate(env);
        expect(typeof value).toBe(kind);
        expect(compiled.expression.explain(env).value).toBe(value);
        evaluated++;
      }),
      { numRuns: 1500 },
    );
    expect(evaluated).toBeGreaterThan(1000);
  });

  test('its canonical text is read back as the same tree, and is canonical already', () => {
    fc.assert(
      fc.property(anyTree, ({ made }) => {
        const text = format(made);
        if (text.length > 2000) return;
        const back = read(text);
        expect(same(back, made), text).toBe(true);
        expect(format(back)).toBe(text);
      }),
      { numRuns: 1500 },
    );
  });

  test('forcing each comparison to the truth it already has changes nothing', () => {
    fc.assert(
      fc.property(tree('boolean', 3), tables, (made, env) => {
        const source = format(made);
        const compiled = condition(source.length > 2000 ? 'true' : source, vocabulary);
        if (!compiled.ok) throw new Error(source);
        const { expression } = compiled;
        const truths = new Map(expression.comparisons(env).map(({ truth }, index) => [index, truth]));
        expect(expression.holdsIf(env, truths)).toBe(expression.holds(env));
      }),
      { numRuns: 500 },
    );
  });
});

group('whatever the source', () => {
  test('it is compiled or refused, never thrown at, and every refusal points into it', () => {
    let refused = 0;
    fc.assert(
      fc.property(anySource, (source) => {
        const compiled = compile(source, vocabulary);
        if (compiled.ok) return;
        refused++;
        expect(compiled.problems.length).toBeGreaterThan(0);
        for (const problem of compiled.problems) {
          expect(problem.at).toBeGreaterThanOrEqual(0);
          expect(problem.at).toBeLessThanOrEqual(source.length);
          expect(problem.length).toBeGreaterThan(0);
          expect(caret(source, problem).split('\n')).toHaveLength(2);
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test('what is accepted is read back from its canonical text with the same value', () => {
    fc.assert(
      fc.property(soup, tables, (source, env) => {
        const compiled = compile(source, vocabulary);
        if (!compiled.ok) return;
        const again = compile(format(compiled.expression.tree), vocabulary);
        expect(again.ok && again.expression.evaluate(env)).toBe(compiled.expression.evaluate(env));
      }),
      { numRuns: 3000 },
    );
  });
});

function read(source: string): Tree {
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(`${source}\n${caret(source, parsed.problems[0])}`);
  return parsed.tree;
}
