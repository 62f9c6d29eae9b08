import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import type { ModelParts } from '../../mining/venture/model.ts';
import type { Sum } from '../points.ts';
import type { Lot, Worths } from '../venture/lot.ts';
import type { Board } from './turns.ts';

/** Outcomes to be put in ascending order of their value: part `part` of a board. */
export interface Sorting {
  readonly values: Float64Array<SharedArrayBuffer>;
  readonly order: Int32Array<SharedArrayBuffer>;
  readonly board: Board;
  readonly part: number;
}

/** A sum to be written: whoever has time does the next part of the board. */
export interface Summing {
  readonly sum: Sum;
  readonly values: Float64Array<SharedArrayBuffer>;
  readonly board: Board;
}

/** What the partner is told: models, lots and lists of outcomes by number, then tasks that name them. */
export type Told =
  | { readonly model: number; readonly parts: ModelParts }
  | { readonly lot: number; readonly wordings: Lot }
  | { readonly outcomes: number; readonly list: Int32Array }
  | { readonly value: { readonly model: number; readonly lot: number; readonly worths: Worths; readonly board: Board } }
  | { readonly sum: Summing & { readonly outcomes: number } }
  | { readonly sort: Sorting & { readonly outcomes: number } };

/** Below this many outcomes, summing and sorting are sooner done than told. */
const MANY = 100_000;

/**
 * A second thread that does parts of a work which this one has not come to yet. It is told, never asked: whether it is still starting, busy or gone, the work gets
 * done, only later. It holds no process open.
 */
export class Partner {
  static #hired: Partner | undefined;
  /** Set where threads cannot be had, or the one there was is gone: it is not replaced. */
  static #alone = !isMainThread || availableParallelism() < 2;
  readonly #thread: Worker;
  readonly #numbers = new WeakMap<object, number>();
  #last = 0;

  private constructor() {
    this.#thread = new Worker(new URL('./entry.mjs', import.meta.url), { execArgv: [] });
    this.#thread.unref();
    this.#thread.on('error', Partner.#leave);
    this.#thread.on('exit', Partner.#leave);
  }

  /** The partner of this process; undefined on one core, and for threads, which are somebody's partners already. */
  static hire(): Partner | undefined {
    if (Partner.#alone) return undefined;
    try {
      Partner.#hired ??= new Partner();
    } catch {
      Partner.#leave();
    }
    return Partner.#hired;
  }

  /** The partner, if there was reason to hire one and so many outcomes are worth telling it about. */
  static hiredFor(outcomes: number): Partner | undefined {
    return outcomes < MANY ? undefined : Partner.#hired;
  }

  static readonly #leave = (): void => {
    Partner.#hired = undefined;
    Partner.#alone = true;
  };

  /** It may compile a model meanwhile. */
  prepare(model: ModelParts): void {
    this.#number(model, (number) => ({ model: number, parts: model }));
  }

  /** It may value parts of a lot. */
  value(model: ModelParts, lot: Lot, worths: Worths, board: Board): void {
    const models = this.#number(model, (number) => ({ model: number, parts: model }));
    const lots = this.#number(lot, (number) => ({ lot: number, wordings: lot }));
    this.#tell({ value: { model: models, lot: lots, worths, board } });
  }

  /** It may sum over outcomes, which must be ascending. */
  sum(outcomes: Int32Array, summing: Summing): void {
    this.#tell({ sum: { ...summing, outcomes: this.#list(outcomes) } });
  }

  /** It may sort outcomes, which must be ascending. */
  sort(outcomes: Int32Array, sorting: Sorting): void {
    this.#tell({ sort: { ...sorting, outcomes: this.#list(outcomes) } });
  }

  #list(outcomes: Int32Array): number {
    return this.#number(outcomes, (number) => ({ outcomes: number, list: outcomes }));
  }

  #number(of: object, tell: (number: number) => Told): number {
    let number = this.#numbers.get(of);
    if (number === undefined) {
      number = ++this.#last;
      this.#numbers.set(of, number);
      this.#tell(tell(number));
    }
    return number;
  }

  #tell(told: Told): void {
    this.#thread.postMessage(told);
  }
}
