import type { PartyId, Seat } from '../../domain/id.ts';
import { flawed, type Issue, type Made, made } from '../../domain/issue.ts';
import { keep } from '../../domain/keep.ts';
import { MiningInputError } from '../../mining/inputError.ts';
import { compileVenture, type ModelParts, type Resolved, type VentureModel } from '../../mining/venture/model.ts';
import type { MarketState, PartySpec, VentureSpec } from '../../mining/venture/spec.ts';
import { Partner } from '../partner/partner.ts';
import { boardFor, finish, take } from '../partner/turns.ts';
import type { Rows } from '../term.ts';
import type { World } from '../world.ts';
import { type Lot, lotOf, roomFor, valuePart, type Worths } from './lot.ts';
import { Reader } from './reader.ts';
import type { VentureSection, VentureTermSpec } from './schema.ts';
import { bystander, namingFlaws, partySpec, ventureSpec } from './spec.ts';

type Flow = PartySpec['flows'][number];

/** Models of so many markets are kept, so that stepping back over a price fall costs nothing. */
const REMEMBERED = 3;

/** From so many points a party on, a second thread is worth its start. */
const MANY = 50_000;

const NO_SHARES = new Float64Array(0);

/**
 * The mining venture of one scenario: the section `venture:` joined with every party's `venture` term. One model serves all parties, since they share the
 * plant, the network and the price paths; it is compiled anew for each market it is asked about.
 */
export class Venture {
  readonly section: VentureSection;
  readonly reader: Reader;
  readonly #parties: PartySpec[];
  /** The id of each party's venture term, by seat. */
  readonly #terms: string[];
  readonly #scenarioHeight: number;
  #spec: VentureSpec | undefined;
  readonly #models = new Map<string, VentureModel>();
  readonly #parts = new WeakMap<VentureModel, ModelParts>();
  #lot: Lot | undefined;
  readonly #worths = new WeakMap<VentureModel, { readonly lot: Lot; readonly worths: Worths }>();
  /** How many points a party's values have at most. */
  #points = 0;
  /** Wordings looked up, by model: parties ask for the same ones in turn, and looking one up costs as much as valuing it. */
  readonly #resolved = new WeakMap<VentureModel, Map<number, Resolved>>();

  constructor(section: VentureSection, reader: Reader, parties: readonly PartyId[], height: number) {
    this.section = section;
    this.reader = reader;
    this.#parties = parties.map(bystander);
    this.#terms = parties.map(() => '');
    this.#scenarioHeight = height;
  }

