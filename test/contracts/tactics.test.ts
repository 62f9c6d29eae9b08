import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../../src/domain/id.ts';
import { made } from '../../src/domain/issue.ts';
import type { Tactic, TacticKind } from '../../src/session/contracts/tactic.ts';
import { TACTICS } from '../../src/tactics/index.ts';
import { tableOf } from '../fixtures/table.ts';
import { broken, LAWS, lay, SIZES, shelves, smuggled, spoilt, tacticOnTrial } from './shelf_laws.ts';

/** Each tactic is tried without an opponent model and with two. */
const MODELS = [undefined, { type: 'smith_frequency', spread: 0.3 }, { type: 'bayesian' }];

describe('the laws of tactics', () => {
  it('has a shelf to judge, every member under its own name', () => {
    expect(TACTICS.length).toBeGreaterThanOrEqual(16);
    expect(new Set(TACTICS.map((kind) => kind.type)).size).toBe(TACTICS.length);
  });

  for (const kind of TACTICS) {
    describe(kind.type, () => {
      for (const [name, law] of Object.entries(LAWS)) {
        it(name, () => {
          for (const model of MODELS) expect(broken(law, tacticOnTrial(kind, model), 4)).toBeUndefined();
        });
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

describe('tactics refuse what the table does not have', () => {
  const { space } = tableOf({ sizes: SIZES, permits: (levels) => levels[0] !== 3, seats: [], shelves });
  const context = {
    seat: 0,
    parties: ['ann', 'bob', 'cyd'],
    issues: space.issues,
    strides: space.strides,
    allowed: space.allowed,
    isAllowed: (outcome: number) => space.isAllowed(outcome),
    find: (values: Readonly<Record<string, unknown>>) => space.find(values),
  };
  const flaws = (type: string, given: object) => {
    const kind = shelves.tactics.get(type)!;
    const result = kind.make(kind.spec.parse({ type, ...given }), context);
    return result.ok ? [] : result.flaws.map(({ path, code }) => `${path.join('.')} ${code}`);
  };

  it('a scripted offer with an unknown value, a missing issue or a forbidden combination', () => {
    const offers = [
      { issue_0: 'v9', issue_1: 'v0', issue_2: 'v0' },
      { issue_0: 'v0' },
      { issue_0: 'v3', issue_1: 'v0', issue_2: 'v0' },
      { issue_0: 'v0', issue_1: 'v0', issue_2: 'v0' },
    ];
    expect(flaws('scripted', { offers })).toEqual([
      'offers.0 bad-offer',
      'offers.1 bad-offer',
      'offers.2 forbidden-offer',
    ]);
  });

  it('a trade-off towards a stranger or towards oneself', () => {
    expect(flaws('trade_off', { towards: ['bob', 'zoe', 'ann'] })).toEqual([
      'towards.1 unknown-party',
      'towards.2 own-party',
    ]);
  });
});

describe('the laws catch offenders', () => {
  const planted = (type: string, tactic: () => Tactic): TacticKind => ({
    type,
    summary: 'an offender',
    source: 'planted',
    spec: z.strictObject({ type: z.literal(type) }),
    example: { type },
    make: () => made(tactic()),
  });
  const caught = (kind: TacticKind) =>
    Object.entries(LAWS).flatMap(([name, law]) => (broken(law, tacticOnTrial(kind), 10) === undefined ? [] : [name]));
  const quiet = { target: () => Number.NaN };
  const pleased =
    (propose: Tactic['propose']): Tactic['propose'] =>
    (view, memory, note) => {
      note?.({ because: 'planted' });
      return propose(view, memory, note);
    };

  it('a tactic that peeks at another’s values', () => {
    const peeking = planted('peeking', () => ({
      ...quiet,
      propose: pleased((view) => {
        const other = smuggled.utilities[(view.seat + 1) % 3];
        const from = view.firstAtLeast(view.reservation);
        let best = from < view.order.length ? view.order[from] : -1;
        for (const o of view.order.subarray(from)) if (other[o] > other[best]) best = o;
        return best;
      }),
    }));
    expect(caught(peeking)).toEqual(['seesOnlyItsView']);
  });

  it('a tactic that offers below its reservation value', () => {
    const generous = planted('generous', () => ({ ...quiet, propose: pleased((view) => view.order[0]) }));
    expect(caught(generous)).toEqual(['rational']);
  });

  it('a tactic with hidden state', () => {
    const hidden = planted('hidden', () => {
      let calls = 0;
      return {
        ...quiet,
        propose: pleased((view) => {
          const from = view.firstAtLeast(view.reservation);
          return from < view.order.length
            ? view.order[view.order.length - 1 - (calls++ % (view.order.length - from))]
            : -1;
        }),
      };
    });
    expect(caught(hidden)).toEqual(expect.arrayContaining(['deterministic', 'survivesJson']));
  });

  it('a tactic that proposes what the constraints forbid', () => {
    const forbidding = planted('forbidding', () => ({ ...quiet, propose: pleased(() => 5) }));
    expect(lay(tacticOnTrial(forbidding), sampleDeal, true).space.isAllowed(5)).toBe(false);
    expect(caught(forbidding)).toContain('allowed');
  });

  it('a tactic whose memory is not JSON', () => {
    const forgetful = planted('forgetful', () => ({
      ...quiet,
      memory: new Map<string, number>() as unknown as Json,
      hear: (memory) =>
        new Map([['heard', ((memory as unknown as Map<string, number>).get?.('heard') ?? 0) + 1]]) as never,
      propose: pleased((view, memory) => {
        const heard = (memory as unknown as Map<string, number>).get?.('heard') ?? 0;
        const from = view.firstAtLeast(view.reservation);
        return from < view.order.length ? view.order[from + (heard % (view.order.length - from))] : -1;
      }),
    }));
    expect(caught(forgetful)).toContain('survivesJson');
  });

  it('a tactic that gives no reasons, or behaves otherwise when asked for them', () => {
    const mute = planted('mute', () => ({ ...quiet, propose: (view) => view.order[view.order.length - 1] }));
    expect(caught(mute)).toContain('explained');
    const vain = planted('vain', () => ({
      ...quiet,
      propose: (view, _memory, note) => {
        note?.({ because: 'somebody listens' });
        return view.order[view.order.length - (note ? 1 : 2)];
      },
    }));
    expect(caught(vain)).toContain('explained');
  });
});

const sampleDeal = {
  seed: 1,
  seat: 0,
  utilities: [0, 1, 2].map((seat) => Array.from({ length: 60 }, (_, o) => ((o * (seat + 3)) % 60) / 59)),
  reservation: 0,
  rounds: 3,
  offers: [1, 2, 3],
};
