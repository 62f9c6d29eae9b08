import { z } from 'zod';
import { figure, figureIn } from '../../domain/figure.ts';
import { id, label } from '../../domain/id.ts';
import { AXES } from '../../mining/venture/spec.ts';

/**
 * The `venture:` section of a scenario and a party's `venture` term, as written in YAML. Names follow `VentureSpec` in snake case; units are the same and are
 * told in each description. Any mapping may carry `source`, `assumption` and `note`, which stand for the bare figures inside it.
 */
const said = {
  source: z.string().max(4000).optional(),
  assumption: z.string().max(4000).optional(),
  note: z.string().max(4000).optional(),
  times: z.tuple([z.number(), z.number()]).optional(),
};
const share = figureIn(0, 1);
const positive = figureIn(0, 1e12);
const month = figureIn(0, 1200);
const axis = z.enum(AXES as unknown as [string, ...string[]]);
const byOption = z.record(z.string(), figure);
const byParty = z.record(z.string(), share);

export const factors = z.strictObject({
  by: axis,
  factors: byOption,
  only: z.enum(['negative', 'positive']).optional(),
  ...said,
});

/** A number with exceptions: `1`, or `{ base: 1, rules: [{ by: custody, options: [one_key_russia], value: 1.1 }] }`. */
export const conditional = z.union([
  figure.transform((base) => ({ base, rules: undefined })),
  z.strictObject({
    base: figure,
    rules: z.array(z.strictObject({ by: axis, options: z.array(z.string()), value: figure, ...said })).optional(),
    ...said,
  }),
]);

/** Which issue decides a name of the venture, or the value it has throughout. */
const decided = z.union([z.string(), z.strictObject({ issue: z.string() }), z.strictObject({ fixed: z.string() })]);
const delivery = z.strictObject({ to: z.string(), mw: positive, tariff: figure, ...said });

export const reads = z.strictObject({
  mining_mw: z.union([z.string(), z.strictObject({ fixed: positive })]),
  shares: z.union([z.string(), z.strictObject({ fixed: byParty })]),
  operator: decided,
  custody: decided,
  verification: decided,
  legal: decided,
  sanctions: decided,
  financing: decided,
  deliveries: z.union([
    z.strictObject({ issue: z.string(), values: z.record(z.string(), z.array(delivery)) }),
    z.strictObject({ fixed: z.array(delivery) }),
  ]),
  kept: z.union([
    z.strictObject({ issue: z.string(), values: z.record(z.string(), share) }),
    z.strictObject({ fixed: share }),
  ]),
  consent: z
    .union([z.boolean(), z.strictObject({ issue: z.string(), values: z.record(z.string(), z.boolean()) })])
    .default(true),
});

const plant = z.strictObject({
  units: z
    .array(
      z.strictObject({
        mw: positive,
        online_month: month,
        restart_cost: positive,
        needs_consent: z.boolean().default(false),
        ...said,
      }),
    )
    .min(1)
    .max(40),
  works: z
    .array(
      z.strictObject({
        id,
        cost: positive,
        month,
        from_units: z.number().int().min(1),
        needs_consent: z.boolean().default(false),
        ...said,
      }),
    )
    .default([]),
  capacity_factor: figureIn(0.01, 1),
  fuel_usd_per_mwh: positive,
  fixed_usd_per_kw_year: positive,
  lines: z.strictObject({
    initial_mw: positive,
    repaired_mw: positive,
    repair_month: month,
    repair_cost: positive.default(0),
    repair_needs_consent: z.boolean().default(false),
    ...said,
  }),
  ...said,
});

const mining = z.strictObject({
  machine_usd_per_th: positive,
  joules_per_th: figureIn(0.1, 1000),
  shell_per_mw: positive,
  opex_usd_per_mwh: positive,
  uptime: figureIn(0.01, 1),
  pool_fee: figureIn(0, 0.5).default(0),
  pue: figureIn(1, 3),
  life_months: figureIn(1, 240),
  ramp_months: figureIn(1, 120).default(1),
  machine_price_trend: figureIn(-0.9, 1),
  efficiency_trend: figureIn(-0.9, 1),
  plan_months: figureIn(1, 240).default(24),
  expected_hashprice_fall: figureIn(0, 0.9).default(0.25),
  replacement_rate: figureIn(0, 1).default(0.12),
  ...said,
});

