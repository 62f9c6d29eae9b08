import { z } from 'zod';
import { decimalText } from '../decimal_text.ts';
import { figure } from '../figure.ts';
import { id, label } from '../id.ts';
import { flawed, type IssueKind, made } from '../issue.ts';

const spec = z.strictObject({
  kind: z.literal('levels'),
  id,
  label: label.optional(),
  note: z.string().max(4000).optional(),
  source: z.string().max(2000).optional(),
  unit: z.string().max(60).optional(),
  levels: z.array(figure).min(1).max(10_000).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  step: z.number().positive().optional(),
});

/** Numeric levels with a unit: a list, or an even ladder `from`, `to`, `step`. */
export const levels: IssueKind<z.infer<typeof spec>> = {
  kind: 'levels',
  summary: 'numeric levels with a unit, listed or on an even ladder',
  spec,
  example: { kind: 'levels', id: 'mining_mw', unit: 'MW', levels: [0, 950, 5700] },
  make(given) {
    const ladder = given.levels ?? rungs(given.from, given.to, given.step);
    if (ladder === undefined || (given.levels !== undefined && given.from !== undefined)) {
      return flawed({
        path: [],
        code: 'levels-or-ladder',
        message: `the issue "${given.id}" needs either "levels", or all of "from", "to" and "step" with at most 10,000 even steps`,
      });
    }
    const wrong = ladder.findIndex((x, i) => i > 0 && x <= ladder[i - 1]);
    if (wrong > 0) {
      return flawed({
        path: given.levels ? ['levels', wrong] : [],
        code: 'levels-not-rising',
        message: `levels must rise: ${ladder[wrong]} does not come after ${ladder[wrong - 1]}`,
      });
    }
    const unit = given.unit ? ` ${given.unit}` : '';
    return made({
      kind: 'levels',
      id: given.id,
      label: given.label ?? given.id.replaceAll('_', ' '),
      size: ladder.length,
      unit: given.unit,
      value: (level) => ladder[level],
      text: (level) => `${decimalText(ladder[level], 0, 3)}${unit}`,
      level: (value) => {
        const at = typeof value === 'number' ? ladder.indexOf(value) : -1;
        return at < 0 ? undefined : at;
      },
      readings: [
        {
          suffix: '',
          kind: 'number',
          doc: 'the level',
          unit: given.unit,
          levels: ladder,
          read: (level) => ladder[level],
        },
      ],
      expects: ladder.length <= 12 ? `one of ${ladder.join(', ')}` : `a level from ${ladder[0]} to ${ladder.at(-1)}`,
    });
  },
};

/** from + i * step, each computed afresh so that errors do not add up; the last rung must land on `to`. */
function rungs(from?: number, to?: number, step?: number): number[] | undefined {
  if (from === undefined || to === undefined || step === undefined || to < from) return undefined;
  const count = Math.round((to - from) / step);
  if (count > 9_999 || Math.abs(from + count * step - to) > 1e-9 * Math.max(1, Math.abs(to))) return undefined;
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(12)));
}
