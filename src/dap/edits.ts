import type { Frame } from '../debugger/debugger.ts';
import type { Issue } from '../domain/issue.ts';
import { type Change, unknown } from '../history/change.ts';
import { type Answer, refuse } from '../history/refused.ts';

/** Paths whose values can be changed; a change forks the talks. */
const EDITABLE = [
  /^market\.[a-z0-9_]+$/,
  /^rounds$/,
  /^seed$/,
  /^terms\.[a-z0-9_]+\.[a-z0-9_]+$/,
  /^parties\.[a-z0-9_]+\.(stance|strategy|reservation_value)$/,
  /^table\.offer\.[a-z0-9_]+$/,
];

export const isEditable = (path: string | undefined): boolean =>
  path !== undefined && EDITABLE.some((pattern) => pattern.test(path));

/** The path an editor's expression names: `upper.stance` is `parties.upper.stance`, `standing.keeper` is `table.offer.keeper`. */
export function pathNamed(frame: Frame, expression: string): string {
  const path = expression.trim();
  const [head, ...rest] = path.split('.');
  if (frame.game.isSeat(head)) return `parties.${path}`;
  return head === 'standing' ? ['table', 'offer', ...rest].join('.') : path;
}

/** The change that makes the value at a path another one, as the user wrote it. */
export function changeAt(frame: Frame, path: string, written: string): Answer<{ change: Change }> {
  if (!isEditable(path)) {
    const hint =
      'a market figure, a term, rounds, seed, a party’s stance, strategy or reservation_value, or an issue of the offer can be';
    return refuse('cannot-be-changed', `${path || 'this'} cannot be changed`, hint);
  }
  const text = written.trim().replace(/^(['"])(.*)\1$/, '$2');
  const [head, second, third] = path.split('.');
  const name = (change: Change): Answer<{ change: Change }> => ({ ok: true, change });
  if (head === 'parties' && third === 'stance') return name({ kind: 'stance', party: second, to: text });
  if (head === 'parties' && third === 'strategy') return name({ kind: 'strategy', party: second, strategy: text });
  if (head === 'table') return offerWith(frame, third, text);
  const to = text === '' ? Number.NaN : Number(text.replace(/(?<=\d)_(?=\d)/g, ''));
  if (!Number.isFinite(to)) return refuse('not-a-number', `"${written}" is no number`);
  if (head === 'market') return name({ kind: 'market', name: second, to });
  if (head === 'rounds') return name({ kind: 'deadline', to });
  if (head === 'seed') return name({ kind: 'seed', to });
  if (head === 'terms') return name({ kind: 'term', party: second, term: third, times: to });
  return name({ kind: 'reservation', party: second, to });
}

/** The offer made in this turn, with one issue settled otherwise. */
function offerWith({ turn, micro, game }: Frame, issue: string, text: string): Answer<{ change: Change }> {
  const made = turn?.facts.slice(0, micro).findLast((fact) => fact.type === 'offered');
  if (made?.type !== 'offered')
    return refuse('no-offer-here', 'no offer was made in this turn', 'go to the turn whose offer to change');
  const index = game.space.issue(issue);
  if (index < 0)
    return unknown(
      'issue',
      issue,
      game.space.issues.map(({ id }) => id),
    );
  const level = levelOf(game.space.issues[index], text);
  if (level === undefined)
    return refuse('no-such-value', `"${text}" is no value of ${issue}`, game.space.issues[index].expects);
  const outcome = game.space.withLevel(made.outcome, index, level);
  return { ok: true, change: { kind: 'move', party: made.by, move: { type: 'offer', outcome } } };
}

const levelOf = (issue: Issue, text: string): number | undefined => issue.level(text) ?? issue.level(Number(text));
