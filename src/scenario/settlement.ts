import { type Analysis, analyze } from '../analysis/analyze.ts';
import { distanceTo } from '../analysis/measures.ts';
import type { UtilitySpace } from '../analysis/utility_space.ts';
import { disagreement, reservationValue } from '../session/disagreement.ts';
import type { End } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { presentIn, seatsIn } from '../session/present.ts';
import { NONE, type State } from '../session/state.ts';
import type { BarAmount } from '../value/term.ts';
import type { World } from '../value/world.ts';

/**
 * What the talks brought one party. Values are in the scenario's unit; without an agreement they are the reservation value, or the worst outcome's for want of one.
 */
export interface PartySettlement {
  readonly party: string;
  readonly label: string;
  readonly utility: number;
  readonly value: number;
  readonly standardError: number;
  readonly reservation: number;
  readonly reservationValue: number;
  /** What the rounds cost it: sunk, deal or no deal; not in `value`. */
  readonly delayCost: number;
  /** utility x discount^time, where waiting discounts. */
  readonly discountedUtility: number;
  /** How much more this party could have had, in utility, with nobody else worse off than they came out: without an agreement, over the zone of agreement. */
  readonly leftOnTable: number;
  readonly leftOnTableValue: number;
  readonly stance: string;
  readonly waterfall: readonly BarAmount[];
}

/** How a negotiation came out, measured against what was possible in the world it ended in. */
export interface Settlement {
  readonly end: End | null;
  readonly rounds: number;
  readonly agreement: { readonly index: number; readonly values: Readonly<Record<string, string | number>> } | null;
  readonly parties: readonly PartySettlement[];
  /** Who consented to the agreement: the rule may ask for fewer than all. */
  readonly signedBy: readonly string[];
  /** Whom the agreement leaves below its reservation value, whether it signed or not. */
  readonly worseOff: readonly string[];
  /** Euclidean distance from the agreement in utility space; null without one, and where the set it is measured to is empty. */
  readonly paretoDistance: number | null;
  readonly nashDistance: number | null;
  /** Whether nobody could have been better off without somebody else being worse off. */
  readonly paretoOptimal: boolean;
  /** Sum of utilities: comparable between runs of one scenario, no judgement between adversaries. */
  readonly welfare: number;
  readonly analysis: Analysis;
}

/** The part of a list by seat that belongs to those who decide: what is possible does not depend on observers. */
export const deciding = <T>(game: Game, bySeat: readonly T[]): T[] => game.deciding.map((seat) => bySeat[seat]);

/** The utilities of every outcome in a world to those who decide, for the analysis room. */
export function utilitySpace(game: Game, world: World): UtilitySpace {
  const reservation = game.parties.map((_, seat) => game.parts.appraiser.reservation(seat, world));
  return {
    parties: deciding(game, game.ids),
    utilities: deciding(game, game.valuation(world).utilities),
    outcomes: game.space.allowed,
    reservation: deciding(game, reservation),
  };
}

/** `leftOnTable` for every seat from what it got; observers leave nothing, since nothing was theirs to take. */
function leftBySeat(game: Game, world: World, got: readonly number[]): number[] {
  const left = leftOnTable(utilitySpace(game, world), deciding(game, got));
  let next = 0;
  return game.parties.map(({ observer }) => (observer ? 0 : left[next++]));
}

/** How an outcome compares with what was possible in a world. By seat, in utility and in the scenario's unit; NONE is talks without an agreement. */
export interface Measured {
  readonly utilities: readonly number[];
  readonly values: readonly number[];
  readonly left: readonly number[];
  readonly leftValues: readonly number[];
  readonly paretoDistance: number | null;
  readonly nashDistance: number | null;
}

const measures = new WeakMap<Float64Array, Map<string, Measured>>();

/**
 * Measures an outcome: text, JSON, rows and expressions all say these numbers. They take a pass over the whole space, so they are kept by world and outcome.
 */
export function measured(game: Game, world: World, outcome: number): Measured {
  const [first] = game.valuation(world).utilities;
  const key = `${outcome}|${game.ids.map((_, seat) => reservationValue(game, seat, world)).join('|')}`;
  const known = measures.get(first) ?? new Map<string, Measured>();
  measures.set(first, known);
  let found = known.get(key);
  if (found === undefined) {
    found = measure(game, world, outcome);
    known.set(key, found);
  }
  return found;
}

