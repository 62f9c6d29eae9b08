import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import type { PartyId } from '../domain/id.ts';
import { type Flaw, flawed, type Made, made } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';
import type { AgreementRule } from '../session/contracts/protocol.ts';

/** Whose consent makes an agreement, as a scenario writes it. */
export const agreementRule = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('unanimity'),
    /** `all`: one walk-out ends the talks. `present`: those who stay may agree without the one who left, as in NegMAS. */
    of: z.enum(['all', 'present']).default('all'),
  }),
  z.strictObject({ rule: z.literal('required'), parties: z.array(z.string()).min(1) }),
  z.strictObject({ rule: z.literal('quorum'), count: z.number().int().min(1) }),
  z.strictObject({
    rule: z.literal('weighted_majority'),
    weights: z.record(z.string(), figureIn(0, 1e9)),
    /** The share of all weight, in (0, 1], that must consent. */
    threshold: z.number().gt(0).max(1),
  }),
]);

export type AgreementSpec = z.infer<typeof agreementRule>;

/** Compiles a rule to tests on bit sets of seats. */
export function makeRule(spec: AgreementSpec, parties: readonly PartyId[]): Made<AgreementRule> {
  const bits = (ids: readonly string[]) => ids.reduce((set, id) => set | (1 << parties.indexOf(id)), 0);
  const all = bits(parties);
  switch (spec.rule) {
    case 'unanimity':
      if (spec.of === 'present') {
        return made({
          text: 'all who are still present must consent',
          agreed: (consent, present) => (consent & present) === present,
          possible: (present) => count(present) >= 2,
        });
      }
      return made({
        text: 'all must consent',
        agreed: (consent) => consent === all,
        possible: (present) => present === all,
      });
    case 'required': {
      const flaws = unknownParties(spec.parties, parties, ['parties']);
      if (flaws.length > 0) return flawed(...flaws);
      const needed = bits(spec.parties);
      return made({
        text: `${spec.parties.join(', ')} must consent`,
        agreed: (consent) => (consent & needed) === needed,
        possible: (present) => (present & needed) === needed && count(present) >= 2,
      });
    }
    case 'quorum':
      if (spec.count > parties.length) {
        const message = `a quorum of ${spec.count} cannot be met by ${parties.length} parties`;
        return flawed({ path: ['count'], code: 'quorum-too-large', message });
      }
      return made({
        text: `${spec.count} of ${parties.length} must consent`,
        agreed: (consent) => count(consent) >= spec.count,
        possible: (present) => count(present) >= Math.max(2, spec.count),
      });
    case 'weighted_majority': {
      const flaws = unknownParties(Object.keys(spec.weights), parties, ['weights']);
      if (flaws.length > 0) return flawed(...flaws);
      const weights = parties.map((party) => spec.weights[party] ?? 0);
      const needed = spec.threshold * weights.reduce((sum, w) => sum + w, 0);
      const weigh = (set: number) => weights.reduce((sum, w, seat) => sum + (set & (1 << seat) ? w : 0), 0);
      return made({
        text: `parties with ${Number((spec.threshold * 100).toFixed(2))} % of the weight must consent`,
        agreed: (consent) => weigh(consent) >= needed - 1e-12,
        possible: (present) => weigh(present) >= needed - 1e-12 && count(present) >= 2,
      });
    }
    default:
      return spec satisfies never;
  }
}

function unknownParties(given: readonly string[], parties: readonly string[], path: string[]): Flaw[] {
  return given.flatMap((id, i): Flaw[] => {
    if (parties.includes(id)) return [];
    const near = suggest(id, parties);
    const hint = near ? `did you mean "${near}"?` : `parties: ${parties.join(', ')}`;
    return [
      {
        path: [...path, path[0] === 'weights' ? id : i],
        code: 'unknown-party',
        message: `there is no party "${id}"`,
        hint,
      },
    ];
  });
}

function count(set: number): number {
  let n = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) n++;
  return n;
}
