import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';

type Path = readonly (string | number)[];

/** Stand-ins for required fields that a file gets wrong, so that the rest of it can still be checked. They never reach a game. */
const STAND_INS: Readonly<Record<string, Json>> = {
  hashpact: 1,
  id: 'unnamed',
  title: 'untitled',
  reservation: 0,
  stance: 'linear',
};

/** Data without what does not fit the schema; and the way back from a place in it to the place in the file. */
export interface Salvaged {
  readonly data: Json;
  original(path: Path): (string | number)[];
  /** Ids that were cut out or never understood: what is said of them later is a consequence, not a mistake of its own. */
  readonly lost: readonly string[];
}

/**
 * Cuts out of a file's data what does not fit the schema, so that one misspelt field does not hide every other mistake: a list's item goes whole, a field goes
 * alone or is stood in for.
 */
export function salvage(data: Json, flaws: readonly Flaw[]): Salvaged {
  const cuts = flaws.map(({ path }) => cutAt(data, path));
  const kept = new Map<string, number[]>();
  const lost = new Set<string>();
  return { data: prune(data, []) ?? null, original, lost: [...lost] };

  function prune(node: Json, path: Path): Json | undefined {
    if (cuts.some((cut) => same(cut, path))) {
      const id = typeof node === 'object' && node !== null ? (node as { id?: Json }).id : undefined;
      lost.add(String(id ?? path.at(-1)));
      const field = path.at(-1);
      return typeof field === 'string' ? STAND_INS[field] : undefined;
    }
    if (Array.isArray(node)) {
      const indices: number[] = [];
      const items = node.flatMap((item, i) => {
        const pruned = prune(item, [...path, i]);
        if (pruned === undefined) return [];
        indices.push(i);
        return [pruned];
      });
      kept.set(JSON.stringify(path), indices);
      return items;
    }
    if (typeof node !== 'object' || node === null) return node;
    const missing = cuts
      .filter((cut) => cut.length === path.length + 1 && same(cut.slice(0, -1), path))
      .map((cut) => String(cut.at(-1)))
      .filter((key) => !Object.hasOwn(node, key) && STAND_INS[key] !== undefined);
    const entries = Object.entries(node).flatMap(([key, value]) => {
      const pruned = prune(value, [...path, key]);
      return pruned === undefined ? [] : [[key, pruned] as const];
    });
    return Object.fromEntries([...entries, ...missing.map((key) => [key, STAND_INS[key]] as const)]);
  }

  function original(path: Path): (string | number)[] {
    const found: (string | number)[] = [];
    for (const step of path) {
      const indices = typeof step === 'number' ? kept.get(JSON.stringify(found)) : undefined;
      found.push(indices?.[step as number] ?? step);
    }
    return found;
  }
}

/** How much must go for one flaw: the item of the innermost list of blocks, else the field. A party itself is never cut, only its fields. */
function cutAt(data: Json, path: Path): Path {
  let cut: Path | undefined;
  let here: Json | undefined = data;
  for (const [i, step] of path.entries()) {
    const list = Array.isArray(here);
    here = here === null || typeof here !== 'object' ? undefined : (here as Record<string | number, Json>)[step];
    const party = i === 1 && path[0] === 'parties';
    if (list && !party && here !== undefined) return path.slice(0, i + 1);
    if (path[0] === 'parties' ? i === 2 : i === 0) cut = path.slice(0, i + 1);
    // Of a protocol one field may go; of anything else at the top, all of it.
    if (path[0] === 'protocol' && i === 1) cut = path.slice(0, 2);
    if (path[0] === 'market' && i === 1) cut = path.slice(0, 2);
  }
  return cut ?? path;
}

const same = (a: Path, b: Path) => a.length === b.length && a.every((step, i) => step === b[i]);
