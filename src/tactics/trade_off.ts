import { z } from 'zod';
import { figureIn } from '../domain/figure.ts';
import { type Flaw, flawed, made } from '../domain/issue.ts';
import { aspiration, aspirer } from '../session/aspiration.ts';
import { type KitContext, PASS, type TacticKind } from '../session/contracts/tactic.ts';
import type { Candidate } from '../session/note.ts';
import type { View } from '../session/view.ts';
import { BeliefTable } from './belief_table.ts';
import { just, lowestAtLeast, NOTHING } from './pick.ts';

const spec = z.strictObject({
  type: z.literal('trade_off'),
  ...aspiration,
  /** How far above the target, in own utility, an offer may lie: the width of the iso-curve. */
  band: figureIn(0, 1).default(0.02),
  /** How what several others are believed to like becomes one number. */
  blend: z.enum(['min', 'mean', 'product']).default('mean'),
  /** Whom to please; by default those whose consent is needed. */
  towards: z.array(z.string()).min(1).optional(),
});

/**
 * The trade-off tactic: keep one's own aspiration and, among the outcomes at that level, offer the one the others are believed to like best. On a large
 * space with a narrow zone of agreement this finds deals where the outcome worth least above the target does not.
 *
 * The idea is that of Faratin, Sierra and Jennings (2002); here an opponent model takes the place of similarity to the last offer
 * (for theirs see `similarity`), as in the offering strategies of Baarslag's thesis (2014), chapter 2. Without a model it is `time_dependent`.
 */
export const tradeOff: TacticKind<z.infer<typeof spec>> = {
  type: 'trade_off',
  summary: 'at its own target level, offers what the others are believed to like best',
  source:
    'Faratin, Sierra & Jennings, Using similarity criteria to make issue trade-offs in automated negotiations, 2002',
  spec,
  example: { type: 'trade_off', exponent: 2, band: 0.03, blend: 'min' },
  make(given, context) {
    const flaws = strangers(given.towards, context);
    if (flaws.length > 0) return flawed(...flaws);
    const aim = aspirer(given);
    const towards = given.towards?.map((party) => context.parties.indexOf(party));
    const sizes = context.issues.map((issue) => issue.size);
    const beliefs = new BeliefTable(sizes, given.blend, towards);
    return made({
      target: aim,
      propose(view, _memory, note) {
        const target = aim(view);
        const lowest = lowestAtLeast(view, target);
        if (lowest === PASS || !beliefs.read(view)) {
          const because = 'the outcome worth least above the target, for want of beliefs';
          note?.({ because: lowest === PASS ? NOTHING : because, considered: just(view, lowest) });
          return lowest;
        }
        const { order, utilities } = view;
        const from = Math.min(view.firstAtLeast(Math.max(target, view.reservation)), order.length - 1);
        const to = Math.max(from + 1, upTo(view, target + given.band));
        const outcome = beliefs.pick(order, from, to, utilities);
        note?.({
          because: `what the others are believed to like best of ${to - from} outcomes at this level`,
          considered: leading(view, beliefs, from, to),
          numbers: { in_band: to - from, liked: beliefs.score(outcome), lowest: view.utility(lowest) },
        });
        return outcome;
      },
    });
  },
};

/** The position after the last outcome worth at most `level`. */
export function upTo(view: View, level: number): number {
  const { order, utilities } = view;
  let at = view.firstAtLeast(level);
  while (at < order.length && utilities[order[at]] <= level) at++;
  return at;
}

/** The three best liked outcomes of a band, for the record. */
function leading(view: View, beliefs: BeliefTable, from: number, to: number): Candidate[] {
  const { order, utilities } = view;
  const top: { outcome: number; utility: number; liked: number }[] = [];
  for (let k = from; k < to; k++) {
    const outcome = order[k];
    const liked = beliefs.score(outcome);
    if (top.length === 3 && liked < top[2].liked) continue;
    top.push({ outcome, utility: utilities[outcome], liked });
    top.sort((a, b) => b.liked - a.liked || b.utility - a.utility || a.outcome - b.outcome);
    if (top.length > 3) top.pop();
  }
  return top;
}

function strangers(towards: readonly string[] | undefined, { parties, seat }: KitContext): Flaw[] {
  return (towards ?? []).flatMap((party, i): Flaw[] => {
    const path = ['towards', i];
    if (!parties.includes(party)) {
      const hint = `parties: ${parties.join(', ')}`;
      return [{ path, code: 'unknown-party', message: `there is no party "${party}"`, hint }];
    }
    if (parties.indexOf(party) !== seat) return [];
    return [{ path, code: 'own-party', message: `"${party}" would trade with itself` }];
  });
}
