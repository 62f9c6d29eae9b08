import { EXECUTORS, PROTOCOLS, STRATEGIES } from '../catalog.ts';
import type { Json } from '../domain/id.ts';
import type { Flaw } from '../domain/issue.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import { makeRule } from '../protocols/agreement_rule.ts';
import type { Protocol } from '../session/contracts/protocol.ts';
import type { StanceExecutor } from '../session/contracts/stance.ts';
import { Game, type GameParts } from '../session/game.ts';
import type { Player } from '../session/player.ts';
import type { ScriptedEvent } from '../session/script.ts';
import { RESERVED, type Shape } from '../session/vocabulary.ts';
import type { Appraiser } from '../value/valuation.ts';
import type { World } from '../value/world.ts';
import { type Expectation, makeExpectations } from './expect.ts';
import { dropConsequences, EVERYTHING, nearest, twice, within } from './flaws.ts';
import { hashOf, resolved } from './resolve.ts';
import type { ScenarioSpec, StanceSpec } from './schema.ts';
import { makeScript, signalsOf } from './script.ts';
import { makeMoves, makePlayer, type Room } from './seats.ts';
import { type Ground, makeSpace } from './space.ts';
import { firstWorld, makeAppraiser, makeValuers, seatsOf } from './values.ts';

/** Everything of a scenario that a negotiation needs, made once; players differ from run to run and are made for each line-up. */
export interface Stage extends Room {
  readonly spec: ScenarioSpec;
  readonly appraiser: Appraiser;
  readonly world: World;
  readonly protocol: Protocol;
  readonly script: readonly ScriptedEvent[];
  readonly players: readonly Player[];
  readonly expectations: readonly Expectation[];
  readonly resolved: Json;
  readonly hash: string;
}

/** Words of the expectations' vocabulary that head names, beside those of the session's. */
const HEADS = [...RESERVED, 'fired', 'space', 'mediator', 'none'];

/** Compiles a scenario, with every check that a schema cannot make. Whatever can still be checked after a mistake is checked. */
export function compile(spec: ScenarioSpec, flaws: Flaw[]): Stage | undefined {
  const world = firstWorld(spec);
  return assemble(spec, flaws, (space) => {
    const appraiser = makeAppraiser(spec, space, world, flaws);
    return appraiser && { appraiser, world };
  });
}

/** The same checks without valuing a single outcome, on the outcome space of a scenario that differs elsewhere where one is given. */
export function examine(spec: ScenarioSpec, flaws: Flaw[], ground?: Ground): void {
  assemble(spec, flaws, (space) => makeValuers(spec, space, flaws), ground);
}

/** What a scenario is made of but for what outcomes are worth, which `value` sees to. */
function assemble<Valued extends object>(
  spec: ScenarioSpec,
  flaws: Flaw[],
  value: (space: OutcomeSpace) => Valued | undefined,
  given?: Ground,
) {
  const before = flaws.length;
  const parties = spec.parties.map((party) => party.id);
  flaws.push(...twice(spec.parties, ['parties'], 'party'), ...twice(spec.variants, ['variants'], 'variant'));
  for (const [p, party] of parties.entries()) {
    if (!HEADS.includes(party)) continue;
    const message = `"${party}" is a word of the expression language, so no party can be called by it`;
    flaws.push({ path: ['parties', p, 'id'], code: 'reserved-word', message });
  }
  if (!enoughToTalk(spec, flaws)) return undefined;
  const ground = given ?? makeSpace(spec, flaws);
  const protocol = makeProtocol(spec, ground?.space, flaws);
  if (ground === undefined) return undefined;
  const { space } = ground;
  const lost = [...ground.lost, ...(twice(spec.parties, [], 'party').length > 0 ? [EVERYTHING] : [])];
  const shape: Shape = {
    issues: space.issues,
    strides: space.strides,
    parties,
    market: Object.keys(spec.market),
    events: spec.events.map((event) => event.id),
  };
  const room: Room = { ...ground, shape, signals: signalsOf(spec), executors: EXECUTORS };
  const valued = value(space);
  const script = makeScript(spec, room, flaws);
  const expectations = makeExpectations(spec.expect, shape, flaws);
  const players = spec.parties.flatMap((party, seat): Player[] => {
    const own: Flaw[] = [];
    const moves = makeMoves(ground, party, own);
    const player = makePlayer(room, seat, party.stance, party.opponent_model, moves, own);
    flaws.push(...within(['parties', seat], own));
    return player ? [player] : [];
  });
  dropConsequences(flaws, lost);
  if (flaws.length > before || valued === undefined || protocol === undefined) return undefined;
  const canonical = resolved(spec);
  const hash = hashOf(canonical);
  return { ...room, ...valued, spec, protocol, script, players, expectations, resolved: canonical, hash };
}

