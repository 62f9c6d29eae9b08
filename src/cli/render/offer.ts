import type { Issue } from '../../domain/issue.ts';
import type { Game } from '../../session/game.ts';
import { widthOf } from './width.ts';

/** Labels longer than this give way to ids, which the table of what is at stake explains. */
const NAME = 18;
const VALUE = 30;

/** What an issue is called within a line. */
export const issueName = ({ id, label }: Issue): string => (widthOf(label) <= NAME ? label : plainId(id));

/** A value within a line: its text where that is short and says which issue's it is, else as scenarios write it. */
export function valueName(issue: Issue, level: number): string {
  const text = issue.text(level);
  return widthOf(text) <= VALUE && !text.includes(', ') ? text : plainId(String(issue.value(level)));
}

/** The issues on which two outcomes differ, by position; all of them where there is no other outcome. */
export const differing = ({ space }: Game, outcome: number, other: number): number[] =>
  [...space.issues.keys()].filter((i) => other < 0 || space.levelOf(outcome, i) !== space.levelOf(other, i));

/** One issue and its value. */
export const termWords = ({ space }: Game, outcome: number, i: number): string =>
  `${issueName(space.issues[i])}: ${valueName(space.issues[i], space.levelOf(outcome, i))}`;

/** A whole outcome. */
export const offerWords = (game: Game, outcome: number): string =>
  [...game.space.issues.keys()].map((i) => termWords(game, outcome, i)).join(', ');

const plainId = (id: string) => id.replaceAll('_', ' ');
