import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import type { PartyId, Seat } from '../domain/id.ts';
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

const unanimity = z.strictObject({
  rule: z.literal('unanimity'),
  /** `all`: one walk-out ends the talks. `present`: those who stay may agree without the one who left, as in NegMAS. */
  of: z.enum(['all', 'present']).default('all'),
  side_deals: sideDeals,
});
const required = z.strictObject({
  rule: z.literal('required'),
  parties: z.array(z.string()).min(1),
  side_deals: sideDeals,
});
const quorum = z.strictObject({ rule: z.literal('quorum'), count: z.number().int().min(1), side_deals: sideDeals });
const weightedMajority = z.strictObject({
  rule: z.literal('weighted_majority'),
  weights: z.record(z.string(), figureIn(0, 1e9)),
  /** The share of all weight, in (0, 1], that must consent. */
  threshold: z.number().gt(0).max(1),
  side_deals: sideDeals,
});

/** Whose consent makes an agreement, as a scenario writes it. `side_deals` lists outcomes that some of the parties may conclude without the rest. */
export const agreementRule = z.discriminatedUnion('rule', [unanimity, required, quorum, weightedMajority]);

/** The rules, for readers. */
export const AGREEMENT_RULES = [
  {
    rule: 'unanimity',
    summary: 'everybody must consent: all who sat down, or all who are still present',
    spec: unanimity,
    example: { rule: 'unanimity', of: 'all' },
  },
  {
    rule: 'required',
    summary: 'those named must consent, whatever the others do',
    spec: required,
    example: { rule: 'required', parties: ['russia', 'ukraine'] },
  },
  {
    rule: 'quorum',
    summary: 'so many must consent, whoever they are',
    spec: quorum,
    example: { rule: 'quorum', count: 2 },
  },
  {
    rule: 'weighted_majority',
    summary: 'those who consent must hold a share of all weight',
    spec: weightedMajority,
    example: { rule: 'weighted_majority', weights: { russia: 1, ukraine: 1, united_states: 2 }, threshold: 0.6 },
  },
] as const;

export type AgreementSpec = z.infer<typeof agreementRule>;

/** Who sits at the table, and the seats of those who are asked: all but observers. */
interface Seats {
  readonly parties: readonly PartyId[];
  readonly deciding: readonly Seat[];
}

/** Compiles a rule to tests on bit sets of seats. Side deals need the outcome space, to tell the outcomes they cover. */
export function makeRule(spec: AgreementSpec, seats: Seats, space?: OutcomeSpace): Made<AgreementRule> {
  const base = makeBase(spec, seats);
  if (!base.ok || spec.side_deals === undefined) return base;
  return withSideDeals(base.made, spec.side_deals, seats, space);
}

function makeBase(spec: AgreementSpec, seats: Seats): Made<AgreementRule> {
  const { parties, deciding } = seats;
  const bits = (ids: readonly string[]) => ids.reduce((set, id) => set | (1 << parties.indexOf(id)), 0);
  const all = deciding.reduce((set, seat) => set | (1 << seat), 0);
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
      const flaws = notAsked(spec.parties, seats, ['parties']);
      if (flaws.length > 0) return flawed(...flaws);
      const needed = bits(spec.parties);
      return made({
        text: `${spec.parties.join(', ')} must consent`,
        agreed: (consent) => (consent & needed) === needed,
        possible: (present) => (present & needed) === needed && count(present) >= 2,
      });
    }
    case 'quorum':
      if (spec.count > deciding.length) {
        const observers = deciding.length < parties.length ? ' that are asked; observers are not' : '';
        const message = `a quorum of ${spec.count} cannot be met by ${deciding.length} parties${observers}`;
        return flawed({ path: ['count'], code: 'quorum-too-large', message });
      }
      return made({
        text: `${spec.count} of ${deciding.length} must consent`,
        agreed: (consent) => count(consent) >= spec.count,
        possible: (present) => count(present) >= Math.max(2, spec.count),
      });
    case 'weighted_majority': {
      const flaws = notAsked(Object.keys(spec.weights), seats, ['weights']);
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
  seats: Seats,
  space: OutcomeSpace | undefined,
): Made<AgreementRule> {
  const flaws: Flaw[] = [];
  const deals = specs.map(({ parties: among, when }, i) => {
    flaws.push(...notAsked(among, seats, ['side_deals', i, 'parties']));
    if (space === undefined) return { signers: 0, covers: () => false, text: '' };
    const compiled = condition(when, constraintVocabulary({ issues: space.issues }));
    if (!compiled.ok) {
      const path = ['side_deals', i, 'when'];
      flaws.push(...compiled.problems.map((problem) => ({ path, ...problem })));
    }
    const signers = among.reduce((set, id) => set | (1 << seats.parties.indexOf(id)), 0);
    const covers = (outcome: number) => compiled.ok && outcome >= 0 && compiled.expression.holds(space.decode(outcome));
    return { signers, covers, text: `${among.join(' and ')} alone where ${when}` };
  });
  if (flaws.length > 0) return flawed(...flaws);
  return made({
    text: [base.text, ...deals.map(({ text }) => text)].join('; '),
    agreed: (consent, present, outcome) =>
      base.agreed(consent, present, outcome) ||
      deals.some(({ signers, covers }) => (consent & signers) === signers && covers(outcome)),
    possible: (present) => base.possible(present) || deals.some(({ signers }) => (present & signers) === signers),
  });
}

/** Parties a rule names whose consent nobody asks for: those there are not, observers, and those named twice. */
function notAsked(given: readonly string[], { parties, deciding }: Seats, path: readonly (string | number)[]): Flaw[] {
  const asked = deciding.map((seat) => parties[seat]);
  const known = `parties: ${asked.join(', ')}`;
  return given.flatMap((id, i): Flaw[] => {
    const ofKey = path[0] === 'weights' ? ({ ofKey: true } as const) : {};
    const at = [...path, path[0] === 'weights' ? id : i];
    if (given.indexOf(id) < i)
      return [{ path: at, code: 'party-twice', message: `"${id}" is named twice`, hint: 'name each party once' }];
    if (asked.includes(id)) return [];
    if (parties.includes(id)) {
      const message = `"${id}" is an observer: it is not asked to consent`;
      return [{ path: at, code: 'observer-consents', message, hint: known, ...ofKey }];
    }
    const near = suggest(id, asked);
    const hint = near ? `did you mean "${near}"?` : known;
    return [{ path: at, code: 'unknown-party', message: `there is no party "${id}"`, hint, ...ofKey }];
  });
}

function count(set: number): number {
  let n = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) n++;
  return n;
}
