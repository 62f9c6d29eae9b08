import { z } from 'zod';
import { ISSUES, PROTOCOLS, SHOCKS, TERMS } from '../catalog.ts';
import { day } from '../domain/day.ts';
import { figure, figureIn } from '../domain/figure.ts';
import { id, type Json, label } from '../domain/id.ts';
import { type AgreementSpec, agreementRule } from '../protocols/agreement_rule.ts';
import { chart } from '../session/chart.ts';
import type { Chart } from '../session/contracts/stance.ts';
import { type VentureSection, ventureSchema } from '../value/venture/schema.ts';
import { derived } from './derive.ts';

/** The number of this file format; a file of another number is refused. */
export const FORMAT = 1;

const prose = z.string().max(20_000);
const expression = z.string().min(1).max(2000);
const round = z.number().int().min(1).max(1_000_000);
const evidence = {
  source: z.string().max(4000).optional().describe('where its figures come from'),
  assumption: z.string().max(4000).optional().describe('what its figures assume'),
  note: prose.optional(),
};

type Tagged = { readonly kind: string; readonly spec: z.ZodType };

/** One of a shelf's kinds, told apart by `kind`. */
function oneOf(shelf: ReadonlyMap<string, Tagged>, extra: z.ZodRawShape = {}): z.ZodType<{ kind: string }> {
  const more = Object.keys(extra).length > 0;
  const specs = [...shelf.values()].map(({ spec }) => (more ? (spec as z.ZodObject).extend(extra) : spec));
  if (specs.length === 0) return z.looseObject({ kind: z.string() });
  return z.discriminatedUnion('kind', specs as [z.ZodObject, ...z.ZodObject[]]) as unknown as z.ZodType<{
    kind: string;
  }>;
}

const issue = oneOf(ISSUES) as z.ZodType<{ kind: string; id: string }>;
const term = oneOf(TERMS) as z.ZodType<{ kind: string; id: string }>;
const effect = oneOf(SHOCKS);
const protocol = oneOf(PROTOCOLS, {
  rounds: round.default(30).describe('rounds until the deadline'),
  deadline_near: figureIn(0, 1).default(0.9).describe('the share of the time after which stances hear deadlineNear'),
  agreement: agreementRule.default({ rule: 'unanimity', of: 'all' }).describe('whose consent makes an agreement'),
  ...evidence,
}) as unknown as z.ZodType<ProtocolSpec>;

const constraint = z.strictObject({
  id,
  forbid: expression.optional().describe('outcomes for which this holds are not on the table'),
  require: expression.optional().describe('only outcomes for which this holds are on the table'),
  because: prose.optional(),
  ...evidence,
});

const strategyName = z.string().regex(/^[a-z][a-z0-9_:-]*$/, 'the name of a strategy, as "hashpact stance" lists them');

const stance = z
  .union([
    strategyName.transform((use) => ({ use })),
    z.strictObject({ use: strategyName, with: z.record(z.string(), z.json()).optional() }),
    chart,
  ])
  .describe('a strategy of the library by name, or a machine: XState config with tactic and acceptance in meta');

const move = z.strictObject({
  round,
  offer: z.record(z.string(), z.union([z.string(), z.number(), z.record(z.string(), z.number())])).optional(),
  accept: z.literal(true).optional(),
  pass: z.literal(true).optional(),
  walk: z.string().min(1).max(500).optional().describe('leaves the talks: why'),
  says: z.string().max(500).optional(),
  ...evidence,
});

/** What came of a threat, in the scenario's unit. */
const weighed = z.strictObject({
  credible: z.boolean().describe('whether the others would sign it and whoever controls the site would let it stand'),
  worth: z.number().nullable().describe('what it is worth to the party that is left out'),
  values: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .nullable()
    .describe('the pact, issue by issue'),
  signed_by: z.array(z.string()).describe('who would sign it'),
});

const threat = z.strictObject({
  from: z
    .string()
    .min(1)
    .max(400)
    .describe(
      'the pact the others could sign alone: a variant of this scenario, or a scenario file based on the same one',
    ),
  if: z
    .literal('credible')
    .describe('counts only where each signatory, and whoever controls the site, prefers it to no deal'),
  otherwise: z.union([figure, z.literal('none')]).describe('the reservation value where it is not credible'),
  found: weighed
    .optional()
    .describe('what came of it; hashpact writes it into a trace, which then needs no other file'),
  ...evidence,
});

const party = z.strictObject({
  id,
  label: label.optional(),
  note: prose.optional(),
  observer: z
    .boolean()
    .default(false)
    .describe('takes no turn and is not asked to consent; what the others agree on is valued for it all the same'),
  terms: z.array(term).min(1).max(200).describe('what an outcome is worth to the party: their sum, in declared order'),
  reservation: z
    .union([figure, z.literal('none'), threat])
    .describe(
      'the value below which the party prefers no deal; none: it would sign anything; from: what a pact of the others leaves it',
    ),
  delay_cost: figureIn(0, Number.MAX_VALUE).default(0).describe('what a round of talking costs, in the unit of value'),
  discount: figureIn(0, 1).default(1).describe('what is left of a utility when all the time has passed'),
  stance,
  opponent_model: z.looseObject({ type: z.string() }).optional().describe('how it learns what the others want'),
  moves: z.array(move).max(10_000).optional().describe('moves written down in advance, by round'),
});

const event = z.strictObject({
  id,
  label: label.optional(),
  at: round.optional().describe('the round it is due in'),
  when: expression.optional().describe('it is due when this holds'),
  chance: figureIn(0, 1).optional().describe('the chance per round'),
  from: round.optional(),
  until: round.optional(),
  limit: z.number().int().min(1).max(1_000_000).default(1).describe('how often it may happen'),
  effects: z.array(effect).max(50).default([]),
  ...evidence,
});