const price = z.union([
  z.strictObject({
    kind: z.literal('merton'),
    drift: figure,
    volatility: figureIn(0, 5),
    jumps_per_year: figureIn(0, 400).default(0),
    jump_mean: figure.default(0),
    jump_sd: figureIn(0, 3).default(0),
    ...said,
  }),
  z.strictObject({ kind: z.literal('preset'), preset: z.string(), drift: figure.optional(), ...said }),
  z.strictObject({ kind: z.literal('fixed'), prices: z.array(positive).min(1).max(1200), ...said }),
]);

export const ventureSchema = z.strictObject({
  years: figureIn(1, 40),
  /** Price paths behind every value; even, since they come in antithetic pairs. */
  paths: z.number().int().min(2).max(200_000).default(400),
  seed: z.number().int().min(0).default(1),
  reads,
  plant,
  grids: z
    .array(
      z.strictObject({
        id,
        receiver: id,
        worth: z.array(z.strictObject({ mw: positive, usd_per_mwh: figure, ...said })).min(1),
        max_mw: positive,
        needs_consent: z.boolean().default(false),
        ...said,
      }),
    )
    .default([]),
  other_uses: z
    .array(
      z.strictObject({
        id,
        mw: positive,
        usd_per_mwh: figure,
        hours_share: figureIn(0.001, 1).default(1),
        needs_consent: z.boolean().default(false),
        ...said,
      }),
    )
    .default([]),
  mining,
  network: z.strictObject({
    calibration: z.strictObject({
      price_usd: positive,
      difficulty: figureIn(1, 1e24),
      subsidy_btc: positive,
      fees_btc_per_block: positive,
      ...said,
    }),
    kappa: share,
    eps: z.strictObject({ first: figureIn(0, 1000), later: figureIn(0, 1000), by_year: figureIn(0, 40), ...said }),
    efficiency_trend: figureIn(0, 2),
    ...said,
  }),
  price,
  hazard: z.strictObject({
    base: figureIn(0, 5),
    cap: figureIn(0, 5),
    factors: z.array(factors).default([]),
    leaving: z
      .strictObject({
        adds: figureIn(0, 1000).describe(
          'breakdowns a year on top; 12 leaves a month e^-1 to survive, 1000 ends the pact',
        ),
        parties: z.array(id).min(1).optional().describe('whose leaving counts; all by default'),
        ...said,
      })
      .optional()
      .describe(
        'raises the hazard from the first month after which a party would rather leave, at the price of the day',
      ),
    ...said,
  }),
  custody: z
    .array(
      z.strictObject({
        id,
        rule: z.enum(['at_source', 'holder', 'split', 'by_stakes']),
        holder: id.optional(),
        split: byParty.optional(),
        frozen: share.default(0),
        hazard_weight: figureIn(-1, 5).default(0),
        ...said,
      }),
    )
    .min(1),
  financing: z
    .array(z.strictObject({ id, rule: z.enum(['by_stakes', 'shares']), shares: byParty.optional(), ...said }))
    .min(1),
  breakdown: z.strictObject({
    controller: id,
    rho: share,
    rho_factors: z.array(factors).default([]),
    grabbed_worth: figureIn(0, 2),
    remaining: z.enum(['built', 'all']).default('built'),
    ...said,
  }),
  ...said,
});

export type VentureSection = z.infer<typeof ventureSchema>;

const flow = z.strictObject({
  id,
  label: label.optional(),
  when: z.enum(['signature', 'while_alive', 'end', 'breakdown']),
  /** One amount, or an amount for each option of one of the venture's axes (options not listed: 0). Per year while alive. */
  amount: z.union([figure, z.strictObject({ by: axis, amounts: byOption })]),
  factors: z.array(factors).optional(),
  from_month: month.optional(),
  for_years: figureIn(0, 40).optional(),
  ...said,
});

export const ventureTerm = z.strictObject({
  kind: z.literal('venture'),
  id,
  label: label.optional(),
  /** Time preference alone, per year: hazard enters by survival and price risk by the measure. */
  discount_rate: figureIn(0, 1),
  risk: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('mean'), ...said }),
      z.strictObject({ kind: z.literal('mean_cvar'), w: share, alpha: figureIn(0.001, 1), ...said }),
      z.strictObject({ kind: z.literal('crra'), gamma: figureIn(0, 50), wealth: positive, ...said }),
    ])
    .default({ kind: 'mean' }),
  coin: z.strictObject({ sold: conditional, kept: conditional, ...said }),
  own_fleet: z
    .strictObject({ ehs: positive, weight: figureIn(0, 10), decay_years: figureIn(0.1, 40), ...said })
    .default({ ehs: 0, weight: 0, decay_years: 4 }),
  flows: z.array(flow).max(60).default([]),
  ...said,
});

export type VentureTermSpec = z.infer<typeof ventureTerm>;
