import { type Analysis, analyze } from '../analysis/analyze.ts';
import { distanceTo } from '../analysis/measures.ts';
import type { UtilitySpace } from '../analysis/utility_space.ts';
import type { End } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { NONE, type State } from '../session/state.ts';
import type { BarAmount } from '../value/term.ts';
import type { World } from '../value/world.ts';

/** What the talks brought one party. Values are in the scenario's unit; without an agreement they are the reservation value. */
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
  /** How much more this party could have had, in utility, with nobody else worse off than they came out. */
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
  /** Euclidean distance in utility space; null where the set it is measured to is empty. */
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

/** `leftOnTable` for every seat; observers leave nothing, since nothing was theirs to take. */
export function leftBySeat(game: Game, world: World, got: readonly number[]): number[] {
  const left = leftOnTable(utilitySpace(game, world), deciding(game, got));
  let next = 0;
  return game.parties.map(({ observer }) => (observer ? 0 : left[next++]));
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
  const reservations = game.parties.map((_, seat) => appraiser.reservation(seat, world));
  const utilities = game.parties.map((_, seat) =>
    outcome === NONE ? reservations[seat] : valuation.utilities[seat][outcome],
  );
  const left = leftBySeat(game, world, utilities);
  const decided = deciding(game, utilities);
  const time = game.time(state.round, world);
  const parties = game.parties.map((party, seat): PartySettlement => {
    const waterfall = outcome === NONE ? [] : valuation.bars(seat, outcome);
    return {
      party: party.id,
      label: party.label,
      utility: utilities[seat],
      value:
        outcome === NONE
          ? appraiser.valueOf(seat, reservations[seat])
          : waterfall.reduce((sum, { amount }) => sum + amount, 0),
      standardError: outcome === NONE ? 0 : valuation.standardError(seat, outcome),
      reservation: reservations[seat],
      reservationValue: appraiser.valueOf(seat, reservations[seat]),
      delayCost: party.delayCost * state.round,
      discountedUtility: party.discount === 1 ? utilities[seat] : utilities[seat] * game.discounted(seat, time),
      leftOnTable: left[seat],
      leftOnTableValue:
        appraiser.valueOf(seat, utilities[seat] + left[seat]) - appraiser.valueOf(seat, utilities[seat]),
      stance: game.players[seat].name,
      waterfall,
    };
  });
  const paretoDistance = finite(
    distanceTo(
      decided,
      analysis.pareto.points.map((p) => p.utilities),
    ),
  );
  const nashDistance = finite(distanceTo(decided, analysis.nash.utilities));
  return {
    end: state.end,
    rounds: state.round,
    agreement: outcome === NONE ? null : { index: outcome, values: game.space.values(outcome) },
    parties,
    paretoDistance,
    nashDistance,
    paretoOptimal: outcome !== NONE && left.every((more) => more <= 1e-12),
    welfare: utilities.reduce((sum, u) => sum + u, 0),
    analysis,
  };
}

/**
 * For each party the most it could gain, in utility, over the outcomes that leave everyone else at least where they came out. One pass over the space:
 * 3 parties and a million outcomes take a few milliseconds.
 */
export function leftOnTable({ utilities, outcomes }: UtilitySpace, got: readonly number[]): number[] {
  const best = [...got];
  for (const o of outcomes) {
    if (utilities.some((u, seat) => u[o] < got[seat] - 1e-12)) continue;
    for (let seat = 0; seat < got.length; seat++) if (utilities[seat][o] > best[seat]) best[seat] = utilities[seat][o];
  }
  return best.map((most, seat) => most - got[seat]);
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);
