import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../../src/domain/id.ts';
import { made } from '../../src/domain/issue.ts';
import { OPPONENTS } from '../../src/opponents/index.ts';
import type { Observation, OpponentModel, OpponentModelKind } from '../../src/session/contracts/opponent_model.ts';
import type { KitContext } from '../../src/session/contracts/tactic.ts';
import { must, tableOf } from '../fixtures/table.ts';
import { SIZES, shelves, spoilt } from './shelf_laws.ts';

const { space } = tableOf({ sizes: SIZES, seats: [], shelves });
const context: KitContext = {
  seat: 0,
  parties: ['ann', 'bob', 'cyd'],
  issues: space.issues,
  strides: space.strides,
  allowed: space.allowed,
  isAllowed: (outcome) => space.isAllowed(outcome),
  find: (values) => space.find(values),
};
const talks = fc
  .array(fc.integer({ min: 0, max: space.size - 1 }), { minLength: 1, maxLength: 40 })
  .map((outcomes) => outcomes.map((outcome, i): Observation => ({ outcome, round: i + 1, time: (i + 1) / 41 })));

type Law = (model: OpponentModel, talk: readonly Observation[], again: OpponentModel) => string | undefined;
const text = (value: unknown) => JSON.stringify(value);

const LAWS: Readonly<Record<string, Law>> = {
  'folds offers without touching the belief it was given': (model, talk) => {
    let belief = model.initial;
    for (const offer of talk) {
      const before = text(belief);
      const next = model.observe(belief, offer);
      if (text(belief) !== before) return 'the old belief changed';
      belief = next;
    }
    return undefined;
  },
  'believes the same of the same offers, at any table': (model, talk, again) => {
    const fold = (by: OpponentModel) => text(talk.reduce((belief, offer) => by.observe(belief, offer), by.initial));
    const first = fold(model);
    return first === fold(model) && first === fold(again) ? undefined : 'two folds of the same offers differ';
  },
  'keeps beliefs that survive a round trip through JSON in mid-talk': (model, talk, again) => {
    const half = Math.floor(talk.length / 2);
    const on = (by: OpponentModel, from: Json, offers: readonly Observation[]) =>
      offers.reduce((belief, offer) => by.observe(belief, offer), from);
    const through = JSON.parse(text(on(model, model.initial, talk.slice(0, half)))) as Json;
    const straight = on(model, model.initial, talk);
    return text(on(again, through, talk.slice(half))) === text(straight) ? undefined : 'it went on another way';
  },
  'likes every outcome between 0 and 1, by its scores as by outcome': (model, talk) => {
    let belief = model.initial;
    for (const offer of [undefined, ...talk]) {
      if (offer) belief = model.observe(belief, offer);
      const { of, scores } = model.liking(belief);
      for (let outcome = 0; outcome < space.size; outcome++) {
        const liked = of(outcome);
        if (!(liked >= -1e-9 && liked <= 1 + 1e-9)) return `${outcome} is liked ${liked}`;
        if (scores === undefined) continue;
        let start = 0;
        const sum = space.issues.reduce((total, issue, i) => {
          const score = scores[start + space.levelOf(outcome, i)];
          start += issue.size;
          return total + score;
        }, 0);
        if (Math.abs(sum - liked) > 1e-12) return `${outcome}: scores say ${sum}, liking says ${liked}`;
      }
    }
    return undefined;
  },
  'likes what is offered again and again at least as much as the average outcome': (model, talk) => {
    const offer = talk[0].outcome;
    let belief = model.initial;
    for (let round = 1; round <= 10; round++)
      belief = model.observe(belief, { outcome: offer, round, time: round / 41 });
    const { of } = model.liking(belief);
    let sum = 0;
    for (let outcome = 0; outcome < space.size; outcome++) sum += of(outcome);
    return of(offer) >= sum / space.size - 1e-12 ? undefined : `${offer} is liked ${of(offer)}`;
  },
  'gives finite estimates': (model, talk) => {
    let belief = model.initial;
    for (const offer of talk) {
      belief = model.observe(belief, offer);
      for (const [name, figure] of Object.entries(model.estimates?.(belief) ?? {})) {
        if (!Number.isFinite(figure)) return `${name} is ${figure}`;
      }
    }
    return undefined;
  },
};

function broken(law: Law, kind: OpponentModelKind): string | undefined {
  const model = () => must(kind.make(kind.spec.parse(kind.example), context));
  let found: string | undefined;
  const result = fc.check(
    fc.property(talks, (talk) => {
      found = law(model(), talk, model());
      return found === undefined;
    }),
    { numRuns: 15, seed: 20251225, endOnFailure: true },
  );
  return result.failed ? (found ?? String(result.errorInstance)) : undefined;
}

describe('the laws of opponent models', () => {
  it('has a shelf to judge, every member under its own name', () => {
    expect(OPPONENTS.length).toBeGreaterThanOrEqual(5);
    expect(new Set(OPPONENTS.map((kind) => kind.type)).size).toBe(OPPONENTS.length);
  });

  for (const kind of OPPONENTS) {
    describe(kind.type, () => {
      for (const [name, law] of Object.entries(LAWS)) it(name, () => expect(broken(law, kind)).toBeUndefined());

      it('says what it is, and refuses bad parameters', () => {
        expect(kind.summary).not.toBe('');
        expect(kind.source).not.toBe('');
        expect(kind.spec.safeParse(kind.example).success).toBe(true);
        for (const wrong of spoilt(kind.example)) {
          expect(kind.spec.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
        }
      });
    });
  }
});

describe('the laws catch offenders', () => {
  const planted = (model: () => OpponentModel): OpponentModelKind => ({
    type: 'planted',
    summary: 'an offender',
    source: 'planted',
    spec: z.strictObject({ type: z.literal('planted') }),
    example: { type: 'planted' },
    make: () => made(model()),
  });
  const caught = (kind: OpponentModelKind) =>
    Object.entries(LAWS).flatMap(([name, law]) => (broken(law, kind) === undefined ? [] : [name]));

  it('a model that changes the belief it was given', () => {
    const meddling = planted(() => ({
      initial: [],
      observe: (belief, { outcome }) => {
        (belief as number[]).push(outcome);
        return belief;
      },
      liking: () => ({ of: () => 0.5 }),
    }));
    expect(caught(meddling)).toContain('folds offers without touching the belief it was given');
  });

  it('a model that remembers beside its belief', () => {
    const hidden = planted(() => {
      let seen = 0;
      return { initial: 0, observe: () => ++seen, liking: () => ({ of: () => 0.5 }) };
    });
    expect(caught(hidden)).toEqual([
      'believes the same of the same offers, at any table',
      'keeps beliefs that survive a round trip through JSON in mid-talk',
    ]);
  });

  it('a model that likes what was never offered', () => {
    const contrary = planted(() => ({
      initial: -1,
      observe: (_belief, { outcome }) => outcome,
      liking: (belief) => ({ of: (outcome) => (outcome === belief ? 0 : 1.5) }),
    }));
    expect(caught(contrary)).toEqual([
      'likes every outcome between 0 and 1, by its scores as by outcome',
      'likes what is offered again and again at least as much as the average outcome',
    ]);
  });
});
