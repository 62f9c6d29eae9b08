import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { change, changed, oneOf, unknown } from './change.ts';

const spec = z
  .strictObject({ kind: z.literal('market'), name: z.string(), to: change.to, times: change.times })
  .refine(...oneOf(['to', 'times']));

/** Moves a figure of the market: a price falls by a fifth (`times: 0.8`), the difficulty is set anew (`to`). Every value that reads it follows. */
export const market: ShockKind<z.infer<typeof spec>> = {
  kind: 'market',
  summary: 'a figure of the market moves',
  spec,
  example: { kind: 'market', name: 'price', times: 0.8 },
  make(given, { event, market }) {
    const { name } = given;
    if (!market.includes(name)) return flawed(unknown('market figure', name, market, ['name']));
    return made({
      facts({ world }) {
        const from = world.market[name];
        return [{ type: 'marketMoved', event, name, from, to: changed(from, given) }];
      },
    });
  },
};
