import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { changed, oneOf } from './change.ts';

const rounds = z.number().int().min(-1_000_000).max(1_000_000);

const spec = z
  .strictObject({ kind: z.literal('deadline'), to: rounds.min(1).optional(), by: rounds.optional() })
  .refine(...oneOf(['to', 'by']));

/** Moves the deadline, in rounds. Time is recomputed and may fall; a deadline moved behind the round being opened ends the talks there. */
export const deadline: ShockKind<z.infer<typeof spec>> = {
  kind: 'deadline',
  summary: 'the deadline moves',
  spec,
  example: { kind: 'deadline', by: -5 },
  make(given, { event, earliest }) {
    if (given.to !== undefined && given.to < earliest) {
      const message = `round ${given.to} is over when this happens, in round ${earliest} at the earliest`;
      const hint = `write "to: ${earliest}" to make that round the last`;
      return flawed({ path: ['to'], code: 'deadline-past', message, hint });
    }
    return made({
      facts({ world }) {
        const from = world.rounds;
        return [{ type: 'deadlineMoved', event, from, to: Math.max(0, changed(from, given)) }];
      },
    });
  },
};
