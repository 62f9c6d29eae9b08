import type { Issue, IssueValue } from './issue.ts';

/** The raw product may not exceed this many outcomes: utilities of three parties at this size take about 500 MB. */
export const LARGEST_SPACE = 20_000_000;

/** Something that an outcome must pass to be on the table. */
export interface Rule {
  /** The last of the issues it reads, by position; absent: it may read all of them. */
  readonly last?: number;
  allows(levels: ArrayLike<number>): boolean;
}

/**
 * The product of the issues' values, minus what constraints forbid.
 *
 * An outcome is its index in the raw product, the last issue varying fastest (mixed radix), before constraints: a forbidden outcome keeps its
 * index and is simply absent from `allowed`. Memory: 1 bit-flag byte a raw outcome plus 4 bytes an allowed one.
 */
export class OutcomeSpace {
  readonly issues: readonly Issue[];
  /** Raw product of the issues' sizes. */
  readonly size: number;
  /** How far apart in the index two neighbouring levels of each issue are. */
  readonly strides: readonly number[];
  /** Allowed outcomes, ascending. */
  readonly allowed: Int32Array;
  readonly #mask: Uint8Array | undefined;
  readonly #columns = new Map<number, Uint16Array | Int32Array>();

  constructor(issues: readonly Issue[], rules: readonly Rule[] = []) {
    this.issues = issues;
    const strides = new Array<number>(issues.length);
    let size = 1;
    for (let i = issues.length - 1; i >= 0; i--) {
      strides[i] = size;
      size *= issues[i].size;
    }
    if (size > LARGEST_SPACE) throw new RangeError(`${size} outcomes exceed the limit of ${LARGEST_SPACE}`);
    this.strides = strides;
    this.size = size;
    if (rules.length === 0) {
      this.allowed = Int32Array.from({ length: size }, (_, o) => o);
      return;
    }
    const mask = new Uint8Array(size);
    const count = this.#mark(mask, rules);
    this.#mask = count === size ? undefined : mask;
    this.allowed = new Int32Array(count);
    let next = 0;
    for (let o = 0; o < size; o++) if (mask[o]) this.allowed[next++] = o;
  }

  isAllowed(outcome: number): boolean {
    if (!Number.isInteger(outcome) || outcome < 0 || outcome >= this.size) return false;
    return this.#mask === undefined || this.#mask[outcome] === 1;
  }

  /** The level of one issue in an outcome. */
  levelOf(outcome: number, issue: number): number {
    return Math.trunc(outcome / this.strides[issue]) % this.issues[issue].size;
  }

  /** One issue's level in every allowed outcome, by position in `allowed`; kept once made (2 or 4 bytes an outcome). */
  column(issue: number): Uint16Array | Int32Array {
    const known = this.#columns.get(issue);
    if (known) return known;
    const { allowed } = this;
    const stride = this.strides[issue];
    const size = this.issues[issue].size;
    const column = size <= 65_536 ? new Uint16Array(allowed.length) : new Int32Array(allowed.length);
    for (let k = 0; k < allowed.length; k++) column[k] = Math.trunc(allowed[k] / stride) % size;
    this.#columns.set(issue, column);
    return column;
  }

  decode(outcome: number): number[] {
    return this.issues.map((_, i) => this.levelOf(outcome, i));
  }

  encode(levels: ArrayLike<number>): number {
    let outcome = 0;
    for (let i = 0; i < this.strides.length; i++) outcome += levels[i] * this.strides[i];
    return outcome;
  }

  /** The outcome that differs from `outcome` in one issue alone. */
  withLevel(outcome: number, issue: number, level: number): number {
    return outcome + (level - this.levelOf(outcome, issue)) * this.strides[issue];
  }

  /** An outcome's values by issue id, as facts and traces carry them. */
  values(outcome: number): Record<string, IssueValue> {
    const values: Record<string, IssueValue> = {};
    for (const [i, issue] of this.issues.entries()) values[issue.id] = issue.value(this.levelOf(outcome, i));
    return values;
  }

  /** The outcome that has these values, or the ids of the issues that are missing, unknown or have no such value. */
  find(values: Readonly<Record<string, unknown>>): number | { wrong: string[] } {
    const wrong = Object.keys(values).filter((id) => !this.issues.some((issue) => issue.id === id));
    let outcome = 0;
    for (const [i, issue] of this.issues.entries()) {
      const level = issue.level(values[issue.id]);
      if (level === undefined) wrong.push(issue.id);
      else outcome += level * this.strides[i];
    }
    return wrong.length > 0 ? { wrong } : outcome;
  }

  issue(id: string): number {
    return this.issues.findIndex((issue) => issue.id === id);
  }

  /** Marks what every rule allows and says how much that is. A rule is asked as soon as the levels it reads are set, and its no holds for all that follow. */
  #mark(mask: Uint8Array, rules: readonly Rule[]): number {
    const { issues, strides } = this;
    const end = issues.length - 1;
    const asked = issues.map((_, i) => rules.filter((rule) => (rule.last ?? end) === i));
    const open = issues.map((_, i) => asked.slice(i + 1).every((list) => list.length === 0));
    const levels = new Int32Array(issues.length);
    let count = 0;
    const allows = (list: readonly Rule[]) => {
      for (const rule of list) if (!rule.allows(levels)) return false;
      return true;
    };
    const set = (i: number, from: number) => {
      const { size } = issues[i];
      for (let level = 0; level < size; level++) {
        levels[i] = level;
        if (!allows(asked[i])) continue;
        const outcome = from + level * strides[i];
        if (!open[i]) set(i + 1, outcome);
        else {
          for (let o = outcome; o < outcome + strides[i]; o++) mask[o] = 1;
          count += strides[i];
        }
      }
    };
    set(0, 0);
    return count;
  }
}
