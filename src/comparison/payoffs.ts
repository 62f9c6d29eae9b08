import { stridesOf } from './game/game.ts';
import type { PayoffMeasure } from './report.ts';
import type { Results } from './results.ts';
import type { Case, Schedule } from './schedule.ts';
import { derivePanel, makePanel, type Panel } from './statistics/panel.ts';

/** What one player gets in one profile, read off the negotiations: mean over these seats of these seatings. */
type Sample = readonly { readonly seating: number; readonly seat: number }[];

/** The players of the empirical game, and where each cell of its payoff tensor was played. */
export interface Tensor {
  readonly players: number;
  /** Strategy names per player. */
  readonly strategies: readonly (readonly string[])[];
  readonly profiles: number;
  /** Profiles of strategy indices. */
  readonly profile: readonly (readonly number[])[];
  /** `samples[profile * players + player]`. */
  readonly samples: readonly Sample[];
  /** Distinct seatings behind each profile. */
  readonly seatings: readonly (readonly number[])[];
}

/**
 * Lays the schedule out as a payoff tensor. Parties are the players; where roles are symmetric, entrants are, and what an entrant gets is the mean over the
 * seats it can take while the others take the rest.
 */
export function tensorOf(schedule: Schedule): Tensor {
  const { strategies } = schedule.request;
  const players = strategies.length;
  const strides = stridesOf({ strategies });
  const profiles = strategies.reduce((count, list) => count * list.length, 1);
  const profile = Array.from({ length: profiles }, (_, p) =>
    strategies.map((list, i) => Math.floor(p / strides[i]) % list.length),
  );
  const played = new Map(schedule.seatings.map((seating, index) => [seating.join(), index]));
  const samples: Sample[] = [];
  const seatings: number[][] = [];
  for (const chosen of profile) {
    const orders = schedule.symmetric
      ? schedule.request.rotate
        ? permutations(players)
        : [inOrder(chosen)]
      : [chosen.map((_, seat) => seat)];
    // orders[k][entrant] is the seat it takes
    const seated = orders.map((seatOf) => {
      const seating: number[] = [];
      for (const [entrant, seat] of seatOf.entries()) seating[seat] = chosen[entrant];
      return played.get(seating.join()) as number;
    });
    seatings.push([...new Set(seated)].sort((a, b) => a - b));
    for (let player = 0; player < players; player++) {
      const cell = new Map<string, { seating: number; seat: number }>();
      for (const [k, seatOf] of orders.entries()) {
        const seats =
          schedule.symmetric && !schedule.request.rotate
            ? // equal strategies are the same entrant twice
              chosen.flatMap((s, other) => (s === chosen[player] ? [seatOf[other]] : []))
            : [seatOf[player]];
        for (const seat of seats) cell.set(`${k}.${seat}`, { seating: seated[k], seat });
      }
      samples.push([...cell.values()]);
    }
  }
  return { players, strategies, profiles, profile, samples, seatings };
}

/**
 * Payoffs laid out for resampling: a column per cell and player, a cluster per scenario, a value per repetition. Variations of a scenario are the ones of
 * interest, and a repetition has the same luck in all of them: they are held fixed and averaged repetition by repetition, not taken for so many scenarios.
 */
export function panelOf(
  results: Results,
  tensor: Tensor,
  measure: PayoffMeasure,
  cases: readonly Case[] = results.schedule.cases,
): Panel {
  const { schedule } = results;
  const { repetitions } = schedule.request;
  const columns = tensor.samples.map((_, column) => String(column));
  const clusters = [...new Set(cases.map(({ scenario }) => scenario))].map((scenario) => {
    const own = cases.filter((one) => one.scenario === scenario);
    const values = new Float64Array(columns.length * repetitions);
    for (const [column, sample] of tensor.samples.entries()) {
      for (let repetition = 0; repetition < repetitions; repetition++) {
        let sum = 0;
        for (const { index } of own)
          for (const { seating, seat } of sample)
            sum += payoff(results, schedule.numberOf(index, seating, repetition), seat, measure);
        values[column * repetitions + repetition] = sum / sample.length / own.length;
      }
    }
    return { id: String(scenario).padStart(6, '0'), repetitions, values };
  });
  return makePanel(columns, clusters);
}

/** The panel of a player's strategies: each its mean over everything it met, every profile of the others counting the same. */
export function marginalOf(panel: Panel, tensor: Tensor, player: number): Panel {
  const strategies = tensor.strategies[player];
  const profiles = strategies.map((_, s) => profilesWith(tensor, player, s));
  return derivePanel(panel, strategies, (row, out) => {
    for (const [s, list] of profiles.entries()) {
      let sum = 0;
      for (const p of list) sum += row[p * tensor.players + player];
      out[s] = sum / list.length;
    }
  });
}

/** The profiles in which a player plays a strategy. */
export const profilesWith = (tensor: Tensor, player: number, strategy: number): number[] =>
  tensor.profile.flatMap((chosen, p) => (chosen[player] === strategy ? [p] : []));

export function payoff(results: Results, job: number, seat: number, measure: PayoffMeasure): number {
  if (measure === 'net') return results.of(job, seat, 'value') - results.of(job, seat, 'delay_cost');
  return results.of(job, seat, measure);
}

/** Entrants sit down in the order of their strategies' numbers, as the round robin seats them. */
function inOrder(chosen: readonly number[]): number[] {
  const order = chosen.map((_, entrant) => entrant).sort((a, b) => chosen[a] - chosen[b] || a - b);
  const seatOf: number[] = [];
  for (const [seat, entrant] of order.entries()) seatOf[entrant] = seat;
  return seatOf;
}

/** Every way to seat entrants; beyond five, the rotations around the table alone, which grow with their number and not its factorial. */
function permutations(n: number): number[][] {
  if (n > 5) return Array.from({ length: n }, (_, by) => Array.from({ length: n }, (_, entrant) => (entrant + by) % n));
  return Array.from({ length: n }).reduce<number[][]>(
    (so) =>
      so.flatMap((seats) =>
        Array.from({ length: n }, (_, seat) => seat)
          .filter((seat) => !seats.includes(seat))
          .map((seat) => [...seats, seat]),
      ),
    [[]],
  );
}
