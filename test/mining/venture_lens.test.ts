import { describe, expect, it } from 'vitest';
import { coefficients, fillCoefficients, meanTotal, spreadTotal } from '../../src/mining/venture/linear.ts';
import { compileVenture } from '../../src/mining/venture/model.ts';
import { measureOf } from '../../src/mining/venture/risk.ts';
import { layerOf } from '../../src/mining/venture/site.ts';
import type { PactTerms, RiskMeasure, VentureSpec } from '../../src/mining/venture/spec.ts';
import { MARKET, SPEC, TERMS } from './venture_fixture.ts';

const withRisk = (risk: RiskMeasure): VentureSpec => ({ ...SPEC, parties: SPEC.parties.map((p) => ({ ...p, risk })) });
const compiled = (spec: VentureSpec) => compileVenture(spec, MARKET, { seed: 5, paths: 30, maxYears: 10 });
const SHARES = [0, 1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6, 1];

/** Wordings that visit every rule, at a large mine, a small one and none. */
const WORDINGS: PactTerms[] = [2850, 475, 0].flatMap((miningMw) =>
  SPEC.custody.flatMap(({ id: custody }, k) =>
    SPEC.financing.flatMap(({ id: financing }) =>
      ['channel', 'tranche'].map(
        (sanctions): PactTerms => ({
          ...TERMS,
          years: 10,
          miningMw,
          kept: miningMw === 0 ? 0 : k / 4,
          custody,
          financing,
          sanctions,
          deliveries: [],
          consent: k !== 2,
        }),
      ),
    ),
  ),
);

describe('what a lens shows', () => {
  it('is what a layer gives column by column, under every risk measure', () => {
    const measures: RiskMeasure[] = [
      { kind: 'mean' },
      { kind: 'mean_cvar', w: 0.4, alpha: 0.1 },
      { kind: 'mean_cvar', w: 1, alpha: 0.6 },
      { kind: 'crra', gamma: 2, wealth: 20_000 },
    ];
    let most = 0;
    for (const risk of measures) {
      const spec = withRisk(risk);
      const model = compiled(spec);
      const controller = spec.parties.findIndex((p) => p.id === spec.breakdown.controller);
      for (const terms of WORDINGS) {
        const resolved = model.resolve(terms);
        for (const [seat] of spec.parties.entries()) {
          const layer = layerOf(resolved.site, seat, resolved.hazard);
          const k = coefficients(resolved.contract.parties[seat].alive.length);
          const x = new Float64Array(layer.atoms);
          for (const share of SHARES) {
            fillCoefficients(spec, resolved.contract, seat, controller, share, terms.kept, k);
            spreadTotal(layer, k, x);
            const slow = measureOf(risk, meanTotal(layer, k), x, layer.weight, layer.atoms);
            const fast = model.worthOf(seat, resolved, share);
            most = Math.max(most, Math.abs(fast - slow) / (1 + Math.abs(slow)));
          }
        }
      }
    }
    expect(most).toBeLessThan(1e-9);
  });

  it('shows every share at once, and the same whatever was looked at before', () => {
    const model = compiled(SPEC);
    const fresh = compiled(SPEC);
    const shares = SPEC.parties.map((_, seat) => Float64Array.from(SHARES.slice(seat)));
    const out = shares.map(({ length }) => new Float64Array(2 * length).fill(-1));
    for (const terms of [...WORDINGS, ...[...WORDINGS].reverse()]) {
      model.worthOfAll([model.resolve(terms)], [1], shares, out);
      const alone = fresh.resolve(terms);
      for (const [seat, own] of shares.entries())
        for (let k = own.length - 1; k >= 0; k--)
          expect(fresh.worthOf(seat, alone, own[k])).toBe(out[seat][own.length + k]);
    }
    for (const column of out) expect(column[0]).toBe(-1);
  });

  it('shows many wordings in one go as each by itself', () => {
    const model = compiled(SPEC);
    const fresh = compiled(SPEC);
    const shares = SPEC.parties.map(() => Float64Array.from(SHARES));
    const out = shares.map(() => new Float64Array(WORDINGS.length * SHARES.length));
    model.worthOfAll(WORDINGS.map(model.resolve), [...WORDINGS.keys()], shares, out);
    for (const [at, terms] of WORDINGS.entries())
      for (const seat of SPEC.parties.keys())
        for (const [k, share] of SHARES.entries())
          expect(fresh.worthOf(seat, fresh.resolve(terms), share)).toBe(out[seat][at * SHARES.length + k]);
  });

  it('shows a thousand shares in one go as each by itself', () => {
    const model = compiled(SPEC);
    const fresh = compiled(SPEC);
    const shares = SPEC.parties.map(() => Float64Array.from({ length: 1001 }, (_, k) => k / 1000));
    const out = shares.map(({ length }) => new Float64Array(length));
    const terms = WORDINGS[1];
    model.worthOfAll([model.resolve(terms)], [0], shares, out);
    const alone = fresh.resolve(terms);
    for (const [seat, column] of out.entries())
      expect(shares[seat].map((share) => fresh.worthOf(seat, alone, share))).toEqual(column);
  });
});