  join(seat: Seat, term: VentureTermSpec): void {
    this.#parties[seat] = partySpec(this.#parties[seat].id, term);
    this.#terms[seat] = term.id;
    this.#models.clear();
    this.#spec = undefined;
    this.#lot = undefined;
    const points = this.reader
      .coordinates(this.#parties[seat].id)
      .reduce((size, { levelOf }) => size * levelOf.length, 1);
    this.#points = Math.max(this.#points, points);
    this.#partner();
  }

  /** The model's specification at a world: events may scale a party's timed flows, as `party.term.flow`. One object as long as none does. */
  spec(world?: World): VentureSpec {
    const parties = this.#parties.map((party, seat): PartySpec => {
      const times = party.flows.map(({ id }) => world?.terms[`${party.id}.${this.#terms[seat]}.${id}`] ?? 1);
      if (times.every((one) => one === 1)) return party;
      return {
        ...party,
        flows: party.flows.map((flow, f) => ({ ...flow, amount: scaled(flow.amount, times[f]) })),
      };
    });
    if (parties.some((party, seat) => party !== this.#parties[seat])) return ventureSpec(this.section, parties);
    this.#spec ??= ventureSpec(this.section, parties);
    return this.#spec;
  }

  market(world: World): MarketState {
    const { price, difficulty, fees, height } = world.market;
    return { priceUsd: price, difficulty, feesBtcPerBlock: fees, height: height ?? this.#scenarioHeight };
  }

  /** What of the world the model reads. */
  key(world: World): string {
    const { priceUsd, difficulty, feesBtcPerBlock, height } = this.market(world);
    const moved = this.#parties.flatMap((party, seat) =>
      party.flows
        .map(({ id }) => `${party.id}.${this.#terms[seat]}.${id}`)
        .filter((flow) => world.terms[flow] !== undefined),
    );
    return [priceUsd, difficulty, feesBtcPerBlock, height, ...moved.map((flow) => `${flow}*${world.terms[flow]}`)].join(
      '|',
    );
  }

  model(world: World): VentureModel {
    const key = this.key(world);
    let model = this.#models.get(key);
    if (model === undefined) {
      const { paths, seed } = this.section;
      const parts = { spec: this.spec(world), market: this.market(world), options: { paths, seed } };
      this.#partner()?.prepare(parts);
      model = compileVenture(parts.spec, parts.market, parts.options);
      this.#parts.set(model, parts);
      keep(this.#models, key, model, REMEMBERED);
    }
    return model;
  }

  /** What rows of points are worth to a party, by point. All parties ask for the same wordings, so the first to ask has them valued for all. */
  worths(model: VentureModel, seat: Seat, rows: Rows, width: number): Float64Array {
    const lot = this.#lotOf(this.#parts.get(model)!.spec, rows, width);
    let known = this.#worths.get(model);
    if (known?.lot !== lot) {
      known = { lot, worths: this.#valued(model, lot) };
      this.#worths.set(model, known);
    }
    return known.worths[seat];
  }

  #valued(model: VentureModel, lot: Lot): Worths {
    const worths = roomFor(lot);
    const board = boardFor(lot.parts.length);
    this.#partner()?.value(this.#parts.get(model)!, lot, worths, board);
    const work = (part: number) => valuePart(model, lot, part, worths);
    for (let part = 0; part < board.length; part++) take(board, part, work);
    for (let part = 0; part < board.length; part++) finish(board, part, work);
    return worths;
  }

  /** The lot that rows make up. Parties' points differ in nothing but the last coordinate, so equal rows are equal wordings. */
  #lotOf(spec: VentureSpec, rows: Rows, width: number): Lot {
    const at = rows.from.map((from) => from / width);
    if (this.#lot === undefined || !same(at, this.#lot.at)) {
      const shares = this.#parties.map(({ id }, seat) =>
        this.#terms[seat] === '' ? NO_SHARES : (this.reader.ownShares(id, seat) ?? NO_SHARES),
      );
      this.#lot = lotOf(spec, this.reader.columns(rows), shares, at, rows.points / width);
    }
    return this.#lot;
  }

  /** Somebody to share the work with, where there is much of it. */
  #partner(): Partner | undefined {
    return this.#points < MANY ? undefined : Partner.hire();
  }

  /** An outcome in the model's terms, the shares aside. */
  resolve(model: VentureModel, levels: ArrayLike<number>): Resolved {
    let known = this.#resolved.get(model);
    if (known === undefined) {
      known = new Map();
      this.#resolved.set(model, known);
    }
    const wording = this.reader.wording(levels);
    let resolved = known.get(wording);
    if (resolved === undefined) {
      resolved = model.resolve(this.reader.terms(levels));
      known.set(wording, resolved);
    }
    return resolved;
  }
}

const same = (a: Int32Array, b: Int32Array): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

function scaled(amount: Flow['amount'], times: number): Flow['amount'] {
  if (typeof amount === 'number') return amount * times;
  return {
    by: amount.by,
    amounts: Object.fromEntries(Object.entries(amount.amounts).map(([id, x]) => [id, x * times])),
  };
}

/** The section, checked against the scenario's issues, parties and market. */
export function makeVenture(
  section: VentureSection,
  issues: readonly Issue[],
  parties: readonly PartyId[],
  market: Readonly<Record<string, number>>,
): Made<Venture> {
  const reader = new Reader(section, issues, parties);
  const flaws = [...namingFlaws(section, parties), ...reader.flaws];
  for (const name of ['price', 'difficulty', 'fees', 'height']) {
    if (market[name] === undefined) {
      flaws.push({
        path: [],
        code: 'missing-market',
        message: `a venture needs "market.${name}"`,
        hint: 'price in USD, difficulty, fees in BTC a block, height of the chain',
      });
    }
  }
  if (flaws.length > 0) return flawed(...flaws);
  try {
    const venture = new Venture(section, reader, parties, market['height']);
    compileVenture(
      venture.spec(),
      {
        priceUsd: market['price'],
        difficulty: market['difficulty'],
        feesBtcPerBlock: market['fees'],
        height: market['height'],
      },
      { paths: 2, seed: 1 },
    );
    return made(venture);
  } catch (error) {
    if (error instanceof MiningInputError)
      return flawed({ path: [], code: 'venture-out-of-range', message: error.message });
    throw error;
  }
}
