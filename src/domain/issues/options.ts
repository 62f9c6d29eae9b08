import { z } from 'zod';
import { id, label } from '../id.ts';
import { flawed, type IssueKind, made } from '../issue.ts';

const option = z.union([id, z.strictObject({ id, label: label.optional(), note: z.string().max(2000).optional() })]);

const spec = z.strictObject({
  kind: z.literal('options'),
  id,
  label: label.optional(),
  note: z.string().max(4000).optional(),
  source: z.string().max(2000).optional(),
  options: z.array(option).min(1).max(2000),
});

/** A choice among named options, in the order the scenario lists them. */
export const options: IssueKind<z.infer<typeof spec>> = {
  kind: 'options',
  summary: 'a choice among named options',
  spec,
  example: { kind: 'options', id: 'oversight', options: ['none', { id: 'iaea', label: 'IAEA verification' }] },
  make(given) {
    const ids = given.options.map((o) => (typeof o === 'string' ? o : o.id));
    const labels = given.options.map((o) => (typeof o === 'string' ? o : (o.label ?? o.id)).replaceAll('_', ' '));
    const twice = ids.findIndex((one, i) => ids.indexOf(one) !== i);
    if (twice >= 0) {
      const path = ['options', twice];
      return flawed({ path, code: 'duplicate-id', message: `the option "${ids[twice]}" is listed twice` });
    }
    return made({
      kind: 'options',
      id: given.id,
      label: given.label ?? given.id.replaceAll('_', ' '),
      size: ids.length,
      value: (level) => ids[level],
      text: (level) => labels[level],
      level: (value) => (typeof value === 'string' && ids.includes(value) ? ids.indexOf(value) : undefined),
      readings: [{ suffix: '', kind: 'string', doc: 'the option', options: ids, read: (level) => ids[level] }],
      expects: `one of ${ids.join(', ')}`,
    });
  },
};
