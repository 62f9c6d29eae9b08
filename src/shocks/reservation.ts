import { z } from 'zod';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { change, changed, oneOf, unknown } from './change.ts';

const spec = z
  .strictObject({ kind: z.literal('reservation'), party: z.string(), ...change })
  .refine(...oneOf(['to', 'by', 'times']));

/** Moves what a party can get without a deal, in the scenario's unit of value. Outcomes keep their worth; only the cut-off moves. */
export const reservation: ShockKind<z.infer<typeof spec>> = {
  kind: 'reservation',
  summary: "a party's reservation value moves",
  spec,
  example: { kind: 'reservation', party: 'russia', by: 250 },
  make(given, { event, parties, reservations }) {
    const { party } = given;
    if (!parties.includes(party)) return flawed(unknown('party', party, parties, ['party']));
    const atFirst = reservations[party];
    if (!Number.isFinite(atFirst) && given.to === undefined) {
      const message = `${party} has no reservation value to move`;
      return flawed({ path: [], code: 'no-reservation', message, hint: 'set one with "to"' });
    }
    return made({
      facts({ world }) {
        const from = world.reservations[party] ?? (Number.isFinite(atFirst) ? atFirst : null);
        return [{ type: 'reservationMoved', event, party, from, to: changed(from ?? 0, given) }];
      },
    });
  },
};
