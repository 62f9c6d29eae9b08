import { decimalText } from '../domain/decimal_text.ts';
import { ComparisonRefusal } from './refusal.ts';

/** A scenario file as it was given. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** Everything that decides the result of a comparison, and nothing that does not (workers, file names of the output). Plain data. */
export interface Request {
  readonly scenarios: readonly Source[];
  readonly variant: string | null;
  /** Overrides of every scenario, before any variation. */
  readonly set: readonly string[];
  /** Settings of what is varied, each a list of overrides; one empty list where nothing is. */
  readonly settings: readonly (readonly string[])[];
  /** Strategies by seat; `own` is what the scenario itself seats there. */
  readonly strategies: readonly (readonly string[])[];
  readonly mode: 'cross' | 'round_robin';
  /** Roles are symmetric: every strategy takes every seat, and seats are averaged over. */
  readonly rotate: boolean;
  readonly repetitions: number;
  readonly seed: number;
}

/** One scenario under one setting of the varied parameters. */
export interface Case {
  readonly index: number;
  readonly scenario: number;
  /** The variation's overrides alone. */
  readonly vary: readonly string[];
  /** All overrides, in order. */
  readonly set: readonly string[];
}

/** One negotiation: which case, who sits where, which luck. */
export interface Job {
  readonly number: number;
  readonly case: number;
  readonly seating: number;
  readonly repetition: number;
}

/**
 * The negotiations of a comparison, numbered: case by case, within it seating by seating, within it repetition by repetition. Chance is keyed by the master
 * seed, the scenario's id and the repetition alone, so that every seating and every variation meets the same luck (common random numbers).
 */
export class Schedule {
  readonly request: Request;
  readonly cases: readonly Case[];
  /** Strategy index per seat. */
  readonly seatings: readonly (readonly number[])[];
  readonly size: number;
  readonly perCase: number;

  constructor(request: Request) {
    this.request = request;
    const { settings } = request;
    this.cases = request.scenarios.flatMap((_, scenario) =>
      settings.map((vary, k) => ({
        index: scenario * settings.length + k,
        scenario,
        vary,
        set: [...request.set, ...vary],
      })),
    );
    this.seatings = seatingsOf(request);
    this.perCase = this.seatings.length * request.repetitions;
    this.size = this.cases.length * this.perCase;
    if (this.size > MOST)
      throw new ComparisonRefusal(
        `this makes ${decimalText(this.size, 0, 0)} negotiations, and at most ${decimalText(MOST, 0, 0)} are run`,
        'use fewer strategies, variations or repetitions',
      );
  }

  get symmetric(): boolean {
    return this.request.rotate || this.request.mode === 'round_robin';
  }

  job(number: number): Job {
    const { repetitions } = this.request;
    const within = number % this.perCase;
    return {
      number,
      case: Math.floor(number / this.perCase),
      seating: Math.floor(within / repetitions),
      repetition: within % repetitions,
    };
  }

  numberOf(oneCase: number, seating: number, repetition: number): number {
    return oneCase * this.perCase + seating * this.request.repetitions + repetition;
  }

  /** The names of the strategies of a seating, by seat. */
  names(seating: number): string[] {
    return this.seatings[seating].map((s, seat) => this.request.strategies[seat][s]);
  }
}

const MOST = 20_000_000;

function seatingsOf({ strategies, mode, rotate }: Request): number[][] {
  const alike = strategies.every((list) => list.join() === strategies[0].join());
  if ((mode === 'round_robin' || rotate) && !alike) {
    throw new ComparisonRefusal(
      `${rotate ? 'rotating roles' : 'a round robin'} needs the same strategies at every seat`,
      'give one list for all, such as --strategies boulware,linear,conceder',
    );
  }
  const all = strategies.reduce<number[][]>(
    (so, list) => so.flatMap((seats) => list.map((_, s) => [...seats, s])),
    [[]],
  );
  if (mode === 'cross' || rotate) return all;
  return all.filter((seating) => seating.every((s, k) => k === 0 || seating[k - 1] <= s));
}
