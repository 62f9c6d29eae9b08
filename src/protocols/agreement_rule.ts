import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import type { PartyId } from '../domain/id.ts';
import { type Flaw, flawed, type Made, made } from '../domain/issue.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import { condition, suggest } from '../expression/index.ts';
import type { AgreementRule } from '../session/contracts/protocol.ts';
import { constraintVocabulary } from '../session/vocabulary.ts';

const sideDeals = z
  .array(
    z.strictObject({
      /** Who may conclude it among themselves. */
      parties: z.array(z.string()).min(1),
      /** Which outcomes: an expression over the issues, true for outcomes that touch nobody else. */
      when: z.string().min(1).max(2000),
    }),
  )
  .max(20)
  .optional();

/** Whose consent makes an agreement, as a scenario writes it. `side_deals` lists outcomes that some of the parties may conclude without the rest. */
export const agreementRule = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('unanimity'),
    /** `all`: one walk-out ends the talks. `present`: those who stay may agree without the one who left, as in NegMAS. */
    of: z.enum(['all', 'present']).default('all'),
    side_deals: sideDeals,
  }),
  z.strictObject({ rule: z.literal('required'), parties: z.array(z.string()).min(1), side_deals: sideDeals }),
  z.strictObject({ rule: z.literal('quorum'), count: z.number().int().min(1), side_deals: sideDeals }),
  z.strictObject({
    rule: z.literal('weighted_majority'),
    weights: z.record(z.string(), figureIn(0, 1e9)),
    /** The share of all weight, in (0, 1], that must consent. */
    threshold: z.number().gt(0).max(1),
    side_deals: sideDeals,
  }),
]);

export type AgreementSpec = z.infer<typeof agreementRule>;

/** Compiles a rule to tests on bit sets of seats. Side deals need the outcome space, to tell the outcomes they cover. */
export function makeRule(spec: AgreementSpec, parties: readonly PartyId[], space?: OutcomeSpace): Made<AgreementRule> {
  const base = makeBase(spec, parties);
  if (!base.ok || spec.side_deals === undefined) return base;
  return withSideDeals(base.made, spec.side_deals, parties, space);
}

function makeBase(spec: AgreementSpec, parties: readonly PartyId[]): Made<AgreementRule> {
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

/** A rule by which some outcomes need the consent of fewer: an outcome that satisfies a side deal's condition binds its parties alone. */
function withSideDeals(
  base: AgreementRule,
  specs: NonNullable<AgreementSpec['side_deals']>,
  parties: readonly PartyId[],
  space: OutcomeSpace | undefined,
): Made<AgreementRule> {
  const flaws: Flaw[] = [];
  const deals = specs.map(({ parties: among, when }, i) => {
    flaws.push(...unknownParties(among, parties, ['side_deals', i, 'parties']));
    if (space === undefined) return { seats: 0, covers: () => false, text: '' };
    const compiled = condition(when, constraintVocabulary({ issues: space.issues }));
    if (!compiled.ok) {
      const path = ['side_deals', i, 'when'];
      flaws.push(...compiled.problems.map((problem) => ({ path, ...problem })));
    }
    const seats = among.reduce((set, id) => set | (1 << parties.indexOf(id)), 0);
    const covers = (outcome: number) => compiled.ok && outcome >= 0 && compiled.expression.holds(space.decode(outcome));
    return { seats, covers, text: `${among.join(' and ')} alone where ${when}` };
  });
  if (flaws.length > 0) return flawed(...flaws);
  return made({
    text: [base.text, ...deals.map(({ text }) => text)].join('; '),
    agreed: (consent, present, outcome) =>
      base.agreed(consent, present, outcome) ||
      deals.some(({ seats, covers }) => (consent & seats) === seats && covers(outcome)),
    possible: (present) => base.possible(present) || deals.some(({ seats }) => (present & seats) === seats),
  });
}

function unknownParties(
  given: readonly string[],
  parties: readonly string[],
  path: readonly (string | number)[],
): Flaw[] {
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
