import { STRATEGIES } from '../catalog.ts';
import type { Flaw } from '../domain/issue.ts';
import { live } from '../executors/live.ts';
import { table } from '../executors/table.ts';
import { suggest } from '../expression/index.ts';
import { OWN, type Stage } from '../scenario/compile.ts';
import { makePlayer } from '../scenario/seats.ts';
import type { StanceExecutor } from '../session/contracts/stance.ts';
import type { Player } from '../session/player.ts';
import { ComparisonRefusal } from './refusal.ts';

/** The compiled table where it can express the machine, XState otherwise. */
export const BATCH: readonly StanceExecutor[] = [table, live];
export const RECORDED: readonly StanceExecutor[] = [live];

/** A strategy compiled for a seat of a scenario, or what is wrong with that. The scenario's own party keeps its opponent model. */
export function seatStrategy(
  stage: Stage,
  seat: number,
  name: string,
  executors: readonly StanceExecutor[],
): { readonly player: Player } | { readonly flaws: readonly Flaw[] } {
  const party = stage.spec.parties[seat];
  const flaws: Flaw[] = [];
  const room = { ...stage, executors };
  const { scripted } = stage.players[seat];
  const player =
    name === OWN
      ? makePlayer(room, seat, party.stance, party.opponent_model, scripted, flaws)
      : makePlayer(room, seat, { use: name }, undefined, scripted, flaws);
  return player && flaws.length === 0 ? { player } : { flaws };
}

/** The strategies of the library that fit a seat of the scenario. */
export function fitting(stage: Stage, seat: number): string[] {
  // Another tool's forms of the plain strategies are for conformance, not for choosing from.
  return [...STRATEGIES.keys()].filter(
    (name) => !name.includes(':') && 'player' in seatStrategy(stage, seat, name, BATCH),
  );
}

/**
 * Strategies by seat, as the command line gives them: `russia=boulware,dealmaker`, `0=linear`, or a bare list for every seat. Seats not named keep the
 * scenario's own. Refuses unknown parties and strategies, and strategies that do not fit their seat.
 */
export function strategiesOf(stage: Stage, given: readonly string[], all: boolean): string[][] {
  const parties = stage.spec.parties.map((party) => party.id);
  const lists = parties.map((_, seat) => (all ? fitting(stage, seat) : [OWN]));
  for (const one of given) {
    const equals = one.indexOf('=');
    const names = one
      .slice(equals + 1)
      .split(',')
      .map((name) => name.trim());
    if (names.some((name) => name === ''))
      throw new ComparisonRefusal(
        `--strategies ${one} names no strategy`,
        'such as --strategies russia=boulware,linear',
      );
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new ComparisonRefusal(`--strategies ${one} names "${twice}" twice`);
    for (const seat of seatsOf(one, equals, parties)) lists[seat] = names;
  }
  for (const [seat, list] of lists.entries()) for (const name of list) checkStrategy(stage, seat, name);
  return lists;
}

function seatsOf(one: string, equals: number, parties: readonly string[]): number[] {
  if (equals < 0) return parties.map((_, seat) => seat);
  const who = one.slice(0, equals).trim();
  const seat = /^\d+$/.test(who) ? Number(who) : parties.indexOf(who);
  if (parties[seat] !== undefined) return [seat];
  const near = suggest(who, parties);
  throw new ComparisonRefusal(
    `--strategies ${one}: there is no party "${who}"`,
    near ? `did you mean "${near}"?` : `parties: ${parties.join(', ')}`,
  );
}

function checkStrategy(stage: Stage, seat: number, name: string): void {
  if (name !== OWN && !STRATEGIES.has(name)) {
    const near = suggest(name, STRATEGIES.keys());
    throw new ComparisonRefusal(
      `there is no strategy "${name}"`,
      near ? `did you mean "${near}"?` : `strategies: ${[OWN, ...STRATEGIES.keys()].join(', ')}`,
    );
  }
  const seated = seatStrategy(stage, seat, name, BATCH);
  if ('flaws' in seated) {
    const { message, hint } = seated.flaws[0];
    throw new ComparisonRefusal(`${stage.spec.parties[seat].id} cannot play ${name}: ${message}`, hint);
  }
}
