import { type core, z } from 'zod';
import { ACCEPTANCE, OPPONENTS, TACTICS } from '../catalog.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import { nodes } from '../session/chart.ts';
import type { Chart } from '../session/contracts/stance.ts';
import { within } from './flaws.ts';
import { misfits, type SchemaNode, together } from './misfits.ts';

type Path = readonly (string | number)[];
type Given = { readonly type: string } | undefined;

/** What is wrong with the parameters of a chart's tactics and acceptance rules, in the words of a scenario's other refusals. */
export function kitFlaws(chart: Chart): Flaw[] {
  return nodes(chart).flatMap(({ node, path }) => {
    const { tactic, acceptance } = (node.meta ?? {}) as { tactic?: Given; acceptance?: Given };
    return [
      ...specFlaws(TACTICS, 'tactic', tactic, [...path, 'meta', 'tactic']),
      ...specFlaws(ACCEPTANCE, 'acceptance rule', acceptance, [...path, 'meta', 'acceptance']),
    ];
  });
}

/** The same for an opponent model. */
export function modelFlaws(model: Given): Flaw[] {
  return specFlaws(OPPONENTS, 'opponent model', model, ['opponent_model']);
}

function specFlaws(
  shelf: ReadonlyMap<string, { readonly spec: z.ZodType }>,
  what: string,
  given: Given,
  path: Path,
): Flaw[] {
  const kind = given && shelf.get(given.type);
  const read = kind?.spec.safeParse(given);
  if (!kind || !read || read.success) return [];
  return within(
    path,
    paramFlaws(kind.spec, `the ${what} "${given.type}"`, read.error.issues, given as unknown as Json),
  );
}

/** What is wrong with the parameters of a shelf's member, read by its own schema. */
export function paramFlaws(spec: z.ZodType, name: string, issues: readonly core.$ZodIssue[], given: Json): Flaw[] {
  const schema = () => z.toJSONSchema(spec, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  return together(misfits(issues, given, { name, schema }));
}
