import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import { examine } from './compile.ts';
import { misfits, together } from './misfits.ts';
import { override } from './resolve.ts';
import { scenario as schema, type VariantSpec } from './schema.ts';
import type { Ground } from './space.ts';

type Path = (string | number)[];

/** What is wrong with a sound scenario's variants, each where it is written: paths that lead nowhere, and values that do not fit where they are put. */
export function variantFlaws(data: Json, variants: readonly VariantSpec[], ground: Ground): Flaw[] {
  return variants.flatMap(({ id, set }, v) => {
    const flaws: Flaw[] = [];
    const written: { at: Path; from: Path }[] = [];
    let changed = data;
    for (const [path, value] of Object.entries(set)) {
      const from = ['variants', v, 'set', path];
      const result = override(changed, { path, value, written: path });
      if ('code' in result) flaws.push({ ...result, path: from });
      else {
        changed = result.data;
        written.push({ at: result.at, from });
      }
    }
    if (flaws.length === 0) {
      const place = ({ path, ...flaw }: Flaw): Flaw => {
        const cause = written.findLast(({ at }) => at.every((step, i) => path[i] === step));
        const inside = cause ? [...cause.from, ...path.slice(cause.at.length)] : ['variants', v];
        return { ...flaw, path: inside };
      };
      flaws.push(...examined(changed, sharesGround(data, changed) ? ground : undefined).map(place));
    }
    return flaws.map((flaw) => ({ ...flaw, message: `in the variant "${id}", ${flaw.message}` }));
  });
}

function examined(data: Json, ground: Ground | undefined): Flaw[] {
  const read = schema.safeParse(data);
  if (!read.success) return together(misfits(read.error.issues, data));
  const flaws: Flaw[] = [];
  examine(read.data, flaws, ground);
  return flaws;
}

/** Whether two versions of a scenario's data have the same outcomes on the table: what an override leaves alone stays the same object. */
const sharesGround = (a: Json, b: Json) =>
  ['issues', 'constraints'].every((key) => (a as Record<string, Json>)[key] === (b as Record<string, Json>)[key]);
