import type { Json } from '../domain/id.ts';
import type { StanceEnv, Update } from './contracts/stance.ts';

/**
 * The updates a stance machine may make to its own context, by name. They are all a chart can do to its memory, so that a machine stays data.
 *
 * - `set { key, to }` stores a constant;
 * - `add { key, by }` adds to a number (by 1 when `by` is not given);
 * - `keep { key, what }` stores a number read from the view now: `time`, `round`, `standing_utility`, `price`.
 */
export const UPDATES: ReadonlyMap<
  string,
  { readonly update: Update; readonly summary: string; readonly params: readonly string[] }
> = new Map([
  [
    'set',
    {
      summary: 'stores a constant in the machine’s context',
      params: ['key', 'to'],
      update: (params, env) => put(env, params['key'], params['to'] ?? null),
    },
  ],
  [
    'add',
    {
      summary: 'adds to a number of the machine’s context (1 where `by` is not given)',
      params: ['key', 'by'],
      update: (params, env) =>
        put(env, params['key'], Number(env.context[String(params['key'])] ?? 0) + Number(params['by'] ?? 1)),
    },
  ],
  [
    'keep',
    {
      summary: 'stores what the view shows now: time, round, standing_utility or price',
      params: ['key', 'what'],
      update: (params, env) => put(env, params['key'], KEEPABLE[String(params['what'])]?.(env) ?? null),
    },
  ],
]);

/** What `keep` can store. */
export const KEEPABLE: Readonly<Record<string, (env: StanceEnv) => number>> = {
  time: ({ view }) => view.time,
  round: ({ view }) => view.round,
  standing_utility: ({ view }) => (view.standing < 0 ? 0 : view.utility(view.standing)),
  price: ({ view }) => view.market('price'),
};

/** Numbers that JSON has no word for are stored as null, so that a state survives its round trip. */
function put(env: StanceEnv, key: Json, given: Json): { readonly [key: string]: Json } {
  const name = String(key);
  const value = typeof given === 'number' && !Number.isFinite(given) ? null : given;
  return Object.is(env.context[name], value) ? env.context : { ...env.context, [name]: value };
}
