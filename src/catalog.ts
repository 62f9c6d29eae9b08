import { ACCEPTANCE as acceptance } from './acceptance/index.ts';
import type { IssueKind } from './domain/issue.ts';
import { division } from './domain/issues/division.ts';
import { levels } from './domain/issues/levels.ts';
import { options } from './domain/issues/options.ts';
import { live } from './executors/live.ts';
import { table } from './executors/table.ts';
import { OPPONENTS as opponents } from './opponents/index.ts';
import { PROTOCOLS as protocols } from './protocols/index.ts';
import type { StanceExecutor } from './session/contracts/stance.ts';
import type { StrategyKind } from './session/strategy.ts';
import { SHOCKS as shocks } from './shocks/index.ts';
import { broker } from './stances/broker.ts';
import { NEGMAS_STRATEGIES } from './stances/compat/negmas.ts';
import { dealmaker } from './stances/dealmaker.ts';
import { hardliner } from './stances/hardliner.ts';
import { principled } from './stances/principled.ts';
import { reciprocator } from './stances/reciprocator.ts';
import { boulware, conceder, linear, micro, titForTat } from './stances/simple.ts';
import { statusQuoHolder } from './stances/status_quo_holder.ts';
import { TACTICS as tactics } from './tactics/index.ts';
import type { TermKind } from './value/term.ts';
import { agreement } from './value/terms/agreement.ts';
import { curve } from './value/terms/curve.ts';
import { interaction } from './value/terms/interaction.ts';
import { table as tableTerm } from './value/terms/table.ts';
import { venture } from './value/terms/venture.ts';

/**
 * Everything that ships, by name: one line each. This is the only file that knows them all; a new member is a new file and a line here, or in the list of its
 * own shelf.
 */
export const ISSUES = shelf<IssueKind>('kind', [options, levels, division] as never);
export const TERMS = shelf<TermKind>('kind', [agreement, tableTerm, curve, interaction, venture] as never);
export const TACTICS = shelf('type', tactics);
export const ACCEPTANCE = shelf('type', acceptance);
export const OPPONENTS = shelf('type', opponents);
export const PROTOCOLS = shelf('kind', protocols);
export const SHOCKS = shelf('kind', shocks);

/** Ready-made stance machines. */
export const STRATEGIES = shelf<StrategyKind>('name', [
  boulware,
  linear,
  conceder,
  titForTat,
  micro,
  hardliner,
  dealmaker,
  reciprocator,
  statusQuoHolder,
  principled,
  broker,
  // Another tool's strategies of the same names, for `--compat`: `negmas:boulware` and so on.
  ...NEGMAS_STRATEGIES.map((kind) => ({ ...kind, name: `negmas:${kind.name}` })),
] as never);

/** In order of preference, for a recorded run and for batches: the last must be able to run anything. */
export const EXECUTORS: readonly StanceExecutor[] = [live];
export const BATCH_EXECUTORS: readonly StanceExecutor[] = [table, live];

/** The members of a shelf by name; two of one name are a mistake of ours. */
function shelf<T>(key: keyof T & ('kind' | 'type' | 'name'), members: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map(members.map((member) => [String(member[key]), member]));
  if (byName.size !== members.length) throw new Error(`two members of a shelf share one ${key}`);
  return byName;
}
