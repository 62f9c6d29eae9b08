import { z } from 'zod';
import { figure } from '../domain/figure.ts';
import { flawed, made } from '../domain/issue.ts';
import type { ShockKind } from '../session/contracts/shock.ts';
import { unknown } from './change.ts';

const spec = z.strictObject({ kind: z.literal('term'), party: z.string(), term: z.string(), times: figure });

/** Scales one value term of one party, on top of what earlier events made of it: the grid needs the power twice as much. */
export const term: ShockKind<z.infer<typeof spec>> = {
  kind: 'term',
  summary: 'one value term of one party counts for more or less',
  spec,
  example: { kind: 'term', party: 'ukraine', term: 'power', times: 2 },
  make({ party, term, times }, { event, parties, terms }) {
    if (!parties.includes(party)) return flawed(unknown('party', party, parties, ['party']));
    const known = terms[party] ?? [];
    if (!known.includes(term)) return flawed(unknown('value term', term, known, ['term']));
    return made({
      facts({ world }) {
        const from = world.terms[`${party}.${term}`] ?? 1;
        return [{ type: 'termMoved', event, party, term, from, to: from * times }];
      },
    });
  },
};
