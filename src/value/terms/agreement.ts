import { z } from 'zod';
import { figure } from '../../domain/figure.ts';
import { made } from '../../domain/issue.ts';
import { plainTerm, type TermKind } from '../term.ts';
import { common } from './base.ts';

const spec = z.strictObject({ kind: z.literal('agreement'), ...common, worth: figure });

/** A constant worth of reaching any agreement at all. */
export const agreement: TermKind<z.infer<typeof spec>> = {
  kind: 'agreement',
  summary: 'a constant worth of reaching any agreement',
  spec,
  example: { kind: 'agreement', id: 'any_agreement', worth: 300 },
  make: (given) => made(plainTerm(given, [], () => given.worth)),
};
