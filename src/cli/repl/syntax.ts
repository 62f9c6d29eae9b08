import type { BreakpointSpec, Spot } from '../../debugger/breakpoint.ts';
import { parseAddress } from '../../history/address.ts';
import type { Change } from '../../history/change.ts';
import { type Answer, refuse } from '../../history/refused.ts';
import type { Game } from '../../session/game.ts';
import type { Move } from '../../session/move.ts';
import { NONE, type State } from '../../session/state.ts';

const PLACES =
  'r7, r7.2, PARTY, PARTY.STATE, enter STATE, left STATE, A->B, event [ID], stance, deal, walkout, refusal, end, issue ID, on EXPR, if CONDITION';

/** Reads `break PLACE [if CONDITION] [hits N] [log TEXT]`. */
export function readBreak(
  text: string,
  parties: readonly string[],
  temporary = false,
): Answer<{ spec: BreakpointSpec }> {
  let rest = text.trim();
  if (rest === '') return refuse('no-place', 'break where?', PLACES);
  const cut = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest);
    if (match === null) return undefined;
    rest = rest.slice(0, match.index).trim();
    return match[1].trim();
  };
  const log = cut(/\slog\s+(.*)$/);
  const hits = cut(/\shits\s+([<>=%\d\s]+)$/);
  const condition = rest.startsWith('if ') ? undefined : cut(/\sif\s+(.*)$/);
  const spot = readSpot(rest, parties);
  if (spot === undefined) return refuse('no-place', `"${rest}" is no place to break`, PLACES);
  const told = log?.replace(/^"(.*)"$/, '$1');
  return {
    ok: true,
    spec: {
      spot,
      ...(condition !== undefined && { condition }),
      ...(hits !== undefined && { hits }),
      ...(told !== undefined && { log: told }),
      ...(temporary && { temporary }),
    },
  };
}

function readSpot(text: string, parties: readonly string[]): Spot | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return { kind: 'at', address };
  const [head, ...more] = text.split(/\s+/);
  const rest = text.slice(head.length).trim();
  const of = (words: readonly string[]) => (words[0] === 'of' && words[1] !== undefined ? { party: words[1] } : {});
  switch (head) {
    case 'deal':
    case 'end':
    case 'walkout':
      return { kind: head };
    case 'refusal':
      return { kind: 'refusal', ...(more[0] !== undefined && { party: more[0] }) };
    case 'stance':
      return { kind: 'transition', ...(more[0] !== undefined && { party: more[0] }) };
    case 'event':
      return { kind: 'event', ...(more[0] !== undefined && { event: more[0] }) };
    case 'issue':
      return more[0] === undefined ? undefined : { kind: 'issue', issue: more[0] };
    case 'enter':
    case 'left':
      return more[0] === undefined
        ? undefined
        : { kind: 'state', state: more[0], on: head === 'enter' ? 'entered' : 'left', ...of(more.slice(1)) };
    case 'on':
      return rest === '' ? undefined : { kind: 'data', what: rest };
    case 'if':
      return rest === '' ? undefined : { kind: 'if', condition: rest };
  }
  if (parties.includes(text)) return { kind: 'party', party: text };
  const arrow = /^(?:([a-z][a-z0-9_]*)\s+)?([\w.]+|\*)\s*->\s*([\w.]+|\*)$/.exec(text);
  if (arrow !== null) {
    const [, party, from, to] = arrow;
    return { kind: 'transition', ...(party && { party }), ...(from !== '*' && { from }), ...(to !== '*' && { to }) };
  }
  const dotted = /^([a-z][a-z0-9_]*)\.([\w.]+)$/.exec(text);
  if (dotted !== null && parties.includes(dotted[1]))
    return { kind: 'state', party: dotted[1], state: dotted[2], on: 'entered' };
  return undefined;
}

