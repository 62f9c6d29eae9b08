import { ACCEPTANCE, OPPONENTS, STRATEGIES, TACTICS } from '../catalog.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import type { Chart, StanceExecutor } from '../session/contracts/stance.ts';
import type { Move } from '../session/move.ts';
import type { Player } from '../session/player.ts';
import { compileStrategy, type Shelves, type Strategy } from '../session/strategy.ts';
import { type Shape, stanceVocabulary } from '../session/vocabulary.ts';
import { nearest, within } from './flaws.ts';
import { kitFlaws, modelFlaws, paramFlaws } from './kit.ts';
import type { MoveSpec, PartySpec, StanceSpec } from './schema.ts';
import type { Ground } from './space.ts';

const SHELVES: Shelves = { tactics: TACTICS, acceptance: ACCEPTANCE, opponents: OPPONENTS };

/** What is the same for every seat. */
export interface Room extends Ground {
  readonly shape: Shape;
  readonly signals: readonly string[];
  readonly executors: readonly StanceExecutor[];
}

/** A strategy for a seat, compiled. Flaws have paths within the party's block. */
export function makePlayer(
  room: Room,
  seat: number,
  stance: StanceSpec,
  model: { readonly type: string } | undefined,
  scripted: ReadonlyMap<number, Move>,
  flaws: Flaw[],
): Player | undefined {
  const strategy = strategyOf(stance, model, flaws);
  if (strategy === undefined) return undefined;
  const { space, shape, signals, executors } = room;
  const compiled = compileStrategy(strategy, SHELVES, {
    seat,
    parties: shape.parties,
    issues: space.issues,
    strides: space.strides,
    allowed: space.allowed,
    isAllowed: (outcome) => space.isAllowed(outcome),
    find: (values) => space.find(values),
    signals,
    vocabulary: (context) => stanceVocabulary(shape, context),
    executors,
    scripted,
  });
  if (compiled.ok) return compiled.made;
  const said = [...modelFlaws(model), ...(isNamed(stance) ? [] : within(['stance'], kitFlaws(stance)))];
  flaws.push(...said);
  for (const flaw of compiled.flaws) {
    if (flaw.code === 'bad-field' && said.length > 0) continue;
    if (model && flaw.path[0] === 'opponent_model') flaws.push(flaw);
    else if (!isNamed(stance)) flaws.push({ ...flaw, path: ['stance', ...flaw.path] });
    else {
      // The chart is the library's, so what does not fit can only be a parameter.
      const { code, message, hint } = flaw;
      flaws.push({ path: ['stance', stance.with ? 'with' : 'use'], code, message: `${stance.use}: ${message}`, hint });
    }
  }
  return undefined;
}

function strategyOf(
  stance: StanceSpec,
  model: { readonly type: string } | undefined,
  flaws: Flaw[],
): Strategy | undefined {
  const opponent = model && { opponentModel: model };
  if (!isNamed(stance)) return { name: 'own', chart: stance, ...opponent };
  const kind = STRATEGIES.get(stance.use);
  if (kind === undefined) {
    const message = `there is no strategy "${stance.use}"`;
    flaws.push({
      path: ['stance', 'use'],
      code: 'unknown-strategy',
      message,
      hint: nearest(stance.use, STRATEGIES.keys(), 'strategies'),
    });
    return undefined;
  }
  const given = (stance.with ?? {}) as Json;
  const params = kind.params.safeParse(given);
  if (!params.success) {
    const name = `the strategy "${stance.use}"`;
    flaws.push(...within(['stance', 'with'], paramFlaws(kind.params, name, params.error.issues, given)));
    return undefined;
  }
  return { name: stance.use, ...kind.make(params.data), ...opponent };
}

export const isNamed = (stance: StanceSpec): stance is Exclude<StanceSpec, Chart> =>
  'use' in stance && typeof stance.use === 'string';

/** The moves a party has written down in advance, by round. Flaws have paths within the party's block. */
export function makeMoves(ground: Ground, party: PartySpec, flaws: Flaw[]): Map<number, Move> {
  const moves = new Map<number, Move>();
  if (party.observer && (party.moves ?? []).length > 0) {
    const message = `"${party.id}" is an observer and makes no moves, but moves are written down for it`;
    flaws.push({ path: ['observer'], code: 'observer-moves', message, hint: 'take "moves" out, or "observer"' });
    return moves;
  }
  for (const [i, given] of (party.moves ?? []).entries()) {
    const path = ['moves', i];
    if (moves.has(given.round)) {
      const message = `"${party.id}" already has a move in round ${given.round}`;
      flaws.push({ path: [...path, 'round'], code: 'two-moves-in-a-round', message });
    }
    const kinds = (['offer', 'accept', 'walk', 'pass'] as const).filter((kind) => given[kind] !== undefined);
    if (kinds.length !== 1) {
      const message = `a move is one of offer, accept, pass or walk, and this one has ${kinds.length === 0 ? 'none' : kinds.join(' and ')}`;
      flaws.push({ path, code: 'one-move', message });
      continue;
    }
    const move = makeMove(given, [...path, 'offer'], ground, flaws);
    if (move) moves.set(given.round, move);
  }
  return moves;
}

function makeMove(given: MoveSpec, path: (string | number)[], ground: Ground, flaws: Flaw[]): Move | undefined {
  const says = given.says === undefined ? {} : { says: given.says };
  if (given.accept) return { type: 'accept', ...says };
  if (given.pass) return { type: 'pass', ...says };
  if (given.walk !== undefined) return { type: 'walk', why: given.walk };
  const outcome = findOffer(given.offer ?? {}, path, ground, flaws);
  return outcome === undefined ? undefined : { type: 'offer', outcome, ...says };
}

/** The outcome that an offer written in a file names, or what is wrong with it. */
export function findOffer(
  offer: Readonly<Record<string, unknown>>,
  path: (string | number)[],
  { space, constraints }: Ground,
  flaws: Flaw[],
): number | undefined {
  const found = space.find(offer);
  if (typeof found === 'number') {
    if (space.isAllowed(found)) return found;
    const broken = constraints.find((constraint) => !constraint.allows(space.decode(found)));
    const message = `the constraint "${broken?.id}" forbids this offer`;
    flaws.push({ path, code: 'offer-forbidden', message, ...(broken && { hint: broken.because ?? broken.source }) });
    return undefined;
  }
  const ids = space.issues.map((issue) => issue.id);
  const missing = ids.filter((id) => !(id in offer));
  if (missing.length > 0) {
    const message = `an offer settles every issue, and this one leaves open: ${missing.join(', ')}`;
    flaws.push({ path, code: 'offer-incomplete', message });
  }
  for (const id of found.wrong) {
    if (missing.includes(id)) continue;
    const issue = space.issues.find((one) => one.id === id);
    if (issue) {
      const message = `${JSON.stringify(offer[id])} is not a value of the issue "${id}"`;
      const values = Array.from({ length: Math.min(issue.size, 200) }, (_, level) => String(issue.value(level)));
      const hint = issue.size <= 200 ? nearest(String(offer[id]), values, 'values') : `expected ${issue.expects}`;
      flaws.push({ path: [...path, id], code: 'no-such-value', message, hint });
    } else {
      const message = `there is no issue "${id}"`;
      flaws.push({
        path: [...path, id],
        code: 'unknown-issue',
        message,
        hint: nearest(id, ids, 'issues'),
        ofKey: true,
      });
    }
  }
  return undefined;
}
