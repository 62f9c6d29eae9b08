import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { unknown } from './change.ts';

const spec = z.strictObject({ kind: z.literal('leave'), party: z.string(), why: z.string().min(1).max(500) });

/** Makes a party leave the talks. Whether the others may go on without it is the agreement rule's to say. */
export const leave: ShockKind<z.infer<typeof spec>> = {
  kind: 'leave',
  summary: 'a party leaves the talks',
  spec,
  example: { kind: 'leave', party: 'ukraine', why: 'shelling of the switchyard' },
  make({ party, why }, { parties }) {
    const seat = parties.indexOf(party);
    if (seat < 0) return flawed(unknown('party', party, parties, ['party']));
    return made({ facts: ({ seats }) => (seats[seat].here ? [{ type: 'walked', by: party, why }] : []) });
  },
};
