import type { Analysis } from '../../analysis/analyze.ts';
import { scatter } from '../../analysis/scatter.ts';
import type { Solution } from '../../analysis/solution.ts';
import type { UtilitySpace } from '../../analysis/utility_space.ts';
import { deciding } from '../../scenario/settlement.ts';
import type { Game } from '../../session/game.ts';

/** A utility space as a page draws it: density per pair of parties, and by exact coordinates what stands out in it. */
export interface SpacePicture {
  /** Those who decide, with their seats at the table: what observers make of an outcome decides nothing. Every list by party here follows them. */
  readonly parties: readonly { readonly id: string; readonly label: string; readonly seat: number }[];
  readonly outcomes: number;
  readonly rational: number;
  /** The number of distinct points of the frontier, which `frontier` lists by their utilities per party. */
  readonly paretoSize: number;
  readonly frontier: readonly (readonly number[])[];
  /** Per party, in utility; null where a party would sign anything. */
  readonly reservation: readonly (number | null)[];
  readonly solutions: readonly SolutionPicture[];
  readonly pairs: readonly PairPicture[];
  /** Every outcome on its own, where they are few enough to tell apart. */
  readonly dots: readonly { readonly utilities: readonly number[]; readonly rational: boolean }[] | null;
  readonly warnings: readonly string[];
}

export interface SolutionPicture {
  /** The letter that marks it in the picture. */
  readonly letter: string;
  readonly name: string;
  readonly method: string;
  readonly points: readonly { readonly outcomes: readonly number[]; readonly utilities: readonly number[] }[];
}

/** Outcomes per cell of a grid over two parties' utilities; row 0 is the second party's best. */
export interface PairPicture {
  /** Places in the list of those who decide. */
  readonly seats: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  readonly x: { readonly min: number; readonly max: number };
  readonly y: { readonly min: number; readonly max: number };
  readonly counts: ArrayLike<number>;
  readonly rational: ArrayLike<number>;
}

const COLUMNS = 56;
const ROWS = 44;
const FEW = 1000;

/** The pictures of every pair of parties: one pass over the space each. */
export function spacePicture(space: UtilitySpace, analysis: Analysis, game: Game): SpacePicture {
  const parties = deciding(
    game,
    game.parties.map(({ id, label }, seat) => ({ id, label, seat })),
  );
  const named: readonly (readonly [string, string, Solution])[] = [
    ['N', 'Nash', analysis.nash],
    ['K', 'Kalai-Smorodinsky', analysis.kalaiSmorodinsky],
    ['E', 'egalitarian', analysis.egalitarian],
    ['U', 'utilitarian', analysis.utilitarian],
  ];
  const pairs: PairPicture[] = [];
  for (let i = 0; i < parties.length; i++) {
    for (let j = i + 1; j < parties.length; j++) {
      const { x, y, counts, rational } = scatter(space, i, j, COLUMNS, ROWS, { analysis });
      pairs.push({ seats: [i, j], columns: COLUMNS, rows: ROWS, x, y, counts, rational });
    }
  }
  return {
    parties,
    outcomes: analysis.outcomes,
    rational: analysis.rational,
    paretoSize: analysis.pareto.size,
    frontier: analysis.pareto.points.map(({ utilities }) => utilities),
    reservation: space.reservation.map((r) => (Number.isFinite(r) ? r : null)),
    solutions: named.map(([letter, name, { points, method }]) => ({ letter, name, method, points })),
    pairs,
    dots: space.outcomes.length > FEW ? null : dotsOf(space),
    warnings: [...new Set([analysis.warnings, ...named.map(([, , { warnings }]) => warnings)].flat())],
  };
}

function dotsOf({ utilities, outcomes, reservation }: UtilitySpace): SpacePicture['dots'] {
  return Array.from(outcomes, (o) => ({
    utilities: utilities.map((u) => u[o]),
    rational: utilities.every((u, seat) => u[o] >= reservation[seat]),
  }));
}
