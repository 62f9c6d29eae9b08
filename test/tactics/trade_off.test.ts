import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementSpec } from '../../src/protocols/agreement_rule.ts';
import { aspirer } from '../../src/session/aspiration.ts';
import { PASS } from '../../src/session/contracts/tactic.ts';
import { BeliefTable, ScoreTable, shapeOf } from '../../src/tactics/belief_table.ts';
import { rising, talks } from './in_talks.ts';

const sizes = [3, 4, 2, 3];
const RAW = 72;

describe('the score table', () => {
  it('gives every outcome the sum of its levels’ scores, wherever the radix is cut', () => {
    const space = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(space, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (ofIssues, stream) => {
        const scores = Float64Array.from({ length: ofIssues.reduce((a, b) => a + b, 0) }, () => stream.next().value);
        const table = new ScoreTable(ofIssues);
        table.fill(scores);
        const { width, heads } = shapeOf(ofIssues);
        const raw = ofIssues.reduce((a, b) => a * b, 1);
        expect(width * heads).toBe(raw);
        for (let outcome = 0; outcome < raw; outcome++) {
          let rest = outcome;
          let end = scores.length;
          let sum = 0;
          for (const n of [...ofIssues].reverse()) {
            sum += scores[end - n + (rest % n)];
            rest = Math.floor(rest / n);
            end -= n;
          }
          expect(table.head[Math.floor(outcome / width)] + table.tail[outcome % width]).toBeCloseTo(sum, 12);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('needs about a thousand entries for the 737,280 outcomes of ten issues', () => {
    const { width, heads } = shapeOf([4, 4, 4, 4, 4, 4, 4, 3, 3, 5]);
    expect(width * heads).toBe(737_280);
    expect(width + heads).toBeLessThan(2000);
  });
});

describe('trade-off', () => {
  const utilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: RAW, maxLength: RAW });
  const offers = fc.array(fc.integer({ min: 0, max: RAW - 1 }), { minLength: 0, maxLength: 12 });

  for (const blend of ['min', 'mean', 'product'] as const) {
    it(`offers what a plain search of its band finds best liked (${blend})`, () => {
      fc.assert(
        fc.property(utilities, offers, offers, fc.integer({ min: 1, max: 9 }), (own, bobs, cyds, round) => {
          const tactic = { type: 'trade_off', exponent: 2, band: 0.15, blend };
          const table = talks({ sizes, utilities: [own, own, own], tactic, model: { type: 'smith_frequency' } });
          for (const outcome of bobs) table.offer('bob', outcome);
          for (const outcome of cyds) table.offer('cyd', outcome);
          const { view } = table.round(round);
          const target = aspirer({ exponent: 2, curve: 'polynomial', start: 1, end: 0 })(view);
          const liked = (o: number) => {
            const [b, c] = [view.liking(1)!.of(o), view.liking(2)!.of(o)];
            return blend === 'min' ? Math.min(b, c) : blend === 'mean' ? (b + c) / 2 : b * c;
          };
          const band = [...own.keys()].filter((o) => own[o] >= target && own[o] <= target + 0.15);
          const chosen = table.proposal();
          if (band.length === 0) return chosen === view.order[view.firstAtLeast(target)];
          // Two look-ups and a sum over issues round differently; what matters is that nothing is liked clearly more.
          return band.includes(chosen) && band.every((o) => liked(o) <= liked(chosen) + 1e-12);
        }),
        { numRuns: 40, seed: 2 },
      );
    });
  }

  it('prefers what is worth more to itself among what the others like alike', () => {
    const own = [0.1, 0.9, 0.92, 0.91, 1];
    const tactic = { type: 'trade_off', start: 0.88, end: 0.88, band: 0.08 };
    const table = talks({ utilities: [own, own, own], tactic, model: { type: 'smith_frequency' } });
    expect(table.round(1).target()).toBeCloseTo(0.1 + 0.88 * 0.9, 12);
    expect(table.proposal()).toBe(2);
  });

  it('offers the outcome worth least above its target while it has no model', () => {
    const table = talks({ utilities: [rising(11), rising(11), rising(11)], tactic: { type: 'trade_off', band: 0.5 } });
    expect(table.round(5).target()).toBeCloseTo(0.5, 12);
    expect(table.proposal()).toBe(5);
  });

  it('passes when nothing reaches its reservation value', () => {
    const table = talks({
      utilities: [rising(5), rising(5), rising(5)],
      reservation: 1.5,
      tactic: { type: 'trade_off' },
    });
    expect(table.round(1).proposal()).toBe(PASS);
  });

  it('pleases only those whose consent is needed', () => {
    const own = new Array(4).fill(0.5);
    const tactic = { type: 'trade_off', band: 1 };
    const model = { type: 'smith_frequency' };
    const rule: AgreementSpec = { rule: 'required', parties: ['ann', 'cyd'] };
    const sizes = [4];
    const needed = talks({ sizes, utilities: [own, own, own], tactic, model, rule }).round(1);
    for (let i = 0; i < 5; i++) needed.offer('bob', 1);
    expect(needed.offer('cyd', 3).proposal()).toBe(3);
    const named = talks({
      sizes,
      utilities: [own, own, own],
      tactic: { ...tactic, towards: ['bob'] },
      model,
      rule,
    }).round(1);
    expect(named.offer('bob', 1).offer('cyd', 3).proposal()).toBe(1);
  });

  it('reads fresh beliefs after every offer', () => {
    const own = new Array(4).fill(0.5);
    const table = talks({
      utilities: [own, own, own],
      tactic: { type: 'trade_off' },
      model: { type: 'smith_frequency' },
    });
    table.round(1).offer('bob', 1).offer('cyd', 1);
    expect(table.proposal()).toBe(1);
    for (let i = 0; i < 3; i++) table.offer('bob', 2).offer('cyd', 2);
    expect(table.proposal()).toBe(2);
  });

  it('picks the same of few outcomes, each added up by itself, as from its tables', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    const bands = fc.uniqueArray(fc.integer({ min: 0, max: RAW - 1 }), { minLength: 1, maxLength: 3 });
    const blends = fc.constantFrom('min', 'mean', 'product');
    const own = new Float64Array(RAW).fill(0.5);
    fc.assert(
      fc.property(scores, scores, bands, blends, (bobs, cyds, band, blend) => {
        const view = Object.create(talks({ sizes, utilities: [own, own, own] }).view);
        const likings = [undefined, { scores: bobs }, { scores: cyds }];
        Object.defineProperties(view, {
          liking: { value: (seat: number) => likings[seat] },
          isHere: { value: () => true },
        });
        const order = Int32Array.from(band).sort();
        const pick = (ready: boolean) => {
          const beliefs = new BeliefTable(sizes, blend, [1, 2]);
          expect(beliefs.read(view)).toBe(true);
          // whoever asks for a score has the tables filled
          if (ready) beliefs.score(0);
          return beliefs.pick(order, 0, order.length, own);
        };
        expect(pick(false)).toBe(pick(true));
      }),
      { numRuns: 300 },
    );
  });

  it('blends what models without scores say, too', () => {
    const own = rising(6);
    const table = talks({ utilities: [own, own, own], model: { type: 'smith_frequency' } })
      .round(1)
      .offer('bob', 2);
    const beliefs = new BeliefTable([6], 'mean', [1]);
    const bare = { of: (outcome: number) => (outcome === 4 ? 1 : 0) };
    const view = Object.assign(Object.create(table.view), {}) as typeof table.view;
    Object.defineProperties(view, { liking: { value: () => bare }, isHere: { value: () => true } });
    expect(beliefs.read(view)).toBe(true);
    expect(beliefs.pick(Int32Array.from([0, 1, 2, 3, 4, 5]), 0, 6, Float64Array.from(own))).toBe(4);
  });
});