function measure(game: Game, world: World, outcome: number): Measured {
  const { appraiser } = game.parts;
  const valuation = game.valuation(world);
  const got = game.parties.map((_, seat) =>
    outcome === NONE
      ? disagreement(game, seat, world)
      : { utility: valuation.utilities[seat][outcome], value: valuation.value(seat, outcome) },
  );
  const utilities = got.map(({ utility }) => utility);
  const left = leftBySeat(game, world, utilities);
  const distance = (points: Iterable<readonly number[]>) =>
    outcome === NONE ? null : finite(distanceTo(deciding(game, utilities), points));
  const { pareto, nash } = analysisOf(game, world);
  return {
    utilities,
    values: got.map(({ value }) => value),
    left,
    leftValues: left.map((more, seat) => appraiser.valueOf(seat, more) - appraiser.valueOf(seat, 0)),
    paretoDistance: distance(pareto.points.map((point) => point.utilities)),
    nashDistance: distance(nash.utilities),
  };
}

const analyses = new WeakMap<Float64Array, Map<string, Analysis>>();

/** The analysis of a world, kept: a thousand runs of one scenario need it once. */
export function analysisOf(game: Game, world: World): Analysis {
  const space = utilitySpace(game, world);
  const key = space.reservation.join('|');
  const known = analyses.get(space.utilities[0]) ?? new Map<string, Analysis>();
  analyses.set(space.utilities[0], known);
  let analysis = known.get(key);
  if (analysis === undefined) {
    analysis = analyze(space);
    known.set(key, analysis);
  }
  return analysis;
}

/** Works out the settlement of a state; talks that go on are measured by what is on the table. */
export function settle(game: Game, state: State): Settlement {
  const { world } = state;
  const { appraiser } = game.parts;
  const outcome = state.end === null ? state.table.outcome : state.agreement;
  const valuation = game.valuation(world);
  const analysis = analysisOf(game, world);
  const { utilities, values, left, leftValues, paretoDistance, nashDistance } = measured(game, world, outcome);
  const time = game.time(state.round, world);
  const parties = game.parties.map((party, seat): PartySettlement => {
    const waterfall = outcome === NONE ? [] : valuation.bars(seat, outcome);
    return {
      party: party.id,
      label: party.label,
      utility: utilities[seat],
      value: values[seat],
      standardError: outcome === NONE ? 0 : valuation.standardError(seat, outcome),
      reservation: appraiser.reservation(seat, world),
      reservationValue: reservationValue(game, seat, world),
      delayCost: party.delayCost * state.round,
      discountedUtility: party.discount === 1 ? utilities[seat] : utilities[seat] * game.discounted(seat, time),
      leftOnTable: left[seat],
      leftOnTableValue: leftValues[seat],
      stance: game.players[seat].name,
      waterfall,
    };
  });
  return {
    end: state.end,
    rounds: state.round,
    agreement: outcome === NONE ? null : { index: outcome, values: game.space.values(outcome) },
    parties,
    signedBy: state.end === 'agreement' ? signersOf(game, state) : [],
    worseOff:
      state.end === 'agreement'
        ? parties.filter(({ utility, reservation }) => utility < reservation - 1e-12).map(({ party }) => party)
        : [],
    paretoDistance,
    nashDistance,
    paretoOptimal: outcome !== NONE && left.every((more) => more <= 1e-12),
    welfare: utilities.reduce((sum, u) => sum + u, 0),
    analysis,
  };
}

function signersOf(game: Game, state: State): string[] {
  const { utilities } = game.valuation(state.world);
  const bits = game.protocol.signers?.(state, utilities) ?? state.table.consent & presentIn(state);
  return seatsIn(bits).map((seat) => game.ids[seat]);
}

/**
 * For each party the most it could gain, in utility, over the outcomes that leave everyone else at least where they came out. One pass over the space:
 * 3 parties and a million outcomes take a few milliseconds.
 */
function leftOnTable({ utilities, outcomes }: UtilitySpace, got: readonly number[]): number[] {
  const best = [...got];
  for (const o of outcomes) {
    if (utilities.some((u, seat) => u[o] < got[seat] - 1e-12)) continue;
    for (let seat = 0; seat < got.length; seat++) if (utilities[seat][o] > best[seat]) best[seat] = utilities[seat][o];
  }
  return best.map((most, seat) => most - got[seat]);
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);
