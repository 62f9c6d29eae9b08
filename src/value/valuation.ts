import type { PartyId, Seat } from '../domain/id.ts';
import type { OutcomeSpace } from '../domain/outcome_space.ts';
import { Orders } from './orders.ts';
import { type Addend, evaluate, occurring, type Points, pointsOf, rescale, type Scale } from './points.ts';
import { sumUp } from './sums.ts';
import type { BarAmount, Term } from './term.ts';
import { valuationKey, type World } from './world.ts';

/** A party as valuation sees it. */
export interface Valuer {
  readonly id: PartyId;
  readonly terms: readonly Term[];
  /** Reservation value in the scenario's unit; -Infinity where a party would rather sign anything than walk away. */
  readonly reservation: number;
}

/** What every outcome is worth to every party in one world. */
export interface Valuation {
  /** Per seat, indexed by raw outcome; NaN where an outcome is forbidden. */
  readonly utilities: readonly Float64Array[];
  /** The allowed outcomes of a seat in ascending order of (utility, index); sorted when first asked for. */
  order(seat: Seat): Int32Array;
  value(seat: Seat, outcome: number): number;
  /** The waterfall of one outcome: figures add up, left to right, exactly to `value`. */
  bars(seat: Seat, outcome: number): readonly BarAmount[];
  standardError(seat: Seat, outcome: number): number;
}

type Shared = Float64Array<SharedArrayBuffer>;

/** Keeps the valuations of a few worlds, so that stepping back and forth over a price fall costs nothing. */
const REMEMBERED = 3;

/**
 * Values outcomes. Terms are evaluated once per distinct point of their coordinates, never once per outcome; a world that leaves a term's inputs alone
 * reuses its figures. Utilities of 3 parties take 24 bytes a raw outcome, an order 4 bytes an allowed one and seat.
 */
export class Appraiser {
  readonly space: OutcomeSpace;
  readonly parties: readonly Valuer[];
  readonly scales: readonly Scale[];
  readonly #cells: { key: string; cells: Float64Array }[][][];
  /** What never changes with the world: where outcomes fall, and on which points. */
  readonly #points: readonly (readonly { points: Points; needed: Uint8Array }[])[];
  readonly #memo = new Map<string, Valuation>();
  readonly #byWorld = new WeakMap<World, Valuation>();

  /** `own` keeps values as utilities, as imported domains need. */
  constructor(space: OutcomeSpace, parties: readonly Valuer[], initial: World, own = false) {
    this.space = space;
    this.parties = parties;
    this.#cells = parties.map((party) => party.terms.map(() => []));
    const known = new Map<string, { points: Points; needed: Uint8Array }>();
    this.#points = parties.map(({ terms }) =>
      terms.map(({ coordinates }) => {
        const key = coordinates.map(({ issue, classOf }) => `${issue}:${classOf.join()}`).join('|');
        let found = known.get(key);
        if (found === undefined) {
          const points = pointsOf(space, coordinates);
          found = { points, needed: occurring(space, points) };
          known.set(key, found);
        }
        return found;
      }),
    );
    const raw = parties.map((_, seat) => this.#sum(seat, initial));
    this.scales = own ? parties.map(() => ({ low: 0, high: 1 })) : raw.map((values) => span(values, space.allowed));
    const first = this.#valuation(initial, (seat) => {
      rescale(space.allowed, 0, space.allowed.length, this.scales[seat], raw[seat]);
      return raw[seat];
    });
    this.#memo.set(valuationKey(initial), first);
    this.#byWorld.set(initial, first);
  }

  valuation(world: World): Valuation {
    const known = this.#byWorld.get(world);
    if (known) return known;
    const key = valuationKey(world);
    let valuation = this.#memo.get(key);
    if (valuation) this.#memo.delete(key);
    else valuation = this.#valuation(world, (seat) => this.#sum(seat, world, this.scales[seat]));
    this.#memo.set(key, valuation);
    for (const oldest of this.#memo.keys()) if (this.#memo.size > REMEMBERED) this.#memo.delete(oldest);
    this.#byWorld.set(world, valuation);
    return valuation;
  }

  utilityOf(seat: Seat, value: number): number {
    const { low, high } = this.scales[seat];
    return high === low ? (value > low ? 1 : 0) : (value - low) / (high - low);
  }

  valueOf(seat: Seat, utility: number): number {
    const { low, high } = this.scales[seat];
    return low + utility * (high - low);
  }

  /** A party's reservation value at a world, as a utility. */
  reservation(seat: Seat, world: World): number {
    const party = this.parties[seat];
    return this.utilityOf(seat, world.reservations[party.id] ?? party.reservation);
  }

  /** Seat by seat, so that one party's outcomes may be sorted while the next one's are summed. */
  #valuation(world: World, utilities: (seat: Seat) => Shared): Valuation {
    const { space, parties } = this;
    const raw: Shared[] = [];
    const orders = new Orders(space, raw, parties.length);
    for (const seat of parties.keys()) {
      raw[seat] = utilities(seat);
      orders.offer(seat);
    }
    const appraise = (seat: Seat, outcome: number) => this.#appraise(seat, world, space.decode(outcome));
    return {
      utilities: raw,
      order: (seat) => orders.of(seat),
      value: (seat, outcome) => appraise(seat, outcome).reduce((sum, { amount }) => sum + amount, 0),
      bars: appraise,
      standardError: (seat, outcome) => {
        const levels = space.decode(outcome);
        const errors = parties[seat].terms.map((term) => term.at(world).standardError?.(levels) ?? 0);
        return Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0));
      },
    };
  }

  #appraise(seat: Seat, world: World, levels: number[]) {
    const party = this.parties[seat];
    return party.terms.flatMap((term) => {
      const times = world.terms[`${party.id}.${term.id}`] ?? 1;
      return term
        .at(world)
        .bars(levels)
        .map(({ bar, amount }) => ({ bar, amount: times * amount }));
    });
  }

  /** Sums a party's terms, left to right, over all allowed outcomes; as utilities where the scale is known. */
  #sum(seat: Seat, world: World, scale?: Scale): Shared {
    const { space } = this;
    const party = this.parties[seat];
    const values = new Float64Array(new SharedArrayBuffer(8 * space.size));
    const addends = party.terms.map((term, t): Addend => {
      const { points, needed } = this.#points[seat][t];
      return {
        points,
        cells: this.#evaluate(seat, t, term, world, needed),
        times: world.terms[`${party.id}.${term.id}`] ?? 1,
      };
    });
    sumUp(space.allowed, { addends, scale }, values);
    return values;
  }

  /** The term's figures by point, evaluated in ascending order at the points that occur. */
  #evaluate(seat: Seat, t: number, term: Term, world: World, needed: Uint8Array): Float64Array {
    const key = term.key?.(world) ?? '';
    const kept = this.#cells[seat][t];
    const known = kept.find((entry) => entry.key === key);
    if (known) return known.cells;
    const cells = evaluate(term, term.at(world), needed, this.space.issues.length);
    kept.push({ key, cells });
    if (kept.length > REMEMBERED) kept.shift();
    return cells;
  }
}

function span(values: Float64Array, outcomes: Int32Array): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const o of outcomes) {
    if (values[o] < low) low = values[o];
    if (values[o] > high) high = values[o];
  }
  return outcomes.length === 0 ? { low: 0, high: 0 } : { low, high };
}