/** Reads `issue=value ...`; issues left out stay as they are on the table. */
export function readOffer(text: string, game: Game, state: State): Answer<{ move: Move }> {
  const { space } = game;
  const given: Record<string, unknown> = state.table.outcome === NONE ? {} : space.values(state.table.outcome);
  const quoted = /\bsays\s+"([^"]*)"\s*$/.exec(text);
  const rest = quoted === null ? text : text.slice(0, quoted.index);
  const pairs = rest.split(/\s+/).filter(Boolean);
  if (pairs.length === 0 && state.table.outcome === NONE)
    return refuse('no-offer', 'offer what?', `offer ${space.issues.map(({ id }) => `${id}=VALUE`).join(' ')}`);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      return refuse(
        'no-offer',
        `"${pair}" should read issue=value`,
        `issues: ${space.issues.map(({ id }) => id).join(', ')}`,
      );
    const id = pair.slice(0, at);
    const written = pair.slice(at + 1);
    const issue = space.issues.find((one) => one.id === id);
    given[id] =
      issue?.level(written) === undefined && written !== '' && !Number.isNaN(Number(written))
        ? Number(written)
        : written;
  }
  const found = space.find(given);
  if (typeof found === 'number')
    return { ok: true, move: { type: 'offer', outcome: found, ...(quoted && { says: quoted[1] }) } };
  const [wrong] = found.wrong;
  const issue = space.issues.find(({ id }) => id === wrong);
  if (issue === undefined)
    return refuse(
      'unknown-issue',
      `there is no issue "${wrong}"`,
      `issues: ${space.issues.map(({ id }) => id).join(', ')}`,
    );
  if (!(wrong in given))
    return refuse(
      'incomplete-offer',
      `the offer says nothing on ${found.wrong.join(', ')}`,
      'nothing is on the table to fill it in from',
    );
  return refuse('no-such-value', `"${String(given[wrong])}" is no value of ${wrong}`, issue.expects);
}

/** Reads a move by hand: `offer ...`, `accept`, `pass`, `walk WHY`. */
export function readMove(verb: string, rest: string, game: Game, state: State): Answer<{ move: Move }> {
  if (verb === 'offer') return readOffer(rest, game, state);
  if (verb === 'walk') return { ok: true, move: { type: 'walk', why: rest === '' ? 'no reason given' : rest } };
  return { ok: true, move: { type: verb === 'accept' ? 'accept' : verb === 'reject' ? 'reject' : 'pass' } };
}

export const FORKS =
  'market NAME=X, term PARTY.TERM=TIMES, reservation PARTY=X, deadline N, stance PARTY=STATE, strategy PARTY=NAME, seed N, offer ISSUE=VALUE ..., accept, pass, walk WHY';

/** Reads what a fork changes; `party` is whose move a changed move is. */
export function readChange(
  text: string,
  game: Game,
  state: State,
  party: string | undefined,
): Answer<{ change: Change }> {
  const [kind, ...words] = text.trim().split(/\s+/);
  const rest = words.join(' ');
  const pair = /^([\w.]+)\s*=\s*(.+)$/.exec(rest);
  const made = (change: Change): Answer<{ change: Change }> => ({ ok: true, change });
  const number = (written: string | undefined): number =>
    written === undefined || written.trim() === '' ? Number.NaN : Number(written);
  switch (kind) {
    case 'market':
      if (pair) return made({ kind, name: pair[1], to: number(pair[2]) });
      break;
    case 'term': {
      const [who, ...term] = (pair?.[1] ?? '').split('.');
      if (pair && term.length > 0) return made({ kind, party: who, term: term.join('.'), times: number(pair[2]) });
      break;
    }
    case 'reservation':
      if (pair) return made({ kind, party: pair[1], to: number(pair[2]) });
      break;
    case 'deadline':
    case 'seed':
      if (rest !== '') return made({ kind, to: number(rest.replace(/^=\s*/, '')) });
      break;
    case 'stance':
      if (pair) return made({ kind, party: pair[1], to: pair[2].trim() });
      break;
    case 'strategy':
      if (pair) return made({ kind, party: pair[1], strategy: pair[2].trim() });
      break;
    case 'offer':
    case 'accept':
    case 'reject':
    case 'pass':
    case 'walk': {
      const read = readMove(kind, rest, game, state);
      if (!read.ok) return read;
      if (party === undefined)
        return refuse('no-turn-here', 'nobody moves here', 'go to the turn whose move to change');
      return made({ kind: 'move', party, move: read.move });
    }
  }
  return refuse('no-change', text.trim() === '' ? 'fork with what changed?' : `"${text.trim()}" is no change`, FORKS);
}
