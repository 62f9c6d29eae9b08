import type { PartyId } from '../../domain/id.ts';
import type { Flaw, Issue } from '../../domain/issue.ts';
import type { PactTerms } from '../../mining/venture/spec.ts';
import { type Coordinate, ownShare, type Rows, wholeIssue } from '../term.ts';
import { levelOfKey, unknownIssue, unknownValue } from '../terms/base.ts';
import type { Columns } from './lot.ts';
import type { VentureSection } from './schema.ts';

type Levels = ArrayLike<number>;
type Delivery = PactTerms['deliveries'][number];

/** One name of the venture, read from an outcome: the issue that decides it (or -1), and its value at a level. */
interface Read<T> {
  readonly issue: number;
  readonly at: readonly T[];
}

const NAMES = ['operator', 'custody', 'verification', 'legal', 'sanctions', 'financing'] as const;

/** Maps a scenario's issues onto the venture's names. A name that no issue decides takes the scenario's fixed value. */
export class Reader {
  readonly flaws: Flaw[] = [];
  readonly #issues: readonly Issue[];
  readonly #parties: readonly PartyId[];
  readonly #mining: Read<number>;
  readonly #shares: Read<readonly number[]>;
  readonly #deliveries: Read<readonly Delivery[]>;
  readonly #kept: Read<number>;
  readonly #consent: Read<boolean>;
  /** The issues the venture reads; without the shares, where each party's value depends on its own alone. */
  readonly #worded: readonly number[];
  readonly #named: Readonly<Record<(typeof NAMES)[number], Read<string>>>;
  /** All of them, by the names of the venture's terms. */
  readonly #reads: Readonly<Record<keyof PactTerms, Read<unknown>>>;