const variant = z.strictObject({
  id,
  label: label.optional(),
  note: prose.optional(),
  set: z.record(z.string(), z.json()).describe('what is different: path: value, as for --set'),
});

/** A scenario file. */
export const scenario = z.strictObject({
  hashpact: z.literal(FORMAT).describe('the number of the file format'),
  id,
  title: label,
  as_of: day.optional().describe('the day whose facts it stands on'),
  round_is: z.string().max(60).default('round').describe('how long a round is'),
  unit: z.string().max(60).default('points').describe('the unit of value'),
  utility: z
    .enum(['scaled', 'own'])
    .default('scaled')
    .describe('scaled: values are scaled to [0, 1]; own: values are utilities already'),
  note: prose.optional(),
  sources: z
    .array(
      z.strictObject({ id, text: prose, url: z.string().max(2000).optional(), date: z.string().max(40).optional() }),
    )
    .optional(),
  market: z.record(id, figure).default({}).describe('public figures that values depend on and events may move'),
  issues: z.array(issue).min(1).max(40).describe('what is on the table'),
  constraints: z.array(constraint).max(500).default([]),
  venture: ventureSchema.optional().describe('the model of what the agreement does over time'),
  parties: z.array(party).min(2).max(16).describe('who sits there, in the order in which they take turns'),
  protocol,
  events: z.array(event).max(500).default([]),
  expect: z.array(expression).max(500).default([]).describe('what must be true of the talks when they have ended'),
  variants: z.array(variant).max(100).default([]),
}) as unknown as z.ZodType<ScenarioSpec>;

export interface ProtocolSpec {
  readonly kind: string;
  readonly rounds: number;
  readonly deadline_near: number;
  readonly agreement: AgreementSpec;
}

export interface ConstraintSpec {
  readonly id: string;
  readonly forbid?: string;
  readonly require?: string;
  readonly because?: string;
}

/** A strategy of the library with its parameters, or a machine of the scenario's own. */
export type StanceSpec = { readonly use: string; readonly with?: Readonly<Record<string, Json>> } | Chart;

export interface MoveSpec {
  readonly round: number;
  readonly offer?: Readonly<Record<string, unknown>>;
  readonly accept?: true;
  readonly pass?: true;
  readonly walk?: string;
  readonly says?: string;
}

/** A reservation value that is what a pact of the others would leave this party, if that pact is credible. */
export interface ThreatSpec {
  readonly from: string;
  readonly if: 'credible';
  readonly otherwise: number | 'none';
  readonly found?: ThreatFound;
}

export interface ThreatFound {
  readonly credible: boolean;
  readonly worth: number | null;
  readonly values: Readonly<Record<string, string | number>> | null;
  readonly signed_by: readonly string[];
}

export interface PartySpec {
  readonly id: string;
  readonly label?: string;
  readonly terms: readonly { readonly kind: string; readonly id: string; readonly times?: readonly [number, number] }[];
  readonly reservation: number | 'none' | ThreatSpec;
  readonly observer: boolean;
  readonly delay_cost: number;
  readonly discount: number;
  readonly stance: StanceSpec;
  readonly opponent_model?: { readonly type: string };
  readonly moves?: readonly MoveSpec[];
}

export interface EventSpec {
  readonly id: string;
  readonly label?: string;
  readonly at?: number;
  readonly when?: string;
  readonly chance?: number;
  readonly from?: number;
  readonly until?: number;
  readonly limit: number;
  readonly effects: readonly { readonly kind: string }[];
}

export interface VariantSpec {
  readonly id: string;
  readonly label?: string;
  readonly note?: string;
  readonly set: Readonly<Record<string, Json>>;
}

/** A scenario file, read: figures are numbers and defaults are filled in. */
export interface ScenarioSpec {
  readonly hashpact: typeof FORMAT;
  readonly id: string;
  readonly title: string;
  readonly as_of?: string;
  readonly round_is: string;
  readonly unit: string;
  readonly utility: 'scaled' | 'own';
  readonly note?: string;
  readonly market: Readonly<Record<string, number>>;
  readonly issues: readonly { readonly kind: string; readonly id: string }[];
  readonly constraints: readonly ConstraintSpec[];
  readonly venture?: VentureSection;
  readonly parties: readonly PartySpec[];
  readonly protocol: ProtocolSpec;
  readonly events: readonly EventSpec[];
  readonly expect: readonly string[];
  readonly variants: readonly VariantSpec[];
}

let made: Readonly<Record<string, Json>> | undefined;

/** The format as JSON Schema, draft 7, for editors: what a file may hold before defaults are filled in. Made once; not to be changed. */
export function jsonSchema(): Readonly<Record<string, Json>> {
  made ??= {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'hashpact scenario',
    ...eitherOf(draft7(derived, 'based'), draft7(scenario, 'whole')),
  };
  return made;
}

type JsonSchema = Readonly<Record<string, Json>>;

/** `under` keeps the definitions of two schemas apart: each numbers its own from 0. */
const draft7 = (given: z.ZodType, under: string) => {
  const made = z.toJSONSchema(given, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(made).replaceAll('__schema', `${under}_`)) as JsonSchema;
};

/** A scenario based on another, or a whole one: told apart by `based_on`, so that an editor complains of the right one. */
function eitherOf(based: JsonSchema, whole: JsonSchema): JsonSchema {
  const { $schema: _a, definitions: ofBased = {}, ...then } = based;
  const { $schema: _b, definitions: ofWhole = {}, ...otherwise } = whole;
  return {
    type: 'object',
    definitions: { ...(ofBased as object), ...(ofWhole as object) },
    if: { required: ['based_on'] },
    then,
    else: otherwise,
  };
}
