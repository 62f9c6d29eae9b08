import type { Game } from '../session/game.ts';
import { Refusal } from './console.ts';

/** An outcome that an option names, and how it came to be that one. */
export interface Chosen {
  readonly outcome: number;
  readonly how: string;
}

/** The outcome of `--outcome issue=value,...`: what is not named stays as it is in `start`. */
export function chosenOutcome({ space }: Game, given: string, start: Chosen): Chosen {
  let { outcome } = start;
  const named = new Set<string>();
  for (const one of given.split(',')) {
    const at = one.indexOf('=');
    const id = one.slice(0, Math.max(0, at)).trim();
    const issue = space.issue(id);
    if (issue < 0) {
      throw new Refusal(
        `--outcome ${one.trim()} should read issue=value`,
        `issues: ${space.issues.map((known) => known.id).join(', ')}`,
      );
    }
    const value = one.slice(at + 1).trim();
    const asked = space.issues[issue];
    // An empty text would read as the number 0
    const level = value === '' ? undefined : (asked.level(value) ?? asked.level(Number(value)));
    if (level === undefined)
      throw new Refusal(`--outcome: the issue ${id} has no value "${value}"`, space.issues[issue].expects);
    named.add(id);
    outcome = space.withLevel(outcome, issue, level);
  }
  if (!space.isAllowed(outcome)) {
    const values = Object.entries(space.values(outcome)).map(([id, value]) => `${id}=${value}`);
    throw new Refusal(
      `the scenario's constraints forbid ${values.join(',')}`,
      `issues not named keep the ${start.how}`,
    );
  }
  const rest = named.size < space.issues.length ? `, the rest from the ${start.how}` : '';
  return { outcome, how: `given${rest}` };
}
