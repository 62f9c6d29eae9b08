import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACCEPTANCE } from '../../src/acceptance/index.ts';
import { made } from '../../src/domain/issue.ts';
import type { Acceptance, AcceptanceKind } from '../../src/session/contracts/acceptance.ts';
import { broken, LAWS, ruleOnTrial, smuggled, spoilt } from './shelf_laws.ts';

describe('the laws of acceptance rules', () => {
  it('has a shelf to judge, every member under its own name', () => {
    expect(ACCEPTANCE.length).toBeGreaterThanOrEqual(9);
    expect(new Set(ACCEPTANCE.map((kind) => kind.type)).size).toBe(ACCEPTANCE.length);
  });

  for (const kind of ACCEPTANCE) {
    describe(kind.type, () => {
      for (const [name, law] of Object.entries(LAWS)) {
        it(name, () => expect(broken(law, ruleOnTrial(kind), 20)).toBeUndefined());
      }

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
  const planted = (type: string, rule: () => Acceptance): AcceptanceKind => ({
    type,
    summary: 'an offender',
    source: 'planted',
    spec: z.strictObject({ type: z.literal(type) }),
    example: { type },
    make: () => made(rule()),
  });
  const caught = (kind: AcceptanceKind) =>
    Object.entries(LAWS).flatMap(([name, law]) => (broken(law, ruleOnTrial(kind), 30) === undefined ? [] : [name]));

  it('a rule that accepts anything', () => {
    const meek = planted('meek', () => ({
      accepts: (_view, _offer, _plan, _memory, note) => {
        note?.({ because: 'planted' });
        return true;
      },
    }));
    expect(caught(meek)).toEqual(['rational']);
  });

  it('a rule that peeks at what the offer is worth to another', () => {
    const envious = planted('envious', () => ({
      accepts: (view, offer, _plan, _memory, note) => {
        note?.({ because: 'planted' });
        return view.utility(offer) >= Math.max(view.reservation, smuggled.utilities[(view.seat + 1) % 3][offer]);
      },
    }));
    expect(caught(envious)).toEqual(['seesOnlyItsView']);
  });

  it('a rule that counts in secret', () => {
    const secretive = planted('secretive', () => {
      let asked = 0;
      return {
        accepts: (view, offer, _plan, _memory, note) => {
          note?.({ because: 'planted' });
          return view.utility(offer) >= view.reservation && ++asked % 5 === 0;
        },
      };
    });
    expect(caught(secretive)).toEqual(expect.arrayContaining(['deterministic', 'survivesJson']));
  });
});
