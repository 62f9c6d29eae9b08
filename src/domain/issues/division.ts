import { z } from 'zod';
import { id, label, type PartyId } from '../id.ts';
import { flawed, type IssueKind, made } from '../issue.ts';

const spec = z.strictObject({
  kind: z.literal('division'),
  id,
  label: label.optional(),
  note: z.string().max(4000).optional(),
  source: z.string().max(2000).optional(),
  among: z.array(id).min(2).max(8),
  /** The whole in equal parts: `parts: 6` divides in sixths. */
  parts: z.number().int().min(1).max(1000).optional(),
  /** The same in percent: `step: 10` divides in tenths. */
  step: z.number().positive().max(100).optional(),
});

/** The whole divided among named parties in equal steps; a value is written in parts, `2/2/2`, in the order of `among`. */
export const division: IssueKind<z.infer<typeof spec>> = {
  kind: 'division',
  summary: 'the whole divided among named parties in equal steps (`parts: 6`, or `step: 10` percent)',
  spec,
  example: { kind: 'division', id: 'stakes', among: ['russia', 'ukraine', 'united_states'], parts: 6 },
  make(given, parties) {
    const parts = given.parts ?? (given.step === undefined ? undefined : 100 / given.step);
    if (parts === undefined || (given.parts !== undefined && given.step !== undefined)) {
      return flawed({
        path: [],
        code: 'division-step',
        message: 'a division needs either "parts" or "step" (percent)',
      });
    }
    if (Math.abs(parts - Math.round(parts)) > 1e-9) {
      return flawed({
        path: ['step'],
        code: 'shares-cannot-reach-100',
        message: `shares in steps of ${given.step} % cannot add up to 100 %`,
        hint: 'choose a step that divides 100, or write "parts: 6" for sixths',
      });
    }
    const whole = Math.round(parts);
    for (const [i, party] of given.among.entries()) {
      if (!parties.includes(party)) {
        const message = `"${party}" is not a party of this scenario`;
        return flawed({ path: ['among', i], code: 'unknown-party', message, hint: `parties: ${parties.join(', ')}` });
      }
      if (given.among.indexOf(party) !== i) {
        return flawed({ path: ['among', i], code: 'duplicate-id', message: `"${party}" is listed twice` });
      }
    }
    if (compositions(whole, given.among.length) > 200_000) {
      return flawed({ path: [], code: 'division-too-fine', message: 'this division has more than 200,000 values' });
    }
    const splits = divide(whole, given.among.length);
    const tokens = splits.map((split) => split.join('/'));
    const levelOf = new Map(tokens.map((token, level) => [token, level]));
    const seatOf = (party: PartyId) => given.among.indexOf(party);
    const share = (level: number, party: PartyId) => (seatOf(party) < 0 ? 0 : splits[level][seatOf(party)] / whole);
    return made({
      kind: 'division',
      id: given.id,
      label: given.label ?? given.id.replaceAll('_', ' '),
      size: splits.length,
      value: (level) => tokens[level],
      text: (level) =>
        given.among.map((p, i) => `${p.replaceAll('_', ' ')} ${percent(splits[level][i] / whole)}`).join(', '),
      level: (value) => levelOf.get(asToken(value, given.among) ?? ''),
      readings: [
        {
          suffix: '',
          kind: 'string',
          doc: `the division in parts of ${whole}, as "a/b/c"`,
          read: (level) => tokens[level],
        },
        ...given.among.map((party, i) => ({
          suffix: party,
          kind: 'number' as const,
          doc: `the share of ${party}, from 0 to 1`,
          read: (level: number) => splits[level][i] / whole,
        })),
      ],
      expects: `${given.among.length} whole numbers of parts that add up to ${whole}, such as "${tokens[Math.floor(tokens.length / 2)]}"`,
      share,
    });
  },
};

/** All ways to share `whole` parts among `n`, first party's share slowest, ascending. */
function divide(whole: number, n: number): number[][] {
  if (n === 1) return [[whole]];
  return Array.from({ length: whole + 1 }, (_, own) => divide(whole - own, n - 1).map((rest) => [own, ...rest])).flat();
}

function compositions(whole: number, n: number): number {
  let count = 1;
  for (let k = 1; k < n; k++) count = (count * (whole + k)) / k;
  return count;
}

function asToken(value: unknown, among: readonly string[]): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Record<string, unknown>;
  if (Object.keys(given).some((key) => !among.includes(key))) return undefined;
  return among.map((party) => given[party] ?? 0).join('/');
}

const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
