import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { STANCE_EVENTS } from '../session/hearing.ts';
import { unknown } from './change.ts';

const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'a signal is letters, digits and underscores');

const spec = z.strictObject({ kind: z.literal('signal'), name, to: z.string().optional() });

/** Sends an event by name to the stance machines: of all who are present, or of one party alone. Stances that do not listen for it stay as they are. */
export const signal: ShockKind<z.infer<typeof spec>> = {
  kind: 'signal',
  summary: 'stance machines hear an event by name',
  spec,
  example: { kind: 'signal', name: 'summit_called' },
  make({ name, to }, { event, parties }) {
    if ((STANCE_EVENTS as readonly string[]).includes(name)) {
      const message = `"${name}" is an event of the talks themselves`;
      return flawed({ path: ['name'], code: 'reserved-signal', message, hint: 'call the signal something else' });
    }
    if (to !== undefined && !parties.includes(to)) return flawed(unknown('party', to, parties, ['to']));
    return made({ facts: () => [{ type: 'signalled', event, signal: name, ...(to !== undefined && { to }) }] });
  },
};