/** It takes two to negotiate. */
function enoughToTalk({ parties }: ScenarioSpec, flaws: Flaw[]): boolean {
  const last = parties.findLastIndex(({ observer }) => observer);
  const deciding = parties.filter(({ observer }) => !observer).length;
  if (deciding >= 2 || last < 0) return true;
  flaws.push({
    path: ['parties', last, 'observer'],
    code: 'nobody-to-talk-to',
    message: `at least two parties must negotiate, and ${deciding === 0 ? 'all' : 'all but one'} of these ${parties.length} are observers`,
    hint: 'take "observer" out of those who have a say',
  });
  return false;
}

function makeProtocol(spec: ScenarioSpec, space: OutcomeSpace | undefined, flaws: Flaw[]): Protocol | undefined {
  const seats = seatsOf(spec);
  const rule = makeRule(spec.protocol.agreement, seats, space);
  if (!rule.ok) {
    flaws.push(...within(['protocol', 'agreement'], rule.flaws));
    return undefined;
  }
  if (space === undefined) return undefined;
  const made = PROTOCOLS.get(spec.protocol.kind)!.make(spec.protocol, { ...seats, rule: rule.made, space });
  if (made.ok) return made.made;
  flaws.push(...within(['protocol'], made.flaws));
  return undefined;
}

/** The name of the strategy that a seat has anyway. */
export const OWN = 'own';

/** Strategies put in the place of the scenario's own, by party id or by seat number, as `--strategy` takes them. */
export type LineUp = Readonly<Record<string, string | StanceSpec>>;

/** The scenario with another line-up; the outcome space and what outcomes are worth are shared. */
export function reseat(stage: Stage, lineUp: LineUp, flaws: Flaw[]): Stage | undefined {
  const parties = stage.spec.parties.map((party) => party.id);
  const specs = [...stage.spec.parties];
  const players = [...stage.players];
  const before = flaws.length;
  for (const [who, given] of Object.entries(lineUp)) {
    const seat = /^\d+$/.test(who) ? Number(who) : parties.indexOf(who);
    const written = `--strategy ${who}=${typeof given === 'string' ? given : 'use' in given ? given.use : '...'}`;
    if (specs[seat] === undefined) {
      const message = `${written}: there is no party "${who}"`;
      flaws.push({ path: [], code: 'unknown-party', message, hint: nearest(who, parties, 'parties') });
      continue;
    }
    if (given === OWN) continue;
    const stance = typeof given === 'string' ? { use: given } : given;
    if ('use' in stance && !STRATEGIES.has(String(stance.use))) {
      const message = `${written}: there is no strategy "${stance.use}"`;
      flaws.push({
        path: [],
        code: 'unknown-strategy',
        message,
        hint: nearest(String(stance.use), STRATEGIES.keys(), 'strategies'),
      });
      continue;
    }
    const own: Flaw[] = [];
    const player = makePlayer(stage, seat, stance, undefined, stage.players[seat].scripted, own);
    flaws.push(...own.map((flaw) => ({ ...flaw, path: [], message: `${written}: ${flaw.message}` })));
    if (player === undefined) continue;
    players[seat] = player;
    const { opponent_model: _, ...party } = specs[seat];
    specs[seat] = { ...party, stance };
  }
  if (flaws.length > before) return undefined;
  const spec = { ...stage.spec, parties: specs };
  const canonical = resolved(spec);
  return { ...stage, spec, players, resolved: canonical, hash: hashOf(canonical) };
}

/** The same stage with its stances run by other executors; everything else is shared. */
export function executedBy(stage: Stage, executors: readonly StanceExecutor[]): Stage {
  const room: Room = { ...stage, executors };
  const players = stage.spec.parties.map((party, seat) => {
    const flaws: Flaw[] = [];
    const player = makePlayer(room, seat, party.stance, party.opponent_model, stage.players[seat].scripted, flaws);
    if (player === undefined) throw new Error(`a stance that compiled before does not now: ${flaws[0].message}`);
    return player;
  });
  return { ...stage, executors, players };
}

/** The game of a stage: what is left to say is which luck. */
export function gameOf(stage: Stage, seed: number, repetition: number): Game {
  const { spec, space, appraiser, protocol, players, script, world, hash } = stage;
  const parts: GameParts = {
    id: spec.id,
    title: spec.title,
    unit: spec.unit,
    space,
    parties: spec.parties.map((party) => ({
      id: party.id,
      label: party.label ?? party.id.replaceAll('_', ' '),
      observer: party.observer,
      delayCost: party.delay_cost,
      discount: party.discount,
    })),
    appraiser,
    protocol,
    players,
    script,
    world,
    seed,
    repetition,
    deadlineNear: spec.protocol.deadline_near,
    hash,
  };
  return new Game(parts);
}