  constructor(section: VentureSection, issues: readonly Issue[], parties: readonly PartyId[]) {
    this.#issues = issues;
    this.#parties = parties;
    const { reads } = section;
    this.#mining =
      typeof reads.mining_mw === 'string'
        ? this.#every(reads.mining_mw, ['mining_mw'], (issue, level) => {
            const mw = issue.value(level);
            return typeof mw === 'number' ? mw : Number.NaN;
          })
        : fixed(reads.mining_mw.fixed);
    if (this.#mining.at.some(Number.isNaN)) {
      this.#flaw(['mining_mw'], 'needs-numbers', 'the mining ceiling must be read from an issue with numeric levels');
    }
    this.#shares =
      typeof reads.shares === 'string'
        ? this.#every(reads.shares, ['shares'], (issue, level) =>
            parties.map((party) => issue.share?.(level, party) ?? 0),
          )
        : fixed(parties.map((party) => (reads.shares as { fixed: Record<string, number> }).fixed[party] ?? 0));
    this.#deliveries = this.#table(reads.deliveries, ['deliveries'], (list) =>
      list.map((d) => ({ to: d.to, mw: d.mw, tariffUsdPerMwh: d.tariff })),
    );
    this.#kept = this.#table(reads.kept, ['kept'], (share) => share);
    this.#consent =
      typeof reads.consent === 'boolean' ? fixed(reads.consent) : this.#table(reads.consent, ['consent'], (yes) => yes);
    const named = NAMES.map((name) => {
      const given = reads[name];
      if (typeof given === 'object' && 'fixed' in given) return [name, fixed(given.fixed)];
      const issue = typeof given === 'string' ? given : given.issue;
      return [name, this.#every(issue, [name], (one, level) => String(one.value(level)))];
    });
    this.#named = Object.fromEntries(named);
    this.#reads = {
      miningMw: this.#mining,
      shares: this.#shares,
      deliveries: this.#deliveries,
      kept: this.#kept,
      consent: this.#consent,
      ...this.#named,
      years: fixed(section.years),
    };
    const read: Read<unknown>[] = [this.#mining, this.#deliveries, this.#kept, this.#consent];
    read.push(...Object.values(this.#named));
    // Who leaves, and so how long the pact lasts for everybody, is a question of everybody's share.
    if ((section.hazard.leaving?.adds ?? 0) > 0) read.push(this.#shares);
    this.#worded = [...new Set(read.map(({ issue }) => issue))].filter((issue) => issue >= 0);
  }

  /** What a party's venture value depends on, slowest first: what needs price paths of its own comes before what does not. */
  coordinates(party: PartyId): Coordinate[] {
    const { operator, custody, verification, legal, sanctions, financing } = this.#named;
    const reads: readonly Read<unknown>[] = [
      this.#mining,
      this.#deliveries,
      this.#consent,
      this.#kept,
      custody,
      verification,
      legal,
      operator,
      sanctions,
      financing,
      this.#shares,
    ];
    const seen = new Set<number>();
    const coordinates: Coordinate[] = [];
    for (const { issue } of reads) {
      if (issue < 0 || seen.has(issue)) continue;
      seen.add(issue);
      const shareOnly =
        issue === this.#shares.issue && this.#issues[issue].share !== undefined && !this.#worded.includes(issue);
      coordinates.push(shareOnly ? ownShare(this.#issues, issue, party) : wholeIssue(this.#issues, issue));
    }
    return coordinates;
  }

  /** An outcome in the venture's words. */
  terms(levels: Levels): PactTerms {
    return mapped(this.#reads, (read) => pick(read, levels)) as unknown as PactTerms;
  }

  /** The terms of many rows at once. */
  columns(rows: Rows): Columns {
    const reads = this.#reads;
    const size = rows.from.length;
    const places = mapped(reads, () => new Int32Array(size));
    const read = Object.entries(reads).flatMap(([name, { issue }]) =>
      issue < 0 ? [] : [{ issue, column: places[name as keyof PactTerms] }],
    );
    for (let row = 0; row < size; row++) {
      const levels = rows.levels(row);
      for (const { issue, column } of read) column[row] = levels[issue];
    }
    return { values: mapped(reads, ({ at }) => at) as Columns['values'], places };
  }

  /** One party's own share in an outcome. */
  share(seat: number, levels: Levels): number {
    return pick(this.#shares, levels)[seat];
  }

  /** A party's shares by class of the last of its coordinates; undefined where that coordinate decides more than the shares, or not them. */
  ownShares(party: PartyId, seat: number): Float64Array | undefined {
    const { issue, at } = this.#shares;
    if (issue < 0 || this.#worded.includes(issue)) return undefined;
    const last = this.coordinates(party).at(-1)!;
    return last.issue === issue ? Float64Array.from(last.levelOf, (level) => at[level][seat]) : undefined;
  }

  /** A number that is equal for outcomes which differ, to the venture, in nothing but shares that concern their holder alone. */
  wording(levels: Levels): number {
    let key = 0;
    for (const issue of this.#worded) key = key * this.#issues[issue].size + levels[issue];
    return key;
  }

  /** Every option that an axis can take, for checking tables against. */
  options(axis: (typeof NAMES)[number]): readonly string[] {
    return this.#named[axis].at;
  }

  #every<T>(id: string, path: (string | number)[], value: (issue: Issue, level: number) => T): Read<T> {
    const issue = this.#issues.findIndex((one) => one.id === id);
    if (issue < 0) {
      this.flaws.push(unknownIssue(['reads', ...path], id, this.#issues));
      return { issue: -1, at: [] };
    }
    return {
      issue,
      at: Array.from({ length: this.#issues[issue].size }, (_, level) => value(this.#issues[issue], level)),
    };
  }

  #table<G, T>(
    given: { fixed: G } | { issue: string; values: Readonly<Record<string, G>> },
    path: (string | number)[],
    value: (given: G) => T,
  ): Read<T> {
    if ('fixed' in given) return fixed(value(given.fixed));
    const issue = this.#issues.findIndex((one) => one.id === given.issue);
    if (issue < 0) {
      this.flaws.push(unknownIssue(['reads', ...path, 'issue'], given.issue, this.#issues));
      return { issue: -1, at: [] };
    }
    const at: T[] = [];
    for (const [key, one] of Object.entries(given.values)) {
      const level = levelOfKey(this.#issues[issue], key);
      if (level === undefined)
        this.flaws.push(unknownValue(['reads', ...path, 'values', key], key, this.#issues[issue]));
      else at[level] = value(one);
    }
    for (let level = 0; level < this.#issues[issue].size; level++) {
      if (at[level] === undefined) {
        const missing = this.#issues[issue].value(level);
        this.#flaw(
          [...path, 'values'],
          'value-without-worth',
          `"${missing}" of the issue "${given.issue}" is not listed`,
        );
      }
    }
    return { issue, at };
  }

  #flaw(path: (string | number)[], code: string, message: string): void {
    this.flaws.push({ path: ['reads', ...path], code, message });
  }

  get parties(): readonly PartyId[] {
    return this.#parties;
  }
}

/** The same names with other values. */
const mapped = <K extends string, A, B>(from: Readonly<Record<K, A>>, to: (value: A) => B): Record<K, B> =>
  Object.fromEntries(Object.entries<A>(from).map(([key, value]) => [key, to(value)])) as Record<K, B>;

const fixed = <T>(value: T): Read<T> => ({ issue: -1, at: [value] });
const pick = <T>(read: Read<T>, levels: Levels): T => read.at[read.issue < 0 ? 0 : levels[read.issue]];
