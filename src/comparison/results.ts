import type { End } from '../session/fact.ts';
import type { Batch, CaseFacts } from './hall.ts';
import { at, ENDS, type SEAT, widthOf } from './measure.ts';
import type { Schedule } from './schedule.ts';

/**
 * The negotiations that have been played, by job number: whatever order they came in, the same results give the same bytes. One row of numbers a job
 * (`measure`), so that millions fit in memory.
 */
export class Results {
  readonly schedule: Schedule;
  readonly parties: number;
  readonly numbers: Float64Array;
  readonly done: Uint8Array;
  readonly cases: (CaseFacts | undefined)[];
  readonly #agreements: Map<number, Readonly<Record<string, string | number>>>[];
  readonly #width: number;
  readonly #fallbacks = new Set<string>();
  finished = 0;
  audited = 0;
  /** By case: whether any of its negotiations drew a number. */
  readonly chanceIn: Uint8Array;

  constructor(schedule: Schedule) {
    this.schedule = schedule;
    this.parties = schedule.request.strategies.length;
    this.#width = widthOf(this.parties);
    this.numbers = new Float64Array(schedule.size * this.#width);
    this.done = new Uint8Array(schedule.size);
    this.cases = schedule.cases.map(() => undefined);
    this.chanceIn = new Uint8Array(schedule.cases.length);
    this.#agreements = schedule.cases.map(() => new Map());
  }

  add(batch: Batch): void {
    this.numbers.set(batch.numbers, batch.from * this.#width);
    for (let job = batch.from; job < batch.to; job++) if (this.done[job] === 0) this.finished++;
    this.done.fill(1, batch.from, batch.to);
    this.cases[batch.case] = batch.facts;
    for (const [outcome, values] of Object.entries(batch.agreements))
      this.#agreements[batch.case].set(Number(outcome), values);
    for (const one of batch.fallbacks) this.#fallbacks.add(one);
    this.audited += batch.audited;
    if (batch.chance) this.chanceIn[batch.case] = 1;
  }

  get complete(): boolean {
    return this.finished === this.schedule.size;
  }

  get fallbacks(): string[] {
    return [...this.#fallbacks].sort();
  }

  /** Stretches of jobs not yet played, each within one case. */
  pending(): { case: number; from: number; to: number }[] {
    const { schedule, done } = this;
    const out: { case: number; from: number; to: number }[] = [];
    for (const { index } of schedule.cases) {
      const end = (index + 1) * schedule.perCase;
      for (let job = index * schedule.perCase; job < end; job++) {
        if (done[job] === 1) continue;
        const last = out.at(-1);
        if (last?.case === index && last.to === job) last.to++;
        else out.push({ case: index, from: job, to: job + 1 });
      }
    }
    return out;
  }

  end(job: number): End {
    return ENDS[this.numbers[job * this.#width]];
  }

  round(job: number): number {
    return this.numbers[job * this.#width + 1];
  }

  /** Raw index of the agreement, or NONE. */
  agreement(job: number): number {
    return this.numbers[job * this.#width + 2];
  }

  values(job: number): Readonly<Record<string, string | number>> | undefined {
    const oneCase = Math.floor(job / this.schedule.perCase);
    return this.#agreements[oneCase].get(this.agreement(job));
  }

  /** NaN where there is no frontier to measure to. */
  paretoDistance(job: number): number {
    return this.numbers[job * this.#width + 3];
  }

  nashDistance(job: number): number {
    return this.numbers[job * this.#width + 4];
  }

  of(job: number, seat: number, what: (typeof SEAT)[number]): number {
    return this.numbers[job * this.#width + at(seat, what)];
  }

  /** Sum of utilities. */
  welfare(job: number): number {
    let sum = 0;
    for (let seat = 0; seat < this.parties; seat++) sum += this.of(job, seat, 'utility');
    return sum;
  }
}
