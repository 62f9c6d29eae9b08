import { parseAddress } from '../history/address.ts';
import type { Branch } from '../history/branch.ts';
import { type Answer, refuse } from '../history/refused.ts';

/**
 * The position a text names: `r7.2.3`, `7`, `start`, `end`, `.` (the present), any of them after `2:` for branch 2. Plays on as far as is needed to know,
 * and in constant time where it is recorded.
 */
export function findMoment(
  text: string,
  branches: readonly Branch[],
  present: Branch,
  position: number,
): Answer<{ branch: Branch; position: number }> {
  const match = /^\s*(?:(\d{1,6}):)?\s*(\S*)\s*$/.exec(text);
  const branch = match?.[1] === undefined ? present : branches.find(({ id }) => id === Number(match[1]));
  if (branch === undefined) return refuse('unknown-branch', `there is no branch ${match?.[1]}`, 'tree lists them');
  const { recording } = branch;
  const place = match?.[2] ?? '';
  if (place === 'start') return { ok: true, branch, position: 0 };
  if (place === '.' || place === '')
    return { ok: true, branch, position: branch === present ? position : recording.size };
  if (place === 'end') {
    recording.reach(Number.POSITIVE_INFINITY);
    return { ok: true, branch, position: recording.size };
  }
  const address = parseAddress(place);
  if (address === undefined)
    return refuse('no-address', `"${text}" is no moment`, 'write r7, r7.2, r7.2.3, start or end; 2:r7 is on branch 2');
  // What is left out of an address means the end of what is named: that needs the whole round.
  while (
    recording.turnOf({ ...address, turn: undefined, round: address.round + 1 }) === undefined &&
    recording.turnOf(address) === undefined
  ) {
    if (recording.grow() !== 'grown') break;
  }
  if (address.turn === undefined) {
    while (recording.last.round === address.round && recording.last.end === null) {
      if (recording.last.turn >= recording.game.protocol.turns(recording.last) || recording.grow() !== 'grown') break;
    }
  }
  const found = recording.position(address);
  if (found !== undefined) return { ok: true, branch, position: found };
  const index = recording.turnOf(address);
  if (index !== undefined) {
    const last = recording.turns[index].facts.length;
    return refuse(
      'no-such-moment',
      `r${address.round}.${address.turn ?? ''} has ${last} micro-steps`,
      `the last is ${recording.addressText(recording.startOf(index + 1))}`,
    );
  }
  const end = recording.addressText(recording.size);
  return refuse(
    'no-such-moment',
    `there is no ${place}: these talks ${recording.ended ? 'end' : 'stand'} at ${end}`,
    `goto ${end}`,
  );
}
