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

group('whatever the condition', () => {
  test('it holds exactly when all its conjuncts do, each deciding by the inputs it names', () => {
    const INPUTS: Readonly<Record<string, number>> = { time: 1, round: 2, 'standing.utility': 4, 'standing.exists': 4 };
    const named = {
      names: Object.fromEntries(
        Object.entries(vocabulary.names).map(([name, entry]) => [name, { ...entry, inputs: INPUTS[name] ?? 8 }]),
      ),
      groups: {
        others: {
          ...vocabulary.groups!.others,
          inputs: 16,
          names: Object.fromEntries(
            Object.entries(vocabulary.groups!.others.names).map(([name, entry]) => [name, { ...entry, inputs: 16 }]),
          ),
        },
      },
    } as typeof vocabulary;
    let parts = 0;
    let kept = 0;
    const conjunction = fc
      .array(tree('boolean', 2), { minLength: 1, maxLength: 3 })
      .map((trees) => trees.map((one) => `(${format(one)})`).join(' && '));
    fc.assert(
      fc.property(conjunction, tables, tables, (source, env, later) => {
        if (source.length > 2000) return;
        const compiled = condition(source, named);
        if (!compiled.ok) throw new Error(`${source}\n${JSON.stringify(compiled.problems)}`);
        const { holds, conjuncts } = compiled.expression;
        expect(conjuncts.every((part) => part.holds(env))).toBe(holds(env));
        parts += conjuncts.length;
        for (const part of conjuncts) {
          // everything it does not name, as it is at another time
          const mixed = {
            time: part.inputs & 1 ? env.time : later.time,
            round: part.inputs & 2 ? env.round : later.round,
            utility: part.inputs & 4 ? env.utility : later.utility,
            stands: part.inputs & 4 ? env.stands : later.stands,
            stance: part.inputs & 8 ? env.stance : later.stance,
            others: part.inputs & 16 ? env.others : later.others,
          };
          expect(part.holds(mixed), source).toBe(part.holds(env));
          kept++;
        }
      }),
      { numRuns: 600 },
    );
    expect(parts).toBeGreaterThan(600);
    expect(kept).toBeGreaterThan(600);
  });

  test('what says nothing of its inputs may depend on anything', () => {
    const compiled = condition('time > 0.5 && round > 3', {
      names: { ...vocabulary.names, time: { ...vocabulary.names['time'], inputs: 1 } },
    });
    expect(compiled.ok && compiled.expression.conjuncts.map(({ inputs }) => inputs)).toEqual([1, -1]);
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
