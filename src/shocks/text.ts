import { z } from 'zod';
import { type Flaw, flawed, made } from '../domain/issue.ts';
import { suggest } from '../expression/index.ts';
import type { ShockKind } from '../session/contracts/shock.ts';

const spec = z.strictObject({
  kind: z.literal('text'),
  offer: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** A mediator puts a whole text on the table. It replaces what stood there, nobody has consented to it yet, and every party may answer it. */
export const text: ShockKind<z.infer<typeof spec>> = {
  kind: 'text',
  summary: "a mediator's text is put on the table",
  spec,
  example: { kind: 'text', offer: { custody: 'two_of_three', oversight: 'iaea' } },
  make({ offer }, { event, issues, find, isAllowed }) {
    const outcome = find(offer);
    if (typeof outcome !== 'number') {
      return flawed(
        ...outcome.wrong.map((id): Flaw => {
          const issue = issues.find((one) => one.id === id);
          if (issue === undefined) {
            const ids = issues.map((one) => one.id);
            const near = suggest(id, ids);
            const hint = near ? `did you mean "${near}"?` : `issues: ${ids.join(', ')}`;
            return { path: ['offer', id], code: 'unknown-issue', message: `there is no issue "${id}"`, hint };
          }
          if (id in offer) {
            const message = `"${offer[id]}" is no value of the issue "${id}"`;
            return { path: ['offer', id], code: 'unknown-value', message, hint: issue.expects };
          }
          const message = `the text says nothing on the issue "${id}"`;
          return { path: ['offer'], code: 'incomplete-offer', message, hint: `${id}: ${issue.expects}` };
        }),
      );
    }
    if (!isAllowed(outcome)) {
      const message = "the text breaks the scenario's constraints";
      return flawed({ path: ['offer'], code: 'forbidden-outcome', message });
    }
    return made({ facts: () => [{ type: 'tabled', event, outcome }] });
  },
};
